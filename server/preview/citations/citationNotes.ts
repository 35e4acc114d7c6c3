/** Footnotes that a CSL style of notes makes of citations: they are counted together with those of the author. */
import type { Moves } from '../moved';
import type { NoteEntry, Numbering } from '../numbering';
import type { PlacedCluster } from './clusters';

/** A citation with the number of its footnote; undefined where the style cites in the text. */
export interface NotedCluster extends PlacedCluster {
  readonly number: number | undefined;
}

/** What begins a style; its element comes first. */
const HEAD = 5000;
const NOTES = /<style\b[^>]*\sclass\s*=\s*["']note["']/;

/** True for a style that puts citations into footnotes. */
export function citesInNotes(style: string | undefined): boolean {
  return style !== undefined && NOTES.test(style.slice(0, HEAD));
}

/** Where a citation stands in the chapter. */
export const startOf = ({ block, start }: PlacedCluster): number => block.range.start + start;

/** The numbering of a chapter with the footnotes that its citations are. */
export function withCitationNotes(numbering: Numbering, placed: readonly PlacedCluster[], moves: Moves): Numbering {
  const cited = placed.filter(({ note }) => note === undefined);
  if (cited.length === 0) return numbering;
  const own = cited.map(source => ({ start: startOf(source), source }));
  const inText = [...numbering.notes, ...own].sort((a, b) => a.start - b.start);
  const notes = moves
    .inOrder(inText, one => one.start)
    .map(({ start, source }, at): NoteEntry => ({ number: at + 1, start, source }));
  const byId = notes.flatMap(({ source, number }) => (typeof source === 'string' ? [[source, number] as const] : []));
  return {
    ...numbering,
    notes,
    noteNumbers: new Map(byId),
    noteCalls: new Map(notes.map(({ start, number }) => [start, number])),
  };
}

/** The citations in the order in which a reader meets them: those of a footnote stand where it is called. */
export function inReadingOrder(
  placed: readonly PlacedCluster[],
  numbering: Numbering,
  inNotes: boolean,
  moves: Moves,
): NotedCluster[] {
  const calls = new Map(numbering.notes.map(({ start, source, number }) => [source, { start, number }]));
  const noted = placed.map(one => {
    const { note } = one;
    const found = typeof note === 'string' ? calls.get(note) : undefined;
    const at = typeof note === 'string' ? (found?.start ?? Number.POSITIVE_INFINITY) : (note ?? startOf(one));
    const number = typeof note === 'string' ? found?.number : numbering.noteCalls.get(at);
    return { at, one: { ...one, number: inNotes ? (number ?? 0) : undefined } };
  });
  if (placed.some(({ note }) => typeof note === 'string'))
    noted.sort((a, b) => a.at - b.at || startOf(a.one) - startOf(b.one));
  return moves.inOrder(noted, ({ at }) => at).map(({ one }) => one);
}
