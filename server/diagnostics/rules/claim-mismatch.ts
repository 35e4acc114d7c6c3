/** Words of comparison beside two numbers that say something else: "from 4 to 6, doubling". A closed list of phrases is read. */
import type { OffsetRange } from '../../chapter/ranges';
import { acrossSentences, numbersBefore, wholeClaims } from '../prose/across';
import { amounts } from '../prose/amounts';
import { asShown } from '../prose/asShown';
import { boundClaims } from '../prose/boundClaims';
import { changedTo } from '../prose/changedTo';
import { change } from '../prose/changes';
import { MAY_MOVE } from '../prose/changeWords';
import { BOUND, claimedNumbers } from '../prose/claimedNumbers';
import { COUNT_IN_WORDS, FRACTION_IN_WORDS, fractionOf } from '../prose/claimWords';
import {
  isMultiple,
  isWithinLimit,
  LARGER,
  QUALIFIERS,
  QUICKER,
  SLOWER,
  SMALLER,
  senseOf,
  THAN_NAMED,
} from '../prose/comparatives';
import { contraryWords } from '../prose/contraryWords';
import { differences } from '../prose/differences';
import { directions } from '../prose/directions';
import { everySoOften } from '../prose/every';
import { frames } from '../prose/frames';
import { gaps } from '../prose/gaps';
import { type Line, OPAQUE } from '../prose/lines';
import { matchesIn } from '../prose/matching';
import { movedWrong } from '../prose/moved';
import {
  type Measured,
  multiple,
  type SaidMultiple,
  saidMultiples,
  saidOrders,
  spread,
  timesAround,
  timesOf,
} from '../prose/multiples';
import { namedOffsets, namedWholes } from '../prose/namedWholes';
import { nounClaims, thatClaims } from '../prose/nounClaims';
import { nounPairs } from '../prose/nounPairs';
import { MAGNITUDES, MEASURED, measured, numbersIn, sameKind, shortNumber, type WrittenNumber } from '../prose/numbers';
import { offsets } from '../prose/offsets';
import { ofThem } from '../prose/ofThem';
import { oneInSoMany } from '../prose/oneIn';
import { onlyPairs } from '../prose/onlyPairs';
import { paces } from '../prose/paces';
import { partClaims } from '../prose/partClaims';
import { reasons } from '../prose/reasons';
import { remainders } from '../prose/remainders';
import { shareClaims } from '../prose/shareClaims';
import { inOneSpan } from '../prose/spans';
import { tableClaims } from '../prose/tableClaims';
import { unreadClaims } from '../prose/unreadClaims';
import type { Draft, ProseBlock, Rule } from '../rule';

