/** How arrays print: numpy's layout, digit for digit. */
import { complexRepr } from '../../python/runtime/numbers/complex';
import {
  exponentText,
  fixedDigits,
  isNegative,
  shortestDigits,
  significantDigits,
} from '../../python/runtime/numbers/decimal';
import { floatRepr, floatText } from '../../python/runtime/numbers/floats';
import { type PyComplex, PyList, type Value } from '../../python/runtime/objects';
import { call, repr, str } from '../../python/runtime/operations';
import { vm } from '../../python/runtime/vm';
import { itemsOf, type NdArray, type Shape, shapeText, toPython, withoutPadding } from './array';
import { type DType, float64, type Item, int64, roundTo } from './dtype';

export interface PrintOptions {
  readonly precision: number;
  readonly threshold: number;
  readonly edgeitems: number;
  readonly linewidth: number;
  readonly suppress: boolean;
  readonly nanstr: string;
  readonly infstr: string;
  readonly sign: '-' | '+' | ' ';
  readonly floatmode: 'maxprec' | 'fixed' | 'unique' | 'maxprec_equal';
  /** Python functions by kind of item (`float_kind`, `int`, `all`, …). */
  readonly formatter: ReadonlyMap<string, Value> | undefined;
  /** The version of numpy as which arrays and scalars are shown, as numpy has it: 125 is 1.25. */
  readonly legacy: number;
}

export const DEFAULT_PRINT: PrintOptions = {
  precision: 8,
  threshold: 1000,
  edgeitems: 3,
  linewidth: 75,
  suppress: false,
  nanstr: 'nan',
  infstr: 'inf',
  sign: '-',
  floatmode: 'maxprec',
  formatter: undefined,
  legacy: Number.POSITIVE_INFINITY,
};

const CHANNEL = 'numpy.printoptions';

export function printOptions(): PrintOptions {
  return vm.readState<PrintOptions>(CHANNEL, DEFAULT_PRINT);
}

export function setPrintOptions(options: PrintOptions): void {
  vm.writeState(CHANNEL, options);
}

type Format = (item: Item) => string;

/** Shortest digits that read back as the same number of the dtype's width. */
function shortest(value: number, dtype: DType): { digits: string; exponent: number } {
  if (dtype === float64) return shortestDigits(value);
  for (let count = 1; count < 17; count++) {
    const { digits, exponent } = significantDigits(value, count);
    if (roundTo(dtype, Number(`${digits[0]}.${digits.slice(1)}e${exponent}`)) === value)
      return { digits: digits.replace(/0+$/, '') || '0', exponent };
  }
  return shortestDigits(value);
}

/** The text of a narrow float, as `str()` of a float32 gives it. */
export function narrowFloatText(value: number, dtype: DType): string {
  if (dtype === float64 || !Number.isFinite(value) || value === 0) return floatText(value, true);
  const size = Math.abs(value);
  const { digits, exponent } = shortest(size, dtype);
  const sign = value < 0 ? '-' : '';
  if (size < 1e16 && size >= 1e-4) {
    if (exponent < 0) return `${sign}0.${'0'.repeat(-exponent - 1)}${digits}`;
    const padded = digits.padEnd(exponent + 1, '0');
    return `${sign}${padded.slice(0, exponent + 1)}.${padded.slice(exponent + 1) || '0'}`;
  }
  return `${sign}${digits[0]}${digits.length > 1 ? `.${digits.slice(1)}` : ''}${exponentText(exponent)}`;
}

/** Whole and fraction digits with at most `precision` of the latter; no trailing zeros in unique mode. */
function positional(value: number, precision: number, unique: boolean, dtype: DType): [string, string] {
  const size = Math.abs(value);
  const sign = isNegative(value) ? '-' : '';
  if (size === 0) return [`${sign}0`, unique ? '' : '0'.repeat(precision)];
  if (unique) {
    const { digits, exponent } = shortest(size, dtype);
    const decimals = digits.length - 1 - exponent;
    if (decimals <= precision) {
      if (exponent < 0) return [`${sign}0`, '0'.repeat(-exponent - 1) + digits];
      const padded = digits.padEnd(exponent + 1, '0');
      return [sign + padded.slice(0, exponent + 1), padded.slice(exponent + 1)];
    }
  }
  const [whole = '0', fraction = ''] = fixedDigits(size, precision).split('.');
  return [sign + whole, unique ? fraction.replace(/0+$/, '') : fraction];
}

