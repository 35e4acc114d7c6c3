/** How values read: in a sentence, in a hover. */
import { formatted } from '../modules/ipython/formatter';
import { DEFAULT_BUDGETS } from '../python/runtime/budgets';
import { PyError, Refusal, raise } from '../python/runtime/errors';
import { asOwnError } from '../python/runtime/frame';
import { withoutChanges } from '../python/runtime/mutation';
import {
  floatClass,
  intClass,
  listClass,
  type PyClass,
  PyList,
  PyTuple,
  tupleClass,
  typeOf,
  type Value,
} from '../python/runtime/objects';
import { getAttribute, repr, shownText, str, toFloat } from '../python/runtime/operations';
import { inAnyOrder } from '../python/runtime/setNotice';
import { isUnknown, UNKNOWN_TEXT, UnknownReached } from '../python/runtime/unknown';
import { RunRecord, vm } from '../python/runtime/vm';
import { formatUnits } from '../units/index';
import { PyQuantity } from '../units/registry';

/** Small, since it runs once for each value that is shown. */
const BUDGETS = { ...DEFAULT_BUDGETS, steps: 1_000_000, milliseconds: 500, bytes: 50_000_000 };

/** Runs what may call an author's `__repr__` or `__str__` within a budget of its own. */
export function guarded<T>(body: () => T): T {
  return vm.during(new RunRecord(), undefined, BUDGETS, body);
}

/** What an inline reference leaves in its sentence. */
export interface Display {
  readonly mime: 'text/html' | 'text/markdown' | 'text/plain';
  /** In that form. Of a text, the inside of its repr: a line break in it is the two characters `\\n`. */
  readonly text: string;
  /** True for plain text that stood in quotes: its characters count as they are, none of them as markup. */
  readonly quoted: boolean;
}

/**
 * How a value reads in a sentence of an HTML book, where code runs already: as Quarto's Jupyter engine takes it from
 * IPython. Raises what the value's `__repr__` raises.
 */
export function sentenceDisplay(value: Value): Display {
  const shown = formatted(value, ['text/html', 'text/markdown', 'text/plain']);
  if (shown === undefined)
    throw raise('KeyError', 'the value shows itself (_ipython_display_) and leaves no text for the sentence');
  const { mime, text } = shown;
  if (mime === 'text/html' || mime === 'text/markdown') return { mime, text, quoted: false };
  const quoted = text.length > 1 && /['"]/.test(text[0]!) && text[0] === text.at(-1);
  return { mime: 'text/plain', text: quoted ? text.slice(1, -1) : text, quoted };
}

/** A value for a hover. */
export interface Description {
  readonly repr: string;
  readonly type: string;
  /** Units of a quantity in their short form. */
  readonly unit?: string;
}

/** `repr`, type name and unit; a value whose repr fails, or is too much, by its type alone. */
export function describeValue(value: Value): Description {
  return guarded(() => describe(value));
}

/** A number as a float, whatever class it is of: decimals, fractions and numpy's scalars count as well, truth values do not. */
export function numberOf(value: Value): number | undefined {
  if (typeof value === 'number' || typeof value === 'bigint') return Number(value);
  if (typeof value !== 'object' || value === null || !isOfNumbers(typeOf(value))) return undefined;
  try {
    return guarded(() => toFloat(value));
  } catch (error) {
    const own = asOwnError(error);
    if (own instanceof PyError || own instanceof Refusal) return undefined;
    throw error;
  }
}

function isOfNumbers({ mro }: PyClass): boolean {
  return mro.some(cls => cls === intClass || cls === floatClass || NUMBERS.get(cls.module)?.test(cls.name) === true);
}

/** Classes of real numbers by their modules. */
const NUMBERS: ReadonlyMap<string, RegExp> = new Map([
  ['decimal', /^Decimal$/],
  ['fractions', /^Fraction$/],
  ['numpy', /^(?:u?int|float)\d+$/],
]);

/** The magnitude of a quantity that is one number, as a float, and its unit as people write it: `TFLOPs/s`. */
export function measureOf(value: Value): { readonly magnitude: number; readonly unit: string } | undefined {
  if (!(value instanceof PyQuantity)) return undefined;
  const { magnitude, units, registry } = value;
  if (typeof magnitude !== 'number' && typeof magnitude !== 'bigint') return undefined;
  return { magnitude: Number(magnitude), unit: formatUnits(registry.state, units, '~P') };
}

/** So little that all values of a cell can be described after each run. Time is only a last resort: it must not decide. */
const SHORT_BUDGETS = { ...DEFAULT_BUDGETS, milliseconds: 500, bytes: 5_000_000 };

/**
 * The same where no more than the first `limit` characters of the repr are wanted: of long lists, texts and the like only
 * the beginning is looked at, and what takes more than so many steps even so is described by its type.
 */
export function describeWithin(value: Value, limit: number, steps: number): Description & { readonly steps: number } {
  const isShort = typeof value === 'bigint' && BigInt.asIntN(64, value) === value;
  if (isShort || typeof value === 'number' || typeof value === 'boolean' || value === null)
    return { ...describe(value), steps: 0 };
  if (typeof value === 'string')
    return { ...describe(value.length > limit ? value.slice(0, limit + 1) : value), steps: 0 };
  // What a `__repr__` changed would depend on which values were described.
  return withoutChanges(() =>
    vm.during(new RunRecord(), undefined, { ...SHORT_BUDGETS, steps }, () => ({
      ...describe(beginningOf(value, limit)),
      steps: vm.steps,
    })),
  ).result;
}

/** A list or the like with no more items than a repr of that length can show. */
function beginningOf(value: Value, limit: number): Value {
  // An item and the comma behind it take three characters at least.
  const most = Math.ceil(limit / 3);
  if (value instanceof PyList && value.cls === listClass && value.items.length > most)
    return new PyList(value.items.slice(0, most));
  if (value instanceof PyTuple && value.cls === tupleClass && value.items.length > most)
    return new PyTuple(value.items.slice(0, most));
  return value;
}

function describe(value: Value): Description {
  const type = typeOf(value).name;
  if (isUnknown(value)) return { repr: UNKNOWN_TEXT, type };
  try {
    const text = shownText(() => inAnyOrder(() => repr(value)));
    return type === 'Quantity' ? { repr: text, type, unit: str(getAttribute(value, 'units')) } : { repr: text, type };
  } catch (thrown) {
    const error = asOwnError(thrown);
    if (error instanceof UnknownReached) return { repr: UNKNOWN_TEXT, type };
    if (error instanceof PyError || error instanceof Refusal) return { repr: `<${type} object>`, type };
    throw error;
  }
}
