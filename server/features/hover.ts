/** Hovers: on a reference its value and where it comes from, on a name in a cell its value, on a constant its source. */
import type { Hover, HoverParams } from 'vscode-languageserver';
import { faultText, troubleText } from '../diagnostics/faults';
import { unopenedCellFor } from '../diagnostics/rules/unopened-cell';
import type { Analysis, BindingInfo, RefResult, UnknownPlace } from '../evaluation/analysis';
import { readingOf } from '../evaluation/display';
import type { PackageSymbol } from '../evaluation/packageIndex';
import type { ValueInfo } from '../evaluation/results';
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
  statementText,
  valueText,
} from './describe';
import { type FeatureContext, type Handler, toOffset, toRange } from './feature';
import { importedModule, moduleRange, packageSymbol, symbolInView, symbolPlace, symbolText } from './packages';
import { cellsSeen, definitionFor, type Occurrence, occurrencesInRef, symbolAt } from './symbols';

export const hover: Handler<HoverParams, Hover> = {
  async handle(analysis, { position }, context) {
    const offset = toOffset(analysis.chapter, position);
    const ref = analysis.refAt(offset);
    if (ref !== undefined) return answer(refParts(ref, analysis, context), ref.ref.range, analysis);
    const symbol = symbolAt(analysis, offset);
    if (symbol === undefined) {
      const module = importedModule(analysis, offset);
      return module === undefined ? null : answer(symbolText(module.symbol), module.range, analysis);
    }
    const parts = await nameParts(symbol, analysis, context);
    return parts.length === 0 ? null : answer(parts, symbol.range, analysis);
  },
  inPackage(view, { position }) {
    const found = symbolInView(view, position);
    if (found === undefined) return null;
    const value = found.path === '' ? undefined : view.values?.get(found.path);
    const shown = value === undefined || isCallable(value) ? [] : [`${code(found.path)} = ${valueText(value)}`];
    const parts = [...shown, ...symbolText(found.symbol)];
    return {
      contents: { kind: 'markdown', value: parts.join('\n\n') },
      range: moduleRange(view.module, found.range),
    };
  },
};

function answer(parts: readonly string[], range: { start: number; end: number }, analysis: Analysis): Hover {
  return { contents: { kind: 'markdown', value: parts.join('\n\n') }, range: toRange(analysis.chapter, range) };
}

function refParts(result: RefResult, analysis: Analysis, { uri }: FeatureContext): string[] {
  const parts: string[] = [];
  if (result.unknown !== undefined) {
    parts.push(`${code(result.ref.expr)} is ${unknownLink(result.unknown, analysis, uri)}`);
  } else if (result.text === undefined) {
    parts.push(`${code(result.ref.expr)} has no value`);
    const unopened = unopenedCellFor(result, analysis);
    if (unopened !== undefined)
      parts.push(`It is made by code that ${link('has no opening fence', uri, analysis, unopened.codeRange.start)}.`);
    else if (result.fault !== undefined) parts.push(code(faultText(result.fault)));
  } else {
    parts.push(`${sentence(result, analysis)}${result.stale ? ' *(stale: its cell cannot be parsed right now)*' : ''}`);
    const made = result.binding === undefined ? undefined : origin(result.binding);
    const inPackage = made === undefined ? packageSymbolOfRef(result, analysis) : importedSymbol(made, analysis);
    if (made !== undefined && inPackage === undefined) parts.push(...provenance(made, analysis, uri));
    else {
      if (result.value !== undefined) parts.push(valueText(result.value));
      if (inPackage !== undefined) parts.push(...symbolText(inPackage));
    }
    if (result.doubt !== undefined) parts.push(`*${plain(doubtText(result.doubt, analysis.cells))}*`);
  }
  const cell = result.cell === undefined ? undefined : analysis.cells[result.cell];
  const blamed = result.fault?.blame === undefined ? undefined : analysis.cells[result.fault.blame.cell];
  if (cell !== undefined) {
    const guards = guardLines(cell);
    const trouble = cell.status === 'ok' ? '' : ` ${plain(troubleText(cell))}`;
    parts.push([cellLink(cell, uri, analysis) + trouble, ...guards.map(guard => `- ${guard}`)].join('\n'));
  } else if (blamed !== undefined) parts.push(`${cellLink(blamed, uri, analysis)} ${plain(troubleText(blamed))}`);
  return parts;
}

/** Why something is unknown, with a link to the place where that began. */
function unknownLink(cause: UnknownPlace, analysis: Analysis, uri: string): string {
  const text = unknownText(cause, analysis.cells);
  return cause.range === undefined ? plain(text) : link(text, uri, analysis, cause.range.start);
}

/** What the expression of a reference names in a package, where it is a name or a path of names. */
function packageSymbolOfRef(result: RefResult, analysis: Analysis): PackageSymbol | undefined {
  const named = occurrencesInRef(result).at(-1);
  return named?.path === result.ref.expr.trim() ? packageSymbol(named, analysis) : undefined;
}

/** The value as it reads in its sentence: with the words around it. */
function sentence({ ref, display }: RefResult, analysis: Analysis): string {
  const text = display === undefined ? '' : readingOf(display);
  const line = analysis.chapter.lines.lineAt(ref.range.start);
  const { lines } = analysis.chapter;
  const before = analysis.chapter.slice(lines.lineStart(line), ref.range.start);
  const after = analysis.chapter.slice(ref.range.end, lines.lineStart(line + 1)).trimEnd();
  const left = words(before, analysis, lines.lineStart(line));
  const right = words(after, analysis, ref.range.end);
  const start = left.length > AROUND ? `…${left.slice(-AROUND)}` : left;
  const end = right.length > AROUND ? `${right.slice(0, AROUND)}…` : right;
  const shown = text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE)}…` : text;
  return `${plain(start)}**${plain(shown)}**${plain(end)}`;
}

/** Characters of the sentence on each side of a value, and of the value itself. */
const AROUND = 30;
const LONGEST_VALUE = 2000;

/** Prose with the values of its references in place and without its marks of emphasis. */
function words(text: string, analysis: Analysis, offset: number): string {
  return text
    .replaceAll(/`\{python\}[^`]*`/g, (match, at: number) => {
      const display = analysis.refAt(offset + at + 1)?.display;
      return display === undefined ? match : readingOf(display);
    })
    .replaceAll('**', '');
}

