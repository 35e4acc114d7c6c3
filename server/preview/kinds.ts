/** The kinds of things that a chapter refers to by `@kind-name`: Quarto's own, and those that a project defines. */
import { entryOf } from '../../mlsys';
import { isMetadata } from '../chapter/execution';
import { labelKind } from '../chapter/labels';
import type { Chapter } from '../chapter/model';
import { mappingOf, wordsOf } from './metadata';

const NAMES: Readonly<Record<string, string>> = {
  fig: 'Figure',
  tbl: 'Table',
  eq: 'Equation',
  lst: 'Listing',
  sec: 'Section',
  thm: 'Theorem',
  lem: 'Lemma',
  cor: 'Corollary',
  prp: 'Proposition',
  cnj: 'Conjecture',
  def: 'Definition',
  exm: 'Example',
  exr: 'Exercise',
  sol: 'Solution',
  rem: 'Remark',
  alg: 'Algorithm',
  prf: 'Proof',
  nte: 'Note',
  tip: 'Tip',
  wrn: 'Warning',
  imp: 'Important',
  cau: 'Caution',
  vid: 'Video',
};

/** Kinds that are called as what their div is called. */
const TITLES: Readonly<Record<string, string>> = {
  nte: 'callout-note-title',
  tip: 'callout-tip-title',
  wrn: 'callout-warning-title',
  imp: 'callout-important-title',
  cau: 'callout-caution-title',
  prf: 'environment-proof-title',
  rem: 'environment-remark-title',
  sol: 'environment-solution-title',
};

/** Kinds that stand by themselves with a caption. */
const FLOATS: ReadonlySet<string> = new Set(['fig', 'tbl', 'lst', 'vid']);

/** How a kind is called. */
interface Names {
  /** Before the number in a caption. */
  readonly title: string;
  /** Before the number in a reference. */
  readonly prefix: string;
}

export class Kinds {
  /** Kinds of the project, by their key. */
  readonly #custom = new Map<string, Names & { readonly isAbove: boolean }>();
  /** What has been asked for so far. */
  readonly #names = new Map<string, Names>();
  /** Options such as `fig-title`. */
  readonly #options: Readonly<Record<string, unknown>>;

  readonly #callouts: ReadonlyMap<string, string>;

  constructor(options: Readonly<Record<string, unknown>>, callouts: ReadonlyMap<string, string> = new Map()) {
    this.#options = options;
    this.#callouts = callouts;
    for (const one of Array.isArray(options.custom) ? options.custom : []) {
      if (!isMetadata(one) || typeof one.key !== 'string') continue;
      const prefix = textOf(one['reference-prefix']) ?? one.key;
      const title = textOf(one['caption-prefix']) ?? prefix;
      this.#custom.set(one.key, { title, prefix, isAbove: one['caption-location'] === 'top' });
    }
  }

  static of(chapter: Chapter): Kinds {
    const words = wordsOf(chapter);
    const named = Object.entries(words).flatMap(([key, word]) =>
      key.startsWith('crossref-') ? [[key.slice('crossref-'.length), word] as const] : [],
    );
    const titled = Object.entries(TITLES).map(([kind, name]) => [`${kind}-title`, words[name]] as const);
    const options = { ...Object.fromEntries([...titled, ...named]), ...mappingOf(chapter, 'crossref') };
    return new Kinds(options, new Map([...calloutTitles(words), ...calloutNames(chapter)]));
  }

  /** The kind of an id or a key; undefined for what is not numbered. */
  of(id: string): string | undefined {
    if (this.#custom.size === 0) return labelKind(id);
    const own = id.slice(0, Math.max(0, id.indexOf('-')));
    return this.#custom.has(own) ? own : labelKind(id);
  }

  /** Whether a div with an id of this kind is a figure, a table, or another thing with a caption. */
  isFloat(kind: string): boolean {
    return FLOATS.has(kind) || this.#custom.has(kind);
  }

  /** Whether the caption stands above. */
  isAbove(kind: string): boolean {
    return kind === 'tbl' || kind === 'lst' || this.#custom.get(kind)?.isAbove === true;
  }

  /** How a reference calls a whole chapter, or an appendix. */
  wholeName(isAppendix: boolean): string {
    return textOf(this.#options[isAppendix ? 'apx-prefix' : 'ch-prefix']) ?? (isAppendix ? 'Appendix' : 'Chapter');
  }

  /** How the project calls a callout. */
  calloutName(callout: string): string | undefined {
    return this.#callouts.get(callout);
  }

  namesOf(kind: string): Names {
    let names = this.#names.get(kind);
    if (names === undefined) {
      names = this.#custom.get(kind) ?? this.#ownNames(kind);
      this.#names.set(kind, names);
    }
    return names;
  }

  #ownNames(kind: string): Names {
    const name = entryOf(NAMES, kind) ?? `${kind.slice(0, 1).toUpperCase()}${kind.slice(1)}`;
    const title = textOf(this.#options[`${kind}-title`]) ?? name;
    return { title, prefix: textOf(this.#options[`${kind}-prefix`]) ?? title };
  }
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}

/** Titles of Quarto's callouts where `language` sets them. */
function calloutTitles(words: Readonly<Record<string, unknown>>): Map<string, string> {
  const titles = new Map<string, string>();
  for (const [key, word] of Object.entries(words)) {
    const callout = /^callout-(\w+)-(?:title|caption)$/.exec(key)?.[1];
    const title = textOf(word);
    if (callout !== undefined && title !== undefined) titles.set(callout, title);
  }
  return titles;
}

/** Names of a project's own callouts, by their class without `callout-`, as filters for numbered blocks are told them. */
function calloutNames(chapter: Chapter): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  const filters = Object.values(mappingOf(chapter, 'filter-metadata')).flatMap(one =>
    isMetadata(one) ? [one, ...Object.values(one).filter(isMetadata)] : [],
  );
  for (const { classes } of [mappingOf(chapter, 'custom-numbered-blocks'), ...filters]) {
    if (!isMetadata(classes)) continue;
    for (const [name, own] of Object.entries(classes)) {
      const label = isMetadata(own) ? textOf(own.label) : undefined;
      if (label !== undefined) names.set(name.replace(/^callout-/, ''), label);
    }
  }
  return names;
}
