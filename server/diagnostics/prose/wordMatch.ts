/** Typed numbers by the words of their sentences, which the names of the cells have as well. */

import type { ProseBlock } from '../rule';
import { type Candidate, type Evidence, isElsewhere, isShown, spokenOf } from './candidates';
import { compared, countsPart } from './compared';
import { type ExportedNumber, type ExportName, exportedNumber, isConstant, measuresOf } from './exports';
import type { Literal } from './literals';
import { mayBeLost } from './lost';
import { differs, isDistinct, isInOtherUnit, type Match, mentionsOf, namesNear, rank } from './match';
import { FARTHEST, FARTHEST_SURE, isNear, isWithin, saysTheSame } from './nearness';
import { MEASURED, numbersIn } from './numbers';
import { areInitials, isMeasuredIn, speaksOf } from './subject';

/** By the words of the sentence; `settled` where it says what a cell computes, but not for sure or not as a reference would. */
export function spokenMatch(literal: Literal, block: ProseBlock, isFar = false): Match | 'settled' | undefined {
  const candidates = candidatesFor(literal, block);
  if (candidates.length === 0) return undefined;
  const same = best(
    candidates.filter(one => one.evidence.isOfAny !== true && saysTheSame(literal, one)),
    block,
  );
  if (same !== undefined) {
    // What it counts is enough for what nothing reads any more: "20 tokens for each of them".
    const isCounted = same.evidence.isNoun && block.unread.has(same.number.name.path);
    return isCounted || isDistinct(literal, same.evidence)
      ? { literal, number: same.number, kind: 'equal' }
      : 'settled';
  }
  if (candidates.some(one => isWithin(literal, one))) return 'settled';
  const farthest = isFar ? FARTHEST_SURE : FARTHEST;
  const all = candidates.filter(
    one =>
      one.evidence.isFull &&
      one.isSure &&
      (!isFar || one.evidence.isClose) &&
      isNear(literal, one, farthest) &&
      (one.evidence.isOfAny !== true || Math.abs(one.literal / one.shown - 1) < BARELY_OFF) &&
      !isShown(literal, one) &&
      (one.evidence.isClose || !isInOtherUnit(literal, one.number)),
  );
  const near = all.length > 1 || isFar ? all.filter(one => !isSaidBeside(literal, one)) : all;
  const closest = muchNearer(near);
  const stale = closest ?? best(near, block);
  if (
    stale === undefined ||
    (closest === undefined && near.some(one => one !== stale && differs(one, stale))) ||
    isElsewhere(literal, stale, namesNear(block), block) ||
    mayBeLost(literal, stale.number.name, block)
  )
    return undefined;
  return { literal, number: stale.number, kind: 'stale' };
}

/** What the words of a sentence speak of, and a number may have been typed for; each is asked for twice at most. */
function candidatesFor(literal: Literal, block: ProseBlock): readonly Candidate[] {
  let found = spokenCandidates.get(literal);
  if (found === undefined) {
    found = findCandidates(literal, block);
    spokenCandidates.set(literal, found);
  }
  return found;
}

const spokenCandidates = new WeakMap<Literal, readonly Candidate[]>();

function findCandidates(literal: Literal, block: ProseBlock): readonly Candidate[] {
  const spoken = spokenOf(literal, block);
  if (spoken.size === 0 && literal.lead.length < 2) return [];
  return namesNear(block).flatMap(name => {
    const evidence = evidenceOf(literal, name, spoken);
    const number = evidence === undefined ? undefined : exportedNumber(name, block.near);
    const pair = number === undefined || isMoneyOfCount(literal, number, block) ? undefined : compared(literal, number);
    return pair === undefined ? [] : [{ number: number!, evidence: evidence!, ...pair }];
  });
}

/** Where nothing nearer is what the number was typed for: a value further off, if its unit and all of its name speak for it. */
export function farMatch(literal: Literal, block: ProseBlock): Match | undefined {
  const { kind } = literal.unit ?? { kind: '' };
  if (!MEASURED.test(kind) || /^(?:ratio|factor)/.test(kind) || literal.bound !== undefined) return undefined;
  const found = spokenMatch(literal, block, true);
  return found === 'settled' ? undefined : found;
}

