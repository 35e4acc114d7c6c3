/** `check --fix` and the editor's "fix all" take the same fixes. */
import { expect, test } from 'vitest';
import type { CodeAction } from 'vscode-languageserver';
import { NodeFileSystem } from '../../../server/files/node';
import { checkChapter } from '../../../server/workspace/check';
import { PackageStore } from '../../../server/workspace/packages';
import { ask, edited } from '../../support/requests';
import { reportedChapters } from '../../support/rulePages';

/** The text after "fix all", asked for until nothing is left to fix. */
function allFixed(text: string): string {
  const start = { line: 0, character: 0 };
  const params = { range: { start, end: start }, context: { diagnostics: [], only: ['source.fixAll.reckoner'] } };
  for (let round = 0, now = text; ; round++) {
    const [action] = ask<CodeAction[]>('textDocument/codeAction', now, params);
    if (action === undefined || round === 5) return now;
    now = edited(now, Object.values(action.edit!.changes!)[0]!);
  }
}

test.each(reportedChapters())('%s', (_, text) => {
  const store = new PackageStore(new NodeFileSystem());
  const checked = checkChapter('/nowhere/chapter.qmd', { text, fix: true, root: '/nowhere' }, store);
  expect(checked.text ?? text).toBe(allFixed(text));
});
