/** A chapter made of located blocks; lists of items are gathered from the blocks when first asked for. */
import { ComposedLines, type Composition } from './composition';
import type { DivMark, FoundNode } from './content';
import { buildDivs } from './divs';
import { type Execution, executionOf, type InheritedMetadata, NOTHING_INHERITED } from './execution';
import { readFrontMatter } from './frontMatter';
import { labelKind } from './labels';
import type { LineIndex, Lines } from './lines';
import { type LocatedBlock, LocatedCell, LocatedNode, LocatedRef, LocatedRefs } from './located';
import type {
  BareReference,
  Block,
  Cell,
  Chapter,
  Div,
  FrontMatter,
  Heading,
  Ignore,
  Label,
  OffsetRange,
  ProsePlace,
  Ref,
  UnclosedFence,
  UnopenedCell,
} from './model';
import type { HeadingNode, NodeOf, ProseTree, ProseType } from './prose';
import { RangeCursor, shifted, touches } from './ranges';
import { countFirst } from './sorted';
import { findUnopenedCells } from './unopened';

/** Types of nodes that numbers of the whole chapter come from. */
const NUMBERED: readonly ProseType[] = ['noteReference', 'note', 'list'];

export class ParsedChapter implements Chapter {
  readonly uri: string;
  /** The lines of the text as it is. */
  readonly raw: LineIndex;
  readonly lines: Lines;
  readonly composition: Composition | undefined;
  readonly located: readonly LocatedBlock[];
  readonly #memo = new Map<string, unknown>();
  readonly #frontMatter: FrontMatter | undefined;
  /** False for plain Markdown files, in which Quarto runs nothing whatever they hold. */
  readonly #isQuarto: boolean;
  readonly inherited: InheritedMetadata;
  #text: string | undefined;

  /**
   * `known.text` is the text where somebody has it as a whole, `known.previous` the version before an edit, whose inherited
   * metadata count unless `known.inherited` says otherwise.
   */
  constructor(
    uri: string,
    raw: LineIndex,
    blocks: readonly LocatedBlock[],
    known: {
      readonly text?: string | undefined;
      readonly previous?: ParsedChapter;
      readonly inherited?: InheritedMetadata;
      readonly composition?: Composition | undefined;
    },
  ) {
    this.uri = uri;
    this.#isQuarto = !/\.(md|markdown)$/i.test(uri);
    this.inherited = known.inherited ?? known.previous?.inherited ?? NOTHING_INHERITED;
    this.#text = known.text;
    this.raw = raw;
    this.composition = known.composition;
    this.lines = known.composition === undefined ? raw : new ComposedLines(raw, known.composition);
    this.located = blocks;
    const first = blocks[0];
    if (first?.kind === 'frontMatter') {
      const { previous } = known;
      const same = previous?.located[0]?.content === first.content;
      this.#frontMatter = same ? previous?.frontMatter : readFrontMatter(first.text);
    }
  }

