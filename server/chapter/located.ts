/** Blocks and their items at their present place: views that add the block's start to relative ranges. */
import { shiftedAttributes } from './attributes';
import type { CellContent } from './cells';
import type { BlockContent, RefItem } from './content';
import type { Execution } from './execution';
import type {
  Block,
  BlockKind,
  Cell,
  CellHeader,
  CellOption,
  HeaderField,
  Heading,
  InlineContext,
  Label,
  OffsetRange,
  ProsePlace,
  Ref,
  RefGroup,
} from './model';
import { type HeadingNode, type ProseNode, textOf } from './prose';
import { shifted } from './ranges';
import { countFirst } from './sorted';

/** A block at its place; what does not depend on other blocks is made once per place. */
export class LocatedBlock implements Block {
  readonly content: BlockContent;
  readonly start: number;
  readonly index: number;
  /** How far the scanner read to decide on the block, from its start. */
  readonly readLength: number;

  constructor(content: BlockContent, start: number, index: number, readLength: number) {
    this.content = content;
    this.start = start;
    this.index = index;
    this.readLength = readLength;
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

  /** Labels of everything but cells. */
  get labels(): readonly Label[] {
    return this.content.labels.map(item => ({ ...item, range: shifted(item.range, this.start), block: this }));
  }

  /** `idOf` tells the automatic id of a heading without one. */
  heading(node: HeadingNode, idOf: (text: string) => string, inUnopenedCell: boolean): Heading {
    const { start } = this;
    return {
      level: node.level,
      text: this.text.slice(node.textRange.start, node.textRange.end),
      textRange: shifted(node.textRange, start),
      attributes: node.attributes && shiftedAttributes(node.attributes, start),
      id: node.attributes?.id ?? idOf(automaticId(node.children)),
      range: { start: node.start + start, end: node.end + start },
      inUnopenedCell,
      block: this,
    };
  }
}

/** Dashes and ellipses, which are single characters by the time that Pandoc makes an identifier. */
const TYPESET = /-{2,3}|\.{3}/g;

const typeset = (node: ProseNode): ProseNode => {
  if (node.type === 'text') return { ...node, value: node.value.replace(TYPESET, '') };
  // Of tags in a heading, Pandoc makes a blank of those that break the line.
  if (node.type === 'html' && /^<br\b/i.test(node.value)) return { ...node, type: 'text', value: ' ' };
  return 'children' in node
    ? ({ ...node, children: (node.children as readonly ProseNode[]).map(typeset) } as ProseNode)
    : node;
};

/** Pandoc's identifier for a heading without one, before it is told from equal ones. */
function automaticId(nodes: readonly ProseNode[]): string {
  const plain = textOf(nodes.map(typeset))
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_.-]/gu, '')
    .trim()
    .replace(/\s+/g, '-')
    .replace(/^[^\p{L}]+/u, '');
  return plain === '' ? 'section' : plain;
}

/** A node of a block's tree at its place. */
export class LocatedNode<T extends ProseNode> implements ProsePlace<T> {
  readonly node: T;
  readonly context: InlineContext;
  readonly block: LocatedBlock;

  constructor(node: T, context: InlineContext, block: LocatedBlock) {
    this.node = node;
    this.context = context;
    this.block = block;
  }

  get range(): OffsetRange {
    return { start: this.node.start + this.block.start, end: this.node.end + this.block.start };
  }

  place({ start, end }: OffsetRange): OffsetRange {
    return { start: start + this.block.start, end: end + this.block.start };
  }
}

/** A reference at its place. */
export class LocatedRef implements Ref {
  readonly index: number;
  readonly block: LocatedBlock;
  readonly cellsBefore: number;
  readonly item: RefItem;
  readonly #context: InlineContext | undefined;

  /** `context` is given where it does not follow from the block's tree. */
  constructor(index: number, block: LocatedBlock, cellsBefore: number, item: RefItem, context?: InlineContext) {
    this.#context = context;
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
    return this.#context ?? this.block.content.contextAt(this.item.range.start);
  }
}

/** The references of a block at their place. */
export class LocatedRefs implements RefGroup {
  readonly block: LocatedBlock;
  readonly first: number;
  readonly cellsBefore: number;
  #refs: readonly LocatedRef[] | undefined;

  constructor(block: LocatedBlock, first: number, cellsBefore: number) {
    this.block = block;
    this.first = first;
    this.cellsBefore = cellsBefore;
  }

  get range(): OffsetRange {
    return this.block.range;
  }

  get count(): number {
    return this.block.content.refs.length;
  }

  cellsInside(at: number): number {
    const { cells, refs } = this.block.content;
    const { start } = refs[at]!.range;
    return countFirst(cells.length, cell => cells[cell]!.cut.start < start);
  }

  expr(at: number): string {
    return this.block.content.refs[at]!.expr;
  }

  rangeInText(at: number): OffsetRange {
    return this.block.content.refs[at]!.range;
  }

  get refs(): readonly LocatedRef[] {
    this.#refs ??= this.block.content.refs.map(
      (item, at) => new LocatedRef(this.first + at, this.block, this.cellsBefore + this.cellsInside(at), item),
    );
    return this.#refs;
  }
}

/** A cell at its place. */
export class LocatedCell implements Cell {
  readonly index: number;
  readonly block: LocatedBlock;
  readonly content: CellContent;
  readonly #execution: Execution;
  #options: readonly CellOption[] | undefined;
  #header: CellHeader | undefined | null = null;

  constructor(index: number, block: LocatedBlock, content: CellContent, execution: Execution) {
    this.index = index;
    this.block = block;
    this.content = content;
    this.#execution = execution;
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

  get sourceHeader(): CellHeader | undefined {
    return this.content.header;
  }

  get header(): CellHeader | undefined {
    if (this.#header === null) this.#header = this.#placedHeader();
    return this.#header;
  }

  get run(): boolean {
    const { runsPython, defaults } = this.#execution;
    return runsPython && (this.content.eval ?? defaults.eval !== false);
  }

  get allowsErrors(): boolean {
    return this.#execution.defaults.error === true || this.content.option('error')?.value === true;
  }

  setting(key: string): unknown {
    const own = this.content.option(key)?.value;
    return own === undefined ? this.#execution.defaults[key] : own;
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
    const header = this.sourceHeader;
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
