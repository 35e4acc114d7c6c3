/** Numbers that were typed into sentences beside cells that compute them: `stale-literal`, `literal-could-be-ref`. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { applyFix, cell, fixTitles, report } from '../../support/analysis';

const PLANT = cell(`
from mlsys.constants import GB
class PumpPlant:
    pumps = 14
    model_params = 60e6
    flow = 312.0
    loss = 0.153
    weights = 12.4 * GB
    budget = 4.6e6
    loss_pct = loss * 100
    pumps_str = f"{pumps}"
    params_m_str = f"{model_params / 1e6:.0f}"
    flow_str = f"{flow:.0f}"
    loss_pct_str = f"{loss_pct:.1f}"
    weights_gb_str = f"{weights.m_as(GB):.1f}"
    budget_m_str = f"{budget / 1e6:.1f}"
    startup_ms_str = "129"
    faults_per_day = 24 / 2.4
`);

/** What is told of one text behind the cell, without the words of every message. */
function told(text: string): string[] {
  return report(`${PLANT}\n${text}\n`).map(line =>
    line
      .replace('A reference to it would follow the calculation.', '')
      .replace('The sentence says ', '')
      .replace('but the calculation gives ', '')
      .replace(' computes this number.', '')
      .trim(),
  );
}

describe('stale', () => {
  test.each([
    ['The plant has 12 pumps.', '"12 pumps": 12 pumps, 14 (`PumpPlant.pumps_str`).'],
    ['The plant has **twelve pumps**.', '"twelve pumps": twelve pumps, 14 (`PumpPlant.pumps_str`).'],
    ['Its 66 million parameters.', '"66 million parameters": 66 million parameters, 60 (`PumpPlant.params_m_str`).'],
    ['With 60 billion parameters.', '"60 billion parameters": 60 billion parameters, 60 (`PumpPlant.params_m_str`).'],
    ['A loss of 13.5%.', '"13.5%": 13.5%, 15.3 (`PumpPlant.loss_pct_str`).'],
    ['The weights take 14.2 GB.', '"14.2 GB": 14.2 GB, 12.4 (`PumpPlant.weights_gb_str`).'],
    ['The weights take 14200 MB.', '"14200 MB": 14200 MB, 12.4 (`PumpPlant.weights_gb_str`).'],
    [String.raw`The budget is \$5.2 million.`, '"5.2 million": 5.2 million, 4.6 (`PumpPlant.budget_m_str`).'],
    ['A flow of 298, and more.', '"298": 298, 312 (`PumpPlant.flow_str`).'],
    ['The loss is more than 16%.', '"16%": 16%, 15.3 (`PumpPlant.loss_pct_str`).'],
    ['Its startup takes about 160 ms.', '"160 ms": 160 ms, 129 (`PumpPlant.startup_ms_str`).'],
    ['The startup takes 140–160 ms.', '"140–160 ms": 140–160 ms, 129 (`PumpPlant.startup_ms_str`).'],
    ['| | Startup (ms) |\n|---|---|\n| mean | 140 |', '"140": 140, 129 (`PumpPlant.startup_ms_str`).'],
    ['![A plant with 12 pumps.](https://example.org/plant.png)', '"12 pumps": 12 pumps, 14 (`PumpPlant.pumps_str`).'],
    ['::: {#fig-a fig-alt="Photo of 12 pumps."}\n:::', '"12 pumps": 12 pumps, 14 (`PumpPlant.pumps_str`).'],
  ])('%s', (text, message) => {
    expect(told(text)).toEqual([`warning stale-literal ${message}`]);
  });

  test('in a caption among the options of a cell, without a fix', () => {
    const text = `${PLANT}\n${cell('#| fig-cap: "The plant with its 12 pumps."\nx = 1')}`;
    expect(report(text)).toEqual([expect.stringMatching(/^warning stale-literal "12 pumps"/)]);
    expect(fixTitles(text)).toEqual([]);
  });
});

