/** Trees of numbers that end in lines of data files: YAML, JSON, TOML and CSV, through copies, calls and constructors. */
import { afterAll, describe, expect, test } from 'vitest';
import { endsOf } from '../../support/provenanceEnds';
import { TestWorkspace } from '../../support/workspace';

const workspace = new TestWorkspace();
const root = workspace.folder;
afterAll(() => workspace.remove());
const put = (name: string, text: string) => workspace.write(`data/${name}`, text);
put('d.json', '{\n  "peak": 312,\n  "rates": [\n    1.5,\n    2.5],\n  "sub": {"eta": 0.45}\n}\n');
put('d.toml', 'peak = 312\nrates = [\n  1.5,\n  2.5]\n[sub]\neta = 0.45\n');
put('d.yml', 'peak: 312\nrates: [1.5,\n  2.5]\nsub:\n  eta: 0.45\n');
put('d.csv', 'name,peak\nA100,312\n\nH100,989\n"A, B","5"\n');
put('semicolons.csv', 'x;y\n1;2\n');

const JSON_FILE = 'import json\nwith open("data/d.json") as f:\n    d = json.load(f)\n';
const CSV_FILE = 'import csv\nwith open("data/d.csv") as f:\n    rows = list(csv.DictReader(f))\n';
const DATA_CLASS = 'from dataclasses import dataclass\n@dataclass\nclass M:\n    name: str\n    peak: int\n';

const ends = (code: string) => endsOf(code, root);

describe('a number that was read', () => {
  test.each([
    ['from JSON', `${JSON_FILE}x = d["peak"] * 2`, 'd.json:2: "peak": 312,'],
    ['from a list in JSON', `${JSON_FILE}x = d["rates"][1] * 2`, 'd.json:5: 2.5],'],
    [
      'from a text of JSON',
      'import json\nfrom pathlib import Path\nd = json.loads(Path("data/d.json").read_text())\nx = d["sub"]["eta"] * 2',
      'd.json:6: "sub": {"eta": 0.45}',
    ],
    [
      'from TOML',
      'import tomllib\nwith open("data/d.toml", "rb") as f:\n    d = tomllib.load(f)\nx = d["sub"]["eta"] * 2',
      'd.toml:6: eta = 0.45',
    ],
    [
      'from an array of TOML',
      'import tomllib\nwith open("data/d.toml", "rb") as f:\n    d = tomllib.load(f)\nx = d["rates"][0] * 2',
      'd.toml:3: 1.5,',
    ],
    [
      'from YAML',
      'import yaml\nwith open("data/d.yml") as f:\n    d = yaml.safe_load(f)\nx = d["sub"]["eta"] * 2',
      'd.yml:5: eta: 0.45',
    ],
    ['from a record of CSV', `${CSV_FILE}x = float(rows[1]["peak"]) * 2`, 'd.csv:4: H100,989'],
    ['from a quoted field', `${CSV_FILE}x = float(rows[2]["peak"]) * 2`, 'd.csv:5: "A, B","5"'],
    [
      'from a record that is looked for',
      `${CSV_FILE}r = next(r for r in rows if r["name"] == "H100")\nx = float(r["peak"]) * 2`,
      'd.csv:4: H100,989',
    ],
    [
      'from records by name',
      `${CSV_FILE}by = {r["name"]: r for r in rows}\nx = float(by["A100"]["peak"]) * 2`,
      'd.csv:2: A100,312',
    ],
    [
      'from a row of CSV',
      'import csv\nwith open("data/semicolons.csv") as f:\n    rows = list(csv.reader(f, delimiter=";"))\nx = float(rows[1][1]) * 2',
      'semicolons.csv:2: 1;2',
    ],
  ])('%s', async (_, code, end) => {
    expect(await ends(code)).toEqual([end]);
  });
});

