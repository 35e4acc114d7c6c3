/** What a name says about its value, and whether words of a sentence speak of the same: `alexnet_params_m_str` and "parameters". */
import { remembered } from '../../evaluation/remembered';
import { singular, type Unit, unitNamed } from './numbers';

/** A name taken apart. */
export interface NameReading {
  /** Words that say what it is of, in lower case. */
  readonly parts: readonly string[];
  /** What its number may be measured in, by its last words; several where they can be read in several ways. */
  readonly measures: readonly Measure[];
}

export interface Measure {
  /** Undefined for a count in thousands, millions, …. */
  readonly kind: string | undefined;
  readonly factor: number;
  /** As sentences write it: `ms`, `million`. */
  readonly text: string;
}

/** Last words that say how a value is kept, not what it is. */
const FORMS: ReadonlySet<string> = new Set(
  'str text txt fmt formatted md math latex value val display raw out result'.split(' '),
);

/** Words that tell no two numbers apart. */
const EMPTY: ReadonlySet<string> = new Set(
  'a an the of per to in for and or vs by at on with num number n count total overall final initial approx est this current base ref calc is'.split(
    ' ',
  ),
);

const SCALES: Readonly<Record<string, number>> = {
  k: 1e3,
  thousand: 1e3,
  thousands: 1e3,
  m: 1e6,
  million: 1e6,
  millions: 1e6,
  b: 1e9,
  bn: 1e9,
  billion: 1e9,
  billions: 1e9,
  t: 1e12,
  trillion: 1e12,
  trillions: 1e12,
};

const MAGNITUDE_WORDS: Readonly<Record<number, string>> = { 3: 'thousand', 6: 'million', 9: 'billion', 12: 'trillion' };

/** Units as names spell them, where that is not the unit in lower case. */
const SPELLED: Readonly<Record<string, readonly string[]>> = {
  sec: ['s'],
  secs: ['s'],
  us: ['µs'],
  t: ['tonne'],
  uw: ['µW'],
  uj: ['µJ'],
  mins: ['min'],
  hr: ['h'],
  hrs: ['h'],
  mw: ['mW', 'MW'],
  mwh: ['MWh', 'mWh'],
  mj: ['mJ', 'MJ'],
  pct: ['%'],
  percent: ['%'],
  percentage: ['%'],
  usd: ['$'],
  dollars: ['$'],
  eur: ['$'],
  ct: ['cent'],
  cts: ['cent'],
  gsm: ['g/m2'],
  euros: ['$'],
  x: ['×'],
  factor: ['×'],
  ratio: ['×'],
  speedup: ['×'],
  multiple: ['×'],
  gain: ['×'],
  gbs: ['GB/s'],
  tbs: ['TB/s'],
  mbs: ['MB/s'],
  kmh: ['km/h'],
  kph: ['km/h'],
  mph: ['mph'],
  gbps: ['Gb/s'],
  mbps: ['Mb/s'],
  tbps: ['Tb/s'],
  kb: ['KB'],
  mb: ['MB'],
  gb: ['GB'],
  tb: ['TB'],
  pb: ['PB'],
  flops: ['FLOP'],
  tflops: ['TFLOP'],
  gflops: ['GFLOP'],
  pflops: ['PFLOP'],
  eflops: ['EFLOP'],
  zflops: ['ZFLOP'],
  exaflops: ['EFLOP'],
  zettaflops: ['ZFLOP'],
};

/** True for a symbol with an index, which names no unit: `f_cm`, the mean strength of concrete. */
export function isIndexed(name: string): boolean {
  return /^[A-Za-z]_[a-z]{2}$/.test(name);
}

