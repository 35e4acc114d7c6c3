/** Sentences that say of a value what its name speaks against: a cut that is called a rise, a flow told as a time. */
import { expect, test } from 'vitest';
import { cell, report } from '../../support/analysis';

const CODE = `
class Fan:
    saved_pct_str = "75"
    growth_pct_str = "20"
    flow_l_min_str = "40"
    change_min_str = "60"
    saved_kw_str = "4.5"
    wait_percent_str = "95"
`;

function told(text: string): string[] {
  const prose = text.replaceAll(/\{(\w+)\}/g, '`{python} Fan.$1`');
  return report(`${cell(CODE)}\n\n${prose}\n`).filter(line => line.startsWith('warning '));
}

test.each([
  ['claim-mismatch', 'The new door means a rise of {saved_pct_str} %.'],
  ['claim-mismatch', 'The year brings a drop of about {growth_pct_str}%.'],
  ['unit-mismatch', 'The fan needs {flow_l_min_str} minutes.'],
  ['unit-mismatch', 'The door spares {saved_pct_str} kW.'],
])('%s: %s', (code, text) => {
  expect(told(text)).toEqual([expect.stringContaining(code)]);
});

test.each([
  'The new door means a cut of {saved_pct_str} %.',
  'The year brings an increase of {growth_pct_str}%.',
  // Of amounts, what is less for one is more for the other.
  'The old door means an increase of {saved_kw_str} kW.',
  'The saving grew: after an increase of {saved_pct_str} %, it is the largest.',
  'The fan moves {flow_l_min_str} litres a minute and needs {change_min_str} minutes.',
  'It waits {wait_percent_str} ms.',
])('%s is no fault', text => {
  expect(told(text)).toEqual([]);
});
