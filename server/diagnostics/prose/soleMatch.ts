/**
 * Typed numbers that are hardly of anything but one value: in its unit, or counted as it is counted, near it, and with more that
 * speaks for it than for any other value that is as near.
 */

import type { ProseBlock } from '../rule';
import { type Candidate, spokenOf } from './candidates';
import { isInCode, wordsOfComment } from './codeWords';
import { countsPart } from './compared';
import { type ExportedNumber, measuresBeside } from './exports';
import { decimalsOf, digitsIn, type Literal, scaleOf } from './literals';
import {
  COMMON_UNITS,
  candidatesOf,
  isMoneySaid,
  isOfOtherRow,
  type Match,
  mentionsOf,
  namesNear,
  saidUnit,
  staleOf,
} from './match';
import { FARTHEST_SAID } from './mentionMatch';
import { contentWords } from './mentions';
import { FARTHEST, isRounded } from './nearness';
import { MEASURED, singular } from './numbers';
import { CITATION } from './ofOthers';
import { isMeasuredIn, wordsOf } from './subject';
import { ToldBeside } from './toldBeside';

/** So much must speak for the only value that is near, */
const DUE = 3;
/** and so much for one beside which there are others, */
const DUE_AMONG = 4;
/** and so much more than for these. */
const AHEAD = 1;
/** What is that much nearer than the next one is a little likelier. */
const CLOSER = 0.4;

export function soleMatch(literal: Literal, block: ProseBlock): Match | undefined {
  const { line, range, bound, isRough, isWord, text, unit } = literal;
  if (range !== undefined || bound !== undefined || isRough || isWord) return undefined;
  if (line.place === 'heading' || line.place === 'formula' || digitsIn(text) < 2) return undefined;
  const names = namesNear(block);
  const told = new ToldBeside(literal, block);
  const ofSame = candidatesOf(literal, names, block).filter(one => isOfSame(literal, one, told, block));
  const near = ofSame.filter(one => apart(one) < Math.log(FARTHEST) && !told.isOf(one.number));
  if (near.length === 0 || near.some(one => isRounded(one))) return undefined;
  const [best, ...others] = near
    .map(one => ({ one, score: evidenceFor(literal, one, told, block) }))
    .sort((a, b) => b.score - a.score || apart(a.one) - apart(b.one)) as [Scored, ...Scored[]];
  const first = best.one;
  const isSame = (other: Candidate) => Math.abs(other.shown - first.shown) <= other.shownHalf + first.shownHalf;
  const rival = others.find(({ one }) => !isSame(one));
  const isOnly = MEASURED.test(unit?.kind ?? '') && ofSame.every(isSame);
  const isCloser = rival !== undefined && apart(first) < CLOSER * apart(rival.one);
  const score = best.score + (isOnly || isCloser ? 1 : 0);
  const isFarAhead = rival !== undefined && score >= DUE && score - rival.score > AHEAD;
  if (rival === undefined ? score < DUE : !isFarAhead && (score < DUE_AMONG || score - rival.score < AHEAD))
    return undefined;
  // Only what much speaks for may be twice as large, or half; of what is counted, a little less has to.
  const isMuch = MEASURED.test(unit?.kind ?? '') ? score > DUE_AMONG : score >= DUE_AMONG;
  const farthest = rival === undefined && isMuch ? FARTHEST : FARTHEST_SAID;
  if (!isPermuted(literal, first) && apart(first) > Math.log(farthest)) return undefined;
  if (isInCode(literal, block.near) || isComputedHere(literal) || OF_CASE.test(line.text.slice(0, literal.from)))
    return undefined;
  if (isOfCited(literal, block)) return undefined;
  return staleOf(literal, near.filter(isSame), names, block);
}

interface Scored {
  readonly one: Candidate;
  readonly score: number;
}

/** "At 3.6%: \$1,200 a month": in one case of several. */
const OF_CASE = /^\s*(?:at|with|for|by)\s[^:]*\d[^:]*:/i;

const CITED = new RegExp(String.raw`(?<![\w.])${CITATION}`);
const BACK = /^(?:this|these|that|those|it|they|its|their)\b/i;

/** True in a sentence that cites a source before the number, or goes on with one that did: "This improvement, which halved". */
function isOfCited({ line, from, to }: Literal, { source }: ProseBlock): boolean {
  const before = source.slice(0, line.source(from, to).start);
  const sentences = before.split(/(?<=[.!?])\s+(?=[A-Z])/);
  const [last = '', previous = ''] = sentences.reverse();
  return CITED.test(last) || (BACK.test(last) && CITED.test(previous));
}

/** "603 m³ a day: 546 + 57 = 603" */
function isComputedHere({ line, text }: Literal): boolean {
  return [`= ${text}`, `≈ ${text}`].some(result => line.text.includes(result));
}

