/** What is only the consequence of another finding is a related place of that one, and no finding of its own. */

import type { OffsetRange } from '../chapter/ranges';
import { sameData } from '../evaluation/sameData';
import { lastOf } from '../evaluation/symbols/symbol';
import { counted } from './counted';
import type { Fix, RelatedPlace } from './finding';
import type { Consequence, Draft, Rule } from './rule';

/** A draft with the rule that made it. */
export interface RuleDraft {
  readonly rule: Rule;
  readonly draft: Draft;
}

/** So many consequences of one finding are named one by one. */
const MOST_RELATED = 100;

/** What one finding tells: its own draft, the same fault at other places, and what follows from it. */
interface Telling {
  readonly one: RuleDraft;
  readonly again: Draft[];
  readonly followers: Draft[];
}

/**
 * The drafts of causes, which name their consequences, and other places of the same cause; a consequence whose cause nobody
 * reports stands by itself, and so does a place that a comment silences.
 */
export function withConsequences(
  all: readonly RuleDraft[],
  isSilenced: (one: RuleDraft) => boolean = () => false,
): readonly RuleDraft[] {
  const drafts = withoutTyped(all);
  if (!drafts.some(({ draft }) => draft.consequence !== undefined || draft.cause !== undefined)) return drafts;
  const tellings: Telling[] = [];
  const byPlace = new Map<string, Telling>();
  const byCause = new Map<string, Telling>();
  const byNamedCause = new Map<string, Telling>();
  const following = new Map<string, OffsetRange>();
  for (const one of drafts) {
    const { range, consequence } = one.draft;
    const place = placeOf(range);
    if (consequence !== undefined) {
      if (!following.has(place)) following.set(place, consequence.of);
      continue;
    }
    const cause = causeOf(one);
    const known = cause === undefined || isSilenced(one) ? undefined : byCause.get(cause);
    const telling = known ?? { one, again: [], followers: [] };
    if (known !== undefined) known.again.push(one.draft);
    else {
      tellings.push(telling);
      if (cause !== undefined && !isSilenced(one)) byCause.set(cause, telling);
    }
    if (!byPlace.has(place)) byPlace.set(place, telling);
    const named = namedCause(one.rule, one.draft.cause);
    if (named !== undefined && !byNamedCause.has(named)) byNamedCause.set(named, telling);
  }
  /** What a consequence follows from may be a consequence itself. */
  const rootOf = (of: OffsetRange): Telling | undefined => {
    const seen = new Set<string>();
    for (let at: OffsetRange | undefined = of; at !== undefined; at = following.get(placeOf(at))) {
      const place = placeOf(at);
      const found = byPlace.get(place);
      if (found !== undefined || seen.has(place)) return found;
      seen.add(place);
    }
    return undefined;
  };
  const alone: RuleDraft[] = [];
  for (const one of drafts) {
    const { consequence } = one.draft;
    if (consequence === undefined) continue;
    const named = namedCause(one.rule, consequence.cause);
    const cause = (named === undefined ? undefined : byNamedCause.get(named)) ?? rootOf(consequence.of);
    if (cause === undefined) alone.push(one);
    else cause.followers.push(one.draft);
  }
  return [...tellings.map(joined), ...alone];
}

/** Rules on numbers that stand in the place of references. */
const ON_TYPED: ReadonlySet<string> = new Set(['stale-literal', 'literal-could-be-ref']);

/** Without the names that nothing reads since a number was typed for them, which is told at that number, or silenced there. */
function withoutTyped(drafts: readonly RuleDraft[]): readonly RuleDraft[] {
  if (!drafts.some(({ draft }) => draft.unread !== undefined)) return drafts;
  const typed = new Set<string>();
  for (const one of drafts)
    if (ON_TYPED.has(one.rule.code)) for (const path of one.draft.values ?? []) typed.add(lastOf(path));
  return drafts.filter(({ draft: { unread } }) => unread === undefined || !typed.has(lastOf(unread)));
}