/** Takes a name apart: `token_ms_str`, `GPT3Training`, `dailyCost`. */
export const readName = remembered(20_000, (name): NameReading => {
  const words = splitName(name);
  while (words.length > 1 && FORMS.has(words.at(-1)!)) words.pop();
  const measures: Measure[] = [];
  const last = words.at(-1);
  const isRate = isRateIn(words);
  const rates = words.length > 1 && last !== undefined ? ratesSpelled(words, last) : [];
  const densities = words.length > 2 && last !== undefined ? densitiesSpelled(words.at(-2)!, last) : [];
  if (rates.length > 0) {
    // `link_mbit_s`, `burn_kg_h`, `speed_ms`
    words.splice(last === 'ms' ? -1 : -2);
    measures.push(...rates);
  } else if (densities.length > 0) {
    // `snow_kg_m3` is told as so many kg/m³, or as so many kg to the cubic metre.
    words.splice(-2);
    measures.push(...densities);
  } else if (last !== undefined && words.length > 1 && SPANS.has(last) && SPANS_OF_TIME.test(words.at(-2)!)) {
    // `labour_hours_week` are the hours of one week.
    words.pop();
    measures.push(...unitsSpelled(words.pop()!));
  } else if (last !== undefined && words.length > 2 && (SPANS.has(last) || last === 'year') && isUnit(words.at(-2)!)) {
    // `energy_kwh_day` is in kWh, `co2_t_day` in tonnes or trillions.
    words.pop();
    measures.push(...unitsSpelled(words.pop()!));
  } else if (last !== undefined && words.length > 2 && MONEY.has(words.at(-2)!) && unitsSpelled(last).length > 0) {
    // `tariff_usd_kwh` is in dollars, per unit of something else.
    words.pop();
    measures.push(...unitsSpelled(words.pop()!));
  } else if (last !== undefined && words.length > 1 && isPricedBy(words.at(-2)!, last)) {
    // `price_kg` is the price of one.
    words.pop();
  } else if (last !== undefined && words.length > 1 && !isRate) {
    // `kwh_m3_k` is of a kelvin, and so many kWh.
    const isKelvin = last === 'k' && words.length > 2 && isUnit(words.at(-2)!) && isUnit(words.at(-3)!);
    const scale = Object.hasOwn(SCALES, last) && !isKelvin ? SCALES[last]! : undefined;
    if (scale !== undefined)
      measures.push({ kind: undefined, factor: scale, text: MAGNITUDE_WORDS[Math.log10(scale)]! });
    measures.push(...unitsSpelled(last));
    if (measures.length > 0) words.pop();
  } else if (last !== undefined && last.length > 2 && !isRate) measures.push(...unitsSpelled(last));
  // `minutes_per_mug` is in minutes; of money and of times, sentences say "a day" in too many ways.
  const counted = words.at(-2) === 'per' ? words.at(-3) : undefined;
  if (counted !== undefined && counted.length > 1 && !isTime(last!)) {
    const units = unitsSpelled(counted).filter(({ kind }) => kind !== 'money' && kind !== 'factor');
    measures.push(...units);
    if (units.length > 0) words.splice(-3, 1);
  }
  // `days_saved` is in days, `km_round` in kilometers, `kwh_kg_dry` in kWh.
  if (measures.length === 0 && words.length > 1 && LEADING.test(words[0]!)) {
    measures.push(...unitsSpelled(words.shift()!));
    if (words.length > 1 && isUnit(words[0]!) && words[0]!.length > 1) words.shift();
  }
  const parts = words.filter(word => !EMPTY.has(word) && word.length > 1 && !FORMS.has(word));
  return { parts: parts.length > 0 ? parts : words.filter(word => QUALIFIERS.has(word)), measures };
});

/** True where the last word says of what another unit is counted: `requests_per_day`, `seconds_in_an_hour`, `days_in_year`. */
function isRateIn(words: readonly string[]): boolean {
  const joint = words.at(-2);
  const counted = words.at(-3);
  if (joint === 'per' || (words.includes('per') && SPANS.has(words.at(-1)!))) return true;
  if (joint === 'a' || joint === 'an') return counted === 'in' || counted === 'per' || counted === 'of';
  // `cost_day` is the cost of one day, `failures_day` are those of one, while `drive_day` may be in days.
  const last = words.at(-1)!;
  // `answers_s`, `litres_h`: so many a second or an hour
  if (
    (last === 's' || last === 'h') &&
    joint !== undefined &&
    /[^s]s$/.test(joint) &&
    joint.length > 4 &&
    !isTime(joint)
  )
    return true;
  if (SPANS.has(last) && joint !== undefined && /[^s]s$/.test(joint) && joint.length > 3 && !isTime(joint)) return true;
  if (SPANS.has(last) && joint !== undefined && Object.hasOwn(MEASURING, joint) && MEASURING[joint] !== 'time')
    return true;
  return joint === 'in' && counted !== undefined && unitsSpelled(counted).length > 0;
}

