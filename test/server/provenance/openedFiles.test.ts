/** Trees of numbers that functions read from files which they open: they end in the lines of these, and give the numbers again. */
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { NodeFileSystem } from '../../../server/files/node';
import { leavesOf } from '../../../server/provenance/behind';
import { pythonOf } from '../../../server/provenance/python';
import { analyse } from '../../../server/workspace/check';
import { PackageStore } from '../../../server/workspace/packages';
import { cell } from '../../support/analysis';
import { TestWorkspace } from '../../support/workspace';

const workspace = new TestWorkspace();
const root = workspace.folder;
afterAll(() => workspace.remove());
workspace.write('data/pumps.csv', 'site,load\nnorth,12.5\nsouth,20\n');
workspace.write('data/d.json', '{\n  "peak": 312\n}\n');
workspace.write('data/d.yml', 'sub:\n  eta: 0.45\n');
workspace.write('data/d.toml', 'peak = 312\n');
workspace.write('data/n.txt', '3.25\n');

const store = new PackageStore(new NodeFileSystem());

/** What `x` ends in, by name and line, and what its formula gives when it is run again beside the functions of the cell. */
async function told(code: string) {
  const path = join(root, 'probe.qmd');
  const { analysis } = analyse(path, `${cell(code)}\n\`{python} x\`\n`, { root }, store);
  expect(analysis.cells[0]!.fault).toBeUndefined();
  const record = (await analysis.provenanceAt('x', 1))!;
  const [{ formula, value }] = record.sources as [(typeof record.sources)[0]];
  const again = `${cell(code)}\n${cell(`again = ${pythonOf(record)}`)}\n\`{python} again\`\n`;
  const second = analyse(path, again, { root }, store).analysis;
  const ends = leavesOf(formula, record).map(one => `${one.name} in line ${(one.data?.start.line ?? -1) + 1}`);
  return { ends, isSame: second.refs[0]!.value?.repr === value.repr };
}

const NORTH = 'pumps.csv[0]["load"] in line 2';
const SOUTH = 'pumps.csv[1]["load"] in line 3';
/** A file that is read from its beginning on is told as well. */
const FILE = 'f in line 1';

/** A function of a path, with the rest of its body. */
const within = (...body: string[]) =>
  `def read(path):\n    with open(path) as f:\n${body.map(line => `        ${line}\n`).join('')}`;
const CSV = 'import csv\n';

describe('a number of a function that opens a file', () => {
  test.each<readonly [string, string, readonly string[]]>([
    [
      'as a list of rows',
      `${CSV}${within('return list(csv.DictReader(f))')}rows = read("data/pumps.csv")\nx = float(rows[1]["load"]) * 2`,
      ['rows[1]["load"] in line 3'],
    ],
    [
      'row by row',
      `${CSV}def read(path):\n    total = 0.0\n    with open(path) as f:\n        for row in csv.DictReader(f):\n            total += float(row["load"])\n    return total\nx = read("data/pumps.csv")`,
      [NORTH, SOUTH],
    ],
    [
      'in a sum',
      `${CSV}${within('return sum(float(row["load"]) for row in csv.DictReader(f))')}x = read("data/pumps.csv")`,
      [NORTH, SOUTH, FILE],
    ],
    [
      'into a list',
      `${CSV}${within('return [float(row["load"]) for row in csv.DictReader(f)]')}loads = read("data/pumps.csv")\nx = loads[1] * 2`,
      [SOUTH],
    ],
    [
      'into a dict',
      `${CSV}${within('return {row["site"]: float(row["load"]) for row in csv.DictReader(f)}')}loads = read("data/pumps.csv")\nx = loads["south"] * 2`,
      [SOUTH],
    ],
    [
      'behind a header that is taken first',
      `${CSV}${within('rows = csv.reader(f)', 'next(rows)', 'return [float(load) for _, load in rows]')}x = read("data/pumps.csv")[1] * 2`,
      ['pumps.csv[1][1] in line 3'],
    ],
    [
      'by the names of the header',
      `${CSV}${within('rows = csv.reader(f)', 'header = next(rows)', 'return [dict(zip(header, row)) for row in rows]')}rows = read("data/pumps.csv")\nx = float(rows[1]["load"]) * 2`,
      ['pumps.csv[1][1] in line 3'],
    ],
    [
      'line by line',
      `${within('next(f)', 'return [float(line.split(",")[1]) for line in f]')}x = sum(read("data/pumps.csv"))`,
      ['line 2 in line 2', 'line 3 in line 3', FILE],
    ],
    [
      'as lines of a text',
      'from pathlib import Path\ndef read(path):\n    lines = Path(path).read_text().splitlines()\n    return [line.split(",") for line in lines[1:]]\nx = float(read("data/pumps.csv")[1][1]) * 2',
      ['line 3 in line 3'],
    ],
    [
      'as a text',
      'from pathlib import Path\ndef read(path):\n    return float(Path(path).read_text())\nx = read("data/n.txt") * 2',
      ['n.txt in line 1'],
    ],
    [
      'as JSON',
      `import json\n${within('d = json.load(f)')}    return d["peak"] * 2\nx = read("data/d.json")`,
      ['d["peak"] in line 2'],
    ],
    [
      'as YAML',
      `import yaml\n${within('d = yaml.safe_load(f)')}    return d["sub"]["eta"] * 2\nx = read("data/d.yml")`,
      ['d["sub"]["eta"] in line 2'],
    ],
    [
      'as TOML, in bytes',
      'import tomllib\ndef read(path):\n    with open(path, "rb") as f:\n        return tomllib.load(f)["peak"] * 2\nx = read("data/d.toml")',
      ['tomllib.load(f)["peak"] in line 1'],
    ],
  ])('%s', async (_, code, ends) => {
    expect(await told(code)).toEqual({ ends, isSame: true });
  });
});

test('a sum over a file that the cell itself opens ends in its lines', async () => {
  const code = `${CSV}with open("data/pumps.csv") as f:\n    x = sum(float(row["load"]) for row in csv.DictReader(f))`;
  expect(await told(code)).toEqual({ ends: [NORTH, SOUTH, FILE], isSame: true });
});
