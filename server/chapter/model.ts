/**
 * What a chapter consists of. Every range is absolute: UTF-16 offsets into `Chapter.text`, `end` exclusive.
 *
 * A chapter is an immutable snapshot. Its text is cut into top-level blocks; an edit keeps the blocks that it does not
 * touch. What a block contains hangs on its `content`, which is the same object in both snapshots as long as the
 * block's text and its kind are the same: results about a block or a cell may be cached by it (a WeakMap). The items
 * themselves are views at the block's present place and are made when a list is first read.
 */

import type { Composition } from './composition';
import type { Execution, InheritedMetadata } from './execution';
import type { Lines } from './lines';
import type { NodeOf, ProseNode, ProseTree, ProseType } from './prose/nodes';
import type { OffsetRange } from './ranges';

export type { Composition } from './composition';
export type { Execution, InheritedMetadata, LockedValues, Metadata } from './execution';
export type { Lines } from './lines';
export type { OffsetRange } from './ranges';

export type BlockKind =
  | 'blank'
  | 'frontMatter'
  | 'heading'
  | 'paragraph'
  /** A fenced listing that is no cell; also raw blocks (`{=latex}`). */
  | 'code'
  | 'indentedCode'
  | 'cell'
  | 'divOpen'
  | 'divClose'
  /** A pipe or simple table, its caption included where it stands next to it. */
  | 'table'
  | 'gridTable'
  /** A caption line that belongs to no table. */
  | 'caption'
  | 'list'
  | 'definitionList'
  | 'quote'
  | 'lineBlock'
  /** A footnote definition with all its indented paragraphs. */
  | 'footnote'
  | 'linkDefinition'
  | 'comment'
  | 'html'
  | 'rawTex'
  /** Display math that stands alone, its label included. */
  | 'math'
  | 'rule'
  /** The whole text of a chapter that is too long to be read. */
  | 'unread';

/** A top-level stretch of the chapter. The blocks cover the whole text without gaps. */
export interface Block {
  readonly index: number;
  readonly kind: BlockKind;
  /** With its last line end. */
  readonly range: OffsetRange;
  readonly text: string;
  /** Same object as long as text and kind are the same: a key for caches. */
  readonly content: object;
}

/** A `key: value` of a cell's `#|` lines. */
export interface CellOption {
  readonly key: string;
  /** The value as YAML reads it; undefined for one that is not valid YAML. */
  readonly value: unknown;
  /** The value as written, quotes removed. */
  readonly text: string;
  readonly range: OffsetRange;
  readonly keyRange: OffsetRange;
  readonly valueRange: OffsetRange;
}

/** A name that a header box lists: under Exports `x_str` (or a pattern `gpu_*`), under Imports `mlsys.constants` or `A` of it. */
export interface HeaderName {
  readonly name: string;
  /** Under Imports: the module that a name in parentheses comes from. */
  readonly module?: string;
  readonly range: OffsetRange;
}

/** A `Name: text` of a cell's boxed comment; a text over several lines is joined by blanks. */
export interface HeaderField {
  /** As written: `Context`, `Goal`, `Show`, `How`, `Imports`, `Exports`, and others such as `PURPOSE`. */
  readonly name: string;
  readonly text: string;
  /** From the name to the end of the text. */
  readonly range: OffsetRange;
  readonly nameRange: OffsetRange;
  readonly textRange: OffsetRange;
  /** Under Imports and Exports: the names listed; empty for `(none)`. */
  readonly names: readonly HeaderName[];
  /** The list ends in `etc.` or dots: it names some of many. */
  readonly isOpen: boolean;
}

/** The boxed comment at the top of a cell. */
export interface CellHeader {
  readonly title: string | undefined;
  readonly range: OffsetRange;
  readonly fields: readonly HeaderField[];
  /** The field of that name, whatever its case. */
  field(name: string): HeaderField | undefined;
}

