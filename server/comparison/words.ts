/** What is told of a change, in words. */
import type { Cause } from './causes';
import type { ChangePart } from './compare';

/** A cause for a reader; `code` marks what is code. */
export function causeText({ kind, name, before, now }: Cause, code: (text: string) => string): string {
  switch (kind) {
    case 'fault':
      return name;
    case 'line':
      if (now === undefined) return `the line ${code(name)} is gone`;
      return before === undefined ? `the line ${code(name)} is new` : `the line was ${code(before)}, is ${code(now)}`;
    case 'file':
      return `${code(name)} has changed`;
    default:
      return `${code(name)} was ${code(before ?? '')}, is ${code(now ?? '')}`;
  }
}

/** Characters of words that are shown before, between and behind the numbers of a sentence. */
const MOST_BEFORE = 80;
const MOST_BETWEEN = 120;

/** The parts of a sentence with long stretches of words cut. */
export function shortened(parts: readonly ChangePart[]): readonly ChangePart[] {
  return parts.map((part, at): ChangePart => {
    if (!('text' in part)) return part;
    const text = part.text.replaceAll(/\s+/g, ' ');
    const isFirst = at === 0;
    const isLast = at === parts.length - 1;
    if (isFirst && isLast) return { text };
    if (isFirst) return { text: lastOf(text.trimStart(), MOST_BEFORE) };
    if (isLast) return { text: firstOf(text.trimEnd(), MOST_BEFORE) };
    if (text.length <= MOST_BETWEEN) return { text };
    return { text: `${firstOf(text, MOST_BETWEEN / 2)}${lastOf(text, MOST_BETWEEN / 2).slice(1)}` };
  });
}

/** Cut between words. */
function firstOf(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most).replace(/\S*$/, '')}…`;
}

function lastOf(text: string, most: number): string {
  return text.length <= most ? text : `…${text.slice(-most).replace(/^\S*/, '')}`;
}
