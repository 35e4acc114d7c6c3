/** Names of workspace packages: what a name of a chapter means there, and how a hover tells it. */
import type { LocationLink, Position } from 'vscode-languageserver';
import { URI } from 'vscode-uri';
import type { Expression, Span } from '../../mlsys';
import type { Analysis } from '../evaluation/analysis';
import type { PackageModule } from '../evaluation/packageIndex';
import type { PackageView } from '../evaluation/packageView';
import type { DataPlace } from '../evaluation/results';
import { type Occurrence, occurrenceAt } from '../evaluation/symbols/occurrences';
import { type Home, type NameSymbol, sourceOf } from '../evaluation/symbols/symbol';
import { code, plain, python } from './describe';
import { groupComment, sourceArguments } from './sources';

/** The name at a place in a file of a package. */
export function occurrenceInView({ module, index }: PackageView, position: Position): Occurrence | undefined {
  return occurrenceAt(index.textOf(module), index, module.lines.offsetAt(position));
}

/**
 * The definition of a symbol as source, with the comments behind and above it, its docstring, what tells its source, and where
 * it stands.
 */
export function symbolText(symbol: NameSymbol): string[] {
  const { path, given } = symbol;
  const { text, statement } = sourceOf(symbol);
  const module = moduleOfHome(text.home);
  const parts: string[] = [];
  if (path !== '') {
    const { source, above } = shownSource(module, statement, given === undefined ? symbol.kind : 'assignment');
    parts.push(python(source));
    const group = groupComment(module.program.source, module.lines, statement, above);
    if (group !== undefined) parts.push(`*${plain(group)}*`);
  }
  if (given !== undefined) parts.push(...sourceArguments(module.program.module, module.program.source, given.span));
  const doc = docOf(symbol);
  if (doc !== undefined) parts.push(plain(doc));
  const line = path === '' ? '' : ` (line ${module.lines.lineAt(statement.start) + 1})`;
  return [...parts, `${code(module.name)}: ${symbolPlace(symbol, shortFile(module))}${line}`];
}

/** A link to the definition. */
export function symbolPlace(symbol: NameSymbol, words: string): string {
  const { text, statement } = sourceOf(symbol);
  const module = moduleOfHome(text.home);
  return `[${plain(words)}](${uriOf(module)}#L${module.lines.lineAt(statement.start) + 1})`;
}

/** A link from a range of some document to the definition. */
export function symbolLink(symbol: NameSymbol): Omit<LocationLink, 'originSelectionRange'> {
  const { text, span, statement } = sourceOf(symbol);
  const module = moduleOfHome(text.home);
  return {
    targetUri: uriOf(module),
    targetRange: moduleRange(module, statement),
    targetSelectionRange: moduleRange(module, span),
  };
}

/** Where in a data file the value of a name stands, or that of which it was made: of an attribute of an instance. */
export async function dataPlaceOf({ isMember, path, use, text }: Occurrence, analysis: Analysis) {
  if (!isMember || use === undefined || use.local !== undefined) return undefined;
  const [root, ...rest] = path.split('.') as [string, ...string[]];
  return (await analysis.membersAt(root, text.seen, rest))?.origin;
}

/** `from devices/pump.yaml:3: flow: 40`, with a link. */
export function dataText(place: DataPlace): string {
  return `from ${dataLink(place, dataName(place))}: ${code(place.line)}`;
}

/** `devices/pump.yaml:3` */
export function dataName({ file, start }: DataPlace): string {
  const name = file.split(/[/\\]/).slice(-2).join('/');
  return `${name}:${start.line + 1}`;
}

/** A link from a range of some document to a place in a data file. */
export function dataTarget({ file, start, end }: DataPlace): Omit<LocationLink, 'originSelectionRange'> {
  return { targetUri: URI.file(file).toString(), targetRange: { start, end }, targetSelectionRange: { start, end } };
}

/** A link to a place in a data file. */
export function dataLink({ file, start }: DataPlace, words: string): string {
  return `[${plain(words)}](${URI.file(file)}#L${start.line + 1})`;
}

function moduleOfHome({ module }: Home): PackageModule {
  if (module === undefined) throw new Error('the symbol is none of a package');
  return module;
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

/** The lines of a statement or argument, and how many lines of comment above it are among them. */
function shownSource({ lines, program }: PackageModule, statement: Span, kind: NameSymbol['kind']) {
  const text = (first: number, last: number) =>
    program.source.slice(lines.lineStart(first), lines.lineStart(last + 1)).replace(/[\r\n]+$/, '');
  const own = lines.lineAt(statement.start);
  let first = own;
  let last = lines.lineAt(Math.max(statement.start, statement.end - 1));
  if (kind === 'class' || kind === 'function') last = headEnd(program.source, statement.start, lines);
  // A comment above tells the source where none stands behind.
  const isPlain = !/#/.test(text(first, last).split('\n').at(-1)!);
  if (isPlain) while (first > 0 && /^\s*#/.test(text(first - 1, first - 1))) first--;
  const rows = text(first, last).split(/\r?\n/);
  const indent = Math.min(...rows.filter(row => row.trim() !== '').map(row => row.length - row.trimStart().length));
  const shown = rows.map(row => row.slice(indent));
  const source = shown.length > MOST_LINES ? [...shown.slice(0, MOST_LINES - 1), '…'].join('\n') : shown.join('\n');
  return { source, above: own - first };
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
function docOf({ home, statement, kind }: NameSymbol): string | undefined {
  if (home.module === undefined) return undefined;
  const { program } = home.module;
  const found = kind === 'module' ? program.module.body[0] : near(program.module.body);
  const value = found?.kind === 'ExprStatement' ? (found.value as Expression & { value?: unknown }) : undefined;
  if (value?.kind !== 'Constant' || typeof value.value !== 'string') return undefined;
  const paragraph = value.value.trim().split(/\n\s*\n/)[0]!;
  return paragraph.replaceAll(/\s*\n\s*/g, ' ');

  type Body = typeof program.module.body;
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