function isTime(word: string): boolean {
  return word === 's' || word === 'year' || word === 'month' || unitsSpelled(word).some(({ kind }) => kind === 'time');
}

/** True of what may be a unit or a magnitude, and is no span of time. */
function isUnit(word: string): boolean {
  return Object.hasOwn(SCALES, word) || (unitsSpelled(word).length > 0 && !isTime(word));
}

/** True where a price is said per unit: `price_kg`, `tariff_kwh`; no `cost_m`, which is in millions. */
function isPricedBy(word: string, unit: string): boolean {
  const isPrice = word === 'price' || word === 'tariff' || word === 'fee' || word === 'cost';
  return isPrice && unitsSpelled(unit).some(({ kind }) => PRICED.test(kind!)) && !Object.hasOwn(SCALES, unit);
}

const PRICED = /^(?:mass|energy|data|length|area|volume)$/;

const MONEY: ReadonlySet<string> = new Set(['usd', 'dollars', 'eur', 'euros']);
const SPANS_OF_TIME = /^(?:seconds|minutes|hours|days|weeks)$/;

/** Units that a name may begin with; `min_` and the like are rather something else. */
const LEADING =
  /^(?:seconds|minutes|hours|days|weeks|[kmg]?wh|kw|mw|[mk]j|km|kg|miles|tonnes|grams|lit(?:re|er)s|met(?:re|er)s|watts|joules|[mgt]b)$/;

/** Spans of time of which one is meant, as in `cost_day`. */
const SPANS: ReadonlySet<string> = new Set(['second', 'minute', 'hour', 'day', 'week']);

/** Of the empty words, those that say enough where there is no other. */
const QUALIFIERS: ReadonlySet<string> = new Set(['total', 'overall', 'final', 'initial']);

/** What words of a name measure, in a unit that the name does not say. */
const MEASURING: Readonly<Record<string, string>> = {
  energy: 'energy',
  power: 'power',
  draw: 'power',
  time: 'time',
  latency: 'time',
  duration: 'time',
  interval: 'time',
  delay: 'time',
  pause: 'time',
  lifetime: 'time',
  payback: 'time',
  doubling: 'time',
  halving: 'time',
  length: 'length',
  width: 'length',
  height: 'length',
  depth: 'length',
  distance: 'length',
  diameter: 'length',
  radius: 'length',
  thickness: 'length',
  mass: 'mass',
  weight: 'mass',
  area: 'area',
  volume: 'volume',
  speed: 'length/time',
  velocity: 'length/time',
  memory: 'data',
  bandwidth: 'data/time',
  frequency: 'frequency',
  temp: 'temperature',
  temperature: 'temperature',
  cost: 'money',
  price: 'money',
  rent: 'money',
  bill: 'money',
  income: 'money',
  saving: 'money',
  savings: 'money',
  profit: 'money',
  revenue: 'money',
  wage: 'money',
  wages: 'money',
  salary: 'money',
  salaries: 'money',
  payroll: 'money',
};

/** True where a name measures something of this kind, in whatever unit. */
export function measures(parts: readonly string[], kind: string): boolean {
  return parts.some(part => Object.hasOwn(MEASURING, part) && MEASURING[part] === kind);
}

/** True where a word of a name is what a unit measures: `power` beside "kW", `price` beside "$", `share` beside "%". */
export function isMeasuredIn(part: string, unit: Unit | undefined): boolean {
  if (unit === undefined) return false;
  if (part === 'share' || part === 'fraction') return unit.kind === 'ratio';
  return Object.hasOwn(MEASURING, part) && MEASURING[part] === unit.kind;
}

/** True where the last word of a name, but for spans of time, is money, or its first one a price: `energy_cost`, `rent_year`, `price_dose`, no `price_index`. */
export function namesMoney(name: string): boolean {
  const { parts, measures } = readName(name);
  const isOfThing = parts.length > 1 && /^(?:price|cost)$/.test(parts[0]!) && !NO_MONEY.has(parts.at(-1)!);
  const head = parts.findLast(part => !SPANS.has(part) && part !== 'month' && part !== 'year');
  const isOther = measures.some(({ kind }) => kind !== undefined && kind !== 'money');
  if (isOfThing && !isOther && !parts.some(part => Object.hasOwn(MEASURING, part) && MEASURING[part] !== 'money'))
    return true;
  return head !== undefined && !isOther && Object.hasOwn(MEASURING, head) && MEASURING[head] === 'money';
}

