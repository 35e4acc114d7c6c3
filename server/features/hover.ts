/** Hovers: on a reference its value and where it comes from, on a name in a cell its value, on a constant its source. */
import type { Hover, HoverParams } from 'vscode-languageserver';
import { libraryModules } from '../../mlsys';
import { formerReading } from '../comparison/former';
import { failureText, faultText } from '../diagnostics/faults';
import { unopenedCellFor } from '../diagnostics/rules/unopened-cell';
import type { Analysis, BindingInfo, RefResult, UnknownPlace } from '../evaluation/analysis';
import { readingOf } from '../evaluation/display';
import type { ValueInfo } from '../evaluation/results';
import type { Occurrence } from '../evaluation/symbols/occurrences';
import { Resolver } from '../evaluation/symbols/resolver';
import { type NameSymbol, sourceOf } from '../evaluation/symbols/symbol';
import { doubtText, unknownText } from '../evaluation/unknowns';
import {
  cellLink,
  code,
  guardLines,
  libraryText,
  link,
  origin,
  plain,
  python,
  saysNothing,
  statementText,
  valueText,
} from './describe';
import { encloses, type FeatureContext, type Handler, ifTold, toOffset, toRange } from './feature';
import { includedAt } from './fileLinks';
import { dataLink, dataPlaceOf, dataText, moduleRange, occurrenceInView, symbolPlace, symbolText } from './packages';
import { includedHover, proseHover } from './proseTargets';
import { formulaParts, leafParts } from './provenanceText';
import { wordsAround } from './sentence';
import { sourceAttributes } from './sources';

export const hover: Handler<HoverParams, Hover> = {
  async handle(analysis, { position }, context) {
    const included = includedAt(analysis.chapter, position, context);
    if (included !== undefined) return includedHover(included);
    const offset = toOffset(analysis.chapter, position, context);
    const ref = analysis.refAt(offset);
    const found = analysis.symbols.at(offset);
    if (ref !== undefined)
      return answer(await refParts(ref, found, offset, analysis, context), ref.ref.range, analysis);
    if (found === undefined) {
      const told = proseHover(analysis, offset, context);
      return told === undefined ? null : answer(told.parts, told.range, analysis);
    }
    const parts = await nameParts(found, analysis, context);
    return parts.length === 0 ? null : answer(parts, found.range, analysis);
  },
  inPackage(view, { position }) {
    const found = occurrenceInView(view, position);
    const { symbol } = found ?? {};
    if (found === undefined || symbol?.home.module === undefined || symbol.local !== undefined) return null;
    const value = found.use?.local === undefined ? view.values?.get(found.path) : undefined;
    const shown = value === undefined || isCallable(value) ? [] : [`${code(found.path)} = ${valueText(value)}`];
    const first = new Resolver(view.index).origins(symbol).at(-1);
    const parts = [...shown, ...symbolText(symbol), ...(first?.home.module === undefined ? [] : symbolText(first))];
    return {
      contents: { kind: 'markdown', value: parts.join('\n\n') },
      range: moduleRange(view.module, found.range),
    };
  },
};

function answer(parts: readonly string[], range: { start: number; end: number }, analysis: Analysis): Hover {
  return { contents: { kind: 'markdown', value: parts.join('\n\n') }, range: toRange(analysis.chapter, range) };
}

/** Says of what is shown that it may not be what the present text gives. */
function ageNote({ pending, stale }: Pick<RefResult, 'pending' | 'stale'>): string {
  if (pending) return ' *(before the present edit: being evaluated)*';
  return stale ? ' *(stale: its cell cannot be parsed right now)*' : '';
}

