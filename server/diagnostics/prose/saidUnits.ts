/** Values without their unit or their magnitude, or with another magnitude, and fractions before a per cent sign. */

import type { CellProgram, CellResult, RefResult } from '../../evaluation/analysis';
import { lastOf } from '../../evaluation/symbols/symbol';
import type { Fix } from '../finding';
import type { Draft, ProseBlock } from '../rule';
import { exportedNumber, exportNames } from './exports';
import type { Line } from './lines';
import { besidePath, isHundredfold, isQuotient, nameShown, nameShownPlain, summandsOf } from './measure';
import type { Mention } from './mentions';
import {
  MEASURED,
  numbersIn,
  PERCENT_OF_SHARE,
  shortNumber,
  type Unit,
  unitBehindValue,
  unitNamed,
  type WrittenNumber,
} from './numbers';
import { type MeasuredValue, measuredIn, shownPath, showsPlainNumber } from './shownMeasures';
import { readName, splitName } from './subject';
import { TextMarks } from './textMarks';
import { PAYS, typedPrices } from './typedPrices';

/** What is wrong with the units and magnitudes of the values of a block. */
export function* saidUnits(block: ProseBlock): Iterable<Draft> {
  const told = new Set<RefResult>();
  for (const value of measuredIn(block)) {
    const draft = wrongMagnitude(value, block) ?? withoutUnit(value, block);
    if (draft === undefined) continue;
    told.add(value.ref);
    yield draft;
  }
  for (const ref of block.refs) {
    const draft = told.has(ref)
      ? undefined
      : (unlikeOthers(ref, block) ?? paid(ref, block) ?? withoutYears(ref, block));
    if (draft !== undefined) yield draft;
  }
  yield* fractions(block);
  yield* typedPrices(block);
}

/** "the same costs 455", where all other sentences with the value say "$455". */
function unlikeOthers(result: RefResult, block: ProseBlock): Draft | undefined {
  const { ref, text } = result;
  if (!isPlainNumber(result)) return undefined;
  const path = shownPath(result, block)?.path ?? ref.expr.trim();
  const said = unitOfOthers(block.mentionsOf(path));
  const unit = said.unit ?? said.ofSentences;
  if (unit === undefined) return undefined;
  const [start, end] = [ref.range.start - block.start, ref.range.end - block.start];
  const behind = block.source.slice(end, end + 24);
  const isBefore = unit.kind === 'money' && unit.factor === 1;
  // A sum of money may be told in thousands; behind what is measured, no noun may follow.
  if (isBefore ? /[$€£]\s?$/.test(block.source.slice(0, start)) : !ALONE.test(behind)) return undefined;
  const shown = shownNumber(result, block);
  if (shown === undefined) return undefined;
  const { line, from, to, number } = shown;
  if (line.place === 'heading' || line.place === 'formula') return undefined;
  if (line.place === 'cell' ? !(isBefore && isAmongMoney(line, block)) : said.unit === undefined) return undefined;
  if (isBefore && !ENDS.test(line.text.slice(to))) return undefined;
  if (OPERATED.test(line.text.slice(to)) || OPERATOR.test(line.text.slice(0, from))) return undefined;
  const sentence = new TextMarks(line.text).sentenceAround(from, to);
  const rest = withoutOthers(line.text, number, one => isOf(one, unit.kind.split('/')[0]!));
  const isInClause = unit.kind === 'time' && PAUSE.test(line.text.slice(to));
  const around = isInClause ? clauseAround(rest, from, to) : rest.slice(sentence.from, sentence.to);
  if (saysKind(around, unit.kind)) return undefined;
  const range = block.place(line, from, to);
  return {
    range,
    message: `The sentence reads "${text}" without a unit, but elsewhere the chapter gives \`${path}\` in ${unit.text}.`,
    fixes: [isBefore ? withSign(range) : unitBehind(range, unit, number)],
  };
}

