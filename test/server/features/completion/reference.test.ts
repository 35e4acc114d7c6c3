/** Exports in references; and where no list opens. */
import { describe, expect, test } from 'vitest';
import { features } from '../../../../server/features';
import { completions, labels, rows, taking } from '../../../support/completion';
import { ask } from '../../../support/requests';

const CELL =
  '```{python}\nfrom mlsys import Hardware\n\nclass Tank:\n    litres = 40\n    litres_str = "40"\n\nlitres_str = Tank.litres_str\n```\n\n';
const cellOf = (code: string) => `\`\`\`{python}\n${code}\n\`\`\`\n\n`;
const PUMP =
  '```{python}\nclass Pump:\n    flow = 3\n    flow_str = "3"\n    head_str = "12"\n\nflow_str = Pump.flow_str\nspeed_str = "9"\n```\n\n';

describe('in a reference', () => {
  test('text exports come first; imports and functions are left out', async () => {
    expect(await labels(`${CELL}Holds \`{python} ¦\` l.\n`)).toEqual(['litres_str', 'Tank']);
  });

  test('functions of the chapter by their beginning, for what they format', async () => {
    const text = CELL.replace('\n```', '\ndef litres_of(x):\n    return x\n```');
    expect(await labels(`${text}Holds \`{python} litres¦\` l.\n`)).toEqual(['litres_str', 'litres_of']);
    expect(await labels(`${text}Holds \`{python} of¦\` l.\n`)).not.toContain('litres_of');
    expect(await labels(`${text}Holds \`{python} litres_of(lit¦)\` l.\n`)).toContain('litres_str');
    expect(await labels(`${text}Holds \`{python} litres_of(3)¦\` l.\n`)).toEqual([]);
  });

  test('numbers and texts that imports bring come last', async () => {
    const text = CELL.replace('Hardware\n', 'Hardware\nfrom math import pi, sqrt\nimport math\n');
    expect(await labels(`${text}Holds \`{python} ¦\` l.\n`)).toEqual(['litres_str', 'Tank', 'pi']);
  });

  test('each row tells its value, and the sentence as it will read', async () => {
    expect(await rows(`${CELL}A tank holds \`{python} ¦\` l of water.\n`)).toEqual([
      'litres_str  40 | A tank holds 40 l of water.',
      'Tank',
    ]);
  });

  test('of a long sentence the nearest words, whole', async () => {
    expect(
      await rows(`${CELL}Whoever fills the large tank takes \`{python} ¦\` litres of the clearest water.\n`),
    ).toEqual(['litres_str  40 | …tank takes 40 litres of the…', 'Tank']);
  });

  test('no sentence where the expression is more than a name', async () => {
    expect(await rows(`${CELL}Holds \`{python} 2 * ¦\` l.\n`)).toEqual(["litres_str = '40'", 'Tank']);
  });

  test('the nearest cell comes first, and in a cell what no sentence shows', async () => {
    const text = `${CELL}\`{python} litres_str\`\n\n${PUMP}\`{python} flow_str\` and \`{python} ¦\`.\n`;
    expect(await labels(text)).toEqual(
      ['speed_str', 'flow_str', 'litres_str', 'Pump.head_str', 'Pump', 'Tank'].sort((a, b) => order(a) - order(b)),
    );
    function order(name: string) {
      return ['Pump.head_str', 'speed_str', 'flow_str', 'litres_str', 'Pump', 'Tank'].indexOf(name);
    }
  });

  test('texts of a class that no export passes on are offered by their path', async () => {
    expect(await taking(`${PUMP}Head: \`{python} Pu¦\` m.\n`, 'Pump.head_str')).toContain('`{python} Pump.head_str` m');
  });

  test('attributes of a class', async () => {
    expect(await rows(`${CELL}Holds \`{python} Tank.¦\` l.\n`)).toEqual([
      'litres_str  40 | Holds 40 l.',
      'litres  40 | Holds 40 l.',
    ]);
  });

  test('attributes by another name of the class, and of an object, with the sentence', async () => {
    const alias = CELL.replace('\n```\n\n', '\nT = Tank\n```\n\n');
    expect(await rows(`${alias}Holds \`{python} T.¦\` l.\n`)).toEqual([
      'litres_str  40 | Holds 40 l.',
      'litres  40 | Holds 40 l.',
    ]);
    const object =
      '```{python}\nclass Tank:\n    def __init__(self):\n        self.litres = 40\ntank = Tank()\n```\n\n';
    expect(await rows(`${object}Holds \`{python} tank.¦\` l.\n`)).toEqual(['litres  40 | Holds 40 l.']);
  });

  test('what reads on the page as only its class knows has no sentence', async () => {
    const text = CELL.replace('litres = 40', 'litres = 40\n    shape = object()');
    expect((await rows(`${text}Holds \`{python} Tank.sh¦\` l.\n`)).join()).toMatch(/,shape$/);
  });

  test('a quantity by its number and unit', async () => {
    const tank = cellOf('from mlsys.constants import watt\n\nclass Pump:\n    power = 40 * watt');
    expect(await rows(`${tank}It draws \`{python} Pump.¦\`.\n`)).toEqual(['power  40 watt']);
  });

  test('arguments of a call by their names', async () => {
    const text = `${cellOf('def told(value, digits=1, *, unit=""):\n    return f"{value:.{digits}f}"\n\nlitres = 40')}`;
    const all = await rows(`${text}Holds \`{python} told(litres, di¦\` l.\n`);
    expect(all[0]).toBe('digits= (digits=1)');
    expect(await labels(`${text}Holds \`{python} told(litres, digits=2, ¦\` l.\n`)).toContain('unit=');
    expect(await labels(`${text}Holds \`{python} told(litres)¦\` l.\n`)).toEqual([]);
  });

  test('what is documented is worked out when the author looks at it', async () => {
    const [item] = await completions(`${CELL}Holds \`{python} ¦\` l.\n`);
    expect(item!.documentation).toBeUndefined();
    const resolved = await ask<Promise<{ documentation: { value: string } }>>(
      'completionItem/resolve',
      `${CELL}¦`,
      item,
    );
    expect(resolved.documentation.value).toContain("`litres_str` = `'40'` *str*");
    expect(resolved.documentation.value).toContain('litres_str = Tank.litres_str');
  });

  test('the blank behind {python} opens the list, and no other one', async () => {
    const typed = ' ';
    expect(await labels(`${CELL}Holds \`{python} ¦\` l.\n`, { typed })).toEqual(['litres_str', 'Tank']);
    expect(await labels(`${CELL}Holds \`{python} Tank ¦\` l.\n`, { typed })).toEqual([]);
    expect(await labels(`${CELL}Holds ¦\n`, { typed })).toEqual([]);
    expect(await labels(`${CELL}\`\`\`{python}\nx = ¦\n\`\`\`\n`, { typed })).toEqual([]);
  });

  test('nothing in prose, nor on the line that opens a cell', async () => {
    expect(await labels(`${CELL}Holds ¦.\n`)).toEqual([]);
    expect(await labels(`${CELL}Holds lit¦\n`)).toEqual([]);
    expect(await labels(CELL.replace('{python}', '{python}¦'))).toEqual([]);
  });
});

