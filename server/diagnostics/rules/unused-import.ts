/** An import whose name nothing reads. */
import type { Alias, Import, ImportFrom } from '../../../mlsys';
import type { CellProgram, CellResult } from '../../evaluation/analysis';
import { type ReadIndex, readIndexOf, readsOf } from '../contract/usage';
import type { Fix } from '../finding';
import { replacement } from '../fixes';
import { cellsOf } from '../recording';
import type { Draft, Rule } from '../rule';

export const unusedImport: Rule = {
  code: 'unused-import',
  severity: 'hint',
  *chapter(analysis): Iterable<Draft> {
    const index = readIndexOf(analysis);
    if (index === undefined) return;
    for (const [at, result] of cellsOf(analysis).entries()) {
      // An import that failed has its own finding.
      if (result.status !== 'ok') continue;
      for (const { statement, alias, bound } of unreadAt(result.program)) {
        if (analysis.usedPaths.has(bound) || isUsed(bound, at, index)) continue;
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

interface UnreadImport {
  readonly statement: Import | ImportFrom;
  readonly alias: Alias;
  readonly bound: string;
}

const known = new WeakMap<CellProgram['module'], readonly UnreadImport[]>();

/** The imports that their own cell does not read: most cells have none. */
function unreadAt(program: CellProgram): readonly UnreadImport[] {
  let unread = known.get(program.module);
  if (unread === undefined) {
    const { paths } = readsOf(program);
    unread = importsIn(program).flatMap(statement =>
      statement.names.flatMap(alias => {
        const bound = boundBy(statement, alias);
        return bound === undefined || paths.has(bound) ? [] : [{ statement, alias, bound }];
      }),
    );
    known.set(program.module, unread);
  }
  return unread;
}

/** Imports at module level: one in a `try` may be there to see whether it succeeds. */
function importsIn(program: CellProgram): (Import | ImportFrom)[] {
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

/** Whether a later cell or a function reads the name. */
function isUsed(name: string, at: number, index: ReadIndex): boolean {
  if (index.isDeferred(name)) return true;
  for (const { paths, bound } of index.cells.slice(at + 1)) {
    // A cell that binds the name reads its own.
    if (bound.has(name)) return false;
    if (paths.has(name)) return true;
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