/** The same for what one finding tells. */
function causeOf({ rule, draft: { cause, severity } }: RuleDraft): string | undefined {
  return cause === undefined ? undefined : `${rule.code} ${severity ?? rule.severity} ${cause}`;
}

function namedCause({ code }: Rule, cause: string | undefined): string | undefined {
  return cause === undefined ? undefined : `${code} ${cause}`;
}

function placeOf({ start, end }: Draft['range']): string {
  return `${start} ${end}`;
}

function joined({ one, again, followers }: Telling): RuleDraft {
  if (again.length === 0 && followers.length === 0) return one;
  const { draft, rule } = one;
  const twins = again.map(
    ({ range, message }): RelatedPlace => ({
      range,
      message: message === draft.message ? 'here as well' : plain(message),
    }),
  );
  const following = inOrder(followers).map(({ range, message }): RelatedPlace => ({ range, message: plain(message) }));
  const said = `${plain(draft.message)}${/[?!]$/.test(draft.message) ? '' : '.'}`;
  const message = [said, ...toldAgain(again.length), ...summary(followers)].join(' ');
  const fixes = again.length === 0 ? draft.fixes : fixesOfAll(draft, again);
  return {
    rule,
    draft: {
      ...draft,
      message,
      ...(again.length === 0 ? {} : { again: inOrder(again).map(({ range }) => range) }),
      related: [
        ...(draft.related ?? []),
        ...inOrder(twins).slice(0, MOST_RELATED),
        ...following.slice(0, MOST_RELATED),
      ],
      ...(fixes === undefined ? {} : { fixes }),
    },
  };
}

function plain(message: string): string {
  return message.replace(/\.$/, '');
}

function inOrder<T extends { readonly range: OffsetRange }>(places: readonly T[]): T[] {
  return [...places].sort((a, b) => a.range.start - b.range.start);
}

function toldAgain(places: number): string[] {
  return places === 0 ? [] : [`The same at ${counted(places, 'more place')}.`];
}

/** A fix that all places have mends all of them. */
function fixesOfAll({ fixes }: Draft, again: readonly Draft[]): readonly Fix[] | undefined {
  return fixes?.map(fix => {
    const twins = again.map(draft => draft.fixes?.find(({ title }) => title === fix.title));
    if (!twins.every(twin => twin !== undefined)) return fix;
    const edits = [fix, ...twins].flatMap(twin => twin.edits).sort((a, b) => a.start - b.start || a.end - b.end);
    const distinct = edits.filter((edit, at) => at === 0 || !sameData(edit, edits[at - 1]));
    const overlap = distinct.some((edit, at) => at > 0 && edit.start < distinct[at - 1]!.end);
    // Where the edits are the same for all, one place is mended with the others anyhow.
    const where = distinct.length === fix.edits.length ? '' : ` (in all ${twins.length + 1} places)`;
    return overlap ? fix : { ...fix, title: `${fix.title}${where}`, edits: distinct };
  });
}

/** `It makes 12 references and 3 cells unknown.` */
function summary(drafts: readonly Draft[]): readonly string[] {
  const unknown = drafts.filter(({ consequence }) => consequence!.effect === 'unknown');
  const missing = drafts.filter(({ consequence }) => consequence!.effect === 'missing');
  return [
    ...(unknown.length === 0 ? [] : [`It makes ${countedParts(unknown)} unknown.`]),
    ...(missing.length === 0 ? [] : [`${countedParts(missing)} ${missing.length === 1 ? 'depends' : 'depend'} on it.`]),
  ];
}

function countedParts(drafts: readonly Draft[]): string {
  const count = (what: Consequence['what']): string[] => {
    const found = drafts.filter(({ consequence }) => consequence!.what === what).length;
    return found === 0 ? [] : [counted(found, what)];
  };
  return [...count('reference'), ...count('cell')].join(' and ');
}
