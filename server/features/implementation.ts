/** Go to the source of a value: past bridges, formulas and functions to the assumptions and data that a number ends in. */
import type { ImplementationParams, Location } from 'vscode-languageserver';
import type { Analysis } from '../evaluation/analysis';
import type { ProvenanceRecord, SourceRecord } from '../evaluation/provenance';
import { computedBehind, inputsOf, isLeaf, leavesOf } from '../provenance/behind';
import { type Handler, toOffset } from './feature';
import { askedAt, placeOfSource } from './provenance';

export const implementation: Handler<ImplementationParams, Location[]> = {
  async handle(analysis, { position }, context) {
    const asked = askedAt(toOffset(analysis.chapter, position, context), analysis);
    const record = asked && (await analysis.provenanceAt(asked.expr, asked.seen));
    if (record === undefined) return null;
    const places = placesOf(record, analysis, context.uri);
    return places.length === 0 ? null : places;
  },
};

/** What the number ends in; of what is no number the place where it was made. */
function sourcesOf(record: ProvenanceRecord): readonly SourceRecord[] {
  const computed = computedBehind(record);
  // What a formatter reads besides its number is no source of that.
  if (computed?.source !== undefined && isLeaf(computed.source)) return [computed.source];
  const leaves = leavesOf(computed?.formula ?? record.sources[0]!.formula, record);
  return leaves.length > 0 ? leaves : [computed?.source ?? record.sources[0]!];
}

function placesOf(record: ProvenanceRecord, analysis: Analysis, uri: string): Location[] {
  const found = new Map<string, Location>();
  const add = (source: SourceRecord): boolean => {
    const place = placeOfSource(source, analysis, uri);
    if (place !== undefined) found.set(JSON.stringify(place), { uri: place.uri, range: place.range });
    return place !== undefined;
  };
  // A constant of the library stands in no text: the lines that read it are the nearest that there is.
  for (const source of sourcesOf(record))
    if (!add(source)) for (const one of record.sources) if (inputsOf(one.formula, record).includes(source)) add(one);
  return [...found.values()];
}
