/** An import whose name nothing reads. */
import type { Alias, Import, ImportFrom } from '../../../mlsys';
import type { CellProgram, CellResult } from '../../evaluation/analysis';
import { oncePerText } from '../contract/oncePerText';
import { type ReadIndex, readIndexOf, readsOf } from '../contract/usage';
import type { Fix, TextEdit } from '../finding';
import { replacement } from '../fixes';
import { cellsOf } from '../recording';
import type { Draft, Rule } from '../rule';
import { andList } from '../similar';
import { restOfLine, wholeLines } from '../sourceLines';
import { headerWithout } from './header-imports-drift';

export const unusedImport: Rule = {
  code: 'unused-import',
  severity: 'hint',
  canWait: true,
  *chapter(analysis): Iterable<Draft> {
    const index = readIndexOf(analysis);
    if (index === undefined) return;
    for (const [at, result] of cellsOf(analysis).entries()) {
      // An import that failed has its own finding.
      if (result.status !== 'ok') continue;
      // Other chapters that include the file may read what this one does not.
      if (analysis.chapter.composition?.fileAt(result.cell.range.start) !== undefined) continue;
      const unread = unreadAt(result.program).filter(
        ({ statement, alias, bound }) =>
          !analysis.usedPaths.has(bound) &&
          !isUsed(bound, at, index) &&
          !(statement.kind === 'Import' && analysis.packages.acts(alias.name.name)),
      );
      for (const statement of new Set(unread.map(one => one.statement)))
        yield told(
          result,
          statement,
          unread.filter(one => one.statement === statement),
        );
    }
  },
};

/** All unread names of one statement are one finding. */
function told(result: CellResult, statement: Import | ImportFrom, unread: readonly UnreadImport[]): Draft {
  const places = unread.map(({ alias }) => result.cell.toDocumentRange({ start: alias.start, end: alias.end }));
  return {
    range: places[0]!,
    message: `Nothing reads ${andList(unread.map(({ bound }) => bound))}, which this imports.`,
    tags: ['unnecessary'],
    related: places.slice(1).map((range, at) => ({ range, message: `nor \`${unread[at + 1]!.bound}\`` })),
    fixes: [removal(result, statement, unread)],
  };
}

interface UnreadImport {
  readonly statement: Import | ImportFrom;
  readonly alias: Alias;
  readonly bound: string;
}

/** The imports that their own cell does not read: most cells have none. */
const unreadAt = oncePerText((program): readonly UnreadImport[] => {
  const { paths } = readsOf(program);
  return importsIn(program).flatMap(statement =>
    statement.names.flatMap(alias => {
      const bound = boundBy(statement, alias);
      return bound === undefined || paths.has(bound) ? [] : [{ statement, alias, bound }];
    }),
  );
});

/** Imports at module level: one in a `try` may be there to see whether it succeeds. */
function importsIn(program: CellProgram): (Import | ImportFrom)[] {
  return program.module.body.filter(
    (one): one is Import | ImportFrom =>
      (one.kind === 'Import' || (one.kind === 'ImportFrom' && one.module?.name !== '__future__')) &&
      !/#.*\bnoqa\b/i.test(restOfLine(program.source, one.end)),
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

/** The header, which stands above the code, lists them no more. */
function removal(result: CellResult, statement: Import | ImportFrom, unread: readonly UnreadImport[]): Fix {
  const header = headerWithout(new Set(unread.map(({ alias }) => alias.name.name)), result);
  const own = removalsOf(
    result,
    statement,
    unread.map(({ alias }) => alias),
  );
  return {
    title: `Remove the import of ${andList(unread.map(({ bound }) => bound))}${header === undefined ? '' : ', here and in the header'}`,
    edits: header === undefined ? own : [header, ...own],
  };
}

function removalsOf(
  { cell, program }: CellResult,
  statement: Import | ImportFrom,
  removed: readonly Alias[],
): readonly TextEdit[] {
  const { source } = program;
  const { names } = statement;
  if (removed.length === names.length) {
    const whole = wholeLines(source, statement);
    return [replacement(cell.toDocumentRange(whole ?? statement), whole === undefined ? 'pass' : '')];
  }
  // Names that follow each other go together: with the comma behind them, or the one before them at the end.
  return names.flatMap((alias, first) => {
    if (!removed.includes(alias) || (first > 0 && removed.includes(names[first - 1]!))) return [];
    const next = names.findIndex((one, at) => at > first && !removed.includes(one));
    const range =
      next < 0
        ? { start: names[first - 1]!.end, end: names.at(-1)!.end }
        : { start: alias.start, end: names[next]!.start };
    return [replacement(cell.toDocumentRange(range), '')];
  });
}
