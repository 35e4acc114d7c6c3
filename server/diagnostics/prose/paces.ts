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
      const lead = line.text.slice(0, from);
      const said = ref === undefined ? null : SAID.exec(lead);
      if (ref === undefined || said === null) continue;
      const path = pathIn(ref.ref.expr);
      const verb = said[1]!.toLowerCase();
      const words = splitName(lastOf(path));
      const own = MULTIPLYING.split('|').find(one => words.some(word => word.startsWith(one)));
      if (own === undefined || own === verb) continue;
      yield {
        range: block.place(line, said.index, to),
        message: `The sentence says "${/^[a-z]+/i.exec(said[0])![0]}", but \`${path}\` is named after what ${own === 'halv' ? 'halves' : `${own}es`}.`,
      };
    }
}

const MAY_SAY = new RegExp(String.raw`\b(?:${MULTIPLYING})[^.]*\{python\}`, 'i');