/** The same with so many fraction digits, beyond the shortest text that is the number's own: those that it has in full. */
function filled(value: number, precision: number): [string, string] {
  const [whole = '0', fraction = ''] = fixedDigits(Math.abs(value), precision).split('.');
  return [(isNegative(value) ? '-' : '') + whole, fraction];
}

/** Mantissa and exponent with at most `precision` digits behind the point. */
function scientific(
  value: number,
  precision: number,
  unique: boolean,
  dtype: DType,
  whole = !unique,
): [string, string, number] {
  const size = Math.abs(value);
  const sign = isNegative(value) ? '-' : '';
  if (size === 0) return [`${sign}0`, '', 0];
  let found = shortest(size, dtype);
  // Digits that are asked for beyond the shortest text are the number's own, no zeros.
  const more = found.digits.length - 1 - precision;
  if (!unique || more > 0 || (whole && more < 0)) found = significantDigits(size, precision + 1);
  const fraction = found.digits.slice(1);
  return [sign + found.digits[0], whole ? fraction : fraction.replace(/0+$/, ''), found.exponent];
}

function floatFormat(values: readonly number[], options: PrintOptions, dtype: DType, sign = options.sign): Format {
  const finite = values.filter(value => Number.isFinite(value));
  let max = 0;
  let min = Number.POSITIVE_INFINITY;
  for (const value of finite) {
    const size = Math.abs(value);
    if (size === 0) continue;
    if (size > max) max = size;
    if (size < min) min = size;
  }
  const exponential = max > 0 && (max >= 1e8 || (!options.suppress && (min < 0.0001 || max / min > 1000)));
  const fixed = options.floatmode === 'fixed';
  const unlimited = options.floatmode === 'unique' ? 400 : options.precision;
  const plus = (value: number): string => (sign === '+' && !isNegative(value) ? '+' : '');
  let left = 0;
  let right = 0;
  let precision = unlimited;
  let exponentDigits = 2;
  if (exponential) {
    let fraction = 0;
    for (const value of finite) {
      const [whole, part, exponent] = scientific(value, precision, !fixed, dtype);
      left = Math.max(left, plus(value).length + whole.length);
      fraction = Math.max(fraction, fixed ? precision : part.length);
      exponentDigits = Math.max(exponentDigits, String(Math.abs(exponent)).length);
    }
    precision = fraction;
    right = exponentDigits + 2 + precision;
  } else {
    for (const value of finite) {
      const [whole, part] = positional(value, precision, !fixed, dtype);
      left = Math.max(left, plus(value).length + whole.length);
      right = Math.max(right, part.length);
    }
    if (fixed || options.floatmode === 'maxprec_equal') precision = right;
  }
  if (sign === ' ' && !finite.some(isNegative)) left += 1;
  if (finite.length < values.length) {
    const negative = sign !== '-' || values.includes(Number.NEGATIVE_INFINITY) ? 1 : 0;
    left = Math.max(left, options.nanstr.length - right - 1, options.infstr.length + negative - right - 1);
  }
  const equal = fixed || options.floatmode === 'maxprec_equal';
  return item => {
    const value = item as number;
    if (!Number.isFinite(value)) {
      const text = Number.isNaN(value)
        ? `${sign === '+' ? '+' : ''}${options.nanstr}`
        : `${value < 0 ? '-' : sign === '+' ? '+' : ''}${options.infstr}`;
      return text.padStart(left + right + 1);
    }
    if (exponential) {
      const [whole, part, exponent] = scientific(value, precision, !fixed, dtype, true);
      const power = `e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(exponentDigits, '0')}`;
      return `${(plus(value) + whole).padStart(left)}.${part.padEnd(precision, '0')}${power}`;
    }
    let [whole, part] = positional(value, precision, !fixed, dtype);
    if (equal && part.length < precision) [whole, part] = filled(value, precision);
    const tail = equal ? part.padEnd(precision, '0') : part;
    return `${(plus(value) + whole).padStart(left)}.${tail.padEnd(right)}`;
  };
}