describe('a number in the place of what was made for the sentence, and is read by no reference', () => {
  const made = cell(`
from mlsys.constants import USD, hour, ms
class Depot:
    price = 2.10 * USD / hour
    step = 12.8 * ms
    readers = 420_000
    months = 6
    charge_weeks = 14
    price_str = f"{price.m_as(USD / hour):.2f}"
    step_str = f"{step.m_as(ms):.1f}"
    readers_k_str = f"{readers / 1000:.0f}"
    months_str = f"{months}"
    lasts_str = f"{charge_weeks}"
    gates_str = "38"
`);
  // Without any reference, nothing was made for sentences.
  const read = `# Lamps\n\n${cell('lamps_str = "7"')}\nIt has \`{python} lamps_str\` lamps.\n`;
  const told = (text: string) => report(`${made}\n${text}\n\n${read}`).filter(line => line.startsWith('warning stale'));

  test.each([
    [String.raw`It is rented at \$1.80 an hour.`, '1.80, but the calculation gives 2.10'],
    ['Reading all once takes 16.7 ms.', '16.7 ms, but the calculation gives 12.8'],
    ['It has 380 thousand active readers.', '380 thousand active, but the calculation gives 420'],
    ['It drops within 9 months as habits shift.', '9 months, but the calculation gives 6'],
    ['If demand grows, it is paid back after 18 weeks.', '18 weeks, but the calculation gives 14'],
    ['It runs forty-five gates.', 'forty-five gates, but the calculation gives 38'],
    ['If a depot leaves the group of 34 gates, all wait.', '34 gates, but the calculation gives 38'],
  ])('%s', (text, says) => {
    expect(told(text)).toEqual([expect.stringContaining(`The sentence says ${says} (`)]);
  });

  test.each([
    'Reading all once takes 13 ms, or 40 ms, and 5,000 ms at worst.',
    'Once it took 16.7 ms, previously 9 weeks.',
    'Roughly 26 ms pass, less than 15 ms or 10–16 ms.',
    'If it ran 34 gates, it would stand still.',
    'It shows `{python} Depot.step_str` ms, and once takes 16.7 ms.',
    'Reading takes 16.7 ms, and writing 9.5 ms.',
  ])('left alone: %s', text => {
    expect(told(text)).toEqual([]);
  });

  test('only in sentences next to its cell', () => {
    const between = [1, 2].map(at => cell(`x${at} = ${at}`)).join('\n');
    expect(told(`${between}\nReading all once takes 16.7 ms.`)).toEqual([]);
  });

  test('a reference elsewhere in the chapter makes it read', () => {
    const text = `Reading all once takes 16.7 ms.\n\n# Behind\n\nIt is \`{python} Depot.step_str\`.`;
    expect(told(text)).toEqual([]);
  });
});

test('what is so many times as much stands behind the sign', () => {
  const code = cell('class Sort:\n    speedup = 4\n    passes = 3\n    speedup_str = f"{speedup}"');
  const text = 'It takes fewer passes: an 8$\\times$ linear speedup.';
  expect(report(`${code}\n${text}\n`)).toContain(
    'warning stale-literal "8$\\times$": The sentence says 8×, but the calculation gives 4 (`Sort.speedup_str`).',
  );
});

