/**
 * A chapter as blocks of HTML, keyed by content: one a part of the page (`outline.ts`). Pure: the same analysis and context
 * give the same blocks. What a part is made from is taken down (`facts.ts`), so that the next version makes only those anew
 * of which something changed.
 */
import type { Block, Chapter } from '../chapter/model';
import { readInline, textOf } from '../chapter/prose';
import type { Analysis } from '../evaluation/analysis';
import { drained } from '../evaluation/steps';
import type { PreviewBlock, PreviewPlace } from '../protocol';
import { unopenedNodes } from './cells';
import { REFERENCES, referenceNodes, withReferencesBeside } from './citations/references';
import { CitationMemory } from './citations/setting';
import { codeBlock } from './code';
import { isHidden } from './conditions';
import type { PreviewContext } from './context';
import { type DivChild, isPlain, unwrapped } from './divs';
import { FactReader, holds, Page, type Read } from './facts';
import { BlockFiller } from './fill';
import { footnoteNode } from './footnotes';
import { element, foreign, type Html, htmlOf, text } from './hast';
import { HtmlTree } from './html';
import { blocksBeside, noteBeside, wantsNotesBeside } from './marginNotes';
import { languageOf } from './metadata';
import { type Moves, movesOf } from './moved';
import type { NoteEntry } from './numbering';
import { type DivPart, endOf, type HtmlPart, mayHoldTags, outlineOf, type Part } from './outline';
import { childKind } from './prose';
import { noteNode } from './source';
import { digest } from './text';
import { titleNodes } from './titleBlock';

/** A block with its HTML and its place. */
export type RenderedBlock = PreviewBlock & PreviewPlace;

export interface RenderedChapter {
  readonly title: string;
  /** As HTML names it. */
  readonly language: string;
  readonly blocks: readonly RenderedBlock[];
}

/** Name of a chapter: the title of its front matter, else its first heading, else its file. */
export function titleOf(chapter: Chapter): string {
  const { uri, frontMatter, headings } = chapter;
  const file = decodeURIComponent(uri.slice(uri.lastIndexOf('/') + 1));
  const title = frontMatter?.title || headings[0]?.text;
  // Menus and windows show no marks.
  return title ? textOf(readInline(title), () => '…') : file;
}

/** A part as it was made, and all that it was made from. */
interface Made {
  /** What its blocks consist of. */
  readonly contents: readonly object[];
  readonly reads: readonly Read[];
  readonly html: string;
  readonly name: string;
}

/** The parts of the versions of one page, by the first of what they consist of. */
export class RenderCache {
  readonly #made = new WeakMap<object, Made>();
  readonly citations = new CitationMemory();

  get(contents: readonly object[]): Made | undefined {
    const made = this.#made.get(contents[0]!);
    const isSame = made?.contents.length === contents.length && contents.every((one, at) => made.contents[at] === one);
    return isSame ? made : undefined;
  }

  keep(made: Made): void {
    this.#made.set(made.contents[0]!, made);
  }
}

export function renderChapter(
  analysis: Analysis,
  context: PreviewContext = {},
  cache = new RenderCache(),
): RenderedChapter {
  return drained(renderSteps(analysis, context, cache));
}

/** The same in steps of one part each, so that others get their turn between them. */
export function* renderSteps(
  analysis: Analysis,
  context: PreviewContext = {},
  cache = new RenderCache(),
): Generator<void, RenderedChapter> {
  // Numbers come from all blocks.
  yield* analysis.chapter.reading();
  const renderer = new Renderer(analysis, context, cache);
  yield* renderer.run();
  const { chapter } = analysis;
  return { title: titleOf(chapter), language: languageOf(chapter), blocks: renderer.blocks };
}

/** What a page can hold without becoming a burden to its reader: blocks, and the length of their HTML together. */
const MOST_BLOCKS = 5000;
const MOST_HTML = 8_000_000;
/** Longest HTML of one of them, and the most blocks of the chapter in it. */
const MOST_BLOCK_HTML = 2_000_000;
const MOST_IN_PART = 5000;
/** Divs within divs beyond this depth stand as source. */
const MOST_NESTED = 50;

class Renderer {
  readonly #chapter: Chapter;
  readonly #page: Page;
  readonly #cache: RenderCache;
  readonly blocks: RenderedBlock[] = [];
  readonly #keys = new Map<string, number>();
  readonly #notesBeside: boolean;
  /** Parts that stand elsewhere, by the index of their first block. */
  #moved: ReadonlyMap<number, Part> = new Map();
  #length = 0;

