/** A reference in place of a typed number. */
import type { Fix } from '../finding';
import type { ProseBlock } from '../rule';
import type { ExportedNumber } from './exports';
import type { Literal } from './literals';

/**
 * Puts the reference in: for the digits, or for digits and unit where the text has its unit. Undefined where no reference may stand:
 * in formulas, headings, alt texts and cell options; above the cell that makes the name; and where the sentence would read otherwise, as for a number in other units.
 */
export function referenceFix(block: ProseBlock, literal: Literal, number: ExportedNumber): Fix | undefined {
  const { line, from, digitsTo, to } = literal;
  if (line.place === 'heading' || line.place === 'alt' || block.isCell) return undefined;
  if (block.ahead.some(({ run }) => run === number.name.run)) return undefined;
  // The sentence would have all digits of it.
  if (!number.isText && /\.\d{5}/.test(number.text)) return undefined;
  const withUnit = number.unit !== undefined && number.isText && number.unit.kind === literal.unit?.kind;
  const start = withUnit && literal.unit!.text === '$' ? line.text.lastIndexOf('$', from) : from;
  const end = withUnit ? to : digitsTo;
  if (!line.isExact(start, end)) return undefined;
  if (!withUnit && number.unit !== undefined) return undefined;
  if (!withUnit && !fitsUnit(literal, number)) return undefined;
  const newText = `\`{python} ${number.name.path}\``;
  return {
    title: `Put \`{python} ${number.name.path}\` in its place`,
    preferred: false,
    edits: [{ ...block.place(line, start, end), newText }],
  };
}

/** True where the number of the export stands for the digits before the same unit and magnitude. */
function fitsUnit({ value, text, unit }: Literal, { name, value: shown }: ExportedNumber): boolean {
  const digits = Number(text.replaceAll(',', ''));
  // A word has no digits; its unit is that of its name.
  if (Number.isNaN(digits)) return true;
  const scale = value / digits;
  const measure =
    name.measures.find(({ kind }) => kind === unit?.kind) ?? name.measures.find(({ kind }) => kind === undefined);
  if (measure === undefined) return scale === 1 || Math.abs(shown / digits - 1) < 1;
  return Math.abs((scale * (unit?.factor ?? 1)) / measure.factor - 1) < 1e-6;
}
