/** Names that a book's own modules have: imports that are missing, and names that are spelled nearly like them. */
import { expect, test } from 'vitest';
import { parseChapter } from '../../../server/chapter';
import { runRules } from '../../../server/diagnostics';
import { applyEdits } from '../../../server/diagnostics/fixes';
import { Evaluator } from '../../../server/evaluation/evaluator';
import { cell } from '../../support/analysis';
import { sourcesIn } from '../../support/books';

const SOURCES = {
  'sim/__init__.py': 'from .catalogue import Hardware\n',
  'sim/catalogue.py': `from .model import Chip

class Hardware:
    class Cloud:
        H100 = Chip(peak=989)
        V100 = Chip(peak=125)
`,
  'sim/model.py': `from dataclasses import dataclass

@dataclass
class Chip:
    peak: float

    def half(self):
        self.halved = self.peak / 2
        return self.halved

RATE = 3
`,
  'tools.py': 'RATIO = 2\n',
};

/** The findings of a chapter, and its text after the first fix of the first of them. */
function found(text: string) {
  const evaluator = new Evaluator({ modules: sourcesIn(SOURCES) });
  const findings = runRules(evaluator.update(parseChapter(text, 'file:///book/chapter.qmd'), 1));
  const [fix] = findings[0]?.fixes ?? [];
  return {
    messages: findings.map(({ code, message }) => `${code}: ${message}`),
    fixed: fix === undefined ? undefined : applyEdits(text, fix.edits),
    titles: findings.flatMap(({ fixes = [] }) => fixes.map(({ title }) => title)),
  };
}

test.each([
  ['in a cell', (path: string) => cell(`from sim import Hardware\nx = ${path}`)],
  ['in a reference', (path: string) => `${cell('from sim import Hardware')}\nIt has \`{python} ${path}\`.\n`],
])('a class that a module defines has a near attribute, %s', (_, chapter) => {
  const { messages, fixed } = found(chapter('Hardware.Cloud.H10.peak'));
  expect(messages[0]).toContain('Did you mean `H100`?');
  expect(fixed).toBe(chapter('Hardware.Cloud.H100.peak'));
});

test.each([
  ['an instance', 'Hardware.Cloud.H100.peek', 'Hardware.Cloud.H100.peak'],
  ['an alias', 'H.Clod', 'H.Cloud'],
  ['a module', 'sim.catalogue.Hardwear', 'sim.catalogue.Hardware'],
])('%s has a near attribute', (_, missing, there) => {
  const chapter = (path: string) => cell(`import sim\nfrom sim import Hardware\nH = Hardware\nx = ${path}`);
  expect(found(chapter(missing)).fixed).toBe(chapter(there));
});

test('a name that a module nearly has', () => {
  const { messages, fixed } = found(cell('from sim import Hardwar'));
  expect(messages[0]).toContain('Did you mean `Hardware`?');
  expect(fixed).toBe(cell('from sim import Hardware'));
});

test('a name that a module has which the chapter imports from', () => {
  const { messages, fixed } = found(cell('from sim.model import Chip\nx = RATE'));
  expect(messages).toEqual(['missing-import: `RATE` is not imported: add `from sim.model import RATE`.']);
  expect(fixed).toBe(cell('from sim.model import Chip, RATE\nx = RATE'));
});

test('a package is offered before the module in it, a module that only imports the name not at all', () => {
  const { titles } = found(cell('import sim.model\nx = Hardware'));
  expect(titles.slice(0, 2)).toEqual(['Add `from sim import Hardware`', 'Add `from sim.catalogue import Hardware`']);
  expect(found(cell('import sim\nx = Chip')).titles).toEqual(['Add `from sim.model import Chip`']);
});

test('a module beside the chapter', () => {
  expect(found(cell('x = tools.RATIO')).fixed).toBe(cell('import tools\nx = tools.RATIO'));
});
