/** A number written in a cell that the registry of constants holds as well: the same one, or another one under the same name. */
import {
  type ConstantInfo,
  constantInfo,
  type Expression,
  libraryMembers,
  type Span,
  symbolIndex,
} from '../../../mlsys';
import type { CellProgram, CellResult } from '../../evaluation/analysis';
import { lastOf } from '../../evaluation/symbols/symbol';
import { oncePerText } from '../contract/oncePerText';
import type { Fix } from '../finding';
import { replacement } from '../fixes';
import { importEdit } from '../imports';
import { unitText } from '../prose/measure';
import { unitNamed } from '../prose/numbers';
import { readName, speaksOf, wordsOf as textWords } from '../prose/subject';
import { cellsOf } from '../recording';
import type { Draft, Rule } from '../rule';
import { restOfLine } from '../sourceLines';

const MODULE = 'mlsys.constants';

export const registryShadow: Rule = {
  code: 'registry-shadow',
  severity: 'warning',
  canWait: true,
  *chapter(analysis): Iterable<Draft> {
    const cells = cellsOf(analysis);
    if (!cells.some(usesLibrary) || analysis.packages.module('mlsys') !== undefined) return;
    for (const cell of cells) yield* shadowsIn(cell);
  },
  readAhead: (_, program) => namedNumbers(program),
};

function usesLibrary({ names }: CellResult): boolean {
  return [...names.starImports, ...names.imports.map(one => one.module)].some(module => /^mlsys(?:\.|$)/.test(module));
}

function* shadowsIn(result: CellResult): Iterable<Draft> {
  const { cell, program, status } = result;
  if (status === 'skipped' || status === 'syntax-error') return;
  for (const { name, value, span, number, unit, named: all } of namedNumbers(program)) {
    // A quantity says the same as a constant only in its unit.
    const named = unit === undefined ? all : all.filter(one => unitOf(one) === unit);
    const constant =
      named[0] ?? (unit === undefined ? undefined : all.find(one => one.isMeant && isOther(one, number, unit)));
    if (constant === undefined) continue;
    const related = `${constant.name} is ${constant.text}${sourceOf(constant)}`;
    const same = named.find(one => one.value === number);
    if (same !== undefined)
      yield {
        severity: 'hint',
        range: cell.toDocumentRange({ start: value.start, end: value.end }),
        message: `The registry has this number as \`${same.name}\`${sourceOf(same)}.`,
        ...fixesOf(result, same, value, unit !== undefined),
      };
    else if (constant.isMeant && !named.some(one => isScaled(one.value, number)))
      yield {
        range: cell.toDocumentRange({ start: value.start, end: value.end }),
        message: `\`${name}\` is ${program.source.slice(value.start, value.end)} here, but the registry says: ${related}.`,
        related: [{ range: cell.toDocumentRange(span), message: `named like \`${constant.name}\`` }],
      };
  }
}

/** Another quantity of the same kind in another unit: "96 * GB" for 80 GiB. */
function isOther(constant: NamedConstant, number: number, unit: string): boolean {
  const [own, other] = [unit, unitOf(constant) ?? ''].map(one => unitNamed(one));
  if (own === undefined || other === undefined || own.kind !== other.kind) return false;
  return Math.abs((number * own.factor) / (constant.value * other.factor) - 1) > SLIGHTLY;
}

/** By so much another unit may round. */
const SLIGHTLY = 0.08;

/** A number that is written under a name, and the constants that the name points to. */
interface NamedNumber {
  readonly name: string;
  readonly value: Expression;
  readonly span: Span;
  readonly number: number;
  /** Of a quantity: `350 * watt`. */
  readonly unit: string | undefined;
  readonly named: ReturnType<typeof constantsNamed>;
}

const namedNumbers = oncePerText(({ module, source }): readonly NamedNumber[] => {
  const imported = importedConstants(module);
  return symbolIndex(module).definitions.all.flatMap(({ name, kind, value, span, statement }) => {
    const written = kind === 'assignment' && value !== undefined ? quantityOf(value) : undefined;
    if (written === undefined || value === undefined) return [];
    const { number, unit } = written;
    const own = constantsNamed(lastOf(name), commentBehind(source, statement.end));
    const more =
      unit === undefined
        ? [...amongImported(name, number, imported), ...namedInPart(name, number)]
        : constantsOf(number, unit);
    const named = own.length > 0 ? own : more;
    return named.length === 0 ? [] : [{ name, value, span, number, unit, named }];
  });
});