/** Last words of names that are of a price or a cost, and no sum of money: `price_index`. */
const NO_MONEY: ReadonlySet<string> = new Set(
  'index ratio share factor level growth change rate elasticity effect impact model matrix function center centre driver weight vector multiple sensitivity difference gap reduction increase decrease quantile percentile rank group bin category type name label column data'.split(
    ' ',
  ),
);

/** The rates that two last words of a name may be: no `cost_usd_h`, which is in dollars, and no `kw_h`; of a speed, `ms` is m/s. */
function ratesSpelled(words: readonly string[], per: string): Measure[] {
  if (per === 'ms' && words.some(word => word === 'speed' || word === 'velocity')) return [unitNamed('m/s')!];
  const over = words.at(-2)!;
  if (words.length < 3 || (per !== 's' && per !== 'h')) return [];
  const names = over === 'l' ? ['litre'] : Object.hasOwn(SPELLED, over) ? SPELLED[over]! : [over];
  return names.flatMap(name => {
    const unit = unitNamed(`${name}/${per}`);
    return unit !== undefined && FLOWING.test(unit.kind) ? [unit] : [];
  });
}

/** What is measured per area, volume or length, and what in. */
function densitiesSpelled(over: string, per: string): Measure[] {
  if (!/^[kc]?m[23]?$|^ha$/.test(per) || per === 'm' || per === 'cm') return [];
  return unitsSpelled(over).flatMap(unit => {
    const name = `${unit.text}/${per}`;
    const joint = unitNamed(name);
    return joint !== undefined && DENSE.test(joint.kind) ? [joint, unit] : [];
  });
}

const DENSE = /^(?:mass|energy|power|volume)\/(?:area|volume|length)$/;

/** What is counted per second or hour. */
const FLOWING = /^(?:data|bits|mass|length|volume)\/time$/;

function unitsSpelled(word: string): Measure[] {
  const names = Object.hasOwn(SPELLED, word) ? SPELLED[word]! : [word];
  return names.flatMap(name => {
    const unit = unitNamed(name);
    return unit === undefined ? [] : [unit];
  });
}

/** The words of a name in lower case, and those of it that stand next to each other as one where the name does not part them. */
export function splitName(name: string): string[] {
  return name
    .split(/_+|(?<=[a-z\d])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/)
    .map(word => word.toLowerCase())
    .filter(word => word !== '');
}

/** Words of names in full. */
const LONG: Readonly<Record<string, readonly string[]>> = {
  bw: ['bandwidth'],
  mem: ['memory'],
  cap: ['capacity'],
  util: ['utilization', 'utilisation'],
  eff: ['efficiency'],
  lat: ['latency'],
  req: ['request'],
  reqs: ['request'],
  rps: ['request'],
  qps: ['query', 'queries'],
  ops: ['operation'],
  err: ['error'],
  acc: ['accuracy'],
  freq: ['frequency'],
  temp: ['temperature'],
  dist: ['distance'],
  avg: ['average', 'mean'],
  mean: ['average'],
  max: ['maximum', 'peak', 'most'],
  min: ['minimum', 'least'],
  img: ['image'],
  imgs: ['image'],
  dev: ['device'],
  config: ['configuration'],
  comm: ['communication'],
  comp: ['computation', 'compute'],
  char: ['character'],
  infer: ['inference'],
  daily: ['day'],
  yearly: ['year'],
  life: ['last', 'lifetime'],
  annual: ['year'],
  hourly: ['hour'],
  mtbf: ['failure'],
  mttf: ['failure', 'lifetime'],
  tdp: ['power'],
  monthly: ['month'],
  pop: ['population'],
  saving: ['save', 'saved'],
  savings: ['save', 'saved'],
  loss: ['lose', 'lost'],
  found: ['find'],
  sold: ['sell'],
  bought: ['buy'],
  sent: ['send'],
  paid: ['pay'],
  spent: ['spend'],
  usage: ['use', 'used'],
  used: ['use'],
  births: ['born'],
  deaths: ['die', 'died'],
  weight: ['weigh'],
  height: ['high', 'tall'],
  length: ['long'],
  width: ['wide'],
  depth: ['deep'],
  flights: ['fly', 'flown'],
  children: ['child'],
  payback: ['pay', 'paid'],
  total: ['sum'],
};

