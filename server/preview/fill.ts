/** Fills the slots of a block's nodes with what one analysis knows: values, numbers, citations, formulas, pictures. */
import type { Attributes, Block } from '../chapter/model';
import { type InlineNode, type ProseTree, readBlock, textOf } from '../chapter/prose';
import type { RefResult } from '../evaluation/analysis';
import { captioned, locationOption, placeOf, tableCaption } from './captions';
import { cellNodes } from './cells';
import { citationNodes, keyNodes, texReferenceNodes } from './citations/keys';
import { codeFilled } from './code';
import { isHidden } from './conditions';
import { diagramNodes } from './diagramBlocks';
import { type DivChild, divNodes } from './divs';
import { embedNodes } from './embeds';
import { asksForEmoji, emojiOf } from './emoji';
import type { FactReader, Page } from './facts';
import { graphNodes } from './graphBlocks';
import { element, foreign, type Html, htmlOf, text, trusted } from './hast';
import type { HtmlTree } from './html';
import { imageNodes } from './images';
import { inlineHast, linkTo } from './inlines';
import { besideNode, hasNotesBeside, noteBeside } from './marginNotes';
import { behindPunctuation, callNode, nameOf } from './notes';
import type { PlacedValue } from './placedValues';
import { ProseConverter } from './prose';
import { shortcodeBlocks, shortcodeNodes } from './shortcodes';
import { withShortcodes } from './shortcodeText';
import type { Slot } from './slots';
import { sourceNodes } from './source';
import { unnumbered, withPrelude } from './tex';
import { anchorOf, linkOf, withReferences } from './text';
import { drawingNodes } from './tikzBlocks';
import { isInert, shownSource, valueNode, valueNodes } from './values';

type SlotOf<K extends Slot['kind']> = Extract<Slot, { kind: K }>;

/** How slots are filled. */
interface Filling {
  /** The place in the block of an offset of the text that was read. */
  readonly offsetOf?: (offset: number) => number;
  /** True where values stand without the element that makes each a link. */
  readonly bare?: boolean;
}

type Fill<S extends Slot> = (filler: BlockFiller, slot: S, how: Filling) => Html[];

/** The text of a block with values in place of their references. */
interface Joined {
  readonly text: string;
  /** The place in the block of an offset of the text. */
  readonly offsetOf: (offset: number) => number;
  readonly values: readonly PlacedValue[];
}

const AS_WRITTEN: Filling = {};
const BARE: Filling = { bare: true };

const HEADING = /^h[1-6]$/;

const templates = new WeakMap<object, readonly Html[]>();

/** The nodes of a block with its slots, kept as long as the block stays the same. */
function templateOf(block: Block, tree: ProseTree): readonly Html[] {
  let template = templates.get(block.content);
  if (template === undefined) {
    template = new ProseConverter(lineCounter(block.text)).blocks(tree.children);
    templates.set(block.content, template);
  }
  return template;
}

/** Line of an offset within a text, from 0; offsets that are asked for grow, for the most part. */
function lineCounter(written: string): (offset: number) => number {
  let last = 0;
  let line = 0;
  return offset => {
    if (offset < last) {
      last = 0;
      line = 0;
    }
    for (let at = written.indexOf('\n', last); at >= 0 && at < offset; at = written.indexOf('\n', last)) {
      line++;
      last = at + 1;
    }
    return line;
  };
}

/** The references of a block. */
class BlockRefs {
  readonly all: readonly RefResult[];
  readonly #byStart = new Map<number, RefResult>();
  readonly #byExpression = new Map<string, RefResult>();

