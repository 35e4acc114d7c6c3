/** References, highlights and renames share what they take for the same name. */

import { describe, expect, test } from 'vitest';
import type { DocumentHighlight, Location, WorkspaceEdit } from 'vscode-languageserver';
import { ask, edited, textAt } from '../../support/requests';

const CHAPTER = `\`\`\`{python}
# ┌── LEGO ─────
# │ Exports: rate_str
# └─────────────
class Pump:
    rate = 3
    rates = [rate for rate in range(2)]
    rate_str = f"{rate}"

def twice(rate):
    return 2 * rate

rate = 5
rate_str = Pump.rate_str
\`\`\`

At \`{python} rate_str\`, \`{python} Pump.rate_str\` or \`{python} rate + 1\`.
`;

function uses(marked: string): string[] {
  return ask<Location[]>('textDocument/references', marked, { context: { includeDeclaration: true } }).map(
    ({ range }) => textAt(marked, range),
  );
}

describe('references', () => {
  test('a module-level name: not those of the class, the function or the comprehension', () => {
    expect(uses(CHAPTER.replace('\nrate =', '\nra¦te ='))).toEqual(['13: rate', '17: rate']);
  });

  test('a class attribute, by its path', () => {
    expect(uses(CHAPTER.replace('    rate_str', '    ra¦te_str'))).toEqual([
      '8: rate_str',
      '14: rate_str',
      '17: rate_str',
    ]);
  });
});

test('highlights tell writes from reads', () => {
  const marked = CHAPTER.replace('\nrate_str', '\nrate¦_str');
  const kinds = ask<DocumentHighlight[]>('textDocument/documentHighlight', marked).map(one => one.kind);
  expect(kinds).toEqual([3, 2]);
});

describe('rename', () => {
  test('in cells, prose and the header', () => {
    const marked = CHAPTER.replace('\nrate_str', '\nrate¦_str');
    const { changes } = ask<WorkspaceEdit>('textDocument/rename', marked, { newName: 'flow_str' });
    const text = edited(marked, Object.values(changes!)[0]!);
    expect(text).toContain('Exports: flow_str\n');
    expect(text).toContain('\nflow_str = Pump.rate_str\n');
    expect(text).toContain('At `{python} flow_str`, `{python} Pump.rate_str`');
  });

  test('refuses what is no name, and what an import brought', () => {
    const marked = CHAPTER.replace('\nrate_str', '\nrate¦_str');
    expect(() => ask('textDocument/rename', marked, { newName: '2x' })).toThrow('"2x" is not a valid Python name.');
    expect(ask('textDocument/prepareRename', '```{python}\nimport math\nx = ma¦th.pi\n```\n')).toBeNull();
  });
});