/** A character that opens lists somewhere, with places where it opens none. */
const QUIET: readonly (readonly [string, string])[] = [
  ['.', 'It ends.¦\n'],
  ['.', '```{python}\nx = 1.¦\n```\n'],
  [' ', 'Words ¦\n'],
  [' ', '```{python}\nimport math ¦\n```\n'],
  ['@', 'me@¦\n'],
  ['@', '```{python}\n@¦\ndef f(): pass\n```\n'],
  ['-', 'A dash -¦\n'],
  ['-', '```{python}\nx = 1 -¦\n```\n'],
  ['^', '$x^¦$\n'],
  ['^', '```{python}\nx = 1 ^¦\n```\n'],
  ['{', '$\\frac{¦}$\n'],
  ['{', '```{python}\nd = {¦}\n```\n'],
  ['<', 'a <¦\n'],
  [':', 'Note:¦\n'],
  [':', '::: {.callout-note}\nText\n:::¦\n'],
  [':', '```{python}\nd = {1:¦}\n```\n'],
  [':', '```{python}\nif True:¦\n```\n'],
  ['"', 'He said "¦\n'],
  ['"', '```{python}\nx = "¦"\n```\n'],
  ["'", "It'¦\n"],
  ['(', 'So (¦)\n'],
  ['/', 'and/¦or\n'],
  ['/', '```{python}\nx = 1 /¦\n```\n'],
  ['(', '```{python}\nx = round(¦)\n```\n'],
];

describe('Enter ends a line', () => {
  test('each character that opens a list is among the quiet places', () => {
    const { capabilities } = features.find(one => one.method === 'textDocument/completion')!;
    const triggers = capabilities.completionProvider?.triggerCharacters ?? [];
    expect([...new Set(QUIET.map(([typed]) => typed))].sort()).toEqual([...triggers].sort());
  });

  test.each(QUIET)('%s opens nothing in %j', async (typed, marked) => {
    expect(await labels(marked, { typed })).toEqual([]);
  });
});
