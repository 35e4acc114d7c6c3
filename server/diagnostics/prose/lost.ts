/** Values that cells near a sentence were to make and did not: a number that may be of one of them is told to be of no other. */
import type { CellResult } from '../../evaluation/analysis';
import { lastOf } from '../../evaluation/symbols/symbol';
import type { ProseBlock } from '../rule';
import { countsPart } from './compared';
import type { ExportName } from './exports';
import type { Literal } from './literals';
import { readName, speaksOf } from './subject';

/** By their text, the words of what cells bind that did not run to their end. */
const partsOf = new WeakMap<object, readonly (readonly string[])[]>();

/** True where the sentence speaks as well, or better, of a value that a failed cell was to make. */
export function mayBeLost(literal: Literal, { parts }: ExportName, { near }: ProseBlock): boolean {
  const lost = near.filter(({ status }) => status !== 'ok' && status !== 'skipped');
  if (lost.length === 0) return false;
  const isSaid = (part: string) => speaksOf(literal.words, part);
  const said = parts.filter(isSaid).length;
  const isWhole = said === parts.length && countsPart(literal, parts);
  return lost.some(cell =>
    partsMadeBy(cell).some(own => own.every(isSaid) && (isWhole ? own.length > said : own.length >= said)),
  );
}

function partsMadeBy(cell: CellResult): readonly (readonly string[])[] {
  const { content } = cell.cell;
  let found = partsOf.get(content);
  if (found === undefined) {
    found = cell.definitions.map(({ name }) => readName(lastOf(name)).parts).filter(parts => parts.length > 0);
    partsOf.set(content, found);
  }
  return found;
}