/** All other numbers of its column have a sign of money. */
function isAmongMoney(line: Line, { lines }: ProseBlock): boolean {
  const others = lines.filter(one => one !== line && one.column !== undefined && one.column === line.column);
  return others.length > 0 && others.every(({ text }) => /[$€£]\s?\d/.test(text)) && !/[$€£]/.test(line.about);
}

/** "The ship costs 42,000 a day", in a paragraph that tells of money otherwise. */
function paid(result: RefResult, block: ProseBlock): Draft | undefined {
  const { ref } = result;
  if (!isPlainNumber(result)) return undefined;
  const [start, end] = [ref.range.start - block.start, ref.range.end - block.start];
  if (!PAYS.test(block.source.slice(Math.max(0, start - 24), start)) || !/\\\$|[€£]/.test(block.source))
    return undefined;
  if (!ENDS.test(block.source.slice(end, end + 40))) return undefined;
  const name = shownPath(result, block)?.path;
  if (name === undefined || readName(lastOf(name)).measures.some(({ kind }) => kind !== undefined && kind !== 'time'))
    return undefined;
  const shown = shownNumber(result, block);
  if (shown === undefined || shown.line.place !== 'text') return undefined;
  const { line, from, to, number } = shown;
  const sentence = new TextMarks(line.text).sentenceAround(from, to);
  const rest = withoutOthers(line.text, number, one => isOf(one, 'money'));
  if (saysKind(rest.slice(sentence.from, sentence.to), 'money')) return undefined;
  const range = block.place(line, from, to);
  return {
    range,
    message: `The sentence reads "${line.text.slice(from - PAYS.exec(line.text.slice(0, from))![0].length, to).trim()}", and nothing says of which money.`,
    fixes: [withSign(range)],
  };
}

/** "It pays for itself in 3.5." of years: these are of no certain length, and so no unit that others follow from. */
function withoutYears(result: RefResult, block: ProseBlock): Draft | undefined {
  const { ref } = result;
  const span = /_(years|months)(?:_(?:str|text|fmt))?$/.exec(ref.expr.trim())?.[1];
  if (span === undefined || /_per_[a-z]+(?:_str)?$/.test(ref.expr.trim()) || !isPlainNumber(result)) return undefined;
  if (!PAUSE.test(block.source.slice(ref.range.end - block.start))) return undefined;
  const shown = shownNumber(result, block);
  if (shown === undefined || shown.line.place !== 'text') return undefined;
  const { line, from, to } = shown;
  const behind = line.text.slice(to);
  const clause = `${clauseAround(line.text, from, to)} ${behind.split(/[.;]\s/, 1)[0]!}`;
  if (!PAUSE.test(behind) || saysKind(withoutBounds(clause), 'time')) return undefined;
  if (isParallel(line.text, from, span)) return undefined;
  const range = block.place(line, from, to);
  return {
    range,
    message: `The sentence reads "${line.text.slice(from - /(?:\S+\s){0,2}$/.exec(line.text.slice(0, from))![0].length, to)}", but the value is in ${span} (by its name): nothing says so.`,
    fixes: [inserted(range, ` ${span}`, `Write "${span}" behind the value`)],
  };
}

/** "She has saved for 42 years, he for 28.": behind the same word, an earlier number of the sentence says the unit of both. */
function isParallel(text: string, from: number, unit: string): boolean {
  const word = /\b([a-z]+)\s$/i.exec(text.slice(0, from))?.[1];
  if (word === undefined) return false;
  const { from: start } = new TextMarks(text).sentenceAround(from, from + 1);
  return new RegExp(String.raw`\b${word}\s\d[\d,.]*\s${unit}\b`, 'i').test(text.slice(start, from));
}

/** Without what only bounds a value: "in 3.5, under four years". */
function withoutBounds(clause: string): string {
  return clause.replaceAll(
    /\b(?:under|over|below|above|within|(?:less|more|fewer) than|at (?:least|most))\s[^,.;]*/gi,
    ' ',
  );
}

/** True for a reference that shows a number and nothing else. */
function isPlainNumber(result: RefResult): boolean {
  return showsPlainNumber(result) && result.ref.context !== 'math';
}

