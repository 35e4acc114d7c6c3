/** Numbers that look like a value near them, and that the sentence says to be of something else: a cited source, an earlier state. */
import type { ProseBlock } from '../rule';
import type { Literal } from './literals';
import type { Match } from './match';
import { haveSameDigits } from './nearness';
import { pathIn } from './places';
import { means, splitName, wordsOf } from './subject';

/** A citation, and no cross-reference, in the clause that the number stands in. */
const CITED_BEHIND = /^(?:[^;().]|\.(?=\d)){0,60}?\[@(?!(?:fig|tbl|sec|eq|lst|thm)-)[A-Za-z]/;

/** "$6.1 billion in 2024 [@report]", where its clause says nothing of the value: it is the source's, but with the very digits of the value. */
export function isOfSource({ literal, number }: Match, { source }: ProseBlock): boolean {
  const { line, from, to, value } = literal;
  if (haveSameDigits(literal, value, number.value)) return false;
  return (
    CITED_BEHIND.test(source.slice(line.source(from, to).end)) && !saysAny(clauseBefore(literal), number.name.parts)
  );
}

const FROM = /\bfrom\s(?:about\s|around\s|roughly\s|some\s|nearly\s|[~≈]\s?)?[$€£]?$/i;
const TO = /^\s?(?:down\s|up\s)?to\s(?:about\s|around\s|roughly\s|some\s|nearly\s|[~≈]\s?)?[$€£]?/i;

/** "the blended cost from $148 to `{python} blended`": it is what that reference gave before, and not what another word of the sentence names. */
export function isFormer({ literal, number: { name } }: Match): boolean {
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
  return parts.some(part => words.some(word => means(word, part)));
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
