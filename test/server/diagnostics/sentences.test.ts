/** Rules on sentences as they read with their values in. */
import { describe, expect, test } from 'vitest';
import { applyFix, cell, report } from '../../support/analysis';

/** The findings of a sentence in which `{text}` is a reference to a name that holds this text. */
function told(sentence: string): string[] {
  const { text, found } = chapterOf(sentence);
  return found.map(line => line.replace(/`\{python\} (t\d)`/g, (_, name: string) => `{${text.get(name)}}`));
}

function chapterOf(sentence: string) {
  const text = new Map<string, string>();
  const prose = sentence.replace(/\{([^{}]+)\}/g, (_, value: string) => {
    const name = `t${text.size}`;
    text.set(name, value);
    return `\`{python} ${name}\``;
  });
  const code = [...text].map(([name, value]) => `${name} = ${JSON.stringify(value)}`).join('\n');
  const source = `${cell(code)}\n${prose}\n`;
  return { text, source, found: report(source) };
}

describe('doubled-unit', () => {
  test.each([
    ['At {45%}% load.', '"%"', '"45%%": `%`'],
    ['At {45%} percent load.', '" percent"', '"45% percent": `%` and `percent`'],
    ['It costs \\$ {$12}.', String.raw`"\$ "`, '"$ $12": `$`'],
    ['Needs {16 GB} gigabytes.', '" gigabytes"', '"16 GB gigabytes": `GB` and `gigabytes`'],
    ['Needs {8 GPUs} GPUs.', '" GPUs"', '"8 GPUs GPUs": `GPUs`'],
    [String.raw`A {4×}$\times$ rise.`, String.raw`"$\times$"`, '"4××": `×`'],
    ['It costs {€12} euros.', '" euros"', '"€12 euros": `€` and `euros`'],
    ['It costs \\${12} dollars.', '" dollars"', '"$12 dollars": `$` and `dollars`'],
    ['About {3 million} million.', '" million"', '"3 million million": `million`'],
    ['It makes {50M} million/year.', '" million"', '"50M million": `M` and `million`'],
    ['Draws {500 mW} W in use.', '" W"', '"500 mW W": `mW` and `W`'],
    ['Takes {0.98 s} ms.', '" ms"', '"0.98 s ms": `s` and `ms`'],
  ])('%s', (sentence, place, reads) => {
    expect(told(sentence)).toEqual([
      `warning doubled-unit ${place}: The sentence reads ${reads} stands ${/^"\$\d/.test(reads) ? 'before' : 'in'} the value already.`,
    ]);
  });

  test.each([
    'At {45}% load.',
    'Waits {80 ms} second by second.',
    'Needs {16 GB} of memory.',
    '{8 GPUs}, GPUs that draw much.',
    '\\$ {12} and {$13}.',
  ])('clean: %s', sentence => expect(told(sentence)).toEqual([]));

  test('the fix takes it out', () => {
    const { source } = chapterOf('At {45%}% load.');
    const fixed = applyFix(source, 'Leave `%` to the value');
    expect(fixed).toContain('At `{python} t0` load.');
    expect(report(fixed)).toEqual([]);
  });
});

