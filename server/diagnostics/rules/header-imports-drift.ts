/** A header box whose Imports are not what the cell imports. */
import { constantInfo, type ImportedName, symbolIndex } from '../../../mlsys';
import type { CellHeader, HeaderField, HeaderName, OffsetRange } from '../../chapter/model';
import type { CellProgram, CellResult } from '../../evaluation/analysis';
import { contractOf } from '../contract/cellContract';
import { fieldEdit, inChapter, isListOfNames } from '../contract/headerText';
import { oncePerText } from '../contract/oncePerText';
import type { Fix, TextEdit } from '../finding';
import { cellsOf } from '../recording';
import type { Draft, Rule } from '../rule';
import { andList } from '../similar';

export const headerImportsDrift: Rule = {
  code: 'header-imports-drift',
  severity: 'hint',
  *cell(cell): Iterable<Draft> {
    const drift = cell.status === 'syntax-error' ? undefined : driftOf(cell);
    if (drift !== undefined) yield drift;
  },
  *chapter(analysis): Iterable<Draft> {
    yield* moduleLeftOut(cellsOf(analysis));
  },
  readAhead: (cell, program) => driftIn(program, cell.sourceHeader),
};

/** So many times at least, a chapter's headers name the modules that their cells import, before a single omission is one. */
const HABIT = 4;

/** The one module of a chapter that a header does not name, where all headers name all others. */
function* moduleLeftOut(cells: readonly CellResult[]): Iterable<Draft> {
  let named = 0;
  const missed: {
    readonly cell: CellResult;
    readonly header: CellHeader;
    readonly field: HeaderField;
    readonly module: string;
  }[] = [];
  for (const cell of cells) {
    const header = cell.status === 'syntax-error' ? undefined : cell.cell.sourceHeader;
    const field = header?.field('Imports');
    if (header === undefined || field === undefined || field.isOpen || !isListOfNames(field)) continue;
    const { names } = symbolIndex(cell.program.module);
    // `import math`: of the standard library as a whole, few headers speak.
    for (const [module, members] of modulesOf(names.imports, names.starImports))
      if (members.size === 0 && !module.includes('.')) continue;
      else if (field.text.includes(module)) named++;
      else missed.push({ cell, header, field, module });
  }
  const [only, ...more] = missed;
  if (only === undefined || more.length > 0 || named < HABIT || driftOf(only.cell) !== undefined) return;
  const { cell, header, field, module } = only;
  const { names } = symbolIndex(cell.program.module);
  const modules = modulesOf(names.imports, names.starImports);
  const fix = fixOf(cell, { header, field, at: field.nameRange, message: '', modules });
  yield {
    range: cell.cell.toDocumentRange(field.nameRange),
    message: `The header does not list \`${module}\`, from which the cell imports; all other headers list their modules.`,
    ...(fix === undefined ? {} : { fixes: [fix] }),
  };
}

/** Where the text of a cell does not keep what its header says. */
interface Drift {
  readonly header: CellHeader;
  readonly field: HeaderField;
  readonly at: OffsetRange;
  readonly message: string;
  readonly modules: Modules;
}

function driftOf(result: CellResult): Draft | undefined {
  const { cell, program } = result;
  const drift = driftIn(program, cell.sourceHeader);
  if (drift === undefined) return undefined;
  const fix = fixOf(result, drift);
  return {
    range: cell.toDocumentRange(drift.at),
    message: drift.message,
    ...(fix === undefined ? {} : { fixes: [fix] }),
  };
}

/** The statements of a cell without such a header need not be read. */
function driftIn(program: CellProgram, header: CellHeader | undefined): Drift | undefined {
  const field = header?.field('Imports');
  return header === undefined || field === undefined ? undefined : driftOfText(program, header, field);
}

const driftOfText = oncePerText(readDrift);