function complexFormat(values: readonly PyComplex[], options: PrintOptions): Format {
  const real = floatFormat(
    values.map(value => value.re),
    options,
    float64,
  );
  const imaginary = floatFormat(
    values.map(value => value.im),
    options,
    float64,
    '+',
  );
  return item => {
    const { re, im } = item as PyComplex;
    const tail = imaginary(im);
    const end = tail.trimEnd().length;
    return `${real(re)}${tail.slice(0, end)}j${tail.slice(end)}`;
  };
}

function integerFormat(values: readonly bigint[], options: PrintOptions): Format {
  let width = 0;
  const text = (value: bigint): string => (options.sign === '+' && value >= 0n ? `+${value}` : `${value}`);
  for (const value of values) width = Math.max(width, text(value).length);
  if (options.sign === ' ' && !values.some(value => value < 0n)) width++;
  return item => text(item as bigint).padStart(width);
}

function formatterFor(dtype: DType, items: readonly Item[], options: PrintOptions, scalar: boolean): Format {
  const custom = customFormatter(dtype, options);
  if (custom !== undefined) return item => str(call(custom, [toPython(dtype, item)]));
  switch (dtype.kind) {
    case 'f':
      return floatFormat(items as number[], options, dtype);
    case 'c':
      return complexFormat(items as PyComplex[], options);
    case 'i':
    case 'u':
      return integerFormat(items as bigint[], options);
    case 'b': {
      const yes = scalar ? 'True' : ' True';
      return item => (item === 1 ? yes : 'False');
    }
    case 'U':
      return item => repr(item);
    default:
      return item => (item instanceof PyList ? `list(${repr(item)})` : repr(item));
  }
}

function customFormatter(dtype: DType, options: PrintOptions): Value | undefined {
  const given = options.formatter;
  if (given === undefined) return undefined;
  const names: Readonly<Record<string, readonly string[]>> = {
    f: ['float', 'float_kind', 'all'],
    i: ['int', 'int_kind', 'all'],
    u: ['int', 'int_kind', 'all'],
    b: ['bool', 'all'],
    c: ['complexfloat', 'complex_kind', 'all'],
    U: ['numpystr', 'str_kind', 'all'],
    O: ['object', 'all'],
  };
  for (const name of names[dtype.kind]!) {
    const found = given.get(name);
    if (found !== undefined) return found;
  }
  return undefined;
}

export interface Layout {
  readonly separator: string;
  readonly prefix: string;
  readonly suffix: string;
  readonly options: PrintOptions;
}

/** What writing an item takes. */
const PRINT_STEPS = 30;
const PRINT_BYTES = 100;

/** The brackets, items and line breaks of an array with at least one dimension or a bare item. */
export function arrayText(array: NdArray, { separator, prefix, suffix, options }: Layout): string {
  if (array.size === 0) return '[]';
  const items = itemsOf(array) as Item[];
  const { shape } = array;
  const summary = items.length > options.threshold;
  const edge = options.edgeitems;
  const shown = summary ? edgeItems(items, shape, edge) : Array.from(items as ArrayLike<Item>);
  vm.step(PRINT_STEPS * shown.length);
  vm.charge(PRINT_BYTES * shown.length);
  const format = formatterFor(array.dtype, shown, options, shape.length === 0);
  const width = options.linewidth - suffix.length;
  const steps = stepsOf(shape);

  const recurse = (axis: number, offset: number, indent: string, room: number): string => {
    const left = shape.length - axis;
    if (left === 0) return format(items[offset]!);
    const length = shape[axis]!;
    const cut = summary && 2 * edge < length;
    const places: (number | undefined)[] = [];
    for (let i = 0; i < length; i++) {
      if (cut && i === edge) {
        places.push(undefined);
        i = length - edge;
      }
      places.push(i);
    }
    const inner = `${indent} `;
    let text = '';
    if (left === 1) {
      const limit = room - Math.max(separator.trimEnd().length, 1);
      let line = indent;
      places.forEach((place, i) => {
        const word = place === undefined ? '...' : recurse(axis + 1, offset + place * steps[axis]!, inner, room - 1);
        if (line.length + word.length > limit && line.length > indent.length) {
          text += `${line.trimEnd()}\n`;
          line = indent;
        }
        line += word;
        if (i < places.length - 1) line += separator;
      });
      text += line;
    } else {
      const between = separator.trimEnd() + '\n'.repeat(left - 1);
      places.forEach((place, i) => {
        const nested = place === undefined ? '...' : recurse(axis + 1, offset + place * steps[axis]!, inner, room - 1);
        text += indent + nested + (i < places.length - 1 ? between : '');
      });
    }
    return `[${text.slice(indent.length)}]`;
  };
  return recurse(0, 0, ` ${' '.repeat(prefix.length)}`, width);
}

