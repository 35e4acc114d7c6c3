/** Two versions of a chapter: which reference is which, and what made its number another one. */
import { describe, expect, test } from 'vitest';
import { compareNumbers, isSame, type NumberDiff } from '../../../server/comparison';
import { causeText } from '../../../server/comparison/words';
import { analyze, cell } from '../../support/analysis';
import { analyzeBook } from '../../support/books';

async function compare(before: string, now: string): Promise<NumberDiff> {
  return compareNumbers({ analysis: analyze(before) }, { analysis: analyze(now) });
}

/** `It takes [2 → 3] days. (x was 2, is 3)` */
function told({ changed, appeared, vanished }: NumberDiff): string[] {
  const line = (mark: string) => (one: NumberDiff['changed'][number]) => {
    const words = one.parts.map(part => ('text' in part ? part.text : `[${part.before ?? ''} → ${part.now ?? ''}]`));
    const causes = one.causes.map(cause => causeText(cause, text => text)).join('; ');
    return `${mark}${words.join('')}${causes === '' ? '' : ` (${causes})`}`;
  };
  return [...changed.map(line('')), ...appeared.map(line('+ ')), ...vanished.map(line('- '))];
}

const chapter = (code: string, prose: string) => `${cell(code)}\n${prose}\n`;

test('a number of a module, whose two texts are known at one time', async () => {
  const book = (litres: string) =>
    analyzeBook(chapter('from farm import LITRES\nweek = LITRES * 7', 'A cow gives `{python} week` l.'), {
      'farm/__init__.py': 'from .rates import LITRES\n',
      'farm/rates.py': `# Cows\nLITRES = ${litres}\n`,
    });
  const [before, now] = [book('28.0'), book('30.50')];
  const changed = ['A cow gives [196.0 → 213.5] l. (LITRES was 28, is 30.5)'];
  expect(told(await compareNumbers({ analysis: before }, { analysis: now }))).toEqual(changed);
  const back = ['A cow gives [213.5 → 196.0] l. (LITRES was 30.5, is 28)'];
  expect(told(await compareNumbers({ analysis: now }, { analysis: before }))).toEqual(back);
});

describe('causes among objects', () => {
  // Which is not followed.
  const GROWN = 'parts = [self.cost]\n        parts[1:] = [self.power]\n        total = parts[0] * parts[1]';
  const plant = (cost: number, power: number, counted = GROWN) => `class Plant:
    def __init__(self, power, cost=${cost}):
        self.power, self.cost = power, cost
    def price(self):
        ${counted}
        return total
old = Plant(2)
new = Plant(${power})
price = old.price() + new.price()`;

  test('addresses are none', async () => {
    const [before, now] = [plant(5, 3), plant(5, 4)].map(code => chapter(code, 'It costs `{python} price`.'));
    expect(told(await compare(before!, now!))).toEqual(['It costs [25 → 30]. (new was Plant(3), is Plant(4))']);
  });

  test('the number behind a loop, and what says how often it goes round', async () => {
    const loop = 'total = 0\n        for _ in range(self.power):\n            total += self.cost';
    const between = async (one: [number, number], other: [number, number]) => {
      const [before, now] = [one, other].map(([cost, power]) => chapter(plant(cost, power, loop), '`{python} price`'));
      return told(await compare(before!, now!));
    };
    expect(await between([5, 3], [6, 3])).toEqual(['[25 → 30] (cost was 5, is 6)']);
    expect(await between([5, 3], [5, 4])).toEqual(['[25 → 30] (power was 3, is 4)']);
  });

  test('the line that made them others, where nothing of them shows', async () => {
    const [before, now] = [plant(5, 3), plant(6, 3)].map(code => chapter(code, 'It costs `{python} price`.'));
    expect(told(await compare(before!, now!))).toEqual([
      'It costs [25 → 30]. (the line was def __init__(self, power, cost=5):, is def __init__(self, power, cost=6):)',
    ]);
  });

  test('what a function reads, without the values in between', async () => {
    const code = (rate: number) => `rate = ${rate}
def months(debt):
    count = 0
    while debt > 0:
        debt, count = debt - rate, count + 1
    return count
all = [months(n) for n in (50, 100)]
most = max(all)`;
    const [before, now] = [code(10), code(20)].map(one => chapter(one, 'It takes `{python} most` months.'));
    expect(told(await compare(before!, now!))).toEqual(['It takes [10 → 5] months. (rate was 10, is 20)']);
  });
});

