/** What a chapter does everywhere is one finding. */
import type { Draft } from './rule';

/** Places of one rule that are told each by itself. */
const MOST_TOLD = 10;

/** The drafts of one rule, as one finding where there are so many that they are the author's way to write. */
export function habit(drafts: readonly Draft[]): readonly Draft[] {
  return drafts.length > MOST_TOLD ? drafts.map(draft => ({ ...draft, cause: 'habit' })) : drafts;
}