/** The digits of the value, two different ones or more, in another order. */
function isPermuted({ text }: Literal, { number }: Candidate): boolean {
  const own = text.replaceAll(/[^\d.]/g, '');
  const other = number.isText ? (/[\d.]+/.exec(number.text.replaceAll(',', ''))?.[0] ?? '') : roundedAs(own, number);
  if (own === other || own.length !== other.length || own.indexOf('.') !== other.indexOf('.')) return false;
  return sorted(own) === sorted(other) && new Set(own.replaceAll(/[.0]/g, '')).size > 1;
}

/** A plain number as a sentence with so many decimals shows it, a share in per cent. */
function roundedAs(text: string, { value, loose }: ExportedNumber): string {
  return (value * (loose?.kind === 'ratio' ? 100 : 1)).toFixed(decimalsOf(text));
}

function sorted(text: string): string {
  return [...text].sort().join('');
}

/** How far two numbers are apart, as the logarithm of their ratio. */
function apart({ literal, shown }: Candidate): number {
  return Math.abs(Math.log(literal / shown));
}

/** In the same unit, and not only of its kind; or counted by the same noun, or what row and column speak of. */
function isOfSame(literal: Literal, one: Candidate, told: ToldBeside, block: ProseBlock): boolean {
  const { unit, line, text } = literal;
  const { number } = one;
  const isMeasured = MEASURED.test(unit?.kind ?? '');
  if (line.place === 'cell' && isOfOtherRow(literal, number, block))
    return unit === undefined && countsSame(literal, number, block);
  if (isMeasured) {
    const said = saidUnit(literal, number, block);
    const own = [...measuresBeside(number, unit), ...(said === undefined ? [] : [said])];
    return (
      own.some(({ kind, factor }) => kind === unit!.kind && factor === unit!.factor) ||
      isMoneySaid(literal, number, block)
    );
  }
  if (countsSame(literal, number, block)) return true;
  const spoken = spokenOf(literal, block);
  const isSpoken = number.name.parts.some(part => spoken.has(part));
  if (line.place === 'cell') return isSpoken && unit === undefined;
  return isPermuted(literal, one) && (isSpoken || (digitsIn(text) > 2 && told.isBy(number)));
}

/** By a word of the name, or by what the chapter counts by the value elsewhere. */
function countsSame(literal: Literal, number: ExportedNumber, block: ProseBlock): boolean {
  const { line, phrase } = literal;
  const isCell = line.place === 'cell';
  if (!isCell && countsPart(literal, number.name.parts)) return true;
  const nouns = new Set((isCell ? wordsOf(line.about) : phrase).map(singular));
  return mentionsOf(number, block).some(({ noun }) => noun !== undefined && nouns.has(noun));
}

/** How much speaks for a value: words, digits, unit, and what stands around the number. */
function evidenceFor(literal: Literal, one: Candidate, told: ToldBeside, block: ProseBlock): number {
  const { number } = one;
  const { unit, line, text, words } = literal;
  const spoken = spokenOf(literal, block);
  const own = contentWords(line.row === '' ? words : [...words, ...wordsOf(line.row)]);
  const cell = block.near.find(({ run }) => run === number.name.run);
  const said = new Set([
    ...mentionsOf(number, block).flatMap(mention => [...mention.words]),
    ...(cell === undefined ? [] : wordsOfComment(number.name.path, cell.program)),
  ]);
  const shared = [...own].filter(word => said.has(word)).length;
  // The unit in a name says no more than that it is the same.
  const named = number.name.parts.filter(part => spoken.has(part) && !isMeasuredIn(part, unit)).length;
  const isMeasured = MEASURED.test(unit?.kind ?? '');
  const isRare = isMeasured && !COMMON_UNITS.test(unit!.kind);
  const decimals = decimalsOf(text);
  const digits = new Set(text.replaceAll(/\D/g, '')).size;
  const isNearest = block.near.findLast(near => !block.ahead.includes(near)) === cell;
  const isShownBeside = block.refs.some(ref => ref.cell !== undefined && ref.cell === cell?.cell.index);
  const isBeside = isShownBeside || told.isBy(number);
  const isCounted = !isMeasured && countsSame(literal, number, block);
  const signs = [
    isRare,
    scaleOf(literal) !== 1,
    decimals > 0 && decimals === decimalsOf(number.text),
    isCounted,
    isBeside,
    isNearest,
  ];
  const order = isPermuted(literal, one) ? (digits > 2 ? 3 : isMeasured ? 2 : 1) : 0;
  const inWords = Math.min(2, shared) + Math.min(2, named);
  // So many thousands may be of any sum.
  const isOwn = isBeside && !isMoneySaid(literal, number, block);
  const isTied = inWords > 0 || order > 0 || isCounted || isOwn;
  return isTied ? inWords + order + signs.filter(Boolean).length : 0;
}