/** Constants that a cell imports, and whether it reads them. */
function importedConstants(module: CellProgram['module']): ReadonlyMap<string, { readonly isRead: boolean }> {
  const { names, uses } = symbolIndex(module);
  const imported = names.imports.flatMap(one => (one.module === MODULE && one.name === one.bound ? [one.bound] : []));
  const read = imported.length === 0 ? new Set() : new Set(uses.filter(use => !use.write).map(use => use.path));
  return new Map(imported.map(name => [name, { isRead: read.has(name) }]));
}

/**
 * Among these, what has this number: one that nothing reads and that has a word of the name, which was meant to be read here, or one
 * in the unit of the name.
 */
function amongImported(
  name: string,
  number: number,
  imported: ReturnType<typeof importedConstants>,
): (NamedConstant & { readonly isMeant: boolean })[] {
  if (imported.size === 0) return [];
  const last = lastOf(name);
  const words = wordsOf(last);
  return constants().all.flatMap(one => {
    if (one.value !== number || !imported.has(one.name)) return [];
    const isLeft = !imported.get(one.name)!.isRead && one.words.some(word => word.length > 2 && words.includes(word));
    return isLeft || isInUnitOf(last, number, one) ? [{ ...one, isMeant: false }] : [];
  });
}

/** `peak_tflops = 312` for 312 TFLOPs a second: three digits or more are hardly the same by chance. */
function isInUnitOf(name: string, number: number, constant: NamedConstant): boolean {
  const unit = unitNamed(unitOf(constant)?.split('/')[0] ?? '');
  const isRare = String(number).replaceAll(/\D|0+$/g, '').length > 2;
  return (
    isRare &&
    unit !== undefined &&
    readName(name).measures.some(one => one.kind === unit.kind && one.factor === unit.factor)
  );
}

/** The only constant that has this number and all words of the name: `flops_a100_fp16 = 312` of `A100_FLOPS_FP16_TENSOR`. */
function namedInPart(name: string, number: number): (NamedConstant & { readonly isMeant: boolean })[] {
  const words = wordsOf(lastOf(name));
  if (words.length < PART_WORDS || !words.some(word => /\d/.test(word))) return [];
  const found = constants().all.filter(
    one => one.value === number && one.source !== undefined && words.every(word => one.words.includes(word)),
  );
  return found.length === 1 ? found.map(one => ({ ...one, isMeant: false })) : [];
}

/** So many words, one of them with digits, are hardly those of a constant by chance. */
const PART_WORDS = 3;

/** A plain literal, or one with its unit: `350 * watt`, `312 * TFLOPs / second`. */
function quantityOf(value: Expression): { readonly number: number; readonly unit: string | undefined } | undefined {
  const number = numberOf(value);
  if (number !== undefined) return { number, unit: undefined };
  if (value.kind !== 'BinOp') return undefined;
  const right = unitText(value.right);
  const left = quantityOf(value.left);
  if (left === undefined || right === undefined || (value.op === '*') !== (left.unit === undefined)) return undefined;
  if (value.op !== '*' && value.op !== '/') return undefined;
  return { number: left.number, unit: left.unit === undefined ? right : `${left.unit}/${right}` };
}

/** The value of a plain literal. */
function numberOf(value: Expression): number | undefined {
  if (value.kind === 'UnaryOp' && value.op === '-') {
    const inner = numberOf(value.operand);
    return inner === undefined ? undefined : -inner;
  }
  if (value.kind !== 'Constant') return undefined;
  const literal = value.value;
  return typeof literal === 'number' || typeof literal === 'bigint' ? Number(literal) : undefined;
}

interface NamedConstant extends ConstantInfo {
  /** The number, in the unit that it is written in. */
  readonly value: number;
  readonly words: readonly string[];
  /** The words in one. */
  readonly plain: string;
}

interface ConstantTable {
  readonly all: readonly NamedConstant[];
  /** By their name, by their words in one, and by their first word: where they stand in the table. */
  readonly places: ReadonlyMap<string, readonly number[]>;
}

let table: ConstantTable | undefined;

/** Constants that have a source, and others under their whole names: scale factors and conversions are too common as numbers. */
function constants(): ConstantTable {
  table ??= readTable();
  return table;
}

function readTable(): ConstantTable {
  const all = libraryMembers(MODULE).flatMap(({ name }) => {
    const info = constantInfo(name);
    const value = Number(info?.magnitude);
    const words = wordsOf(name);
    if (info === undefined || info.magnitude === undefined || Number.isNaN(value)) return [];
    return [{ ...info, value, words, plain: words.join('_') }];
  });
  const places = new Map<string, number[]>();
  all.forEach(({ name, plain, words }, at) => {
    for (const key of new Set([name, plain, words[0] ?? ''])) {
      const known = places.get(key);
      if (known === undefined) places.set(key, [at]);
      else known.push(at);
    }
  });
  return { all, places };
}