  constructor(all: readonly RefResult[]) {
    this.all = all;
    for (const result of all) {
      const { expr, range } = result.ref;
      this.#byStart.set(range.start, result);
      if (!this.#byExpression.has(expr)) this.#byExpression.set(expr, result);
    }
  }

  /** The one that stands at an offset, else the first with its expression: within one block, all such have one value. */
  at(start: number, expr: string): RefResult | undefined {
    const placed = this.#byStart.get(start);
    return placed?.ref.expr === expr ? placed : this.with(expr);
  }

  with(expr: string): RefResult | undefined {
    return this.#byExpression.get(expr);
  }
}

function codeNodes({ language, source, lines, hasShortcodes }: SlotOf<'code'>, facts: FactReader): Html[] {
  return codeFilled(language, hasShortcodes ? withShortcodes(source, facts) : source, lines, facts);
}

/** Fills what stands in one block of a part. */
export class BlockFiller {
  readonly facts: FactReader;
  readonly page: Page;
  /** Index of the block in its part; undefined for a text that comes from elsewhere. */
  readonly at: number | undefined;
  readonly #block: Block | undefined;
  /** Lines between the first one of the part and that of the block. */
  readonly lines: number;
  #refs: BlockRefs | undefined;

  constructor(facts: FactReader, at: number | undefined) {
    this.facts = facts;
    this.page = facts.page;
    this.at = at;
    this.#block = at === undefined ? undefined : facts.blocks[at]!;
    const start = this.#block?.range.start;
    this.lines = start === undefined ? 0 : this.page.lineOf(start) - this.page.lineOf(facts.blocks[0]!.range.start);
  }

  get #references(): BlockRefs {
    this.#refs ??= new BlockRefs(this.at === undefined ? [] : this.facts.refs(this.at));
    return this.#refs;
  }

  /** Nodes of the block's own text, or of a text that stands in it, with their slots filled. */
  fill(nodes: readonly Html[], how: Filling = AS_WRITTEN): Html[] {
    const filled: Html[] = [];
    let isCiting = false;
    for (const node of nodes) {
      if (node.type === 'slot' && node.slot.kind === 'citation') isCiting = true;
      if (node.type === 'slot') for (const one of this.#slot(node.slot, how)) filled.push(one);
      else if (node.type === 'element') {
        const { properties, children } = node;
        const line = properties.dataL;
        const own = {
          ...properties,
          ...(typeof line === 'number' && this.lines > 0 ? { dataL: line + this.lines } : {}),
          ...(HEADING.test(node.tagName) && properties.id === undefined ? this.#identified(children) : {}),
        };
        filled.push({ ...node, properties: own, children: this.fill(children, how) });
      } else filled.push(node);
    }
    return isCiting ? behindPunctuation(filled) : filled;
  }

  /** The id of a heading that names none. */
  #identified(children: readonly Html[]): { readonly id?: string } {
    const number = children.find(child => child.type === 'slot' && child.slot.kind === 'section');
    if (this.at === undefined || number?.type !== 'slot' || number.slot.kind !== 'section') return {};
    const id = this.facts.ask('headingId', this.at, number.slot.offset);
    return id === undefined ? {} : { id: anchorOf(id) };
  }

  /** Writes the block's own nodes into a tree whose tags other blocks may close. */
  writeTo(tree: HtmlTree): void {
    const block = this.#block!;
    const { children } = this.page.analysis.chapter.tree(block);
    for (const piece of new ProseConverter(lineCounter(block.text)).pieces(children)) {
      if (typeof piece === 'string') tree.write(piece);
      else tree.insert(this.fill(piece));
    }
  }

  /** A short text that does not stand in the block as it is written, such as a title among attributes. */
  inline(markdown: string): Html[] {
    return this.fill(inlineHast(markdown));
  }

  /** A div that stands in the block, or begins there. */
  div(attributes: Attributes, children: readonly DivChild[]): Html[] {
    return divNodes({
      attributes,
      children,
      label: (id, end) => this.label(id, end),
      inline: markdown => this.inline(markdown),
      floatOf: id => this.facts.ask('float', id),
      word: (name, plain) => text(this.facts.ask('word', name) ?? plain),
      option: name => this.facts.ask('option', name),
      calloutName: callout => this.facts.ask('calloutName', callout),
    });
  }

  #div({ attributes, line, children }: SlotOf<'div'>, how: Filling): Html[] {
    if (isHidden(attributes, this.facts)) return [];
    const shown = children.map(child => ({ ...child, nodes: () => this.fill(child.nodes, how) }));
    const [first, ...rest] = this.div(attributes, shown);
    if (first?.type !== 'element' || line === undefined) return first === undefined ? [] : [first, ...rest];
    return [{ ...first, properties: { ...first.properties, dataL: line + this.lines } }, ...rest];
  }

