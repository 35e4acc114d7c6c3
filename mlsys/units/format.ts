/** How units and quantities read: the formats D, C, P, L, Lx, H and raw, each with short symbols under `~`. */
import { PyDict } from '../python/runtime/dict';
import { Unsupported } from '../python/runtime/errors';
import { NativeFunction, type Value } from '../python/runtime/objects';
import { call, format, getAttribute, isIterable, str } from '../python/runtime/operations';
import { vm } from '../python/runtime/vm';
import type { Exponent, UnitsContainer } from './container';
import { type Definitions, generalText } from './definitions';
import { isArray } from './operands';
import type { PyQuantity, RegistryState } from './registry';

type Term = readonly [label: string, exponent: Exponent];

/** One way of writing. */
interface Style {
  readonly product: string;
  readonly division: (above: string, below: string) => string;
  readonly power: (base: string, exponent: string) => string;
  readonly exponent: (value: Exponent) => string;
  /** All denominators together, in parentheses where there are several. */
  readonly single: boolean;
  readonly label: (text: string) => string;
  readonly parentheses: (text: string) => string;
  readonly join: (magnitude: string, units: string) => string;
  readonly magnitude: (text: string) => string;
}

const EXPONENT_FORM = /([0-9]\.?[0-9]*)e(-?)\+?0*([0-9]+)/g;
const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';

function superscript(value: Exponent): string {
  return generalText(value)
    .replaceAll('-', '⁻')
    .replaceAll('.', '⋅')
    .replace(/[0-9]/g, digit => SUPERSCRIPTS[Number(digit)]!);
}

/** Rewrites `1.5e+10`, but only where the text starts with one. */
function leadingExponent(text: string, write: (exponent: string) => string): string {
  const first = new RegExp(EXPONENT_FORM.source, 'y').exec(text);
  if (first === null) return text;
  const exponent = String(Number(first[2]! + first[3]!));
  return text.replace(EXPONENT_FORM, (_, mantissa: string) => `${mantissa}×10${write(exponent)}`);
}

