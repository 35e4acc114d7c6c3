import { expect, test } from 'vitest';
import type { FoldingRange } from 'vscode-languageserver';
import { ask, textAt } from '../../support/requests';

/** First and last line of each fold, as text. */
function folds(text: string): string[] {
  return ask<FoldingRange[]>('textDocument/foldingRange', text).map(({ startLine, endLine }) => {
    const line = (at: number) => {
      const whole = textAt(text, { start: { line: at, character: 0 }, end: { line: at, character: 999 } });
      return whole.slice(whole.indexOf(':') + 1).trim();
    };
    return `${line(startLine)} … ${line(endLine)}`;
  });
}

test('stages, classes and functions of a cell fold', () => {
  const text = `\`\`\`{python}
class Tank:
    # ┌── 1. LOAD ──────
    litres = 40
    hours = 2

    # ┌── 2. EXECUTE ───
    rate = litres / hours
    def drain(self):
        return 1

    # ┌── 4. OUTPUT ──
    rate_str = f"{rate}"
    more_str = "a"

# ┌── EXPORTS ──
rate_str = Tank.rate_str
more_str = Tank.more_str
\`\`\`
`;
  expect(folds(text)).toEqual([
    '```{python} … ```',
    '# ┌── 1. LOAD ────── … hours = 2',
    '# ┌── 2. EXECUTE ─── … return 1',
    '# ┌── 4. OUTPUT ── … more_str = "a"',
    '# ┌── EXPORTS ── … more_str = Tank.more_str',
    'class Tank: … more_str = "a"',
    'def drain(self): … return 1',
  ]);
});

test('TikZ and nested divs fold', () => {
  const text = '::: {#fig-a}\n\n```{.tikz}\n\\draw;\n```\n\n::: {.note}\nA\n:::\n\n:::\n';
  expect(folds(text)).toEqual(['::: {#fig-a} … :::', '::: {.note} … :::', '```{.tikz} … ```']);
});

test('words in a comment are no stage', () => {
  expect(folds('```{python}\nx = 1  # LOAD it\n# the LOADED one\ny = 2\n```\n')).toEqual(['```{python} … ```']);
});
