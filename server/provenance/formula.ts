/** Formulas as text: as written, or with numbers and units in place of names. */
import type { PartRecord, PartValue } from '../evaluation/provenance';

export type FormulaStyle = 'names' | 'numbers';

/** A formula on one line: `ops / (n × peak × eta)`, `3.14e23 / (1,024 × 312 × 0.45)`. */
export function formulaText(part: PartRecord, style: FormulaStyle = 'names'): string {
  return written(part, style).text;
}

/** Types of values that stay what they are. */
const LASTING: ReadonlySet<string> = new Set(
  'bool NoneType complex date datetime timedelta Fraction Decimal float64 float32 int64 int32 bool_ bytes range'.split(
    ' ',
  ),
);

/** A tuple of numbers and texts, which stays what it is as well. */
const OF_LASTING = /^\((?:[-+]?[\d.]+(?:e[-+]?\d+)?|'[^'\\]*')(?:, (?:[-+]?[\d.]+(?:e[-+]?\d+)?|'[^'\\]*'))*,?\)$/;

const LONGEST_TUPLE = 40;

/** The first items of a tuple of many. */
function shortTuple(repr: string): string {
  if (repr.length <= LONGEST_TUPLE) return repr;
  const end = repr.lastIndexOf(', ', LONGEST_TUPLE);
  return end < 0 ? repr : `${repr.slice(0, end)}, …)`;
}

/** A number with its unit, with six digits at most: `312 TFLOPs/s`, `3.14e23`, `86,400`. */
export function valueText({ number, shortUnit, text, repr, type }: PartValue): string {
  if (text !== undefined) return text;
  if (number === undefined) {
    if (type === 'str') return repr.slice(1, -1);
    if (type === 'TextIOWrapper') return /name='([^']*)'/.exec(repr)?.[1] ?? `<${type}>`;
    // What may be changed by cells below is told by its type: nobody knows what it was when it was read.
    if (type === 'tuple' && OF_LASTING.test(repr)) return shortTuple(repr);
    return LASTING.has(type) ? repr : `<${type}>`;
  }
  const digits = numberText(number);
  return shortUnit === undefined || shortUnit === '' ? digits : `${digits} ${shortUnit}`;
}

/** A number as people write it, with six digits at most. */
export function numberText(value: number): string {
  if (!Number.isFinite(value)) return String(value).replace('Infinity', 'inf').replace('NaN', 'nan');
  const size = Math.abs(value);
  const short = Number(value.toPrecision(6));
  if (size !== 0 && (size < 1e-4 || size >= 1e7)) {
    const [digits, power] = short.toExponential().split('e');
    return `${digits}e${power!.replace('+', '')}`;
  }
  const [whole, fraction] = String(short).split('.');
  const grouped = whole!.replace(/\B(?=(\d{3})+$)/g, ',');
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}

/** How tight an operation binds: the operands of one that binds tighter need parentheses. */
interface Written {
  readonly text: string;
  readonly tightness: number;
}

const ATOM = 10;
const TIGHTNESS: Readonly<Record<string, number>> = {
  '+': 1,
  '-': 1,
  '*': 2,
  '/': 2,
  '//': 2,
  '%': 2,
  '@': 2,
  '**': 4,
};
const SIGNS: Readonly<Record<string, string>> = { '*': '×', '-': '−', '**': '^' };
const NEGATION = 3;

/** Methods and attributes of quantities that give the same in another form. */
const CONVERSIONS: ReadonlySet<string> = new Set(['m_as', 'to', 'ito']);
const MAGNITUDES: ReadonlySet<string> = new Set(['magnitude', 'm']);

/** True for a conversion to another unit, and for the magnitude of a quantity. */
export function isOtherForm(part: PartRecord): boolean {
  if (part.kind === 'attribute') return MAGNITUDES.has(part.name);
  return part.kind === 'call' && part.on !== undefined && CONVERSIONS.has(part.callee);
}

