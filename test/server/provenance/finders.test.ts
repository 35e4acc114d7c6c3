/** Attributes that an object looks up elsewhere, as records do that are loaded when they are first asked. */
import { afterAll, expect, test } from 'vitest';
import { endsOf } from '../../support/provenanceEnds';
import { TestWorkspace } from '../../support/workspace';

const workspace = new TestWorkspace();
afterAll(() => workspace.remove());
workspace.write('data/results.json', '{\n  "alpha": 1.5,\n  "nuts": {"walnut": 12.5}\n}\n');
workspace.write(
  'study/results.py',
  `import json
from dataclasses import dataclass
from pathlib import Path

SCALE = 3
_LOADED = None


@dataclass
class Results:
    alpha: float
    walnut: float

    @property
    def tripled(self):
        return self.alpha * SCALE


def get():
    global _LOADED
    if _LOADED is None:
        data = json.loads((Path(__file__).parent.parent / "data" / "results.json").read_text())
        _LOADED = Results(alpha=data["alpha"], walnut=data["nuts"]["walnut"])
    return _LOADED


class Lazy:
    def __getattr__(self, name):
        return getattr(get(), name)


class Boxed:
    def __init__(self):
        self.box = {"tare": 4}

    def __getattr__(self, name):
        return self.__dict__["box"][name]


r = Lazy()
boxed = Boxed()
`,
);
workspace.write('study/__init__.py', '');

test.each([
  ['the line of a data file', 'x = r.alpha * 2', ['results.json:2: "alpha": 1.5,']],
  ['what a property computes of it', 'x = r.tripled', ['results.json:2: "alpha": 1.5,', 'assumption']],
  [
    'an attribute that is named by a text',
    'x = getattr(r, "walnut") + 0',
    ['results.json:3: "nuts": {"walnut": 12.5}'],
  ],
  ['the object, where what it does is not followed', 'x = boxed.tare + 0', ['formula']],
])('ends in %s', async (_, code, expected) => {
  expect(await endsOf(`from study.results import boxed, r\n${code}`, workspace.folder)).toEqual(expected);
});