/** True where a word of a sentence, in lower case, is what a word of a name means. */
export function means(word: string, part: string): boolean {
  return (
    sameStem(singular(word), singular(part)) || (Object.hasOwn(LONG, part) && LONG[part]!.includes(singular(word)))
  );
}

function sameStem(a: string, b: string): boolean {
  if (a === b) return true;
  // "lifeguard" is no life.
  if (b.length >= 4 && a.startsWith(b) && (a.length - b.length < COMPOUND || DERIVED.test(a))) return true;
  let common = 0;
  while (common < a.length && a[common] === b[common]) common++;
  return common >= 5 && common >= Math.min(a.length, b.length) * 0.75 && Math.abs(a.length - b.length) <= 4;
}

/** So many letters more may be another word, */
const COMPOUND = 4;
/** unless the word ends like one that is made of a shorter one, or that a name cuts short: "evaporation" of `evap`. */
const DERIVED =
  /(?:ion|ment|ity|ty|[ae]nce|[ae]ncy|ing|ness|ure|ory|ary|[eo]r|al|ed|age|ive|ism|ist|i[sz]e|[ai]ble|ic|y|ous|ship|hood|ful|less|um|et|ate|meter|metre|gram|graph)$/;

/** Words that are not equal mean the same only if they begin alike. */
const ALIKE = 4;

/** Words of names, to be found among those of sentences. */
export class PartIndex {
  /** By the beginnings of their stems: each word of a name with one of its stems. */
  readonly #byBeginning = new Map<string, { readonly stem: string; readonly part: string }[]>();

  constructor(parts: Iterable<string>) {
    for (const part of new Set(parts))
      for (const stem of [part, ...(Object.hasOwn(LONG, part) ? LONG[part]! : [])].map(singular)) {
        const key = stem.slice(0, ALIKE);
        const known = this.#byBeginning.get(key);
        if (known === undefined) this.#byBeginning.set(key, [{ stem, part }]);
        else known.push({ stem, part });
      }
  }

  /** Adds to `found` the words of names that the words of a sentence, in lower case, mean. */
  addSpoken(words: Iterable<string>, found: Set<string>): void {
    for (const word of words) {
      const own = singular(word);
      for (const { stem, part } of this.#byBeginning.get(own.slice(0, ALIKE)) ?? [])
        if (!found.has(part) && sameStem(own, stem)) found.add(part);
    }
  }
}

/** The words of a text in lower case; of `top-5` also `top5`. */
export function wordsOf(text: string): readonly string[] {
  const words: string[] = [];
  for (const [whole] of text.toLowerCase().matchAll(/[\p{L}\d]+(?:[-'’][\p{L}\d]+)*/gu)) {
    // "a van's 71 km" are of the van.
    const found = whole.replace(/['’]s$/, '');
    if (!found.includes('-')) words.push(found);
    else words.push(...found.split('-'), found.replaceAll('-', ''));
  }
  return words;
}

/** True where one of the words means the part. */
export function speaksOf(words: readonly string[], part: string): boolean {
  return words.some(word => means(word, part));
}

/** "a standard error of 0.055" of `se`: the last words begin with the letters of a name. */
export function areInitials(words: readonly string[], part: string): boolean {
  if (!/^[a-z]{2,4}$/.test(part)) return false;
  const last = words.filter(word => !SMALL.test(word)).slice(-part.length);
  return last.length === part.length && last.every((word, at) => word.length > 3 && word.startsWith(part[at]!));
}

const SMALL = /^(?:of|is|was|are|at|about|only|just|a|an|the|for|to|and)$/;

/** True where the unit behind a number is a noun that the name has as well. */
export function nounIn(unit: Unit | undefined, parts: readonly string[]): boolean {
  return unit !== undefined && parts.some(part => means(unit.kind.toLowerCase(), part));
}