test('a unit says what a word of the name says', () => {
  const text = `${cell('labour_share_pct = f"{60}"\nkiln_temp_str = f"{1240:,}"')}\nLabour is 52% of all, and the kiln reaches 1,280 °C. \`{python} labour_share_pct\` \`{python} kiln_temp_str\`\n`;
  expect(report(text.replace(/ `\{python\} labour.*/, ''))).toEqual([
    expect.stringContaining('says 52%, but the calculation gives 60'),
    expect.stringContaining('says 1,280 °C, but the calculation gives 1,240'),
  ]);
});

test('a quantity is told as sentences say it', () => {
  const text = `${cell('from mlsys.constants import MB\nclass Scan:\n    page = 42 * MB')}\nThe page takes 24 MB as a scan.\n`;
  expect(report(text)).toEqual([
    'warning stale-literal "24 MB": The sentence says 24 MB, but the calculation gives 42 MB (`Scan.page`).',
  ]);
});

test('what a day costs is money', () => {
  const text = `${cell('diesel_l_per_day = 5200\ndiesel_cost_day_str = f"{5200 * 1.15:,.0f}"')}\nDiesel costs €6,200 a day.\n`;
  expect(report(text)).toEqual([expect.stringContaining('gives 5,980 (`diesel_cost_day_str`)')]);
});

describe('equal', () => {
  test.each([
    ['The plant has 14 pumps.', '"14 pumps": `PumpPlant.pumps_str`'],
    ['With 60 million parameters.', '"60 million parameters": `PumpPlant.params_m_str`'],
    ['A loss of 15.3%.', '"15.3%": `PumpPlant.loss_pct_str`'],
    [String.raw`The budget is \$4.6 million.`, '"4.6 million": `PumpPlant.budget_m_str`'],
  ])('%s', (text, message) => {
    expect(told(text)).toEqual([`hint literal-could-be-ref ${message}`]);
  });

  test('the fix puts the reference in, and the sentence reads the same', () => {
    const text = `${PLANT}\nWith 60 million parameters.\n`;
    const fixed = applyFix(text, 'Put `{python} PumpPlant.params_m_str` in its place');
    expect(fixed).toBe(`${PLANT}\nWith \`{python} PumpPlant.params_m_str\` million parameters.\n`);
    expect(report(fixed)).toEqual([]);
  });

  test('as a reference of the same paragraph shows it, in no other unit', () => {
    const yields = cell('share = 0.82\nyield_str = f"{924 / share:,.0f}"');
    const told = (words: string) => report(`${yields}\nThe wells give \`{python} yield_str\` m³ a day. ${words}\n`);
    for (const words of ['That is 1,127 m³ in all.', 'They give 1,127 cubic metres.', 'Nobody uses all 1,127.'])
      expect(told(words), words).toEqual([expect.stringMatching(/^hint literal-could-be-ref .*`yield_str` computes/)]);
    for (const words of [
      'The town drinks 1,127 litres.',
      'There are 1,127 taps.',
      'Since 1127 it is so.',
      'Or 1,100 m³.',
    ])
      expect(told(words), words).toEqual([]);
    expect(report(`${yields}\nThe wells give \`{python} yield_str\` m³ a day.\n\nThat is 1,127 in all.\n`)).toEqual([]);
  });

  test('the text that shows a number, rather than the number', () => {
    const text = `${cell('class Trip:\n    trip_min = 32.345238\n    trip_str = f"{trip_min:.0f}"')}\nA trip of 40 minutes, or {python}.\n`;
    expect(fixTitles(text.replace(', or {python}', ''))).toEqual(['Put `{python} Trip.trip_str` in its place']);
  });

  test('of two texts with the same digits, the one that shows the number', () => {
    const code = 'class Shop:\n    delay_str = "50 ms"\n    slots = 50\n    slots_str = f"{slots}"';
    expect(fixTitles(`${cell(code)}\nIt has 50 slots.\n`)).toEqual(['Put `{python} Shop.slots_str` in its place']);
    const other = 'class Shop:\n    delay_ms_str = "50"\n    slots = 50';
    expect(fixTitles(`${cell(other)}\nIt has 50 slots.\n`)).toEqual(['Put `{python} Shop.slots` in its place']);
  });

  test('a bridge is what the reference names', () => {
    const text = `${cell('class Plant:\n    pumps_str = "14"\npumps_str = Plant.pumps_str')}\nHas 14 pumps.\n`;
    expect(fixTitles(text)).toEqual(['Put `{python} pumps_str` in its place']);
  });
});

