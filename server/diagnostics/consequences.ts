/** What is only the consequence of another finding is a related place of that one, and no finding of its own. */

import { counted } from './counted';
import type { RelatedPlace } from './finding';
import type { Consequence, Draft, Rule } from './rule';

/** A draft with the rule that made it. */
export interface RuleDraft {
  readonly rule: Rule;
  readonly draft: Draft;
}

/** So many consequences of one finding are named one by one. */
const MOST_RELATED = 100;

/** The drafts of causes, which name their consequences; a consequence whose cause nobody reports stands by itself. */
export function withConsequences(drafts: readonly RuleDraft[]): readonly RuleDraft[] {
  if (!drafts.some(({ draft }) => draft.consequence !== undefined)) return drafts;
  const causes = drafts.filter(({ draft }) => draft.consequence === undefined);
  const byPlace = new Map<string, RuleDraft>();
  for (const one of causes) {
    const place = placeOf(one.draft.range);
    if (!byPlace.has(place)) byPlace.set(place, one);
  }
  const followers = new Map<RuleDraft, Draft[]>();
  const alone: RuleDraft[] = [];
  for (const one of drafts) {
    const { consequence } = one.draft;
    if (consequence === undefined) continue;
    const cause = byPlace.get(placeOf(consequence.of));
    if (cause === undefined) {
      alone.push(one);
      continue;
    }
    const known = followers.get(cause);
    if (known === undefined) followers.set(cause, [one.draft]);
    else known.push(one.draft);
  }
  return [...causes.map(cause => joined(cause, followers.get(cause) ?? [])), ...alone];
}

function placeOf({ start, end }: Draft['range']): string {
  return `${start} ${end}`;
}

function joined(cause: RuleDraft, drafts: readonly Draft[]): RuleDraft {
  if (drafts.length === 0) return cause;
  const followers = [...drafts].sort((a, b) => a.range.start - b.range.start);
  const related: RelatedPlace[] = followers
    .slice(0, MOST_RELATED)
    .map(({ range, message }) => ({ range, message: message.replace(/\.$/, '') }));
  const { draft, rule } = cause;
  const message = `${draft.message}${/[.?!]$/.test(draft.message) ? '' : '.'} ${summary(followers)}`.trimEnd();
  return { rule, draft: { ...draft, message, related: [...(draft.related ?? []), ...related] } };
}

/** `It makes 12 references and 3 cells unknown.` */
function summary(drafts: readonly Draft[]): string {
  const unknown = drafts.filter(({ consequence }) => consequence!.effect === 'unknown');
  const missing = drafts.filter(({ consequence }) => consequence!.effect === 'missing');
  return [
    ...(unknown.length === 0 ? [] : [`It makes ${countedParts(unknown)} unknown.`]),
    ...(missing.length === 0 ? [] : [`${countedParts(missing)} ${missing.length === 1 ? 'depends' : 'depend'} on it.`]),
  ].join(' ');
}

function countedParts(drafts: readonly Draft[]): string {
  const count = (what: Consequence['what']): string[] => {
    const found = drafts.filter(({ consequence }) => consequence!.what === what).length;
    return found === 0 ? [] : [counted(found, what)];
  };
  return [...count('reference'), ...count('cell')].join(' and ');
}