/** Where a reference shows a number, in the line as it will read; undefined where it is a part of another one. */
function shownNumber(
  { ref }: RefResult,
  { lines }: ProseBlock,
): { readonly line: Line; readonly from: number; readonly to: number; readonly number: WrittenNumber } | undefined {
  for (const line of lines)
    for (const { ref: shown, from, to } of line.pieces) {
      if (shown?.ref !== ref) continue;
      const number = numbersIn(line.text).find(one => one.from <= from + 1 && to <= one.digitsTo);
      return number && { line, from, to, number };
    }
  return undefined;
}

/** Writes a unit behind the value that is shown. */
function unitBehind(range: Draft['range'], unit: Unit, { value }: WrittenNumber): Fix {
  if (unit.kind === 'ratio') return inserted(range, '%', 'Write "%" behind the value');
  const words = unitBehindValue(unit, value);
  return inserted(range, ` ${words}`, `Write "${words}" behind the value`);
}

function withSign({ start }: Draft['range']): Fix {
  return { title: 'Write `$` before the value', edits: [{ start, end: start, newText: '\\$' }] };
}

interface SaidUnit {
  /** What all mentions in sentences but one have. */
  readonly unit: Unit | undefined;
  /** What all of them have. */
  readonly ofSentences: Unit | undefined;
}

const othersOf = new WeakMap<readonly Mention[], SaidUnit>();

/** The unit that the sentences give a value in. */
function unitOfOthers(all: readonly Mention[]): SaidUnit {
  let known = othersOf.get(all);
  if (known === undefined) {
    const mentions = all.filter(({ isInTable }) => !isInTable);
    const said = mentions.flatMap(({ unit }) => (unit !== undefined && MEASURED.test(unit.kind) ? [unit] : []));
    const [unit, ...more] = said;
    const isSame = more.every(one => one.kind === unit!.kind && one.factor === unit!.factor);
    const missing = isSame ? mentions.length - said.length : undefined;
    known = { unit: missing === 1 ? unit : undefined, ofSentences: missing === 0 ? unit : undefined };
    othersOf.set(all, known);
  }
  return known;
}

