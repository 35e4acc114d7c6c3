/** Findings that keep their place in the text while the text around them changes. */
import type { Chapter, OffsetRange } from '../chapter/model';
import { commonEnds } from '../evaluation/commonEnds';
import type { RuleDraft } from './consequences';
import type { Fix, RelatedPlace } from './finding';
import type { Recorder } from './recording';
import type { Draft } from './rule';

/** Where a range of one version stands in another; undefined where the text of its block has changed. */
export type Move = (range: OffsetRange) => OffsetRange | undefined;

/** The way between two versions of the same text. */
export const STAY: Move = range => range;

/**
 * From one version of a chapter to another one. Ranges in the blocks that both have at their beginning stay, ranges in
 * those that both have at their end move along.
 */
export function moveBetween(before: Chapter, after: Chapter): Move {
  if (before === after) return STAY;
  const old = before.blocks;
  const now = after.blocks;
  const { head, tail } = commonEnds(old, now, (one, other) => one.content === other.content);
  if (head === old.length && head === now.length) return STAY;
  const headEnd = head === 0 ? 0 : old[head - 1]!.range.end;
  const tailStart = tail === 0 ? Number.POSITIVE_INFINITY : old[old.length - tail]!.range.start;
  const by = after.lines.length - before.lines.length;
  return range => {
    if (range.end <= headEnd) return range;
    if (range.start < tailStart) return undefined;
    return { start: range.start + by, end: range.end + by };
  };
}

export function shiftBy(by: number): Move {
  return ({ start, end }) => ({ start: start + by, end: end + by });
}

/** A draft without the views through which its check looked. */
export function plainDraft(draft: Draft, recorder: Recorder): Draft {
  return recorder.silently(() => withoutViews(draft, recorder));
}

function withoutViews(draft: Draft, recorder: Recorder): Draft {
  const place = ({ start, end }: OffsetRange): OffsetRange => ({ start, end });
  const related = ({ range, message, file, position }: RelatedPlace): RelatedPlace => ({
    range: place(range),
    message,
    ...(file === undefined ? {} : { file }),
    ...(position === undefined ? {} : { position: recorder.raw(position) }),
  });
  const fix = (one: Fix): Fix => ({
    ...one,
    edits: one.edits.map(edit => ({ ...place(edit), newText: edit.newText })),
  });
  return withPlaces(draft, { place, related, fix });
}

/** How the parts of a draft are made anew. */
interface Remake {
  readonly place: (range: OffsetRange) => OffsetRange;
  readonly related: (one: RelatedPlace) => RelatedPlace;
  readonly fix: (one: Fix) => Fix;
}

function withPlaces(draft: Draft, { place, related, fix }: Remake): Draft {
  return {
    ...draft,
    range: place(draft.range),
    ...(draft.consequence === undefined
      ? {}
      : { consequence: { ...draft.consequence, of: place(draft.consequence.of) } }),
    ...(draft.related === undefined ? {} : { related: draft.related.map(related) }),
    ...(draft.fixes === undefined ? {} : { fixes: draft.fixes.map(fix) }),
  };
}

/** Every range of a draft that lies in the chapter. */
export function placesOf({ range, related = [], fixes = [], consequence }: Draft): readonly OffsetRange[] {
  return [
    range,
    ...(consequence === undefined ? [] : [consequence.of]),
    ...related.flatMap(one => (one.file === undefined ? [one.range] : [])),
    ...fixes.flatMap(fix => fix.edits),
  ];
}

/** The drafts at their new places; undefined if a range of one of them has no such place. */
export function movedDrafts(drafts: readonly RuleDraft[], move: Move): readonly RuleDraft[] | undefined {
  if (move === STAY) return drafts;
  const moved: RuleDraft[] = [];
  for (const one of drafts) {
    const { rule, draft } = one;
    const places = placesOf(draft);
    if (places.some(range => move(range) === undefined)) return undefined;
    moved.push(places.every(range => move(range) === range) ? one : { rule, draft: movedDraft(draft, move) });
  }
  return moved;
}

/** The draft at its new place; each of its ranges must have one. */
export function movedDraft(draft: Draft, move: Move): Draft {
  const place = <T extends OffsetRange>(range: T): T => ({ ...range, ...move(range)! });
  const related = (one: RelatedPlace): RelatedPlace =>
    one.file === undefined ? { ...one, range: place(one.range) } : one;
  const fix = (one: Fix): Fix => ({ ...one, edits: one.edits.map(place) });
  return withPlaces(draft, { place, related, fix });
}
