import { expect, test } from 'vitest';
import type { CodeAction } from 'vscode-languageserver';
import { ask, edited } from '../../support/requests';

const TEXT = '```{python}\ndays_str = "3"\n```\n\nTakes `{python} day_str` days, `{python} days_st` in all.\n';
const HERE = { range: { start: { line: 4, character: 18 }, end: { line: 4, character: 18 } } };

test('the fixes of the finding at the cursor', () => {
  const actions = ask<CodeAction[]>('textDocument/codeAction', TEXT, { ...HERE, context: { diagnostics: [] } });
  expect(actions.map(action => [action.title, action.kind, action.isPreferred])).toEqual([
    ['Use `days_str`', 'quickfix', true],
  ]);
});

test('all certain fixes at once, when asked for', () => {
  const context = { diagnostics: [], only: ['source.fixAll'] };
  const [action, ...others] = ask<CodeAction[]>('textDocument/codeAction', TEXT, { ...HERE, context });
  expect(others).toEqual([]);
  expect(edited(TEXT, Object.values(action!.edit!.changes!)[0]!)).toContain(
    'Takes `{python} days_str` days, `{python} days_str` in all.',
  );
});
