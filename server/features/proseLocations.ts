/** The places of a name of the prose in all chapters that share it, and in bibliographies. */
import type { Position, Range } from 'vscode-languageserver';
import type { Chapter } from '../chapter/model';
import { type CitedEntry, type FeatureContext, toRange, uriAt } from './feature';
import { occurrencesOf, type ProseOccurrence } from './proseNames';

/** A place in some file. */
export interface ProseLocation {
  readonly uri: string;
  readonly range: Range;
  /** As it is written there. */
  readonly written: string;
  readonly isDefinition: boolean;
  /** Of an entry of a bibliography. */
  readonly entry?: CitedEntry;
}

/** A chapter in which a name means the same, with its places there. */
export interface SharingChapter {
  readonly uri: string;
  readonly chapter: Chapter;
  readonly places: readonly ProseOccurrence[];
}

/**
 * The chapters in which a name means the same. Footnotes belong to their chapter; a chapter that has the label itself means its
 * own one.
 */
export function sharingChapters(
  name: Pick<ProseOccurrence, 'kind' | 'key'>,
  chapter: Chapter,
  { uri, siblings }: FeatureContext,
): SharingChapter[] {
  const own = { uri, chapter, places: occurrencesOf(name, chapter) };
  if (name.kind === 'footnote') return [own];
  const others: SharingChapter[] = [];
  // Behind its prefix, which may be written with a capital.
  const wanted = name.kind === 'label' ? name.key.slice(1) : name.key;
  for (const one of siblings?.(wanted, name.kind) ?? []) {
    const places = occurrencesOf(name, one.chapter);
    if (places.length > 0) others.push({ ...one, places });
  }
  const defines = ({ places }: SharingChapter) => places.some(({ isDefinition }) => isDefinition);
  if (name.kind === 'citation' || defines(own))
    return [own, ...others.filter(one => name.kind === 'citation' || !defines(one))];
  // Defined elsewhere: what that chapter and the others without one of their own say.
  return [own, ...others];
}

/** Each place once: a file that several chapters include has its places in each of them. */
function eachOnce(places: readonly ProseLocation[]): ProseLocation[] {
  const known = new Map(places.map(one => [`${one.uri} ${one.range.start.line} ${one.range.start.character}`, one]));
  return [...known.values()];
}

/** All places: of a citation key also those of its entries. */
export function proseLocations(
  name: Pick<ProseOccurrence, 'kind' | 'key'>,
  chapter: Chapter,
  context: FeatureContext,
): ProseLocation[] {
  const inTexts = eachOnce(
    sharingChapters(name, chapter, context).flatMap(({ uri, chapter: one, places }) =>
      places.map(({ range, isDefinition }) => ({
        uri: uriAt(one, range.start, uri),
        range: toRange(one, range),
        written: one.slice(range.start, range.end),
        isDefinition,
      })),
    ),
  );
  if (name.kind !== 'citation') return inTexts;
  const entries = (context.citations?.() ?? []).filter(({ key }) => key === name.key);
  return [
    ...inTexts,
    ...entries.map(entry => {
      const { uri, range } = entry;
      return { uri, range, written: name.key, isDefinition: true, entry };
    }),
  ];
}

/** The entry that a chapter lists in its own front matter, where its key stands at a position. */
export function entryListedAt(position: Position, { uri, file, citations }: FeatureContext): CitedEntry | undefined {
  if (file !== undefined) return undefined;
  const { line, character } = position;
  return citations?.().find(({ uri: home, range: { start, end }, writeKey }) => {
    const isAt = start.line === line && start.character <= character && character <= end.character;
    return writeKey !== undefined && home === uri && isAt;
  });
}
