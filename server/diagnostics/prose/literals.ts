/** Numbers that an author typed into a sentence, and that say something of what a cell computes: no labels, versions or dates. */
import { type Line, OPAQUE } from './lines';
import { MEASURED, NO_UNIT, numbersIn, type Unit, unitNamed, type WrittenNumber } from './numbers';
import { wordsOf } from './subject';
import { TextMarks } from './textMarks';

export interface Literal extends WrittenNumber {
  readonly line: Line;
  /** As written, without its unit. */
  readonly text: string;
  /** The sentence around it, in the line. */
  readonly sentence: { readonly from: number; readonly to: number };
  /** Words of the sentence, and of what a table says about its cell. */
  readonly words: readonly string[];
  readonly isWord: boolean;
  /** The last words before it. */
  readonly lead: readonly string[];
  /** The words behind it up to the first that is none of what it counts: "380 thousand active readers". */
  readonly phrase: readonly string[];
  /** "6 requests a second" */
  readonly isRate: boolean;
  /** Of a rate in the next words, seconds of the span that it is said of: 3,600 of "\$2 an hour". */
  readonly per: number | undefined;
  /** "about", "~": it is rounded by more than its digits say. */
  readonly isRough: boolean;
  /** "more than", "up to": it bounds a value, and need not be one. */
  readonly bound: 'lower' | 'upper' | undefined;
  /** Of "20–30 days", the one end says which is the other; both have the unit of the second. */
  readonly range: { readonly low: WrittenNumber; readonly high: WrittenNumber } | undefined;
}

const SMALL =
  'two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen';
const TENS = 'twenty thirty forty fifty sixty seventy eighty ninety';
const DIGITS = ['one', ...SMALL.split(' ').slice(0, 8)];

/** Numbers in words, by the words. */
const WORDS: ReadonlyMap<string, number> = new Map([
  ...SMALL.split(' ').map((word, at) => [word, at + 2] as const),
  ...TENS.split(' ').flatMap((word, at) => [
    [word, 10 * (at + 2)] as const,
    ...DIGITS.map((digit, more) => [`${word}-${digit}`, 10 * (at + 2) + more + 1] as const),
  ]),
]);
/** Words for round numbers: "forty devices" may be 38 of them. */
const TENTHS: ReadonlySet<string> = new Set(TENS.split(' '));
function isRound(text: string): boolean {
  return TENTHS.has(text.toLowerCase()) || IS_ROUND.test(text);
}

/** A number in words, from two to ninety-nine. */
export const NUMBER_WORD = String.raw`(?:${TENS.replaceAll(' ', '|')})(?:-(?:${DIGITS.join('|')}))?|${SMALL.replaceAll(' ', '|')}`;

export function wordValue(word: string): number | undefined {
  const plain = word.toLowerCase();
  const [, many, round] = /^(.+)\s(dozen|hundred)$/.exec(plain) ?? [];
  if (round === undefined) return WORDS.get(plain);
  const count = many === 'a' ? 1 : many === 'half a' ? 0.5 : WORDS.get(many!);
  return count === undefined ? undefined : count * (round === 'dozen' ? 12 : 100);
}

/** "a dozen", "half a dozen", "two hundred": round numbers in words, of which one is said. */
const ROUND = String.raw`(?:half\sa|a|${SMALL.replaceAll(' ', '|')})\sdozen|(?:${SMALL.replaceAll(' ', '|')})\shundred(?!\sand\b)`;
const IS_ROUND = /\s(?:dozen|hundred)$/i;
const WORD = new RegExp(String.raw`(?<![\w-])(${ROUND}|${NUMBER_WORD})\s(?=[A-Za-z])`, 'gi');

/** Where a text may hold one, at a glance. */
export const MAY_HOLD = new RegExp(String.raw`\d|\b(?:dozen|${NUMBER_WORD})\b`, 'i');

