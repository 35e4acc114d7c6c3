/**
 * Typed numbers against what the cells near them compute. A match needs more than an equal value: the same unit, and words of the
 * sentence that the name has as well.
 */

import type { ProseBlock } from '../rule';
import { shownAs } from './exports';
import type { Line } from './lines';
import { type Literal, literalsIn, MAY_HOLD, scaleOf } from './literals';
import { isTerm, type Match, namesNear } from './match';
import { captionMatch, digitMatch, mentionMatch, shownMatch } from './mentionMatch';
import { isOfOther } from './ofOthers';
import { placeMatch } from './placeMatch';
import { soleMatch } from './soleMatch';
import { unreadMatch } from './unreadMatch';
import { farMatch, spokenMatch } from './wordMatch';

/** The typed numbers of a block that a cell near it computes, or computes otherwise. */
export function matchesIn(block: ProseBlock): readonly Match[] {
  return block.once(findMatches);
}

function findMatches(block: ProseBlock): readonly Match[] {
  if (!mayMatch(block)) return [];
  const ofLine = (line: Line) => withoutHalves(literalsIn(line).flatMap(one => asShown(match(one, block), block)));
  return withoutRivals(block.lines.flatMap(ofLine)).filter(one => one.kind === 'equal' || !isOfOther(one, block));
}

function asShown(match: Match | undefined, block: ProseBlock): readonly Match[] {
  return match === undefined ? [] : [{ ...match, number: shownAs(match.number, namesNear(block), block.near) }];
}

/** A look at the source: something like a number outside of references, and a word that a name has. */
function mayMatch({ source, near, isCell }: ProseBlock): boolean {
  if (isCell) return near.length > 0;
  const typed = source.replaceAll(/`[^`]*`|\{[#.][^{}]*\}|\[@[^\]]*\]|@[\w:-]+|\\\w+\{[^{}]*\}/g, ' ');
  if (!MAY_HOLD.test(typed) && !/\w="[^"]*\d/.test(source)) return false;
  return near.length > 0;
}

function match(literal: Literal, block: ProseBlock): Match | undefined {
  const found = spokenMatch(literal, block);
  if (found !== undefined && found !== 'settled') return found;
  const shown = shownMatch(literal, block);
  if (shown !== undefined) return shown;
  const unread = found === undefined || isTerm(literal) ? unreadMatch(literal, block) : undefined;
  if (unread !== undefined || found === 'settled') return unread;
  return (
    digitMatch(literal, block) ??
    mentionMatch(literal, block) ??
    placeMatch(literal, block) ??
    captionMatch(literal, block) ??
    soleMatch(literal, block) ??
    farMatch(literal, block)
  );
}

/**
 * Where several numbers of a block may be what a name was made for, by their units, none of them is for sure; of those that
 * something else speaks for, the ones that are nearest to the value.
 */
function withoutRivals(matches: readonly Match[]): readonly Match[] {
  const ofSame = ({ number }: Match) => matches.filter(one => one.number.name.path === number.name.path);
  const isAlone = (match: Match) => ofSame(match).filter(({ isByUnit }) => isByUnit === true).length === 1;
  // What the sentence says as it is, no other number of it is of.
  const isSaid = ({ literal: { line, sentence } }: Match, { literal, kind }: Match) =>
    kind === 'equal' && literal.line === line && literal.sentence.from === sentence.from;
  const isNearest = (match: Match) =>
    match.kind !== 'stale' ||
    ofSame(match).every(one => (one.kind === 'stale' ? offBy(one) >= offBy(match) - 1e-9 : !isSaid(match, one)));
  return matches.filter(one => (one.isByUnit !== true || isAlone(one)) && isNearest(one));
}

function offBy({ literal, number }: Match): number {
  return Math.abs(Math.log((literal.value / scaleOf(literal) || 1) / (number.value || 1)));
}

/** Of "20–30", both ends are values that cells compute, or none is; and it is told once that a value lies outside. */
function withoutHalves(matches: readonly Match[]): readonly Match[] {
  return matches.filter(({ literal: { range, from }, kind, number }) => {
    if (range === undefined) return true;
    const other = matches.find(
      one =>
        one.literal.range !== undefined && one.literal.from === (from === range.low.from ? range.high : range.low).from,
    );
    if (kind === 'equal') return other?.kind === 'equal' && other.number !== number;
    return from === range.low.from ? other?.kind !== 'stale' || other.number === number : other?.kind !== 'stale';
  });
}
