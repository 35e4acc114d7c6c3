/** An import whose name nothing reads. */
import { type Alias, type Import, type ImportFrom, symbolIndex } from '../../../mlsys';
import type { Analysis, CellResult } from '../../evaluation/analysis';
import { contractOf } from '../contract/cellContract';
import type { Fix } from '../finding';
import { replacement } from '../fixes';
import { cellsOf } from '../recording';
import type { Draft, Rule } from '../rule';

export const unusedImport: Rule = {
  code: 'unused-import',
  severity: 'hint',
  *chapter(analysis): Iterable<Draft> {
    const reads = readsOf(analysis);
    if (reads === undefined) return;
    for (const [at, result] of cellsOf(analysis).entries()) {
      // An import that failed has its own finding.
      if (result.status !== 'ok') continue;
      for (const statement of importsIn(result))
        for (const alias of statement.names) {
          const bound = boundBy(statement, alias);
          if (bound === undefined || isUsed(bound, at, reads, analysis.usedPaths)) continue;
          yield {
            range: result.cell.toDocumentRange({ start: alias.start, end: alias.end }),
            message: `Nothing reads \`${bound}\`, which this imports.`,
            tags: ['unnecessary'],
            fixes: [removal(result, statement, alias, bound)],
          };
        }
    }
  },
};

interface CellReads {
  readonly reads: ReadonlySet<string>;
  /** Names that functions read whenever they are called. */
  readonly deferred: ReadonlySet<string>;
  readonly bound: ReadonlySet<string>;
}

/** Undefined where code may read any name. */
function readsOf(analysis: Analysis): readonly CellReads[] | undefined {
  const found: CellReads[] = [];
  for (const { program } of cellsOf(analysis)) {
    const { usage } = symbolIndex(program.module);
    if (usage.observesNamespace) return undefined;
    const { reads, bound } = contractOf(program);
    found.push({ reads, bound, deferred: usage.deferred });
  }
  return found;
}

/** Imports at module level: one in a `try` may be there to see whether it succeeds. */
function importsIn({ program }: CellResult): (Import | ImportFrom)[] {
  const lineOf = (offset: number) => program.source.slice(offset, lineEnd(program.source, offset));
  return program.module.body.filter(
    (one): one is Import | ImportFrom =>
      (one.kind === 'Import' || (one.kind === 'ImportFrom' && one.module?.name !== '__future__')) &&
      !/#.*\bnoqa\b/i.test(lineOf(one.end)),
  );
}

function boundBy(statement: Import | ImportFrom, { name, asname }: Alias): string | undefined {
  if (name.name === '*') return undefined;
  if (asname !== undefined) return asname.name;
  return statement.kind === 'Import' ? name.name.split('.')[0] : name.name;
}

function isUsed(name: string, at: number, cells: readonly CellReads[], usedPaths: ReadonlySet<string>): boolean {
  if (cells[at]!.reads.has(name) || usedPaths.has(name)) return true;
  if (cells.some(({ deferred }) => deferred.has(name))) return true;
  for (const { reads, bound } of cells.slice(at + 1)) {
    // A cell that binds the name reads its own.
    if (bound.has(name)) return false;
    if (reads.has(name)) return true;
  }
  return false;
}

function removal({ cell, program }: CellResult, statement: Import | ImportFrom, alias: Alias, name: string): Fix {
  const { source } = program;
  const title = `Remove the import of \`${name}\``;
  const { names } = statement;
  if (names.length === 1) {
    const start = source.lastIndexOf('\n', statement.start - 1) + 1;
    const isWhole = source.slice(start, statement.start).trim() === '' && isRest(source, statement.end);
    const end = isWhole ? Math.min(source.length, lineEnd(source, statement.end) + 1) : statement.end;
    const range = cell.toDocumentRange({ start: isWhole ? start : statement.start, end });
    return { title, edits: [replacement(range, isWhole ? '' : 'pass')] };
  }
  const index = names.indexOf(alias);
  const before = names[index - 1];
  const after = names[index + 1];
  const range = after === undefined ? { start: before!.end, end: alias.end } : { start: alias.start, end: after.start };
  return { title, edits: [replacement(cell.toDocumentRange(range), '')] };
}

function lineEnd(source: string, offset: number): number {
  const end = source.indexOf('\n', offset);
  return end < 0 ? source.length : end;
}

/** True where nothing but a comment follows on the line. */
function isRest(source: string, offset: number): boolean {
  return /^[ \t]*(?:#.*)?$/.test(source.slice(offset, lineEnd(source, offset)));
}
