/** Names that an import would bring, and where a cell takes a new import. */

import { entryOf, type ImportFrom, knownModules, libraryMembers } from '../../mlsys';
import type { Analysis, CellResult } from '../evaluation/analysis';
import type { Fix, TextEdit } from './finding';
import { replacement } from './fixes';
import { lineStart } from './sourceLines';

/** One way to import a name: `from module import name`, or `import module` (`as name`). */
export interface ImportChoice {
  readonly module: string;
  /** The name in the module; undefined for the module itself. */
  readonly member: string | undefined;
  readonly statement: string;
}

/** How authors call these modules. */
const ALIASES: Readonly<Record<string, string>> = {
  np: 'numpy',
  plt: 'matplotlib.pyplot',
  ticker: 'matplotlib.ticker',
  mpatches: 'matplotlib.patches',
  mcolors: 'matplotlib.colors',
};

/** Modules from which single names are imported, the likelier ones first. */
const MEMBER_MODULES = ['mlsys.formatting', 'mlsys.constants', 'mlsys', 'mlsys.formulas'];

/** The imports that would define `name`, the likeliest first: from the book's own modules, then from the library. */
export function importsOf(name: string, analysis: Analysis): ImportChoice[] {
  const choices = fromPackages(name, analysis);
  const alias = entryOf(ALIASES, name);
  if (alias !== undefined) choices.push({ module: alias, member: undefined, statement: `import ${alias} as ${name}` });
  for (const module of MEMBER_MODULES)
    if (libraryMembers(module).some(member => member.name === name))
      choices.push({ module, member: name, statement: `from ${module} import ${name}` });
  if (alias === undefined && knownModules().includes(name))
    choices.push({ module: name, member: undefined, statement: `import ${name}` });
  return choices;
}

/** How many modules of the book are offered. */
const MOST = 3;

/** Modules that the chapter imports, directly or not, and that have the name; those first whose names its cells take. */
function fromPackages(name: string, { packages, cells }: Analysis): ImportChoice[] {
  if (packages.has(name)) return [{ module: name, member: undefined, statement: `import ${name}` }];
  const taken = new Set(cells.flatMap(({ names }) => names.imports.map(one => one.module)));
  const rank = (module: string) => (taken.has(module) ? 0 : 100) + module.split('.').length;
  return [...packages.modulesWith(name)]
    .sort((a, b) => rank(a) - rank(b))
    .slice(0, MOST)
    .map(module => ({ module, member: name, statement: `from ${module} import ${name}` }));
}

/** The fix that adds an import to a cell: to a `from` import of the same module if there is one, else as a line of its own. */
export function importFix(cell: CellResult, choice: ImportChoice): Fix {
  return { title: `Add \`${choice.statement}\``, preferred: true, edits: [importEdit(cell, choice)] };
}

/** The edit that adds an import to a cell. */
export function importEdit(cell: CellResult, choice: ImportChoice): TextEdit {
  const { body } = cell.program.module;
  const existing = body.find(
    (statement): statement is ImportFrom =>
      statement.kind === 'ImportFrom' &&
      statement.level === 0 &&
      statement.module?.name === choice.module &&
      statement.names[0]?.name.name !== '*',
  );
  if (choice.member !== undefined && existing !== undefined) {
    const at = existing.names.at(-1)!.end;
    return replacement(cell.cell.toDocumentRange({ start: at, end: at }), `, ${choice.member}`);
  }
  const first = body.find(statement => !isDocstring(statement));
  const source = first === undefined ? cell.program.source.length : lineStart(cell.program.source, first.start);
  const at = cell.cell.toDocumentRange({ start: source, end: source });
  // `toDocument` of a line's start is behind the fence's indentation, so the next line needs it again.
  return replacement(at, `${choice.statement}\n${cell.cell.indentation}`);
}

function isDocstring(statement: { kind: string }): boolean {
  return (
    statement.kind === 'ExprStatement' &&
    'value' in statement &&
    (statement.value as { kind: string }).kind === 'Constant'
  );
}