/** A ```` ```{python} ```` block, cut as Quarto's Jupyter engine cuts it. */
export interface Cell {
  /** 0, 1, … in document order. */
  readonly index: number;
  readonly block: Block;
  /** Cache key: same object as long as the cell's text is the same. */
  readonly content: object;
  /** From the opening fence to the end of the closing one, without the last line end. */
  readonly range: OffsetRange;
  /** The opening fence's line. */
  readonly fenceRange: OffsetRange;
  /** The closing fence's line; undefined where the chapter ends first. */
  readonly closeRange: OffsetRange | undefined;
  /** The lines between the fences. */
  readonly codeRange: OffsetRange;
  /** Blanks before the opening fence. */
  readonly indentation: string;
  /** The code: lines joined by `\n`, the fence's indentation removed; what the Python parser reads. */
  readonly source: string;
  readonly options: readonly CellOption[];
  option(key: string): CellOption | undefined;
  readonly label: string | undefined;
  readonly labelRange: OffsetRange | undefined;
  readonly header: CellHeader | undefined;
  /** The same with offsets into `source`. */
  readonly sourceHeader: CellHeader | undefined;
  /** False where Quarto does not run it: with `#| eval: false`, or because of what the chapter or its project says. */
  readonly run: boolean;
  /** True with `error: true`, its own or the chapter's: an exception is shown on the page, and the render goes on. */
  readonly allowsErrors: boolean;
  /** The value of an option, the cell's own or the chapter's default. */
  setting(key: string): unknown;
  /** Offset into `source` to offset into the chapter. */
  toDocument(sourceOffset: number): number;
  toDocumentRange(range: OffsetRange): OffsetRange;
  /** Offset into the chapter to offset into `source`; offsets outside the code are clamped. */
  toSource(offset: number): number;
}

/** Where a reference or another inline item stands. */
export type InlineContext =
  | 'paragraph'
  | 'heading'
  | 'list'
  | 'table'
  | 'gridTable'
  | 'caption'
  | 'footnote'
  | 'quote'
  | 'definition'
  /** In a value between braces, such as a div's `fig-cap="…"`. */
  | 'attribute'
  /** Between dollars: the text is put in, but reads as TeX. */
  | 'math'
  | 'link'
  /** In an HTML comment: Quarto evaluates it all the same, but nobody sees it. */
  | 'comment'
  | 'rawTex'
  | 'html'
  /** In a listing made by indentation: Quarto evaluates it all the same. */
  | 'indentedCode'
  /** In a `#| fig-cap:` or other option of a cell: never evaluated, so not among `Chapter.refs`. */
  | 'cellOption';

/** An inline reference, `` `{python} expr` ``. */
export interface Ref {
  /** 0, 1, … in document order, over `Chapter.refs`. */
  readonly index: number;
  readonly block: Block;
  /** With both backticks. */
  readonly range: OffsetRange;
  readonly expr: string;
  /** The expression without the blanks around it. */
  readonly exprRange: OffsetRange;
  readonly context: InlineContext;
  /** How many cells stand before it: it sees what the cells 0 … cellsBefore-1 left. */
  readonly cellsBefore: number;
}

/** The references of one block. */
export interface RefGroup {
  readonly block: Block;
  /** Their number. */
  readonly count: number;
  /** Index of the first one. */
  readonly first: number;
  /** How many cells stand before the block. */
  readonly cellsBefore: number;
  /** How many cells of the block itself stand before its reference `at`; `at` counts from 0 within the group. */
  cellsInside(at: number): number;
  /** The expression of reference `at`. */
  expr(at: number): string;
  /** Where reference `at` stands in the text of the block. */
  rangeInText(at: number): OffsetRange;
  /** Made when first asked for. */
  readonly refs: readonly Ref[];
}

