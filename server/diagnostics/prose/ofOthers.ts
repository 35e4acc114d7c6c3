/** Numbers that look like a value near them, and that the sentence says to be of something else: a cited source, an earlier state. */
import { lastOf } from '../../evaluation/symbols/symbol';
import type { ProseBlock } from '../rule';
import type { Literal } from './literals';
import type { Match } from './match';
import { haveSameDigits } from './nearness';
import { singular } from './numbers';
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

/** What a sentence may say that a number is of, in place of the value which it is near to. */
const OF_OTHERS: readonly ((match: Match, block: ProseBlock) => boolean)[] = [
  isMeantBeside,
  isOfSubject,
  isOfOtherPace,
  isOfSource,
  isFormer,
];

/** True where the sentence says that a number is of something else than the value which it is near to. */
export function isOfOther(match: Match, block: ProseBlock): boolean {
  return OF_OTHERS.some(isSaid => isSaid(match, block));
}