test('a share beside what is counted, and formulas that Pandoc takes for text', () => {
  const counts = cell(
    'num_speckled_pixels = 43\nperiod = 20.0\nflow_rate = 312.0\ntop_n = 1000\ndirector = 3.141592653589793 / 2',
  );
  const text = String.raw`An area to which 30% of speckle is added, in pixels. With $ 2\pi/n $ the period, and a flow rate of $ 311 + x $. The top 5 % are at 100 % already, with order in two directions.`;
  expect(report(`${counts}\n${text}\n`)).toEqual([]);
});

describe('left alone', () => {
  test.each([
    ['what the value rounds to', 'A loss of 15%, or about 15.5%.'],
    ['a bound that holds', 'It has more than 10 pumps and a loss below 16%.'],
    ['a range around it', 'It has 12–16 pumps.'],
    ['years', 'In 2019 the pumps were new.'],
    ['labels', 'As Figure 12 of the pumps shows, step 13 of Section 15 is the last.'],
    ['lines of code', 'Line 12 pumps it up, as line 13 of all does.'],
    ['versions', 'The pumps of version 1.2 and the GPT-3 of pumps.'],
    ['dates', 'The pumps came on May 12, and left on 13 June.'],
    ['lists', '12. The pumps.'],
    ['code', 'The pumps of `x = 12`.'],
    ['citations', 'The pumps [@hopper, pp. 12] and @hopper.'],
    ['quotations', 'She said “all 12 pumps” and "the 13 pumps".'],
    ['block quotes', '> All 12 pumps.'],
    ['formulas', 'The pumps of $12 + x = 13$ and 3 × 4 = 12 pumps.'],
    ['sizes', 'The pumps of a 12x12 grid, and of 12 × 13.'],
    ['another unit', 'The weights take 12.9 ms.'],
    ['another thing', 'Their old plant had 12 valves.'],
    ['another case', 'If the plant had 12 pumps instead, it would stand still.'],
    ['what is denied', 'It has one drain for the plant and not 12 pumps, its flow is never 298.'],
    ['a share beside a number of events', 'At an 8% share of faults, the plant has them each day.'],
    ['a value beside it', 'It has `{python} PumpPlant.pumps_str` pumps, after 12 pumps in the first year.'],
    ['a share of what may be anything', 'Its flow of 31.2% of that, and 0.312% of the flow.'],
    ['far from it', 'It has 140 pumps less, or 2 pumps each.'],
  ])('%s', (_, text) => {
    expect(told(text).filter(line => line.startsWith('warning'))).toEqual([]);
  });

  test('what a cell further away computes', () => {
    const behind = (count: number) => Array.from({ length: count }, (_, at) => cell(`x${at} = ${at}`)).join('\n');
    expect(report(`${PLANT}\n${behind(7)}\nThe plant has 12 pumps.\n`)).toEqual([]);
    expect(report(`${PLANT}\n${behind(6)}\nThe plant has 12 pumps.\n`)).toHaveLength(1);
  });

  test('what an unsure cell computes', () => {
    expect(report(`${cell('pumps_str = "14"\nraise ValueError("no")')}\nHas 12 pumps.\n`)).toEqual([
      expect.stringMatching(/^error cell-error/),
    ]);
  });
});

// The sample chapter lies beside the project on a workplace only.
const sample = join(import.meta.dirname, '../../../../shared/chapters/introduction.qmd');

test.skipIf(!existsSync(sample))('the parameters of AlexNet in the sample chapter, and no stale number', () => {
  const lines = report(readFileSync(sample, 'utf8'));
  expect(lines).toContain(
    'hint literal-could-be-ref "60 million parameters": `alexnet_params_m_str` computes this number. A reference to it would follow the calculation.',
  );
  expect(lines.filter(line => /^warning (?!unresolved-crossref)/.test(line))).toEqual([]);
});