/** Python code that has a closing fence but no opening one, or one that opens no cell. */
export interface UnopenedCell {
  /** From the first line of code to the end of the stray closing fence. */
  readonly range: OffsetRange;
  readonly codeRange: OffsetRange;
  /** The stray closing fence; what must be put before `codeRange.start` is `` `fence` + "{python}" + newline ``. */
  readonly closeRange: OffsetRange;
  /** The backticks of that fence. */
  readonly fence: string;
  /** The line that was meant to open it, such as ```` ```{pyhton} ````. */
  readonly opening: MistakenFence | undefined;
  readonly source: string;
  readonly title: string | undefined;
  /** Names that the code assigns at module level, in order, each once. */
  readonly exports: readonly NamedRange[];
  /** Number of cells before it. */
  readonly cellsBefore: number;
  /** Number of references before it. */
  readonly refsBefore: number;
}

/** A line that Quarto does not take for the fence of a cell. */
export interface MistakenFence {
  readonly range: OffsetRange;
  readonly text: string;
  /** True for what opens a listing of Python, as it may well be meant to, and a reference needs what its code assigns. */
  readonly isListing: boolean;
}

export interface NamedRange {
  readonly name: string;
  readonly range: OffsetRange;
}

/** A fence that is never closed: the rest of the chapter, or all up to the next cell, is code. */
export interface UnclosedFence {
  readonly range: OffsetRange;
  readonly fence: string;
  readonly cell: boolean;
}

/** Prefix of a label that Quarto numbers: `fig`, `tbl`, `sec`, `eq`, `lst`, `thm`, …; undefined for plain ids. */
export type LabelKind = string;

/** Something that can be referred to. */
export interface Label {
  readonly id: string;
  readonly kind: LabelKind | undefined;
  /** The id without its `#`. */
  readonly range: OffsetRange;
  /** What carries it. */
  readonly on: 'heading' | 'div' | 'figure' | 'table' | 'equation' | 'code' | 'cell' | 'span' | 'link';
  readonly block: Block;
  /** Title or caption, Markdown as written, where it has one. */
  readonly caption: string | undefined;
}

export interface Attribute {
  readonly key: string;
  readonly value: string;
  readonly range: OffsetRange;
  /** Without quotes. */
  readonly valueRange: OffsetRange;
}

/** What stands between braces: `{#id .class key="value"}`. */
export interface Attributes {
  readonly id: string | undefined;
  readonly idRange: OffsetRange | undefined;
  readonly classes: readonly string[];
  readonly values: readonly Attribute[];
  readonly range: OffsetRange;
  get(key: string): string | undefined;
}

/** A fenced div. */
export interface Div {
  readonly attributes: Attributes;
  readonly id: string | undefined;
  readonly classes: readonly string[];
  /** From the opening line to the end of the closing one. */
  readonly range: OffsetRange;
  readonly openRange: OffsetRange;
  /** Undefined for a div that is never closed. */
  readonly closeRange: OffsetRange | undefined;
  /** 0 for an outermost one. */
  readonly depth: number;
  readonly parent: Div | undefined;
  /** `note`, `example`, … of a `callout-…` class. */
  readonly callout: string | undefined;
  readonly block: Block;
}

export interface Heading {
  readonly level: number;
  /** Markdown as written, attributes removed. */
  readonly text: string;
  readonly textRange: OffsetRange;
  readonly attributes: Attributes | undefined;
  /** As written, else Pandoc's automatic identifier. */
  readonly id: string;
  readonly range: OffsetRange;
  /** A comment line of an unopened cell: a heading to Pandoc, but not to the author. */
  readonly inUnopenedCell: boolean;
  readonly block: Block;
}

/** A node of a block's prose tree at its place; offsets within `node` count from the start of its block. */
export interface ProsePlace<T extends ProseNode = ProseNode> {
  readonly node: T;
  readonly block: Block;
  /** Where it stands. */
  readonly context: InlineContext;
  readonly range: OffsetRange;
  /** A range within the node, in the chapter. */
  place(range: OffsetRange): OffsetRange;
}

/** `<!-- reckoner-ignore code code: reason -->`: silences those rules (all, where none is named) on the next block. */
export interface Ignore {
  readonly codes: readonly string[];
  readonly range: OffsetRange;
  /** The block that it silences, blank ones and other comments skipped; undefined at the end of the chapter. */
  readonly target: OffsetRange | undefined;
}

