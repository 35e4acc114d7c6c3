import { expect, test } from 'vitest';
import { applyFix, findingsOf, report } from '../../support/analysis';

const TEXT = `Some prose.

#| label: tank
# ┌── LEGO ─────────────────────────
# │ Goal: volume
# └─────────────────────────────────
class Tank:
    volume_str = "24"
    flow_str = "3"

volume_str = Tank.volume_str
\`\`\`

\`\`\`{python}
x = 1
\`\`\`

It holds \`{python} volume_str\` and flows \`{python} Tank.flow_str\`.
`;

test('names the references that need the cell, which are not reported again', () => {
  const lines = report(TEXT);
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatch(
    /^error unopened-cell "#\| label: tank": .* none of it runs\. 2 references need it: `volume_str`, `Tank\.flow_str`\.$/,
  );
  expect(findingsOf(TEXT)[0]!.related!.map(place => TEXT.slice(place.range.start, place.range.end))).toEqual([
    'volume_str',
    'Tank.flow_str',
  ]);
});

test('a cell that needs it is told with it, and so are its references', () => {
  const text = TEXT.replace('x = 1', 'x = Tank.flow_str').replace('and flows', '{} `{python} x` and flows');
  expect(report(text)).toEqual([expect.stringMatching(/ 1 reference and 1 cell depend on it\.$/)]);
});

test('the fix opens the cell, and all is well', () => {
  const fixed = applyFix(TEXT, 'Insert the opening fence of this cell');
  expect(fixed).toContain('prose.\n\n```{python}\n#| label: tank\n');
  expect(report(fixed)).toEqual([]);
});

test('the fix gives it the options of the cells around it', () => {
  const like = (code: string) => `\`\`\`{python}\n#| echo: false\n#| label: ${code}\n${code} = 1\n\`\`\`\n`;
  const text = `${like('first')}\nProse.\n\n${TEXT.replace('#| label: tank\n', '').replace('```{python}\nx = 1\n```\n', like('last'))}`;
  const fixed = applyFix(text, 'Insert the opening fence of this cell, with `#| echo: false` as around it');
  expect(fixed).toContain('Some prose.\n\n```{python}\n#| echo: false\n# ┌── LEGO');
  expect(report(fixed)).toEqual([]);
});

test.each([
  ['```{pyhton}', '```{python}'],
  ['```{Python}', '```{python}'],
  ['```{ python }', '```{python}'],
  ['```python}', '```{python}'],
  ['```{python', '```{python}'],
  ['```{pyton, echo=FALSE}', '```{python, echo=FALSE}'],
  ['``{python}', '```{python}'],
  ['```python', '```{python}'],
  ['```{.python}', '```{python}'],
])('a line that opens no cell: %s', (line, meant) => {
  const text = `Some prose.\n\n${line}\n#| label: tank\nx_str = "24"\n\`\`\`\n\n\`\`\`{python}\ny = 1\n\`\`\`\n\nIt holds \`{python} x_str\`.\n`;
  expect(report(text)).toEqual([
    `error unopened-cell "${line}": To Quarto ${line} opens no cell, as \`\`\`{python} does, so none of this code runs. One reference needs it: \`x_str\`.`,
  ]);
  const fixed = applyFix(text, `Open a cell: \`\`\`{python} in place of ${line}`);
  expect(fixed).toBe(text.replace(line, meant));
  expect(report(fixed)).toEqual([]);
});

test('a fence of tildes opens no cell', () => {
  const text = '```{python}\ny = 1\n```\n\n~~~{python}\nx_str = "24"\n~~~\n\nIt holds `{python} x_str`.\n';
  const fixed = applyFix(text, 'Open a cell: ```{python} in place of ~~~{python}');
  expect(fixed).toBe(text.replaceAll('~', '`'));
  expect(report(fixed)).toEqual([]);
});

test.each(['```python', '```{.python}', '```{{python}}', '```{cython}'])(
  'a listing that nothing needs is left alone: %s',
  line => {
    expect(report(`${line}\nx = 1\n\`\`\`\n\n\`\`\`{python}\nx = 2\n\`\`\`\n\nIt holds \`{python} x\`.\n`)).toEqual([]);
  },
);