/** "The pilot weighs 85 kg, the empty tank 48 kg": another number of the sentence says what the first one is. */
function isSaidBeside({ line, sentence, from, unit }: Literal, { number }: Candidate): boolean {
  const others = numbersIn(line.text).filter(
    one => one.from !== from && one.from >= sentence.from && one.to <= sentence.to,
  );
  return others.some(
    one => one.value === number.value && one.unit?.kind === unit?.kind && one.unit?.factor === unit?.factor,
  );
}

/** "$3.4 million" of what the chapter shows as so many million rides. */
function isMoneyOfCount({ unit }: Literal, number: ExportedNumber, block: ProseBlock): boolean {
  if (unit?.kind !== 'money' || measuresOf(number).some(({ kind }) => kind === 'money')) return false;
  const mentions = mentionsOf(number, block).filter(({ isInTable }) => !isInTable);
  return mentions.some(({ noun }) => noun !== undefined) && mentions.every(one => one.unit?.kind !== 'money');
}

/** Of several, the one that is hardly off, while all others are far off. */
function muchNearer(candidates: readonly Candidate[]): Candidate | undefined {
  if (candidates.length < 2) return undefined;
  const off = (one: Candidate) => Math.abs(Math.log(one.literal / one.shown));
  const [first, second] = [...candidates].sort((a, b) => off(a) - off(b));
  return off(first!) < HARDLY_OFF && off(second!) > FAR_OFF ? first : undefined;
}

const HARDLY_OFF = 0.05;
const BARELY_OFF = 0.1;
const FAR_OFF = 0.2;

const SPAN = /^(?:second|minute|hour|day|week|month|year)$/;

/** What the sentence says of a name; undefined where it says nothing of it. */
function evidenceOf(
  literal: Literal,
  { path, parts, around, measures, isOfObject }: ExportName,
  spoken: ReadonlySet<string>,
): Evidence | undefined {
  const { unit, lead, isRate } = literal;
  const isSaid = (part: string) => spoken.has(part) || (isRate && part === 'rate') || areInitials(lead, part);
  // Most names are not spoken of.
  if (parts.length > 0 && !parts.some(isSaid)) return undefined;
  const said = parts.filter(isSaid);
  const about = new Set(around.filter(part => part.length > 2 && spoken.has(part))).size;
  if (about === 0 && said.length === 0) return undefined;
  const isOfAny = about === 0 && isOfObject === true;
  if (
    isOfAny &&
    !(said.length === parts.length && unit !== undefined && said.some(part => speaksOf(lead.slice(-2), part)))
  )
    return undefined;
  // What the class or the cell is called after need not be said again.
  const own = parts.filter(part => !around.includes(part) || /\d/.test(part));
  const due = own.length > 0 ? own : parts;
  const isNoun = countsPart(literal, said);
  const isClose = said.some(part => speaksOf(lead, part) || areInitials(lead, part) || (isRate && part === 'rate'));
  // "250 weekdays" of `WEEKDAYS`: of a constant, the sentence has the whole name, and counts it.
  if (
    isConstant(path) &&
    !(said.length === parts.length && (isNoun || measures.some(({ kind }) => kind === unit?.kind)))
  )
    return undefined;
  return {
    // "\$1,840 a month" is not yet of `rent_month`.
    isFull: due.every(part => said.includes(part) || (said.some(one => !SPAN.test(one)) && isMeasuredIn(part, unit))),
    isNoun,
    isClose,
    ...(isOfAny && { isOfAny }),
    score: 4 * said.length - parts.length + about + (isNoun ? 2 : 0) + (isClose ? 3 : 0),
  };
}

/** Of what is as likely, what nothing reads any more. */
function best(candidates: readonly Candidate[], { unread }: ProseBlock): Candidate | undefined {
  const rankOf = (one: Candidate) => rank(one) + (unread.has(one.number.name.path) ? UNREAD : 0);
  let found: Candidate | undefined;
  for (const one of candidates) {
    const order = found === undefined ? 1 : rankOf(one) - rankOf(found);
    if (order > 0) found = one;
  }
  return found;
}

const UNREAD = 3;
