/** A citation of something that no bibliography has: the page shows the key with a question mark. */
import type { Chapter, OffsetRange } from '../../chapter/model';
import { captionKeysOf } from '../document/captions';
import { customKinds, isInLostCode, labelsOf } from '../document/labels';
import type { Fix } from '../finding';
import type { Draft, Rule } from '../rule';
import { orList, similarNames } from '../similar';
import type { Surroundings } from '../surroundings';

export const unknownCitation: Rule = {
  code: 'unknown-citation',
  severity: 'warning',
  *document(chapter, surroundings): Iterable<Draft> {
    if (chapter.nodes('citation').length === 0 && captionKeysOf(chapter).length === 0) return;
    const known = surroundings.bibliography();
    if (known === 'unknown') return;
    if (known === 'none') {
      yield* uncitable(chapter, surroundings);
      return;
    }
    const custom = customKinds(chapter);
    const examples = examplesOf(chapter);
    for (const { key, range, keyRange, isBracketed } of keysOf(chapter)) {
      const kind = /^([A-Za-z]+)-/.exec(key)?.[1];
      if (kind !== undefined && custom.has(kind)) continue;
      if (examples.has(key) || surroundings.hasEntry(key)) continue;
      const draft = unknown(key, range, keyRange, near(key, surroundings.entries(), chapter));
      // In the text, `@name` may be somebody's name on the web.
      const isSure = isBracketed || draft.fixes !== undefined || /(?:19|20)\d\d|:/.test(key);
      yield isSure ? draft : { ...draft, severity: 'hint' };
    }
  },
};

interface Key {
  readonly key: string;
  readonly range: OffsetRange;
  readonly keyRange: OffsetRange;
  readonly isBracketed: boolean;
}

function keysOf(chapter: Chapter): readonly Key[] {
  const inCaptions = captionKeysOf(chapter).flatMap(({ key, kind, range, keyRange }): Key[] =>
    kind === undefined ? [{ key, range, keyRange, isBracketed: true }] : [],
  );
  const inText = chapter.nodes('citation').flatMap(found => {
    if (isInLostCode(chapter, found.range) || isInAddress(chapter, found.range)) return [];
    return found.node.children.flatMap((one): Key[] => {
      if (one.type !== 'key' || one.kind !== undefined) return [];
      const { key, keyStart, end } = one;
      const keyRange = found.place({ start: keyStart, end });
      return [{ key, range: found.place(one), keyRange, isBracketed: found.node.bracketed }];
    });
  });
  return [...inText, ...inCaptions];
}

/** True within an address on the web that is written out. */
function isInAddress(chapter: Chapter, { start }: OffsetRange): boolean {
  const before = chapter.slice(Math.max(0, start - 200), start);
  const scheme = before.lastIndexOf('://');
  return scheme >= 0 && !/[\s)>\]]/.test(before.slice(scheme));
}

function unknown(key: string, range: OffsetRange, keyRange: OffsetRange, candidates: readonly string[]): Draft {
  const what = `No bibliography has an entry \`${key}\``;
  if (candidates.length === 0) return { range, cause: key, message: `${what}: the page will show \`${key}?\`.` };
  return {
    range,
    cause: key,
    message: `${what}. Did you mean ${orList(candidates.map(one => `@${one}`))}?`,
    fixes: candidates.map((one): Fix => ({ title: `Use \`@${one}\``, edits: [{ ...keyRange, newText: one }] })),
  };
}

/** Prefixes that are taken for those of Quarto's cross-references. */
const MISTAKEN: Readonly<Record<string, string>> = {
  figure: 'fig',
  table: 'tbl',
  tab: 'tbl',
  equation: 'eq',
  eqn: 'eq',
  section: 'sec',
  sect: 'sec',
  listing: 'lst',
};

function near(key: string, entries: readonly string[], chapter: Chapter): readonly string[] {
  const [, prefix = '', rest = ''] = /^([A-Za-z]+)[-:_](.+)$/.exec(key) ?? [];
  const kind = Object.hasOwn(MISTAKEN, prefix) ? MISTAKEN[prefix]! : prefix;
  const label = `${kind}-${rest}`;
  const labels = label !== key && labelsOf(chapter).has(label) ? [label] : [];
  return [...labels, ...similarNames(key, entries)];
}

/** Examples of lists are referred to like citations. */
function examplesOf(chapter: Chapter): ReadonlySet<string> {
  const labels = chapter.nodes('list').flatMap(({ node }) => node.children.map(({ label }) => label));
  return new Set(labels.filter(label => label !== undefined));
}

/** In a project, whose metadata are all known, what cites without a bibliography. */
function* uncitable(chapter: Chapter, surroundings: Surroundings): Iterable<Draft> {
  if (surroundings.project() === 'none') return;
  const custom = customKinds(chapter);
  const cited = chapter.nodes('citation').flatMap(found => {
    const { node, range } = found;
    if (!node.bracketed || isInLostCode(chapter, range)) return [];
    const isEntry = node.children.some(
      one => one.type === 'key' && one.kind === undefined && !custom.has(one.key.replace(/-.*$/s, '')),
    );
    return isEntry ? [range] : [];
  });
  const [range] = cited;
  if (range === undefined) return;
  const more = cited.length === 1 ? '' : ` and ${cited.length - 1} more`;
  yield {
    range,
    message: `Neither chapter nor project name a bibliography, so this citation${more} will show as written. Name one under \`bibliography\`.`,
  };
}
