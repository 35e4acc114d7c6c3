/**
 * Runs the checks of what a chapter refers to: labels, keys, notes, pictures, links, divs, fences. They look at the whole
 * chapter and at what lies around it, and run again only where something of that is another one.
 */
import type { Block, Chapter, OffsetRange } from '../../chapter/model';
import type { ProseType } from '../../chapter/prose/nodes';
import { sameList } from '../../evaluation/sameData';
import { drained } from '../../evaluation/steps';
import type { RuleDraft } from '../consequences';
import { moveBetween, movedDrafts } from '../relocatedDrafts';
import type { Rule } from '../rule';
import type { Surroundings } from '../surroundings';

interface Kept {
  readonly chapter: Chapter;
  readonly matter: readonly unknown[];
  readonly version: unknown;
  readonly drafts: readonly RuleDraft[];
}

/** What these rules look at in the prose. */
const TYPES: readonly ProseType[] = [
  'citation',
  'footnote',
  'html',
  'htmlBlock',
  'image',
  'key',
  'link',
  'list',
  'noteReference',
  'shortcode',
];

export class DocumentChecks {
  readonly #rules: readonly Rule[];
  #kept: Kept | undefined;
  /** Contents of blocks that were read for these rules. */
  readonly #read = new WeakSet<object>();

  constructor(rules: readonly Rule[]) {
    this.#rules = rules.filter(rule => rule.document !== undefined);
  }

  /** What these rules find in a version of the chapter. */
  run(chapter: Chapter, surroundings: Surroundings): readonly RuleDraft[] {
    if (!this.#concerns(chapter)) return [];
    drained(this.preparing(chapter, surroundings));
    return this.#kept!.drafts;
  }

  /** Reads what the checks will ask of the text, in small steps. */
  *readingAhead(chapter: Chapter): Generator<void, void> {
    for (const block of chapter.blocks) {
      if (block.kind === 'cell' || this.#read.has(block.content)) continue;
      chapter.read(block, TYPES);
      this.#read.add(block.content);
      yield;
    }
  }

  /** Makes what `run` asks for in small steps, so that it finds it made. */
  *preparing(chapter: Chapter, surroundings: Surroundings): Generator<void, void> {
    if (!this.#concerns(chapter)) return;
    if (this.#kept?.chapter === chapter && this.#kept.version === surroundings.version) return;
    const matter = matterOf(chapter);
    let drafts = this.#keptDrafts(chapter, matter, surroundings.version);
    if (drafts === undefined) {
      yield* this.readingAhead(chapter);
      const found: RuleDraft[] = [];
      for (const rule of this.#rules) {
        for (const draft of rule.document!(chapter, surroundings)) {
          found.push({ rule, draft });
          yield;
        }
        yield;
      }
      drafts = found;
    }
    // What was asked may have been looked at for the first time.
    this.#kept = { chapter, matter, version: surroundings.version, drafts };
  }

  /** Plain Markdown files are nobody's chapters. */
  #concerns(chapter: Chapter): boolean {
    return this.#rules.length > 0 && !chapter.tooLong && !/\.(?:md|markdown)$/i.test(chapter.uri);
  }

  #keptDrafts(chapter: Chapter, matter: readonly unknown[], version: unknown): readonly RuleDraft[] | undefined {
    const kept = this.#kept;
    if (kept === undefined || kept.version !== version || !sameList(matter, kept.matter)) return undefined;
    if (kept.drafts.length === 0) return kept.drafts;
    return movedDrafts(kept.drafts, moveBetween(kept.chapter, chapter));
  }
}

/** Marks of what such rules look at, outside of cells. */
const MATTER = /[@#]|\[\^|\]\(|\]:|!\[|:::|<(?:img|div|a)\b|\{\{<|\$\$|`{3}|~{3}|\\\w*ref\{|label/i;
/** The same in a cell: labels, captions, and names of files that it may write. */
const CELL_MATTER = /\b[a-z]{2,3}-[\w:.-]+|^[ \t]*#\|.*|\w\.(?:png|svg|jpe?g|pdf|gif|webp)\b/gim;

/** By the content of a block, what of it such rules may look at: the content itself, a text, or nothing. */
const matters = new WeakMap<object, unknown>();

/** What of the chapter such rules may look at, in order; equal for versions in which they find the same. */
function matterOf(chapter: Chapter): readonly unknown[] {
  const found: unknown[] = [chapter.inherited];
  for (const block of chapter.blocks) {
    const matter = matterOfBlock(block);
    if (matter !== null) found.push(matter);
  }
  // Whether a fence opens something is told by the text above it, whether an include is carried out by the files.
  for (const { range } of chapter.unclosedFences) found.push(...placeIn(chapter, range));
  for (const { name, problem, range } of chapter.composition?.includes ?? [])
    if (problem !== undefined) found.push(name, problem, ...placeIn(chapter, range));
  return found;
}

/** A place by the block that it lies in: it moves with that. */
function placeIn(chapter: Chapter, { start }: OffsetRange): readonly unknown[] {
  const block = chapter.blockAt(start);
  return [block?.content, start - (block?.range.start ?? 0)];
}

function matterOfBlock(block: Block): unknown {
  let matter = matters.get(block.content);
  if (matter === undefined) {
    matter = matterIn(block);
    matters.set(block.content, matter);
  }
  return matter;
}

function matterIn({ kind, text, content }: Block): unknown {
  if (kind === 'blank') return null;
  if (kind !== 'cell') return kind === 'frontMatter' || MATTER.test(text) ? content : null;
  return (text.match(CELL_MATTER) ?? []).join('\n');
}
