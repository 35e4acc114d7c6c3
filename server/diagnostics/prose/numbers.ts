/** Numbers as prose writes them, with their units: `1,024 GPUs`, `$4.6 million`, `3.14 × 10^23`, `12.4 ms`, `45%`. */

/** A number in a text. */
export interface WrittenNumber {
  /** Of the digits alone, in the text. */
  readonly from: number;
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
  /(?<![\w.,])([-−]?)(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?(?:\s?[×x]\s?10(?:\^\(?([-−]?\d+)\)?|([⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+))|e([-+]?\d+))?(?![\d^])/g;
const RAISED = '⁰¹²³⁴⁵⁶⁷⁸⁹';

const MAGNITUDES: Readonly<Record<string, number>> = { thousand: 1e3, million: 1e6, billion: 1e9, trillion: 1e12 };

/** Units by what they measure; names in lower case stand for any case. */
const UNITS: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  time: {
    ns: 1e-9,
    µs: 1e-6,
    μs: 1e-6,
    ms: 1e-3,
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
  },
  power: { mW: 1e-3, W: 1, kW: 1e3, MW: 1e6, GW: 1e9, watt: 1 },
  money: { dollar: 1, USD: 1 },
  ratio: { '%': 1, percent: 1 },
  factor: { '×': 1 },
};

const BY_NAME: ReadonlyMap<string, Unit> = new Map(
  Object.entries(UNITS).flatMap(([kind, names]) =>
    Object.entries(names).map(([text, factor]) => [text, { kind, factor, text }] as const),
  ),
);

/** Words behind a number that are no unit of it. */
const NO_UNIT: ReadonlySet<string> = new Set(
  'a an and are as at but by can each every for from had has have if in into is it its more less of on or over per than that the then this through to under until up was were when where which while with within without'.split(
    ' ',
  ),
);

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
    const word = /^[\s-]?(thousand|million|billion|trillion)\b/i.exec(text.slice(to, to + 12));
    if (word !== null) to += word[0].length;
    const magnitude = scale * (word === null ? 1 : MAGNITUDES[word[1]!.toLowerCase()]!);
    const dollar = /[$€£]\s?$/.test(text.slice(0, from));
    const unit = dollar ? { unit: { kind: 'money', factor: 1, text: '$' }, to } : unitAt(text, to);
    const step =
      fraction === '' ? 10 ** trailingZeros(digits!, word !== null || ten !== undefined) : 10 ** -(fraction.length - 1);
    if (unit.unit === undefined && /^(?:1[89]|20)\d\d$/.test(whole)) continue; // a year
    found.push({
      from,
      to: unit.to,
      value: (sign === '' ? plain : -plain) * magnitude,
      half: (step / 2) * magnitude,
      unit: unit.unit,
    });
  }
  return found;
}

/** Round numbers from a thousand on (`1,500`) may be rounded at their zeros; smaller ones and those with a magnitude are not. */
function trailingZeros(digits: string, isScaled: boolean): number {
  const plain = digits.replaceAll(',', '');
  return isScaled || plain.length < 4 ? 0 : /0*$/.exec(plain)![0].length;
}

function unitAt(text: string, at: number): { unit: Unit | undefined; to: number } {
  const rest = text.slice(at, at + 40);
  const sign = /^\s?[%×]/.exec(rest);
  if (sign !== null) return { unit: BY_NAME.get(sign[0].trim()), to: at + sign[0].length };
  const word = /^[\s-]([A-Za-zµμ]+(?:-[A-Z][A-Za-z]*)?)(?![\w^/])/.exec(rest);
  if (word === null) return { unit: undefined, to: at };
  const name = word[1]!;
  if (NO_UNIT.has(name.toLowerCase())) return { unit: undefined, to: at };
  const known = BY_NAME.get(name) ?? BY_NAME.get(singular(name.toLowerCase()));
  return { unit: known ?? { kind: singular(name), factor: 1, text: name }, to: at + word[0].length };
}

/** A noun without its plural. */
export function singular(word: string): string {
  return /[^s]s$/.test(word) && word.length > 2 ? word.slice(0, -1) : word;
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
  if (Number.isInteger(value) && Math.abs(value) < 1e9) return value.toLocaleString('en-US');
  return Number(value.toPrecision(3)).toLocaleString('en-US', { maximumSignificantDigits: 3 });
}