function stepsOf(shape: Shape): number[] {
  const steps = new Array<number>(shape.length);
  let step = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    steps[axis] = step;
    step *= shape[axis]!;
  }
  return steps;
}

/** The items that a summary shows: they alone decide on the format. */
function edgeItems(items: readonly Item[], shape: Shape, edge: number): Item[] {
  const steps = stepsOf(shape);
  const found: Item[] = [];
  const visit = (axis: number, offset: number): void => {
    if (axis === shape.length) {
      found.push(items[offset]!);
      return;
    }
    const length = shape[axis]!;
    for (let i = 0; i < length; i++) {
      if (2 * edge < length && i === edge) i = length - edge;
      visit(axis + 1, offset + i * steps[axis]!);
    }
  };
  visit(0, 0);
  return found;
}

/** `repr(array)` */
export function arrayRepr(array: NdArray, options: PrintOptions = printOptions()): string {
  const { dtype, shape, size } = array;
  const extras: string[] = [];
  const shaped = size > 0 || (shape.length === 1 && shape[0] === 0);
  const list = shaped ? arrayText(array, { separator: ', ', prefix: 'array(', suffix: ')', options }) : '[]';
  if (!shaped || (size > options.threshold && options.legacy > 201)) extras.push(`shape=${shapeText(shape)}`);
  const implied = dtype === int64 || dtype === float64 || dtype.kind === 'b' || dtype.kind === 'c';
  if (!implied || size === 0) extras.push(`dtype=${dtype.kind === 'U' ? `'${dtype.code}'` : dtype.name}`);
  const head = `array(${list}`;
  if (extras.length === 0) return `${head})`;
  const tail = extras.join(', ');
  // The comma behind the items and the closing bracket count as well.
  const last = head.length - (head.lastIndexOf('\n') + 1) + 1;
  const spacer = last + tail.length + 2 > options.linewidth ? `\n${' '.repeat('array('.length)}` : ' ';
  return `${head},${spacer}${tail})`;
}

/** `str(array)` */
export function arrayStr(array: NdArray, options: PrintOptions = printOptions()): string {
  if (array.shape.length === 0) return scalarText(array.dtype, (itemsOf(array) as Item[])[0]!);
  return arrayText(array, { separator: ' ', prefix: '', suffix: '', options });
}

/** `str()` of a scalar. */
export function scalarText(dtype: DType, item: Item): string {
  switch (dtype.kind) {
    case 'f':
      return dtype === float64 ? floatRepr(item as number) : narrowFloatText(item as number, dtype);
    case 'c':
      return complexRepr(item as PyComplex);
    case 'b':
      return item === 1 ? 'True' : 'False';
    case 'U':
      return withoutPadding(item as string);
    default:
      return str(item);
  }
}

/** `repr()` of a scalar: `np.float64(1.5)`. */
export function scalarRepr(dtype: DType, item: Item): string {
  // Up to version 1 scalars were shown as Python's own values.
  if (printOptions().legacy <= 125) return dtype.kind === 'U' ? repr(item as Value) : scalarText(dtype, item);
  if (dtype.kind === 'b') return item === 1 ? 'np.True_' : 'np.False_';
  if (dtype.kind === 'U') return `np.str_(${repr(scalarText(dtype, item))})`;
  const text = scalarText(dtype, item);
  if (dtype.kind === 'c') return `np.complex128${text.startsWith('(') ? text : `(${text})`}`;
  return `np.${dtype.name}(${text})`;
}
