/** `mlsys.formatting`: numbers and fractions for prose, and the checks that guard it. */
import { markdown, markdownClass } from '../modules/ipython';
import { PyDict } from '../python/runtime/dict';
import { raise } from '../python/runtime/errors';
import { failedGuards } from '../python/runtime/guards';
import { fn } from '../python/runtime/native';
import type { NativeFunction, Value } from '../python/runtime/objects';
import { PyTuple, typeOf } from '../python/runtime/objects';
import {
  binary,
  call,
  compare,
  format,
  getAttribute,
  setItem,
  str,
  toFloat,
  truth,
} from '../python/runtime/operations';
import { causeOf, isUnknown, spread, UNKNOWN_TEXT } from '../python/runtime/unknown';
import { vm } from '../python/runtime/vm';
import { formatUnits, PyQuantity, UnitsContainer, unitsLike } from '../units/index';
import { quantityIn } from './convert';
import { conditionOfCheck } from './guards';
import { sharedRegistry } from './ureg';

/** Values up to this size may read as zero. */
const TINY = 1e-12;
const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';

function isQuantity(value: Value): value is PyQuantity {
  return value instanceof PyQuantity && value.registry === sharedRegistry();
}

function bare(value: Value): Value {
  return isQuantity(value) ? value.magnitude : value;
}

/** A ratio as a float; a quantity is brought to a plain number first. */
function share(ratio: Value): number {
  return toFloat(isQuantity(ratio) ? quantityIn(ratio, UnitsContainer.of([])).magnitude : ratio);
}

function fixed(value: Value, precision: Value, commas: Value): string {
  return format(value, `${truth(commas) ? ',' : ''}.${str(precision)}f`);
}

/** True when a value that is not nil reads as nil. */
function lost(value: Value, text: string): boolean {
  const digits = text.replaceAll(',', '');
  if (!/^-?[0.]+$/.test(digits) || !digits.includes('0')) return false;
  return truth(compare('>', call(getAttribute(value, '__abs__'), []), TINY));
}

function formatNumber(given: Value, unit: Value, precision: Value, commas: Value, allowZero: Value): string {
  const converted = truth(unit) && isQuantity(given) ? quantityIn(given, unitsLike(given.registry, unit)) : given;
  const value = bare(converted);
  const text = fixed(value, precision, commas);
  if (!truth(allowZero) && lost(value, text))
    throw raise(
      'ValueError',
      `Formatting Precision Error: Value ${str(value)} was formatted as '${text}' with precision=${str(precision)}. Use more digits, or allow_zero=True to accept it.`,
    );
  return text;
}

/** Mantissa and exponent, both as text. */
function scientific(value: Value, precision: Value): [mantissa: string, exponent: string] {
  const [mantissa = '', exponent = ''] = format(bare(value), `.${str(precision)}e`).split('e');
  return [mantissa, String(Number(exponent))];
}

function latex(value: Value, precision: Value): string {
  const [mantissa, exponent] = scientific(value, precision);
  return `${mantissa} \\times 10^{${exponent}}`;
}

function fraction(numerator: Value, denominator: Value, result: Value, unit: Value): Value {
  let text = `$\\frac{${str(numerator)}}{${str(denominator)}}$`;
  if (result !== null) text += ` = ${str(result)}`;
  if (unit !== null) text += ` ${str(unit)}`;
  return markdown(text);
}

function dict(entries: readonly (readonly [string, Value])[]): PyDict {
  const made = new PyDict();
  for (const [key, value] of entries) setItem(made, key, value);
  return made;
}

function full(quantity: Value, precision: Value, commas: Value): string {
  if (!isQuantity(quantity))
    throw raise(
      'TypeError',
      `fmt_full() requires a pint Quantity, got ${typeOf(quantity).name}; plain numbers go to fmt().`,
    );
  const text = fixed(quantity.magnitude, precision, commas);
  if (lost(quantity.magnitude, text))
    throw raise(
      'ValueError',
      `fmt_full() Precision Error: ${str(quantity.magnitude)} formatted as '${text}' with precision=${str(precision)}. Use more digits.`,
    );
  return `${text} ${formatUnits(quantity.registry.state, quantity.units, '~P')}`;
}

const ONE = 1n;
const TWO = 2n;

