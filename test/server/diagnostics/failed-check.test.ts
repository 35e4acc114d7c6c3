import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { runRules } from '../../../server/diagnostics';
import { NodeFileSystem } from '../../../server/files/node';
import { computedBehind, leavesOf } from '../../../server/provenance/behind';
import { analyse } from '../../../server/workspace/check';
import { PackageStore } from '../../../server/workspace/packages';
import { cell, report } from '../../support/analysis';
import { TestWorkspace } from '../../support/workspace';

const GUARDED = `${cell(
  '#| label: speed\nfrom mlsys.formatting import check\nspeedup = 1.4\ncheck(speedup > 2, f"text says twice, got {speedup}")\nspeed_str = "1.4"',
)}\nIt is \`{python} speed_str\` times as fast.\n`;

test('at the guard with its message, and at the sentence one step lower', () => {
  expect(report(GUARDED)).toEqual([
    'error failed-check "check(speedup > 2, f"text says twice, got {speedup}")": Check failed: text says twice, got 1.4',
    'warning failed-check "speed_str": `speed_str` is in doubt: a check of cell "speed" failed (text says twice, got 1.4).',
  ]);
});

test('once for each sentence', () => {
  const text = GUARDED.replace('speed_str = "1.4"', 'speed_str = "1.4"\nsame_str = "1.4"').replace(
    'times as fast.',
    'times as fast as `{python} same_str`, or `{python} speed_str`. So `{python} speed_str`.\n\n| a | b |\n|---|---|\n| `{python} same_str` | `{python} speed_str` |',
  );
  expect(
    report(text)
      .slice(1)
      .map(line => line.replace(/: a check.*/, '')),
  ).toEqual([
    'warning failed-check "speed_str": `speed_str` and `same_str` are in doubt',
    'warning failed-check "speed_str": `speed_str` is in doubt',
    'warning failed-check "same_str": `same_str` and `speed_str` are in doubt',
  ]);
});

test('a guard written by hand', () => {
  expect(report(cell('days = 3\nif days < 5:\n    raise ValueError(f"Narrative broken: only {days} days")'))).toEqual([
    'error failed-check "raise ValueError(f"Narrative broken: only {days} days")": Check failed: only 3 days',
  ]);
});

const guard = (condition: string) =>
  report(cell(`from mlsys.formatting import check\nspan, limit, count = 24.7, 25, 4\ncheck(${condition}, "no")`));

test('a guard that holds by little is a hint', () => {
  expect(guard('span < limit')).toEqual([
    'hint failed-check "check(span < limit, "no")": This guard holds by 1.2 % (24.7 < 25): a small change of an assumption makes it fail.',
  ]);
  expect(guard('10 < span <= 24.7')).toEqual([expect.stringContaining('holds just so (24.7 <= 24.7)')]);
});

test.each(['span < 30', 'count <= 4', 'span == 24.7', 'span < limit or count > 2', 'count == 4 and span > 20'])(
  'a guard that holds well enough: %s',
  condition => expect(guard(condition)).toEqual([]),
);

describe('a guard over data', () => {
  const workspace = new TestWorkspace();
  afterAll(() => workspace.remove());
  const LOADED = `import yaml
with open("mill.yaml") as file:
    mill = yaml.safe_load(file)
def check(holds, message):
    if not holds:
        raise ValueError(message)
`;
  const analysisOf = (data: string, code: string) => {
    workspace.write('mill.yaml', data);
    const store = new PackageStore(new NodeFileSystem());
    const options = { root: workspace.folder };
    return analyse(join(workspace.folder, 'mill.qmd'), cell(LOADED + code), options, store).analysis;
  };
  const related = (data: string, code: string) =>
    runRules(analysisOf(data, code))
      .filter(({ severity }) => severity === 'error')
      .flatMap(({ related: places = [] }) =>
        places.map(
          ({ file, position, message }) =>
            `${file?.slice(workspace.folder.length + 1)}:${position!.start.line + 1} ${message}`,
        ),
      );

  test.each([
    ['at the level of the cell', 'sacks = mill["sacks"] * 3\nmost = mill["most"]\ncheck(sacks < most, "room")'],
    [
      'in a class, of which nothing is there once it raised',
      'class Mill:\n    sacks = mill["sacks"] * 3\n    most = mill["most"]\n    check(sacks < most, "room")\n    sacks_str = f"{sacks}"',
    ],
  ])('leads to the entries, %s', (_, code) => {
    expect(related('# Room\nsacks: 20\nmost: 50\nname: Weir\n', code)[0]).toBe(
      'mill.yaml:2 `mill["sacks"]` is 20 here',
    );
    expect(related('sacks: 20\nmost: 50\n', code)[0]).toBe('mill.yaml:1 `mill["sacks"]` is 20 here');
    expect(related('sacks: 20\nmost: 50\n', code)).toHaveLength(2);
  });

  test('of numbers that the cell has itself to nowhere', () => {
    expect(related('sacks: 20\n', 'sacks = 20\ncheck(sacks < 5, "room")')).toEqual([]);
  });

  test('has a tree in a class that raised', async () => {
    const code = 'class Mill:\n    sacks = mill["sacks"] * 3\n    check(sacks < 5, "room")';
    const record = await analysisOf('sacks: 20\n', code).provenanceAt('Mill.sacks', 1);
    const computed = computedBehind(record!)!;
    expect(computed.value.number).toBe(60);
    expect(leavesOf(computed.formula, record!).map(({ name }) => name)).toEqual(['mill["sacks"]']);
  });
});