/** The whole of a reference; of an expression also the name under the cursor. */
async function refParts(
  result: RefResult,
  found: Occurrence | undefined,
  offset: number,
  analysis: Analysis,
  context: FeatureContext,
): Promise<string[]> {
  const expr = result.ref.expr.trim();
  const named = analysis.symbols.inRef(result).at(-1);
  const whole = named?.path === expr ? named : undefined;
  const isMissing = result.text === undefined || result.unknown !== undefined;
  const shown = isMissing ? [] : [`${sentence(result, analysis)}${ageNote(result)}`];
  // What is known is of the version before.
  if (result.pending && !isMissing) return shown;
  const isPart = found !== undefined && found.range.end - found.range.start < expr.length;
  const isAsked = isPart && whole === undefined && encloses(found.range, offset);
  return [
    ...shown,
    ...(isMissing ? missingParts(result, analysis, context) : await knownParts(result, whole, analysis, context)),
    ...(isAsked ? await nameParts(found, analysis, context, !isMissing) : []),
    ...cellParts(result, analysis, context),
  ];
}

/** Why a reference has no value. */
function missingParts(result: RefResult, analysis: Analysis, { uri }: FeatureContext): string[] {
  const name = code(result.ref.expr);
  if (result.pending && result.text === undefined) return [`${name} is being evaluated`];
  if (result.unknown !== undefined) return [`${name} is ${unknownLink(result.unknown, analysis, uri)}`];
  const unopened = unopenedCellFor(result, analysis);
  const reason =
    unopened === undefined
      ? result.fault && code(faultText(result.fault))
      : `It is made by code that ${link('has no opening fence', uri, analysis, unopened.codeRange.start)}.`;
  return [`${name} has no value`, ...(reason === undefined ? [] : [reason])];
}

/** What a reference read before, the number behind it with its formula, and what made it; `whole` is the name that it consists of. */
async function knownParts(
  result: RefResult,
  whole: Occurrence | undefined,
  analysis: Analysis,
  context: FeatureContext,
): Promise<string[]> {
  const formula = context.isHurried === true ? [] : await formulaParts(result, analysis, context);
  const parts = [...formerText(result, analysis, context), ...formula];
  const doubt = result.doubt === undefined ? [] : [`*${plain(doubtText(result.doubt, analysis.cells))}*`];
  const { binding, value } = result;
  const made = binding === undefined ? undefined : ((await ifTold(context, () => origin(binding))) ?? binding);
  // A formula tells the value of an expression, and what it reads.
  const isFormula = whole === undefined && formula.length > 0;
  // of `H100.peak.magnitude`, the longest part that a text makes
  const part =
    whole && (whole.symbol ?? analysis.symbols.inRef(result).findLast(one => one.symbol !== undefined)?.symbol);
  const inPackage = made === undefined ? packageSymbol(part) : importedSymbol(made, analysis);
  if (made !== undefined && inPackage === undefined)
    return [...parts, ...(await provenance(made, analysis, context, formula.length > 0)), ...doubt];
  const { expr, cellsBefore } = result.ref;
  const source = whole === undefined ? [] : await ifTold(context, () => told(whole, value, analysis));
  const isAlone = formula.length === 0 && inPackage === undefined && source?.length === 0;
  const leaf = isAlone ? await leafParts(expr.trim(), cellsBefore, analysis, context) : [];
  const isTold = whole !== undefined || isFormula || leaf.length > 0;
  const more = isTold ? leaf : await ifTold(context, () => inputsOf(result, analysis, context.uri));
  return [
    ...parts,
    ...(value === undefined || isFormula || leaf.length > 0 || saysNothing(value) ? [] : [valueText(value)]),
    ...(inPackage === undefined ? [] : [...symbolText(inPackage), ...originText(inPackage, analysis)]),
    ...(source ?? []),
    ...(more ?? []),
    ...doubt,
  ];
}

/** The cell that made the value, with its guards; of a value that is missing, the one that is to blame. */
function cellParts(result: RefResult, analysis: Analysis, { uri }: FeatureContext): string[] {
  const cell = result.cell === undefined ? undefined : analysis.cells[result.cell];
  if (cell !== undefined) {
    const failure = cell.status === 'ok' ? '' : ` ${plain(failureText(cell))}`;
    return [[cellLink(cell, uri, analysis) + failure, ...guardLines(cell).map(guard => `- ${guard}`)].join('\n')];
  }
  const blamed = result.fault?.blame === undefined ? undefined : analysis.cells[result.fault.blame.cell];
  return blamed === undefined ? [] : [`${cellLink(blamed, uri, analysis)} ${plain(failureText(blamed))}`];
}

