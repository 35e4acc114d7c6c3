/** Values in sentences whose measure is known, by the code that makes them or by their names, and what the sentence says of it. */

import type { CellResult, RefResult } from '../../evaluation/analysis';
import { lastOf } from '../../evaluation/symbols/symbol';
import type { ProseBlock } from '../rule';
import type { Line } from './lines';
import { isHundredfold, isScaledDown, letterOf, measureOfName, nameShown, nameShownPlain, summandsOf } from './measure';
import { numbersIn, type Unit, unitNamed, type WrittenNumber } from './numbers';
import { isIndexed, namesMoney, readName, splitName } from './subject';

export interface ShownMeasure {
  /** Undefined for a count that is scaled. */
  readonly unit: Unit | undefined;
  /** It is told in so many of them. */
  readonly scale: number;
  /** The code that says so; undefined where only the name does. */
  readonly code: string | undefined;
  /** True for money of which nothing but a name says so, and for what only looks like a percentage. */
  readonly isByName?: boolean;
  /** True where the cell divides it by a thousand or more, so that `scale` is not known. */
  readonly isScaled?: boolean;
  /** True for a letter at the end of a name, which is a unit where the sentence has one of its kind. */
  readonly isLetter?: boolean;
  /** Of a count in millions by its name, the metres that it may be in: `spacing_m`. */
  readonly letter?: Unit;
  /** What a name may mean as well: `mw` is MW or mW. */
  readonly others?: readonly Unit[];
}

export interface MeasuredValue {
  readonly line: Line;
  readonly ref: RefResult;
  /** Of the value's text, in the line. */
  readonly from: number;
  readonly to: number;
  /** The value as the sentence reads it, with the unit behind it. */
  readonly number: WrittenNumber;
  /** By how much the sentence scales the digits: 1e6 for "3 million". */
  readonly said: number;
  readonly measure: ShownMeasure;
}

/** True for a reference that reads as digits alone. */
export function showsPlainNumber({ text, display }: RefResult): boolean {
  return /^-?\d[\d,]*(?:\.\d+)?$/.test(text ?? '') && display?.mime === 'text/plain';
}

/** The values of a block that are plain numbers of a known measure; not those of which the words right behind say the same. */
export function measuredIn(block: ProseBlock): readonly MeasuredValue[] {
  return block.once(allMeasured);
}

function allMeasured(block: ProseBlock): readonly MeasuredValue[] {
  return [...measured(block)];
}

function* measured(block: ProseBlock): Iterable<MeasuredValue> {
  const measures = new Map<RefResult, ShownMeasure>();
  for (const ref of block.refs) {
    if (!showsPlainNumber(ref)) continue;
    const measure = measureOf(ref, block);
    if (measure !== undefined && !isSaid(ref, measure, block)) measures.set(ref, measure);
  }
  if (measures.size === 0) return;
  for (const line of block.lines) {
    const pieces = line.pieces.filter(({ ref }) => ref !== undefined && measures.has(ref));
    const numbers = pieces.length === 0 ? [] : numbersIn(line.text);
    for (const { ref, from, to } of pieces) {
      const number = numbers.find(one => one.from <= from + 1 && to <= one.digitsTo);
      const digits = Number(ref!.text!.replaceAll(',', ''));
      if (number === undefined) continue;
      const said = digits === 0 ? 1 : Number((number.value / digits).toPrecision(9));
      const own = measures.get(ref!)!;
      const isLength = own.letter !== undefined && number.unit?.kind === own.letter.kind;
      const measure = isLength ? { unit: own.letter, scale: 1, code: undefined, isLetter: true } : own;
      yield { line, ref: ref!, from, to, number, said, measure };
    }
  }
}