function written(part: PartRecord, style: FormulaStyle): Written {
  const within = (one: PartRecord) => written(one, style);
  switch (part.kind) {
    case 'literal':
      return atom(style === 'numbers' && part.value.number !== undefined ? valueText(part.value) : part.code);
    case 'source':
      return atom(style === 'numbers' ? valueText(part.value) : part.code);
    case 'object':
      return atom(part.code);
    case 'operation':
      return operation(part.operator, part.operands.map(within));
    case 'call':
      return writtenCall(part, style);
    case 'attribute':
      if (MAGNITUDES.has(part.name)) return within(part.of);
      if (style === 'numbers' && part.value.number !== undefined) return atom(valueText(part.value));
      return atom(`${inParentheses(within(part.of), ATOM)}.${part.name}`);
    case 'item':
      if (style === 'numbers' && part.value.number !== undefined) return atom(valueText(part.value));
      return atom(`${inParentheses(within(part.of), ATOM)}[${within(part.index).text}]`);
    case 'choice':
      return choice(part, style);
    case 'code':
      return {
        text: oneLine(style === 'numbers' && !STATEMENT.test(part.code) ? filled(part) : part.code),
        tightness: 0,
      };
  }
}

/** `2 × n if n > 5 and not small`: of tests within each other one list. */
function choice(part: PartRecord & { readonly kind: 'choice' }, style: FormulaStyle): Written {
  const tests: string[] = [];
  let of: PartRecord = part;
  for (; of.kind === 'choice'; of = of.of) tests.unshift(testText(of, style));
  const all = tests.length === 1 ? tests : tests.map(one => (/\b(?:or|if)\b/.test(one) ? `(${one})` : one));
  return { text: `${written(of, style).text} if ${all.join(' and ')}`, tightness: 0 };
}

/** `n > 5`, `n <= 5`, `not (n > 5 or m)` */
function testText({ test, isElse }: PartRecord & { readonly kind: 'choice' }, style: FormulaStyle): string {
  const { text } = written(test, style);
  if (!isElse) return text;
  if (/\b(?:and|or|if)\b/.test(text)) return `not (${text})`;
  const [, left, operator, right] = ONE_COMPARISON.exec(text) ?? [];
  // Of what is no number, neither may hold.
  const isOpposite = operator !== undefined && !/\bnan\b/.test(text);
  return isOpposite ? `${left} ${OPPOSITES[operator]} ${right}` : `not ${text}`;
}

