/**
 * Nodes of the prose tree: what one block of a chapter means, by Pandoc's rules. Offsets count UTF-16 units from the
 * start of the block, `end` exclusive, so that a tree serves as long as its block's text stays the same, wherever the
 * block moves; `ProsePlace` in the chapter's model adds the place.
 */
import type { Attributes, OffsetRange } from '../model';

interface Placed {
  readonly start: number;
  readonly end: number;
}

interface Bearer extends Placed {
  readonly attributes?: Attributes | undefined;
}

/** Text; its value is the source itself, or stands for one escape, character reference or line end. */
export interface TextNode extends Placed {
  readonly type: 'text';
  readonly value: string;
}

/** A text that costs too much to read; the reason is for its reader, without a full stop. */
export interface UnreadNode extends Placed {
  readonly type: 'unread';
  readonly value: string;
  readonly reason: string;
}

/** A forced line break. */
export interface BreakNode extends Placed {
  readonly type: 'break';
}

export interface MarkNode extends Placed {
  readonly type: 'emphasis' | 'strong' | 'strikeout' | 'superscript' | 'subscript';
  readonly children: readonly InlineNode[];
}

/** Code within text. */
export interface CodeNode extends Bearer {
  readonly type: 'code';
  readonly value: string;
}

/** An inline reference, `` `{python} expr` ``. */
export interface ReferenceNode extends Placed {
  readonly type: 'reference';
  readonly expr: string;
}

/** `` `text`{=format} ``. */
export interface RawNode extends Placed {
  readonly type: 'raw';
  readonly format: string;
  readonly value: string;
}

/** `$…$`, or `$$…$$` with its attributes. */
export interface MathNode extends Bearer {
  readonly type: 'math';
  readonly display: boolean;
  /** Without the dollars, as written. */
  readonly tex: string;
  readonly texStart: number;
}

/** A command or an environment of TeX within text. */
export interface TexNode extends Placed {
  readonly type: 'tex';
  readonly value: string;
}

/** One HTML tag. */
export interface HtmlNode extends Placed {
  readonly type: 'html';
  readonly value: string;
}

export interface CommentNode extends Placed {
  readonly type: 'comment';
  readonly value: string;
}

/** `{{< name args >}}`. */
export interface ShortcodeNode extends Placed {
  readonly type: 'shortcode';
  readonly name: string;
  readonly args: readonly string[];
}

export interface LinkNode extends Bearer {
  readonly type: 'link';
  readonly url: string;
  readonly urlRange: OffsetRange;
  readonly title: string | undefined;
  readonly children: readonly InlineNode[];
}

/** Its children are its caption. */
export interface ImageNode extends Bearer {
  readonly type: 'image';
  readonly url: string;
  readonly urlRange: OffsetRange;
  readonly title: string | undefined;
  readonly children: readonly InlineNode[];
}

/**
 * `[text][label]`, `[text][]`, `[text]`, or the same as an image. Where nothing in the chapter defines the label it is
 * text in brackets.
 */
export interface LinkReferenceNode extends Bearer {
  readonly type: 'linkReference';
  readonly image: boolean;
  /** As `definitionLabel` makes it equal to its definition's. */
  readonly label: string;
  /** What stands behind the text: `[label]`, `[]`, or nothing. */
  readonly tail: string;
  readonly children: readonly InlineNode[];
}

/** `[text]{.class}`. */
export interface SpanNode extends Bearer {
  readonly type: 'span';
  readonly attributes: Attributes;
  readonly children: readonly InlineNode[];
}

/** A key with its `@`; a cross-reference where `kind` is set. */
export interface KeyNode extends Placed {
  readonly type: 'key';
  readonly key: string;
  readonly kind: string | undefined;
  readonly keyStart: number;
  /** `-@key` in brackets. */
  readonly suppressed: boolean;
}

/** `@key`, `@key [p. 3]`, or `[see @a, p. 3; @b]`: the keys among the text around them. */
export interface CitationNode extends Placed {
  readonly type: 'citation';
  readonly bracketed: boolean;
  readonly children: readonly (InlineNode | KeyNode)[];
}

/** `[^id]`. */
export interface NoteReferenceNode extends Placed {
  readonly type: 'noteReference';
  readonly id: string;
}

/** `^[text]`. */
export interface NoteNode extends Placed {
  readonly type: 'note';
  readonly children: readonly InlineNode[];
}

export type InlineNode =
  | TextNode
  | UnreadNode
  | BreakNode
  | MarkNode
  | CodeNode
  | ReferenceNode
  | RawNode
  | MathNode
  | TexNode
  | HtmlNode
  | CommentNode
  | ShortcodeNode
  | LinkNode
  | ImageNode
  | LinkReferenceNode
  | SpanNode
  | CitationNode
  | NoteReferenceNode
  | NoteNode;

export interface ParagraphNode extends Placed {
  readonly type: 'paragraph';
  /** In a list or definition without blank lines: text without a paragraph of its own. */
  readonly tight: boolean;
  readonly children: readonly InlineNode[];
}

export interface HeadingNode extends Bearer {
  readonly type: 'heading';
  readonly level: number;
  /** The title, attributes left out. */
  readonly textRange: OffsetRange;
  readonly children: readonly InlineNode[];
}

export interface ListNode extends Placed {
  readonly type: 'list';
  readonly style: 'bullet' | 'decimal' | 'lowerAlpha' | 'upperAlpha' | 'lowerRoman' | 'upperRoman' | 'example';
  /** Number of the first item. */
  readonly first: number;
  readonly children: readonly ListItemNode[];
}

export interface ListItemNode extends Placed {
  readonly type: 'listItem';
  /** Of a task, `[x]` or `[ ]`. */
  readonly checked: boolean | undefined;
  /** Of an example, `(@label)`. */
  readonly label: string | undefined;
  readonly children: readonly BlockNode[];
}

