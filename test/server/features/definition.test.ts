import { expect, test } from 'vitest';
import type { LocationLink } from 'vscode-languageserver';
import { ask, textAt } from '../../support/requests';

const CHAPTER = `\`\`\`{python}
class Plan:
    hours = 48
    per_day = 24
    days = hours / per_day
    days_str = f"{days}"

days_str = Plan.days_str
\`\`\`

It takes \`{python} days_str\` days, \`{python} Plan.days_str\`.
`;

async function definitions(marked: string): Promise<string[] | null> {
  const links = await ask<Promise<LocationLink[] | null>>('textDocument/definition', marked);
  return links?.map(link => textAt(marked, link.targetSelectionRange)) ?? null;
}

test.each([
  ['a reference to its export', CHAPTER.replace('python} days_str', 'python} da¦ys_str'), ['8: days_str']],
  [
    'a dotted reference to the attribute',
    CHAPTER.replace('python} Plan.days_str', 'python} Plan.da¦ys_str'),
    ['6: days_str'],
  ],
  ['the class of a dotted reference', CHAPTER.replace('python} Plan.days_str', 'python} Pl¦an.days_str'), ['2: Plan']],
  ['from the export on to the attribute', CHAPTER.replace('\ndays_str =', '\nda¦ys_str ='), ['6: days_str']],
  ['from the attribute on to what it reads', CHAPTER.replace('    days_str =', '    da¦ys_str ='), ['5: days']],
  ['on to the lines that load', CHAPTER.replace('    days =', '    da¦ys ='), ['3: hours', '4: per_day']],
  ['a load line stays', CHAPTER.replace('    hours', '    ho¦urs'), ['3: hours']],
  ['nothing on prose', CHAPTER.replace('It takes', 'It ta¦kes'), null],
])('%s', async (_, marked, expected) => {
  expect(await definitions(marked)).toEqual(expected);
});

test('of an instance whose class gets its constructor by an assignment', async () => {
  const marked = `\`\`\`{python}
def make(self, hours):
    self.hours = hours

class Plan:
    hours = 1
    __init__ = make

plan = Plan(48)
\`\`\`

It takes \`{python} plan.ho¦urs\` hours.
`;
  expect(await definitions(marked)).toEqual(['6: hours']);
});
