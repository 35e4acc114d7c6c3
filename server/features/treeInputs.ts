/** What a tree shows below a source, and how it says that this was made. */
import type { Analysis } from '../evaluation/analysis';
import type { ProvenanceRecord, SourceRecord } from '../evaluation/provenance';
import { inputsOf, isLeaf, shownBy } from '../provenance/behind';
import { formulaText } from '../provenance/formula';

/**
 * What a source was made of. Of a text that shows a number this is the number: what its formatter reads besides says how it is
 * written. Texts that a package makes on the way are passed over.
 */
export function treeInputs(
  source: SourceRecord | undefined,
  record: ProvenanceRecord,
  analysis: Analysis,
): readonly SourceRecord[] {
  const found = new Set<SourceRecord>();
  const seen = new Set<SourceRecord>();
  const add = (one: SourceRecord): void => {
    if (seen.has(one)) return;
    seen.add(one);
    const inputs = (isText(one) && shownBy(one, record)) || inputsOf(one.formula, record);
    for (const input of inputs)
      if (isText(input) && !isLeaf(input) && isElsewhere(input, analysis)) add(input);
      else found.add(input);
  };
  if (source !== undefined) add(source);
  return [...found];
}

/** The formula of a source; of a text that a function of a package makes, its call as the chapter has it. Empty for another name. */
export function madeAs(source: SourceRecord, analysis: Analysis): string {
  const { formula, place, changedBy } = source;
  if (formula === undefined || changedBy !== undefined || formula.kind === 'literal' || formula.kind === 'source')
    return '';
  return (isText(source) ? place && writtenAt(place, analysis) : undefined) ?? formulaText(formula);
}

function writtenAt(place: NonNullable<SourceRecord['place']>, analysis: Analysis): string | undefined {
  const found = analysis.placeIn(place);
  if (found?.cell === undefined) return undefined;
  const { start: from } = found.range;
  const statement = analysis.cells[found.cell]?.definitions.find(
    ({ kind, range }) => kind === 'assignment' && range.start === from,
  );
  if (statement === undefined) return undefined;
  const { start, end } = statement.statementRange;
  const [, code] = /^[^=]*=\s*([\s\S]*)$/.exec(analysis.chapter.text.slice(start, end)) ?? [];
  const flat = code?.replaceAll(/\s+/g, ' ');
  return flat === undefined || flat.length > LONGEST ? undefined : flat;
}

/** Longer statements are told by their formula. */
const LONGEST = 160;

function isText({ value }: SourceRecord): boolean {
  return value.number === undefined && (value.type === 'str' || value.text !== undefined);
}

/** True for what stands in no cell. */
function isElsewhere({ place }: SourceRecord, analysis: Analysis): boolean {
  return place === undefined || analysis.placeIn(place)?.cell === undefined;
}
