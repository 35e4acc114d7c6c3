/** What a text alone does not decide: places in a block's nodes that one analysis fills. Offsets count from the block's start. */
import type { Attributes } from '../chapter/model';
import type { InlineNode } from '../chapter/prose';
import type { CaptionPlace } from './captions';
import type { ChildKind } from './divs';
import type { Html } from './hast';
import type { CodeLines } from './lines';

export type Slot =
  /** `` `{python} expr` ``; texts that stand elsewhere, such as a caption among attributes, know no offset. */
  | {
      readonly kind: 'value';
      readonly expr: string;
      readonly offset: number | undefined;
      /** What it is within the text around it; by itself it may read otherwise. */
      readonly shown?: readonly Html[];
    }
  /** The key of a citation or of a cross-reference; `locator` is what `@key [p. 3]` puts behind it. */
  | {
      readonly kind: 'key';
      readonly key: string;
      readonly crossref: string | undefined;
      readonly suppressed: boolean;
      readonly bracketed: boolean;
      readonly locator: readonly Html[];
    }
  /** Keys that are cited together; `keys` are those that are no cross-references, `children` all of it key by key. */
  | {
      readonly kind: 'citation';
      readonly offset: number;
      readonly inText: boolean;
      readonly keys: readonly string[];
      readonly children: readonly Html[];
    }
  /** The number of a footnote, at the place where it is called. */
  | { readonly kind: 'note'; readonly id: string; readonly offset: number }
  /** A footnote in the text; its words stand at the end of the page. */
  | { readonly kind: 'inlineNote'; readonly offset: number; readonly children: readonly Html[] }
  | {
      readonly kind: 'formula';
      readonly tex: string;
      readonly display: boolean;
      readonly label: string | undefined;
    }
  /** `\ref{id}`. */
  | { readonly kind: 'texReference'; readonly id: string }
  /** `Figure 3` and `end` before a caption; an image without an id may be a panel of a figure. */
  | {
      readonly kind: 'label';
      readonly id: string | undefined;
      readonly offset: number | undefined;
      readonly end: string;
    }
  /** What a figure shows (of a table nothing) and its caption, in the order that the chapter asks for; `place` is its own. */
  | {
      readonly kind: 'captioned';
      readonly of: 'fig' | 'tbl';
      readonly place: CaptionPlace | undefined;
      readonly shown: readonly Html[];
      readonly words: readonly Html[];
    }
  /** A div within a list, a quotation or a note. */
  | {
      readonly kind: 'div';
      readonly attributes: Attributes;
      readonly line: number | undefined;
      readonly children: readonly (ChildKind & { readonly nodes: readonly Html[] })[];
    }
  /** A span or code that is shown under conditions. */
  | { readonly kind: 'conditional'; readonly attributes: Attributes; readonly children: readonly Html[] }
  /** The number of the heading at an offset. */
  | { readonly kind: 'section'; readonly offset: number }
  /** A picture from the chapter's workspace; its caption describes it where `alt` does not. */
  | {
      readonly kind: 'image';
      readonly url: string;
      readonly alt: string | undefined;
      readonly caption: readonly InlineNode[];
      readonly width?: string | undefined;
      readonly height?: string | undefined;
    }
  /** A link, or an image (`caption`), to what a definition elsewhere names; `plain` is what stands there without one. */
  | {
      readonly kind: 'linkReference';
      readonly label: string;
      readonly caption: readonly InlineNode[] | undefined;
      readonly alt: string | undefined;
      readonly children: readonly Html[];
      readonly plain: readonly Html[];
    }
  /** Markdown that an element of HTML names as its content. */
  | { readonly kind: 'markdown'; readonly text: string }
  /** A list of examples; the chapter counts them. */
  | { readonly kind: 'examples'; readonly offset: number; readonly children: readonly Html[] }
  | { readonly kind: 'cell'; readonly offset: number }
  /** Code in its colours. */
  | {
      readonly kind: 'code';
      readonly language: string;
      readonly source: string;
      readonly lines: CodeLines;
      readonly hasShortcodes?: boolean;
    }
  /** `{{< name args >}}`; `isBlock` where it is a paragraph. */
  | { readonly kind: 'shortcode'; readonly name: string; readonly args: readonly string[]; readonly isBlock?: boolean }
  /** Code within text, and the link to an address, that hold shortcodes. */
  | { readonly kind: 'shortcodeText'; readonly text: string }
  | {
      readonly kind: 'link';
      readonly url: string;
      readonly title: string | undefined;
      readonly children: readonly Html[];
    }
  /** `{{< embed args >}}` that is a paragraph. */
  | { readonly kind: 'embed'; readonly args: readonly string[] }
  /** A word of the page by the name under which `language` sets it; `plain` where it is English. */
  | { readonly kind: 'word'; readonly name: string; readonly plain: string }
  /** `:name:` of an emoji that there is. */
  | { readonly kind: 'emoji'; readonly name: string }
  /** A graph that Graphviz draws, from a file or here; `offset` is that of its source's first line, `width` in inches. */
  | {
      readonly kind: 'graph';
      readonly source: string;
      readonly file: string | undefined;
      readonly offset: number;
      readonly alt: string | undefined;
      readonly width: number | undefined;
    }
  /** A diagram of Mermaid, which the page draws, from a file or here; otherwise like a graph. */
  | {
      readonly kind: 'diagram';
      readonly source: string;
      readonly file: string | undefined;
      readonly offset: number;
      readonly alt: string | undefined;
      readonly width: number | undefined;
    }
  /** A TikZ drawing; `offset` is that of its source's first line. */
  | { readonly kind: 'drawing'; readonly source: string; readonly offset: number; readonly alt: string | undefined };
