/** Which chapters of a project Quarto renders. */
import { afterAll, expect, test } from 'vitest';
import { NodeFileSystem } from '../../../server/files/node';
import { renderedOf } from '../../../server/project/book';
import { TestWorkspace } from '../../support/workspace';

const NAMES = ['a.qmd', 'index.qmd', 'posts/a.qmd', 'posts/drafts/b.qmd', 'talks/posts/c.qmd'];
const workspace = new TestWorkspace();
afterAll(() => workspace.remove());
for (const name of NAMES) workspace.write(name, '# A\n');

test.each([
  ['names with signs count in all folders', ['"*.qmd"'], NAMES],
  [
    'but for those that are excluded',
    ['"*.qmd"', '"!posts/drafts/"'],
    ['a.qmd', 'index.qmd', 'posts/a.qmd', 'talks/posts/c.qmd'],
  ],
  ['whatever comes first', ['"!drafts/**"', '"*.qmd"'], ['a.qmd', 'index.qmd', 'posts/a.qmd', 'talks/posts/c.qmd']],
  ['a slash means the folder of the project', ['"/*.qmd"'], ['a.qmd', 'index.qmd']],
  ['plain names as well', ['a.qmd'], ['a.qmd']],
  ['a folder means all in it', ['posts'], ['posts/a.qmd', 'posts/drafts/b.qmd']],
  ['signs behind a folder', ['posts/*.qmd'], ['posts/a.qmd', 'talks/posts/c.qmd']],
  [
    'an exclusion counts in all folders',
    ['"*.qmd"', '"!a.qmd"'],
    ['index.qmd', 'posts/drafts/b.qmd', 'talks/posts/c.qmd'],
  ],
  ['nothing but exclusions', ['"!posts"'], ['a.qmd', 'index.qmd']],
] as const)('%s', (_, patterns, rendered) => {
  workspace.write('_quarto.yml', `project:\n  render:\n${patterns.map(one => `    - ${one}\n`).join('')}`);
  const files = new NodeFileSystem().filesIn(workspace.folder);
  const found = NAMES.map(name => `${workspace.folder}/${name}`);
  const { chapters } = renderedOf(workspace.folder, found, files);
  expect(chapters.map(path => path.slice(workspace.folder.length + 1))).toEqual(rendered);
});