  /** The same text with other inherited metadata. */
  withInherited(inherited: InheritedMetadata): ParsedChapter {
    const { uri, raw, located, composition } = this;
    return new ParsedChapter(uri, raw, located, { text: this.#text, previous: this, inherited, composition });
  }

  /** The same text, known to be put together like this. */
  withComposition(composition: Composition | undefined): ParsedChapter {
    if (composition === this.composition) return this;
    return new ParsedChapter(this.uri, this.raw, this.located, { text: this.#text, previous: this, composition });
  }

  get text(): string {
    this.#text ??= this.located.map(block => block.text).join('');
    return this.#text;
  }

  slice(start: number, end: number): string {
    if (start >= end || this.located.length === 0) return '';
    if (this.#text !== undefined) return this.#text.slice(start, end);
    let block = this.blockAt(start)!;
    let text = block.text.slice(start - block.start, end - block.start);
    while (block.end < end && block.index + 1 < this.located.length) {
      block = this.located[block.index + 1]!;
      text += block.text.slice(0, end - block.start);
    }
    return text;
  }

  get tooLong(): boolean {
    return this.located[0]?.kind === 'unread';
  }

  get blocks(): readonly Block[] {
    return this.located;
  }

  get frontMatter(): FrontMatter | undefined {
    return this.#frontMatter;
  }

  get execution(): Execution {
    return this.#once('execution', () => {
      const languages = new Set<string>();
      if (this.#isQuarto)
        for (const { content } of this.located) for (const language of content.languages) languages.add(language);
      return executionOf(this.#isQuarto ? (this.#frontMatter?.data ?? {}) : {}, this.inherited, languages);
    });
  }

  get cells(): readonly Cell[] {
    return this.#once('cells', () => {
      const { execution } = this;
      const cells: LocatedCell[] = [];
      for (const block of this.located) {
        for (const content of block.content.cells) cells.push(new LocatedCell(cells.length, block, content, execution));
      }
      return cells;
    });
  }

  get refs(): readonly Ref[] {
    return this.#once('refs', () => this.refGroups.flatMap(group => group.refs));
  }

  get refGroups(): readonly LocatedRefs[] {
    return this.#once('refGroups', () => {
      const groups: LocatedRefs[] = [];
      if (!this.execution.runsPython) return groups;
      let refs = 0;
      let cells = 0;
      for (const block of this.located) {
        const { content } = block;
        const count = content.refs.length;
        if (count > 0) groups.push(new LocatedRefs(block, refs, cells));
        refs += count;
        cells += content.cells.length;
      }
      return groups;
    });
  }

  get writtenRefs(): number {
    return this.located.reduce((count, { content }) => count + content.refs.length, 0);
  }

  get optionRefs(): readonly Ref[] {
    return this.#once('optionRefs', () => {
      const refs: LocatedRef[] = [];
      let cells = 0;
      for (const block of this.located) {
        for (const cell of block.content.cells) {
          for (const option of cell.options) {
            if (!option.text.includes('{python}')) continue;
            const base = cell.map.toText(option.valueRange.start);
            const written = block.text.slice(base, cell.map.toText(option.valueRange.end));
            for (const found of written.matchAll(/(?<!`)`\{python\}[ \t]([^`\r\n]+)`/g)) {
              const start = base + found.index;
              const expr = found[1]!.trim();
              const from = start + found[0].indexOf(expr, 10);
              const exprRange = { start: from, end: from + expr.length };
              const range = { start, end: start + found[0].length };
              refs.push(new LocatedRef(refs.length, block, cells, { range, expr, exprRange }, 'cellOption'));
            }
          }
          cells++;
        }
      }
      return refs;
    });
  }

  get bareReferences(): readonly BareReference[] {
    return this.#once('bare', () => {
      const found: BareReference[] = [];
      for (const block of this.located) {
        for (const item of block.content.bare) {
          found.push({ ...item, range: shifted(item.range, block.start), block });
        }
      }
      return found;
    });
  }