  constructor(analysis: Analysis, context: PreviewContext, cache: RenderCache) {
    this.#chapter = analysis.chapter;
    this.#page = new Page(analysis, context, cache.citations);
    this.#cache = cache;
    this.#notesBeside = wantsNotesBeside(this.#chapter);
  }

  *run(): Generator<void, void> {
    const { blocks } = this.#chapter;
    this.#title();
    const outline = outlineOf(this.#chapter, block => this.#chapter.divMark(block));
    this.#moved = partsMoved(outline, movesOf(this.#chapter));
    for (const part of outline) {
      const block = blocks[part.at]!;
      if (this.#moved.get(part.at) === part) continue;
      if (this.#isFull) {
        const line = this.#page.lineOf(block.range.start) + 1;
        const note = noteNode([text(`The chapter is too long for the preview, which ends at line ${line}.`)]);
        this.#push(
          this.#made([block], () => [note]),
          block,
          block,
        );
        return;
      }
      if (isSilent(block)) continue;
      const shown = blocks.slice(part.at, endOf(part));
      const moved = this.#broughtTo(part);
      const own = [...shown, ...moved.flat(), ...[shown, ...moved].flatMap(blocks => this.#besides(blocks))];
      const known = this.#cache.get(own.map(({ content }) => content));
      if (known !== undefined && holds(known.reads, this.#page, own)) {
        this.#push(known, block, shown.at(-1)!);
        continue;
      }
      yield;
      const made = this.#made(own, facts => new PartConverter(facts, this.#moved).part(part, 1));
      this.#cache.keep(made);
      this.#push(made, block, shown.at(-1)!);
    }
    this.#references();
    yield* this.#notes();
  }

  get #isFull(): boolean {
    return this.blocks.length >= MOST_BLOCKS || this.#length >= MOST_HTML;
  }

  /** What a part consists of, where that is not all that its blocks hold, is given as `contents`. */
  #made(
    blocks: readonly Block[],
    make: (facts: FactReader) => readonly Html[],
    contents: readonly object[] = blocks.map(({ content }) => content),
  ): Made {
    const facts = new FactReader(this.#page, blocks);
    const nodes =
      blocks.length > MOST_IN_PART ? [noteNode([text('This part is too long for the preview.')])] : make(facts);
    let html = htmlOf(nodes).trim();
    if (html.length > MOST_BLOCK_HTML) html = htmlOf([noteNode([text('This part is too long for the preview.')])]);
    return { contents, reads: facts.reads, html, name: digest(html) };
  }

  #push({ html, name }: Made, first: Block, last: Block): void {
    if (html === '') return;
    const line = this.#page.lineOf(first.range.start);
    const endLine = Math.max(line + 1, this.#page.lineOf(last.range.end));
    const count = this.#keys.get(name) ?? 0;
    this.#keys.set(name, count + 1);
    this.#length += html.length;
    this.blocks.push({ key: count === 0 ? name : `${name}-${count}`, html, line, endLine });
  }

  /** The title block that Quarto makes of the front matter. */
  #title(): void {
    const [first] = this.#chapter.blocks;
    if (first === undefined) return;
    // The first block is cached as such unless it is the front matter.
    const known = first.kind === 'frontMatter' ? this.#cache.get([first.content]) : undefined;
    if (known !== undefined && holds(known.reads, this.#page, [first])) {
      this.#push(known, first, first);
      return;
    }
    const made = this.#made([first], titleNodes);
    if (first.kind === 'frontMatter') this.#cache.keep(made);
    this.#push(made, first, first);
  }

  /** The list of references stands at the end, unless the chapter has a place for it. */
  #references(): void {
    const last = this.#chapter.blocks.at(-1);
    const { references } = this.#page.citations;
    if (last === undefined || references.length === 0) return;
    if (this.#chapter.divs.some(({ id }) => id === REFERENCES)) return;
    const known = this.#cache.get([references]);
    if (known !== undefined && holds(known.reads, this.#page, [last])) {
      this.#push(known, last, last);
      return;
    }
    const made = this.#made([last], facts => referenceNodes(facts, true), [references]);
    this.#cache.keep(made);
    this.#push(made, last, last);
  }

  /** Blocks of elsewhere that stand in a part, which is then made of them as well. */
  #broughtTo(part: Part): readonly (readonly Block[])[] {
    if (this.#moved.size === 0) return [];
    const moves = movesOf(this.#chapter).within(part.at, endOf(part));
    return moves.map(({ from, end }) => this.#chapter.blocks.slice(from, end));
  }

  /** Blocks of footnotes that stand beside what calls them in these blocks. */
  #besides(blocks: readonly Block[]): readonly Block[] {
    if (!this.#notesBeside) return [];
    const range = { start: blocks[0]!.range.start, end: blocks.at(-1)!.range.end };
    return blocksBeside(this.#chapter, this.#page.numbering.notes, range);
  }

  /** A note that a note calls has no place beside it. */
  #isBeside({ source, start }: NoteEntry, block: Block): boolean {
    if (!this.#notesBeside || this.#chapter.blockAt(start)?.kind === 'footnote') return false;
    return typeof source !== 'string' || noteBeside(this.#chapter, block) === source;
  }

  /** Footnotes stand at the end, each a block of its own, in the order of their numbers. */
  *#notes(): Generator<void, void> {
    const { notes } = this.#page.numbering;
    if (notes.length === 0) return;
    const definitions = new Map(this.#chapter.nodes('footnote').map(place => [place.node.id, place]));
    let isFirst = true;
    for (const note of notes) {
      const { source } = note;
      if (this.#isFull) return;
      const place = typeof source === 'string' ? definitions.get(source) : source;
      if (place === undefined) continue;
      const { block } = place;
      if (this.#isBeside(note, block)) continue;
      // A block that a definition stands in, such as a quotation, is a part of its own.
      const contents = 'cluster' in place ? [place.cluster] : [place.node];
      const known = this.#cache.get(contents);
      const hasRule = isFirst;
      isFirst = false;
      if (known !== undefined && known.html.startsWith('<hr>') === hasRule && holds(known.reads, this.#page, [block])) {
        this.#push(known, block, block);
        continue;
      }
      yield;
      const made = this.#made(
        [block],
        facts => [...(hasRule ? [element('hr', {})] : []), footnoteNode(source, facts)],
        contents,
      );
      this.#cache.keep(made);
      this.#push(made, block, block);
    }
  }
}

/** Nodes that have no place among the lines around them. */
function withoutLines(nodes: readonly Html[]): Html[] {
  return nodes.map(node => {
    if (node.type !== 'element') return node;
    const { dataL: _, ...properties } = node.properties;
    return { ...node, properties, children: withoutLines(node.children) };
  });
}

/** The parts that `{{< contents >}}` moves. */
function partsMoved(outline: readonly Part[], moves: Moves): ReadonlyMap<number, Part> {
  const found = new Map<number, Part>();
  if (moves.isEmpty) return found;
  const look = (parts: readonly Part[]): void => {
    for (const part of parts) {
      if ((part.kind === 'block' || part.kind === 'div') && moves.isMoved(part.at)) found.set(part.at, part);
      if (part.kind === 'div' || part.kind === 'html') look(part.children);
    }
  };
  look(outline);
  return found;
}

/** Blocks that the page does not show where they stand. */
function isSilent({ kind }: Block): boolean {
  return (
    kind === 'blank' || kind === 'comment' || kind === 'frontMatter' || kind === 'footnote' || kind === 'linkDefinition'
  );
}

/** Makes the nodes of one part of the page. */
class PartConverter {
  readonly #facts: FactReader;
  readonly #chapter: Chapter;
  /** Index of the part's first block in the chapter. */
  readonly #from: number;
  readonly #moved: ReadonlyMap<number, Part>;
  /** What is shown with the part. */
  readonly #places: readonly ('text' | 'notes')[];

  constructor(facts: FactReader, moved: ReadonlyMap<number, Part>) {
    this.#facts = facts;
    this.#chapter = facts.page.analysis.chapter;
    this.#from = facts.blocks[0]!.index;
    this.#moved = moved;
    this.#places = wantsNotesBeside(this.#chapter) ? ['text', 'notes'] : ['text'];
  }

  /**
   * The nodes of a part; of one that stands by itself, and not where what it stands in wants it, with the references of what it
   * cites beside it where the chapter wants them there.
   */
  part(part: Part, depth: number, byItself = true): Html[] {
    const nodes = this.#nodes(part, depth, byItself);
    return this.#lined(byItself ? withReferencesBeside(nodes, this.#facts, this.#places) : nodes, part.at);
  }

  #nodes(part: Part, depth: number, byItself: boolean): Html[] {
    switch (part.kind) {
      case 'block': {
        const brought = this.#brought(part.at);
        return brought === undefined ? this.#block(part.at) : withoutLines(this.part(brought, depth + 1, byItself));
      }
      case 'unopened':
        return unopenedNodes(part.cell);
      case 'div':
        return this.#div(part, depth, byItself);
      case 'html':
        return this.#html(part, depth, byItself);
    }
  }

  /** The place of a block in the part, where it may come from elsewhere. */
  #placeOf(at: number): number {
    const place = at - this.#from;
    return this.#facts.blocks[place]?.index === at ? place : this.#facts.blocks.findIndex(({ index }) => index === at);
  }

  #filler(at: number): BlockFiller {
    return new BlockFiller(this.#facts, this.#placeOf(at));
  }

  /** What stands in the place of a paragraph. */
  #brought(at: number): Part | undefined {
    const move = this.#moved.size === 0 ? undefined : movesOf(this.#chapter).to(at);
    const brought = move === undefined ? undefined : this.#moved.get(move.from);
    if (move !== undefined && brought !== undefined)
      for (let index = move.from; index < move.end; index++) this.#facts.ask('linesTo', this.#placeOf(index));
    return brought;
  }

  /** Whether a part within this one stands elsewhere. */
  #isMoved(part: Part): boolean {
    return this.#facts.ask('isMoved', this.#placeOf(part.at)) && this.#moved.get(part.at) === part;
  }

  /** Within a part, the first element of each block knows its line. */
  #lined(nodes: Html[], at: number): Html[] {
    const [first, ...rest] = nodes;
    if (at === this.#from || first?.type !== 'element' || first.properties.dataL !== undefined) return nodes;
    const line = this.#filler(at).lines;
    return [{ ...first, properties: { ...first.properties, dataL: line } }, ...rest];
  }

  #block(at: number): Html[] {
    const block = this.#chapter.blocks[at]!;
    switch (block.kind) {
      case 'divOpen':
      case 'divClose':
        // A div that is never closed, and a line that closes none, are text.
        return [foreign('p', {}, this.#filler(at).inline(block.text))];
      case 'caption':
        return [element('p', { className: 'reckoner-caption' }, unwrapped(this.#filler(at).block()))];
      case 'unread':
        return [noteNode([text('The chapter is too long for the preview.')])];
      default:
        return isSilent(block) ? [] : this.#filler(at).block();
    }
  }

  /** Blocks among tags of HTML. */
  #html(part: HtmlPart, depth: number, byItself: boolean): Html[] {
    if (depth > MOST_NESTED) return this.#tooDeep(part);
    const tree = new HtmlTree('chapter');
    for (const child of part.children) {
      if (this.#isMoved(child)) continue;
      if (child.kind !== 'block' || !mayHoldTags(this.#chapter.blocks[child.at]!))
        tree.insert(this.part(child, depth + 1, byItself));
      else this.#filler(child.at).writeTo(tree);
    }
    return this.#filler(part.at).fill(tree.end());
  }

  #tooDeep(part: DivPart | HtmlPart): Html[] {
    const { blocks } = this.#chapter;
    const source = this.#chapter.slice(blocks[part.at]!.range.start, blocks[part.end - 1]!.range.end);
    return [noteNode([text('Shown as source, since it is nested too deeply.')]), codeBlock(source)];
  }

  #div(part: DivPart, depth: number, byItself: boolean): Html[] {
    const { attributes } = part;
    if (isHidden(attributes, this.#facts)) return [];
    if (depth > MOST_NESTED) return this.#tooDeep(part);
    if (attributes.id === REFERENCES) return referenceNodes(this.#facts, false);
    const areApart = byItself && isPlain(attributes);
    return this.#filler(part.at).div(
      attributes,
      part.children.flatMap(child => this.#child(child, depth + 1, areApart)),
    );
  }

  #child(part: Part, depth: number, byItself: boolean): DivChild[] {
    if (this.#isMoved(part)) return [];
    const nodes = (): Html[] => this.part(part, depth, byItself);
    if (part.kind !== 'block') return [{ kind: 'other', level: 0, nodes }];
    const block = this.#chapter.blocks[part.at]!;
    if (isSilent(block)) return [];
    const [first, ...others] = this.#chapter.tree(block).children;
    if (first === undefined || others.length > 0) return [{ kind: 'other', level: 0, nodes }];
    return [{ ...childKind(first), nodes }];
  }
}