export interface FrontMatter {
  readonly range: OffsetRange;
  /** The YAML between the marks. */
  readonly text: string;
  readonly textRange: OffsetRange;
  /** An empty object where the YAML is broken. */
  readonly data: Readonly<Record<string, unknown>>;
  readonly error: { readonly message: string; readonly range: OffsetRange } | undefined;
  readonly title: string | undefined;
  /** Files named under `bibliography`. */
  readonly bibliography: readonly string[];
}

/** Text that may have been meant as a reference, such as `$x_str$` with a lost backtick: `{python} name` outside any code span. */
export interface BareReference {
  readonly range: OffsetRange;
  /** Text after `{python}`. */
  readonly expr: string;
  readonly context: InlineContext;
  readonly block: Block;
}

/** One edit: the text from `start` to `end` of the previous chapter was replaced by `text`. */
export interface TextChange {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** A chapter as it stands in one version of its text. */
export interface Chapter {
  readonly uri: string;
  /** Put together from the blocks when first asked for. */
  readonly text: string;
  readonly lines: Lines;
  /** How the text is put together; undefined for a chapter that includes nothing. */
  readonly composition: Composition | undefined;
  /** Longer than `MAX_CHAPTER_LENGTH`, or of more than `MAX_BLOCKS` blocks: its text is one `unread` block, and everything else is empty. */
  readonly tooLong: boolean;
  readonly blocks: readonly Block[];
  readonly cells: readonly Cell[];
  readonly refs: readonly Ref[];
  /** The same, block by block, without the blocks that have none. */
  readonly refGroups: readonly RefGroup[];
  /** Number of references as they are written, whether Quarto evaluates them or not. */
  readonly writtenRefs: number;
  /** References in cell options: Quarto never evaluates them. */
  readonly optionRefs: readonly Ref[];
  readonly bareReferences: readonly BareReference[];
  readonly unopenedCells: readonly UnopenedCell[];
  readonly unclosedFences: readonly UnclosedFence[];
  readonly labels: readonly Label[];
  readonly divs: readonly Div[];
  /** Closing `:::` lines that close nothing. */
  readonly strayDivCloses: readonly OffsetRange[];
  readonly headings: readonly Heading[];
  readonly ignores: readonly Ignore[];
  readonly frontMatter: FrontMatter | undefined;
  /** What the chapter inherits from its project and folders. */
  readonly inherited: InheritedMetadata;
  /** What runs, as Quarto decides it. */
  readonly execution: Execution;
  /**
   * The nodes of a type in the prose trees of all blocks, in order: keys, notes, links, images, tables, math, listings, …
   * Blocks that may hold one are read when they have not been yet.
   */
  nodes<T extends ProseType>(type: T): readonly ProsePlace<NodeOf<T>>[];
  /** What one of its blocks opens (with attributes) or closes of a div; undefined for one that does neither. */
  divMark(block: Block): { readonly attributes: Attributes | undefined } | undefined;
  /** The prose tree of one of its blocks. */
  tree(block: Block): ProseTree;
  /** A stretch of the text. Unlike `text` it costs nothing after an edit. */
  slice(start: number, end: number): string;
  /** Reads the labels of one of its blocks and its nodes of these types, so that they are there when the whole chapter is asked for them. */
  read(block: Block, types: readonly ProseType[]): void;
  /** Reads what the numbers of the whole chapter come from (labels, notes, lists), in steps of one block each. */
  reading(): Generator<void, void>;
  /** The block at an offset; the last one for the end of the text. */
  blockAt(offset: number): Block | undefined;
  cellAt(offset: number): Cell | undefined;
  /** The reference whose backticks enclose the offset. */
  refAt(offset: number): Ref | undefined;
  /** Innermost div around an offset. */
  divAt(offset: number): Div | undefined;
  /** Number of cells that start before an offset: the namespace seen there. */
  cellsBefore(offset: number): number;
}