function wordsOf(name: string): string[] {
  return name.toLowerCase().split('_').filter(Boolean);
}

/** The constants that a variable's name, or the comment beside it, points to; `isMeant` where there is no doubt. */
function constantsNamed(name: string, comment: string): (NamedConstant & { readonly isMeant: boolean })[] {
  const words = wordsOf(name);
  const plain = words.join('_');
  const mentioned = new Set(comment.match(/\w+/g));
  const said = textWords(comment);
  // "TFLOPS" is said of FLOPS.
  const isSaid = (word: string) =>
    speaksOf(said, word) || (word === 'flops' && said.some(one => /^[kmgtpez]flops$/.test(one)));
  const { all, places } = constants();
  const near = new Set([...words, plain, ...mentioned, ...said].flatMap(key => places.get(key) ?? []));
  return [...near]
    .sort((a, b) => a - b)
    .flatMap(place => {
      const constant = all[place]!;
      const isMeant =
        constant.plain === plain ||
        (mentioned.has(constant.name) && (constant.source !== undefined || isAll(comment, constant.name)));
      if (constant.source === undefined)
        return isMeant && (words.length > 1 || mentioned.has(constant.name)) ? [{ ...constant, isMeant }] : [];
      // `tdp = 350 * watt  # A100 TDP`
      const isTold = constant.words.length > 1 && said.length <= MOST_WORDS && constant.words.every(isSaid);
      const isNear =
        isTold ||
        (words.length > 1 && constant.words.every(word => words.includes(word))) ||
        (constant.words.some(isSaid) && constant.words.every(word => isSaid(word) || speaksOf(words, word)));
      return isMeant || isNear ? [{ ...constant, isMeant: isMeant || isTold }] : [];
    });
}

/** The only constant that is so many of a rate: `2.5 * USD / hour` is hardly so by chance. */
function constantsOf(number: number, unit: string): (NamedConstant & { readonly isMeant: boolean })[] {
  if (!unit.includes('/')) return [];
  const found = constants().all.filter(one => one.value === number && unitOf(one) === unit && one.source !== undefined);
  return found.length === 1 ? found.map(one => ({ ...one, isMeant: false })) : [];
}

/** As code writes it. */
function unitOf({ unit }: ConstantInfo): string | undefined {
  return unit?.replaceAll(' ', '').replaceAll('dollar', 'USD');
}

/** `# PUE_BEST_AIR`, `# constants.PUE_BEST_AIR`: the comment names a constant and says no more. */
function isAll(comment: string, name: string): boolean {
  return /^#\s*(?:\w+\.)?(\w+)\.?\s*$/.exec(comment)?.[1] === name;
}

/** A comment of more words says more than what the number is. */
const MOST_WORDS = 6;

function commentBehind(source: string, offset: number): string {
  return /^[ \t]*(#.*)/.exec(restOfLine(source, offset))?.[1] ?? '';
}

/** True where the two are the same but for a prefix of their units: 312 and 312e12. */
function isScaled(a: number, b: number): boolean {
  const ratio = a / b;
  return [10, 1024].some(base => {
    const power = Math.log(ratio) / Math.log(base);
    return Math.abs(power - Math.round(power)) < 1e-9;
  });
}

function sourceOf({ source, year }: ConstantInfo): string {
  return source === undefined ? '' : ` (${source}${year === undefined || source.includes(year) ? '' : `, ${year}`})`;
}

/** The constant in place of the literal, with its import; its magnitude where it has a unit, so that the value stays the same. */
function fixesOf(
  result: CellResult,
  { name, unit, magnitude }: ConstantInfo,
  value: Expression,
  isQuantity: boolean,
): { fixes?: readonly Fix[] } {
  const { cell, names, program } = result;
  // `400` and `400.0` print in two ways.
  const written = program.source.slice(value.start, value.end).replaceAll('_', '');
  const isInt = (text: string) => /^-?\d+$/.test(text);
  if (!isQuantity && (isInt(written) !== isInt(magnitude ?? '') || unit?.includes('/') === true)) return {};
  const made = unit === undefined || isQuantity ? name : `${name}.magnitude`;
  const isImported =
    names.starImports.includes(MODULE) ||
    names.imports.some(one => one.module === MODULE && one.name === name && one.bound === name);
  const statement = `from ${MODULE} import ${name}`;
  const edits = [
    ...(isImported ? [] : [importEdit(result, { module: MODULE, member: name, statement })]),
    replacement(cell.toDocumentRange({ start: value.start, end: value.end }), made),
  ];
  return { fixes: [{ title: `Use \`${made}\`${isImported ? '' : ` and \`${statement}\``}`, edits }] };
}
