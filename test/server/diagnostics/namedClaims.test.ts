/** Claims about what a sentence only names, and numbers of other things beside them: `claim-mismatch`, `stale-literal`. */
import { expect, test } from 'vitest';
import { cell, report } from '../../support/analysis';

const CODE = cell(`
homes_m3 = 832
leak_m3 = 209
reserve_m3 = 169
tank_m3 = 600
fire_m3 = 192
litres_per_head = 130
pipe_km = 38
new_km = 12
grant_share = 0.4
homes_str = f"{homes_m3}"
leak_m3_str = f"{leak_m3}"
reserve_m3_str = f"{reserve_m3}"
tank_m3_str = f"{tank_m3}"
fire_m3_str = f"{fire_m3}"
litres_str = f"{litres_per_head}"
pipe_km_str = f"{pipe_km}"
new_km_str = f"{new_km}"
`);
const SHOWN = `Each person uses \`{python} litres_str\` litres a day, all homes \`{python} homes_str\` m³. The leaks take \`{python} leak_m3_str\` m³ and the reserve is \`{python} reserve_m3_str\` m³, beside a tank of \`{python} tank_m3_str\` m³.

The network has \`{python} pipe_km_str\` km of pipe. A fire needs \`{python} fire_m3_str\` m³, and \`{python} new_km_str\` km are new.
`;

function told(text: string): string[] {
  return report(`${CODE}\n${SHOWN}\n${text}\n`).filter(line => line.startsWith('warning '));
}

test.each([
  ['The table shows that leaks take less than the reserve does.', '`leak_m3` is 1.24 times `reserve_m3`'],
  ['Leaks are smaller than the reserve, as all can see.', '`leak_m3` is 1.24 times `reserve_m3`'],
  ['We replace `{python} new_km_str` km, a quarter of the network.', '12 km is 0.316 times `pipe_km_str` (38)'],
  ['A fire takes `{python} fire_m3_str` m³ in all. That is about half of the tank.', '192 m³ is 0.32 times `tank_m3`'],
  ['A fire takes `{python} fire_m3_str` m³, a quarter of what the tank holds.', '192 m³ is 0.32 times `tank_m3`'],
  ['Homes use `{python} homes_str` m³, 832 m³ more than the leaks.', '`leak_m3` is 209: the difference is 623'],
  ['Only 5% of the water is drunk; the remaining 90% is for washing.', 'of 100% without 5% remain 95%'],
  ['About 30% of it goes to gardens, and the other 60% to homes.', 'of 100% without 30% remain 70%'],
])('%s', (text, value) => {
  expect(told(text)).toEqual([expect.stringMatching(/^warning claim-mismatch /)]);
  expect(told(text)[0]).toContain(value);
});

test.each([
  'The table shows that leaks take more than the reserve does.',
  'Leaks are more expensive than the rest.',
  'We replace `{python} new_km_str` km, a third of the network.',
  'We replace `{python} new_km_str` km, a quarter of the work.',
  'A fire takes `{python} fire_m3_str` m³ in all. That is about a third of the tank.',
  'Only 5% of the water is drunk; the remaining 95% is for washing.',
  'Some 5% of the water is drunk and 10% cooked with; the remaining 85% is for washing.',
  'It rises from 20% of the water to 30%, and the remaining 60% is for washing.',
  // Of something else than what is counted for each person.
  'Each person uses `{python} litres_str` litres a day. A bath takes 150 litres, a little more than what one uses in a day.',
])('clean: %s', text => {
  expect(told(text)).toEqual([]);
});

test('a part behind a number is not one of a percentage that nothing reads', () => {
  const made = CODE.replace(/```\s*$/, 'grant_pct_str = f"{grant_share * 100:.0f}"\n```');
  const text = 'The new pipe is of `{python} new_km_str` km, a third of the network.';
  expect(report(`${made}\n${SHOWN}\n${text}\n`).filter(line => line.startsWith('warning '))).toEqual([]);
});

test('one digit of a percentage is no slip of one ten times as large', () => {
  const made = cell('better_pct = 20\nbetter_pct_str = f"{better_pct}"');
  const text = 'It is `{python} better_pct_str`% faster. A model with more steps costs 40% and is better by only 2%.';
  expect(report(`${made}\n${text}\n`)).toEqual([]);
});