function measureOf(result: RefResult, block: ProseBlock): ShownMeasure | undefined {
  const scaled = scaledInPlace(result, block);
  if (scaled !== undefined) return scaled;
  const hundredfold = hundredfoldInPlace(result, block);
  if (hundredfold !== undefined) return hundredfold;
  const shown = shownPath(result, block);
  if (shown === undefined || shown.maker.status !== 'ok' || shown.maker.stale) return undefined;
  const { path, maker } = shown;
  const name = lastOf(path);
  const plain = nameShownPlain(path, maker.program);
  const [byCode, byName] = [measureOfName(path, maker.program), measureByName(name)];
  if (byName?.isLetter === true && LEAST.test(maker.program.source)) return undefined;
  // `node_usd_str` shows `node_hour`: what an hour costs.
  const isOfTime = byCode?.unit?.kind === 'time' && byName?.unit?.kind === 'money';
  const found: ShownMeasure | undefined =
    (isOfTime ? undefined : byCode) ??
    byName ??
    // `sent_str` shows `sent_mwh`.
    (plain === undefined ? undefined : measureByName(lastOf(plain)));
  const shows = found?.unit === undefined ? nameShown(path, maker.program) : undefined;
  const isMoney =
    namesMoney(name) || (shows !== undefined && namesMoney(lastOf(shows))) || isSumOfMoney(path, maker.program);
  // `price_str = f"{price * 100:.0f}"` may be in cents, where a sign of money stands before it.
  if (found === undefined && isMoney && isHundredfold(path, maker.program))
    return { unit: unitNamed('cents'), scale: 1, code: HUNDREDFOLD, isLetter: true };
  if (found === undefined && !isMoney) {
    if (Number(result.text) <= WHOLE && isHundredfold(path, maker.program))
      return { unit: unitNamed('%'), scale: 1, code: HUNDREDFOLD, isByName: true };
    const letter = letterOf(path, maker.program);
    return letter && { unit: letter, scale: 1, code: undefined, isLetter: true };
  }
  if (found?.unit !== undefined || !isMoney) {
    const letter = found?.unit === undefined && found?.code === undefined ? letterOf(path, maker.program) : undefined;
    return found && letter ? { ...found, letter } : found;
  }
  const isScaled = found === undefined && isScaledDown(path, maker.program);
  return { unit: unitNamed('$'), scale: found?.scale ?? 1, code: found?.code, isByName: true, isScaled };
}

/** `loss_year = energy_cost + staff_cost`: of the sum, its parts say that it is money. */
function isSumOfMoney(path: string, { module }: CellResult['program']): boolean {
  const summands = summandsOf(path, module);
  return summands.length > 0 && summands.every(one => namesMoney(lastOf(one)));
}

/** The code that makes cents of a price, or a percentage of a share. */
export const HUNDREDFOLD = '* 100';

/** `f"{cost / 1e6:.1f}"`: the reference itself scales what it shows. */
function scaledInPlace(result: RefResult, { near }: ProseBlock): ShownMeasure | undefined {
  const [, path, by] = SCALED.exec(result.ref.expr.trim()) ?? [];
  if (path === undefined) return undefined;
  const maker = near.find(({ run }) => run?.binds(path) === true);
  if (maker === undefined || maker.status !== 'ok' || maker.stale) return undefined;
  const name = lastOf(path);
  const { measures } = readName(name);
  if (measures.some(({ kind }) => kind !== undefined && kind !== 'money')) return undefined;
  const scale = Number(by!.replaceAll('_', ''));
  const code = `/ ${by!}`;
  return namesMoney(name) ? { unit: unitNamed('$'), scale, code, isByName: true } : { unit: undefined, scale, code };
}

/** `f"{growth * 100:.1f}"`: the reference itself makes a percentage of a share. */
function hundredfoldInPlace({ ref, text }: RefResult, { near }: ProseBlock): ShownMeasure | undefined {
  const [, behind, before] = HUNDREDFOLD_IN_PLACE.exec(ref.expr.trim()) ?? [];
  const path = behind ?? before;
  if (path === undefined || !(Number(text) <= WHOLE)) return undefined;
  if (readName(lastOf(path)).measures.some(({ kind }) => kind !== undefined && kind !== 'factor' && kind !== 'time'))
    return undefined;
  const maker = near.find(({ run }) => run?.binds(path) === true);
  if (maker === undefined || maker.status !== 'ok' || maker.stale) return undefined;
  // `100 * cost_mug` is in cents.
  const unit = unitNamed(namesMoney(lastOf(path)) ? 'cents' : '%');
  return { unit, scale: 1, code: HUNDREDFOLD, isByName: true };
}

