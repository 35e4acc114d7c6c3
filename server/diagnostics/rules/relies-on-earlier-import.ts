/** A cell that uses names which only an earlier cell imports, in a chapter whose cells import what they use. */
import { type Span, symbolIndex } from '../../../mlsys';
import type { CellResult } from '../../evaluation/analysis';
import { oncePerText } from '../contract/oncePerText';
import { cellName } from '../faults';
import { type ImportChoice, importEdit } from '../imports';
import { cellsOf } from '../recording';
import type { Draft, Rule } from '../rule';

export const reliesOnEarlierImport: Rule = {
  code: 'relies-on-earlier-import',
  severity: 'hint',
  canWait: true,
  *chapter(analysis): Iterable<Draft> {
    // Cells without a sentence that shows a number of theirs are a lesson in code, to be read in order.
    if (analysis.usedPaths.size === 0) return;
    const cells = cellsOf(analysis);
    const known = new Map<string, { readonly choice: ImportChoice; readonly cell: CellResult }>();
    const importers = new Map<string, number>();
    for (const { program } of cells)
      for (const { bound } of importsOf(program).imports) importers.set(bound, (importers.get(bound) ?? 0) + 1);
    // Where one cell imports for all behind it, that is how the chapter is written.
    const isRepeated = (name: string): boolean => (importers.get(name) ?? 0) >= REPEATED;
    for (const cell of cells) {
      if (cell.status === 'skipped' || cell.status === 'syntax-error') continue;
      const { imports, uses, writes, isSetup } = importsOf(cell.program);
      const missing = imports.length === 0 ? [] : uses.filter(({ name }) => known.has(name) && isRepeated(name));
      if (missing.length > 0)
        yield told(
          cell,
          missing.map(({ name, span }) => ({ name, span, ...known.get(name)! })),
          analysis,
        );
      for (const name of writes) known.delete(name);
      // A cell of nothing but imports is there for all.
      if (isSetup) continue;
      for (const { bound, ...choice } of imports) known.set(bound, { choice, cell });
    }
  },
};

/** A name that so many cells import is one that each is to import. */
const REPEATED = 2;

interface Missing {
  readonly name: string;
  readonly span: Span;
  readonly choice: ImportChoice;
  readonly cell: CellResult;
}

function told(cell: CellResult, missing: readonly Missing[], analysis: Parameters<typeof cellName>[1]): Draft {
  const [first] = missing;
  const list = missing.map(({ name }) => `\`${name}\``).join(', ');
  const makers = [...new Set(missing.map(one => cellName(one.cell, analysis)))];
  return {
    range: cell.cell.toDocumentRange(first!.span),
    message: `This cell imports what it uses, but not ${list}: ${missing.length === 1 ? 'it comes' : 'they come'} from the imports of ${makers.join(' and ')}.`,
    fixes: [
      {
        title: missing.length === 1 ? `Add \`${first!.choice.statement}\`` : `Import ${list} here`,
        preferred: true,
        edits: editsFor(cell, missing),
      },
    ],
  };
}

/** One edit for each place: what goes to the same one goes there together. */
function editsFor(cell: CellResult, missing: readonly Missing[]) {
  const found = new Map<number, ReturnType<typeof importEdit>>();
  for (const { choice } of missing) {
    const edit = importEdit(cell, choice);
    const known = found.get(edit.start);
    found.set(
      edit.start,
      known === undefined ? edit : { start: edit.start, end: edit.end, newText: known.newText + edit.newText },
    );
  }
  return [...found.values()].sort((a, b) => a.start - b.start);
}

/** What a cell's text imports at module level, uses without an import of its own, and binds. */
const importsOf = oncePerText(program => {
  const { names } = symbolIndex(program.module);
  const { body } = program.module;
  const imports = names.imports.flatMap(({ module, name, level, bound }) =>
    level > 0 || !names.writes.has(bound)
      ? []
      : [{ bound, module, member: name, statement: statementFor(module, name, bound) }],
  );
  const isSetup =
    body.length > 0 && body.every(({ kind }) => kind === 'Import' || kind === 'ImportFrom' || kind === 'ExprStatement');
  return {
    imports,
    uses: Array.from(names.readSpans, ([name, span]) => ({ name, span })),
    writes: names.writes,
    isSetup,
  };
});

function statementFor(module: string, name: string | undefined, bound: string): string {
  if (name === undefined) return bound === module.split('.')[0] ? `import ${module}` : `import ${module} as ${bound}`;
  return `from ${module} import ${name}${bound === name ? '' : ` as ${bound}`}`;
}