/** What the reference read before, where that is something else. */
function formerText(result: RefResult, analysis: Analysis, { former }: FeatureContext): string[] {
  const before = former?.();
  const was = before && formerReading(result, analysis, before);
  const now = result.display === undefined ? undefined : readingOf(result.display);
  return was === undefined || was === now ? [] : [`Was **${plain(was)}** at the last commit.`];
}

/** Why something is unknown, with a link to the place where that began. */
function unknownLink(cause: UnknownPlace, analysis: Analysis, uri: string): string {
  const text = unknownText(cause, analysis.cells);
  return cause.range === undefined ? plain(text) : link(text, uri, analysis, cause.range.start);
}

/** A symbol that a package defines. */
function packageSymbol(symbol: NameSymbol | undefined): NameSymbol | undefined {
  return symbol !== undefined && sourceOf(symbol).text.home.module !== undefined ? symbol : undefined;
}

/** The value as it reads in its sentence: with the words around it. */
function sentence({ ref, display }: RefResult, analysis: Analysis): string {
  const text = display === undefined ? '' : readingOf(display);
  const { before, after } = wordsAround(ref.range, analysis, AROUND);
  const shown = text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE)}…` : text;
  return `${plain(before)}**${plain(shown)}**${plain(after)}`;
}

/** Characters of the sentence on each side of a value, and of the value itself. */
const AROUND = 30;
const LONGEST_VALUE = 2000;

/** The line that computed a value, and what it read where no formula tells it. */
async function provenance(
  made: BindingInfo,
  analysis: Analysis,
  context: FeatureContext,
  isTold: boolean,
): Promise<string[]> {
  const { uri } = context;
  const statement = python(statementText(made.statementRange, analysis));
  if (isTold) return [statement];
  const inputs = ((await ifTold(context, () => made.reads)) ?? [])
    .filter(read => !isCallable(read.value))
    .map(read => {
      const { binding } = read;
      const inPackage =
        binding === undefined ? packageSymbolIn(made.cell, read.text, analysis) : importedSymbol(binding, analysis);
      const where =
        inPackage !== undefined
          ? ` ${symbolPlace(inPackage, '↗')}`
          : binding === undefined
            ? ''
            : ` ${link('↗', uri, analysis, binding.range.start)}`;
      return `- ${code(read.text)} = ${valueText(read.value)}${where}`;
    });
  return [statement, ...(inputs.length === 0 ? [] : [inputs.slice(0, MOST_INPUTS).join('\n')])];
}

/** The names of an expression with their values: of each path of attributes the longest one that is no function. */
async function inputsOf(result: RefResult, analysis: Analysis, uri: string): Promise<string[]> {
  const lines: string[] = [];
  const seen = result.ref.cellsBefore;
  const uses = analysis.symbols.inRef(result).filter(({ use }) => use?.local === undefined);
  for (const [at, one] of uses.entries()) {
    if (uses[at + 1]?.path.startsWith(`${one.path}.`)) continue;
    let [leaf, value] = [one, await valueAtPath(one.path, seen, analysis)];
    for (let back = at - 1; (value === undefined || isCallable(value)) && leaf.isMember && back >= 0; back--)
      [leaf, value] = [uses[back]!, await valueAtPath(uses[back]!.path, seen, analysis)];
    if (value === undefined || isCallable(value) || value.unknown !== undefined) continue;
    const isLong = CONTAINERS.has(value.type) && value.repr.length > LONGEST_CONTAINER;
    const shown = isLong ? `, a ${value.type}` : ` = ${valueText(value)}`;
    lines.push(`- ${code(leaf.path)}${shown}${await placeOfInput(leaf, analysis, uri)}`);
    if (lines.length === MOST_INPUTS) break;
  }
  return lines.length === 0 ? [] : [[...new Set(lines)].join('\n')];
}

const MOST_INPUTS = 8;
/** Of a longer list or dict, an expression reads a part. */
const LONGEST_CONTAINER = 60;

async function placeOfInput(input: Occurrence, analysis: Analysis, uri: string): Promise<string> {
  const data = await dataPlaceOf(input, analysis);
  if (data !== undefined) return ` ${dataLink(data, '↗')}`;
  const { symbol } = input;
  if (symbol === undefined || symbol.external !== undefined) return '';
  if (packageSymbol(symbol) !== undefined) return ` ${symbolPlace(symbol, '↗')}`;
  const { text, span } = sourceOf(symbol);
  return ` ${link('↗', uri, analysis, text.toDocument(span).start)}`;
}

/** What a path of names in a cell means in a package. */
function packageSymbolIn(index: number, path: string, analysis: Analysis): NameSymbol | undefined {
  if (!/^[\p{L}_][\p{L}\p{N}_.]*$/u.test(path)) return undefined;
  return packageSymbol(analysis.symbols.pathAt(path, index + 1));
}

/** What a binding stands for that an import made. */
function importedSymbol({ cell, name, range }: BindingInfo, analysis: Analysis): NameSymbol | undefined {
  const definition = analysis.cells[cell]?.definitionsOf(name).find(one => one.range.start === range.start);
  return definition?.from === undefined ? undefined : packageSymbolIn(cell, name, analysis);
}

const CALLABLE = new Set(['function', 'builtin_function_or_method', 'type', 'module', 'method']);
/** What stands for a value that only code would give. */
const COMPUTED = new Set(['property', 'cached_property']);

/** Values of which one item may be told alone. */
const CONTAINERS = new Set(['dict', 'list', 'tuple', 'set', 'defaultdict', 'Counter', 'OrderedDict']);

/** True for what a text tells better than a value. */
function isCallable({ type, kind }: ValueInfo): boolean {
  return kind !== 'other' || CALLABLE.has(type) || COMPUTED.has(type);
}

/** What a name means; where an item of a container is told, all that this holds is not. */
async function nameParts(
  found: Occurrence,
  analysis: Analysis,
  context: FeatureContext,
  isItemTold = false,
): Promise<string[]> {
  const { symbol } = found;
  if (symbol === undefined) return objectParts(found, analysis, context);
  if (packageSymbol(symbol) !== undefined) return packageParts(found, symbol, analysis, context);
  const inLibrary = symbol.external === undefined ? undefined : libraryName(symbol.external);
  const known = inLibrary === undefined ? undefined : libraryText(inLibrary);
  return known === undefined ? chapterParts(found, symbol, analysis, context, isItemTold) : [known];
}

/** Of an object that no text makes: what it is shows only when it runs. */
async function objectParts(found: Occurrence, analysis: Analysis, context: FeatureContext): Promise<string[]> {
  const { path, use } = found;
  const value = use === undefined || !found.isMember ? undefined : await valueAtPath(path, found.text.seen, analysis);
  if (value === undefined || use?.local !== undefined || isCallable(value)) return [];
  const source = await told(found, value, analysis);
  const leaf = source.length > 0 ? [] : await leafParts(path, found.text.seen, analysis, context);
  return [`${code(path)} = ${valueText(value)}`, ...source, ...leaf];
}

async function packageParts(
  found: Occurrence,
  symbol: NameSymbol,
  analysis: Analysis,
  context: FeatureContext,
): Promise<string[]> {
  const { path, use } = found;
  const isValue = use?.local === undefined && symbol.path !== '';
  const value = isValue ? await ifTold(context, () => valueAtPath(path, found.text.seen, analysis)) : undefined;
  const shown = value === undefined || isCallable(value) ? [] : [`${code(path)} = ${valueText(value)}`];
  const text = [...symbolText(symbol), ...originText(symbol, analysis)];
  return [...new Set([...shown, ...text, ...(await told(found, value, analysis))])];
}

/** Of a name that the chapter makes: its value, then where that comes from. */
async function chapterParts(
  found: Occurrence,
  symbol: NameSymbol,
  analysis: Analysis,
  context: FeatureContext,
  isItemTold: boolean,
): Promise<string[]> {
  const { uri } = context;
  const { path, use } = found;
  const { seen } = found.text;
  const binding = bindingFor(found, symbol, analysis);
  const value = await ifTold(
    context,
    () => binding?.value ?? (use?.local === undefined ? valueAtPath(path, seen, analysis) : undefined),
  );
  const parts: string[] = [];
  const maker = binding?.cell ?? seen - 1;
  const age = { pending: analysis.cells[maker]?.pending === true, stale: false };
  const doubt = found.text.cell === undefined ? undefined : analysis.doubtAt(path.split('.', 1)[0]!, seen);
  if (value?.unknown !== undefined)
    parts.push(`${code(path)} is ${unknownLink(analysis.placeOfUnknown(value.unknown), analysis, uri)}`);
  else if (value !== undefined && !isCallable(value) && !(isItemTold && CONTAINERS.has(value.type)))
    parts.push(`${code(path)} = ${valueText(value)}${ageNote(age)}`);
  if (doubt !== undefined && value !== undefined) parts.push(`*${plain(doubtText(doubt, analysis.cells))}*`);
  const { definition } = symbol;
  if (definition?.from !== undefined) return [...parts, `from ${code(definition.from.module)}`];
  const source = sourceOf(symbol);
  const { cell } = source.text;
  if (cell === undefined) return parts;
  if (cell.status === 'syntax-error' && value === undefined && symbol.local === undefined)
    parts.push(`${code(path)} has no value: its cell cannot be parsed`);
  parts.push(python(statementText(source.text.toDocument(source.statement), analysis)));
  const data = await ifTold(context, () => dataPlaceOf(found, analysis));
  if (data !== undefined) parts.push(dataText(data));
  if (found.text.cell !== cell) parts.push(cellLink(cell, uri, analysis));
  return parts;
}

/** The line at which the value of a symbol begins, where that is another one: behind aliases, arguments and properties. */
function originText(symbol: NameSymbol, { packages }: Analysis): string[] {
  const first = packageSymbol(new Resolver(packages).origins(symbol).at(-1));
  return first === undefined ? [] : symbolText(first);
}

/** What the value or its object tells of its source. */
async function told(place: Occurrence, value: ValueInfo | undefined, analysis: Analysis): Promise<readonly string[]> {
  const { path, text } = place;
  if (value === undefined || isCallable(value) || !path.includes('.')) return [];
  const data = await dataPlaceOf(place, analysis);
  return [...(data === undefined ? [] : [dataText(data)]), ...(await sourceAttributes(path, text.seen, analysis))];
}

/** The value at a path of names that starts at the chapter's own. */
async function valueAtPath(path: string, seen: number, analysis: Analysis): Promise<ValueInfo | undefined> {
  const [root, ...rest] = path.split('.') as [string, ...string[]];
  return rest.length === 0 ? analysis.valueAt(root, seen) : (await analysis.membersAt(root, seen, rest))?.value;
}

/** The assignment that made the value, where that is one of the very name. */
function bindingFor(
  { text, range, path }: Occurrence,
  symbol: NameSymbol,
  analysis: Analysis,
): BindingInfo | undefined {
  if (symbol.path !== path || symbol.instance !== undefined || symbol.local !== undefined) return undefined;
  const own = text.cell?.bindingsOf(path).findLast(binding => binding.range.start <= range.start);
  return own ?? analysis.bindingOf(path, text.seen);
}

/** The name within the built-in library, without its modules; undefined for a name of another module. */
export function libraryName(name: string): string | undefined {
  const module = libraryModules()
    .filter(one => /^mlsys\b/.test(one) && name.startsWith(`${one}.`))
    .sort((a, b) => b.length - a.length)[0];
  return module === undefined ? undefined : name.slice(module.length + 1);
}