/** The functions of the module, each with what a hover says of it. */
export const FORMATTING: readonly NativeFunction[] = [
  fn(
    'fmt(quantity, unit=None, precision=1, commas=True, allow_zero=False)',
    (quantity: Value, unit?: Value, precision?: Value, commas?: Value, allowZero?: Value) =>
      formatNumber(quantity, unit ?? null, precision ?? ONE, commas ?? true, allowZero ?? false),
    'The number of a quantity, converted to `unit` where one is given, with a fixed count of digits and without its unit. Raises ValueError where a value that is not zero would read as zero.',
  ),
  fn(
    'fmt_percent(ratio, precision=1, commas=False)',
    (ratio: Value, precision?: Value, commas?: Value) =>
      formatNumber(binary('*', share(ratio), 100n), null, precision ?? ONE, commas ?? false, false),
    'A ratio as a percentage, without the sign.',
  ),
  fn(
    'sci(val, precision=2)',
    (value: Value, precision?: Value) => {
      const [mantissa, exponent] = scientific(value, precision ?? TWO);
      const raised = exponent.replace('-', '⁻').replace(/\d/g, digit => SUPERSCRIPTS[Number(digit)]!);
      return `${mantissa} × 10${raised}`;
    },
    'A number in scientific notation with superscript digits: `3.14 × 10²³`.',
  ),
  fn(
    'sci_latex(val, precision=2)',
    (value: Value, precision?: Value) => latex(value, precision ?? TWO),
    'A number in scientific notation as LaTeX, without dollar signs.',
  ),
  fn(
    'display_value(value, unit=None, precision=1, commas=True)',
    (value: Value, unit?: Value, precision?: Value, commas?: Value) =>
      dict([
        ['value', value],
        ['str', formatNumber(value, unit ?? null, precision ?? ONE, commas ?? true, false)],
      ]),
    'The value together with its text, as a dict with `value` and `str`.',
  ),
  fn(
    'display_percent(ratio, precision=0)',
    (ratio: Value, precision?: Value) => {
      const value = share(ratio);
      const text = fixed(binary('*', value, 100n), precision ?? 0n, false);
      return dict([
        ['value', value],
        ['str', text],
        ['math', markdown(`$${text}\\%$`)],
      ]);
    },
    'A ratio as a dict with `value`, its percentage `str` and `math`.',
  ),
  fn(
    'display_fraction(numerator, denominator, result=None, unit=None, precision=2)',
    (numerator: Value, denominator: Value, result?: Value, unit?: Value, precision?: Value) => {
      const digits = precision ?? TWO;
      const value = binary('/', numerator, denominator);
      const text = result ?? null;
      const shown = text === null ? format(value, `.${str(digits)}g`) : text;
      return dict([
        ['value', value],
        ['str', shown],
        ['frac', fraction(latex(numerator, digits), latex(denominator, digits), shown, unit ?? null)],
      ]);
    },
    'A fraction as a dict with `value`, `str` and the typeset `frac`.',
  ),
  fn('md(latex_str)', (text: Value) => call(markdownClass, [text]), 'Markdown that shows the text as it is.'),
  fn('md_math(expression)', (text: Value) => markdown(`$${str(text)}$`), 'The expression as inline math.'),
  fn(
    'md_sci(val, precision=2)',
    (value: Value, precision?: Value) => markdown(`$${latex(value, precision ?? TWO)}$`),
    'A number in scientific notation as inline math.',
  ),
  fn(
    'md_frac(numerator, denominator, result=None, unit=None)',
    (numerator: Value, denominator: Value, result?: Value, unit?: Value) =>
      fraction(numerator, denominator, result ?? null, unit ?? null),
    'A fraction as inline math, followed by its result and unit.',
  ),
  fn(
    'check(condition, message)',
    (condition: Value, message: Value) => {
      const undecided = isUnknown(condition) ? causeOf(condition) : isUnknown(message) ? causeOf(message) : undefined;
      if (undecided !== undefined) {
        vm.recordUndecided(typeof message === 'string' ? message : UNKNOWN_TEXT, undecided);
        return spread(undecided);
      }
      const passed = truth(condition);
      const text = str(message);
      vm.recordCheck({ passed, message: text, condition: conditionOfCheck() });
      if (passed) return null;
      const error = raise('ValueError', `Narrative broken: ${text}`);
      failedGuards.add(error.exception);
      throw error;
    },
    'A guard: raises ValueError when the condition is false, and tells in `message` what the prose implies.',
  ),
  fn(
    'fmt_full(quantity, precision=1, commas=True)',
    (quantity: Value, precision?: Value, commas?: Value) => full(quantity, precision ?? ONE, commas ?? true),
    'A quantity with its unit in short form.',
  ),
  fn(
    'fmt_split(quantity, precision=1, commas=True)',
    (quantity: Value, precision?: Value, commas?: Value) => {
      const text = full(quantity, precision ?? ONE, commas ?? true);
      const blank = text.lastIndexOf(' ');
      return new PyTuple([text.slice(0, blank), text.slice(blank + 1)]);
    },
    'Number and unit of a quantity as two texts.',
  ),
];