test('variables of loops, and names of one letter, say nothing of what they are', () => {
  const code = '#| label: pump-rates\ntotal = 0\nn = 14\nfor rate in [3, 7, 12]:\n    total += rate';
  expect(report(`${cell(code)}\nThe rate of the pump is 11, for 15 pump rates, and 12 at its peak rate.\n`)).toEqual(
    [],
  );
});

describe('a number in the place of a value, by the order in which the cell makes them', () => {
  const code = cell(
    'class Line:\n    stops = 19\n    cost_k = 823\n    share = 0.31\n    length_str = "11.4"\n    stops_str = f"{stops}"\n    pace_str = "21.1"\n    headway_str = "6"\n    cost_k_str = f"{cost_k}"\n    load_str = f"{share * 100:.0f}"\n    riders_str = "30,722"',
  );
  const ref = (name: string) => `\`{python} Line.${name}_str\``;
  // All are read somewhere.
  const far = `Behind: ${ref('headway')} minutes, \\$${ref('cost_k')}K, ${ref('pace')}, ${ref('stops')}, ${ref('load')}%.`;
  const told = (text: string) =>
    report(`${code}\n${text}\n\n${far}\n`).filter(line => line.startsWith('warning stale'));

  test.each([
    [`Over ${ref('length')} km it calls at 16 places, at ${ref('pace')} km/h.`, '"16 places": .* gives 19'],
    [
      `Over ${ref('length')} km, ${ref('stops')} of them, 24.3 fast, ${ref('cost_k')} dear.`,
      '"24.3 fast": .* gives 21.1',
    ],
    [
      `At ${ref('pace')} km/h, ${ref('riders')} come; every 5 minutes one of ${ref('stops')}.`,
      '"5 minutes": .* gives 6',
    ],
    [
      String.raw`At ${ref('pace')} km/h it takes \$910K for ${ref('riders')} and ${ref('load')}% more.`,
      '"910K": .* gives 823',
    ],
    [`At ${ref('cost_k')} thousand, 38% of ${ref('riders')} pay.`, '"38%": .* gives 31'],
  ])('%s', (text, message) => {
    expect(told(text)).toEqual([expect.stringMatching(new RegExp(`^warning stale-literal ${message} `))]);
  });

  test('whose unit other sentences say, or a letter of its name; by the hour or the day', () => {
    const code = cell(
      'class Ring:\n    wait_s = 30\n    failures_day = 3.93\n    depth_str = "14"\n    wait_str = f"{wait_s}"\n    lasts_str = "4.5"\n    failures_day_str = f"{failures_day:.1f}"\n    renewed_str = "775"\n    mass_str = "38.5"',
    );
    const ref = (name: string) => `\`{python} Ring.${name}_str\``;
    const told = (text: string, far = '') =>
      report(`${code}\n${text}\n\n${far}\n`).filter(line => line.startsWith('warning stale'));
    expect(told(`At a depth of ${ref('depth')} it takes another 36 s, then ${ref('lasts')}.`)).toEqual([
      expect.stringMatching(/^warning stale-literal "36 s": .* gives 30/),
    ]);
    expect(told(`One of ${ref('depth')} fails, that is another matter, 4.2 times a day.`, ref('wait'))).toEqual([
      expect.stringMatching(/^warning stale-literal "4.2 times": .* gives 3.9/),
    ]);
    expect(told(`- Wear: 677 of ${ref('depth')} are renewed.`, ref('renewed'))).toEqual([
      expect.stringMatching(/^warning stale-literal "677": .* gives 775/),
    ]);
    expect(told(`With ${ref('depth')} grams, or 32.4 g, of salt.`, `It holds ${ref('mass')} g of salt.`)).toEqual([
      expect.stringMatching(/^warning stale-literal "32.4 g": .* gives 38.5/),
    ]);
  });

  test('which one sentence shows, and names that read alike', () => {
    const code = cell(
      'class Site:\n    state_bytes_str = "14"\n    state_gb_str = "988"\n    write_gbs_str = "100"\n    grid_a_str = "429"\n    grid_b_str = "20"\n    tonnes_str = "7,543"\n    per_host_str = "8"\n    readers_m_str = "3"\n    batch_str = "65"\n    homes_str = "27"',
    );
    const ref = (name: string) => `\`{python} Site.${name}_str\``;
    const far = `Behind: ${ref('state_gb')} GB, ${ref('per_host')} accelerators of a host, ${ref('readers_m')} million readers ask at night, like ${ref('homes')} of them.`;
    const told = (text: string) =>
      report(`${code}\n${text}\n\n${far}\n`).filter(line => line.startsWith('warning stale'));
    expect(told(`Of ${ref('state_bytes')} bytes each, that is 1037 GB, written at ${ref('write_gbs')} GB/s.`)).toEqual([
      expect.stringMatching(/^warning stale-literal "1037 GB": .* gives 988/),
    ]);
    expect(told(`One grid emits ${ref('grid_a')} g, that of Quebec 19 g, so ${ref('tonnes')} tonnes.`)).toEqual([
      expect.stringMatching(/^warning stale-literal "19 g": .* gives 20/),
    ]);
    expect(told('The exchange stays within the 7 accelerators of a host.')).toEqual([
      expect.stringMatching(/^warning stale-literal "7 accelerators": .* gives 8/),
    ]);
    expect(told('A month of it, for 5 million readers who ask at night.')).toEqual([
      expect.stringMatching(/^warning stale-literal "5 million readers": .* gives 3/),
    ]);
    expect(told('They use as much as 20 homes use in a year.')).toEqual([
      expect.stringMatching(/^warning stale-literal "20 homes": .* gives 27/),
    ]);
    expect(told('They use as many as 20 homes in a year, and stay within the 6 km of a town.')).toEqual([]);
  });

  test('beside plain numbers that sentences show, and texts', () => {
    const code = cell(
      'speed_kn = 18\nload = 118  # tonnes\nprice = 610\ncost_m_str = "1.75"\nbox_str = "144"\ndays_str = "24.4"\nwidth_str = "1,640"\nheight_str = "1,080"\ninterest_day_str = "8.63"\ngoods_str = "45,000"',
    );
    const ref = (name: string) => `\`{python} ${name}\``;
    const far = `Behind: ${ref('speed_kn')} knots, ${ref('price')} dollars, ${ref('box_str')} boxes, ${ref('days_str')} days, ${ref('load')} tonnes.`;
    const told = (text: string) =>
      report(`${code}\n${text}\n\n${far}\n`).filter(line => line.startsWith('warning stale'));
    expect(
      told(String.raw`At ${ref('price')} a tonne that is \$2.03 million, or \$${ref('box_str')} for each.`),
    ).toEqual([expect.stringMatching(/^warning stale-literal "2.03 million": .* gives 1.75/)]);
    expect(told(`It burns a load of 126 tonnes on the way.`)).toEqual([
      expect.stringMatching(/^warning stale-literal "126 tonnes": .* gives 118/),
    ]);
    expect(told(`A frame of 1,614 by ${ref('height_str')} pixels.`)).toEqual([
      expect.stringMatching(/^warning stale-literal "1,614": .* gives 1,640/),
    ]);
  });

  test('told in thousands of what has a unit of its own', () => {
    const code = cell(
      'from mlsys.constants import THOUSAND\nclass Labels:\n    seconds_str = "6"\n    boxes_str = "7"\n    labour_h = 4200\n    labour_kh_str = f"{labour_h / THOUSAND:.1f}"',
    );
    const text =
      'Of `{python} Labels.boxes_str` boxes each takes `{python} Labels.seconds_str` seconds, 3.6 thousand hours in all.';
    expect(report(`${code}\n${text}\n`).filter(line => line.startsWith('warning'))).toEqual([
      expect.stringMatching(/^warning stale-literal "3.6 thousand hours": .* gives 4.2/),
    ]);
  });

  test('a case that the sentence has of the cell, and what is set against another number', () => {
    const code = cell(
      'from mlsys.constants import GB, second, ms\nclass Store:\n    bw_str = "100"\n    write_ms_str = "99"\n    slow_min_str = "8.2"\n    price_text = "420,000"\n    bigger_text = "2,085"\n    last_text = "9,085"',
    );
    const ref = (name: string) => `\`{python} Store.${name}\``;
    const stale = (text: string) => report(`${code}\n${text}\n`).filter(line => line.startsWith('warning'));
    expect(stale(`At ${ref('bw_str')} GB/s it takes 125 ms instead of ${ref('slow_min_str')} minutes.`)).toEqual([
      expect.stringMatching(/^warning stale-literal "125 ms": .* gives 99/),
    ]);
    expect(
      stale(
        String.raw`Suppose a price of \$${ref('price_text')}, so that they pay \$1,533 and then \$${ref('last_text')}.`,
      ),
    ).toEqual([expect.stringMatching(/^warning stale-literal "1,533": .* gives 2,085/)]);
  });

  test('not of a share that a text of its cell shows', () => {
    const code = cell('lost_share = 0.0564\nlost_pct_str = f"{lost_share * 100:.1f}"');
    expect(report(`${code}\nLost work takes \`{python} lost_pct_str\`%, together 9.3%, more than 9%.\n`)).toEqual([]);
  });

  test('not of a share of anything, or of the last of many', () => {
    const code = cell('names = [0.2, 0.034]\nfor one in names:\n    abroad_share = one\nshare = 0.034');
    expect(
      report(`${code}\nIt moved the abroad share from 4.93% to \`{python} names[0]\`.\n`, {
        levels: { 'inline-expression': 'off' },
      }),
    ).toEqual([]);
  });

  test('of a cell whose numbers sentences format themselves', () => {
    const code = cell(
      'cases_then = 325\ngrowth = 0.1746\ndoubling_days = 3.97\nbeds = 1450\noccupancy = 0.542\nicu_beds = 160',
    );
    const ref = (expr: string) => `\`{python} f"{${expr}}"\``;
    const told = (text: string) => report(`${code}\n${text}\n`).filter(line => line.startsWith('warning stale'));
    expect(
      told(`It counts ${ref('cases_then')} cases, at 0.216 per day, doubled every ${ref('doubling_days:.1f')} days.`),
    ).toEqual([expect.stringMatching(/^warning stale-literal "0.216": .* gives 0.175 \(`growth`\)/)]);
    expect(told(`Of ${ref('beds')} beds, 70% are full, and ${ref('icu_beds')} of the rest.`)).toEqual([
      expect.stringMatching(/^warning stale-literal "70%": .* gives 0.542 \(`occupancy`\)/),
    ]);
  });

  test.each([
    ['written otherwise', `Over ${ref('length')} km it calls at 16.5 places, at ${ref('pace')} km/h.`],
    ['far from it', `Over ${ref('length')} km it calls at 64 places, at ${ref('pace')} km/h.`],
    [
      'rough, or a bound',
      `Over ${ref('length')} km at about 16 places, or more than 12 places, at ${ref('pace')} km/h.`,
    ],
    [
      'of another unit',
      `Over ${ref('length')} km it loses 16 ms at each, at ${ref('pace')} km/h for ${ref('riders')}.`,
    ],
    ['beside the value', `Over ${ref('length')} km, 16 of ${ref('stops')} places, at ${ref('pace')} km/h.`],
    ['in words', `Over ${ref('length')} km it calls at sixteen places, at ${ref('pace')} km/h, two stops ahead.`],
  ])('not one that is %s', (_, text) => {
    expect(told(text)).toEqual([]);
  });
});