/** No noun follows that the value may count, and no other number that shares its unit. */
const ALONE =
  /^(?:[.,;:)](?!\s?(?:\d|`|and\b|or\b))|\s[(–—]|$|\s(?:in|for|that|which|when|while|where|instead|rather)\b)/;
/** In a formula, the result says how its numbers are told. */
const OPERATOR = /[×÷·*/+=≈−-]\s?$/;

const WORDS: Readonly<Record<number, string>> = { 1e3: 'thousand', 1e6: 'million', 1e9: 'billion', 1e12: 'trillion' };

/** "3 billion" of a value in millions, and "3" of one. */
function wrongMagnitude(
  { line, ref, from, to, number, said, measure }: MeasuredValue,
  block: ProseBlock,
): Draft | undefined {
  const { unit, scale, code } = measure;
  const word = WORDS[scale];
  if (word === undefined || (unit !== undefined && unit.kind !== 'money' && !isOfSpace(unit)) || said === scale)
    return undefined;
  const reads = line.text.slice(from, number.to);
  const because = code === undefined ? `\`${ref.ref.expr.trim()}\`` : `\`${code}\``;
  if (said !== 1) {
    return {
      range: block.place(line, from, number.to),
      message: `The sentence reads "${reads}", but the cell scales the value to ${word}s (${because}).`,
    };
  }
  // By the name alone, `m` may be anything; "700 GB" says its billions.
  if (code === undefined || line.place === 'heading' || isMeasure(number)) return undefined;
  const behind = line.text.slice(to);
  if (OPERAND.test(behind) || PREFIXED.test(behind)) return undefined;
  const isWord = (one: WrittenNumber) => /[a-z]$/i.test(line.text.slice(one.digitsTo, one.to));
  // "16.2 tokens a day, or 188 thousand tokens a second": behind its noun, a number shares no magnitude.
  const isAlone = number.unit !== undefined && number.to > number.digitsTo;
  const rest = withoutOthers(line.text, number, isWord, isAlone);
  if (MAGNITUDE.test(`${rest} ${line.about}`)) return undefined;
  return {
    range: block.place(line, from, to),
    message: `The sentence reads "${reads}", but the value is in ${word}s (${because}): nothing says so.`,
    fixes: [inserted(block.place(line, from, to), ` ${word}`, `Write "${word}" behind the value`)],
  };
}

/** Areas and volumes are told in thousands and millions, where other kinds have larger units. */
function isOfSpace({ kind }: Unit): boolean {
  return kind === 'area' || kind === 'volume';
}

function isMeasure({ unit }: WrittenNumber): boolean {
  return unit !== undefined && !/^(?:money|ratio|factor)/.test(unit.kind) && MEASURED.test(unit.kind);
}

/** Any word or letter that may stand for a magnitude. */
const MAGNITUDE =
  /\b(?:thousand|million|billion|trillion|bn|mn)s?\b(?!\sof\stimes)|\d\s?[kKMBT]\b|\([kKMBT]\)|10\^|[⁰¹²³⁴⁵⁶⁷⁸⁹]/i;

/** "costs 12 a month" of money, "takes 250" of milliseconds. */
function withoutUnit(
  { line, ref, from, to, number, said, measure: { unit, scale, code, others, isByName, isLetter } }: MeasuredValue,
  block: ProseBlock,
): Draft | undefined {
  if (
    unit === undefined ||
    others !== undefined ||
    isLetter === true ||
    line.place === 'heading' ||
    line.place === 'cell' ||
    line.place === 'formula'
  )
    return undefined;
  // `litres` may be the name of what is told in other words, and millions of cubic metres have many.
  if ((code === undefined || scale !== 1) && isOfSpace(unit)) return undefined;
  if (ref.ref.context === 'math' || (number.unit !== undefined && unitNamed(number.unit.text) !== undefined))
    return undefined;
  // "25 m": the letter alone names no unit, and is one behind a number.
  if (number.unit?.kind === unit.kind) return undefined;
  // "16 thousand samples a second" of `rate_khz`: the word says the prefix, and a frequency counts something.
  if (unit.kind === 'frequency' && said !== 1 && said === unit.factor) return undefined;
  // "200 samples a second" of `rate_hz`
  if (unit.kind === 'frequency' && IN_A_TIME.test(line.text.slice(to))) return undefined;
  // By their names alone, only percentages and money are what they are for sure.
  const behind = line.text.slice(to);
  const isTaken = unit.kind === 'time' && TAKES.test(line.text.slice(0, from)) && ENDS.test(behind);
  const isSpan =
    code === undefined &&
    (isTaken ||
      (PAUSE.test(behind) &&
        (unit.kind === 'time' ? isSpanNamed(ref.ref.expr) : isByName !== true && PHYSICAL.test(unit.kind))));
  const isPlain = code !== undefined || unit.kind === 'ratio' || unit.kind === 'money' || isSpan;
  const base = unit.kind.split('/')[0];
  const all = isPlain ? withoutOthers(line.text, number, one => isOf(one, base!)) : line.text;
  const rest = isSpan ? clauseAround(all, from, to) : isPlain ? sentenceOf(all, line, from, to, unit.kind) : all;
  if (OPERATED.test(line.text.slice(to)) || isOperand(line.text, from, to)) return undefined;
  if (saysKind(rest, unit.kind) || (isByName === true && !ENDS.test(line.text.slice(to)))) return undefined;
  const because = code === undefined || (isByName === true && unit.kind === 'money') ? 'by its name' : `\`${code}\``;
  const range = block.place(line, from, to);
  const [name, fix]: readonly [string, Fix] =
    unit.kind === 'money' && unit.factor === 1
      ? ['money', withSign(range)]
      : unit.kind === 'ratio'
        ? ['a percentage', unitBehind(range, unit, number)]
        : [`in ${unit.text}`, unitBehind(range, unit, number)];
  return {
    range,
    message: `The sentence reads "${line.text.slice(from - /(?:\S+\s){0,2}$/.exec(line.text.slice(0, from))![0].length, number.to)}", but the value is ${name} (${because}): nothing says so.`,
    fixes: [fix],
  };
}

const IN_A_TIME = /^\s[a-z]+(?:\s[a-z]+)?\s(?:an?|per|each|every)\s(?:second|minute|hour)\b/;

/** "takes 11 for a kilometre" of `lane_ms`: what something takes is told in time, or in what is counted. */
const TAKES = /\b(?:takes?|took|lasts?|lasted)\s(?:(?:about|only|just|another|some|roughly|nearly)\s)?$/i;

/** In these, what a name says is meant: `electric_kw`. */
const PHYSICAL = /^(?:power|energy|data|length|mass)(?:\/|$)/;

/** `stay_days`, which sentences give in days. */
function isSpanNamed(expr: string): boolean {
  const words = splitName(lastOf(expr.trim())).filter(word => word !== 'str');
  return (
    words.length > 1 &&
    /^(?:seconds|minutes|hours|days|weeks|months|years)$/.test(words.at(-1)!) &&
    words.at(-2) !== 'per'
  );
}

/** A pause behind which no other number follows that may have the unit of both. */
const PAUSE = /^(?:[,;](?!\s?(?:[\d$€£]|and\b|or\b|to\b))|\.\s|\.$)/;

/** "It takes 12 hours, not 10.": what is set against a number has its unit. */
const CONTRAST =
  /^(?:but\s)?(?:not|no longer|rather than|instead of|(?:up|down) from|compared (?:to|with)|against|versus|vs)\b/i;

/** The sentence, where no other of the text says of all its numbers what they are in, and it does not lean on the one before. */
function sentenceOf(text: string, line: Line, from: number, to: number, kind: string): string {
  const marks = new TextMarks(line.text);
  const sentence = marks.sentenceAround(from, to);
  const own = text.slice(sentence.from, sentence.to);
  if (kind === 'ratio') return ALL_PERCENT.test(text) ? text : own;
  const base = kind.split('/')[0]!;
  for (const [, word] of text.matchAll(ALL_IN_UNIT)) if (saysKind(word!, base)) return text;
  if (sentence.from === 0 || !LEANING.test(own)) return own;
  const before = marks.sentenceAround(sentence.from - 2, sentence.from - 2);
  return line.text.slice(before.from, sentence.from) + own;
}

/** "All times in milliseconds": behind a number it is the unit of that alone. */
const ALL_IN_UNIT = /(?<!\d\s)\b(?:in|as)\s((?:[a-z]+\s(?:of\s)?){0,2}[A-Za-zµ$€£]+)/g;

/** "The second takes 15.": so few words of another one have the unit of the first. */
const LEANING =
  /^(?:(?:the|an?)\s(?:second|third|fourth|fifth|other|next|last|latter|new|old)|another)\b[^,;:]{0,40}$/i;

function clauseAround(text: string, from: number, to: number): string {
  const clauses = text.slice(0, from).split(/[,;:.(–—]\s/);
  const before = CONTRAST.test(clauses.at(-1)!) ? clauses.slice(-2).join(' ') : clauses.at(-1)!;
  return `${before} ${text.slice(to).split(/[,;:.)–—]/, 1)[0]!}`;
}

/** What says of all numbers of a text that they are percentages. */
const ALL_PERCENT = /\b(?:in|as)\sper\s?cent(?:ages?)?\b|\bpercentages\b|\bshares?\b.*:/i;

/** In a formula, the result says how its numbers are told. */
const OPERAND = /^\s?[×÷·*/+=≈]/;
/** "3.2 Gpixel", "3.2 gigapixels": a unit with a prefix of its own. */
const PREFIXED = /^[\s-]?(?:[kMGTPµμmn][A-Za-z]|[A-Z]|(?:kilo|mega|giga|tera|peta|micro|milli|nano))/;

/** "(2/8 MB/s)": behind a number that is computed with, the unit is that of the result. */
const OPERATED = /^\s?[×÷·*/+]\s?[$(]?[\d\ufffc]/;

/** "34.3 / 0.22 ≈ 153": what is computed with has the unit that the result needs. */
function isOperand(text: string, from: number, to: number): boolean {
  return COMPUTED.test(text.slice(0, from)) && RESULT.test(text.slice(to));
}

const COMPUTED = /[\d)%\ufffc]\s?[×÷·*/+−-]\s?[$(]?$/;
const RESULT = /^\)?\s?(?:[=≈]|[×÷·*/+−-]\s?[$(]?[\d\ufffc])/;

/** Behind a sum of money there is no noun that it may count: "an income of 846 thousand a year". */
const ENDS =
  /^(?:\s(?:thousand|[mbtr]+illion))?(?:[.,;:)](?:\s|$)|\s[(–—]|$|\s(?:an?|per|each|every|in|for|to|of|and|or|but|more|less|on|at|with|from|is|are|was|were|while|when|which|that|so|together|altogether|apiece|extra)\b)/;

/** A line without the other numbers of a kind that are no list with this one: "takes 408, to which the network adds 45 ms". */
function withoutOthers(
  text: string,
  number: WrittenNumber,
  isOfKind: (other: WrittenNumber) => boolean,
  isAlone = false,
): string {
  let rest = text;
  const numbers = numbersIn(text);
  const at = numbers.findIndex(({ from }) => from === number.from);
  // From the nearest one on: behind one that is in no list with it, no other is.
  const sides = [numbers.slice(0, Math.max(0, at)).reverse(), numbers.slice(at + 1)];
  let isOpen = !isAlone;
  for (const other of sides.flatMap(side => [undefined, ...side])) {
    if (other === undefined) {
      isOpen = !isAlone;
      continue;
    }
    const isMeasured = other.unit !== undefined && MEASURED.test(other.unit.kind);
    if (!(isMeasured || isOfKind(other))) continue;
    const [first, second] = other.from < number.from ? [other, number] : [number, other];
    if (isOfKind(other)) {
      // The sign before a later sum is of that alone.
      const isOwn = second === other && other.unit?.text === '$';
      const between = text.slice(first.to, second.from);
      // "42 are adults at €5.50, and 20% are": no list goes over what is measured otherwise.
      isOpen &&= !numbers.some(
        one => one.from >= first.to && one.to <= second.from && isMeasuredOtherwise(one, isOfKind),
      );
      // "\$240 thousand, \$737": the first sum has its thousands for itself.
      const isOver = first === other && /^,\s[$€£]$/.test(between);
      // "€11,520 and €14,220, 2,700 more": no list goes on with what is compared.
      const isDifference = second === number && /^,\s$/.test(between) && COMPARED.test(text.slice(number.to));
      isOpen &&= !isOwn && !isOver && !isDifference && isListed(between);
      if (isOpen) continue;
    }
    const from = other.from - /[$€£~\s]*$/.exec(text.slice(0, other.from))![0].length;
    rest = `${rest.slice(0, from)}${' '.repeat(other.to - from)}${rest.slice(other.to)}`;
  }
  return rest;
}

function isMeasuredOtherwise(number: WrittenNumber, isOfKind: (other: WrittenNumber) => boolean): boolean {
  return number.unit !== undefined && MEASURED.test(number.unit.kind) && !isOfKind(number);
}

function isOf({ unit }: WrittenNumber, kind: string): boolean {
  return unit !== undefined && (unit.kind.split('/')[0] === kind || (kind === 'money' && saysKind(unit.text, kind)));
}

/** "40, 50 and 60 ms", "from 40 in the first to 60 ms in the second": one unit may be said of all. */
function isListed(between: string): boolean {
  if (/[.;:!?]\s/.test(between) || between.length > 60) return false;
  // ", and it stands at": another clause; "8 million a year, or 215 for each trip": another rate
  if (CLAUSE.test(between) || EACH.test(between)) return false;
  return (
    /\b(?:and|or|not|vs|versus|than|by|instead|rather|against|from)\b/.test(between) ||
    /^[^A-Za-z]*(?:to\s[^A-Za-z]*)?$/.test(between)
  );
}

const COMPARED = /^\s(?:more|less|fewer|extra)\b/;

const EACH = /^(?:\s[a-z]+)?\s(?:an?|per|each|every)\s[a-z]+,\s(?:or|and)\s$/i;

const CLAUSE =
  /,\s(?:(?:and|or|but|so|while)\s(?:it|they|he|she|we|this|that|these|those|(?:the|an?)\s(?:\d[\d,.]*\s)?[a-z]+)|(?!(?:and|or|not|to|in|at|for|on|up|down|with|without|by|about|roughly|then|instead|rather|compared)\b)[a-z]+)\s[a-z]+/i;

function inserted({ end }: Draft['range'], newText: string, title: string): Fix {
  return { title, edits: [{ start: end, end, newText }] };
}

/** "half a dollar": a sum of its own, and the unit of no other number. */
const PART_OF_MONEY = /\b(?:half|third|quarter|fifth|tenth)\s(?:of\s)?an?\s(?:dollar|euro|cent)\b/gi;

/** True where any word of a text is a unit of this kind. */
function saysKind(text: string, kind: string): boolean {
  // "93 of a hundred requests"
  if (kind === 'ratio')
    return /%|\bper\s?cent|\bpercentage|\bpoints?\b|\bpp\b|\b(?:of|in)\s(?:an?|one|each|every)\shundred\b|\bout of (?:a hundred|100)\b/i.test(
      text,
    );
  if (kind === 'money')
    return /[$€£¥¢]|\b(?:dollars?|usd|cents?|euros?|eur|pounds?|francs?|kr|[A-Z]{3})\b/.test(
      text.replaceAll(PART_OF_MONEY, ' '),
    );
  const base = kind.split('/')[0]!;
  // "every day" is how often.
  const plain = kind === 'time' ? text.replaceAll(/\b(?:each|every)\s[a-z]+/gi, ' ') : text;
  if (LOOSE[base]?.test(plain) === true) return true;
  return (plain.match(/[A-Za-zµ]+(?:-hours?)?/g) ?? []).some(
    word => word.length < 15 && unitNamed(word)?.kind === base,
  );
}

/** Words that may be units of a kind, with any prefix. */
const LOOSE: Readonly<Record<string, RegExp>> = {
  time: /second|minute|hour|\bday|week|month|year|\dms\b|\ds\b/i,
  data: /byte|\b[kKMGTPE]i?B\b|\d[kKMGTPE]i?B/,
  bits: /bit|bps/i,
  compute: /flop|operation/i,
  power: /watt|\d[mkMG]?W\b/i,
  energy: /joule|watt|wh\b/i,
};

/** Last words of names of what is no percentage. */
const FRACTIONS: ReadonlySet<string> = new Set(['share', 'fraction', 'ratio', 'frac']);

/** "0.005%" of a fraction, where the cell has the percentage as well. */
function* fractions(block: ProseBlock): Iterable<Draft> {
  for (const result of block.refs) {
    const { ref, text } = result;
    const value = Number(text);
    if (!/^0?\.\d+$/.test(text ?? '') || value === 0) continue;
    const { start, end } = { start: ref.range.start - block.start, end: ref.range.end - block.start };
    const behind = block.source.slice(end, end + 20);
    const isPoints = /^\spercentage\spoints?\b/.test(behind);
    if (!isPoints && !/^\s?(?:\\?%|\$\\%\$|percent\b|per cent\b)/.test(behind)) continue;
    const shown = shownPath(result, block);
    const maker = shown?.maker;
    // 0.8% of `bill_pct_str`, though another share may be 0.8.
    if (maker !== undefined && isHundredfold(shown!.path, maker.program)) continue;
    const percent =
      maker === undefined
        ? undefined
        : (exportNames(maker)?.names ?? [])
            .flatMap(name => (isPercent(name) ? (exportedNumber(name, [maker]) ?? []) : []))
            .find(one => {
              const own = (one.exact ?? one.value) / 100;
              return one.isText && Math.abs(own - value) <= 0.5 * 10 ** -text!.split('.')[1]!.length * 1.000_001;
            });
    const range = block.at(start, end);
    if (percent === undefined) {
      // `lost_pct_str` may show `lost_share` as it is.
      const names = shown === undefined ? [] : namesThrough(shown.path, shown.maker.program);
      const lasts = names.flatMap(name => splitName(lastOf(name)).at(-1) ?? []);
      if (
        lasts.length > 0 &&
        (lasts.some(last => FRACTIONS.has(last)) ||
          isDifferenceOfShares(shown!, block) ||
          (maker !== undefined &&
            names.some(name => isFraction(name, maker.program) || isShareOfTwo(name, maker.program))))
      )
        yield {
          range,
          message: `The sentence reads "${text}${isPoints ? ' percentage points' : '%'}", but the value is a fraction (\`${shown!.path}\`): the percentage is ${shortNumber(100 * value)}.`,
        };
      continue;
    }
    yield {
      range,
      message: `The sentence reads "${text}%", but the value is a fraction: the percentage is ${shortNumber(percent.value)} (\`${percent.name.path}\`).`,
      fixes: [
        {
          title: `Show \`${percent.name.path}\``,
          preferred: true,
          edits: [{ ...range, newText: `\`{python} ${percent.name.path}\`` }],
        },
      ],
    };
  }
}

/** `treated - control`, both of which sentences show in per cent as they are. */
function isDifferenceOfShares({ path, maker }: { path: string; maker: CellResult }, block: ProseBlock): boolean {
  const summands = summandsOf(path, maker.program.module);
  const isShare = (name: string) => block.mentionsOf(name).some(({ unit }) => unit === PERCENT_OF_SHARE);
  return summands.length > 1 && summands.every(isShare);
}

/** A name and those whose numbers it shows as they are: `lost_pct_str`, `Loss.lost_pct_str` behind a bridge, `Loss.lost_share`. */
function namesThrough(path: string, program: CellProgram): readonly string[] {
  const found: string[] = [];
  for (let name: string | undefined = path; name !== undefined && !found.includes(name) && found.length < DEPTH; ) {
    found.push(name);
    const next: string | undefined = nameShownPlain(name, program);
    name = next === undefined ? undefined : besidePath(name, next);
  }
  return found;
}

const DEPTH = 5;

/** `occupancy_pct_str = f"{occupancy:.2f}"`, where the cell multiplies by `occupancy`: the name says a percentage, the code shows a share. */
function isFraction(path: string, { module, source }: CellProgram): boolean {
  const name = nameShown(path, { module });
  if (name === undefined || name === path || isPercent(readName(lastOf(name))) || !isPercent(readName(lastOf(path))))
    return false;
  const own = lastOf(name);
  return new RegExp(
    String.raw`(?:(?<!\b100(?:\.0)?\s?)\*\s?|\b1\s?-\s?)${own}\b(?!\s?[*/]\s?100)|\b${own}\s?\*\s?(?!100)`,
  ).test(source);
}

/** `replaced_pct_str` shows `replaced = pension / salary`: the name says a percentage, the code one sum over another. */
function isShareOfTwo(path: string, program: CellProgram): boolean {
  if (!isPercent(readName(lastOf(path))) || !isQuotient(path, program)) return false;
  const name = nameShown(path, program);
  return name === undefined || !isPercent(readName(lastOf(name)));
}

function isPercent({ measures }: { readonly measures: readonly { readonly kind: string | undefined }[] }): boolean {
  return measures.some(({ kind }) => kind === 'ratio');
}
