/** Numbers as prose writes them, with their units: `1,024 GPUs`, `$4.6 million`, `3.14 × 10^23`, `12.4 ms`, `45%`. */

import { remembered } from '../../evaluation/remembered';

/** A number in a text. */
export interface WrittenNumber {
  readonly from: number;
  /** Behind its digits. */
  readonly digitsTo: number;
  /** Behind its unit, where it has one. */
  readonly to: number;
  /** With its power of ten and its word of magnitude. */
  readonly value: number;
  /** Half a unit of the last digit that is shown: the number itself may be off by that. */
  readonly half: number;
  readonly unit: Unit | undefined;
}

/** What a number counts. Two of the same kind can be compared, by their factors. */
export interface Unit {
  readonly kind: string;
  readonly factor: number;
  readonly text: string;
}

const NUMBER =
  /(?<![\w.,])([-−]?)(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?(?:\s?[×x]\s?10(?:\^\(?([-−]?\d+)\)?|([⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+))|e([-+]?\d+))?(?![\d^]|[.,]\d)/g;
const RAISED = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** By the words and the letters for them. */
export const MAGNITUDES: Readonly<Record<string, number>> = {
  thousand: 1e3,
  million: 1e6,
  billion: 1e9,
  trillion: 1e12,
  quadrillion: 1e15,
  k: 1e3,
  m: 1e6,
  b: 1e9,
  t: 1e12,
};

/** Units by what they measure; names in lower case stand for any case. */
const UNITS: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  time: {
    ns: 1e-9,
    µs: 1e-6,
    μs: 1e-6,
    nanosecond: 1e-9,
    microsecond: 1e-6,
    ms: 1e-3,
    millisecond: 1e-3,
    s: 1,
    second: 1,
    min: 60,
    minute: 60,
    h: 3600,
    hour: 3600,
    day: 86_400,
    week: 604_800,
  },
  data: {
    B: 1,
    KB: 1e3,
    kB: 1e3,
    MB: 1e6,
    GB: 1e9,
    TB: 1e12,
    PB: 1e15,
    EB: 1e18,
    KiB: 2 ** 10,
    MiB: 2 ** 20,
    GiB: 2 ** 30,
    TiB: 2 ** 40,
    byte: 1,
    kilobyte: 1e3,
    megabyte: 1e6,
    gigabyte: 1e9,
    terabyte: 1e12,
    petabyte: 1e15,
    kibibyte: 2 ** 10,
    mebibyte: 2 ** 20,
    gibibyte: 2 ** 30,
    tebibyte: 2 ** 40,
  },
  bits: {
    kilobit: 1e3,
    megabit: 1e6,
    gigabit: 1e9,
    bit: 1,
    kbit: 1e3,
    Mbit: 1e6,
    Gbit: 1e9,
    Tbit: 1e12,
    Kb: 1e3,
    Mb: 1e6,
    Gb: 1e9,
    Tb: 1e12,
  },
  power: {
    nW: 1e-9,
    µW: 1e-6,
    mW: 1e-3,
    W: 1,
    kW: 1e3,
    MW: 1e6,
    GW: 1e9,
    watt: 1,
    milliwatt: 1e-3,
    kilowatt: 1e3,
    megawatt: 1e6,
    gigawatt: 1e9,
  },
  energy: {
    pJ: 1e-12,
    nJ: 1e-9,
    µJ: 1e-6,
    mJ: 1e-3,
    J: 1,
    kJ: 1e3,
    MJ: 1e6,
    GJ: 1e9,
    joule: 1,
    mWh: 3.6,
    Wh: 3600,
    kWh: 3.6e6,
    MWh: 3.6e9,
    GWh: 3.6e12,
    kcal: 4184,
    kilocalorie: 4184,
    millijoule: 1e-3,
    kilojoule: 1e3,
    megajoule: 1e6,
    'watt-hour': 3600,
    'kilowatt-hour': 3.6e6,
    'megawatt-hour': 3.6e9,
    'gigawatt-hour': 3.6e12,
  },
  length: {
    km: 1e3,
    kilometer: 1e3,
    kilometre: 1e3,
    meter: 1,
    metre: 1,
    cm: 1e-2,
    mm: 1e-3,
    millimeter: 1e-3,
    millimetre: 1e-3,
    centimeter: 1e-2,
    centimetre: 1e-2,
    mile: 1609.344,
  },
  area: { 'm²': 1, m2: 1, 'km²': 1e6, km2: 1e6, 'cm²': 1e-4, cm2: 1e-4, hectare: 1e4, ha: 1e4 },
  volume: {
    'm³': 1,
    m3: 1,
    litre: 1e-3,
    liter: 1e-3,
    hl: 0.1,
    ml: 1e-6,
    mL: 1e-6,
    millilitre: 1e-6,
    milliliter: 1e-6,
    gallon: 3.785e-3,
  },
  mass: { kg: 1, kilogram: 1, kilo: 1, gram: 1e-3, g: 1e-3, mg: 1e-6, tonne: 1e3, t: 1e3 },
  temperature: { '°C': 1, celsius: 1 },
  // Of another zero: no factor makes the one of the other.
  fahrenheit: { '°F': 1 },
  compute: {
    FLOP: 1,
    MFLOP: 1e6,
    GFLOP: 1e9,
    TFLOP: 1e12,
    PFLOP: 1e15,
    EFLOP: 1e18,
    ZFLOP: 1e21,
    megaFLOP: 1e6,
    gigaFLOP: 1e9,
    teraFLOP: 1e12,
    petaFLOP: 1e15,
    exaFLOP: 1e18,
    zettaFLOP: 1e21,
  },
  frequency: { Hz: 1, kHz: 1e3, MHz: 1e6, GHz: 1e9, hertz: 1, kilohertz: 1e3, megahertz: 1e6, gigahertz: 1e9 },
  money: { dollar: 1, USD: 1, euro: 1, EUR: 1, cent: 0.01 },
  ratio: { '%': 1, percent: 1 },
  factor: { '×': 1, times: 1 },
};

const BY_NAME: ReadonlyMap<string, Unit> = new Map(
  Object.entries(UNITS).flatMap(([kind, names]) =>
    Object.entries(names).map(([text, factor]) => [text, { kind, factor, text }] as const),
  ),
);

const METER: Unit = { kind: 'length', factor: 1, text: 'm' };

const LITRE: Unit = { kind: 'volume', factor: 1e-3, text: 'litre' };

/** Letters that are units before a slash: `4 m/s`, `219 l/s`. */
const OF_LETTER: Readonly<Record<string, Unit>> = { m: METER, l: LITRE, L: LITRE };

/** Rates that are written as one word. */
const RATES: Readonly<Record<string, string>> = { kph: 'km/h', mph: 'mile/h' };

/** The unit of a kind that is so large, by its short name. */
export function unitOf(kind: string, factor: number): Unit | undefined {
  const names = Object.hasOwn(UNITS, kind) ? Object.entries(UNITS[kind]!) : [];
  const found = names.find(([, own]) => Math.abs(own / factor - 1) < 1e-9);
  return found && { kind, factor: found[1], text: found[0] };
}

/** In lower case, where one unit alone is written so. */
const BY_LOWER: ReadonlyMap<string, Unit> = new Map(
  [...BY_NAME.values()].flatMap(unit => {
    const lower = unit.text.toLowerCase();
    const alike = [...BY_NAME.keys()].filter(name => name.toLowerCase() === lower);
    return alike.every(name => BY_NAME.get(name)!.kind === unit.kind && BY_NAME.get(name)!.factor === unit.factor)
      ? [[lower, unit] as const]
      : [];
  }),
);

/** A unit by its name, alone or as a rate (`GB/s`), whatever its case where that is plain; undefined for others. */
export const unitNamed = remembered(20_000, (name): Unit | undefined => {
  const [over, per, ...more] = (Object.hasOwn(RATES, name) ? RATES[name]! : name).split('/');
  if (more.length > 0) return undefined;
  // `m` alone may be a minute, a meter or a million.
  const unit = per === undefined ? simpleUnit(over!) : (OF_LETTER[over!] ?? simpleUnit(over!));
  if (unit === undefined || per === undefined) return unit;
  const time = simpleUnit(per);
  if (time === undefined) return undefined;
  return { kind: `${unit.kind}/${time.kind}`, factor: unit.factor / time.factor, text: name };
});

function simpleUnit(name: string): Unit | undefined {
  if (name === '$' || name === '€' || name === '£') return { kind: 'money', factor: 1, text: '$' };
  const bits = /^([KMGT]?)bps$/.exec(name)?.[1];
  if (bits !== undefined)
    return { kind: 'bits/time', factor: bits === '' ? 1 : BY_NAME.get(`${bits}b`)!.factor, text: name };
  // A letter alone is a unit in its own case only.
  if (name.length === 1) return BY_NAME.get(name);
  const lower = singular(name.toLowerCase());
  return BY_NAME.get(name) ?? BY_NAME.get(singular(name)) ?? BY_NAME.get(lower) ?? BY_LOWER.get(lower);
}

/** Kinds of units that are measured, not counted; rates of them as well. */
export const MEASURED =
  /^(?:time|data|bits|power|energy|length|area|volume|mass|temperature|fahrenheit|compute|frequency|money|ratio|factor)(?:\/|$)/;

/** The unit in which a share is told: of the share itself, hundredths. */
export const PERCENT_OF_SHARE: Unit = { kind: 'ratio', factor: 100, text: '%' };

/** Words behind a number that are no unit of it. */
export const NO_UNIT: ReadonlySet<string> = new Set(
  'a an and are as at but by can each every for from had has have if in into is it its more less of on or over per than that the then this through to under until up was were when where which while with within without'.split(
    ' ',
  ),
);

/** What is computed with is no year: "2032 / 203", "25 × 1920". */
const OPERATED_ON = /^\)?\s?[×÷*/]\s?[\d(]/;
const OPERATED_BY = /[\d)]\s?[×÷*/]\s?\(?$/;

/** Before the year whose prices a sum is given in. */
const OF_PRICES = /(?:\b(?:in|into|to|at|constant|real)\s|\()$/i;

/** The numbers of a text, in order. */
export function numbersIn(text: string): readonly WrittenNumber[] {
  const found: WrittenNumber[] = [];
  for (const match of text.matchAll(NUMBER)) {
    const [whole, sign, digits, fraction = '', power, raised, exponent] = match;
    const from = match.index;
    const plain = Number(`${digits!.replaceAll(',', '')}${fraction}`);
    const ten =
      power ?? exponent ?? raised?.replaceAll('⁻', '-').replaceAll(/[⁰-⁹¹²³]/g, one => String(RAISED.indexOf(one)));
    const scale = 10 ** Number((ten ?? '0').replace('−', '-'));
    let to = from + whole.length;
    const digitsTo = to;
    const dollar = /[$€£]\s?$/.test(text.slice(0, from));
    const rest = text.slice(to, to + 12);
    const word =
      /^[\s-]?(thousand|million|billion|trillion|quadrillion)\b/i.exec(rest) ??
      (dollar ? /^([KkMBT])(?![\w-])/.exec(rest) : null);
    if (word !== null) to += word[0].length;
    const magnitude = scale * (word === null ? 1 : MAGNITUDES[word[1]!.toLowerCase()]!);
    const unit = dollar ? { unit: { kind: 'money', factor: 1, text: '$' }, to } : unitAt(text, to);
    const step =
      fraction === '' ? 10 ** trailingZeros(digits!, word !== null || ten !== undefined) : 10 ** -(fraction.length - 1);
    const mayBeYear = /^(?:1[89]|20)\d\d$/.test(whole);
    // "in 2024 dollars" are those of that year.
    if (mayBeYear && !dollar && unit.unit?.kind === 'money' && OF_PRICES.test(text.slice(0, from))) continue;
    const isYear = unit.unit === undefined && mayBeYear;
    if (isYear && !OPERATED_ON.test(text.slice(digitsTo)) && !OPERATED_BY.test(text.slice(0, from))) continue;
    found.push({
      from,
      digitsTo,
      to: unit.to,
      value: (sign === '' ? plain : -plain) * magnitude,
      half: Math.min(step / 2, Math.max(0.5, MOST_ROUNDED * plain)) * magnitude,
      unit: unit.unit,
    });
  }
  return found;
}

/** "10,000" is hardly 14,000. */
const MOST_ROUNDED = 0.15;

/** Round numbers from a thousand on (`1,500`) may be rounded at their zeros; smaller ones and those with a magnitude are not. */
function trailingZeros(digits: string, isScaled: boolean): number {
  const plain = digits.replaceAll(',', '');
  return isScaled || plain.length < 4 ? 0 : /0*$/.exec(plain)![0].length;
}

/** `m3/h` of `m³/h` and of `m^3/h` */
function plainRate(written: string): string {
  return written.replaceAll('^', '').replaceAll('²', '2').replaceAll('³', '3');
}

function unitAt(text: string, at: number): { unit: Unit | undefined; to: number } {
  const rest = text.slice(at, at + 40);
  const sign = /^\s?(?:[%×]|°[CF]\b)/.exec(rest);
  if (sign !== null) return { unit: BY_NAME.get(sign[0].trim()), to: at + sign[0].length };
  // `12 m³`, and `12 m^3^` as it is read
  const raised = /^\s?((?:k|c)?m)(?:\^?([23])|([²³]))(?![\w^/]|\.?\d)/.exec(rest);
  if (raised !== null)
    return {
      unit: BY_NAME.get(`${raised[1]!}${raised[2] ?? (raised[3] === '²' ? '2' : '3')}`),
      to: at + raised[0].length,
    };
  const flow = /^\s?m(?:\^?3|³)(\/(?:s|h|min|second|hour|day))(?![\w^/])/.exec(rest);
  if (flow !== null) return { unit: unitNamed(`m3${flow[1]!}`), to: at + flow[0].length };
  const inWords = /^[\s-](cubic|square)[\s-]((?:kilo|centi)?met(?:re|er)s?)\b/.exec(rest);
  if (inWords !== null)
    return {
      unit: BY_NAME.get(
        `${/^kilo/.test(inWords[2]!) ? 'k' : /^centi/.test(inWords[2]!) ? 'c' : ''}m${inWords[1] === 'cubic' ? '3' : '2'}`,
      ),
      to: at + inWords[0].length,
    };
  const speed = /^[\s-](kilomet(?:re|er)|met(?:re|er)|mile)s?\sper\s(hour|second|minute)\b/.exec(rest);
  if (speed !== null) return { unit: unitNamed(`${speed[1]!}/${speed[2]!}`), to: at + speed[0].length };
  const hours = /^[\s-]((?:kilo|mega|giga)?watt)[\s-]hours?\b/i.exec(rest);
  if (hours !== null) return { unit: unitNamed(`${hours[1]!.toLowerCase()}-hour`), to: at + hours[0].length };
  // `12 L s⁻¹`, and `12 m s^-1^` as it is read
  const inverse = /^[\s-]?([A-Za-zµμ]+(?:\^?[23]|[²³])?)[\s·⋅]([a-z]+)(?:⁻¹|\^[-−]1)(?![\w^/])/.exec(rest);
  const over = inverse === null ? undefined : unitNamed(plainRate(`${inverse[1]!}/${inverse[2]!}`));
  if (over !== undefined) return { unit: over, to: at + inverse![0].length };
  // `12 GB/s`, `12 m³/h`, and `12GB`
  const rate =
    /^[\s-]?([A-Za-zµμ]+(?:\^?[23]|[²³])?\/(?:[A-Za-z]+|[kc]?m(?:\^?[23]|[²³])))(?![\w^/²³])/.exec(rest) ??
    /^([A-Za-zµμ]{2,4})(?![\w^/²³])/.exec(rest);
  const joined = rate === null ? undefined : unitNamed(plainRate(rate[1]!));
  if (joined !== undefined) return { unit: joined, to: at + rate![0].length };
  // `16,000 device hours`
  const product = /^[\s-]([A-Za-z]+)[\s-](hour|day|year)s?\b(?![\w^/])/.exec(rest);
  if (product !== null && !NO_UNIT.has(product[1]!.toLowerCase()) && simpleUnit(product[1]!) === undefined) {
    const kind = `${singular(product[1]!)}-${product[2]!}`;
    return { unit: { kind, factor: 1, text: kind }, to: at + product[0].length };
  }
  const word = /^[\s-]([A-Za-zµμ]+(?:-(?:[A-Z][A-Za-z]*|hours?|days?|years?))?)(?![\w^/²³])/.exec(rest);
  if (word === null) return { unit: undefined, to: at };
  const name = word[1]!;
  // "seconds of arc" are no time.
  if (ANGLE.test(rest)) return { unit: counted(`arc${name}`), to: at + word[0].length };
  if (NO_UNIT.has(name.toLowerCase())) return { unit: undefined, to: at };
  const known = name === 'm' ? METER : Object.hasOwn(RATES, name) ? unitNamed(name) : simpleUnit(name);
  return { unit: known ?? counted(name), to: at + word[0].length };
}

const ANGLE = /^[\s-](?:minutes?|seconds?)\sof\sarc\b/;

/** A noun as a unit; one that is called like a kind of units is none of these. */
function counted(noun: string): Unit {
  const kind = singular(noun);
  return { kind: Object.hasOwn(UNITS, kind) ? `${kind} (noun)` : kind, factor: 1, text: noun };
}

/** A noun without its plural. */
export function singular(word: string): string {
  const isPlural = word.length > 2 && word.endsWith('s') && !word.endsWith('ss');
  return isPlural ? word.slice(0, -1) : word;
}

/** Units that sentences write out, in the singular. */
export const UNIT_NOUNS =
  'second|minute|hour|day|week|month|year|dollar|euro|cent|metre|meter|kilomet(?:re|er)|litre|liter|tonne|mile';
const UNIT_NOUN = new RegExp(`^(?:${UNIT_NOUNS})$`);

/** A unit as it stands behind so many. */
export function unitBehindValue({ text }: Unit, value: number): string {
  return value !== 1 && UNIT_NOUN.test(text) ? `${text}s` : text;
}

/** True where two numbers count the same thing, so that they can be compared. */
export function sameKind(a: Unit | undefined, b: Unit | undefined): boolean {
  return a?.kind === b?.kind;
}

/** In the unit that its kind is measured in. */
export function measured({ value, half, unit }: WrittenNumber): { readonly value: number; readonly half: number } {
  const factor = unit?.factor ?? 1;
  return { value: value * factor, half: half * factor };
}

/** A number for a message: a few digits. */
export function shortNumber(value: number): string {
  return withCommas(Number.isInteger(value) && Math.abs(value) < 1e9 ? value : Number(value.toPrecision(3)));
}

/** As `toLocaleString('en')` writes a number of few digits; the first call of that takes as long as many hovers. */
export function withCommas(value: number): string {
  const text = String(value);
  const [, sign, whole, rest] = /^(-?)(\d+)(\.\d+)?$/.exec(text) ?? [];
  if (whole === undefined) return value.toLocaleString('en', { maximumSignificantDigits: 17 });
  return `${sign}${whole.replace(/\B(?=(?:\d{3})+$)/g, ',')}${rest ?? ''}`;
}