describe('numbers that the name of no value speaks of', () => {
  const code = cell('sessions_str = "156,325"\nidle_uw_str = "18"\nspent_str = "51.5"\nneeded_str = "7"');
  const told = (...prose: string[]) =>
    report(`${code}\n\n${prose.join('\n\n')}\n`).filter(line => line.includes('literal'));

  test('in the words of a sentence that shows it', () => {
    const shown =
      'While it waits, the sensor draws `{python} idle_uw_str` µW, `{python} sessions_str` and `{python} spent_str`.';
    expect(told(shown, 'What a sensor draws that waits: 20 µW.')).toEqual([
      expect.stringMatching(/^warning stale-literal "20 µW": .* gives 18 \(`idle_uw_str`\)/),
    ]);
    expect(told(shown, 'Lamps take 20 µW.')).toEqual([]);
  });

  test('with digits exchanged', () => {
    expect(told('All carried 156,235 of them, `{python} idle_uw_str` and `{python} spent_str`.')).toEqual([
      expect.stringMatching(/^warning stale-literal "156,235": .* gives 156,325/),
    ]);
  });

  test('among others of the cell, where nothing reads it', () => {
    expect(told('With `{python} idle_uw_str` µW and `{python} spent_str` it is spread over six racks.')).toEqual([
      expect.stringMatching(/^warning stale-literal "six racks": .* gives 7 \(`needed_str`\)/),
    ]);
  });
});