describe('rendered-sentence', () => {
  test.each([
    [String.raw`It costs \$\${12} a day.`, '$', 'It costs \\$`{python} t0` a day.'],
    ['At {45}%% load.', '%', 'At `{python} t0`% load.'],
  ])('the fix takes the second sign out: %s', (sentence, sign, fixed) => {
    const after = applyFix(chapterOf(sentence).source, `Take the second \`${sign}\` out`);
    expect(after).toContain(fixed);
    expect(report(after)).toEqual([]);
  });

  test.each([
    [
      'It takes {1} days.',
      '"days"',
      '"1 days": of one there is no plural. Write the noun in the cell, together with the number.',
    ],
    ['Of {40} tokens tokens each.', '" tokens"', '"40 tokens tokens": the word stands there twice.'],
    ['At {45}%% load.', '"%"', '"45%%": the `%` stands there twice.'],
    [String.raw`It costs \$\${12} a day.`, String.raw`"\$"`, '"$$12": the `$` stands there twice.'],
    ['It costs €€{12} a day.', '"€"', '"€€12": the `€` stands there twice.'],
    ['Of {40} MB MB each.', '" MB"', '"40 MB MB": the word stands there twice.'],
    ['A {8}-GPU node.', '"A"', '"A 8": it should be "An" before 8.'],
    ['An {70} W card.', '"An"', '"An 70": it should be "A" before 70.'],
    ['A {11,000} W line.', '"A"', '"A 11,000": it should be "An" before 11000.'],
    ['With {210^5} steps.', '"{210^5}"', '"210^5": between the number and its power of ten "× " is missing.'],
    ['With {3.14}^23 steps.', '"{3.14}^23"', '"3.14^23": outside of a formula the page shows the `^`.'],
    ['Reads {40}50 rows.', '"50"', '"4050": two numbers stand together without anything between them.'],
    [
      'Has {3 million} billion rows.',
      '"billion"',
      '"3 million billion": the value is scaled in the cell, and once more in the sentence.',
    ],
    ['Good for a {4} days in a row.', '"a "', '"a 4 days": of several there is no "a".'],
    ['The model {model B} wins.', '"model "', '"model model B": the word stands in the value already.'],
  ])('%s', (sentence, place, reads) => {
    expect(told(sentence)).toEqual([`warning rendered-sentence ${place}: The sentence reads ${reads}`]);
  });

  test.each([
    'It takes {1} day, {0.1} days, {21} days.',
    'An {8}-GPU node, a {10}-GPU node, an {800} W card, a {110} W card, a {1.8} kW card.',
    'With {2 × 10⁵} steps.',
    'Version {3}.{11} of it.',
    'The {2}^nd^ and the {10}^6^ of them.',
    'A {30} minutes walk and a {4} times larger {3} days trip.',
    'Has {3} million rows.',
  ])('clean: %s', sentence => expect(told(sentence)).toEqual([]));
});

