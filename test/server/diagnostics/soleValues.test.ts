/** Typed numbers that can be of one value alone, by unit, noun, order of digits and what stands beside them: `stale-literal`. */
import { describe, expect, test } from 'vitest';
import { cell, report } from '../../support/analysis';

const LINES = cell(`
class Ferry:
    deck_kw = 39.4  # lamps and winches on the open deck
    crossing_min = 23
    cars = 486
    fuel_g = 7.8
    quiet = 0.62
    odds_ratio = 1.77
    deck_kw_str = f"{deck_kw:.1f}"
    crossing_min_str = f"{crossing_min}"
    cars_str = f"{cars}"
    fuel_g_str = f"{fuel_g:.1f}"
    odds_ratio_str = f"{odds_ratio:.2f}"
`);
const SHOWN =
  'They draw `{python} Ferry.deck_kw_str` kW for `{python} Ferry.crossing_min_str` minutes. `{python} Ferry.cars_str` vehicles burn `{python} Ferry.fuel_g_str` MWh at odds of `{python} Ferry.odds_ratio_str`.';

function told(text: string): string[] {
  return report(`${LINES}\n${SHOWN}\n\n${text}\n`).filter(line => line.includes('stale-literal'));
}

describe('told', () => {
  test.each([
    // Digits in another order, in the unit of the value.
    ['The bill is for 34.9 kW.', '39.4'],
    ['We waited 32 minutes.', '23'],
    // What a comment says of the value.
    ['The lamps take 44.4 kW.', '39.4'],
    // What it counts elsewhere.
    ['The boat has room for 386 vehicles.', '486'],
    // A number beside it that the same cell makes.
    ['In 23 minutes 468 roll on.', '486'],
    ['An odds ratio of 1.97 says little.', '1.77'],
  ])('%s', (text, value) => {
    expect(told(text)).toEqual([expect.stringContaining(`but the calculation gives ${value} (`)]);
  });

  test('grams by a letter, where sentences say another unit behind the value', () => {
    expect(told('A day takes 8.7 MWh.')).toEqual([expect.stringContaining('gives 7.8')]);
  });
});

describe('left alone', () => {
  test.each([
    // Nothing but the unit speaks for it.
    'The harbour lies 31 minutes from the station.',
    // Twice as much without any more words.
    'The boat has room for 1,020 vehicles.',
    // Others have it.
    'At 20 knots: 34.9 kW.',
    'Without the winches they would draw 34.9 kW.',
    'Could you estimate the draw for 34.9 kW of lamps?',
    'The 95% interval is wide, and above the usual 1.97.',
    'It takes 34.9 kW: 20.5 + 14.4 = 34.9.',
    // A source has it.
    'As @moller2020 found, in 23 minutes 468 roll on.',
    'Others measured this [@moller2020]. They found that in 23 minutes 468 roll on.',
  ])('%s', text => {
    expect(told(text)).toEqual([]);
  });

  test('a number that the code computes with', () => {
    const code = cell('deck_kw = 39.4\nspare_kw = 34.9 - 10\ntotal = deck_kw + spare_kw');
    expect(report(`${code}\nThe deck draws \`{python} deck_kw\` kW.\n\nThe bill is for 34.9 kW.\n`)).toEqual([]);
  });
});

describe('a value that no reference reads', () => {
  const CELLS = cell(`
class Creek:
    loss_points = 4.8
    fill_end = 80.0  # %
    shallow_pct = 95
    loss_points_str = f"{loss_points:.1f}"
    fill_end_str = f"{fill_end:.0f}"
    shallow_pct_str = f"{shallow_pct}"
    creek_m_str = "31"
`);
  const report1 = (text: string) => report(`${CELLS}\n${text}\n`).filter(line => line.includes('stale-literal'));

  test.each([
    'A weir that loses 3$\\times$ the water can raise the toll 40% while the loss stays.',
    'The creek is `{python} Creek.creek_m_str` m wide. A fill of 40% more pays off.',
    'They lose `python loss_points_str` points, and 5.1 points more would be bad.',
  ])('is not that of: %s', text => {
    expect(report1(text)).toEqual([]);
  });

  test('an aside without a number says nothing of those around it', () => {
    const text = 'Of the `{python} Creek.creek_m_str` m, a part is mud (e.g., silt and reed) and 90% is shallow water.';
    expect(report1(text)).toHaveLength(1);
  });
});

/** What a class brings out under names of any kind, and one sentence that shows the rest of it. */
const LINE_OF = (last: string): string => `${cell(`
from mlsys.formatting import fmt
class KilnLine:
    heat = 45  # minutes
    cool = 85
    loaded = 1350
    spared_days = 6.3
    pottery_m = 8.5
    total = heat + cool
    total_min = fmt(total, precision=0)
    heat_min = fmt(heat, precision=0)
    days_spared_str = fmt(spared_days, precision=0)
    pottery_m_str = fmt(pottery_m, precision=1)

total_min = KilnLine.total_min
heat_min = KilnLine.heat_min
days_spared_str = KilnLine.days_spared_str
pottery_m_str = KilnLine.pottery_m_str
`)}
${last}
`;

describe('what was made for the prose and stands nowhere', () => {
  test.each([
    // A bridge is made for the prose, whatever it is called.
    [
      'Of `{python} heat_min` minutes at heat the total is 118 minutes, with `{python} days_spared_str` days spared.',
      '130',
    ],
    // "time" says no more of days than that they are days.
    [
      'After `{python} heat_min` minutes of `{python} total_min`, the rest is cooled, which spares 8 days of kiln time.',
      '6',
    ],
    // Far off, where all of the name is said, and counted.
    ['In the `{python} heat_min` minutes of `{python} total_min` the works fires 3.5 million pottery pieces.', '8.5'],
  ])('%s', (text, value) => {
    const found = report(LINE_OF(text)).filter(line => line.includes('stale-literal'));
    expect(found).toEqual([expect.stringContaining(`but the calculation gives ${value} (`)]);
  });
});

describe('a percentage that nothing reads', () => {
  const kiln = cell(`
from mlsys.formatting import fmt
class KilnDrift:
    yield_first = 85.0  # %
    lost = 5
    yield_last = yield_first - lost
    yield_first_str = fmt(yield_first, precision=0)
    yield_last_str = fmt(yield_last, precision=0)

yield_first_str = KilnDrift.yield_first_str
yield_last_str = KilnDrift.yield_last_str
`);
  const stale = (text: string) => report(text).filter(line => line.includes('stale-literal'));

  test('is held against numbers beside another value of its cell', () => {
    expect(stale(`${kiln}\nThe first firing yields \`{python} yield_first_str\`%, the last 74%.\n`)).toEqual([
      expect.stringContaining('but the calculation gives 80 (`yield_last_str`)'),
    ]);
  });

  test('and is not what another paragraph above it tells in percent', () => {
    expect(
      stale(
        `A glaze may cost 40% more and the yield last longer.\n\n${kiln}\nIt begins at \`{python} yield_first_str\`%.\n`,
      ),
    ).toEqual([]);
  });
});