export interface DefinitionListNode extends Placed {
  readonly type: 'definitionList';
  readonly children: readonly (TermNode | DefinitionNode)[];
}

export interface TermNode extends Placed {
  readonly type: 'term';
  readonly children: readonly InlineNode[];
}

export interface DefinitionNode extends Placed {
  readonly type: 'definition';
  readonly children: readonly BlockNode[];
}

export interface QuoteNode extends Placed {
  readonly type: 'quote';
  readonly children: readonly BlockNode[];
}

export interface LineBlockNode extends Placed {
  readonly type: 'lineBlock';
  readonly children: readonly LineNode[];
}

export interface LineNode extends Placed {
  readonly type: 'line';
  readonly children: readonly InlineNode[];
}

/** A listing, or a raw block (`{=latex}`). */
export interface CodeBlockNode extends Bearer {
  readonly type: 'codeBlock';
  readonly language: string | undefined;
  readonly value: string;
  readonly codeRange: OffsetRange;
  /** Made by indentation alone. */
  readonly indented: boolean;
  /** What stands behind the opening fence. */
  readonly info: string;
}

/** A cell that stands in this block. */
export interface CellNode extends Placed {
  readonly type: 'cell';
}

/** A fenced div within a list, a note or a quote; those of the chapter itself go over several blocks. */
export interface DivNode extends Bearer {
  readonly type: 'div';
  readonly attributes: Attributes;
  readonly openRange: OffsetRange;
  readonly closeRange: OffsetRange;
  readonly children: readonly BlockNode[];
}

/** The line that opens a div of the chapter. */
export interface DivStartNode extends Bearer {
  readonly type: 'divStart';
  readonly attributes: Attributes;
}

export interface HtmlBlockNode extends Placed {
  readonly type: 'htmlBlock';
  readonly value: string;
}

/** An environment of TeX by itself. */
export interface TexBlockNode extends Placed {
  readonly type: 'texBlock';
  readonly value: string;
}

export interface RuleNode extends Placed {
  readonly type: 'rule';
}

export type Alignment = 'left' | 'right' | 'center' | undefined;

export interface TableNode extends Bearer {
  readonly type: 'table';
  readonly form: 'pipe' | 'grid' | 'simple';
  readonly alignments: readonly Alignment[];
  /** How wide columns are in relation to each other, where that is said. */
  readonly widths?: readonly number[];
  /** Rows, and the caption where it has one. */
  readonly children: readonly (TableRowNode | CaptionNode)[];
}

export interface TableRowNode extends Placed {
  readonly type: 'tableRow';
  readonly header: boolean;
  readonly children: readonly TableCellNode[];
}

export interface TableCellNode extends Placed {
  readonly type: 'tableCell';
  /** Where it stands in a grid some cells of which span columns or rows, and how many of these. */
  readonly span?: { readonly column: number; readonly columns: number; readonly rows: number };
  readonly children: readonly BlockNode[];
}

export interface CaptionNode extends Placed {
  readonly type: 'caption';
  readonly children: readonly InlineNode[];
}

/** `[^id]: text`. */
export interface FootnoteNode extends Placed {
  readonly type: 'footnote';
  readonly id: string;
  readonly idRange: OffsetRange;
  readonly textRange: OffsetRange;
  readonly children: readonly BlockNode[];
}

/** `[label]: url "title"`. */
export interface LinkDefinitionNode extends Placed {
  readonly type: 'linkDefinition';
  readonly label: string;
  readonly url: string;
  readonly urlRange: OffsetRange;
  readonly title: string | undefined;
}

export type BlockNode =
  | ParagraphNode
  | HeadingNode
  | ListNode
  | DefinitionListNode
  | QuoteNode
  | LineBlockNode
  | CodeBlockNode
  | CellNode
  | DivNode
  | DivStartNode
  | HtmlBlockNode
  | TexBlockNode
  | CommentNode
  | RuleNode
  | TableNode
  | FootnoteNode
  | LinkDefinitionNode;

export type ProseNode =
  | BlockNode
  | InlineNode
  | KeyNode
  | ListItemNode
  | TermNode
  | DefinitionNode
  | LineNode
  | TableRowNode
  | TableCellNode
  | CaptionNode;

export type ProseType = ProseNode['type'];
export type NodeOf<T extends ProseType> = ProseNode extends infer N
  ? N extends { type: infer U }
    ? T extends U
      ? N
      : never
    : never
  : never;

/** The tree of one block. */
export interface ProseTree {
  readonly children: readonly BlockNode[];
}

/** What stands inside a node; nothing for a leaf. */
export function childrenOf(node: ProseNode | ProseTree): readonly ProseNode[] {
  return 'children' in node ? node.children : [];
}

/** A label of a link, for comparison: its case and the amount of white space do not count. */
export function definitionLabel(text: string): string {
  return text.trim().replace(/\s+/g, ' ').toLowerCase();
}

/** The text that a reader sees, without notes; `shown` tells what a reference shows. */
export function textOf(
  nodes: readonly ProseNode[],
  shown: (expr: string) => string = expr => `{python} ${expr}`,
): string {
  let text = '';
  for (const node of nodes) {
    switch (node.type) {
      case 'text':
      case 'unread':
      case 'code':
        text += node.value;
        break;
      case 'math':
        text += node.tex;
        break;
      case 'reference':
        text += shown(node.expr);
        break;
      case 'break':
        text += ' ';
        break;
      case 'key':
        text += `@${node.key}`;
        break;
      case 'note':
      case 'noteReference':
        break;
      default:
        text += textOf(childrenOf(node), shown);
    }
  }
  return text;
}
