/**
 * A chapter as blocks of HTML, keyed by content: one a part of the page (`outline.ts`). Pure: the same analysis and context
 * give the same blocks. What a part is made from is taken down (`facts.ts`), so that the next version makes only those anew
 * of which something changed.
 */
import { entryOf } from '../../mlsys';
import type { Attributes, Block, Chapter } from '../chapter/model';
import type { Analysis } from '../evaluation/analysis';
import type { PreviewBlock, PreviewPlace } from '../protocol';
import { unopenedNodes } from './cells';
import { codeBlock } from './code';
import type { PreviewContext } from './context';
import { FactReader, holds, Page, type Read } from './facts';
import { BlockFiller } from './fill';
import { element, foreign, type Html, htmlOf, text } from './hast';
import { type DivPart, endOf, outlineOf, type Part } from './outline';
import { propertiesOf } from './prose';
import { noteNode } from './source';
import { anchorOf, classNames, digest } from './text';

/** A block with its HTML and its place. */
export type RenderedBlock = PreviewBlock & PreviewPlace;

export interface RenderedChapter {
  readonly title: string;
  readonly blocks: readonly RenderedBlock[];
}

/** Name of a chapter: the title of its front matter, else its first heading, else its file. */
export function titleOf(chapter: Chapter): string {
  const { uri, frontMatter, headings } = chapter;
  const file = decodeURIComponent(uri.slice(uri.lastIndexOf('/') + 1));
  return frontMatter?.title ?? headings[0]?.text ?? file;
}

/** A part as it was made, and all that it was made from. */
interface Made {
  /** What its blocks consist of. */
  readonly contents: readonly object[];
  readonly reads: readonly Read[];
  readonly html: string;
  readonly name: string;
}

/** The parts of the versions of one page, by the content of their first block. */
export class RenderCache {
  readonly #made = new WeakMap<object, Made>();

  get(blocks: readonly Block[]): Made | undefined {
    const made = this.#made.get(blocks[0]!.content);
    const isSame =
      made?.contents.length === blocks.length && blocks.every((one, at) => made.contents[at] === one.content);
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
  const work = renderSteps(analysis, context, cache);
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
  }
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
  return { title: titleOf(analysis.chapter), blocks: renderer.blocks };
}

/** What a page can hold without becoming a burden to its reader: blocks, and the length of their HTML together. */
const MOST_BLOCKS = 5000;
const MOST_HTML = 8_000_000;
/** Longest HTML of one of them, and the most blocks of the chapter in it. */
const MOST_BLOCK_HTML = 2_000_000;
const MOST_IN_PART = 5000;
/** Divs within divs beyond this depth stand as source. */
const MOST_NESTED = 50;

const KIND_TITLES: Readonly<Record<string, string>> = { tip: 'Tip', note: 'Note', warning: 'Warning' };

class Renderer {
  readonly #chapter: Chapter;
  readonly #page: Page;
  readonly #cache: RenderCache;
  readonly blocks: RenderedBlock[] = [];
  readonly #keys = new Map<string, number>();
  #length = 0;

  constructor(analysis: Analysis, context: PreviewContext, cache: RenderCache) {
    this.#chapter = analysis.chapter;
    this.#page = new Page(analysis, context);
    this.#cache = cache;
  }

