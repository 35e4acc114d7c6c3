/**
 * A block's HTML in pieces: what its text alone decides, cut where values, numbers of references and formulas go in.
 * Pieces are kept with the block's content, so an update only fills them in.
 */
import type { CitationItem } from '../chapter/markdown';

/** `` `{python} expr` `` at an offset in its block. */
export interface RefPiece {
  readonly kind: 'ref';
  readonly expr: string;
  readonly offset: number;
}

export interface CitationPiece {
  readonly kind: 'citation';
  readonly items: readonly CitationItem[];
  readonly bracketed: boolean;
}

export interface NotePiece {
  readonly kind: 'note';
  readonly id: string;
}

export interface MathPiece {
  readonly kind: 'math';
  readonly tex: string;
  readonly display: boolean;
  readonly label: string | undefined;
}

/** The number of the thing with that id: `Figure 3` before its caption. */
export interface LabelPiece {
  readonly kind: 'label';
  readonly id: string;
}

/** The number of the heading that starts the block. */
export interface HeadingPiece {
  readonly kind: 'heading';
}

/** A cell inside another block (in a list, a quote); by the offset of its fence. */
export interface CellPiece {
  readonly kind: 'cell';
  readonly offset: number;
}

/** A TikZ block inside another block; by the offset of its fence. */
export interface DrawingPiece {
  readonly kind: 'drawing';
  readonly source: string;
  readonly offset: number;
}

/** A picture from the chapter's workspace. */
export interface ImagePiece {
  readonly kind: 'image';
  readonly url: string;
  readonly alt: string;
}

export type DynamicPiece =
  | RefPiece
  | CitationPiece
  | NotePiece
  | MathPiece
  | LabelPiece
  | HeadingPiece
  | CellPiece
  | DrawingPiece
  | ImagePiece;
export type Piece = string | DynamicPiece;

const OPEN = '\uE000';
const CLOSE = '\uE001';
const MARK = /\uE000(\d+)\uE001/g;

/** Text of the chapter without the two characters that mark pieces here. */
export function unmarked(text: string): string {
  return text.includes(OPEN) || text.includes(CLOSE) ? text.replace(/[\uE000\uE001]/g, '\uFFFD') : text;
}

/** Collects dynamic pieces while a tree is turned into HTML. */
export class Marks {
  readonly #pieces: DynamicPiece[] = [];

  /** The text that stands for a piece in the HTML. */
  mark(piece: DynamicPiece): string {
    this.#pieces.push(piece);
    return `${OPEN}${this.#pieces.length - 1}${CLOSE}`;
  }

  /** Cuts HTML at its marks. */
  cut(html: string): Piece[] {
    const found: Piece[] = [];
    let from = 0;
    for (const match of html.matchAll(MARK)) {
      if (match.index > from) found.push(html.slice(from, match.index));
      const piece = this.#pieces[Number(match[1])];
      if (piece !== undefined) found.push(piece);
      from = match.index + match[0].length;
    }
    if (from < html.length) found.push(html.slice(from));
    return found;
  }
}