/** What numbers are called after: "Figure 3", "step 2". */
const LABEL =
  /\b(?:(?:figures?|tables?|sections?|chapters?|parts?|volumes?|equations?|appendix|appendices|listings?|algorithms?|exercises?|examples?|problems?|steps?|stages?|phases?|levels?|layers?|tiers?|types?|versions?|v|revision|release|pages?|lines?|rows?|columns?|items?|rules?|laws?|principles?|pillars?|rounds?|runs?|days?|weeks?|months?|quarters?|years?|generations?|class|grade|rank|top|case|option|scenario|question|q|cell|model|python|cuda|pytorch|gpt|llama|since|in|january|february|march|april|may|june|july|august|september|october|november|december)|(?:fig|tbl|tab|sec|ch|vol|eqs?|ver|rev|nos?|pp?|gen|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\.?)[\s\u00a0-]#?$/i;
/** Behind these, a number with a unit is one all the same: "in 12 days". */
const LOOSE = /\b(?:in|since|may|march|top|runs?|days?|weeks?|months?|years?|rows?|layers?|lines?|model)\s$/i;
/** "Line 12 sets" names one, whatever follows. */
const ONE = /\b(?:row|layer|line)\s$/i;
const MONTH = /^\s(?:january|february|march|april|may|june|july|august|september|october|november|december)\b/i;
const ROUGH =
  /(?:\b(?:about|around|roughly|approximately|nearly|almost|some|circa|close to|just (?:over|under)|on the order of)\s|[~≈]\s?)[$€£~]?$/i;
const BOUNDS = {
  lower:
    /\b(?:[Mm]ore than|(?<!\b(?:[Ss]pread|[Dd]istributed|[Dd]ivided|[Ss]plit|[Ss]hared|[Aa]veraged|[Ss]ummed|[Ss]harded)\s)over|above|[Aa]t least|[Ee]xceed(?:s|ing|ed)?|beyond|[Gg]reater than|as (?:much|many) as|minimum of)\s(?:about\s|the\s|a\s)?[$€£~]?$/,
  upper:
    /\b(?:[Ll]ess than|under|below|[Ff]ewer than|[Aa]t most|(?<!\b(?:[Aa]dd|[Aa]dds|[Aa]dded|[Ss]um|[Ss]ums)\s)[Uu]p to|[Ww]ithin|as (?:few|little) as|maximum of|no more than)\s(?:about\s|the\s|a\s)?[$€£~]?$/,
};

/** Behind an operand with a sign of arithmetic, or a sign that compares. */
const OPERATED = /(?:[\w)%$\ufffc]\s?(?:[-+−×*/=^±≈]|(?<=[\d\s])x)|[=<>≤≥])\s?[$€£~≈]?$/;

/** "a factor of 4" */
const FACTOR = /\b(?:factor|ratio|multiple|speedup) of\s(?:about\s|roughly\s|[~≈])?$/i;
const RATE =
  /^\s?(?:\/s\b|(?:of\s[a-z]+\s)?(?:a|an|per|each|every)\s(?:[a-z]+\sand\s)?(second|minute|hour|day|week|month|year)\b)/i;
/** "Of a hundred that are planted 91 live" */
const OF_HUNDRED = /\b(?:out\s)?of\s(?:an?|one|each|every)\shundred\b[^,;:.\d]*$/i;
/** So many characters before a number are looked at for what it is of. */
const LEAD = 40;
/** And so many for what stands right before it, which is shorter. */
const NEAR = 80;

/** The typed numbers of a line, in order. */
export function literalsIn(line: Line): readonly Literal[] {
  let found = byLine.get(line);
  if (found === undefined) {
    found = allLiterals(line);
    byLine.set(line, found);
  }
  return found;
}

const byLine = new WeakMap<Line, readonly Literal[]>();

function allLiterals(line: Line): readonly Literal[] {
  if (line.place === 'quote' || !MAY_HOLD.test(line.text)) return [];
  const found = numbersIn(line.text).filter(number => isTyped(line, number));
  const inWords = line.place === 'cell' ? [] : numberWords(line.text).filter(number => !isSupposed(line.text, number));
  const all = [...found, ...inWords].sort((a, b) => a.from - b.from);
  const marks = new TextMarks(line.text);
  const around: Around = { line, all, marks, words: new Map() };
  return all.flatMap((number, at) => (isValue(line, number, marks) ? [literal(at, around)] : []));
}

/** True for what stands in the text itself, and in no formula. */
function isTyped(line: Line, { from, digitsTo, to }: WrittenNumber): boolean {
  return line.refsIn(from, to).length === 0 && line.isExact(from, digitsTo);
}

/** "two days later", "80 minutes later", "three stops ahead": how far apart two things are. */
const APART = /^\s[A-Za-z]+\s(?:ahead|behind|later|earlier|sooner|apart|away|further|farther|ago|before|after)\b/;

/** "7.7 km apart", "21 years ahead of them", "five doses before the first birthday": a value, where others may be steps. */
function isAmount(unit: Unit | undefined, behind: string): boolean {
  if (/^\sahead of (?:them|him|her|us|me|you)\b/.test(behind)) return true;
  if (unit?.kind === 'length') return /^\sapart\b/.test(behind);
  return !MEASURED.test(unit?.kind ?? '') && /^\s(?:before|after)\s(?:the|an?|its|their)\s/.test(behind);
}