  get unopenedCells(): readonly UnopenedCell[] {
    return this.#once('unopened', () =>
      this.#isQuarto ? findUnopenedCells(this.located, (start, end) => this.slice(start, end)) : [],
    );
  }

  get unclosedFences(): readonly UnclosedFence[] {
    return this.#once('unclosed', () => {
      const found: UnclosedFence[] = [];
      const strays = new Set(this.unopenedCells.map(cell => cell.closeRange.start));
      for (const block of this.located) {
        const { fences, cells } = block.content;
        for (const fence of fences) {
          if (fence.closed || strays.has(block.start + fence.start)) continue;
          const range = shifted({ start: fence.start, end: fence.openEnd }, block.start);
          found.push({ range, fence: fence.mark, cell: false });
        }
        for (const { cut } of cells) {
          if (cut.closeStart >= 0) continue;
          const range = shifted({ start: cut.start, end: cut.fenceEnd }, block.start);
          found.push({ range, fence: block.text.slice(cut.start, cut.fenceEnd).trim().match(/^`+/)![0], cell: true });
        }
      }
      return found;
    });
  }

  get labels(): readonly Label[] {
    return this.#once('labels', () => {
      const labels: Label[] = [];
      for (const cell of this.cells) {
        const listing = cell.option('lst-label');
        if (listing !== undefined && listing.text !== '') {
          const caption = cell.option('lst-cap')?.text;
          const kind = labelKind(listing.text);
          labels.push({ id: listing.text, kind, range: listing.valueRange, on: 'code', block: cell.block, caption });
        }
        const id = cell.label;
        if (id === undefined || id === '') continue;
        const kind = labelKind(id);
        const caption = kind ? (cell.option(`${kind}-cap`) ?? cell.option('fig-cap'))?.text : undefined;
        labels.push({ id, kind, range: cell.labelRange!, on: 'cell', block: cell.block, caption });
      }
      if (labels.length === 0) return this.#gather(block => block.labels);
      for (const block of this.located) for (const label of block.labels) labels.push(label);
      return labels.sort((a, b) => a.range.start - b.range.start);
    });
  }

  nodes<T extends ProseType>(type: T): readonly ProsePlace<NodeOf<T>>[] {
    return this.#once(`nodes ${type}`, () => {
      const found: ProsePlace<NodeOf<T>>[] = [];
      for (const block of this.located)
        for (const { node, context } of block.content.nodes(type)) found.push(new LocatedNode(node, context, block));
      return found;
    });
  }

  divMark(block: Block): DivMark | undefined {
    return (block as LocatedBlock).content.divMark;
  }

  tree(block: Block): ProseTree {
    return (block as LocatedBlock).content.tree;
  }

  get divs(): readonly Div[] {
    return this.#divTree.divs;
  }

  get strayDivCloses(): readonly OffsetRange[] {
    return this.#divTree.stray;
  }

  get headings(): readonly Heading[] {
    return this.#once('headings', () => {
      const headings: Heading[] = [];
      const seen = new Map<string, number>();
      const idOf = (id: string): string => {
        const times = seen.get(id) ?? 0;
        seen.set(id, times + 1);
        return times === 0 ? id : `${id}-${times}`;
      };
      const unopened = new RangeCursor(this.unopenedCells.map(cell => cell.range));
      for (const block of this.located)
        if (block.kind === 'heading') {
          const [{ node }] = block.content.nodes('heading') as readonly [FoundNode<HeadingNode>];
          headings.push(block.heading(node, idOf, unopened.at(block.start) !== undefined));
        }
      return headings;
    });
  }

  get ignores(): readonly Ignore[] {
    return this.#once('ignores', () => {
      const found: Ignore[] = [];
      /** The next block that is more than layout. */
      let target: LocatedBlock | undefined;
      let targetRange: OffsetRange | undefined;
      for (let i = this.located.length - 1; i >= 0; i--) {
        const block = this.located[i]!;
        const { ignores } = block.content;
        // In a paragraph that the comment opens, it silences the rest.
        const textEnd = block.kind === 'comment' || ignores.length === 0 ? 0 : block.text.trimEnd().length;
        for (const item of ignores.toReversed()) {
          const range = shifted(item.range, block.start);
          if (textEnd <= item.range.end) targetRange ??= target?.range;
          found.push({ codes: item.codes, range, target: textEnd > item.range.end ? block.range : targetRange });
        }
        if (block.kind === 'blank' || block.kind === 'comment') continue;
        target = block;
        targetRange = undefined;
      }
      return found.reverse();
    });
  }

  read(block: Block, types: readonly ProseType[]): void {
    const { content, labels } = block as LocatedBlock;
    void labels;
    for (const type of types) content.nodes(type);
  }

  *reading(): Generator<void, void> {
    for (const block of this.located) {
      this.read(block, NUMBERED);
      yield;
    }
  }

  blockAt(offset: number): LocatedBlock | undefined {
    const before = countFirst(this.located.length, at => this.located[at]!.start <= offset);
    return this.located[Math.max(0, before - 1)];
  }

  cellAt(offset: number): Cell | undefined {
    return lastBefore(this.cells, offset, cell => touches(cell.range, offset));
  }

  refAt(offset: number): Ref | undefined {
    const group = lastBefore(this.refGroups, offset, one => touches(one.range, offset));
    return group && lastBefore(group.refs, offset, ref => touches(ref.range, offset));
  }

  divAt(offset: number): Div | undefined {
    return this.divs.findLast(div => div.range.start <= offset && offset < div.range.end);
  }

  cellsBefore(offset: number): number {
    return countFirst(this.cells.length, at => this.cells[at]!.range.start < offset);
  }

  get #divTree(): { divs: readonly Div[]; stray: readonly OffsetRange[] } {
    return this.#once('divs', () => buildDivs(this.located, this.lines.length));
  }

  #gather<T>(itemsOf: (block: LocatedBlock) => readonly T[]): readonly T[] {
    const found: T[] = [];
    for (const block of this.located) {
      const items = itemsOf(block);
      for (let i = 0; i < items.length; i++) found.push(items[i]!);
    }
    return found;
  }

  #once<T>(name: string, make: () => T): T {
    if (!this.#memo.has(name)) this.#memo.set(name, make());
    return this.#memo.get(name) as T;
  }
}

/** The last item that starts at or before the offset, if it passes the test; adjoining items may share an end. */
function lastBefore<T extends { readonly range: OffsetRange }>(
  items: readonly T[],
  offset: number,
  holds: (item: T) => boolean,
): T | undefined {
  const count = countFirst(items.length, at => items[at]!.range.start <= offset);
  for (const at of [count - 1, count - 2]) {
    const item = items[at];
    if (item && holds(item)) return item;
  }
  return undefined;
}