export const claimMismatch: Rule = {
  code: 'claim-mismatch',
  severity: 'warning',
  isOfSeveralValues: true,
  *prose(block): Iterable<Draft> {
    yield* differences(block);
    yield* directions(block);
    for (const { line, from, to, message } of tableClaims(block)) yield { range: block.place(line, from, to), message };
    if (!CLAIMS.test(block.source) && !MAY_MOVE.test(block.source)) return;
    yield* paces(block);
    const isOfNumbers = (block.source.match(NUMBERS)?.length ?? 0) > 1;
    if (!isOfNumbers && !IN_WORDS.test(block.source) && !LIMIT.test(block.source) && !THAN_NAMED.test(block.source))
      return;
    for (const line of block.lines) {
      const numbers = claimedNumbers(line.text).map(number => asShown(number, line));
      let isTold = false;
      for (const [at, first] of numbers.entries()) {
        const second = numbers[at + 1];
        if (second === undefined) break;
        const third = numbers[at + 2];
        const draft =
          (isOfSentenceBefore(line, first, second)
            ? acrossClaim(block, line, numbers, at)
            : pairClaim(block, line, first, second, third)) ??
          (third !== undefined && (isOfOther(line.text, second) || isShareAgain(line.text, first, second, third))
            ? pairClaim(block, line, first, third, undefined)
            : undefined);
        if (draft === undefined || holdsStale(block, draft)) continue;
        isTold = true;
        yield draft;
      }
      yield* partsOfWholes(block, line);
      if (isTold) continue;
      const ofNames = [
        ...nounClaims(block, line, numbers),
        ...thatClaims(block, line, numbers),
        ...boundClaims(block, line, numbers),
        ...namedOffsets(block, line, numbers),
        ...partClaims(line, numbersIn(line.text)),
        ...nounPairs(block, line),
        ...saidOrders(line.text, numbers),
        ...shareClaims(block, line),
        ...unreadClaims(block, line),
        ...amounts(line.text),
        ...gaps(line.text),
        ...offsets(line.text),
        ...changedTo(line.text, numbers),
        ...oneInSoMany(line.text),
        ...wholeClaims(line.text, numbers),
        ...remainders(line.text),
        ...frames(line.text),
        ...reasons(line.text),
        ...contraryWords(line.text, numbers),
        ...everySoOften(line.text),
        ...ofThem(line.text),
      ];
      // What a percentage of its own contradicts is told of that.
      const ofWholes = [...namedWholes(block, line, numbers)];
      // A multiple that a reference shows is what a cell computed of the two that it means.
      const isShown = (from: number, to: number) => line.refsIn(from, to).length > 0;
      const ofMultiples = [...saidMultiples(line.text, numbers, isShown)].filter(
        ({ from }) => !isBehindStale(block, line, from),
      );
      const told: SaidMultiple[] = [];
      for (const found of [ofNames, ofWholes, ofMultiples, [...onlyPairs(line.text, numbers, isShown)]]) {
        const others = [...told];
        told.push(...found.filter(({ from, to }) => !others.some(one => one.from < to && from < one.to)));
      }
      for (const { from, to, message } of told) {
        const draft = { range: block.place(line, from, to), message };
        if (!holdsStale(block, draft)) yield draft;
      }
    }
  },
};

/**
 * True where the one number that is typed is told to be another than a cell computes: what is said of it may be right once it is
 * mended. Two typed ones say something wrong by themselves.
 */