/** "for the first three generations": some of all that there are. */
const SOME = /\b(?:first|next|other|remaining|following)\s$/i;

/** "Three turns take 12 hours.": so many are supposed, to say what they make. */
const SUPPOSED =
  /^\s[a-z]{3,}s\s(?:take|last|cost|weigh|need|use|fill|give|make)\s(?:about\s|only\s|another\s)?(?:[$€£]?\d|\ufffc)/;
const BEGINS = /(?:^|[.!?:;]\s)$/;

/** The numbers in words of a text, each with the unit behind it. */
export function numberWords(text: string): WrittenNumber[] {
  const found = [...text.matchAll(WORD)].filter(
    ({ index }) => !SOME.test(text.slice(Math.max(0, index - NEAR), index)),
  );
  return found.map(({ index, 1: word }) => {
    const digitsTo = index + word!.length;
    const value = wordValue(word!)!;
    // Read as `2 m³` and `40 million tickets` are.
    const behind = BEHIND_WORD.exec(text.slice(digitsTo))![0];
    const [read] = numbersIn(`${value}${behind}`);
    const length = read === undefined ? 0 : read.to - read.digitsTo;
    // "Four thousand" may be 4,200.
    const scale = (read?.value ?? value) / value;
    const half = scale > 1 ? scale / 2 : IS_ROUND.test(word!) ? value / 12 : 0;
    return { from: index, digitsTo, to: digitsTo + length, value: value * scale, half, unit: read?.unit };
  });
}

function isSupposed(text: string, { from, digitsTo }: WrittenNumber): boolean {
  return BEGINS.test(text.slice(0, from)) && SUPPOSED.test(text.slice(digitsTo));
}

const BEHIND_WORD = /^\s(?:(?:thousand|[mbtr]+illion)(?:\s[A-Za-z²³/]+)?|[A-Za-z²³/]+)/;

