/** Blocks and their items at their present place: views that add the block's start to relative ranges. */
import { shiftedAttributes } from './attributes';
import type { CellContent } from './cells';
import type { BlockContent } from './content';
import type { RefItem } from './inline';
import { labelKind } from './labels';
import type {
  Attributes,
  Block,
  BlockKind,
  Cell,
  CellHeader,
  CellOption,
  Citation,
  CodeBlock,
  Crossref,
  FootnoteRef,
  HeaderField,
  Heading,
  Image,
  InlineContext,
  InlineFootnote,
  Label,
  Link,
  MathSpan,
  OffsetRange,
  Ref,
  RefGroup,
  Shortcode,
  Table,
} from './model';
import { shifted } from './ranges';

/** Items of a block at their place, made when asked for. */
interface PlacedItems {
  crossrefs: readonly Crossref[] | undefined;
  citations: readonly Citation[] | undefined;
  labels: readonly Label[] | undefined;
  math: readonly MathSpan[] | undefined;
}

/** A block at its place; what does not depend on other blocks is made once per place. */
export class PlacedBlock implements Block {
  readonly content: BlockContent;
  readonly start: number;
  readonly index: number;
  /** How far the scanner read to decide on the block, from its start. */
  readonly readLength: number;
  /** Most blocks are placed anew at each edit above them, and few are asked for their items: one field for all of them. */
  #items: PlacedItems | undefined = undefined;

  constructor(content: BlockContent, start: number, index: number, readLength: number) {
    this.content = content;
    this.start = start;
    this.index = index;
    this.readLength = readLength;
  }

