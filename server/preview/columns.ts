/** The columns of a table. */
import { element, type Html } from './hast';

/** The widths that numbers in a text say, as `tbl-colwidths` has them. */
export function sharesOf(written: string | undefined): readonly number[] | undefined {
  return written?.match(/\d+(?:\.\d+)?/g)?.map(Number);
}

/** Columns with shares of the width; none where nothing is said of more than one. */
export function columnNodes(shares: readonly number[]): Html[] {
  const sum = shares.reduce((total, share) => total + share, 0);
  if (shares.length < 2 || !(sum > 0)) return [];
  const columns = shares.map(share => element('col', { style: `width: ${Number(((share / sum) * 100).toFixed(1))}%` }));
  return [element('colgroup', {}, columns)];
}