function readDrift(program: CellProgram, header: CellHeader, field: HeaderField): Drift | undefined {
  const { reads } = contractOf(program);
  const { names } = symbolIndex(program.module);
  const listed = field.names;
  if (listed.length === 0 && !/^\(?none\b/i.test(field.text)) return undefined;
  const modules = modulesOf(names.imports, names.starImports);
  const isTaken = ({ name, module }: HeaderName): boolean => {
    if (names.starImports.length > 0 && module !== undefined) return true;
    // The import may stand in an earlier cell.
    if (reads.has(name) || [...reads].some(path => path.endsWith(`.${name}`))) return true;
    if (module === undefined)
      return (
        [...modules.keys()].some(one => one === name || one.startsWith(`${name}.`)) || imports(names.imports, name)
      );
    return names.imports.some(one => one.name === name || one.bound === name);
  };
  // `mlsys.formatting (fmt)`: the module counts by what is taken of it.
  const counted = new Set(listed.flatMap(one => (one.module !== undefined && isTaken(one) ? [one.module] : [])));
  const gone = listed.filter(one => !isTaken(one) && !(one.module === undefined && counted.has(one.name)));
  const unlisted =
    field.isOpen || !isListOfNames(field)
      ? []
      : listed.length === 0
        ? [...modules.keys()]
        : [...modules].flatMap(([module, members]) => [
            ...missing(module, members, listed),
            ...leftOut(module, members, listed),
          ]);
  if (gone.length === 0 && unlisted.length === 0) return undefined;
  const message = [
    ...(gone.length === 0
      ? []
      : [`The header imports ${andList(gone.map(({ name }) => name))}, which the cell does not.`]),
    ...(unlisted.length === 0 ? [] : [`The header does not list ${andList(unlisted)}, which the cell imports.`]),
  ].join(' ');
  return { header, field, at: gone[0]?.range ?? field.nameRange, message, modules };
}

/** What is taken of each module, in order; nothing of one that is imported as a whole. */
type Modules = ReadonlyMap<string, ReadonlySet<string>>;

function modulesOf(imports: readonly ImportedName[], stars: readonly string[]): Modules {
  const modules = new Map<string, Set<string>>();
  for (const module of stars) modules.set(module, new Set(['*']));
  for (const { module, level, name } of imports) {
    const whole = '.'.repeat(level) + module;
    const members = modules.get(whole) ?? new Set();
    modules.set(whole, name === undefined ? members : members.add(name));
  }
  modules.delete('__future__');
  return modules;
}

/** `a.b` for `from a import b`. */
function imports(found: readonly ImportedName[], path: string): boolean {
  return found.some(({ module, name }) => name !== undefined && `${module}.${name}` === path);
}

/** Constants with a source that the header leaves out while it lists others of their module; units and helpers need no mention. */
function missing(module: string, members: ReadonlySet<string>, listed: readonly HeaderName[]): string[] {
  const own = listed.filter(one => one.module === module);
  if (own.length === 0) return [];
  return [...members].filter(name => constantInfo(name)?.source !== undefined && !own.some(one => one.name === name));
}

/** The one name of a module that a list leaves out which has all others, units and helpers among them: it was meant to have it as well. */
function leftOut(module: string, members: ReadonlySet<string>, listed: readonly HeaderName[]): string[] {
  const isListed = (name: string) => listed.some(one => one.module === module && one.name === name);
  const hasSource = (name: string) => constantInfo(name)?.source !== undefined;
  const missed = [...members].filter(name => !isListed(name));
  const [only, ...more] = missed;
  if (only === undefined || more.length > 0 || members.size - 1 < ENOUGH || hasSource(only)) return [];
  return [...members].some(name => isListed(name) && !hasSource(name)) ? [only] : [];
}

/** A list of so many names is no mere sample. */
const ENOUGH = 2;

/** The edit that takes names out of the header, with their imports; undefined where the header lists none of them. */
export function headerWithout(gone: ReadonlySet<string>, { cell, program }: CellResult): TextEdit | undefined {
  const header = cell.sourceHeader;
  const field = header?.field('Imports');
  if (header === undefined || field === undefined || !isListOfNames(field)) return undefined;
  if (!field.names.some(({ name }) => gone.has(name))) return undefined;
  const { names } = symbolIndex(program.module);
  const left = modulesOf(
    names.imports.filter(one => !gone.has(one.name ?? one.module)),
    names.starImports,
  );
  return inChapter(fieldEdit(program.source, header, field, tokensOf(left)), cell);
}

/** Undefined where the field says more than names. */
function fixOf({ cell, program }: CellResult, { header, field, modules }: Drift): Fix | undefined {
  if (!isListOfNames(field)) return undefined;
  const edit = fieldEdit(program.source, header, field, tokensOf(modules));
  return {
    title: "Bring the header's Imports up to date",
    preferred: true,
    edits: [inChapter(edit, cell)],
  };
}

/** `a.b (c`, `d)` for `from a.b import c, d`. */
function tokensOf(modules: Modules): readonly string[] {
  return [...modules].flatMap(([module, members]) => {
    const taken = [...members].filter(name => name !== '*');
    if (taken.length === 0) return [module];
    return taken.map((name, at) => `${at === 0 ? `${module} (` : ''}${name}${at === taken.length - 1 ? ')' : ''}`);
  });
}