  *run(): Generator<void, void> {
    const { blocks } = this.#chapter;
    this.#title();
    for (const part of outlineOf(this.#chapter, block => this.#chapter.divMark(block))) {
      const block = blocks[part.at]!;
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
      const own = blocks.slice(part.at, endOf(part));
      const known = this.#cache.get(own);
      if (known !== undefined && holds(known.reads, this.#page, own)) {
        this.#push(known, block, own.at(-1)!);
        continue;
      }
      yield;
      const made = this.#made(own, facts => new PartConverter(facts, part.at).part(part, 1));
      this.#cache.keep(made);
      this.#push(made, block, own.at(-1)!);
    }
    yield* this.#notes();
  }

  get #isFull(): boolean {
    return this.blocks.length >= MOST_BLOCKS || this.#length >= MOST_HTML;
  }

  #made(blocks: readonly Block[], make: (facts: FactReader) => readonly Html[]): Made {
    const facts = new FactReader(this.#page, blocks);
    const nodes =
      blocks.length > MOST_IN_PART ? [noteNode([text('This part is too long for the preview.')])] : make(facts);
    let html = htmlOf(nodes).trim();
    if (html.length > MOST_BLOCK_HTML) html = htmlOf([noteNode([text('This part is too long for the preview.')])]);
    return { contents: blocks.map(({ content }) => content), reads: facts.reads, html, name: digest(html) };
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
    const { frontMatter, blocks } = this.#chapter;
    const first = blocks[0];
    if (frontMatter?.title === undefined || first === undefined) return;
    const { title } = frontMatter;
    const subtitle = frontMatter.data.subtitle;
    const made = this.#made([first], facts => {
      const words = new BlockFiller(facts, undefined).inline(title);
      const below =
        typeof subtitle === 'string' ? [element('p', { className: 'reckoner-elsewhere' }, [text(subtitle)])] : [];
      return [element('header', {}, [element('h1', { className: 'reckoner-title' }, words), ...below])];
    });
    this.#push(made, first, first);
  }

  /** Footnotes stand at the end, each a block of its own, in the order of their numbers. */
  *#notes(): Generator<void, void> {
    const { notes } = this.#page.numbering;
    if (notes.size === 0) return;
    const definitions = new Map(this.#chapter.nodes('footnote').map(place => [place.node.id, place]));
    let isFirst = true;
    for (const id of notes.keys()) {
      if (this.#isFull) return;
      const definition = definitions.get(id);
      if (definition === undefined) continue;
      const { block } = definition;
      const known = this.#cache.get([block]);
      const hasRule = isFirst;
      isFirst = false;
      if (known !== undefined && known.html.startsWith('<hr>') === hasRule && holds(known.reads, this.#page, [block])) {
        this.#push(known, block, block);
        continue;
      }
      yield;
      const made = this.#made([block], facts => {
        const number = element('span', {}, [text(`${facts.ask('note', id) ?? '?'}.`)]);
        const body = element('div', { className: 'footnote-body' }, new BlockFiller(facts, 0).block());
        const own = { className: 'footnote', id: anchorOf(`fn-${id}`), role: 'doc-footnote' };
        return [...(hasRule ? [element('hr', {})] : []), element('div', own, [number, body])];
      });
      this.#cache.keep(made);
      this.#push(made, block, block);
    }
  }
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

  constructor(facts: FactReader, from: number) {
    this.#facts = facts;
    this.#chapter = facts.page.analysis.chapter;
    this.#from = from;
  }

  part(part: Part, depth: number): Html[] {
    switch (part.kind) {
      case 'block':
        return this.#lined(this.#block(part.at), part.at);
      case 'unopened':
        return this.#lined(unopenedNodes(part.cell), part.at);
      case 'div':
        return this.#lined(this.#div(part, depth), part.at);
    }
  }

  #filler(at: number): BlockFiller {
    return new BlockFiller(this.#facts, at - this.#from);
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

  #div(part: DivPart, depth: number): Html[] {
    const { attributes: own, children } = part;
    if (isHidden(own)) return [];
    if (depth > MOST_NESTED) {
      const { blocks } = this.#chapter;
      const source = this.#chapter.slice(blocks[part.at]!.range.start, blocks[part.end - 1]!.range.end);
      return [noteNode([text('Shown as source, since it is nested too deeply.')]), codeBlock(source)];
    }
    const callout = own.classes.find(name => name.startsWith('callout-'))?.slice('callout-'.length);
    if (callout !== undefined) return [this.#callout(part, callout, depth)];
    const inner = children.flatMap(child => this.part(child, depth + 1));
    const kind = /^(fig|tbl|lst)-/.exec(own.id ?? '')?.[1];
    if (kind !== undefined) {
      const filler = this.#filler(part.at);
      const caption = own.get(`${kind}-cap`);
      const words = [...filler.label(own.id), ...(caption === undefined ? [] : filler.inline(caption))];
      const below = words.length === 0 ? [] : [foreign('figcaption', {}, words)];
      const alt = own.get('fig-alt');
      return [foreign('figure', { ...propertiesOf(own), ...(alt ? { ariaLabel: alt } : {}) }, [...inner, ...below])];
    }
    if (inner.length === 0) return [];
    const { classes } = own;
    const tag = classes.includes('column-margin') || classes.includes('aside') ? 'aside' : 'div';
    const names = classNames(classes.map(name => (name === 'aside' ? 'column-margin' : name)));
    const id = own.id === undefined ? undefined : anchorOf(own.id);
    return [element(tag, { id, className: names === '' ? undefined : names.split(' ') }, inner)];
  }

  #callout(part: DivPart, callout: string, depth: number): Html {
    const { attributes: own } = part;
    const filler = this.#filler(part.at);
    const given = own.get('title');
    // A callout without a title attribute takes its first heading.
    const first = part.children.find(child => child.kind !== 'block' || this.#isShown(child.at));
    const isTitled = first?.kind === 'block' && this.#chapter.blocks[first.at]!.kind === 'heading';
    const heading = isTitled ? unwrapped(this.#filler(first.at).block()) : undefined;
    const inner = part.children
      .filter(child => child !== first || heading === undefined)
      .flatMap(child => this.part(child, depth + 1));
    const kind = callout.replace(/-/g, ' ');
    const words = given === undefined ? heading : filler.inline(given);
    const shown = words ?? [text(entryOf(KIND_TITLES, callout) ?? kind.charAt(0).toUpperCase() + kind.slice(1))];
    const kindNodes = words === undefined ? [] : [element('span', { className: 'callout-kind' }, [text(kind)])];
    const collapse = own.get('collapse');
    const id = own.id === undefined ? undefined : anchorOf(own.id);
    const common = { id, className: ['callout', `callout-${callout.replace(/[^\w-]/g, '')}`] };
    const title = { className: 'callout-title' };
    if (collapse === undefined)
      return element('section', common, [element('div', title, [...kindNodes, ...shown]), ...inner]);
    const summary = element('summary', title, [...kindNodes, ...shown]);
    return element('details', { ...common, open: collapse === 'false' }, [summary, ...inner]);
  }

  #isShown(at: number): boolean {
    return !isSilent(this.#chapter.blocks[at]!);
  }
}

/** What stands inside the one element that a heading or a paragraph is. */
function unwrapped(nodes: readonly Html[]): Html[] {
  const only = nodes.find(node => node.type === 'element');
  return only === undefined || only.type !== 'element' ? [...nodes] : (only.children as Html[]);
}

/** True for what Quarto leaves out of HTML. */
function isHidden(own: Attributes): boolean {
  const format = own.get('when-format') ?? '';
  const forHtml = /html/.test(format);
  if (own.classes.includes('content-visible'))
    return (format !== '' && !forHtml) || /html/.test(own.get('unless-format') ?? '');
  if (own.classes.includes('content-hidden')) return format === '' || forHtml;
  return false;
}
