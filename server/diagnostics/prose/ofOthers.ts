/** Numbers that look like a value near them, and that the sentence says to be of something else: a cited source, an earlier state. */
import { lastOf } from '../../evaluation/symbols/symbol';
import type { ProseBlock } from '../rule';
import { exportedNumber } from './exports';
import type { Line } from './lines';
import type { Literal } from './literals';
import { type Match, namesNear } from './match';
import { haveSameDigits } from './nearness';
import { MEASURED, singular } from './numbers';
import { paceBefore, paceNamed } from './paces';
import { pathIn } from './places';
import { means, speaksOf, splitName, wordsOf } from './subject';

/** A reference with a slip in it, which another rule tells, is meant all the same: the number is of something else. */
function isMeantBeside({ number: { name } }: Match, { source, refs }: ProseBlock): boolean {
  const last = lastOf(name.path);
  const isNamed = last.includes('_') && new RegExp(String.raw`\bpython\}?\s*(?:\w+\.)?${last}\b`).test(source);
  return isNamed && !refs.some(({ ref }) => lastOf(ref.expr.trim()) === last);
}

/** "A bath takes 150 litres", where the block shows the value: what the sentence begins with is something else, of which nothing speaks there. */
function isOfSubject({ literal: { line, sentence, from }, number }: Match, block: ProseBlock): boolean {
  const noun = OTHER.exec(line.text.slice(sentence.from, from))?.[1];
  if (noun === undefined || !block.refs.some(({ ref }) => pathIn(ref.expr) === number.name.path)) return false;
  const { parts, around } = number.name;
  if ([...parts, ...around].some(part => means(noun, part))) return false;
  return !block.mentionsOf(number.name.path).some(({ words }) => words.has(singular(noun)));
}

const OTHER = /^An?\s([a-z]{3,})\s(?:takes?|needs?|uses?|holds?|weighs?|has|draws?|costs?)\s[$€£]?$/;

/** "which halved every 16 months" is no `doubling_months`. */
function isOfOtherPace({ literal: { line, sentence, from }, number }: Match): boolean {
  const said = paceBefore(line.text.slice(sentence.from, from));
  const own = paceNamed(lastOf(number.name.path));
  return said !== undefined && own !== undefined && said !== own;
}

/** A citation, and no cross-reference. */
export const CITATION = String.raw`@(?!(?:fig|tbl|sec|eq|lst|thm)-)[A-Za-z]`;
/** One in the clause that the number stands in. */
const CITED_BEHIND = new RegExp(String.raw`^(?:[^;().]|\.(?=\d)){0,60}?\[${CITATION}`);

/** "$6.1 billion in 2024 [@report]", where its clause says nothing of the value: it is the source's, but with the very digits of the value. */
function isOfSource({ literal, number }: Match, { source }: ProseBlock): boolean {
  const { line, from, to, value } = literal;
  if (haveSameDigits(literal, value, number.value)) return false;
  return (
    CITED_BEHIND.test(source.slice(line.source(from, to).end)) && !saysAny(clauseBefore(literal), number.name.parts)
  );
}

const FROM = /\bfrom\s(?:about\s|around\s|roughly\s|some\s|nearly\s|[~≈]\s?)?[$€£]?$/i;
const TO = /^\s?(?:down\s|up\s)?to\s(?:about\s|around\s|roughly\s|some\s|nearly\s|[~≈]\s?)?[$€£]?/i;

/** "the blended cost from $148 to `{python} blended`": it is what that reference gave before, and not what another word of the sentence names. */
function isFormer({ literal, number: { name } }: Match): boolean {
  const reference = changedInto(literal);
  if (reference === undefined || reference === name.path) return false;
  const clause = clauseBefore(literal);
  // The last name of `stats["blended"]`.
  const [own = ''] = /\w+(?=\W*$)/.exec(reference) ?? [];
  return saysAny(clause, splitName(own)) && !saysAny(clause, name.parts);
}

/** The words before a number in its clause. */
function clauseBefore({ line, sentence, from }: Literal): readonly string[] {
  return wordsOf(
    line.text
      .slice(sentence.from, from)
      .split(/[,;:]\s|\sand\s(?=the\s)/)
      .at(-1)!,
  );
}

function saysAny(words: readonly string[], parts: readonly string[]): boolean {
  return parts.some(part => speaksOf(words, part));
}

/** The path of the reference that a sentence has a number change into. */
function changedInto({ line, from, to }: Literal): string | undefined {
  if (!FROM.test(line.text.slice(0, from))) return undefined;
  const behind = TO.exec(line.text.slice(to));
  if (behind === null) return undefined;
  const at = to + behind[0].length;
  const [reference] = line.refsIn(at, at + 1);
  return reference && pathIn(reference.ref.expr);
}

/** In a column, a row of its own shows the value: the number is that of another row. */
function isOfAnotherRow({ literal: { line }, number: { name } }: Match, { lines }: ProseBlock): boolean {
  if (line.place !== 'cell' || line.column === undefined) return false;
  const shows = (other: Line) => other.refsIn(0, other.text.length).some(({ ref }) => pathIn(ref.expr) === name.path);
  return lines.some(other => other.column === line.column && other.row !== line.row && shows(other));
}

/** "36 trams", of 40, where the chapter counts by the same noun what is 36: "all 36 trams". */
function isOfSameNoun({ literal: { unit, value }, number }: Match, block: ProseBlock): boolean {
  if (unit === undefined || MEASURED.test(unit.kind)) return false;
  return namesNear(block).some(
    name =>
      name.path !== number.name.path &&
      exportedNumber(name, block.near)?.value === value &&
      block.mentionsOf(name.path).some(({ noun }) => noun === unit.kind),
  );
}

/** "parts totaling $26 million": a sum of what the sentence counts there. */
function isOfTotal({ literal: { line, sentence, from }, number: { name } }: Match): boolean {
  const counted = TOTALING.exec(line.text.slice(sentence.from, from))?.[1];
  if (counted === undefined) return false;
  return !name.parts.some(part => means(counted.toLowerCase(), part) || /^(?:total|sum|all|whole)s?$/.test(part));
}

const TOTALING = /\b([a-z]{3,})\stotall?(?:ing|ed)\s(?:about\s|some\s|nearly\s|roughly\s|[~≈])?[$€£]?$/i;

/** "… ≈ 1.3 MWh a day. At nine cents per kWh that is worth €121": made of the result that the sentence before gives. */
function isOfResultBefore({ literal: { line, sentence, from } }: Match): boolean {
  return RESULT.test(line.text.slice(0, sentence.from)) && THAT_IS.test(line.text.slice(sentence.from, from));
}

const RESULT = /[=≈]\s?[$€£]?\d[\d.,]*(?:\s[^.=≈]{0,30})?[.!]\s?$/;
const THAT_IS =
  /\b(?:that|this|it)\s(?:is|makes|comes\sto|saves|means)\s(?:worth\s|only\s|about\s|roughly\s|nearly\s)*[$€£]?$/i;

/** What a sentence may say that a number is of, in place of the value which it is near to. */
const OF_OTHERS: readonly ((match: Match, block: ProseBlock) => boolean)[] = [
  isMeantBeside,
  isOfSubject,
  isOfOtherPace,
  isOfSource,
  isFormer,
  isOfAnotherRow,
  isOfSameNoun,
  isOfTotal,
  isOfResultBefore,
];

/** True where the sentence says that a number is of something else than the value which it is near to. */
export function isOfOther(match: Match, block: ProseBlock): boolean {
  return OF_OTHERS.some(isSaid => isSaid(match, block));
}