  get #placed(): PlacedItems {
    this.#items ??= { crossrefs: undefined, citations: undefined, labels: undefined, math: undefined };
    return this.#items;
  }

  get kind(): BlockKind {
    return this.content.kind;
  }

  get text(): string {
    return this.content.text;
  }

  get end(): number {
    return this.start + this.content.text.length;
  }

  get range(): OffsetRange {
    return { start: this.start, end: this.end };
  }

  get crossrefs(): readonly Crossref[] {
    if (!this.#placed.crossrefs) {
      const found: Crossref[] = [];
      for (const item of this.content.inline.keys) {
        if (item.kind === undefined) continue;
        found.push({
          id: item.kind + item.key.slice(item.kind.length),
          kind: item.kind,
          range: shifted(item.range, this.start),
          idRange: shifted(item.keyRange, this.start),
          capitalised: !item.key.startsWith(item.kind),
          suppressed: item.suppressed,
          bracketed: item.bracketed,
          context: item.context,
          block: this,
        });
      }
      this.#placed.crossrefs = found;
    }
    return this.#placed.crossrefs;
  }

  get citations(): readonly Citation[] {
    if (!this.#placed.citations) {
      const found: Citation[] = [];
      for (const item of this.content.inline.keys) {
        if (item.kind !== undefined) continue;
        found.push({
          key: item.key,
          range: shifted(item.range, this.start),
          keyRange: shifted(item.keyRange, this.start),
          groupRange: shifted(item.groupRange, this.start),
          bracketed: item.bracketed,
          suppressed: item.suppressed,
          context: item.context,
          block: this,
        });
      }
      this.#placed.citations = found;
    }
    return this.#placed.citations;
  }

  get math(): readonly MathSpan[] {
    this.#placed.math ??= this.content.inline.math.map(item => ({
      display: item.display,
      tex: item.tex,
      range: shifted(item.range, this.start),
      texRange: shifted(item.texRange, this.start),
      label: item.attributes?.id,
      context: item.context,
      block: this,
    }));
    return this.#placed.math;
  }

  /** Labels of everything but cells. */
  get labels(): readonly Label[] {
    this.#placed.labels ??= this.#readLabels();
    return this.#placed.labels;
  }

  get footnoteRefs(): readonly FootnoteRef[] {
    return this.content.inline.notes.map(item => ({ ...item, range: shifted(item.range, this.start), block: this }));
  }

  get inlineFootnotes(): readonly InlineFootnote[] {
    return this.content.inline.inlineNotes.map(item => ({
      range: shifted(item.range, this.start),
      textRange: shifted(item.textRange, this.start),
      block: this,
    }));
  }

  get images(): readonly Image[] {
    const found: Image[] = [];
    for (const item of this.content.inline.links) {
      if (!item.image) continue;
      found.push({
        alt: item.text,
        altRange: shifted(item.textRange, this.start),
        url: item.url,
        urlRange: shifted(item.urlRange, this.start),
        attributes: item.attributes && shiftedAttributes(item.attributes, this.start),
        range: shifted(item.range, this.start),
        block: this,
      });
    }
    return found;
  }

  get links(): readonly Link[] {
    const found: Link[] = [];
    for (const item of this.content.inline.links) {
      if (item.image) continue;
      found.push({
        text: item.text,
        url: item.url,
        urlRange: shifted(item.urlRange, this.start),
        range: shifted(item.range, this.start),
        block: this,
      });
    }
    return found;
  }

  get shortcodes(): readonly Shortcode[] {
    return this.content.inline.shortcodes.map(item => ({
      ...item,
      range: shifted(item.range, this.start),
      block: this,
    }));
  }

  get codeBlocks(): readonly CodeBlock[] {
    return this.content.codeBlocks.map(item => ({
      ...item,
      attributes: item.attributes && shiftedAttributes(item.attributes, this.start),
      range: shifted(item.range, this.start),
      codeRange: shifted(item.codeRange, this.start),
      block: this,
    }));
  }

  /** `idOf` tells the automatic id of a heading without one. */
  heading(idOf: (text: string) => string, inUnopenedCell: boolean): Heading {
    const item = this.content.heading!;
    return {
      level: item.level,
      text: item.text,
      textRange: shifted(item.textRange, this.start),
      attributes: item.attributes && shiftedAttributes(item.attributes, this.start),
      id: item.attributes?.id ?? idOf(item.automaticId),
      range: shifted(item.range, this.start),
      inUnopenedCell,
      block: this,
    };
  }

  table(): Table {
    const item = this.content.table!;
    const place = (cell: { text: string; range: OffsetRange }) => ({
      text: cell.text,
      range: shifted(cell.range, this.start),
    });
    return {
      kind: item.kind,
      range: shifted(item.range, this.start),
      header: item.header.map(place),
      rows: item.rows.map(row => row.map(place)),
      alignments: item.alignments,
      caption: item.caption,
      captionRange: item.captionRange && shifted(item.captionRange, this.start),
      attributes: item.attributes && shiftedAttributes(item.attributes, this.start),
      block: this,
    };
  }

  #readLabels(): Label[] {
    const { content } = this;
    const labels: Label[] = [];
    const add = (attributes: Attributes | undefined, on: Label['on'], caption: string | undefined): void => {
      if (attributes?.id === undefined) return;
      const range = shifted(attributes.idRange!, this.start);
      labels.push({ id: attributes.id, kind: labelKind(attributes.id), range, on, block: this, caption });
    };
    if (content.heading) add(content.heading.attributes, 'heading', content.heading.text);
    for (const { attributes } of content.divMarks) {
      add(attributes, 'div', captionOf(attributes) ?? attributes?.get('title'));
    }
    if (content.table) add(content.table.attributes, 'table', content.table.caption);
    for (const code of content.codeBlocks) add(code.attributes, 'code', captionOf(code.attributes));
    const { inline } = content;
    for (const math of inline.math) add(math.attributes, 'equation', undefined);
    for (const link of inline.links) add(link.attributes, link.image ? 'figure' : 'link', link.text);
    for (const span of inline.spans) add(span.attributes, 'span', span.text);
    if (labels.length > 1) labels.sort((a, b) => a.range.start - b.range.start);
    return labels;
  }
}

/** The `fig-cap`, `tbl-cap`, … among attributes. */
function captionOf(attributes: Attributes | undefined): string | undefined {
  return attributes?.values.find(value => /^(?:fig|tbl|lst)-cap$/.test(value.key))?.value;
}

/** A reference at its place. */
export class PlacedRef implements Ref {
  readonly index: number;
  readonly block: PlacedBlock;
  readonly cellsBefore: number;
  readonly item: RefItem;

  constructor(index: number, block: PlacedBlock, cellsBefore: number, item: RefItem) {
    this.index = index;
    this.block = block;
    this.cellsBefore = cellsBefore;
    this.item = item;
  }

  get range(): OffsetRange {
    return shifted(this.item.range, this.block.start);
  }

  get exprRange(): OffsetRange {
    return shifted(this.item.exprRange, this.block.start);
  }

  get expr(): string {
    return this.item.expr;
  }

