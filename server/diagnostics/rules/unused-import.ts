/** An import whose name nothing reads. */
import type { Alias, Import, ImportFrom } from '../../../mlsys';
import type { CellProgram, CellResult } from '../../evaluation/analysis';
import { oncePerText } from '../contract/oncePerText';
import { type ReadIndex, readIndexOf, readsOf } from '../contract/usage';
import type { Fix, TextEdit } from '../finding';
import { replacement } from '../fixes';
import { cellsOf } from '../recording';
import type { Draft, Rule } from '../rule';
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
      for (const { statement, alias, bound } of unreadAt(result.program)) {
        if (analysis.usedPaths.has(bound) || isUsed(bound, at, index)) continue;
        if (statement.kind === 'Import' && analysis.packages.acts(alias.name.name)) continue;
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

/** The header, which stands above the code, lists it no more. */
function removal(result: CellResult, statement: Import | ImportFrom, alias: Alias, name: string): Fix {
  const header = headerWithout(alias.name.name, result);
  const own = removalOf(result, statement, alias);
  return {
    title: `Remove the import of \`${name}\`${header === undefined ? '' : ', here and in the header'}`,
    edits: header === undefined ? [own] : [header, own],
  };
}

function removalOf({ cell, program }: CellResult, statement: Import | ImportFrom, alias: Alias): TextEdit {
  const { source } = program;
  const { names } = statement;
  if (names.length === 1) {
    const whole = wholeLines(source, statement);
    return replacement(cell.toDocumentRange(whole ?? statement), whole === undefined ? 'pass' : '');
  }
  const index = names.indexOf(alias);
  const before = names[index - 1];
  const after = names[index + 1];
  const range = after === undefined ? { start: before!.end, end: alias.end } : { start: alias.start, end: after.start };
  return replacement(cell.toDocumentRange(range), '');
}