test('each of several causes is told once, by what it is: code, an argument, a default, an item', async () => {
  const code = (items: string, spare: number, gpus: number, bonus: string) => `def fleet(gpus, spare=${spare}):
    return gpus + spare
settings = ${items}
n = fleet(${gpus})
rate = n * settings["eta"]${bonus}`;
  const [before, now] = [code('{"eta": 0.5}', 16, 100, ''), code('{"eta": 0.25}', 20, 200, ' + 1')].map(one =>
    chapter(one, 'At `{python} rate` an hour.'),
  );
  expect(told(await compare(before!, now!))).toEqual([
    'At [58.0 → 56.0] an hour. (rate was n × settings["eta"], is n × settings["eta"] + 1; gpus was 100, is 200; spare was 16, is 20; settings["eta"] was 0.5, is 0.25)',
  ]);
});

test('what makes several numbers of a sentence others is told once', async () => {
  const code = (digits: number) => `def shown(n):\n    return f"{n:.${digits}f}"\na = 2.5\nb = 3.5`;
  const [before, now] = [code(1), code(2)].map(one =>
    chapter(one, 'Of `{python} shown(a)` days and `{python} shown(b)` nights.'),
  );
  expect(told(await compare(before!, now!))).toEqual([
    'Of [2.5 → 2.50] days and [3.5 → 3.50] nights. (shown(a) was f"{n:.1f}", is f"{n:.2f}")',
  ]);
});

describe('references are matched', () => {
  test('by their sentences, wherever these stand and whatever else is said in between', async () => {
    const before = chapter('a = 2\nb = 3', 'First `{python} a` days.\n\nThen `{python} b` days.');
    const now = chapter('a = 2\nb = 4', 'New words.\n\nThen `{python} b` days.\n\nFirst `{python} a` days.');
    expect(told(await compare(before, now))).toEqual(['Then [3 → 4] days. (b was 3, is 4)']);
  });

  test('by their expressions in sentences that were rewritten', async () => {
    const before = chapter('a = 2', 'It takes `{python} a` days. And `{python} a` nights.');
    const now = chapter('a = 3', 'About `{python} a` days are needed. And `{python} a` nights.');
    expect(told(await compare(before, now))).toEqual([
      'About [2 → 3] days are needed. (a was 2, is 3)',
      'And [2 → 3] nights. (a was 2, is 3)',
    ]);
  });

  test('by their places where the expressions were renamed', async () => {
    const before = chapter('a = 2', 'It takes `{python} a` days.');
    const now = chapter('days = 2', 'It takes `{python} days` days.');
    expect(isSame(await compare(before, now))).toBe(true);
    const other = chapter('days = 3', 'It takes `{python} days` days.');
    expect(told(await compare(before, other))).toEqual(['It takes [2 → 3] days. (the reference was a, is days)']);
  });

  test('not where one is new, or gone', async () => {
    const before = chapter('a = 2\nb = 3', 'It takes `{python} a` days, or `{python} b` nights.');
    const now = chapter('a = 2\nb = 3', 'It takes `{python} a` days. Or more: `{python} a` weeks.');
    expect(told(await compare(before, now))).toEqual([
      '+ Or more: [ → 2] weeks.',
      '- It takes 2 days, or [3 → ] nights.',
    ]);
  });

  test('in order where one name has several values', async () => {
    const text = (first: number) =>
      `${cell(`n = ${first}`)}\nIt is \`{python} n\`.\n\n${cell('n = 5')}\nIt is \`{python} n\`.\n`;
    expect(told(await compare(text(3), text(4)))).toEqual(['It is [3 → 4]. (n was 3, is 4)']);
  });
});