describe('equation-mismatch', () => {
  test.each([
    ['We have {8} × 3 = 25 valves.', '"{8} × 3 = 25 valves"', '"8 × 3 = 25 valves", but the left side gives 24'],
    [
      String.raw`So $8 \times 3 \approx 30$.`,
      String.raw`"$8 \times 3 \approx 30$"`,
      '"8 × 3 ≈ 30", but the left side gives 24',
    ],
    ['| a |\n|---|\n| {8} + 3 = 12 |', '"{8} + 3 = 12"', '"8 + 3 = 12", but the left side gives 11'],
    ['That is 100 / 8 = 13.5.', '"100 / 8 = 13.5"', '"100 / 8 = 13.5", but the left side gives 12.5'],
    ['So (8 + 4) × 3 = 30.', '"(8 + 4) × 3 = 30"', '"(8 + 4) × 3 = 30", but the left side gives 36'],
    ['So 24 = 8 × (2 + 3).', '"24 = 8 × (2 + 3)"', '"24 = 8 × (2 + 3)", but the right side gives 40'],
    ['With 2 × √9 = 7.', '"2 × √9 = 7"', '"2 × √9 = 7", but the left side gives 6'],
    ['And 2 ^ 3 ^ 2 = 64.', '"2 ^ 3 ^ 2 = 64"', '"2 ^ 3 ^ 2 = 64", but the left side gives 512'],
    ['A batch (8 × 4 = 36) runs.', '"8 × 4 = 36"', '"8 × 4 = 36", but the left side gives 32'],
    ['So 26 = 8 × {3}.', '"26 = 8 × {3}"', '"26 = 8 × 3", but the right side gives 24'],
    ['So 8 × 3 = 4 × 7.', '"8 × 3 = 4 × 7"', '"8 × 3 = 4 × 7", but one side gives 24, the other 28'],
    [
      String.raw`The sum \$'{0.32} + \$0.57 + \$'{0.21} = \$'{0.96}.`.replaceAll("'", ''),
      String.raw`"{0.32} + \$0.57 + \${0.21} = \${0.96}"`,
      '"0.32 + $0.57 + $0.21 = $0.96", but the left side gives 1.1',
    ],
    [
      'So {4.8} ms / 13 μs ≈ {295} streams.',
      '"{4.8} ms / 13 μs ≈ {295} streams"',
      '"4.8 ms / 13 μs ≈ 295 streams", but the left side gives 0.369',
    ],
    [
      'It takes {20} ms + 8 μs = 28 ms.',
      '"{20} ms + 8 μs = 28 ms"',
      '"20 ms + 8 μs = 28 ms", but the left side gives 20 ms',
    ],
    [
      String.raw`So $13 \times 10^9 \times 2 = 28 \times 10^9$ bytes.`,
      String.raw`"$13 \times 10^9 \times 2 = 28 \times 10^9$ bytes"`,
      '"13 × 10^9 × 2 = 28 × 10^9 bytes", but the left side gives 26,000,000,000',
    ],
    [
      'As {9.4} kW × {10} h = 84 kWh.',
      '"{9.4} kW × {10} h = 84 kWh"',
      '"9.4 kW × 10 h = 84 kWh", but the left side gives 94',
    ],
    ['A box takes 8 × 3 = 42 million.', '"8 × 3 = 42 million"', '"8 × 3 = 42 million", but the left side gives 24'],
    [
      'So 16,000 × 5 × 2 = 180,000 bytes.',
      '"16,000 × 5 × 2 = 180,000 bytes"',
      '"16,000 × 5 × 2 = 180,000 bytes", but the left side gives 160,000',
    ],
    [
      'So 28.1 / (11.5 + 1.6) ≈ 3.1 thousand days.',
      '"28.1 / (11.5 + 1.6) ≈ 3.1 thousand days"',
      '"28.1 / (11.5 + 1.6) ≈ 3.1 thousand days", but the left side gives 2.15',
    ],
    ['It takes {1,638} ms = 1.83 s.', '"{1,638} ms = 1.83 s"', '"1,638 ms = 1.83 s", but the first number is 1.64 s'],
  ])('%s', (sentence, place, reads) => {
    expect(told(sentence)).toEqual([`warning equation-mismatch ${place}: The sentence reads ${reads}.`]);
  });

  test.each([
    'We have {8} × 3 = 24 valves.',
    'We have 10 × 24 = 240 million valves.',
    'That is 3.1 × 2.2 ≈ 6.8, or 3.14 × 2 = 6.3.',
    'It takes {20} ms + {0.8} μs ≈ 20 ms, 45 min + 1 h = 1.75 h, and 2 × 30 min + 1 h = 2 h.',
    'It takes 4 GB - 512 MB = 3.5 GB.',
    'It is (9.1 years ÷ 3 months = 36x slower) by far.',
    'With $41760 \\times 62 = 2.59M$ in all.',
    'It runs 2 × 3600 = 7,200 s, or 90 s / 60 = 1.5 minutes.',
    'It moves 100 Gb / 8 = 12.5 GB.',
    'With x = 3 × y = 4 and 1 + 2 × 3 = 7.',
    'Since 2019 / 2020 = pandemic.',
    'It is $4\\times 3 = 2\\times 2\\times 3$, and n × 3 = 25, or 3 × m = 25.',
    'A batch of 32 (8 × 4) runs, one of 64 (8 × 8 = 64) does not.',
    'Since 1 kWh = 3.6 MJ, 12.4 GB = 12,400 MB, and 8 bits = 1 byte.',
    'Of {9.4} kW × {10} h = 94 kWh, 1.5 kW × 20 min = 0.5 kWh, and 600 GB / 2 TB/s = 300 ms.',
    String.raw`So $13 \times 10^9 \times 2 = 26 \times 10^9$ bytes, $3 \times 10^2 = 300$, and $10^2 \times 3 = 300$.`,
    'A point is small (1 pt = 1/72 inch).',
    String.raw`There are $(100^{4})^2 (100^{4}) = 10^{24}$ of them.`,
    'Step 1: $28 \\div 16 = 1$ remainder $12$, then 28 / 16 = 1 R 12.',
    'The spread grows by $13.7 / 10.3 = 1.33 \\approx \\sqrt{10/5} = 1.41$.',
    'States grow by $4 \\times 3M = 4 \\times 30$ a frame.',
    'In bits 1101 + 0110 = 10011, and 1101 + 1010 = 10111.',
    '![A step](https://pictures.example/a.png){fig-alt="In base 5 it is 2*25+0*5+3=53"}',
    '256 (pages), each of 128 bytes = 32 KB.',
  ])('clean: %s', sentence => expect(told(sentence).filter(line => !line.includes('ref-in-math'))).toEqual([]));

  test('the value behind a rounded text counts', () => {
    const code = 'rate = 25.2\nrate_str = f"{rate:.0f}"\ntotal_str = f"{3 * rate:.0f}"';
    expect(report(`${cell(code)}\nSo \`{python} rate_str\` × 3 = \`{python} total_str\` hold.\n`)).toEqual([]);
    expect(report(`${cell(code)}\nSo \`{python} rate_str\` × 3 = 79 hold.\n`)).toHaveLength(1);
  });
});