/** The line that computed a value, and what it read. */
function provenance(made: BindingInfo, analysis: Analysis, uri: string): string[] {
  const inputs = made.reads
    .filter(read => !isCallable(read.value))
    .map(read => {
      const place = read.binding === undefined ? code(read.text) : `${code(read.text)}`;
      const { binding } = read;
      const inPackage =
        binding === undefined ? packageSymbolIn(made.cell, read.text, analysis) : importedSymbol(binding, analysis);
      const where =
        inPackage !== undefined
          ? ` ${symbolPlace(inPackage, '↗')}`
          : binding === undefined
            ? ''
            : ` ${link('↗', uri, analysis, binding.range.start)}`;
      return `- ${place} = ${valueText(read.value)}${where}`;
    });
  return [python(statementText(made, analysis)), ...(inputs.length === 0 ? [] : [inputs.slice(0, 8).join('\n')])];
}

/** What a path of names in a cell means in a package. */
function packageSymbolIn(index: number, path: string, analysis: Analysis): PackageSymbol | undefined {
  const cell = analysis.cells[index];
  if (cell === undefined || !/^[\p{L}_][\p{L}\p{N}_.]*$/u.test(path)) return undefined;
  return packageSymbol({ path, local: undefined, cell, ref: undefined }, analysis);
}

/** What a binding stands for that an import made. */
function importedSymbol({ cell, name, range }: BindingInfo, analysis: Analysis): PackageSymbol | undefined {
  const definition = analysis.cells[cell]?.definitionsOf(name).find(one => one.range.start === range.start);
  return definition?.from === undefined ? undefined : packageSymbolIn(cell, name, analysis);
}

const CALLABLE = new Set(['function', 'builtin_function_or_method', 'type', 'module', 'method']);

function isCallable({ type }: ValueInfo): boolean {
  return CALLABLE.has(type);
}

async function nameParts(symbol: Occurrence, analysis: Analysis, { uri }: FeatureContext): Promise<string[]> {
  const seen = cellsSeen(symbol);
  const inPackage = packageSymbol(symbol, analysis);
  if (inPackage !== undefined) {
    const [root, ...rest] = symbol.path.split('.') as [string, ...string[]];
    const value =
      rest.length === 0 ? analysis.valueAt(root, seen) : (await analysis.membersAt(root, seen, rest))?.value;
    const shown = value === undefined || isCallable(value) ? [] : [`${code(symbol.path)} = ${valueText(value)}`];
    return [...shown, ...symbolText(inPackage)];
  }
  const definition = definitionFor(symbol, analysis);
  const library = libraryName(symbol, analysis);
  const known = library === undefined ? undefined : libraryText(library);
  if (known !== undefined) return [known];
  if (definition === undefined) return [];
  const binding = bindingFor(symbol, analysis, seen);
  const value = binding?.value ?? (symbol.path.includes('.') ? undefined : analysis.valueAt(symbol.path, seen));
  const parts: string[] = [];
  const doubt = symbol.cell === undefined ? undefined : analysis.doubtAt(symbol.path.split('.', 1)[0]!, seen);
  if (value?.unknown !== undefined)
    parts.push(`${code(symbol.path)} is ${unknownLink(analysis.placeOfUnknown(value.unknown), analysis, uri)}`);
  else if (value !== undefined) parts.push(`${code(symbol.path)} = ${valueText(value)}`);
  if (doubt !== undefined && value !== undefined) parts.push(`*${plain(doubtText(doubt, analysis.cells))}*`);
  if (definition.from !== undefined) return [...parts, `from ${code(definition.from.module)}`];
  const cell = analysis.cells[definition.cell]!;
  if (cell.status === 'syntax-error' && value === undefined && symbol.local === undefined)
    parts.push(`${code(symbol.path)} has no value: its cell cannot be parsed`);
  parts.push(python(statementText(definition, analysis)));
  if (symbol.cell?.cell.index !== definition.cell) parts.push(cellLink(cell, uri, analysis));
  return parts;
}

function bindingFor(symbol: Occurrence, analysis: Analysis, seen: number): BindingInfo | undefined {
  const own = symbol.cell?.bindings.findLast(
    binding => binding.name === symbol.path && binding.range.start <= symbol.range.start,
  );
  return own ?? analysis.bindingOf(symbol.path, seen);
}

/** For a name that stands for something of the built-in library: its name there, such as `Hardware.Cloud.A100`. */
function libraryName(symbol: Occurrence, analysis: Analysis): string | undefined {
  const [root, ...rest] = symbol.path.split('.');
  const definition =
    analysis.definitionOf(root!, cellsSeen(symbol)) ?? analysis.exportsAt(cellsSeen(symbol)).get(root!);
  if (definition === undefined) return symbol.cell?.names.starImports.some(isLibrary) ? symbol.path : undefined;
  if (definition.from === undefined || !isLibrary(definition.from.module)) return undefined;
  if (analysis.packages.module(definition.from.module) !== undefined) return undefined;
  return [definition.from.name ?? '', ...rest].filter(part => part !== '').join('.');
}

function isLibrary(module: string): boolean {
  return module === 'mlsys' || module.startsWith('mlsys.');
}