  get context(): InlineContext {
    return this.item.context;
  }
}

/** The references of a block at their place. */
export class PlacedRefs implements RefGroup {
  readonly block: PlacedBlock;
  readonly first: number;
  readonly cellsBefore: number;
  #refs: readonly PlacedRef[] | undefined;

  constructor(block: PlacedBlock, first: number, cellsBefore: number) {
    this.block = block;
    this.first = first;
    this.cellsBefore = cellsBefore;
  }

  get range(): OffsetRange {
    return this.block.range;
  }

  get count(): number {
    return this.block.content.inline.refs.length;
  }

  cellsInside(at: number): number {
    const { cells, inline } = this.block.content;
    const { start } = inline.refs[at]!.range;
    let low = 0;
    let high = cells.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (cells[middle]!.cut.start < start) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  expr(at: number): string {
    return this.block.content.inline.refs[at]!.expr;
  }

  get refs(): readonly PlacedRef[] {
    this.#refs ??= this.block.content.inline.refs.map(
      (item, at) => new PlacedRef(this.first + at, this.block, this.cellsBefore + this.cellsInside(at), item),
    );
    return this.#refs;
  }
}

/** A cell at its place. */
export class PlacedCell implements Cell {
  readonly index: number;
  readonly block: PlacedBlock;
  readonly content: CellContent;
  readonly #hasEngine: boolean;
  #options: readonly CellOption[] | undefined;
  #header: CellHeader | undefined | null = null;

  /** `hasEngine` is false in a file whose cells Quarto does not run. */
  constructor(index: number, block: PlacedBlock, content: CellContent, hasEngine: boolean) {
    this.index = index;
    this.block = block;
    this.content = content;
    this.#hasEngine = hasEngine;
  }

  get range(): OffsetRange {
    return this.#place(this.content.cut.start, this.content.cut.end);
  }

  get fenceRange(): OffsetRange {
    return this.#place(this.content.cut.start, this.content.cut.fenceEnd);
  }

  get closeRange(): OffsetRange | undefined {
    const { closeStart, end } = this.content.cut;
    return closeStart < 0 ? undefined : this.#place(closeStart, end);
  }

  get codeRange(): OffsetRange {
    return this.#place(this.content.cut.codeStart, this.content.cut.codeEnd);
  }

  get indentation(): string {
    return this.content.cut.indentation;
  }

  get source(): string {
    return this.content.source;
  }

  get options(): readonly CellOption[] {
    this.#options ??= this.content.options.map(option => ({
      ...option,
      range: this.toDocumentRange(option.range),
      keyRange: this.toDocumentRange(option.keyRange),
      valueRange: this.toDocumentRange(option.valueRange),
    }));
    return this.#options;
  }

  option(key: string): CellOption | undefined {
    return this.options.find(option => option.key === key);
  }

  get label(): string | undefined {
    return this.content.option('label')?.text;
  }

  get labelRange(): OffsetRange | undefined {
    const option = this.content.option('label');
    return option && this.toDocumentRange(option.valueRange);
  }

  get header(): CellHeader | undefined {
    if (this.#header === null) this.#header = this.#placedHeader();
    return this.#header;
  }

  get run(): boolean {
    return this.#hasEngine && this.content.run;
  }

  toDocument(sourceOffset: number): number {
    return this.block.start + this.content.map.toText(sourceOffset);
  }

  toDocumentRange(range: OffsetRange): OffsetRange {
    return { start: this.toDocument(range.start), end: this.toDocument(range.end) };
  }

  toSource(offset: number): number {
    return this.content.map.toSource(offset - this.block.start);
  }

  #place(start: number, end: number): OffsetRange {
    return { start: this.block.start + start, end: this.block.start + end };
  }

  #placedHeader(): CellHeader | undefined {
    const header = this.content.header;
    if (!header) return undefined;
    const fields = header.fields.map(
      (field): HeaderField => ({
        ...field,
        range: this.toDocumentRange(field.range),
        nameRange: this.toDocumentRange(field.nameRange),
        textRange: this.toDocumentRange(field.textRange),
        names: field.names.map(name => ({ ...name, range: this.toDocumentRange(name.range) })),
      }),
    );
    return {
      title: header.title,
      range: this.toDocumentRange(header.range),
      fields,
      field: name => fields.find(field => field.name.toLowerCase() === name.toLowerCase()),
    };
  }
}
