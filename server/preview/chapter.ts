/**
 * A chapter as blocks of HTML, keyed by content: one a top-level block of the source, an outermost div with all that it
 * holds being one. Pure: the same analysis and context give the same blocks.
 */

import { entryOf } from '../../mlsys';
import type { Block, Chapter, Div, UnopenedCell } from '../chapter/model';
import type { Analysis } from '../evaluation/analysis';
import type { PreviewBlock, PreviewPlace } from '../protocol';
import { blockHtml, type Index, indexOf } from './blocks';
import { unopenedHtml } from './cells';
import type { PreviewContext } from './context';
import { Filler } from './fill';
import { noteHtml } from './source';
import { anchorOf, attributes, classNames, codeHtml, digest, escapeHtml } from './text';

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

export function renderChapter(analysis: Analysis, context: PreviewContext = {}): RenderedChapter {
  const work = renderSteps(analysis, context);
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
  }
}

/** The same in steps of one block each, so that others get their turn between them. */
export function* renderSteps(analysis: Analysis, context: PreviewContext = {}): Generator<void, RenderedChapter> {
  // Numbers come from all blocks.
  yield* analysis.chapter.reading();
  const renderer = new Renderer(analysis, context);
  yield* renderer.run();
  return { title: titleOf(analysis.chapter), blocks: renderer.blocks };
}

/** What a page can hold without becoming a burden to its reader: blocks, and the length of their HTML together. */
const MOST_BLOCKS = 5000;
const MOST_HTML = 8_000_000;
/** Longest HTML of one of them. */
const MOST_BLOCK_HTML = 2_000_000;
/** Divs within divs beyond this depth stand as source. */
const MOST_NESTED = 50;

const KIND_TITLES: Readonly<Record<string, string>> = { tip: 'Tip', note: 'Note', warning: 'Warning' };

class Renderer {
  readonly #chapter: Chapter;
  readonly #filler: Filler;
  readonly #index: Index;
  readonly #opens: ReadonlyMap<number, Div>;
  readonly blocks: RenderedBlock[] = [];
  readonly #keys = new Map<string, number>();
  #length = 0;

  constructor(analysis: Analysis, context: PreviewContext) {
    this.#chapter = analysis.chapter;
    this.#filler = new Filler(analysis, context);
    this.#index = indexOf(this.#chapter);
    this.#opens = new Map(this.#chapter.divs.map(div => [div.openRange.start, div]));
  }

  *run(): Generator<void, void> {
    const { blocks } = this.#chapter;
    this.#title();
    for (let at = 0; at < blocks.length; ) {
      yield;
      const block = blocks[at]!;
      if (this.#isFull) {
        const line = this.#filler.lineOf(block.range.start) + 1;
        this.#push(noteHtml(`The chapter is too long for the preview, which ends at line ${line}.`), block, block);
        return;
      }
      this.#filler.baseLine = this.#filler.lineOf(block.range.start);
      const lost = this.#unopened(block);
      if (lost !== undefined) {
        const next = this.#behind(lost.range.end, at);
        this.#push(unopenedHtml(lost, this.#filler), block, blocks[next - 1]!);
        at = next;
        continue;
      }
      const div = block.kind === 'divOpen' ? this.#divOf(block) : undefined;
      if (div === undefined) {
        this.#push(blockHtml(block, this.#filler, this.#index), block, block);
        at++;
      } else {
        const [html, next] = yield* this.#div(div, at, 1);
        this.#push(html, block, blocks[next - 1]!);
        at = next;
      }
    }
    yield* this.#notes();
  }