describe('equation-mismatch in TeX', () => {
  test.each([
    [String.raw`So $\frac{120}{8} = 16$.`, String.raw`"$\frac{120}{8} = 16$"`, 'left side gives 15.'],
    [
      String.raw`It is $\frac{2032}{25} \approx 91$ then.`,
      String.raw`"$\frac{2032}{25} \approx 91$"`,
      'side gives 81.3.',
    ],
    ['Its ratio is $2032 / 203 = 12$.', '"$2032 / 203 = 12$"', 'left side gives 10.'],
    ['With $2^{10} = 1100$.', '"$2^{10} = 1100$"', 'left side gives 1,024.'],
    [String.raw`$$ W = 12 \times 4 = 50 $$ {#eq-w}`, String.raw`"W = 12 \times 4 = 50"`, 'left side gives 48.'],
    ['It takes 3 × 8 ms = 25.', '3 × 8 ms = 25', 'left side gives 24.'],
    ['So 2<sup>10</sup> = 1,100.', '2<sup>10</sup> = 1,100', 'left side gives 1,024.'],
    [String.raw`So $10-2 = 7$.`, '$10-2 = 7$', 'left side gives 8.'],
    [String.raw`So $\sqrt{9 + 16} = 6$.`, String.raw`$\sqrt{9 + 16} = 6$`, 'left side gives 5.'],
    [String.raw`It is $\left(3 + 4\right) \cdot 2 \approx 15$.`, 'cdot 2', 'left side gives 14.'],
  ])('%s', (text, place, message) => {
    const lines = report(`${text}\n`);
    expect(lines).toEqual([expect.stringMatching(/^warning equation-mismatch/)]);
    expect(lines[0]).toContain(place);
    expect(lines[0]).toContain(message);
  });

  test.each([
    String.raw`Then $12.5\,\text{GB} \times 4 = 50\,\text{GB}$, $2^{10} = 1{,}024$ and $\frac{1}{2} = 0.5$.`,
    String.raw`So $T = \frac{140 \times 10^9}{989 \times 10^{12}} = 0.14 \text{ ms}$.`,
    String.raw`$$ \frac{3 \times 10^{6}}{2} = 1.5 \times 10^{6} $$`,
    String.raw`$$ -598-2.16\times 290=-1224. $$`,
    String.raw`So $10-2 = 8$, $(3+4)-5 = 2$ and $4-3\times 2=-2$, but $-3^2 = -9$.`,
    'It runs 10-2 × 3 = 6 times.',
    'A kilobyte: 1 kB = 10<sup>3</sup> Byte, 2<sup>31</sup> - 1 = 2,147,483,647 and 2^10^ - 1 = 1,023.',
    'A run of 10<sup>6</sup> s ≈ 11 d, one of 10<sup>9</sup> s ≈ 31 a.',
    'With a<sub>2</sub> + 3 = 7 and 12<br>34 = 34.',
    String.raw`$x^{2} = 9$, $\sqrt{16} = 4$, $\log_2 8 = 3$, $\binom{4}{2} = 6$, $f(3) \times 2 = 7$, $2(3) = 7$, $\sqrt[3]{8} = 3$ and $1/\sqrt{25} = 1/5$.`,
  ])('clean: %s', text => expect(report(`${text}\n`)).toEqual([]));
});

