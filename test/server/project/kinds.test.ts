import { expect, test } from 'vitest';
import { ChapterIndex } from '../../../server/project/chapterIndex';
import { filesOf } from '../../support/files';

test('labels of other chapters have the kinds that their project defines', () => {
  const files = filesOf({
    '_quarto.yml': 'crossref:\n  custom:\n    - {kind: float, key: nb, reference-prefix: Notebook}\n',
    'a.qmd': '# A\n\n::: {#nb-x}\nText\n\nCaption\n:::\n',
  });
  const index = new ChapterIndex(['/book/a.qmd', '/book/b.qmd'], files);
  expect(index.label('nb-x', '/book/b.qmd')?.text).toBe('Notebook 1');
});