  get #isFull(): boolean {
    return this.blocks.length >= MOST_BLOCKS || this.#length >= MOST_HTML;
  }

  #unopened({ range }: Block): UnopenedCell | undefined {
    return this.#chapter.unopenedCells.find(cell => cell.range.start <= range.start && range.start < cell.range.end);
  }

  /** Index of the first block from `at + 1` on that starts at an offset or behind it. */
  #behind(offset: number, at: number): number {
    const { blocks } = this.#chapter;
    let next = at + 1;
    while (next < blocks.length && blocks[next]!.range.start < offset) next++;
    return next;
  }

  #divOf(block: Block): Div | undefined {
    for (let at = block.range.start; at < block.range.end; at++) {
      const div = this.#opens.get(at);
      if (div !== undefined) return div;
    }
    return undefined;
  }

  #push(made: string, first: Block, last: Block): void {
    if (made === '') return;
    const html = made.length > MOST_BLOCK_HTML ? noteHtml('This part is too long for the preview.') : made;
    const line = this.#filler.lineOf(first.range.start);
    const endLine = Math.max(line + 1, this.#filler.lineOf(last.range.end));
    const name = digest(html);
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
    const subtitle = frontMatter.data.subtitle;
    const below = typeof subtitle === 'string' ? `<p class="reckoner-elsewhere">${escapeHtml(subtitle)}</p>` : '';
    const words = this.#filler.typeset('inline', frontMatter.title, undefined);
    this.#push(`<header><h1 class="reckoner-title">${words}</h1>${below}</header>`, first, first);
  }

  /** A div from its opening block on: its HTML, and the index of the block behind it. */
  *#div(div: Div, from: number, depth: number): Generator<void, [string, number]> {
    const { blocks } = this.#chapter;
    if (depth > MOST_NESTED) {
      const why = noteHtml('Shown as source, since it is nested too deeply.');
      const source = this.#chapter.slice(div.range.start, div.range.end);
      return [`${why}${codeHtml(source)}`, this.#behind(div.range.end, from)];
    }
    const close = div.closeRange?.start ?? Number.POSITIVE_INFINITY;
    let inner = '';
    let title: string | undefined;
    let at = from + 1;
    while (at < blocks.length) {
      yield;
      const block = blocks[at]!;
      if (block.range.start >= close || (block.kind === 'divClose' && block.range.end > close)) break;
      if (block.range.start >= div.range.end) break;
      // It is replaced as a whole when it is put into the page.
      if (inner.length > MOST_BLOCK_HTML) return [inner, this.#behind(div.range.end, from)];
      const lost = this.#unopened(block);
      if (lost !== undefined) {
        inner += unopenedHtml(lost, this.#filler);
        at = this.#behind(lost.range.end, at);
        continue;
      }
      const nested = block.kind === 'divOpen' ? this.#divOf(block) : undefined;
      if (nested !== undefined) {
        const [html, next] = yield* this.#div(nested, at, depth + 1);
        inner += html;
        at = next;
        continue;
      }
      // A callout without a title attribute takes its first heading.
      if (div.callout !== undefined && title === undefined && inner === '' && block.kind === 'heading')
        title = blockHtml(block, this.#filler, this.#index).replace(/^<h\d[^>]*>|<\/h\d>$/g, '');
      else inner += this.#shifted(block);
      at++;
    }
    if (at < blocks.length && blocks[at]!.kind === 'divClose') at++;
    return [this.#wrap(div, blocks[from]!, inner, title), at];
  }

  /** A block inside a div, with lines counted from the div's. */
  #shifted(block: Block): string {
    const html = blockHtml(block, this.#filler, this.#index);
    const by = this.#filler.lineOf(block.range.start) - this.#filler.baseLine;
    if (html === '') return '';
    const moved = html.replace(/ data-l="(\d+)"/g, (_whole, line: string) => ` data-l="${Number(line) + by}"`);
    return /^<[a-z0-9]+(?![^>]* data-l=)/.test(moved) ? moved.replace(/^<([a-z0-9]+)/, `<$1 data-l="${by}"`) : moved;
  }

  #wrap(div: Div, block: Block, inner: string, heading: string | undefined): string {
    const { attributes: own, callout, classes } = div;
    const id = div.id === undefined ? undefined : anchorOf(div.id);
    if (hidden(div)) return '';
    if (callout !== undefined) return this.#callout(div, block, inner, heading);
    const kind = /^(fig|tbl|lst)-/.exec(div.id ?? '')?.[1];
    if (kind !== undefined) {
      const caption = own.get(`${kind}-cap`);
      const words = caption === undefined ? '' : this.#filler.typeset('inline', caption, block);
      const label = this.#filler.labelHtml(div.id);
      const below = label + words === '' ? '' : `<figcaption>${label}${words}</figcaption>`;
      const alt = own.get('fig-alt');
      return `<figure${attributes({ id, class: classNames(classes), 'aria-label': alt })}>${inner}${below}</figure>`;
    }
    const tag = classes.includes('column-margin') || classes.includes('aside') ? 'aside' : 'div';
    const names = classNames(classes.map(name => (name === 'aside' ? 'column-margin' : name)));
    return inner === '' ? '' : `<${tag}${attributes({ id, class: names })}>${inner}</${tag}>`;
  }

  #callout(div: Div, block: Block, inner: string, heading: string | undefined): string {
    const { attributes: own, callout } = div;
    const given = own.get('title');
    const kind = callout!.replace(/-/g, ' ');
    const words = given === undefined ? heading : this.#filler.typeset('inline', given, block);
    const shown = words ?? entryOf(KIND_TITLES, callout!) ?? kind.charAt(0).toUpperCase() + kind.slice(1);
    const kindHtml = words === undefined ? '' : `<span class="callout-kind">${escapeHtml(kind)}</span>`;
    const collapse = own.get('collapse');
    const id = div.id === undefined ? undefined : anchorOf(div.id);
    const common = attributes({ id, class: `callout callout-${callout!.replace(/[^\w-]/g, '')}` });
    if (collapse === undefined)
      return `<section${common}><div class="callout-title">${kindHtml}${shown}</div>${inner}</section>`;
    const open = collapse === 'false' ? ' open' : '';
    return `<details${common}${open}><summary class="callout-title">${kindHtml}${shown}</summary>${inner}</details>`;
  }

  /** Footnotes stand at the end, each a block of its own, in the order of their numbers. */
  *#notes(): Generator<void, void> {
    const { notes } = this.#filler.numbering;
    const definitions = new Map(this.#chapter.nodes('footnote').map(place => [place.node.id, place]));
    let first = true;
    for (const [id, number] of notes) {
      yield;
      if (this.#isFull) return;
      const definition = definitions.get(id);
      if (definition === undefined) continue;
      const { block } = definition;
      this.#filler.baseLine = this.#filler.lineOf(block.range.start);
      const rule = first ? '<hr>' : '';
      first = false;
      this.#push(
        `${rule}<div class="footnote" id="${escapeHtml(anchorOf(`fn-${id}`))}" role="doc-footnote"><span>${number}.</span><div class="footnote-body">${this.#filler.block(block)}</div></div>`,
        block,
        block,
      );
    }
  }
}

/** True for what Quarto leaves out of HTML. */
function hidden({ classes, attributes: own }: Div): boolean {
  const format = own.get('when-format') ?? '';
  const unless = own.get('unless-format') ?? '';
  const forHtml = /html/.test(format);
  if (classes.includes('content-visible')) return (format !== '' && !forHtml) || /html/.test(unless);
  if (classes.includes('content-hidden')) return format === '' || forHtml;
  return false;
}
