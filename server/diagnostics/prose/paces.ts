/** "doubles every 15 days" of a value whose name says that it is the time in which something triples. */
import { lastOf } from '../../evaluation/symbols/symbol';
import type { Draft, ProseBlock } from '../rule';
import { MULTIPLYING } from './changeWords';
import { pathIn } from './places';
import { splitName } from './subject';

const SAID = new RegExp(
  String.raw`\b(${MULTIPLYING})(?:es|ed|e|ing)\b(?:\s[a-z]+){0,4}?\s(?:every|each|in|after)\s(?:about\s|only\s)?$`,
  'i',
);

/** The verbs of a block that the names of the values behind them speak against. */
export function* paces(block: ProseBlock): Iterable<Draft> {
  if (!MAY_SAY.test(block.source)) return;
  for (const line of block.lines)
    for (const { ref, from, to } of line.pieces) {
      const said = ref === undefined ? null : SAID.exec(line.text.slice(0, from));
      if (ref === undefined || said === null) continue;
      const path = pathIn(ref.ref.expr);
      const own = paceNamed(lastOf(path));
      if (own === undefined || own === said[1]!.toLowerCase()) continue;
      yield {
        range: block.place(line, said.index, to),
        message: `The sentence says "${/^[a-z]+/i.exec(said[0])![0]}", but \`${path}\` is named after what ${own === 'halv' ? 'halves' : `${own}es`}.`,
      };
    }
}

/** The stem of the verb whose pace a number behind these words is: "halved every". */
export function paceBefore(words: string): string | undefined {
  return SAID.exec(words)?.[1]?.toLowerCase();
}

/** The stem of the verb after which a name is named: `doubling_months`. */
export function paceNamed(name: string): string | undefined {
  const words = splitName(name);
  return MULTIPLYING.split('|').find(one => words.some(word => word.startsWith(one)));
}

const MAY_SAY = new RegExp(String.raw`\b(?:${MULTIPLYING})[^.]*\{python\}`, 'i');