describe('is followed', () => {
  const end = 'd.json:2: "peak": 312,';
  test.each([
    ['by get', 'x = d.get("peak", 5) * 2'],
    ['through a dict of it', 'e = dict(d)\nx = e["peak"] * 2'],
    ['through a dict of it with more', 'e = dict(d, more=1)\nx = e["peak"] * 2'],
    ['through a copy', 'e = d.copy()\nx = e["peak"] * 2'],
    ['through a deep copy', 'import copy\ne = copy.deepcopy(d)\nx = e["peak"] * 2'],
    ['through a display', 'e = {**d, "more": 1}\nx = e["peak"] * 2'],
    ['through a union', 'e = {"more": 1} | d\nx = e["peak"] * 2'],
    ['through an update', 'e = {"more": 1}\ne.update(d)\nx = e["peak"] * 2'],
    ['as an argument by its place', `${DATA_CLASS}m = M("A100", d["peak"])\nx = m.peak * 2`],
    ['as an argument by name', `${DATA_CLASS}m = M("A100", peak=d["peak"])\nx = m.peak * 2`],
    [
      'through a constructor',
      'class A:\n    def __init__(self, peak):\n        self.peak = peak\nm = A(d["peak"])\nx = m.peak * 2',
    ],
    [
      'through a constructor that computes',
      'class A:\n    def __init__(self, peak):\n        self.peak = peak\n        self.twice = self.peak * 2\nm = A(d["peak"])\nx = m.twice + m.twice',
    ],
  ])('%s', async (_, code) => {
    expect(await ends(JSON_FILE + code)).toEqual([end]);
  });

  test.each([
    ['a list of it', 'e = list(d["rates"])\nx = e[1] * 2'],
    ['another dict', 'e = {"own": 3, **d}\nx = e["rates"][1] * 2'],
    ['a slice of it', 'e = d["rates"][1:]\nx = e[0] * 2'],
    ['a slice from behind', 'e = d["rates"][::-1]\nx = e[0] * 2'],
  ])('through %s', async (_, code) => {
    expect(await ends(JSON_FILE + code)).toEqual(['d.json:5: 2.5],']);
  });
});

describe('fields of a model that are dicts and lists lead to what they were made of', () => {
  const model = `${JSON_FILE}from pydantic import BaseModel, field_validator
class Chip(BaseModel):
    sub: dict[str, float]
    rates: list[float]
    @field_validator("sub")
    @classmethod
    def _doubled(cls, sub):
        return {key: value * 2 for key, value in sub.items()}
chip = Chip.model_validate(d)
`;
  test.each([
    ['an entry that a validator changed', 'x = chip.sub["eta"] * 2', ['d.json:6: "sub": {"eta": 0.45}']],
    ['an item', 'x = chip.rates[1] * 2', ['d.json:5: 2.5],']],
  ])('%s', async (_, code, expected) => {
    expect(await ends(model + code)).toEqual(expected);
  });
});

test('a sum of what was read ends in the file', async () => {
  expect(await ends(`${CSV_FILE}x = sum(float(row["peak"]) for row in rows)`)).toEqual([
    'd.csv:2: A100,312',
    'd.csv:4: H100,989',
    'd.csv:5: "A, B","5"',
  ]);
});

test('what was chosen of what was read ends in its line', async () => {
  const code = 'last = max(rows, key=lambda row: row["name"])\nx = len(last["name"]) + 1';
  expect(await ends(CSV_FILE + code)).toEqual(['d.csv:4: H100,989']);
});

test.each([
  ['what was put in its place', 'd["peak"] = 5\nx = d["peak"] * 2'],
  ['what a copy holds otherwise', 'e = {**d, "peak": 5}\nx = e["peak"] * 2'],
  [
    'an attribute that was changed',
    'class A:\n    def __init__(self, peak):\n        self.peak = peak\nm = A(d["peak"])\nm.peak = 7\nx = m.peak * 2',
  ],
])('%s comes from no file', async (_, code) => {
  expect((await ends(JSON_FILE + code)).join()).not.toContain('json');
});
