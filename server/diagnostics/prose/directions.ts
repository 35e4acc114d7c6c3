/** Words beside a value that its name speaks against: "43% more" of `saved_pct`, "0.2 times faster". */
import { lastOf } from '../../evaluation/symbols/symbol';
import type { Draft, ProseBlock } from '../rule';
import { LARGER, QUICKER, SLOWER, SMALLER } from './comparatives';
import type { Line, Piece } from './lines';
import { differenceOf, nameShown } from './measure';
import { pathIn } from './places';
import { shownPath } from './shownMeasures';
import { splitName } from './subject';
import { TextMarks } from './textMarks';

interface Direction {
  /** Words of names. */
  readonly names: ReadonlySet<string>;
  /** Nouns that nobody gives to a percentage of it: "a rise of 75 %". */
  readonly nouns?: RegExp;
  /** What nobody says of such a value. */
  readonly against: RegExp;
  /** Words of a sentence that say the same as the name: then the others are about something else. */
  readonly spoken: RegExp;
}

const DIRECTIONS: readonly Direction[] = [
  {
    names: new Set([
      ...['saved', 'saving', 'savings', 'reduction', 'reduced', 'discount', 'decrease', 'drop'],
      ...['less', 'fewer', 'lower', 'smaller', 'shorter', 'lighter', 'cheaper'],
    ]),
    nouns: /^(?:rise|increase|growth|jump|surge)$/i,
    against: new RegExp(`^(?:${LARGER}|${SLOWER})$`, 'i'),
    spoken: new RegExp(String.raw`\b(?:sav|reduc|discount|decreas|drop|cut|${SMALLER})`, 'i'),
  },
  {
    names: new Set([
      ...['extra', 'increase', 'increased', 'growth', 'added', 'surplus', 'rise'],
      ...['more', 'larger', 'bigger', 'higher', 'longer', 'heavier', 'dearer', 'costlier'],
    ]),
    nouns: /^(?:cut|drop|fall|decrease|decline|reduction|saving)$/i,
    against: new RegExp(`^(?:${SMALLER})$`, 'i'),
    spoken: new RegExp(String.raw`\b(?:extra|increas|grow|add|surplus|rise|rising|${LARGER})`, 'i'),
  },
  {
    names: new Set(['speedup', 'faster', 'quicker']),
    against: /^(?:slower|slowdown)$/i,
    spoken: /\b(?:faster|speed|quick)/i,
  },
  {
    names: new Set(['slowdown', 'slower']),
    against: new RegExp(`^(?:${QUICKER}|speedup)$`, 'i'),
    spoken: /\b(?:slow)/i,
  },
];

const DEGREE = `${LARGER}|${SMALLER}|${QUICKER}|${SLOWER}|speedup|slowdown`;
const BEHIND = new RegExp(String.raw`^\s?(?:%|percent|\u00d7|times)\s(${DEGREE})(?=[.,;:)]|\sthan\b|$)`, 'i');
/** "$121 more than the stove" of what is saved */
const MONEY_BEHIND = /^\s(more|less)(?=\sthan\b)/i;
const BEFORE = new RegExp(String.raw`\b(${DEGREE})\sby\s(?:about\s|some\s|only\s)?[$\u20ac\u00a3]?$`, 'i');
const NOUN = 'rise|increase|growth|jump|surge|cut|drop|fall|decrease|decline|reduction|saving';
const NOUN_BEFORE = new RegExp(String.raw`\b(?:an?|the)\s(${NOUN})\sof\s(?:about\s|some\s|only\s|[~\u2248])?$`, 'i');
const MAY_SAY = new RegExp(String.raw`\b(?:${DEGREE}|(?:${NOUN})\s+of)\b`, 'i');
const TIMES_MORE = new RegExp(String.raw`^\s?(?:\u00d7|times)\s((?:${LARGER}|${QUICKER}|${SLOWER})\b)`, 'i');

/** The words that say the contrary of the name of a value. */
export function* directions(block: ProseBlock): Iterable<Draft> {
  if (block.refs.length === 0 || !MAY_SAY.test(block.source)) return;
  for (const line of block.lines)
    for (const piece of line.pieces) {
      const draft =
        piece.ref === undefined
          ? undefined
          : (contrary(block, line, piece) ?? lessThanOnce(block, line, piece) ?? otherWayRound(block, line, piece));
      if (draft !== undefined) yield draft;
    }
}