function holdsStale(block: ProseBlock, { range }: Draft): boolean {
  const text = block.source.slice(range.start - block.start, range.end - block.start).replaceAll(/`[^`]*`/g, ' ');
  if ((text.match(/\d[\d,.]*/g)?.length ?? 0) > 1) return false;
  return matchesIn(block).some(({ literal: { line, from, digitsTo }, kind }) => {
    const own = block.place(line, from, digitsTo);
    // Of a multiple that stands behind both numbers, the literal is as near.
    return kind === 'stale' && own.start < range.end + BEHIND && range.start < own.end;
  });
}

const BEHIND = 24;

/** True where a stale number stands before a claim that may be about it. */
function isBehindStale(block: ProseBlock, line: Line, at: number): boolean {
  return matchesIn(block).some(({ literal, kind }) => kind === 'stale' && literal.line === line && literal.to <= at);
}

/** Where a number may stand in a source. */
const NUMBERS = /\{python\}|\d+/g;

/** And one in words. */
const IN_WORDS = new RegExp(
  String.raw`\bevery\s(?:\x60[^\x60]*\x60|\S+)\s(?:second|minute|hour|day|week)s?,?\s|\b[a-z]+\sin\s(?:two|three|four|five|six|seven|eight|nine|ten|twenty)\b|\btimes\s(?:the|what)\b|\b(?:half|third|quarter|[a-z]{3,}th)s?\b|\sorders?\sof\smagnitude\b|\b(?:dozen|hundred|thousand)\b|${BOUND}(?:${COUNT_IN_WORDS}|an?\s(?:week|fortnight|month|year|decade|century)|one)\b`,
  'i',
);

/** A limit that is typed may be that of something which the sentence names. */
const LIMIT = /\b(?:than|under|over|below|above|at least|at most)\s\\?[$€£]?\d/i;

/** A block without any of these words is not read. */
const CLAIMS =
  /\bfrom\b|\bevery\b|\bof\sth(?:em|ese|ose)\b|\b(?:since|because|as|for)\s[^.;!?]{0,100}[=≈]|\bbetween\b|\s[<>]\s|[≤≥≪≫]|\b(?:doubl|tripl|quadrupl|halv|twice|half|third|quarter|[a-z]{3,}ths?\sof\b|(?:fif|six|seven|eigh|nin|ten)ths\b|times|fold|magnitude|than|over|under|below|above|exceed|at least|at most|within|[a-z]+\sin\s(?:two|three|four|five|six|seven|eight|nine|ten|twenty)\b|one\s(?:[a-z]+\s)?(?:in|of|out)\b|dozen|hundred|thousand|factor|gap|ratio|fps|second|the\s(?:remaining|other|rest,)\s\d)/i;

function isOfSentenceBefore({ text }: Line, first: WrittenNumber, second: WrittenNumber): boolean {
  return acrossSentences(text.slice(first.to, second.from)) !== undefined;
}

/** A claim about the sentence before, of whose numbers none bears it out. */
function acrossClaim(block: ProseBlock, line: Line, numbers: readonly WrittenNumber[], at: number): Draft | undefined {
  const second = numbers[at + 1]!;
  const drafts = numbersBefore(line.text, numbers, at).map(first => pairClaim(block, line, first, second, undefined));
  return drafts.every(draft => draft !== undefined) ? drafts[0] : undefined;
}

function pairClaim(
  block: ProseBlock,
  line: Line,
  first: WrittenNumber,
  second: WrittenNumber,
  third: WrittenNumber | undefined,
): Draft | undefined {
  const { text } = line;
  // The comma of a number is no pause.
  const gap = text.slice(first.to, second.from);
  const between = (acrossSentences(gap) ?? gap).replaceAll(/(?<=\d)[.,](?=\d)/g, '');
  // "K=10 over 30 episodes", "at a count ≥ 3, just below the 0.3": a parameter or a condition is not what is compared.
  if (/(?:(?<!\d\s?)\b[A-Za-z_]\w*\s?=|[<>≤≥])\s?[-−]?$/.test(text.slice(0, first.from))) return undefined;
  if (
    between.includes(OPAQUE) ||
    /[.!?]\s/.test(between) ||
    (/:\s/.test(between) && !COLON.test(between) && !THAT.test(between))
  )
    return undefined;
  const told = (message: string, from = first.from): Draft => ({
    range: claimPlace(block, line, Math.max(from, first.to), from, second.to),
    message,
  });
  const lead = text.slice(sentenceStart(text, first.from), first.from);
  const part =
    partOfThat(between, first, second, told) ?? namely(between, first, second, lead, text.slice(second.to), told);
  if (part !== undefined || /;\s/.test(between)) return part;
  // "from 40 to 80 ms", "from 3 to 5 million": the first takes the unit and the magnitude of the second.
  const isFrom = /^\sto\s[$€£]?$/.test(between) && /\bfrom\s[$€£]?$/i.test(lead);
  const scaled = isFrom
    ? withMagnitude(first, text.slice(first.from, first.to), text.slice(second.from, second.to))
    : first;
  const own = scaled.unit === undefined || scaled.unit.kind === 'to' ? { ...scaled, unit: second.unit } : scaled;
  const other = isOfSame(own, second, between, text) ? { ...second, unit: own.unit } : second;
  const [a, b] = inOneSpan(own, other);
  const isOfTwoThings =
    AS_MANY.test(between) && ![a, b].some(({ unit }) => unit !== undefined && MEASURED.test(unit.kind));
  if (!sameKind(a.unit, b.unit) && !isOfTwoThings) return undefined;
  const [from, to] = [measured(a), measured(b)];
  if (isOfTwoThings) return multiple(between.replace(AS_MANY, ' $1 as many as the '), from, to, told);
  if (
    /^\s+to\s+(?:about\s|roughly\s|only\s|just\s)?[~≈]?[$€£]?$/.test(between) &&
    /\bfrom\s+(?:about\s|roughly\s)?[~≈]?[$€£]?$/i.test(lead)
  )
    return change(text, lead, from, to, second, third, (message, verb) => {
      const own = told(message);
      const said = verb === undefined ? own.range : block.place(line, first.from - lead.length + verb, second.to);
      // Of several lines of the source, from the one in which it is said.
      return { ...own, range: isWrapped(block, said.start, own.range.start) ? said : own.range };
    });
  const isShown = [a, b].some(one => line.refsIn(one.from, one.digitsTo).length > 0);
  const wrong = movedWrong(lead, between, a, b, isShown);
  if (wrong !== undefined) return told(wrong);
  // "below -2 and above 2": two bounds of one thing.
  if (/\s(?:and|or|but|nor)\b/.test(between) && BOUND_BEFORE.test(lead)) return undefined;
  const related =
    timesAround(between, text.slice(0, first.from), text.slice(second.to), from, to, told) ??
    multiple(between, from, to, told);
  // "\$223 for electricity, which is less than two cents a bottle": the one is a rate, the other none.
  if (related !== undefined || (EACH.test(text.slice(second.to)) && !EACH.test(text.slice(first.to)))) return related;
  // "14 times faster than the one and more than 100 times faster than the other": the limit is of another fact.
  if (OF_ANOTHER.test(between) && THAN.test(text.slice(second.to))) return undefined;
  const factor = FACTOR_BY.exec(between);
  return (
    (a.unit?.kind === 'factor' && factor !== null ? byFactor(factor[1]!, from, to, told) : undefined) ??
    bound(between, from, isLimit(line, second, between) ? { ...to, half: 0 } : to, a.unit?.kind, told)
  );
}

/** The two numbers and what is said of them; of several lines of the source, those in which it is said. */
function claimPlace(block: ProseBlock, line: Line, behind: number, from: number, to: number): OffsetRange {
  const whole = block.place(line, from, to);
  const pause = isWrapped(block, whole.start, whole.end)
    ? /(?<=[,:;(]\s|\s[-–—]\s)(?:[^,:;(]|,(?=\d))*$/.exec(line.text.slice(behind, to))
    : null;
  return pause === null ? whole : block.place(line, behind + pause.index, to);
}

function isWrapped({ source, start }: ProseBlock, from: number, to: number): boolean {
  return source.slice(from - start, to - start).includes('\n');
}

const EACH = /^\s(?:an?|per|each|every)\s(?!third|quarter|half|few|lot|bit|little)[a-z]/;

const OF_ANOTHER = new RegExp(String.raw`\b(?:and|or)\s(?:still\s)?(?:${QUALIFIERS})[$\u20ac\u00a3]?$`, 'i');
const THAN = /^\s(?:(?:more|less)\s)?[a-z]+\sthan\b/;

/** "1.7 times what they cost, so yes, but by less than a factor of two" */
const FACTOR_BY = /^[^.;:()]{0,80}\bby\s(more than|over|at least|less than|under|at most)\s$/i;

function byFactor(
  said: string,
  { value, half }: Measured,
  limit: Measured,
  told: (message: string) => Draft,
): Draft | undefined {
  return isWithinLimit({ value, half }, limit.value, said)
    ? undefined
    : told(`The sentence says "${said} a factor of ${shortNumber(limit.value)}", but it is ${shortNumber(value)}.`);
}

/** "more than 40,000": what is typed as a limit is none that was rounded. */
function isLimit(line: Line, { from, digitsTo }: WrittenNumber, between: string): boolean {
  return !/\bthe\s[$€£]?$/i.test(between) && line.refsIn(from, digitsTo).length === 0;
}

function withMagnitude(number: WrittenNumber, own: string, other: string): WrittenNumber {
  const scale = MAGNITUDES[/\b([a-z]+illion|thousand)\b/.exec(other)?.[1] ?? ''];
  if (scale === undefined || /[a-z]{2}/i.test(own)) return number;
  return { ...number, value: number.value * scale, half: number.half * scale };
}

/** "36 ms in all: ten times the 3.5 ms" */
const COLON = /^[^.;:()]{0,30}:\s(?:[a-z-]+\s){1,4}(?:the|of|as)\s[$€£]?$/i;

/** A multiple or a part in words says something of the numbers around it: "40, ten times the 4", "1.7, less than half of the 2.9". */
function isOfOther(text: string, { from, digitsTo, unit }: WrittenNumber): boolean {
  return unit?.kind === 'factor' || (unit?.kind === 'ratio' && !/\d/.test(text.slice(from, digitsTo)));
}

/** "77% of the 31,808 that a year costs, more than four fifths" */
function isShareAgain(text: string, first: WrittenNumber, second: WrittenNumber, third: WrittenNumber): boolean {
  const isOf = /^\sof\s(?:the\s|its\s|all\s)?[$€£]?$/.test(text.slice(first.to, second.from));
  return first.unit?.kind === 'ratio' && second.unit?.kind !== 'ratio' && isOf && isOfOther(text, third);
}

/** "66 sessions, more than the 40 that": the second number is of what the first one counts. */
function isOfSame(first: WrittenNumber, second: WrittenNumber, between: string, text: string): boolean {
  if (first.unit === undefined || second.unit !== undefined) return false;
  const behind = text.slice(second.to);
  // "175 times as common, which is more than two hundred"
  if (first.unit.kind === 'factor')
    return /,\s(?:which is\s|that is\s)?(?:more|less|fewer)\sthan\s$/i.test(between) && /^(?:[.,;)]|$)/.test(behind);
  // "1.5 days, less than two"
  if (MEASURED.test(first.unit.kind) && LESS_THAN.test(between) && /^(?:[.,;)]|$)/.test(behind)) return true;
  // "1,656 tonnes, half of the 2,385"
  if (MEASURED.test(first.unit.kind))
    return first.unit.kind !== 'ratio' && PART_OF_COUNT.test(between) && /^(?:[.,;)]|$)/.test(behind);
  // "29 racks are enough, a third of the 54"
  if (PART_OF_COUNT.test(between) && /^(?:[.,;)]|$)/.test(text.slice(second.to))) return true;
  // "counts 40 cases, on day 12 it counts 325, ten times as many"
  if (/^[^.;:]*,[^.;:]*$/.test(between) && /^,\s[^.;:,]{0,30}\btimes as many\b/i.test(behind)) return true;
  if (/\bthan\sthe\s$/i.test(between)) return /^\s(?:that|which|of|before|we|it|they)\b/.test(behind);
  return (
    /,\s(?:(?:\w+\s)?than|at least|at most)\s(?:about\s)?$/i.test(between) &&
    /^(?:[.,;)]|$|\s(?:and|or|that|which|before|in\sall|in\stotal|altogether)\b)/.test(behind)
  );
}

const LESS_THAN =
  /,\s(?:which is\s|that is\s)?(?:(?:a\s)?(?:little|bit)\s|(?:just|slightly|somewhat|barely|well|far|much)\s)?(?:more|less|fewer)\sthan\s$/i;

const PART_OF_COUNT = new RegExp(
  String.raw`,\s(?:${FRACTION_IN_WORDS}\sof|twice|[a-z]+\stimes)\sthe\s(?:[a-z]+\sof\s(?:the\s)?)?$`,
  'i',
);

const BOUND_BEFORE =
  /\b(?:than|below|above|under|over|at least|at most|within)\s(?:about\s|roughly\s|[~≈]\s?)?[-−$]?$/i;

const PAUSED = String.raw`[^,.;:()]{0,40}(?:,|\s[-\u2013\u2014(]|\sand(?=\s(?:more|less|fewer|over|under|below|above)\b))`;
const LINK = String.raw`(?:which|that|and|or|it|this|so(?:\s(?:in|at|by|after|it\sis))?)\s`;
const VERB = String.raw`(?:${LINK})?(?:is|are|was|were|stays?|remains?|lies?|falls?|comes?|keeps?)\s`;
const HOW_MUCH = String.raw`(?:well\s|far\s|much\s|still\s|even\s|just\s|only\s|slightly\s|(?:a\s)?(?:little|bit)\s|barely\s|hardly\s|clearly\s|comfortably\s|considerably\s|significantly\s)?`;
/** What may stand before a comparison: a pause, or a few words and a pause. */
const LEAD = String.raw`^(?:${PAUSED})?\s?(?:${VERB}|${LINK})?${HOW_MUCH}`;
/** Before "than" something has to: "2 m longer than the 5 m" tells of a difference. */
const LEAD_OF_THAN = String.raw`^(?:${PAUSED}\s?(?:${VERB}|${LINK})?|\s?${VERB})${HOW_MUCH}`;
const CALENDAR = /\b(?:day|week|month|quarter|year|decade)s?\b/i;
/** And behind it, up to the second number. */
/** "just above it at 3.6 %" compares with neither number. */
const TAIL = String.raw`\s(?!(?:it|them|this|that)\s(?:at|by|in|is|are|to|with)\s)(?:the\s|its\s|a\s|an\s|our\s|their\s)?(?:[a-z-]+\s){0,2}(?:of\s)?(?:about\s|roughly\s|[~\u2248]\s?)?[$\u20ac\u00a3]?$`;
const comparison = (words: string, degrees: string) =>
  new RegExp(`(?:${LEAD}(${words})|${LEAD_OF_THAN}((?:${degrees}) than))${TAIL}`, 'i');
const saidBy = (pattern: RegExp, text: string) => {
  const found = pattern.exec(text);
  return found?.[1] ?? found?.[2];
};

const MORE = comparison(
  String.raw`over|above|exceeds|exceeding|in\sexcess\sof|at\sleast|(?:no|not)\s(?:less|fewer)\sthan`,
  `${LARGER}|${SLOWER}`,
);
const LESS = comparison(String.raw`under|below|at\smost|within|(?:no|not)\smore\sthan`, SMALLER);
const FASTER = new RegExp(`${LEAD_OF_THAN}((?:${QUICKER}) than)${TAIL}`, 'i');

const OVER = /^\sover\s/i;
const ALONG = /^\s(?:over|under|within|above|below)\s/i;

/** "12.4 ms, under the 10 ms", "12.4 ms, faster than the 10 ms" */
function bound(
  between: string,
  first: Measured,
  second: Measured,
  kind: string | undefined,
  told: (message: string) => Draft,
): Draft | undefined {
  const isTime = kind === 'time';
  // Of rates the larger one is faster; of counts, nobody knows.
  const faster = isTime || kind?.endsWith('/time') === true ? FASTER.exec(between)?.[1] : undefined;
  const isSlower = !isTime && /\bslower than\b/i.test(between);
  const isSpeed = kind === 'length/time';
  const slower = isSlower && !isSpeed;
  const more = isSlower ? undefined : (saidBy(MORE, between) ?? (isTime ? undefined : faster));
  const less = isSlower ? saidBy(MORE, between) : (saidBy(LESS, between) ?? (isTime ? faster : undefined));
  // "41 years over 123 years" says how long it took.
  const lasts = /^over$/i.test(more ?? '') && !between.includes(',') && (isTime || CALENDAR.test(kind ?? ''));
  // "a mean of 0.83 over 800 steps", "42 km/h over the limit of 50 km/h"
  const isAlong = (MEASURED.test(kind ?? '') ? OVER : ALONG).test(between);
  if (slower || lasts || isAlong) return undefined;
  const ratio = () => shortNumber(first.value / second.value);
  if (less !== undefined && first.value - first.half > second.value + second.half)
    return told(`The sentence says "${less}", but the first number is the larger one: ${ratio()} times the second.`);
  if (more !== undefined && first.value + first.half < second.value - second.half)
    return told(`The sentence says "${more}", but the first number is the smaller one: ${ratio()} times the second.`);
  return undefined;
}

/** "18 a mug; shops pay half of that, 10" */
function partOfThat(
  between: string,
  first: WrittenNumber,
  second: WrittenNumber,
  told: (message: string) => Draft,
): Draft | undefined {
  const words = THAT.exec(between)?.[1]?.toLowerCase();
  const times = words === undefined ? undefined : (timesOf(words) ?? timesOf(`${words} of`));
  if (times === undefined || !sameKind(first.unit, second.unit)) return undefined;
  const [from, to] = [measured(first), measured(second)];
  const ratio = to.value / from.value;
  if (!Number.isFinite(ratio) || Math.abs(ratio / times - 1) <= 0.05 + spread(from, to)) return undefined;
  return told(`The sentence says "${words} of that", but the second number is ${shortNumber(ratio)} times the first.`);
}

/** And "2,869 kcal, three quarters of it from carbohydrates: 2,152 kcal". */
const THAT = new RegExp(
  String.raw`\b(twice|double|two times|three times|${FRACTION_IN_WORDS})\s(?:of\s)?(?:that|this|it|these|those|them|as much|as many)(?:\s[a-z]+){0,4}(?:,|:|\s[-\u2013\u2014(])\s?(?:or\s)?(?:only\s|about\s)?[$\u20ac\u00a3]?$`,
  'i',
);

/** "Of the 168 more than half, 80, remains" */
const PART_OF_BEFORE = /\bof\s(?:the\s|its\s|these\s|those\s|all\s|our\s|their\s)?[$€£]?$/i;
const PART_OF = new RegExp(
  String.raw`^(?:\s[a-z]+){0,3}?,?\s(${QUALIFIERS})?(${FRACTION_IN_WORDS}),\s(?:or\s|namely\s|about\s)?[$\u20ac\u00a3]?$`,
  'i',
);

function* partsOfWholes(block: ProseBlock, line: Line): Iterable<Draft> {
  const { text } = line;
  if (!/\bof\b(?:[^.]|\.\d)*\b(?:half|(?:third|quarter|[a-z]{3,}th)s?),\s/i.test(text) && !PART_OF_FIRST.test(text))
    return;
  const numbers = numbersIn(text);
  for (const [at, first] of numbers.entries()) {
    const second = numbers[at + 1];
    if (second === undefined) break;
    const [lead, between] = [text.slice(0, first.from), text.slice(first.to, second.from)];
    const found = PART_OF_BEFORE.test(lead) ? (PART_OF.exec(between) ?? wholeBefore(lead, between, second)) : null;
    if (found === null) continue;
    const draft = partOf(found, first, second, message => ({
      range: block.place(line, first.from, second.to),
      message,
    }));
    if (draft !== undefined) yield draft;
  }
}

/** "half of the 11 minutes, or 5.5 minutes" */
const PART_OF_FIRST = new RegExp(
  String.raw`\b(${QUALIFIERS})?(${FRACTION_IN_WORDS})\sof\s(?:the\s|its\s|these\s|those\s|all\s|our\s|their\s)?[$\u20ac\u00a3]?(?=$|[\d\ufffc])`,
  'i',
);

function wholeBefore(lead: string, between: string, { unit }: WrittenNumber): RegExpExecArray | null {
  const found = PART_OF_FIRST.exec(lead.slice(-60));
  if (found === null || found.index + found[0].length < Math.min(60, lead.length)) return null;
  const isMeasured = unit !== undefined && MEASURED_BY_NAME.test(unit.kind);
  const isSaid = /^(?:\s[a-z-]+){0,3},\s(?:or|namely|that is,?|i\.e\.,?)\s(?:about\s|only\s)?[$€£]?$/i.test(between);
  return isSaid || (isMeasured && /^(?:\s[a-z-]+){0,3},\s(?:about\s|only\s)?[$€£]?$/i.test(between)) ? found : null;
}

function partOf(
  [, qualifier = '', words]: RegExpExecArray,
  first: WrittenNumber,
  second: WrittenNumber,
  told: (message: string) => Draft,
): Draft | undefined {
  // "half of the 8,192 tokens, or 2,048"
  const isCounted = second.unit === undefined && !MEASURED_BY_NAME.test(first.unit?.kind ?? '');
  if (!sameKind(first.unit, second.unit) && !isCounted) return undefined;
  const [whole, part] = [measured(first), measured({ ...second, unit: first.unit })];
  const ratio = part.value / whole.value;
  const share = fractionOf(words!)!;
  if (!Number.isFinite(ratio) || isMultiple(ratio, share, qualifier, spread(whole, part))) return undefined;
  return told(
    `The sentence says "${qualifier}${words!}", but the second number is ${shortNumber(ratio)} times the first.`,
  );
}

/** "24 cables, twice as many cables as accelerators (8)" */
const AS_MANY = /\s([a-z-]+(?:\stimes)?) as (?:many|much)\s(?:[a-z]+\s){0,2}as\s(?:[a-z]+\s){1,2}\($/i;

/** "more than 80 ms, namely 32 ms" */
function namely(
  between: string,
  first: WrittenNumber,
  second: WrittenNumber,
  lead: string,
  behind: string,
  told: (message: string) => Draft,
): Draft | undefined {
  const said = BOUND_SAID.exec(lead)?.[1];
  if (said === undefined) return undefined;
  const isInBrackets = IN_BRACKETS.test(between) && /^(?:\s[a-z]+)?\)/.test(behind);
  const isSame = sameKind(first.unit, second.unit);
  const isPause =
    isSame && /^,\s[$€£]?$/.test(between) && /^(?:[.,;:)]|$|\s(?:an?|per|in|on|and|or|at)\b)/.test(behind);
  if (!NAMELY.test(between) && !isInBrackets && !isPause) return undefined;
  // "more than 80 accelerators, namely 58": both are of what the first one counts.
  const isCounted = second.unit === undefined && !(first.unit !== undefined && MEASURED_BY_NAME.test(first.unit.kind));
  if (!isSame && !isCounted) return undefined;
  const [limit, value] = [measured(first), measured({ ...second, unit: first.unit })];
  if (isWithinLimit(value, limit.value, said)) return undefined;
  const is = senseOf(said) === 'lower' ? 'smaller' : 'larger';
  return told(`The sentence says "${said}", but the second number is the ${is} one.`);
}

const BOUND_SAID = /\b(more than|over|above|at least|less than|fewer than|under|below|at most)\s(?:the\s|a\s)?[$€£]?$/i;
const NAMELY =
  /^(?:(?:\s[a-z-]+){1,3},|,?)\s(?:namely|that is,?|to be (?:exact|precise),?|in fact,?|i\.e\.,?)\s(?:about\s)?[$€£]?$/i;
/** "less than 20 ms (21 ms)", "more than twenty times slower (18)" */
const IN_BRACKETS = /^(?:\s[a-z-]+){0,2}\s\((?:namely\s|now\s|here\s|in fact\s|it is\s|[~≈=]\s?)?[$€£]?$/i;
/** A number without a unit may be a multiple, and is none of these. */
const MEASURED_BY_NAME =
  /^(?:time|data|bits|power|energy|length|mass|temperature|compute|frequency|money|ratio)(?:\/|$)/;

function sentenceStart(text: string, at: number): number {
  const found = [...text.slice(0, at).matchAll(/[.!?:;]\s/g)].at(-1);
  return found === undefined ? 0 : found.index + 2;
}