const HUNDREDFOLD_IN_PLACE =
  /^f["']\{(?:([A-Za-z_][\w.]*)\s*\*\s*100(?:\.0)?|100(?:\.0)?\s*\*\s*([A-Za-z_][\w.]*))(?::[,\d.]*f?)?\}["']$/;

const SCALED =
  /^f?["']?\{?(?:fmt\(|round\()?([A-Za-z_][\w.]*)\s*\/\s*(1e(?:6|9|12)|1_?000_?000(?:_?000)?)(?:,[^()]*\))?(?::[,\d.]*f?)?\}?["']?$/;

/** A share of more is none. */
const WHOLE = 100;

/** The cell that makes what an expression shows, and the path of it. */
export function shownPath(
  { ref, cell }: RefResult,
  { near }: ProseBlock,
): { path: string; maker: CellResult } | undefined {
  const path = shownName(ref.expr.trim());
  if (path === undefined) return undefined;
  const maker = near.find(one => (cell === undefined ? one.run?.binds(path) === true : one.cell.index === cell));
  return maker === undefined ? undefined : { path, maker };
}

/** The name whose number an expression shows: `x`, `f"{x:.2f}"`, `fmt(x, precision=1)`. */
function shownName(expr: string): string | undefined {
  const [, plain, inText, inCall] =
    /^(?:([A-Za-z_][\w.]*)|f(?:"\{([A-Za-z_][\w.]*)(?::[,\d.]*[dfg]?)?\}"|'\{([A-Za-z_][\w.]*)(?::[,\d.]*[dfg]?)?\}'))$/.exec(
      expr,
    ) ?? [];
  return plain ?? inText ?? inCall ?? /^(?:fmt|round|int|str)\(([A-Za-z_][\w.]*)(?:,[^()]*)?\)$/.exec(expr)?.[1];
}

/** By the last word of a name, where it can be read in one way. */
function measureByName(name: string): ShownMeasure | undefined {
  if (isIndexed(name)) return undefined;
  const { measures } = readName(name);
  // `mw` is MW or mW: the larger one in prose, and neither is kW.
  const [measure, ...more] = [...measures].sort((a, b) => b.factor - a.factor);
  if (measure === undefined) return undefined;
  const others = more.flatMap(({ kind, factor, text }) => (kind === undefined ? [] : [{ kind, factor, text }]));
  if (others.length < more.length || others.some(({ kind }) => kind !== measure.kind)) return undefined;
  const { kind, factor, text } = measure;
  if (kind === undefined) return { unit: undefined, scale: factor, code: undefined };
  // A letter alone, and the least of something, are no units for sure.
  return text.length < 2 && !/[%$]/.test(text)
    ? undefined
    : text === 'min'
      ? // The least of something, unless the sentence tells it in hours.
        leastOr(name, { kind, factor, text })
      : { unit: { kind, factor, text }, scale: 1, code: undefined, ...(others.length === 0 ? {} : { others }) };
}

/** Code in which `min` may be the least of several. */
const LEAST = /\bmin\(|_(?:max|mean|avg|median)\b|\bmax_/;

function leastOr(name: string, unit: Unit & { readonly kind: string }): ShownMeasure | undefined {
  const isOther = splitName(name).some(word => /^(?:max|mean|avg|[a-z]*(?:hours?|days?|seconds?)|h|s|ms)$/.test(word));
  return isOther ? undefined : { unit, scale: 1, code: undefined, isLetter: true };
}

/** A look at the source: most values have their unit right behind them. */
function isSaid(
  { ref }: RefResult,
  { unit, scale, others = [] }: ShownMeasure,
  { source, start }: ProseBlock,
): boolean {
  if (scale !== 1 || unit === undefined) return false;
  const behind = source.slice(ref.range.end - start, ref.range.end - start + 24);
  if (unit.kind === 'money' && unit.factor === 1)
    return /[$€£]$/.test(source.slice(0, ref.range.start - start)) && !/^\s(?:thousand|[mbtr]+illion)/.test(behind);
  const word = /^(?:\s|-|~|\u00a0|\\ )?(\\?%|[A-Za-zµ]+(?:\/[A-Za-z]+)?)(?![\w/-])/
    .exec(behind)?.[1]
    ?.replace('\\', '');
  const said = word === undefined ? undefined : unitNamed(word);
  return said !== undefined && [unit, ...others].some(one => said.kind === one.kind && said.factor === one.factor);
}
