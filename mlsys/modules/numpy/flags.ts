/**
 * What a processor's flags would say of arithmetic: division by zero, overflow, underflow, an invalid operation. They are
 * worked out from operands and result, once a result is not finite, and told as `errstate` has it.
 */
import { exceptionClassOf, raise, Unsupported } from '../../python/runtime/errors';
import type { NativeBody } from '../../python/runtime/native';
import type { PyClass, Value } from '../../python/runtime/objects';
import { type RunRecord, vm } from '../../python/runtime/vm';
import { warnOf } from '../warnings';
import { settings, underflow } from './errstate';

export const DIVIDE = 1;
export const OVER = 2;
export const UNDER = 4;
export const INVALID = 8;
/** Those that a result which is not finite can stand for. */
const TOLD_BY_RESULT = DIVIDE | OVER | INVALID;

const KINDS = [
  [DIVIDE, 'divide', 'divide by zero'],
  [OVER, 'over', 'overflow'],
  [UNDER, 'under', 'underflow'],
  [INVALID, 'invalid', 'invalid value'],
] as const;

/** A place in numpy's own code, of which the filters of warnings know that it has warned. */
export type Site = readonly [module: string, line: string];

export const METHODS = (line: string): Site => ['numpy._core._methods', line];
export const FROM_NUMERIC = (line: string): Site => ['numpy._core.fromnumeric', line];
export const NUMERIC = (line: string): Site => ['numpy._core.numeric', line];
export const NAN_FUNCTIONS = (line: string): Site => ['numpy.lib._nanfunctions_impl', line];
export const FUNCTIONS = (line: string): Site => ['numpy.lib._function_base_impl', line];

/** The function of numpy whose code runs, if any, and the flags that are gathered instead of told. */
const context: { site: Site | undefined; gathered: number | undefined; method: boolean } = {
  site: undefined,
  gathered: undefined,
  method: false,
};

/** A function of the module called as a method of an array: its code is reached without numpy's detour. */
export function asMethod(body: NativeBody): NativeBody {
  return (...args: Value[]) => {
    context.method = true;
    try {
      return body(...args);
    } finally {
      context.method = false;
    }
  };
}

/** Where a function that is a method as well warns: in `own` code, or where the method was called. */
export function calledFrom(own: Site, method?: Site): Site | undefined {
  if (!context.method) return own;
  context.method = false;
  return method;
}

/** Runs what numpy has in code of its own: warnings are raised there, not at the line of the chapter. */
export function within<T>(site: Site | undefined, body: () => T): T {
  const outer = context.site;
  context.site = site;
  try {
    return body();
  } finally {
    context.site = outer;
  }
}

/** Runs something and tells its flags to the caller only. */
export function gather<T>(body: () => T): { readonly result: T; readonly flags: number } {
  const outer = context.gathered;
  context.gathered = 0;
  try {
    const result = body();
    return { result, flags: context.gathered };
  } finally {
    context.gathered = outer;
  }
}

/** Runs something whose flags nobody hears of, because numpy computes it in another way. */
export function quietly<T>(body: () => T): T {
  return gather(body).result;
}

/** A warning of numpy's own that is no flag. */
export function warnNumpy(category: PyClass, text: string, site?: Site): void {
  if (context.gathered === undefined) warnOf(category, text, site ?? context.site);
}

export function warnRuntime(text: string, site?: Site): void {
  warnNumpy(exceptionClassOf('RuntimeWarning'), text, site);
}

/** Tells flags of the operation `name` as the settings want it. */
export function report(flags: number, name: string, site?: Site): void {
  if (flags === 0) return;
  if (context.gathered !== undefined) {
    context.gathered |= flags;
    return;
  }
  const modes = settings();
  for (const [flag, kind, words] of KINDS) {
    if ((flags & flag) === 0 || modes[kind] === 'ignore') continue;
    const text = `${words} encountered in ${name}`;
    if (modes[kind] === 'raise') throw raise('FloatingPointError', text);
    if (modes[kind] === 'print') continue;
    if (modes[kind] !== 'warn')
      throw new Unsupported(`numpy.errstate(${kind}='${modes[kind]}')`, 'test the numbers before');
    warnRuntime(text, site);
  }
}

/** The run that has read the settings. */
let asking: RunRecord | undefined;

/** Whether something about underflow is to be told, which takes a look at every result. */
export function tellsUnderflow(): boolean {
  if (vm.record !== asking) {
    // The run depends on the settings, even where nothing else of it does.
    asking = vm.record;
    settings();
  }
  return underflow.asked && settings().under !== 'ignore';
}

/** Whether one of the numbers is infinite or NaN. */
export function hasNonFinite(values: ArrayLike<number>): boolean {
  for (let at = 0; at < values.length; at++) {
    const value = values[at]!;
    if (value - value !== 0) return true;
  }
  return false;
}

/** Functions whose result is not finite only where an operand was not, without being invalid. */
const QUIET: ReadonlySet<string> = new Set(
  'maximum minimum fmax fmin negative positive absolute fabs sign floor ceil trunc rint copysign heaviside conjugate arctan2 arctan tanh arcsinh cbrt'.split(
    ' ',
  ),
);

/** Functions with a pole, where they are infinite by division and not by overflow. */
const POLES: ReadonlySet<string> = new Set(['log', 'log2', 'log10', 'log1p', 'arctanh']);

export const isQuiet = (name: string): boolean => QUIET.has(name);

/** The flags of one operation on one or two real numbers. */
export function flagsOf(name: string, result: number, a: number, b: number | undefined): number {
  if (result - result === 0) return 0;
  if (Number.isNaN(result)) return Number.isNaN(a) || (b !== undefined && Number.isNaN(b)) ? 0 : INVALID;
  if (name === 'power' || name === 'float_power') {
    if (a === 0) return DIVIDE;
    return Number.isFinite(a) && Number.isFinite(b!) ? OVER : 0;
  }
  if (!Number.isFinite(a)) return 0;
  if (name === 'nextafter') return OVER;
  if (b === undefined) return POLES.has(name) || (name === 'reciprocal' && a === 0) ? DIVIDE : OVER;
  if (!Number.isFinite(b)) return 0;
  return b === 0 && (name === 'divide' || name === 'floor_divide') ? DIVIDE : OVER;
}

/** The flags of a loop over real numbers; a mask tells which of them count. */
export function flagsOfLoop(
  name: string,
  results: ArrayLike<number>,
  a: ArrayLike<number>,
  b: ArrayLike<number> | undefined,
  mask?: Uint8Array,
): number {
  let flags = 0;
  for (let at = 0; at < results.length && flags !== TOLD_BY_RESULT; at++)
    if (mask === undefined || mask[at] === 1) flags |= flagsOf(name, results[at]!, a[at]!, b?.[at]);
  return flags;
}

/** The flags of `a + b`, `a - b` and `a * b`, given the result. */
export function flagsOfStep(result: number, a: number, b: number): number {
  if (result - result === 0) return 0;
  if (Number.isNaN(result)) return Number.isNaN(a) || Number.isNaN(b) ? 0 : INVALID;
  return Number.isFinite(a) && Number.isFinite(b) ? OVER : 0;
}
