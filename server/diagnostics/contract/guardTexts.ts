/** Limits in the messages of guards: `check(days < 5, "the text says under four days")` holds another one than it tells. */
import type { CellResult } from '../../evaluation/analysis';
import { senseOf } from '../prose/comparatives';
import { NUMBER_WORD, wordValue } from '../prose/literals';
import type { Draft } from '../rule';
import { oncePerText } from './oncePerText';

/** One name and one number: of more, the message may tell any. */
const CONDITION =
  /^\(?(?:([A-Za-z_][\w.]*)\s*(<=?|>=?)\s*(\d[\d_]*(?:\.\d+)?(?:e\d+)?)|(\d[\d_]*(?:\.\d+)?(?:e\d+)?)\s*(<=?|>=?)\s*([A-Za-z_][\w.]*))\)?$/;
const LIMIT =
  /(?:\b(no (?:more|less|fewer) than|not more than|more than|over|above|at least|less than|fewer than|under|below|at most|up to)\s|([<>≤≥])\s?)[$€£]?(\d[\d,]*(?:\.\d+)?|[a-z]+)\b/gi;
/** Numbers besides the limit may be what the guard is about. */
const NUMBERS = new RegExp(String.raw`\d[\d,]*(?:\.\d+)?|\b(?:${NUMBER_WORD})\b`, 'gi');

/** So near, the guard allows for rounding; */
const ROUNDING = 1.1;
/** and so far, it tests in another unit. */
const SAME_UNIT = 4;

/** An `assert` on one line, with its message. */
const ASSERT = /^[ \t]*(assert\b\s*([^,'"()]+),\s*(["'])((?:(?!\3)[^\\{\n])*)\3)[ \t]*(?:#.*)?$/gm;

/** The guards that hold another limit than their messages tell. */
export function* guardTexts({ checks, cell, program }: CellResult): Iterable<Draft> {
  for (const { passed, condition, message, range } of checks) {
    const said = passed && condition !== undefined ? otherLimit(condition.text, message) : undefined;
    if (said !== undefined) yield { range, message: said };
  }
  for (const { start, end, condition, text } of assertsIn(program)) {
    const said = otherLimit(condition, text);
    if (said !== undefined) yield { range: cell.toDocumentRange({ start, end }), message: said };
  }
}

const assertsIn = oncePerText(({ source }) =>
  source.includes('assert')
    ? Array.from(source.matchAll(ASSERT), ({ index, 0: line, 1: whole, 2: condition, 4: text }) => {
        const start = index + line.indexOf(whole!);
        return { start, end: start + whole!.length, condition: condition!.trim(), text: text! };
      })
    : [],
);

/** What is wrong with the limit that a message tells. */
function otherLimit(condition: string, message: string): string | undefined {
  const [, , behind, right, left, before] = CONDITION.exec(condition) ?? [];
  const tested = Number((right ?? left)?.replaceAll('_', ''));
  if (!(tested > 0)) return undefined;
  const [limit, ...more] = Array.from(message.matchAll(LIMIT), ({ 0: text, 1: words, 2: sign, 3: number }) => ({
    text,
    isLower: sign === undefined ? senseOf(words!) === 'lower' : /[>≥]/.test(sign),
    told: wordValue(number!) ?? Number(number!.replaceAll(',', '')),
  })).filter(({ told }) => told > 0);
  if (limit === undefined || more.length > 0) return undefined;
  if ((message.match(NUMBERS)?.length ?? 0) > 1) return undefined;
  const isLower = behind === undefined ? before!.startsWith('<') : behind.startsWith('>');
  const off = Math.max(limit.told / tested, tested / limit.told);
  if (limit.isLower !== isLower || off <= ROUNDING || off >= SAME_UNIT) return undefined;
  return `The guard says "${limit.text}", but it tests \`${condition}\`.`;
}