const ONE_COMPARISON = /^([^<>=!"'[]+) (<|<=|>|>=|==|!=) ([^<>=!"'[]+|"[^"]*"|'[^']*')$/;
const OPPOSITES: Readonly<Record<string, string>> = {
  '<': '>=',
  '<=': '>',
  '>': '<=',
  '>=': '<',
  '==': '!=',
  '!=': '==',
};

/** Code that gives names values as it goes: a number in place of such a name would say nothing. */
const STATEMENT = /^(?:async|for|match|while|with)\b/;

function writtenCall(part: PartRecord & { readonly kind: 'call' }, style: FormulaStyle): Written {
  const within = (one: PartRecord) => written(one, style);
  const { on, callee, args, keywords } = part;
  const same = unchanged(part);
  if (same !== undefined) return within(same);
  const unit = unitName(part);
  if (unit !== undefined) return atom(unit);
  if (on !== undefined && CONVERSIONS.has(callee) && args.length === 1)
    return style === 'numbers' && on.value.shortUnit === '' ? within(on) : conversion(within(on), within(args[0]!));
  const given = [
    ...args.map(within).map(one => one.text),
    ...keywords.map(([name, one]) => `${name}=${within(one).text}`),
  ];
  // A generator that is the one argument brings its parentheses along.
  const [only] = given;
  const isWrapped = given.length === 1 && args[0]?.kind === 'code' && /^\(.*\)$/.test(only!);
  const call = isWrapped ? `${callee}${only}` : `${callee}(${given.join(', ')})`;
  return atom(on === undefined ? call : `${inParentheses(within(on), ATOM)}.${call}`);
}

/** The name in `ureg.Unit("hour")`. */
function unitName({ callee, args, keywords }: PartRecord & { readonly kind: 'call' }): string | undefined {
  const [name] = args;
  if (!/(?:^|\.)Unit$/.test(callee) || args.length !== 1 || keywords.length > 0 || name?.kind !== 'literal')
    return undefined;
  return /^(['"])([\w ]+)\1$/.exec(name.code)?.[2];
}

/** What `float(x)` or a second conversion to the same unit is given, where it gives just that back. */
function unchanged({ on, callee, args, value }: PartRecord & { readonly kind: 'call' }): PartRecord | undefined {
  const given =
    on === undefined && callee === 'float' ? args[0] : isConversion(on) && CONVERSIONS.has(callee) ? on : undefined;
  const isSame = given?.value.number === value.number && given?.value.type !== 'str';
  const isOfUnit = value.shortUnit === undefined || value.shortUnit === given?.value.shortUnit;
  return value.number !== undefined && isSame && isOfUnit ? given : undefined;
}

function isConversion(part: PartRecord | undefined): boolean {
  return part?.kind === 'call' && isOtherForm(part);
}

function atom(text: string): Written {
  return { text, tightness: ATOM };
}

/** `312 TFLOPs/s in GFLOPs/s` */
function conversion(of: Written, unit: Written): Written {
  // Without dimensions
  if (/^(['"])\1$/.test(unit.text)) return of;
  const name = unit.text.replace(/^(?:[\w.]*\bUnit\()?(['"])(.*)\1\)?$/, '$2');
  return { text: `${inParentheses(of, 1)} in ${name}`, tightness: 0 };
}

function operation(operator: string, operands: readonly Written[]): Written {
  const [left, right] = operands as [Written, Written | undefined];
  const sign = SIGNS[operator] ?? operator;
  if (right === undefined) {
    const word = /^\w/.test(sign) ? `${sign} ` : sign;
    return { text: word + inParentheses(left, NEGATION), tightness: NEGATION };
  }
  const tightness = TIGHTNESS[operator] ?? 0;
  const isPower = operator === '**';
  const first = inParentheses(left, isPower ? tightness + 1 : tightness);
  // a - (b - c), a / (b * c); but a + (b + c), a * (b * c) read the same without
  const isFree = (operator === '+' || operator === '*') && right.tightness === tightness && !/[/%]/.test(right.text);
  const second = inParentheses(right, isPower || isFree ? tightness : tightness + 1);
  const gap = isPower ? '' : ' ';
  return { text: `${first}${gap}${sign}${gap}${second}`, tightness };
}

function inParentheses({ text, tightness }: Written, least: number): string {
  return tightness < least ? `(${text})` : text;
}

/** Other code with the values of its names in their places, and with numbers in the expressions that it shows. */
function filled({ code, names }: PartRecord & { readonly kind: 'code' }): string {
  const values = new Map<string, string>();
  let text = code;
  for (const [name, part] of names)
    if (PATH.test(name)) values.set(name, valueText(part.value));
    else text = text.replaceAll(name, () => formulaText(part, 'numbers'));
  return text.replaceAll(/[\p{L}_][\p{L}\p{N}_]*(?:\.[\p{L}_][\p{L}\p{N}_]*)*/gu, path => {
    for (let end = path.length; end > 0; end = path.lastIndexOf('.', end - 1)) {
      const value = values.get(path.slice(0, end));
      if (value !== undefined) return value + path.slice(end);
    }
    return path;
  });
}

/** A name, or a chain of attributes. */
const PATH = /^[\p{L}_][\p{L}\p{N}_]*(?:\.[\p{L}_][\p{L}\p{N}_]*)*$/u;

const LONGEST = 160;

function oneLine(code: string): string {
  const flat = code.replaceAll(/\s+/g, ' ');
  return flat.length > LONGEST ? `${flat.slice(0, LONGEST)}…` : flat;
}