test('equation-mismatch tells how many digits would make it come out', () => {
  const code = 'share = 1 / 3\nshare_str = f"{share:.1f}"\nwhole_str = f"{9 * share:.1f}"';
  expect(report(`${cell(code)}\nSo 9 × \`{python} share_str\` = \`{python} whole_str\`.\n`)).toEqual([
    'info equation-mismatch "9 × `{python} share_str` = `{python} whole_str`": The sentence reads "9 × 0.3 = 3.0", but with the numbers as shown it gives 2.7. It comes out with 0.3 as 0.33.',
  ]);
});

describe('claim-mismatch', () => {
  test.each([
    [
      'It takes {12} ms and stays above the budget of {20} ms.',
      'says "above", but the first number is the smaller one',
    ],
    ['It drops by two thirds from {90} ms to {45} ms.', 'says "by two thirds", but the second number is 0.5 times'],
    ['It is cut to a third, from {90} ms to {45} ms.', 'says "to a third", but the second number is 0.5 times the'],
    ['It sells for €{18}; shops pay half of that, €{12}.', 'says "half of that", but the second number is 0.667 times'],
    ['At €{18}, more than four times the €{6}.', 'says "more than four times", but the first number is 3 times'],
    ['It holds {66} sessions, fewer than the {40} that come.', 'says "fewer than", but the first number is the larger'],
    ['It drops from {10} ms to {40} ms.', 'The sentence says that it falls, but the second number is the larger one.'],
    ['It grows from {10} ms to 4 ms.', 'The sentence says that it rises, but the second number is the smaller one.'],
    ['It doubles from {10} to {40}.', 'The sentence says "doubles", but the second number is 4 times the first one.'],
    ['From {99}% to {99.5}%, a 10× reduction in failures.', 'says 10×, but from one number to the other it is 1.01×.'],
    ['From {10} GB to {40} GB, a 3× rise.', 'The sentence says 3×, but from one number to the other it is 4×.'],
    ['It takes {12.4} ms, under the 10 ms.', 'says "under", but the first number is the larger one: 1.24 times the'],
    ['With {3} GB, more than 5 GB.', 'says "more than", but the first number is the smaller one: 0.6 times the second'],
    [
      'Takes {260} ms for a sentence, less than a quarter of a second.',
      '"less than", but the first number is the larger',
    ],
    [
      'It takes {12} ms, faster than the {10} ms of before.',
      '"faster than", but the first number is the larger one: 1.2',
    ],
    [
      'It moves {8} GB/s, faster than the {10} GB/s.',
      'says "faster than", but the first number is the smaller one: 0.8',
    ],
    [
      'It lasts {240} days, twice the {150} days.',
      'The sentence says "twice", but the first number is 1.6 times the second.',
    ],
    ['Needs {40} GB, half of the {60} GB that it has.', '"half", but the first number is 0.667 times the second'],
    [
      'It takes {90} s, more than three times the {40} s.',
      '"more than three times", but the first number is 2.25 times',
    ],
    [
      'It needs {30} W, an order of magnitude more than {1} W.',
      '"an order of magnitude more", but the first number is 30',
    ],
    [
      'It lasts {46.3} years, two orders of magnitude longer than {5.9} years.',
      '"two orders of magnitude longer", but the first number is 7.85 times the second',
    ],
    ['It takes more than {80} ms, namely {32} ms.', 'says "more than", but the second number is the smaller one.'],
    [
      'Of the €{168} more than half, €{80}, remains.',
      'says "more than half", but the second number is 0.476 times the first.',
    ],
    [
      'It fills {543} GB; in half precision a third of it, {271} GB, remains.',
      'says "a third of that", but the second number is 0.499 times the first.',
    ],
    [
      'It serves {1.8} million requests per second, more than {5.1} million and more than others.',
      'says "more than", but the first number is the smaller one',
    ],
    [
      'It is {17}× cheaper, more than twenty times, as all say.',
      'says "more than", but the first number is the smaller',
    ],
    [
      'They are more than three times as full in the peak as at noon: {72}% against {31}%.',
      'says "more than three times", but the first number is 2.32 times the second.',
    ],
    [
      'Power costs €{4185} a day and drivers €{9386}, more than three times as much.',
      'says "more than three times", but the second number is 2.24 times the first.',
    ],
    ['It takes {45}%, more than half of it.', 'says "more than", but the first number is the smaller one: 0.9 times'],
    ['It grows from {40} to {50} GB, a 35% increase.', 'says 35%, but from one number to the other it is 25%.'],
    ['It drops from {40} to {10} GB, a reduction of 60%.', 'says 60%, but from one number to the other it is 75%.'],
    [
      'It rises from {2} s to {300} s, an order of magnitude.',
      'The sentence says "an order of magnitude", but the second number is 150 times the first one.',
    ],
    ['It needs {58} racks, less than fifty.', 'says "less than", but the first number is the larger one: 1.16 times'],
    ['It needs more than 80 racks, namely {58}.', 'says "more than", but the second number is the smaller one.'],
    ['It needs less than {20} ms ({21} ms).', 'says "less than", but the second number is the larger one.'],
    ['It is more than twenty times slower ({18}).', 'says "more than", but the second number is the smaller one.'],
    ['It fails at least five times, {3.9} times a day.', 'says "at least", but the second number is the smaller one.'],
    [
      String.raw`Rent is \${104} thousand against \${3.5} thousand, more than forty times as much.`,
      'says "more than forty times", but the first number is 29.7 times the second.',
    ],
    [
      String.raw`Leaving costs five times the other: \${1779} against \${455}.`,
      'says "five times", but the first number is 3.91 times the second.',
    ],
    [
      'One emits {7543} tonnes and the other {352} tonnes, fifteen times less.',
      'says "fifteen times less", but the first number is 21.4 times the second.',
    ],
    [
      'It does €{402} million of damage, 20 times what the campaign costs, €{23.2} million.',
      'says "20 times", but the first number is 17.3 times the second.',
    ],
    ['They count {40} cases, on day 12 they count {325}, ten times as many.', 'but the second number is 8.13 times'],
    [
      'It takes {35.5} ms in all: twenty times the {3.5} ms.',
      'says "twenty times", but the first number is 10.1 times',
    ],
    ['Of the {35.5} ms half, {34} ms, is network.', 'says "half", but the second number is 0.958 times the first.'],
    ['There are at most 30 ms for each, namely {33} ms.', 'says "at most", but the second number is the larger one.'],
    [
      'It needs only {1739} tonnes, less than half of the {2875} tonnes.',
      'says "less than half", but the first number is 0.605 times the second.',
    ],
    ['Air is {81}%, more than nine tenths.', 'says "more than", but the first number is the smaller one: 0.9 times'],
    [
      'Of it {2.2}% are spare, and below two per cent.',
      'says "below", but the first number is the larger one: 1.1 times',
    ],
    ['It lists {108} trips, more than two hundred, and so on.', 'but the first number is the smaller one: 0.54 times'],
    ['It sends {1.75} times that, less than one and a half.', 'but the first number is the larger one: 1.17 times'],
    ['It is {18} times as long, and more than two orders of magnitude.', 'the smaller one: 0.18 times the second'],
    ['They save {35861} kWh in all, more than 40,000 kWh.', 'but the first number is the smaller one: 0.897 times'],
    [
      'Running takes {932} kWh, starting {1159} kWh, twice as much.',
      'says "twice as much", but 1159 kWh is 1.24 times the 932 kWh before it.',
    ],
    ['One waits {256} s. The other waits {51} s, a quarter of it.', 'but 51 s is 0.199 times the 256 s before it.'],
    [
      'One ends at {240} TB, the other at {290} TB, half as much again.',
      'says "half as much again", but 290 TB is 1.21',
    ],
    ['It lasts {2.0} nights, at least three.', 'but the first number is the smaller one: 0.667 times'],
    [
      '{29} racks are then enough, a third of the {54}.',
      'says "a third", but the first number is 0.537 times the second.',
    ],
    ['Of {24} cables, twice as many cables as hubs ({8}), none fits.', 'but the first number is 3 times the second.'],
    ['It falls from {90} kWh to {80} kWh, by a third.', 'says "by a third", but the second number is 0.889 times'],
    [
      'Rent takes {240} kWh and saves {5700} kWh, fifty times its price.',
      'but the second number is 23.8 times the first',
    ],
    ['Half of the {11} minutes, {11} minutes, is lost.', 'says "Half", but the second number is 1 times the first.'],
    ['At half of {8192} tokens, or {1024}, it fits.', 'says "half", but the second number is 0.125 times the first.'],
  ])('%s', (sentence, message) => {
    expect(told(sentence)).toEqual([expect.stringMatching(/^warning claim-mismatch /)]);
    expect(told(sentence)[0]).toContain(message);
  });

  test.each([
    'It drops from {40} ms to {10} ms, and doubles from {3} to {6}.',
    'From {10} GB to {40} GB, a 4× rise.',
    'It takes {9.6} ms, under the 10 ms.',
    'This is a gain of {41} years over 123 years.',
    'The mean reward was {0.83} over 800 steps, and settled at {51} within 7 runs.',
    'It went at {42} km/h over the limit of 50 km/h.',
    'We run it at K=10 over {30} episodes, and at K=20 over 100 episodes.',
    'The share doubles at counts ≥ {3}, just below the 5 of the forecast.',
    'Its sharp lower bound ranges from {8} to {51}.',
    'It varies, falling behind, from {8} to {51}.',
    'Most stand at {3.375}%, and just above it at {3.625}%.',
    'It takes {900} ms, under the 1 s.',
    'It doubles every 18 months, from 2012 to 2018.',
    'It drops from 2 GB to 300 ms.',
    'Takes {129} ms for a sentence, less than a quarter of a second, or {900} ms, less than a second.',
    'It takes {8} ms, faster than the {10} ms of before, and moves {12} GB/s, faster than {10} GB/s.',
    'It lasts {240} days, about twice the {128} days, {300} more than twice as long as {128}.',
    'It takes {55}%, more than half of it, and grows from {40} to {50} GB, a 25% increase.',
    'Of {10} racks, more than half are full; {3} GPUs over 5 days.',
    'Of the €{168} nearly half, €{80}, remains; it takes less than {80} ms, namely {32} ms.',
    'It lasts {500} years, two orders of magnitude longer than {5.9} years.',
    'It takes {45}% of the time, and half of the rest.',
    'It rises from {2} s to {20} s, an order of magnitude.',
    String.raw`The air held 50.6 $\mu g/m^3$, far exceeding the 5 $\mu g/m^3$ that are allowed, and 8 m^3^, more than 4 m^3^.`,
    'The channel grew from 500 to 30,000 readers by posting 30 times a day.',
    'They are more than twice as full in the peak as at noon: {72}% against {31}%, and {17}× cheaper, more than ten times.',
    'Power costs €{4185} a day and drivers €{9386}, twice as much as coal, and about {20}, more than ten times the {1}.',
    'The error improved from {1.58} to 0.41 percent, and the gap falls from 4.64 to 3.8 points with all of them better (the median from 5.62 to 7.11).',
    'Values less than -1.96 and greater than 1.96 count.',
    'It needs {58} racks, less than a hundred, or more than fifty racks, namely {58}, in two halls.',
    'It takes more than 80 ms, 32 ms of which are lost.',
    'It takes less than {25} ms ({28} ms in May).',
    'Rent is €{104} against €{3.5}, almost thirty times as much; ten times the 8 nodes of 3 racks.',
    'At half of the {11} minutes, {5.5} minutes, and $2 \\times 32 \\times 8 = 512$ of them.',
    'One takes {700} W and the other {70} W, ten times less.',
    'Of {2} W and asleep at {4} mW for the rest, the camera draws {64} mW on average, 31 times less.',
    'It takes {35.5} ms in all: ten times the {3.5} ms, and {17} W: five times that of {3}.',
    'Prices rose above {5}% for nine months and above {7}% for three.',
    'One draws {4} kW, the next {8} kW, twice as much, the last {12} kW, three times as much.',
    'It takes {40} s, twice as long; by train {30} minutes, {9.1} times as long.',
    'It takes {40} ms (3 ms of which is reading), twice as long.',
    'It is {14} times faster than the small one, and more than 100 times faster than the old one.',
    'It is {3} times cheaper than coal and over 5 times cheaper than gas.',
    'Once squared, an error of {10} is 4 times as bad as an error of 5.',
    'The pumps go from {99.9}% to {99.99}% of all days, a 10× reduction in failures.',
    'The score rises from 300 to $330 = 11 \\times 30$.',
  ])('clean: %s', sentence => expect(told(sentence)).toEqual([]));
});
