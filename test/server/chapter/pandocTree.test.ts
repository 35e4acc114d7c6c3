import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseChapter } from '../../../server/chapter';
import { type PandocNode, shownChapter, shownPandoc } from '../../support/pandocTree';

const folder = join(import.meta.dirname, '../../fixtures/prose');

/** The README of the folder says how cases are added. */
for (const name of readdirSync(folder)
  .filter(file => file.endsWith('.json'))
  .map(file => basename(file, '.json'))) {
  const cases = readFileSync(join(folder, `${name}.md`), 'utf8').split('\n%%%\n');
  const trees = JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8')) as PandocNode[][];
  describe(`the prose tree is Pandoc's: ${name}`, () => {
    test.each(cases.map((markdown, at) => [markdown.trim().slice(0, 60), markdown, trees[at]!] as const))(
      '%s',
      (_start, markdown, tree) => {
        expect(shownChapter(parseChapter(`${markdown}\n`, 'a.qmd'))).toEqual(shownPandoc(tree));
      },
    );
  });
}
