/** The title of a chapter that stands in its front matter. */
import { expect, test } from 'vitest';
import { RenderCache, renderChapter } from '../../../server/preview';
import { analyze } from '../../support/analysis';

const titleOf = (options: string, chapterNumber?: string, cache = new RenderCache()): string => {
  const text = `---\ntitle: Tides\n${options}---\n\n## Ebb\n`;
  return /<h1.*<\/h1>/.exec(renderChapter(analyze(text), { chapterNumber }, cache).blocks[0]!.html)![0];
};

test('has the number of the chapter in its book', () => {
  const cache = new RenderCache();
  expect(titleOf('', '2', cache)).toBe('<h1 class="reckoner-title"><span class="reckoner-number">2</span>Tides</h1>');
  expect(titleOf('', '3', cache)).toContain('>3</span>');
});

test('has none in the preface, and where sections have none', () => {
  expect(titleOf('')).toBe('<h1 class="reckoner-title">Tides</h1>');
  expect(titleOf('number-sections: false\n', '2')).toBe('<h1 class="reckoner-title">Tides</h1>');
});