function contrary(block: ProseBlock, line: Line, { from, to, ref }: Piece): Draft | undefined {
  const text = line.text.slice(from, to);
  if (!/^\d/.test(text) || Number(text.replaceAll(',', '')) === 0) return undefined;
  const isMoney = /[$€£]$/.test(line.text.slice(0, from));
  const behind = (isMoney ? MONEY_BEHIND : BEHIND).exec(line.text.slice(to));
  const before = behind === null ? BEFORE.exec(line.text.slice(0, from)) : null;
  // What is more by so much for one is less by as much for the other; of percentages, only one way is right.
  const isPart = /^\s?\\?(?:%|percent\b|per\scent\b)/i.test(line.text.slice(to));
  const noun = behind === null && before === null && isPart ? NOUN_BEFORE.exec(line.text.slice(0, from)) : null;
  const degree = (behind ?? before ?? noun)?.[1];
  const path = degree === undefined ? undefined : pathIn(ref!.ref.expr);
  if (degree === undefined || path === undefined || /^f?["']?\{?-/.test(ref!.ref.expr.trim())) return undefined;
  const words = splitName(lastOf(path));
  const direction = DIRECTIONS.find(
    ({ names, nouns, against }) =>
      (noun === null ? against : nouns)?.test(degree) === true && words.some(word => names.has(word)),
  );
  if (direction === undefined) return undefined;
  const sentence = new TextMarks(line.text).sentenceAround(from, to);
  const around = `${line.text.slice(sentence.from, noun?.index ?? from)} ${line.text.slice(to, sentence.to)}`;
  if (direction.spoken.test(around)) return undefined;
  const at = (before ?? noun)?.index ?? from;
  return {
    range: block.place(line, at, behind === null ? to : to + behind[0].length),
    message: `The sentence says "${degree}", but \`${path}\` is named after the contrary.`,
  };
}

const MORE_BEHIND = new RegExp(String.raw`^(?:\s[a-z]+){0,2}?\s(${LARGER}|${SMALLER})(?:\s[a-z]+)?\sthan\b`, 'i');
const MANY = new RegExp(`^(?:${LARGER})$`, 'i');

/** "8,282 tries, 1,408 fewer than parcels" of `failed = tries - parcels`: what stands before is the larger one of the two. */
function otherWayRound(block: ProseBlock, line: Line, { from, to, ref }: Piece): Draft | undefined {
  const [degree, said] = [MORE_BEHIND.exec(line.text.slice(to)), line.text.slice(from, to)];
  if (degree === null || !/^\d/.test(said)) return undefined;
  const shown = shownPath(ref!, block);
  const made = shown === undefined ? undefined : differenceOf(shown.path, shown.maker.program);
  const before = line.pieces.findLast(one => one.ref !== undefined && one.to <= from);
  const subject = before === undefined ? undefined : shownPath(before.ref!, block);
  if (made === undefined || subject === undefined || !/^(?:\s[a-z]+){0,3},\s$/i.test(line.text.slice(before!.to, from)))
    return undefined;
  const own = nameShown(subject.path, subject.maker.program) ?? subject.path;
  const isWhole = lastOf(own) === lastOf(made.whole);
  if (isWhole === (lastOf(own) === lastOf(made.part)) || MANY.test(degree[1]!) === isWhole) return undefined;
  return {
    range: block.place(line, from, to + degree[0].length),
    message: `The sentence says "${degree[1]!}", but \`${shown!.path}\` is \`${made.whole} - ${made.part}\`, of which the sentence names the ${isWhole ? 'larger' : 'smaller'} one before.`,
  };
}

/** "0.2 times faster": less than once is not more. */
function lessThanOnce(block: ProseBlock, line: Line, { from, to }: Piece): Draft | undefined {
  const value = Number(line.text.slice(from, to));
  const more = value > 0 && value < 1 ? TIMES_MORE.exec(line.text.slice(to)) : null;
  if (more === null) return undefined;
  return {
    range: block.place(line, from, to + more[0].length),
    message: `The sentence says "times ${more[1]!}", but ${value} times is less than once.`,
  };
}
