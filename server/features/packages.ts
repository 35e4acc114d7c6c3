/** Names of workspace packages: what a name of a chapter means there, and how a hover tells it. */
import type { LocationLink, Position } from 'vscode-languageserver';
import { URI } from 'vscode-uri';
import { type Expression, type Module, moduleOf, symbolIndex } from '../../mlsys';
import type { OffsetRange } from '../chapter/model';
import type { Analysis } from '../evaluation/analysis';
import { absolute, type PackageModule, type PackageSymbol } from '../evaluation/packageIndex';
import type { PackageView } from '../evaluation/packageView';
import { code, plain, python } from './describe';
import { encloses } from './feature';
import { cellsSeen, type NamedPath } from './symbols';

/** What an occurrence means in a package; undefined for names of the chapter itself and of the built-in library. */
export function packageSymbol(occurrence: NamedPath, analysis: Analysis): PackageSymbol | undefined {
  if (occurrence.local !== undefined) return undefined;
  const seen = cellsSeen(occurrence);
  const [root, ...rest] = occurrence.path.split('.') as [string, ...string[]];
  const definition = analysis.exportsAt(seen).get(root) ?? analysis.definitionOf(root, seen);
  const { from } = definition ?? {};
  if (from === undefined) return undefined;
  const stars = analysis.cells[definition!.cell]?.names.starImports ?? [];
  // Of several star imports nobody knows which one bound the name: the last that has it.
  const modules = definition!.kind === 'import' && stars.at(-1) === from.module ? [...stars].reverse() : [from.module];
  const path = from.name === undefined ? rest : [from.name, ...rest];
  for (const module of modules) {
    const found = analysis.packages.resolve(module, path);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The module that an import names at an offset, with its dots. */
export function importedModuleAt(module: Module, offset: number): { name: string; range: OffsetRange } | undefined {
  for (const node of symbolIndex(module).imports) {
    if (node.kind === 'ImportFrom') {
      if (node.module !== undefined && encloses(node.module, offset))
        return { name: moduleOf(node), range: node.module };
    } else for (const { name } of node.names) if (encloses(name, offset)) return { name: name.name, range: name };
  }
  return undefined;
}

/** The name at a place in a file of a package, and what it means; undefined for local names and those of the library. */
export function symbolInView(
  { module, index }: PackageView,
  position: Position,
): { readonly path: string; readonly range: OffsetRange; readonly symbol: PackageSymbol } | undefined {
  const offset = module.lines.offsetAt(position);
  const uses = symbolIndex(module.program.module).uses.filter(use => encloses(use.span, offset));
  const use = uses.find(one => offset < one.span.end) ?? uses[0];
  if (use === undefined) {
    const named = importedModuleAt(module.program.module, offset);
    const found = named === undefined ? undefined : index.resolve(absolute(module, named.name), []);
    return found === undefined ? undefined : { path: '', range: named!.range, symbol: found };
  }
  const symbol = use.local === undefined ? index.resolve(module.name, use.path.split('.')) : undefined;
  return symbol === undefined ? undefined : { path: use.path, range: use.span, symbol };
}

/** The same for the module that an import in a cell names. */
export function importedModule(
  analysis: Analysis,
  offset: number,
): { readonly range: OffsetRange; readonly symbol: PackageSymbol } | undefined {
  const cell = analysis.cellAt(offset);
  if (cell === undefined || !encloses(cell.cell.codeRange, offset)) return undefined;
  const named = importedModuleAt(cell.program.module, cell.cell.toSource(offset));
  const symbol = named === undefined ? undefined : analysis.packages.resolve(named.name, []);
  return symbol === undefined ? undefined : { range: cell.cell.toDocumentRange(named!.range), symbol };
}

/** The definition of a symbol as source, with the comment behind or above it, its docstring, and where it stands. */
export function symbolText(symbol: PackageSymbol): string[] {
  const { module, path } = symbol;
  const parts: string[] = [];
  if (path !== '') parts.push(python(sourceOf(symbol)));
  const doc = docOf(symbol);
  if (doc !== undefined) parts.push(plain(doc));
  const line = path === '' ? '' : ` (line ${module.lines.lineAt(symbol.statement.start) + 1})`;
  return [...parts, `${code(module.name)}: ${symbolPlace(symbol, shortFile(module))}${line}`];
}

/** A link to the definition. */
export function symbolPlace({ module, statement }: PackageSymbol, text: string): string {
  return `[${plain(text)}](${uriOf(module)}#L${module.lines.lineAt(statement.start) + 1})`;
}

/** A link from a range of some document to the definition. */
export function symbolLink(symbol: PackageSymbol): Omit<LocationLink, 'originSelectionRange'> {
  return {
    targetUri: uriOf(symbol.module),
    targetRange: moduleRange(symbol.module, symbol.statement),
    targetSelectionRange: moduleRange(symbol.module, symbol.span),
  };
}

/** A range of a module's source in lines and columns. */
export function moduleRange(
  { lines }: PackageModule,
  { start, end }: { readonly start: number; readonly end: number },
) {
  return { start: lines.positionAt(start), end: lines.positionAt(end) };
}

export function uriOf({ file }: PackageModule): string {
  return URI.file(file).toString();
}

/** The file as the author knows it: from the top of its package. */
function shortFile({ name, file, isPackage }: PackageModule): string {
  const depth = name.split('.').length + (isPackage ? 1 : 0);
  return file.split(/[/\\]/).slice(-depth).join('/');
}

/** Longer statements are cut. */
const MOST_LINES = 8;

function sourceOf({ module, statement, kind }: PackageSymbol): string {
  const { lines, program } = module;
  const text = (first: number, last: number) =>
    program.source.slice(lines.lineStart(first), lines.lineStart(last + 1)).replace(/[\r\n]+$/, '');
  let first = lines.lineAt(statement.start);
  let last = lines.lineAt(Math.max(statement.start, statement.end - 1));
  if (kind === 'class' || kind === 'function') last = headEnd(program.source, statement.start, lines);
  // A comment above tells the source where none stands behind.
  const isPlain = !/#/.test(text(first, last).split('\n').at(-1)!);
  if (isPlain) while (first > 0 && /^\s*#/.test(text(first - 1, first - 1))) first--;
  const rows = text(first, last).split(/\r?\n/);
  const indent = Math.min(...rows.filter(row => row.trim() !== '').map(row => row.length - row.trimStart().length));
  const shown = rows.map(row => row.slice(indent));
  return shown.length > MOST_LINES ? [...shown.slice(0, MOST_LINES - 1), '…'].join('\n') : shown.join('\n');
}

/** The last line of a head such as `def f(x,\n  y):`. */
function headEnd(source: string, start: number, lines: PackageModule['lines']): number {
  let depth = 0;
  let at = source.slice(start).search(/\b(def|class)\b/) + start;
  for (; at < source.length; at++) {
    const ch = source[at]!;
    if ('([{'.includes(ch)) depth++;
    else if (')]}'.includes(ch)) depth--;
    else if (ch === ':' && depth === 0) break;
  }
  return lines.lineAt(Math.min(at, source.length - 1));
}

/** The text in the first statement of a body, or right behind an assignment. */
function docOf({ module, statement, kind }: PackageSymbol): string | undefined {
  const found = kind === 'module' ? module.program.module.body[0] : near(module.program.module.body);
  const value = found?.kind === 'ExprStatement' ? (found.value as Expression & { value?: unknown }) : undefined;
  if (value?.kind !== 'Constant' || typeof value.value !== 'string') return undefined;
  const paragraph = value.value.trim().split(/\n\s*\n/)[0]!;
  return paragraph.replaceAll(/\s*\n\s*/g, ' ');

  type Body = typeof module.program.module.body;
  function near(body: Body): Body[number] | undefined {
    for (const [at, one] of body.entries()) {
      if (one.start === statement.start && one.end === statement.end)
        return one.kind === 'FunctionDef' || one.kind === 'ClassDef' ? one.body[0] : body[at + 1];
      const inner = one.start <= statement.start && statement.end <= one.end && 'body' in one;
      if (inner) return near(one.body as Body);
    }
    return undefined;
  }
}
