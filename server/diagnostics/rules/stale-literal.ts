/** A number that was typed into a sentence, beside a cell that computes another one for the same. */
import type { Fix } from '../finding';
import { asTyped, staleFormulas } from '../prose/cellFormulas';
import type { ExportedNumber } from '../prose/exports';
import type { Line } from '../prose/lines';
import type { Literal } from '../prose/literals';
import { matchesIn } from '../prose/matching';
import { shortNumber } from '../prose/numbers';
import { referenceFix } from '../prose/referenceFix';
import type { Draft, ProseBlock, Rule } from '../rule';

export const staleLiteral: Rule = {
  code: 'stale-literal',
  severity: 'warning',
  *prose(block): Iterable<Draft> {
    for (const { literal, number, kind } of matchesIn(block)) {
      if (kind !== 'stale') continue;
      const { line, range } = literal;
      const [from, to] = range === undefined ? [literal.from, literal.to] : [range.low.from, range.high.to];
      yield {
        range: block.place(line, from, to),
        message: `The sentence says ${line.text.slice(from, to)}, but the calculation gives ${shownOf(number)} (\`${number.name.path}\`).`,
        values: [number.name.path],
        ...fixesOf(block, literal, number),
      };
    }
    for (const { line, from, to, parts } of staleFormulas(block)) {
      const said = parts.map(part => {
        const text = line.text.slice(part.number.from, part.number.digitsTo);
        return { part, text, meant: asTyped(part, text) };
      });
      const range = block.place(line, from, to);
      const fix = numbersFix(block, line, from, to, said);
      yield {
        range,
        message: `The formula is built as one of the cell, but says ${said.map(({ part, text, meant }) => `${text} where the cell has ${meant} (\`${part.path}\`)`).join(', and ')}.`,
        values: said.map(({ part }) => part.path),
        ...(fix === undefined ? {} : { fixes: [fix] }),
      };
    }
  },
};

/** Writes the numbers of the cell into a formula, where each of those that are typed stands in its source once. */
function numbersFix(
  block: ProseBlock,
  line: Line,
  from: number,
  to: number,
  said: readonly { readonly text: string; readonly meant: string }[],
): Fix | undefined {
  const { start, end } = line.source(from, to);
  const source = block.source.slice(start, end);
  const edits = said.flatMap(({ text, meant }) => {
    const [found, ...more] = [
      ...source.matchAll(
        new RegExp(String.raw`(?<![\d.,])${text.replaceAll('.', String.raw`\.`)}(?![\d]|[.,]\d)`, 'g'),
      ),
    ];
    if (found === undefined || more.length > 0) return [];
    return [{ ...block.at(start + found.index, start + found.index + text.length), newText: meant }];
  });
  if (edits.length < said.length) return undefined;
  return { title: `Write ${said.map(({ meant }) => meant).join(' and ')}`, preferred: false, edits };
}

/** The number as a sentence would say it: nobody reads the repr of a quantity. */
function shownOf({ text, value, unit, isText }: ExportedNumber): string {
  return isText ? text : `${shortNumber(value)}${unit === undefined ? '' : ` ${unit.text}`}`;
}

function fixesOf(block: ProseBlock, literal: Literal, number: ExportedNumber): { fixes?: readonly Fix[] } {
  const fix = referenceFix(block, literal, number);
  return fix === undefined ? {} : { fixes: [fix] };
}
