/** How many columns of a terminal a text takes. */
import { eastAsianWidth } from 'get-east-asian-width';

const GRAPHEMES = new Intl.Segmenter('en', { granularity: 'grapheme' });

// biome-ignore lint/complexity/useRegexLiterals: TypeScript refuses a literal with this flag, as it does not know what the program runs on.
const EMOJI = new RegExp('^\\p{RGI_Emoji}$', 'v');
/** A mark that stands on the character before it, and what is not shown at all. */
const WITHOUT_WIDTH = /^[\p{M}\p{Default_Ignorable_Code_Point}\p{Cc}]/u;
/** Marks of half width have a column of their own. */
const VOICED = /[\uff9e\uff9f]/;
const PLAIN = /^[\x20-\x7e]*$/;

export function columnsOf(text: string): number {
  if (PLAIN.test(text)) return text.length;
  let columns = 0;
  for (const { segment } of GRAPHEMES.segment(text)) columns += columnsOfGrapheme(segment);
  return columns;
}

/** How many units of a text fit into so many columns, without cutting a character; from its end if asked. */
export function fitting(text: string, columns: number, fromEnd = false): number {
  if (PLAIN.test(text)) return Math.min(text.length, columns);
  const graphemes = Array.from(GRAPHEMES.segment(text), ({ segment }) => segment);
  if (fromEnd) graphemes.reverse();
  let [units, left] = [0, columns];
  for (const one of graphemes) {
    left -= columnsOfGrapheme(one);
    if (left < 0) break;
    units += one.length;
  }
  return units;
}

function columnsOfGrapheme(grapheme: string): number {
  if (EMOJI.test(grapheme)) return 2;
  if (WITHOUT_WIDTH.test(grapheme)) return 0;
  const [first, ...more] = grapheme;
  return [first!, ...more.filter(char => VOICED.test(char))].reduce(
    (sum, char) => sum + eastAsianWidth(char.codePointAt(0)!),
    0,
  );
}
