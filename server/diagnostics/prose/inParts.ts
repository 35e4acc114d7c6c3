/** A whole that a sentence tells with all of its parts: "One bar of 49 ms in four parts: scan 30, network 9, text 6, ranking 4." */
import type { Draft, ProseBlock } from '../rule';
import { NUMBER_WORD, wordValue } from './literals';
import { measured, numbersIn, shortNumber, type WrittenNumber } from './numbers';
import { FARTHEST } from './ownSums';
import { TextMarks } from './textMarks';
import { areOfCells } from './totals';

const PARTS = 'parts|pieces|portions|shares|segments|sections|stages|steps|phases|slices|legs|layers|bands|blocks';
/** Behind the whole: into how many it falls, and that they follow. */
const IN_PARTS = new RegExp(
  String.raw`^[^.;:\d]{0,40}?\s(?:in|into|of|has|with)\s(?:its\s)?(\d+|${NUMBER_WORD})\s(?:[a-z]+\s)?(?:${PARTS})(?::|,|\s[(\u2013\u2014])`,
  'i',
);
const MAY_SAY = new RegExp(String.raw`\b(?:${PARTS})\b`, 'i');
/** With one of these, more is told than the parts. */
const MORE = /[=×/]|\b(?:each|every|per|of which|including|than|from|leaves?|times)\b/i;

/** The wholes that their parts do not make. */
export function* wrongWholes(block: ProseBlock): Iterable<Draft> {
  if (!MAY_SAY.test(block.source)) return;
  for (const line of block.lines) {
    if (line.place === 'quote' || line.place === 'formula' || !MAY_SAY.test(line.text)) continue;
    const numbers = numbersIn(line.text);
    const marks = new TextMarks(line.text);
    for (const [at, whole] of numbers.entries()) {
      const found = IN_PARTS.exec(line.text.slice(whole.to));
      const count = found === null ? undefined : (wordValue(found[1]!) ?? Number(found[1]!));
      if (found === null || count === undefined) continue;
      const sentence = marks.sentenceAround(whole.from, whole.to);
      const from = whole.to + found[0].length;
      const parts = numbers.slice(at + 1).filter(one => one.from >= from && one.to <= sentence.to);
      if (parts.length !== count || count < 2 || MORE.test(line.text.slice(from, sentence.to))) continue;
      const sum = sumOf(whole, parts);
      if (sum === undefined || areOfCells(block, line, [whole, ...parts])) continue;
      yield {
        range: block.place(line, whole.from, whole.to),
        message: `The sentence tells a whole of ${line.text.slice(whole.from, whole.to)}, but its parts add up to ${shortNumber(sum)}.`,
      };
    }
  }
}

/** What the parts make in the unit of the whole, where that is another number and near it; a part without a unit has that of the whole. */
function sumOf(whole: WrittenNumber, parts: readonly WrittenNumber[]): number | undefined {
  const own = parts.map(one => (one.unit?.kind === whole.unit?.kind ? one : { ...one, unit: whole.unit }));
  const factor = whole.unit?.factor ?? 1;
  const sum = own.reduce((so, one) => so + measured(one).value, 0);
  const half = own.reduce((so, one) => so + measured(one).half, 0);
  const { value, half: slack } = measured(whole);
  // Not all of them were rounded to the same side.
  const isWrong = Math.abs(value - sum) > half / 2 + slack && Math.abs(value / sum - 1) <= FARTHEST;
  return isWrong ? sum / factor : undefined;
}