  /** `Figure 3` with what ends it before a caption; nothing for an id that has no number. */
  label(id: string, end: string): Html[] {
    return this.#label({ kind: 'label', id, offset: undefined, end });
  }

  /**
   * The block's own nodes. A value whose marks may reach into the text around it is read with that text, as Pandoc does:
   * where it makes a difference, the block is shown so.
   */
  block(): Html[] {
    const block = this.#block!;
    const alone = templateOf(block, this.page.analysis.chapter.tree(block));
    const joined = this.#joined(block);
    if (joined === undefined) return this.fill(alone);
    const tree = readBlock(block.kind, joined.text, { cells: [], fences: [] });
    const { offsetOf, values } = joined;
    const together = new ProseConverter(lineCounter(joined.text), values).blocks(tree.children);
    const isSame = htmlOf(this.fill(alone, BARE)) === htmlOf(this.fill(together, { ...BARE, offsetOf }));
    return isSame ? this.fill(alone) : this.fill(together, { offsetOf });
  }

  /** The block's text with the source of such values in place; undefined where it has none. */
  #joined(block: Block): Joined | undefined {
    if (this.page.cells.has(block.index)) return undefined;
    const places: { readonly at: number; readonly shift: number }[] = [];
    const values: PlacedValue[] = [];
    const { text: written } = block;
    let joined = '';
    let from = 0;
    for (const { ref, display } of this.#references.all) {
      const [start, end] = [ref.range.start - block.range.start, ref.range.end - block.range.start];
      // The blank of a reference, of all things, keeps the marks around it from being those of a raised text.
      const isRaised = /[\^~]/.test((written[start - 1] ?? '') + (written[end] ?? ''));
      if (display === undefined || (isInert(display) && !(isRaised && display.mime === 'text/plain'))) continue;
      joined += written.slice(from, start);
      const at = joined.length;
      joined += shownSource(display);
      values.push({ start: at, end: joined.length, expr: ref.expr });
      from = end;
      places.push({ at: joined.length, shift: from - joined.length });
    }
    if (places.length === 0) return undefined;
    // Mostly asked in ascending order.
    let next = 0;
    const shiftAt = (offset: number): number => {
      if (next > 0 && places[next - 1]!.at > offset) next = 0;
      while (next < places.length && places[next]!.at <= offset) next++;
      return places[next - 1]?.shift ?? 0;
    };
    return { text: joined + written.slice(from), offsetOf: offset => offset + shiftAt(offset), values };
  }

  #slot(written: Slot, how: Filling): Html[] {
    const { offsetOf } = how;
    const placed =
      offsetOf !== undefined && 'offset' in written && written.offset !== undefined
        ? { ...written, offset: offsetOf(written.offset) }
        : written;
    const fill = BlockFiller.#fills[written.kind] as Fill<Slot>;
    return fill(this, placed as Slot, how);
  }

  /** How slots of each kind are filled. */
  static readonly #fills: { readonly [K in Slot['kind']]: Fill<SlotOf<K>> } = {
    value: (filler, slot, how) => filler.#value(slot, how),
    key: (filler, slot, how) => keyNodes({ ...slot, locator: filler.fill(slot.locator, how) }, filler.facts),
    citation: (filler, slot) => citationNodes(slot, filler),
    note: (filler, slot) => filler.#note(slot),
    inlineNote: (filler, slot, how) => filler.#inlineNote(slot, how),
    formula: (filler, slot) => filler.#formula(slot),
    texReference: ({ facts }, { id }) => texReferenceNodes(id, facts),
    label: (filler, slot) => filler.#label(slot),
    code: ({ facts }, slot) => codeNodes(slot, facts),
    word: ({ facts }, { name, plain }) => [text(facts.ask('word', name) ?? plain)],
    emoji: ({ facts }, { name }) => [text((asksForEmoji(facts.ask('option', 'from')) && emojiOf(name)) || `:${name}:`)],
    shortcode: (filler, { isBlock, name, args }) =>
      isBlock ? shortcodeBlocks(name, args, filler) : shortcodeNodes(name, args, filler),
    shortcodeText: ({ facts }, slot) => [text(withShortcodes(slot.text, facts))],
    link: (filler, { url, title, children }, how) => [
      linkTo({ url: withShortcodes(url, filler.facts), title }, filler.fill(children, how)),
    ],
    embed: (filler, { args }) => embedNodes(args, filler),
    captioned: (filler, slot, how) => filler.#captioned(slot, how),
    div: (filler, slot, how) => filler.#div(slot, how),
    conditional: (filler, { attributes, children }, how) =>
      isHidden(attributes, filler.facts) ? [] : filler.fill(children, how),
    section: (filler, { offset }) => filler.#section(offset),
    image: (filler, slot) => imageNodes(slot, filler.#altOf(slot.alt, slot.caption), filler.facts),
    linkReference: (filler, slot, how) => filler.#linkReference(slot, how),
    markdown: (filler, slot) => filler.inline(slot.text),
    examples: (filler, slot, how) => filler.#examples(slot, how),
    cell: (filler, { offset }) => filler.#cell(offset),
    drawing: (filler, { source, offset, alt }) => drawingNodes(source, filler.#lineAt(offset), filler.facts, alt),
    graph: (filler, slot) => graphNodes(slot, filler.#lineAt(slot.offset), filler.facts),
    diagram: (filler, slot) => diagramNodes(slot, filler.#lineAt(slot.offset), filler.facts),
  };

  #captioned({ of, place: own, shown, words: written }: SlotOf<'captioned'>, how: Filling): Html[] {
    const place = own ?? placeOf(this.facts.ask('option', locationOption(of)));
    const words = this.fill(written, how);
    return of === 'tbl' ? tableCaption(words, place) : captioned(this.fill(shown, how), words, place);
  }

  #section(offset: number): Html[] {
    const number = this.at === undefined ? undefined : this.facts.ask('section', this.at, offset);
    return number ? [element('span', { className: 'reckoner-number' }, [text(number)])] : [];
  }

  #examples({ offset, children }: SlotOf<'examples'>, how: Filling): Html[] {
    const first = this.at === undefined ? 1 : this.facts.ask('firstExample', this.at, offset);
    const own = { className: ['examples'], ...(first === undefined || first === 1 ? {} : { start: first }) };
    return [foreign('ol', own, this.fill(children, how))];
  }

  /** The line at an offset of the block, counted from that of the part. */
  #lineAt(offset: number): number {
    const block = this.#block;
    const chapterLine = block === undefined ? 0 : this.page.lineOf(block.range.start + offset);
    return chapterLine - this.page.lineOf(this.facts.blocks[0]!.range.start);
  }

  #value({ expr, offset, shown }: SlotOf<'value'>, how: Filling): Html[] {
    const start = (this.#block?.range.start ?? 0) + (offset ?? Number.NaN);
    const result = this.#references.at(start, expr.trim());
    if (result === undefined) return [element('code', {}, [text(`{python} ${expr}`)])];
    const { display } = result;
    const nodes = shown === undefined ? display && valueNodes(display, this) : this.fill(shown, how);
    if (how.bare && nodes !== undefined) return nodes;
    const place = result.ref.exprRange.start;
    const line = this.page.lineOf(place);
    const { character } = this.page.analysis.chapter.lines.positionAt(place);
    const base = this.page.lineOf(this.facts.blocks[0]!.range.start);
    return [valueNode(result, { line: line - base, character }, nodes, this.page)];
  }

  /** What a reference in a description shows. */
  #altOf(alt: string | undefined, caption: readonly InlineNode[]): string {
    return alt ?? textOf(caption, expr => this.#references.with(expr.trim())?.text ?? '?');
  }

  #label({ id, offset, end }: SlotOf<'label'>): Html[] {
    const target = id === undefined ? undefined : this.facts.ask('target', id);
    const panel =
      id !== undefined || offset === undefined || this.at === undefined
        ? undefined
        : this.facts.ask('panel', this.at, offset);
    const title = panel === undefined ? target?.title : `(${panel})`;
    if (title === undefined || title === '') return [];
    // The letter of a panel has its own mark at the end.
    const shown = title.startsWith('(') ? title : `${title}${end}`;
    const label = element('span', { className: 'reckoner-label' }, [text(shown)]);
    return end === '' ? [label] : [label, text(' ')];
  }

  #noteCall(offset: number): number | undefined {
    return this.at === undefined || Number.isNaN(offset) ? undefined : this.facts.ask('noteCall', this.at, offset);
  }

  #note({ id, offset }: SlotOf<'note'>): Html[] {
    const isFirst = this.#noteCall(offset) !== undefined;
    const number = this.facts.ask('note', id);
    const call = callNode(id, number, isFirst);
    if (!isFirst || number === undefined || !this.#hasNotesBeside) return [call];
    const { chapter } = this.page.analysis;
    const at = this.facts.blocks.findIndex(block => noteBeside(chapter, block) === id);
    if (at < 0) return [call];
    this.facts.ask('linesTo', at);
    return [call, besideNode(id, number, new BlockFiller(this.facts, at).block())];
  }

  get #hasNotesBeside(): boolean {
    return this.#block?.kind !== 'footnote' && hasNotesBeside(this.facts);
  }

  /** A note of a text among attributes has no place at the end of the page. */
  #inlineNote({ offset, children }: SlotOf<'inlineNote'>, how: Filling): Html[] {
    const number = this.#noteCall(offset);
    if (number === undefined)
      return [element('small', { className: 'inline-note' }, [text(' ['), ...this.fill(children, how), text(']')])];
    const call = callNode(undefined, number, true);
    if (!this.#hasNotesBeside) return [call];
    return [call, besideNode(nameOf(number), number, [element('p', {}, this.fill(children, how))])];
  }

  #linkReference({ label, caption, alt, children, plain }: SlotOf<'linkReference'>, how: Filling): Html[] {
    const found = this.facts.ask('definition', label);
    if (found === undefined) return this.fill(plain, how);
    if (caption !== undefined) return imageNodes({ url: found.url }, this.#altOf(alt, caption), this.facts);
    const own = { href: linkOf(found.url), ...(found.title ? { title: found.title } : {}) };
    return [foreign('a', own, this.fill(children, how))];
  }

  #cell(offset: number): Html[] {
    if (this.at === undefined) return [];
    const start = this.#block!.range.start + offset;
    const results = this.facts.ask('cells', this.at);
    return results.flatMap((result, index) => {
      const { range } = result.cell;
      return range.start <= start + 1 && start <= range.end ? cellNodes(result, index, this) : [];
    });
  }

  /** Values go into formulas as they go into any text, escapes included, before TeX reads them. */
  #formula({ tex, display, label }: SlotOf<'formula'>): Html[] {
    const filled = withReferences(unnumbered(tex), expr => {
      const found = this.#references.with(expr);
      return found?.display === undefined ? '\\text{?}' : shownSource(found.display);
    });
    const applied = this.facts.ask('macros', this.at, filled);
    const request = { form: display ? 'displayFormula' : 'inlineFormula', text: filled } as const;
    const outcome = this.facts.ask('text', request.form, withPrelude(applied?.prelude, applied?.tex ?? filled));
    const shown = outcome.kind === 'done' ? [trusted(outcome.html)] : sourceNodes(request, outcome);
    if (!display) return shown;
    const target = label === undefined ? undefined : this.facts.ask('target', label);
    const number =
      target === undefined || target.number === ''
        ? []
        : [element('span', { className: 'reckoner-equation-number' }, [text(`(${target.number})`)])];
    const id = label === undefined ? undefined : anchorOf(label);
    return [element('span', { className: 'reckoner-formula', id }, [...shown, ...number])];
  }
}
