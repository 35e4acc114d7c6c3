/** A value before "of" and what it is an amount of, without its unit: "burns 880 of diesel" of `diesel_l`. */
import { lastOf } from '../../evaluation/symbols/symbol';
import type { Draft, ProseBlock } from '../rule';
import { shownPath, showsPlainNumber } from './shownMeasures';
import { splitName } from './subject';

/** As names have them, and as they are written. */
const UNITS: Readonly<Record<string, string>> = {
  l: 'litres',
  litres: 'litres',
  liters: 'liters',
  ml: 'ml',
  m3: 'm³',
  kg: 'kg',
  g: 'g',
  t: 't',
  tonnes: 'tonnes',
  tons: 'tons',
  kwh: 'kWh',
  mwh: 'MWh',
  gb: 'GB',
  tb: 'TB',
  mb: 'MB',
  km: 'km',
  m2: 'm²',
  ha: 'ha',
};
const FORM = /^(?:str|text|txt|fmt|value)$/;
const STUFF =
  /^\sof\s(?!(?:the|a|an|them|these|those|its|their|our|all|each|every|which|whom|it|this|that|us|you|what|one|any|some|so)\b)([a-z]{3,}[a-rt-z])(?=[.,;:)]|\s(?:a|per|an|each|every|in|on|at|and|or|for|to|from|is|are|was|were|that|which|over|with)\b|$)/;
/** What says before the number that it counts, or which one it is. */
const COUNTED =
  /\b(?:number|count|total|sum|level|factor|ratio|index|score|rate|average|mean|out)\s(?:of\s)?$|[×÷*/+=≈−-]\s?$|[$€£]$/i;

export function* amountsOfStuff(block: ProseBlock): Iterable<Draft> {
  for (const result of block.refs) {
    const { ref } = result;
    const [start, end] = [ref.range.start - block.start, ref.range.end - block.start];
    const stuff = STUFF.exec(block.source.slice(end, end + 48));
    if (stuff === null || ref.context === 'math' || !showsPlainNumber(result)) continue;
    if (COUNTED.test(block.source.slice(Math.max(0, start - 24), start))) continue;
    const shown = shownPath(result, block);
    const unit = shown === undefined ? undefined : unitIn(lastOf(shown.path));
    if (unit === undefined) continue;
    const range = block.at(start, end);
    yield {
      range,
      message: `The sentence reads "${result.text!}${stuff[0]}", but the value is in ${unit} (by its name): nothing says so.`,
      fixes: [
        {
          title: `Write "${unit}" behind the value`,
          edits: [{ start: range.end, end: range.end, newText: ` ${unit}` }],
        },
      ],
    };
  }
}

/** The one unit that a name has, at its end or before what it is counted by: `diesel_l`, `kg_bed`. */
function unitIn(name: string): string | undefined {
  const words = splitName(name).filter(word => !FORM.test(word));
  if (words.length < 2 || words.includes('per')) return undefined;
  const units = words.filter(word => Object.hasOwn(UNITS, word));
  const [unit] = units;
  return units.length === 1 && (words.at(-1) === unit || (words[0] === unit && unit!.length > 1))
    ? UNITS[unit!]
    : undefined;
}
