import { describe, expect, test } from 'vitest';
import type { SignatureHelp } from 'vscode-languageserver';
import { ask } from '../../support/requests';

const behind = (first: string, second: string) =>
  `\`\`\`{python}\n${first}\n\`\`\`\n\n\`\`\`{python}\n${second}\n\`\`\`\n`;

/** The signature, with the argument that is being typed in brackets. */
async function help(marked: string): Promise<string | null> {
  const found = await ask<Promise<SignatureHelp | null>>('textDocument/signatureHelp', marked);
  const signature = found?.signatures[0];
  if (signature === undefined) return null;
  const at = signature.parameters?.[found!.activeParameter ?? 0]?.label as [number, number] | undefined;
  if (at === undefined) return signature.label;
  const { label } = signature;
  return `${label.slice(0, at[0])}[${label.slice(...at)}]${label.slice(at[1])}`;
}

describe('a function of the chapter', () => {
  const FLOW = 'def flow(width, depth: int = 2, *, speed=1):\n    """How much flows.\n\n    More."""\n    return width';

  test.each([
    ['x = flow(¦)', 'flow([width], depth: int = 2, speed=1)'],
    ['x = flow(1, ¦', 'flow(width, [depth: int = 2], speed=1)'],
    ['x = flow(1, speed=¦)', 'flow(width, depth: int = 2, [speed=1])'],
    ['x = flow(1, 2, 3¦)', 'flow(width, depth: int = 2, [speed=1])'],
    ['x = flow((1, 2), ¦)', 'flow(width, [depth: int = 2], speed=1)'],
    ['x = flow("a, b", ¦)', 'flow(width, [depth: int = 2], speed=1)'],
    ['x = f"{flow(¦)}"', 'flow([width], depth: int = 2, speed=1)'],
    ['x = [flow(1)[¦]]', null],
    ['x = flow(1) + ¦', null],
    ['x = flow(  # a comment ¦', null],
  ])('%s', async (code, expected) => {
    expect(await help(behind(FLOW, code))).toBe(expected);
  });

  test('with the first paragraph of its docstring', async () => {
    const found = await ask<Promise<SignatureHelp>>('textDocument/signatureHelp', behind(FLOW, 'x = flow(¦)'));
    expect(found.signatures[0]!.documentation).toEqual({ kind: 'markdown', value: 'How much flows.' });
  });

  test('in a reference', async () => {
    expect(await help(`\`\`\`{python}\n${FLOW}\n\`\`\`\n\nIt is \`{python} flow(¦)\`.\n`)).toBe(
      'flow([width], depth: int = 2, speed=1)',
    );
  });
});

test.each([
  ['from mlsys.formatting import fmt', 'x = fmt(3, ¦)', 'fmt('],
  ['import math', 'x = math.log(¦)', 'log('],
  ['', 'x = round(¦)', 'round('],
  ['name = "a"', 'x = name.replace(¦)', 'replace('],
])('of the library and of methods: %s, %s', async (first, second, expected) => {
  const found = await help(behind(first, second));
  expect(found?.startsWith(expected), found ?? 'null').toBe(true);
  expect(found).toContain('[');
});

test('a class by its __init__, a method without self, a dataclass by its fields', async () => {
  const code =
    'class Tank:\n    def __init__(self, litres):\n        self.litres = litres\n    def drain(self, by):\n        return by\ntank = Tank(1)';
  expect(await help(behind(code, 'x = Tank(¦)'))).toBe('Tank([litres])');
  expect(await help(behind(code, 'x = tank.drain(¦)'))).toBe('drain([by])');
  const fields = 'from dataclasses import dataclass\n@dataclass\nclass Pump:\n    flow: float\n    head: int = 3';
  expect(await help(behind(fields, 'x = Pump(1, ¦)'))).toBe('Pump(flow: float, [head: int = 3])');
});
