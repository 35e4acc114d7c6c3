/**
 * Citations and the list of references by a CSL style. The citations of a chapter are set together, since their text depends on
 * each other: numbers, and letters behind years. They are asked for again only when one of them, or an entry, has changed.
 */
import type { BibliographyEntry } from '../../chapter/bibliography';
import type { Chapter } from '../../chapter/model';
import { sameList } from '../../evaluation/sameData';
import { optionOf } from '../metadata';
import type { Typeset } from '../typeset';
import type { NotedCluster } from './citationNotes';
import type { Cluster, PlacedCluster, Within } from './clusters';
import { type CslItem, itemOf } from './items';

/** What is asked of the processor, as JSON. */
export interface CitationRequest {
  /** The style's XML; the bundled one where it is missing. */
  readonly style: string | undefined;
  readonly language: string;
  readonly items: readonly CslItem[];
  readonly clusters: readonly RequestedCluster[];
  /** Keys that stand in the list though nothing cites them. */
  readonly uncited: readonly string[];
}

/** With a style of notes, each citation tells its footnote. */
export interface RequestedCluster extends Cluster {
  readonly note?: number | undefined;
  readonly within?: Within | undefined;
}

/** What comes back, as JSON: HTML that is still to be sanitised. */
export interface CitationAnswer {
  readonly clusters: readonly string[];
  /** With a style of notes, the authors whom the text names before the footnote. */
  readonly makers: readonly (string | null)[];
  readonly references: readonly { readonly id: string; readonly html: string }[];
  /** True for a style that puts citations into notes. */
  readonly inNotes: boolean;
}

/** The citations of one version of a chapter as far as they are set. */
export interface CitationsSet {
  /** HTML of the citation at an offset of the chapter. */
  at(start: number): string | undefined;
  /** HTML of the authors whom the text names before a footnote that cites them. */
  makersAt(start: number): string | undefined;
  /** HTML of a citation that stands in no text of the chapter, such as a caption among attributes, from one of the same keys. */
  like(keys: readonly string[], inText: boolean): string | undefined;
  readonly references: CitationAnswer['references'];
  /** HTML of the entry of a key. */
  reference(key: string): string | undefined;
  readonly inNotes: boolean;
}

const NONE: CitationsSet = {
  at: () => undefined,
  makersAt: () => undefined,
  like: () => undefined,
  references: [],
  reference: () => undefined,
  inNotes: false,
};

interface Asked {
  readonly clusters: readonly Cluster[];
  readonly notes: readonly (number | undefined)[];
  readonly entries: readonly BibliographyEntry[];
  readonly style: string | undefined;
  readonly language: string;
  readonly uncited: readonly string[];
  readonly text: string;
  answer: CitationAnswer | undefined;
}

/** What was asked last for a page, and what came of it; one for each page. */
export class CitationMemory {
  #last: Asked | undefined;
  #answered: Asked | undefined;

  /** The citations of a chapter, in order; those of the last answer as long as a new one is being made. */
  set(
    chapter: Chapter,
    placed: readonly NotedCluster[],
    entryOf: ((key: string) => BibliographyEntry | undefined) | undefined,
    style: string | undefined,
    typeset: Typeset,
  ): CitationsSet {
    if (entryOf === undefined) return NONE;
    const uncited = uncitedOf(chapter);
    if (placed.length === 0 && uncited.length === 0) return NONE;
    const asked = this.#asked(placed, uncited, entryOf, style, languageOf(chapter));
    if (asked.entries.length === 0) return NONE;
    const outcome = typeset({ form: 'citations', text: asked.text });
    if (outcome.kind === 'done') {
      asked.answer ??= JSON.parse(outcome.html) as CitationAnswer;
      this.#answered = asked;
      return setting(placed, asked.clusters, asked.answer);
    }
    const before = this.#answered;
    if (outcome.kind === 'refused' || before?.answer === undefined) return NONE;
    return setting(placed, before.clusters, before.answer);
  }

  /** The same request as long as nothing that it says has changed. */
  #asked(
    placed: readonly NotedCluster[],
    uncited: readonly string[],
    entryOf: (key: string) => BibliographyEntry | undefined,
    style: string | undefined,
    language: string,
  ): Asked {
    const clusters = placed.map(({ cluster }) => cluster);
    const notes = placed.map(({ number }) => number);
    const keys = new Set([...clusters.flatMap(({ items }) => items.map(({ id }) => id)), ...uncited]);
    const entries = [...keys].map(entryOf).filter(entry => entry !== undefined);
    const last = this.#last;
    if (
      last !== undefined &&
      last.style === style &&
      last.language === language &&
      sameList(last.clusters, clusters) &&
      sameList(last.notes, notes) &&
      sameList(last.entries, entries) &&
      sameList(last.uncited, uncited)
    )
      return last;
    const known = new Set(entries.map(({ key }) => key));
    const request: CitationRequest = {
      style,
      language,
      items: entries.map(entry => itemOf(entry, language)),
      clusters: placed.map(({ cluster: { inText, items }, number, within }) => ({
        inText,
        items: items.filter(({ id }) => known.has(id)),
        ...(number === undefined ? {} : { note: number }),
        ...(number === undefined ? {} : { within }),
      })),
      uncited: uncited.filter(key => known.has(key)),
    };
    const asked = {
      clusters,
      notes,
      entries,
      style,
      language,
      uncited,
      text: JSON.stringify(request),
      answer: undefined,
    };
    this.#last = asked;
    return asked;
  }
}

function languageOf(chapter: Chapter): string {
  const language = optionOf(chapter, 'lang');
  return typeof language === 'string' && /^[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$/.test(language) ? language : 'en-US';
}

/** Keys under `nocite`. */
function uncitedOf(chapter: Chapter): readonly string[] {
  const written = chapter.frontMatter?.data.nocite;
  if (typeof written !== 'string') return EMPTY;
  const keys = Array.from(written.matchAll(/@([\p{L}\p{N}_][\p{L}\p{N}_:.#$%&\-+?<>~/]*)/gu), found => found[1]!);
  return keys.length === 0 ? EMPTY : keys;
}

const EMPTY: readonly string[] = [];

function setting(placed: readonly PlacedCluster[], clusters: readonly Cluster[], answer: CitationAnswer): CitationsSet {
  // Equal citations may read otherwise each time, and so each has its own answer as long as they come in the same order.
  const byCluster = new Map(clusters.map((cluster, at) => [cluster, at]));
  const byStart = new Map<number, number>();
  for (const [at, { block, start, cluster }] of placed.entries()) {
    const own = clusters[at] === cluster ? at : byCluster.get(cluster);
    if (own !== undefined && answer.clusters[own]) byStart.set(block.range.start + start, own);
  }
  const { references, inNotes } = answer;
  const byKey = new Map(references.map(({ id, html }) => [id, html]));
  const like = (keys: readonly string[], inText: boolean): string | undefined => {
    const at = clusters.findIndex(
      ({ inText: own, items }) =>
        own === inText && items.length === keys.length && items.every(({ id }, i) => id === keys[i]),
    );
    return at < 0 ? undefined : answer.clusters[at];
  };
  return {
    at: start => answer.clusters[byStart.get(start) ?? -1],
    makersAt: start => answer.makers[byStart.get(start) ?? -1] ?? undefined,
    like,
    references,
    reference: key => byKey.get(key),
    inNotes,
  };
}
