/** What the preview needs besides the analysis; all of it may be missing. */
import type { BibliographyEntry } from '../chapter/bibliography';
import type { Analysis, CellFigure } from '../evaluation/analysis';
import type { Typeset } from './typeset';

/** Turns TeX into HTML. Loaded when a chapter has formulas (see `math.ts`). */
export type RenderMath = (tex: string, display: boolean) => string;

/** Turns code of a language into HTML in colours. Loaded when a chapter has such code (see `highlight.ts`). */
export type ColourCode = (language: string, source: string) => string;

/** Sets the citations of a chapter, from and to JSON. Loaded when a chapter cites something (see `citations/process.ts`). */
export type SetCitations = (request: string) => string;

/** Draws a graph of Graphviz's language, as the JSON of a `GraphDrawing`. Loaded when a chapter has one (see `graphviz.ts`). */
export type DrawGraph = (source: string) => string;

/** A graph as it is drawn. The SVG is clean. */
export interface GraphDrawing {
  /** In points. */
  readonly width: number;
  readonly height: number;
  readonly viewBox: string;
  /** What stands inside the `svg` element. */
  readonly svg: string;
  /** Its nodes and edges in words. */
  readonly description: string;
}

/** A TikZ drawing as far as it is known. The SVG is clean. */
export type Drawing =
  | { readonly kind: 'waiting' }
  | {
      readonly kind: 'drawn';
      /** In points. */
      readonly width: number;
      readonly height: number;
      /** What stands inside the `svg` element. */
      readonly svg: string;
      /** Colours that nobody defines, drawn in grey. */
      readonly greys: readonly string[];
      /** Characters that could not be drawn. */
      readonly missing: readonly string[];
      /** What of the drawing this TeX cannot show. */
      readonly unsupported: readonly string[];
    }
  /** It is not drawn here; the reason is for the reader, without a full stop. */
  | { readonly kind: 'undrawn'; readonly reason: string }
  /** The line is counted from the first of the block's source. */
  | { readonly kind: 'fault'; readonly message: string; readonly line: number | undefined };

/** A file with a graph, or why it cannot be read. */
export type GraphFile = { readonly source: string } | { readonly problem: string };

/** A notebook of Jupyter. */
export interface Notebook {
  readonly language: string;
  readonly cells: readonly NotebookCell[];
}

export interface NotebookCell {
  readonly kind: 'code' | 'markdown';
  /** Its id, label and tags. */
  readonly names: readonly string[];
  /** Its `#|` lines. */
  readonly options: Readonly<Record<string, unknown>>;
  /** Without the lines of its options. */
  readonly source: string;
  readonly outputs: readonly NotebookOutput[];
}

/** What a cell shows, as the notebook keeps it; not yet sanitised. */
export type NotebookOutput =
  | { readonly kind: 'text' | 'warning' | 'error' | 'html' | 'markdown' | 'latex'; readonly text: string }
  /** A `data:` address. */
  | { readonly kind: 'picture'; readonly address: string; readonly width: number | undefined };

/** Another chapter of which cells are shown, and its figures as `PreviewContext.figure` gives them. */
export interface EmbeddedChapter {
  readonly analysis: Analysis;
  readonly figure: PreviewContext['figure'];
}

/** Something of another chapter that is referred to. */
export interface OtherLabel {
  readonly href: string;
  readonly text: string;
  /** As it is written. */
  readonly caption?: string | undefined;
  /** The title of its chapter. */
  readonly chapter?: string | undefined;
}

/** What sets texts; what is missing refuses those that need it. */
export interface Setters {
  readonly math?: RenderMath | undefined;
  readonly colours?: ColourCode | undefined;
  readonly citations?: SetCitations | undefined;
  readonly graphs?: DrawGraph | undefined;
}

export interface PreviewContext extends Setters {
  /** Sets texts; without it they are set here and now, with `math` for formulas, `colours` for code and so on. */
  readonly typeset?: Typeset | undefined;
  /** The SVG of a figure that a cell drew, with its text for those who cannot see it; undefined for one that cannot be drawn. */
  readonly figure?: ((figure: CellFigure, alt: string) => string | undefined) | undefined;
  /** The drawing of a TikZ source; missing where drawings are off. */
  drawing?(source: string): Drawing;
  /** Why the file of a picture cannot be shown, in words; undefined where it can. */
  imageProblem?(url: string): string | undefined;
  /** The folder of the chapter's project, from its own folder on: pictures whose address begins with a slash lie there. */
  projectFolder?(): string;
  /** The bibliography's entry of a key. */
  citation?(key: string): BibliographyEntry | undefined;
  /** The CSL style that the chapter or its project names; without one, references are set by authors and year. */
  citationStyle?(): string | undefined;
  /** A value of the project's `_variables.yml`, by its dotted name. */
  variable?(name: string): string | undefined;
  /** A colour of the project's brand as CSS writes it, for light or dark pages. */
  brandColor?(name: string, mode: 'light' | 'dark'): string | undefined;
  /** A logo of the brand. */
  brandLogo?(
    name: string,
    mode: 'light' | 'dark',
  ): { readonly url: string; readonly alt: string | undefined } | undefined;
  /** The file with a graph that a cell names. */
  graphFile?(name: string): GraphFile;
  /** A notebook by its name in the chapter, or why it cannot be read. */
  notebook?(file: string): Notebook | string;
  /** Another chapter by its name in this one, or why it cannot be read; undefined while nothing is known of it. */
  embeddedChapter?(file: string): EmbeddedChapter | string | undefined;
  /** The chapter's number in its book, a letter for an appendix; missing outside of a book and for a chapter without one. */
  readonly chapterNumber?: string | undefined;
  /** Says where a label that is not in this chapter stands: a file to open, how to read it, and what it is. */
  label?(id: string): OtherLabel | undefined;
}