/** False for what only looks like a value: labels, versions, dates, parts of words, of formulas and of quotations. */
function isValue({ text }: Line, { from, digitsTo, to, value, unit }: WrittenNumber, marks: TextMarks): boolean {
  const before = text.slice(Math.max(0, from - NEAR), from);
  const behind = text.slice(to);
  if (/(?:[\w@#/:^{\\]|[A-Za-z]-)$/.test(before)) return false;
  if (/^[A-Za-zµ]/.test(text.slice(digitsTo)) && to === digitsTo) return false;
  if (/^(?:[:/]\d|\.\d|-[A-Za-z\d])/.test(behind) || /^['’]?s\b/.test(behind) || MONTH.test(text.slice(digitsTo)))
    return false;
  // `$ 2\pi $` is no formula to Pandoc, for its blanks, but it was meant to be one.
  if (/^\\[A-Za-z]/.test(behind) || (/(?:^|\s)\$\s$/.test(before) && /\s\$(?:\W|$)/.test(behind))) return false;
  if (unit?.kind === 'factor' && /^\s?[\d\ufffc]/.test(behind)) return false;
  if (unit?.kind === 'ratio' && CONFIDENCE.test(behind)) return false;
  const isLoose = unit !== undefined && LOOSE.test(before) && (MEASURED.test(unit.kind) || !ONE.test(before));
  const isLabel = LABEL.test(before) && !isLoose && !(OF_MONTH.test(before) && !isDate(value));
  if (isLabel || (APART.test(text.slice(digitsTo)) && !isAmount(unit, text.slice(to)))) return false;
  // `GTX 580 cards`
  if (/\b[A-Z]{2,}\s$/.test(before) && !MEASURED.test(unit?.kind ?? '')) return false;
  if (OPERATED.test(before) || /^\s?(?:(?:[-+−×*/=^±]|x\s)\s?[$~(]?[\d\ufffc]|[=^])/.test(behind)) return false;
  return !marks.isQuoted(from);
}

/** "In January 620 people come" */
const OF_MONTH = /\b(?:january|february|march|april|may|june|july|august|september|october|november|december)\s$/i;

function isDate(value: number): boolean {
  return value <= 31 || (value >= 1500 && value < 2200);
}

/** "the 95% interval": a level, and no value. */
const CONFIDENCE =
  /^[\s-](?:(?:confidence|credible|credibility|prediction|compatibility|percentile|significance|posterior|bootstrap|density)[\s-])*(?:intervals?|ci|hdi|hpd|eti|levels?|limits?|bands?|regions?|confidence|confident|sure|certain)\b/i;

/** What the numbers of a line have in common. */
interface Around {
  readonly line: Line;
  /** Those that are no values as well. */
  readonly all: readonly WrittenNumber[];
  readonly marks: TextMarks;
  /** The words of sentences by their starts: all literals of a sentence share them. */
  readonly words: Map<number, readonly string[]>;
}

function literal(at: number, { line, all, marks, words: known }: Around): Literal {
  const { text } = line;
  const number = all[at]!;
  const sentence = marks.sentenceAround(number.from, number.to);
  const before = text.slice(Math.max(sentence.from, number.from - NEAR), number.from);
  let words = known.get(sentence.from);
  if (words === undefined) {
    // A caption is about one thing: its title says of what its sentences are.
    const own = line.place === 'caption' ? text : text.slice(sentence.from, sentence.to);
    words = wordsOf(`${own.replaceAll(OPAQUE, ' ')} ${line.about}`);
    known.set(sentence.from, words);
  }
  const range = rangeOf(text, at, all);
  const factor = FACTOR.test(before) ? unitNamed('×') : undefined;
  const rate = RATE.exec(text.slice(number.to));
  // "4 times a day" is how often.
  const own = number.unit?.text === 'times' && rate !== null ? undefined : number.unit;
  const unit =
    (!MEASURED.test(own?.kind ?? '') && OF_HUNDRED.test(text.slice(sentence.from, number.from))
      ? unitNamed('%')
      : own) ??
    range?.high.unit ??
    factor ??
    (line.place === 'cell' ? (unitIn(line.about) ?? unitOfHeads(line)) : undefined);
  const isRough = ROUGH.test(before);
  return {
    ...number,
    ...scaledBy(line, number),
    unit,
    line,
    text: text.slice(number.from, number.digitsTo),
    sentence,
    words,
    isWord: !/\d/.test(text[number.from]!),
    lead: wordsOf(before.slice(-LEAD)),
    phrase: phraseBehind(text, number.unit?.text === '×' ? number.to : number.digitsTo),
    isRate: rate !== null,
    per: rate?.[1] === undefined ? undefined : unitNamed(rate[1].toLowerCase())?.factor,
    isRough: isRough || isRound(text.slice(number.from, number.digitsTo)),
    bound: boundOf(before, text.slice(number.digitsTo), unit),
    range,
  };
}

function boundOf(before: string, behind: string, unit: Unit | undefined): Literal['bound'] {
  if (BOUNDS.upper.test(before)) {
    // "within the 8 accelerators of a host" is where.
    const isPlace = WITHIN_THE.test(before) && !MEASURED.test(unit?.kind ?? '');
    return isPlace ? undefined : 'upper';
  }
  // "written off over five years" is how long it takes.
  if (OVER.test(before) && unit !== undefined && SPAN.test(unit.kind) && !TAKES.test(before)) return undefined;
  // "as much as 27 homes use" is how much.
  const isHowMuch = AS_MUCH.test(before) && (USED.test(behind) || EQUALLY_MUCH.test(before));
  return BOUNDS.lower.test(before) && !isHowMuch ? 'lower' : undefined;
}

const OVER = /\bover\s(?:about\s|the\s|its\s)?$/i;
const TAKES =
  /\b(?:is|are|was|were|be|been|takes?|took|taken|lasts?|lasted|for|after|needs?|waits?|waited|lives?|lived|runs?|ran|adds? up to|comes? to|well|just|and)\sover\s(?:about\s)?$/i;
const SPAN = /^(?:time|night|weekend|month|quarter|season|winter|summer|year|decade|century)$/;
const WITHIN_THE = /\bwithin\sthe\s$/i;
const AS_MUCH = /\bas (?:much|many) as\s$/i;
/** "211 kWh, as much as 7.4 window units" */
const EQUALLY_MUCH = /\d[^.;]*,\sas (?:much|many) as\s$/i;
const USED = /^\s[a-z]+s\s(?:use|need|take|draw|consume|hold|have|cost|emit|burn|weigh|make|do|can)\b/;

/** So many words may stand between a number and the noun that it counts, the noun included. */
const PHRASE = 4;

function phraseBehind(text: string, from: number): readonly string[] {
  const words: string[] = [];
  const word = /[\s-]?([A-Za-z]+)(?![\w/])/y;
  word.lastIndex = from;
  for (let found = word.exec(text); found !== null && words.length < PHRASE; found = word.exec(text)) {
    const plain = found[1]!.toLowerCase();
    if (NO_UNIT.has(plain)) break;
    words.push(plain);
  }
  return words;
}

/** "thousand" in the head of a table is part of its numbers. */
function scaledBy({ place, about }: Line, { value, half }: WrittenNumber): { value: number; half: number } {
  const word =
    place === 'cell' ? /\b(thousand|million|billion|trillion)s?\b/i.exec(about)?.[1]?.toLowerCase() : undefined;
  const scale = { thousand: 1e3, million: 1e6, billion: 1e9, trillion: 1e12 }[word ?? ''] ?? 1;
  return { value: value * scale, half: half * scale };
}

/** Heads that may be ordinals, or no plurals of units. */
const UNSURE = /^(?:second|minute|hour|day|week|bit|byte)$/i;

/** The unit that the head of a table's row or column has in parentheses. */
function unitIn(about: string): Unit | undefined {
  const found = /\(([^()]{1,12})\)/.exec(about)?.[1];
  // "(kWh a day)"
  if (found !== undefined) return unitNamed(found) ?? unitNamed(/^(\S+)\s(?:an?|per|each)\s/.exec(found)?.[1] ?? '');
  // A head that is nothing but a unit: "Hours", "kWh a day".
  const last =
    /(?<!\b(?:hundred|thousand|[mbtr]+illion)s?(?:\sof)?\s)(?<=^|\s)([A-Za-zµ]{2,})(?:\s(?:an?|per|each)\s[a-z]+)?$/i.exec(
      about,
    )?.[1];
  const unit = last === undefined || UNSURE.test(last) ? undefined : unitNamed(last);
  return unit !== undefined && /^(?:time|data|power|energy|length|mass|money)$/.test(unit.kind) ? unit : undefined;
}

/** "Hours of care", "Hours for the ward": a head that begins with the unit of what it is about. */
function unitOfHeads({ about, row, text }: Line): Unit | undefined {
  if (text.trim() === row.split(' | ')[0]?.trim()) return undefined;
  const word = /(?:^|\s)(\p{Lu}[a-z]+s)\s(?:of|for|per|at|in|a|an|each|on|spent|saved)\s/u.exec(` ${about} `)?.[1];
  const unit = word === undefined ? undefined : unitNamed(word.toLowerCase());
  return unit !== undefined && /^(?:time|data|power|energy|length|mass)$/.test(unit.kind) ? unit : undefined;
}

/** Both ends of "20–30" or "20 to 30 days", of which the number is one; the ends of "from 20 to 30" are two values. */
function rangeOf(text: string, at: number, all: readonly WrittenNumber[]): Literal['range'] {
  const number = all[at];
  const between = (low: WrittenNumber | undefined, high: WrittenNumber | undefined): Literal['range'] => {
    if (low === undefined || high === undefined || low.value >= high.value) return undefined;
    const gap = text.slice(Math.min(low.digitsTo, high.from), high.from);
    const isRange =
      /^%?\s?[-–—]{1,2}\s?[$]?$|^%? (?:to|or) [$]?$/.test(gap) ||
      (gap === ' and ' && /\bbetween\s$/i.test(text.slice(Math.max(0, low.from - NEAR), low.from)));
    return isRange && !/\bfrom\s[$~]?$/i.test(text.slice(Math.max(0, low.from - NEAR), low.from))
      ? { low, high }
      : undefined;
  };
  return between(all[at - 1], number) ?? between(number, all[at + 1]);
}

const scales = new WeakMap<Literal, number>();

/** By how much its words scale the digits of a number. */
export function scaleOf(literal: Literal): number {
  let scale = scales.get(literal);
  if (scale === undefined) {
    const { value, text, isWord } = literal;
    const digits = isWord ? wordValue(text)! : Number(text.replaceAll(',', ''));
    scale = Number((value / digits).toPrecision(9));
    scales.set(literal, scale);
  }
  return scale;
}

/** How many digits a text has, without zeros before the first and behind the last. */
export function digitsIn(text: string): number {
  return text.replaceAll(/[^\d]|^0+/g, '').replace(/0+$/, '').length;
}

/** So many digits are hardly the same by chance. */
export const OWN_DIGITS = 3;

/** So many digits a number has behind its point. */
export function decimalsOf(text: string): number {
  return /\.(\d+)/.exec(text)?.[1]?.length ?? 0;
}