test('a number above the cell that makes its value has no fix: a reference could not stand there', () => {
  const code = cell('pumps = 14\npumps_str = f"{pumps}"');
  const text = `The plant has 12 pumps.\n\n${code}\n\nBelow it, there are 12 pumps.\n`;
  expect(report(text).filter(line => line.includes('stale-literal'))).toHaveLength(2);
  expect(fixTitles(text)).toEqual(['Put `{python} pumps_str` in its place']);
});

test('items of a dict are told like names, and leave a table of data alone', () => {
  const fleet = cell(
    'fleet = {"pumps": 14, "power_kw": 45.5}\nsites = {"north": {"wells": 8}, "south": {"wells": 21}}',
  );
  const told = (text: string) => report(`${fleet}\n${text}\n`).filter(line => line.includes('stale-literal'));
  expect(told('The plant has 12 pumps.')).toEqual([expect.stringMatching(/gives 14 \(`fleet\["pumps"\]`\)/)]);
  expect(told('The power of a pump is 54.5 kW.')).toEqual([
    expect.stringMatching(/gives 45.5 \(`fleet\["power_kw"\]`\)/),
  ]);
  // Of dicts within, the sentence has to say which.
  expect(told('The north has 9 wells.')).toEqual([expect.stringMatching(/gives 8 \(`sites\["north"\]\["wells"\]`\)/)]);
  expect(told('The east has 9 wells.')).toEqual([]);
  const data = Array.from({ length: 30 }, (_, at) => `"pumps_${at}": ${at + 10}`).join(', ');
  expect(
    report(`${cell(`table = {${data}}`)}\nThe plant has 12 pumps.\n`).filter(line => line.includes('literal')),
  ).toEqual([]);
});

test('the time in which a sum is paid does not say which sum it is', () => {
  const code = cell('rent_month = 1350\nhigh = 1803.7');
  const told = (text: string) => report(`${code}\n${text}\n`).filter(line => line.includes('stale-literal'));
  expect(told('At the highest rate it is \\$1,840 a month.')).toEqual([expect.stringMatching(/`high`/)]);
  expect(told('The rent is \\$1,530 a month.')).toEqual([expect.stringMatching(/`rent_month`/)]);
});

test('a percentage that heads a line of several cases is one of them', () => {
  const code = cell('rent_month = 1_350\nfund_return = 0.06\nsaved = rent_month * fund_return');
  const text = (label: string) =>
    `${code}\nThe fund returns more:\n\n- At 3.6%: \\$1,200 a month\n- ${label} \\$\`{python} rent_month\` a month\n`;
  expect(report(text('Returns of 6.5% a month,'))).toEqual([expect.stringMatching(/"6.5%": .* gives 0.06/)]);
  expect(report(text('At 6.5%:'))).toEqual([]);
});
