/** By how much the condition of a guard held: the operands of its comparisons, as they were when it was evaluated. */

import type { CheckComparison, CheckCondition } from '../python/runtime/checks';
import { PyError } from '../python/runtime/errors';
import { Cell, type Comparison, type Frame, type Slot } from '../python/runtime/frame';
import type { FunctionCode } from '../python/runtime/function';
import { failedGuards, guardCalls, namedGuards } from '../python/runtime/guards';
import { typeOf, type Value } from '../python/runtime/objects';
import { str, toFloat, truth } from '../python/runtime/operations';
import { causeOf, isUnknown } from '../python/runtime/unknown';
import { vm } from '../python/runtime/vm';
import { formatUnits, magnitudeIn, PyQuantity, UnitsContainer } from '../units/index';

/** The condition of the `check` call that runs now; undefined where a function calls `check`. */
export function conditionOfCheck(): CheckCondition | undefined {
  return conditionIn(vm.running);
}

/** The condition of the call of a guard that a frame makes now. */
function conditionIn(frame: Frame | undefined): CheckCondition | undefined {
  const guard = frame?.guard;
  if (frame === undefined || guard === undefined || frame !== vm.frame || frame.at !== guard.call) return undefined;
  const { start, end } = guard.condition;
  return {
    span: { start, end },
    comparisons: guard.comparisons.flatMap(one => described(one) ?? []),
  };
}

/** Has the calls of a book's own guards recorded, as those of `check` are. */
export function registerGuards(): void {
  guardCalls.run = runGuard;
}

function runGuard(code: FunctionCode, frame: Frame, caller: Frame | undefined): Value {
  if (!vm.inProgram) return code.run(frame);
  if (code.guard === undefined) return runNamed(code, frame, caller);
  const { parameter, certain, lenient = false } = code.guard;
  const { positional, keywordOnly } = code.signature;
  const given = frame.slots.slice(parameter, positional.length + keywordOnly.length);
  const [condition, ...others] = given.map(contentOf);
  const message = others.find(one => typeof one === 'string') ?? '';
  const isDecided = condition !== undefined && isTruthValue(condition);
  if (!isDecided && !isUnknown(condition)) return code.run(frame);
  const told = conditionIn(caller);
  const record = (passed: boolean, text: string) => {
    if (isUnknown(condition)) vm.recordUndecided(text, causeOf(condition));
    else vm.recordCheck({ passed, message: text, condition: told });
  };
  try {
    const { result, checks } = vm.withinGuard(() => code.run(frame));
    const isLetThrough = lenient && isDecided && !truth(condition);
    if ((certain || checks > 0) && !isLetThrough) record(true, message);
    return result;
  } catch (error) {
    const failed = error instanceof PyError && isDecided && !truth(condition);
    if (failed && (certain || failedGuards.has(error.exception))) {
      record(false, message === '' ? str(error.exception) : message);
      failedGuards.add(error.exception);
    }
    throw error;
  }
}

/** A function that the settings name: it holds where it does not raise. */
function runNamed(code: FunctionCode, frame: Frame, caller: Frame | undefined): Value {
  if (!namedGuards.names.has(code.name)) return code.run(frame);
  const call = caller?.guard?.call;
  const isDirect = call !== undefined && caller === vm.frame && caller?.at === call;
  const told = isDirect ? { span: { start: call.start, end: call.end }, comparisons: [] } : undefined;
  try {
    const { result } = vm.withinGuard(() => code.run(frame));
    vm.recordCheck({ passed: true, message: '', condition: told });
    return result;
  } catch (error) {
    if (error instanceof PyError) {
      vm.recordCheck({ passed: false, message: str(error.exception), condition: told });
      failedGuards.add(error.exception);
    }
    throw error;
  }
}

/** A bool of Python's or of numpy's. */
function isTruthValue(value: Value): boolean {
  if (typeof value === 'boolean') return true;
  const { native, name } = typeOf(value);
  return native && (name === 'bool' || name === 'bool_');
}

/** The value in a slot, which holds a cell where an inner function shares the variable. */
function contentOf(slot: Slot): Value | undefined {
  return slot instanceof Cell ? slot.value : (slot as Value | undefined);
}

/** Undefined where the comparison is not one of order, or not of numbers. */
function described({ left, operator, right, chained }: Comparison): CheckComparison | undefined {
  const units = unitsFor(left, right) ?? unitsFor(right, left);
  const a = numberOf(left, units);
  const b = numberOf(right, units);
  if (a === undefined || b === undefined) return undefined;
  const held = HOLDS[operator]?.(a, b);
  if (held === undefined) return undefined;
  const apart = Math.abs(a - b);
  const quantity = left instanceof PyQuantity ? left : right instanceof PyQuantity ? right : undefined;
  const unit = quantity === undefined || units === undefined ? '' : formatUnits(quantity.registry.state, units, '~P');
  const text = (n: number) => (unit === '' ? short(n) : `${short(n)} ${unit}`);
  return { left: text(a), operator, right: text(b), held, chained, apart: text(apart), ratio: apart / Math.abs(b) };
}

const HOLDS: Readonly<Record<string, (a: number, b: number) => boolean>> = {
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
};

/** The units in which two operands are told: those of the one on the right; a plain number has none, and zero has any. */
function unitsFor(other: Value, quantity: Value): UnitsContainer | undefined {
  if (!(quantity instanceof PyQuantity)) return undefined;
  return other instanceof PyQuantity || Number(numberOf(other, undefined)) === 0 ? quantity.units : NO_UNITS;
}

const NO_UNITS = UnitsContainer.of([]);

const NUMERIC = new Set(['Fraction', 'Decimal', 'float64', 'float32', 'float16', 'int64', 'int32', 'uint64', 'uint32']);

/** The number that an operand stands for, a quantity's in the units that it was compared in. */
function numberOf(value: Value, units: UnitsContainer | undefined): number | undefined {
  if (typeof value === 'number') return value;
  if (typeof value === 'bigint') return Number(value);
  if (value instanceof PyQuantity)
    return isNumber(value.magnitude) ? numberOf(magnitudeIn(value, units ?? value.units), undefined) : undefined;
  return isNumber(value) ? toFloat(value) : undefined;
}

/** Numbers of classes that run no code of the chapter when they are read. */
function isNumber(value: Value): boolean {
  if (typeof value === 'number' || typeof value === 'bigint') return true;
  const cls = typeOf(value);
  return cls.native && NUMERIC.has(cls.name);
}

/** Digits enough to see which of two numbers is the larger one, as people write them. */
function short(value: number): string {
  if (!Number.isFinite(value)) return String(value).replace('Infinity', 'inf').replace('NaN', 'nan');
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-4 || size >= 1e15))
    return Number(value.toPrecision(4)).toExponential().replace('e+', 'e');
  return grouped(Number(value.toPrecision(size >= 1e4 && Number.isInteger(value) ? 15 : 4)));
}

/** A number with commas between thousands; each `check` needs several, and `Intl` takes its time. */
function grouped(value: number): string {
  const text = String(value);
  if (Math.abs(value) < 1000) return text;
  const point = text.indexOf('.');
  let end = point < 0 ? text.length : point;
  let whole = text.slice(point < 0 ? text.length : point);
  for (const start = value < 0 ? 1 : 0; end - start > 3; end -= 3) whole = `,${text.slice(end - 3, end)}${whole}`;
  return text.slice(0, end) + whole;
}
