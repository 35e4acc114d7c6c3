/** Parts in words in the place of a percentage that a cell computes: "fills two thirds of the card" beside `fill_pct_str`. */
import type { ProseBlock } from '../rule';
import { FRACTION_IN_WORDS, fractionOf } from './claimWords';
import { isMultiple, QUALIFIERS } from './comparatives';
import { type ExportedNumber, exportedNumber, exportNames, measuresOf } from './exports';
import type { Line } from './lines';
import { NUMBER_WORD, wordValue } from './literals';
import type { SaidMultiple } from './multiples';
import { numbersIn } from './numbers';
import { means, wordsOf } from './subject';
import { TextMarks } from './textMarks';

const SAID = new RegExp(
  String.raw`\b(${QUALIFIERS})?(?:(${FRACTION_IN_WORDS})\sof\s(?:the|its|their|our|all|these|those|what|them|it)\b|(one|${NUMBER_WORD})\sin\s(${NUMBER_WORD})\b(?:\s(?:of\s(?:them|these|us)\s)?(?:is|are|was|were)\s(?:an?\s)?([a-z]{3,}))?)`,
  'gi',
);

/** So far off, it is a part of something else. */
const FARTHEST = 2;
/** So many words before a part say what it is of. */
const NEAR = 3;

/** The parts of which the words right before them name another share, and whose sentence gives no number for it. */
export function* shareClaims({ near }: ProseBlock, { text, place }: Line): Iterable<SaidMultiple> {
  if (place === 'quote' || place === 'cell') return;
  let marks: TextMarks | undefined;
  for (const match of text.matchAll(SAID)) {
    const [whole, qualifier = '', part, few, many, behind] = match;
    const share = part === undefined ? (wordValue(few!) ?? 1) / (wordValue(many!) ?? Number.NaN) : fractionOf(part);
    if (share === undefined || !(share > 0)) continue;
    marks ??= new TextMarks(text);
    const to = match.index + whole.length;
    const sentence = marks.sentenceAround(match.index, to);
    const before = text.slice(sentence.from, match.index);
    const clause = before.split(/[,;:(]\s/).at(-1)!;
    // What is told of it in numbers, the part is held against.
    if (/[\d\ufffc]/.test(clause) || numbersIn(text.slice(to, sentence.to).split(/[,;.]\s|\sand\s/, 1)[0]!).length > 0)
      continue;
    // "Two in five are men"
    const own = clause.trim() === '' && behind !== undefined ? behind : clause;
    const words = wordsOf(own).slice(-NEAR);
    const named = near
      .flatMap(cell => exportNames(cell)?.names ?? [])
      .filter(({ parts }) => parts.length > 0 && parts.every(one => words.some(word => means(word, one))))
      .flatMap(name => exportedNumber(name, near) ?? [])
      .flatMap(number => {
        const own = shareOf(number);
        return own === undefined ? [] : [{ number, own }];
      });
    const [first] = named.sort((a, b) => Number(b.number.isText) - Number(a.number.isText));
    if (first === undefined || named.some(({ own }) => isMultiple(own, share, qualifier, ROUNDED))) continue;
    if (first.own / share > FARTHEST || share / first.own > FARTHEST) continue;
    const said = part ?? `${few!} in ${many!}`;
    yield {
      from: match.index,
      to: match.index + whole.length,
      message: `The sentence says "${qualifier}${said}", but \`${first.number.name.path}\` is ${first.number.text}.`,
    };
  }
}

/** A part in words is never exact. */
const ROUNDED = 0.04;

/** What a percentage or a share is of all. */
function shareOf(number: ExportedNumber): number | undefined {
  const isPercent = [...measuresOf(number), ...(number.loose === undefined ? [] : [number.loose])].find(
    ({ kind }) => kind === 'ratio',
  );
  if (isPercent === undefined) return undefined;
  const share = (number.value * isPercent.factor) / 100;
  return share > 0 && share < 1 ? share : undefined;
}