function escapeLatex(text: string): string {
  return text
    .replace(/\\/g, '\\textbackslash ')
    .replace(/~/g, '\\textasciitilde ')
    .replace(/\^/g, '\\textasciicircum ')
    .replace(/[&%$#_{}]/g, '\\$&');
}

const spaced = (magnitude: string, units: string) =>
  units.startsWith('1 / ') ? `${magnitude} ${units.slice(2)}` : `${magnitude} ${units}`;

const PLAIN: Style = {
  product: ' * ',
  division: (above, below) => `${above} / ${below}`,
  power: (base, exponent) => `${base} ** ${exponent}`,
  exponent: generalText,
  single: false,
  label: text => text,
  parentheses: text => `(${text})`,
  join: spaced,
  magnitude: text => text,
};

const COMPACT: Style = {
  ...PLAIN,
  product: '*',
  division: (above, below) => `${above}/${below}`,
  power: (base, exponent) => `${base}**${exponent}`,
};

const PRETTY: Style = {
  ...COMPACT,
  product: '·',
  power: (base, exponent) => `${base}${exponent}`,
  exponent: superscript,
  magnitude: text => leadingExponent(text, exponent => superscript(BigInt(exponent))),
};

const HTML: Style = {
  ...COMPACT,
  product: ' ',
  power: (base, exponent) => `${base}<sup>${exponent}</sup>`,
  single: true,
  magnitude: text => leadingExponent(text, exponent => `<sup>${exponent}</sup>`),
};

const LATEX: Style = {
  ...PLAIN,
  product: ' \\cdot ',
  division: (above, below) => `\\frac{${above}}{${below}}`,
  power: (base, exponent) => `${base}^{${exponent}}`,
  single: true,
  label: text => `\\mathrm{${escapeLatex(text)}}`,
  parentheses: text => `\\left(${text}\\right)`,
  join: (magnitude, units) => `${magnitude}\\ ${units.startsWith('1 / ') ? units.slice(2) : units}`,
  magnitude: text => text.replace(EXPONENT_FORM, '$1\\times 10^{$2$3}'),
};

/** In the order in which a spec is searched for them. */
const STYLES: readonly (readonly [string, Style | 'raw' | 'siunitx'])[] = [
  ['raw', 'raw'],
  ['D', PLAIN],
  ['H', HTML],
  ['P', PRETTY],
  ['Lx', 'siunitx'],
  ['L', LATEX],
  ['C', COMPACT],
];

/** The channel of the formats that a program adds to these. */
export const OWN_FORMATS = 'pint.formats';

/** A name: the spec of a number has a letter at most, and one of few. */
const OWN_NAME = /[A-Za-z]{2}|[^\W\d_bcdefgnosxzEFGX]/;

function styleOf(spec: string): Style | 'raw' | 'siunitx' {
  // Refuses where nobody knows which there are.
  if (OWN_NAME.test(spec.replace(FLAGS, ''))) vm.readState(OWN_FORMATS, undefined);
  return STYLES.find(([flag]) => spec.includes(flag))?.[1] ?? PLAIN;
}

/** What putting units into words takes. */
const FORMAT_STEPS = 40;

/** Longer flags first. */
const FLAGS = /raw|Lx|D|H|P|L|C|~/g;

/** Splits a spec into the number's part and the units' part. */
export function splitSpec(spec: string, state: RegistryState): [number: string, units: string] {
  const own = [spec.replace(FLAGS, ''), (spec.match(FLAGS) ?? []).join('')] as [string, string];
  const fallback = () =>
    [state.defaultFormat.replace(FLAGS, ''), (state.defaultFormat.match(FLAGS) ?? []).join('')] as [string, string];
  if (state.separateDefaults) {
    const [number, units] = fallback();
    return [own[0] || number, own[1] || units];
  }
  return spec === '' ? fallback() : own;
}

/** Labels with exponents, above and below the stroke, sorted by full name. */
function terms(definitions: Definitions, units: UnitsContainer, short: boolean): [Term[], Term[]] {
  if (units.size === 0) return short ? [[], []] : [[['dimensionless', 1n]], []];
  const sorted = [...units.entries].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  const above: Term[] = [];
  const below: Term[] = [];
  for (const [name, exponent] of sorted) {
    const label = short ? definitions.symbol(name) : name;
    (Number(exponent) < 0 ? below : above).push([label, exponent]);
  }
  return [above, below];
}

function write(style: Style, above: readonly Term[], below: readonly Term[]): string {
  const term = ([label, exponent]: Term, one: number): string => {
    const base = style.label(label);
    if (Number(exponent) === one) return base;
    const size = typeof exponent === 'bigint' ? (exponent < 0n ? -exponent : exponent) : Math.abs(exponent);
    return style.power(base, style.exponent(size));
  };
  if (above.length === 0 && below.length === 0) return '';
  const numerator = above.map(item => term(item, 1)).join(style.product) || '1';
  const denominators = below.map(item => term(item, -1));
  if (denominators.length === 0) return numerator;
  if (!style.single) return denominators.reduce(style.division, numerator);
  const joined = denominators.join(style.product);
  return style.division(numerator, denominators.length > 1 ? style.parentheses(joined) : joined);
}

/** Units alone, under a spec or the registry's default format. */
export function formatUnits(state: RegistryState, units: UnitsContainer, given: string): string {
  vm.step(FORMAT_STEPS);
  const spec = given || state.defaultFormat;
  return unitsText(state.definitions, units, styleOf(spec), spec);
}

function unitsText(
  definitions: Definitions,
  units: UnitsContainer,
  style: Style | 'raw' | 'siunitx',
  spec: string,
): string {
  if (style === 'siunitx') return siunitx(definitions, units, spec);
  const [above, below] = terms(definitions, units, spec.includes('~'));
  if (style !== 'raw') return write(style, above, below);
  return [...above, ...below]
    .map(([label, exponent]) => (Number(exponent) === 1 ? label : `${label} ** ${str(exponent)}`))
    .join(' * ');
}

/** A quantity under a spec or the registry's default format. */
export function formatQuantity(state: RegistryState, q: PyQuantity, given: string): string {
  const spec = given || state.defaultFormat;
  const style = styleOf(spec);
  const [numberSpec, unitSpec] = splitSpec(spec, state);
  const units = unitsText(state.definitions, q.units, style, unitSpec);
  if (style === 'siunitx') {
    if (isArray(q.magnitude)) throw new Unsupported('the LaTeX format of an array of quantities');
    const text = format(q.magnitude, numberSpec);
    return `\\SI[]{${text}}${units.slice('\\si[]'.length)}`;
  }
  if (style === 'raw') return units === '' ? str(q.magnitude) : spaced(str(q.magnitude), units);
  const magnitude = magnitudeText(q.magnitude, numberSpec, style);
  if (units === '') return magnitude;
  if (style === HTML && isArray(q.magnitude) && isIterable(q.magnitude)) return table(magnitude, units);
  return style.join(magnitude, units);
}

function magnitudeText(magnitude: Value, spec: string, style: Style): string {
  if (isArray(magnitude)) {
    if (style === LATEX) throw new Unsupported('the LaTeX format of an array of quantities');
    const text = arrayText(magnitude, spec);
    return style.magnitude(style === HTML ? `<pre>${text}</pre>` : text);
  }
  return style.magnitude(format(magnitude, spec));
}

/** An array on one line, each float of it in the given format; other items read as numpy prints them. */
function arrayText(magnitude: Value, spec: string): string {
  const kind = getAttribute(getAttribute(magnitude, 'dtype'), 'kind');
  if (kind !== 'f') return str(magnitude).replaceAll('\n', '');
  const item = new NativeFunction('format', args => format(args[0]!, spec));
  const formatter = new PyDict();
  formatter.map.set('float_kind', item);
  const printed = call(
    getAttribute(vm.import('numpy'), 'array2string'),
    [magnitude],
    new Map([['formatter', formatter]]),
  );
  return (printed as string).replaceAll('\n', '');
}

function table(magnitude: string, units: string): string {
  return `<table><tbody><tr><th>Magnitude</th><td style='text-align:left;'>${magnitude}</td></tr><tr><th>Units</th><td style='text-align:left;'>${units}</td></tr></tbody></table>`;
}

/** Commands of the siunitx package for LaTeX. */
function siunitx(definitions: Definitions, units: UnitsContainer, spec: string): string {
  const above: string[] = [];
  const below: string[] = [];
  const sorted = [...units.entries].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  for (const [name, exponent] of sorted) {
    const value = Number(exponent);
    let rest = name;
    let prefix: string | undefined;
    for (const [, { name: candidate }] of definitions.prefixes()) {
      if (candidate === '' || !rest.startsWith(candidate)) continue;
      prefix = candidate;
      rest = rest.slice(candidate.length);
    }
    const into = value >= 0 ? above : below;
    if (value < 0) into.push('\\per');
    if (prefix !== undefined) into.push(`\\${prefix}`);
    into.push(`\\${rest}`, siunitxPower(Math.abs(value)));
  }
  const text = above.join('') + below.join('');
  return `\\si[]{${spec.includes('~') ? text.replaceAll('\\percent', '\\%') : text}}`;
}

function siunitxPower(power: number): string {
  if (power === 1) return '';
  if (power === 2) return '\\squared';
  if (power === 3) return '\\cubed';
  if (Number.isInteger(power)) return `\\tothe{${power}}`;
  return `\\tothe{${power.toFixed(3)}}`.replace(/0+$/, '');
}
