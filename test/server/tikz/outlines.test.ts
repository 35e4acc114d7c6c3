/** The fonts as they are packed draw what the fonts draw that they are made of. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { outlinesOf } from '../../../scripts/tikz.mjs';
import { Outlines } from '../../../server/tikz/engine/outlines';

const FOLDER = 'node_modules/node-tikzjax/css/bakoma/ttf';

/** What a font draws of the characters that its fonts have, and those behind U+F000, where symbols are. */
function pathsOf(outlines: Outlines): (string | undefined)[] {
  const characters = Array.from({ length: 0x3000 }, (_none, at) => at);
  return [...characters, ...characters.slice(0, 0x200).map(at => 0xf000 + at)].map(one => outlines.path(one));
}

test('no outline is lost', () => {
  const files = readdirSync(FOLDER).filter(file => file.endsWith('.ttf'));
  expect(files.length).toBeGreaterThan(100);
  for (const file of files) {
    const font = readFileSync(join(FOLDER, file));
    const packed = outlinesOf(font);
    expect(packed.length, file).toBeLessThan(font.length);
    const [before, after] = [new Outlines(font), new Outlines(packed)];
    expect(after.unitsPerEm).toBe(before.unitsPerEm);
    expect(pathsOf(after), file).toEqual(pathsOf(before));
    expect(
      pathsOf(after).some(path => path !== undefined),
      file,
    ).toBe(true);
  }
});
