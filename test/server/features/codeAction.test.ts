import { expect, test } from 'vitest';
import type { CodeAction } from 'vscode-languageserver';
import { ask, edited } from '../../support/requests';

const TEXT = '```{python}\ndays_str = "3"\n```\n\nTakes `{python} day_str` days, `{python} days_st` in all.\n';
const HERE = { range: { start: { line: 4, character: 18 }, end: { line: 4, character: 18 } } };

test('the fixes of the finding at the cursor', () => {
  const actions = ask<CodeAction[]>('textDocument/codeAction', TEXT, { ...HERE, context: { diagnostics: [] } });
  expect(actions.map(action => [action.title, action.kind, action.isPreferred])).toEqual([
    ['Use `days_str`', 'quickfix', true],
    ['Ignore `undefined-export` here, for a reason', 'quickfix', undefined],
    ['Turn `undefined-export` off in this chapter', 'quickfix', undefined],
  ]);
});

const asked = (more: Parameters<typeof ask>[4], only?: readonly string[]) =>
  ask<CodeAction[]>('textDocument/codeAction', TEXT, { ...HERE, context: { diagnostics: [], only } }, {}, more);

test('commands of a client that has them: the level of the rule, and its page', () => {
  const client = { hasCommands: true, takesSnippetEdits: true, createsFiles: true };
  const actions = asked({ client });
  expect(
    actions.flatMap(({ command }) =>
      command === undefined ? [] : [[command.title, command.command, command.arguments]],
    ),
  ).toEqual([
    ['Set the level of `undefined-export`…', 'reckoner.setRuleLevel', ['undefined-export', 'file:///book/chapter.qmd']],
    ['Show the page of `undefined-export`', 'reckoner.showRule', ['undefined-export']],
  ]);
  expect(actions.find(({ title }) => title.startsWith('Ignore'))!.edit!.documentChanges).toMatchObject([
    { edits: [{ snippet: { value: '<!-- reckoner-ignore undefined-export: ${1:reason} -->\n\n' } }] },
  ]);
});

test('of several findings of a rule, each is ignored by itself, and the rule turned off once', () => {
  const whole = { start: { line: 4, character: 0 }, end: { line: 4, character: 50 } };
  const params = { range: whole, context: { diagnostics: [] } };
  const titles = ask<CodeAction[]>('textDocument/codeAction', TEXT, params).map(({ title }) => title);
  expect(titles.filter(title => title.startsWith('Ignore'))).toHaveLength(2);
  expect(titles.filter(title => title.startsWith('Turn'))).toHaveLength(1);
});

test('another client gets the edit that turns the rule off in the project', () => {
  const edit = { changes: {} };
  const actions = asked({ turnOff: code => (code === 'undefined-export' ? edit : undefined) });
  expect(actions.at(-1)).toEqual({ title: 'Turn `undefined-export` off in .reckoner.yml', kind: 'quickfix', edit });
});

test('all certain fixes at once, when asked for', () => {
  const context = { diagnostics: [], only: ['source.fixAll'] };
  const [action, ...others] = ask<CodeAction[]>('textDocument/codeAction', TEXT, { ...HERE, context });
  expect(others).toEqual([]);
  expect(edited(TEXT, Object.values(action!.edit!.changes!)[0]!)).toContain(
    'Takes `{python} days_str` days, `{python} days_str` in all.',
  );
});

test('a fix that mends several places of one fault is offered at each of them', () => {
  const text =
    '```{python}\ndays_str = "3"\n```\n\nTakes `{python} day_str` days.\n\nIn all `{python} day_str` days.\n';
  const at = { line: 6, character: 18 };
  const [fix] = ask<CodeAction[]>('textDocument/codeAction', text, {
    range: { start: at, end: at },
    context: { diagnostics: [], only: ['quickfix'] },
  });
  expect(fix!.title).toBe('Use `days_str` (in all 2 places)');
  expect(edited(text, Object.values(fix!.edit!.changes!)[0]!)).not.toContain('day_str');
});