describe('the cause', () => {
  test('is what differs, not what is computed from it', async () => {
    const code = (eta: number) => `eta = ${eta}\nspeed = 10 * eta\ndays = 100 / speed\nx = f"{days:.0f}"`;
    expect(told(await compare(chapter(code(0.5), '`{python} x`'), chapter(code(0.4), '`{python} x`')))).toEqual([
      '[20 → 25] (eta was 0.5, is 0.4)',
    ]);
  });

  test('is a format, where the number stayed', async () => {
    const code = (digits: number) => `days = 2.25\nx = f"{days:.${digits}f}"`;
    expect(told(await compare(chapter(code(1), '`{python} x`'), chapter(code(2), '`{python} x`')))).toEqual([
      '[2.2 → 2.25] (x was f"{days:.1f}", is f"{days:.2f}")',
    ]);
  });

  test('has all digits where fewer do not tell two values apart', async () => {
    const code = (n: number) => `n = ${n}`;
    expect(told(await compare(chapter(code(1234567), '`{python} n`'), chapter(code(1234568), '`{python} n`')))).toEqual(
      ['[1234567 → 1234568] (n was 1234567, is 1234568)'],
    );
  });

  test('is a line where its tree does not tell more', async () => {
    const code = (n: number) => `items = []\nfor at in range(${n}):\n    items.append(at)\nx = len(items)`;
    expect(told(await compare(chapter(code(3), '`{python} x`'), chapter(code(4), '`{python} x`')))).toEqual([
      '[3 → 4] (items was [0, 1, 2], is [0, 1, 2, 3]; the line was for at in range(3):, is for at in range(4):)',
    ]);
  });

  test('is why there is no value', async () => {
    const now = chapter('import pandas\nx = pandas.nothing()', '`{python} x`');
    const [line] = told(await compare(chapter('x = 3', '`{python} x`'), now));
    expect(line).toMatch(/^\[3 → \] \(unknown: .*pandas/);
  });
});

describe('guards', () => {
  const CHECK = 'from mlsys.formatting import check\n';
  const guards = async (before: string, now: string) => {
    const { guards: found } = await compare(cell(CHECK + before), cell(CHECK + now));
    return found.map(({ guard, detail, holds }) => `${guard} ${holds ? 'holds' : 'fails'}: ${detail}`);
  };

  test('that turned are told with their numbers', async () => {
    const code = (days: number) => `days = ${days}\ncheck(days > 5, f"text says more than 5, got {days}")`;
    expect(await guards(code(6), code(4))).toEqual(['days > 5 fails: text says more than 5, got 4 (4 > 5)']);
    expect(await guards(code(4), code(6))).toEqual(['days > 5 holds: 6 > 5']);
  });

  test('that are new are told where they fail', async () => {
    expect(await guards('days = 4', 'days = 4\ncheck(days > 5, "more")')).toEqual(['days > 5 fails: more (4 > 5)']);
    expect(await guards('days = 6', 'days = 6\ncheck(days > 5, "more")')).toEqual([]);
  });
});

describe('cells', () => {
  const cells = (...codes: readonly string[]) => codes.map(cell).join('\n');
  const turned = (diff: NumberDiff) =>
    diff.cells.map(({ guard, holds, causes }) => [guard, holds, ...causes.map(one => causeText(one, text => text))]);

  test('that failed before are not told again where their code is another one', async () => {
    const before = cells('a = 1', 'b = 1 / 0', 'c = 2');
    const now = cells('a = 2', 'a0 = 1', 'b = 2 / 0\nd = 4', 'c = 2');
    expect(turned(await compare(before, now))).toEqual([]);
  });

  test('that fail now are told with the first lines that are others', async () => {
    const lines = Array.from({ length: 20 }, (_, at) => `x${at} = ${at}`).join('\n');
    const [told = []] = turned(await compare(cells('b = 1'), cells(`b = 1 / 0\n${lines}`)));
    expect(told.slice(0, 3)).toEqual(['1', false, 'the line b = 1 / 0 is new']);
    expect(told).toHaveLength(8);
  });
});
