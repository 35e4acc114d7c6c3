/**
 * Texts to pieces of HTML: Markdown by micromark, formulas by KaTeX, colours of code. What depends on a text alone is made
 * here and nowhere else, because neither library can be interrupted and both need more than linear time for texts that
 * are made for it. A live preview lets a process of its own do this (see `worker/typesetter.ts`).
 */

import { markdownTree, parseBlock } from '../chapter/markdown';
import type { BlockKind } from '../chapter/model';
import type { RenderMath } from './context';
import type { Piece } from './pieces';
import { inlinePieces, innerPieces, piecesOf, pythonHtml } from './tree';

/** How a text is to be read: as a block of some kind, or as something smaller. */
export type TypesetForm = BlockKind | 'inline' | 'markdown' | 'python' | 'inlineFormula' | 'displayFormula';

export interface TypesetRequest {
  readonly form: TypesetForm;
  readonly text: string;
}

export type TypesetOutcome =
  | { readonly kind: 'done'; readonly pieces: readonly Piece[] }
  /** It is being made; the text stands in its place until then. */
  | { readonly kind: 'waiting' }
  /** It costs too much; the reason is for the reader, without a full stop. */
  | { readonly kind: 'refused'; readonly reason: string };

export type Typeset = (request: TypesetRequest) => TypesetOutcome;

/** Longest texts that are set, in UTF-16 units. */
const MOST_TEXT = 200_000;
const MOST_TEX = 20_000;
/** Longest HTML that a text may turn into. */
const MOST_HTML = 4_000_000;

/** Why a text is not set at all; undefined for one that is. */
export function refusalOf({ form, text }: TypesetRequest): string | undefined {
  const most = form === 'inlineFormula' || form === 'displayFormula' ? MOST_TEX : MOST_TEXT;
  return text.length > most ? `it is longer than ${most.toLocaleString('en')} characters` : undefined;
}

/** Line of an offset within the block, from 0; offsets that are asked for grow, for the most part. */
function lineCounter(text: string): (offset: number) => number {
  let last = 0;
  let line = 0;
  return offset => {
    if (offset < last) {
      last = 0;
      line = 0;
    }
    for (let at = text.indexOf('\n', last); at >= 0 && at < offset; at = text.indexOf('\n', last)) {
      line++;
      last = at + 1;
    }
    return line;
  };
}

function make({ form, text }: TypesetRequest, math: RenderMath | undefined): readonly Piece[] | undefined {
  switch (form) {
    case 'inline':
      return inlinePieces(text);
    case 'markdown':
      return piecesOf(markdownTree(text), () => 0);
    case 'python':
      return [pythonHtml(text)];
    case 'inlineFormula':
    case 'displayFormula':
      return math === undefined ? undefined : [math(text, form === 'displayFormula')];
    case 'heading':
    case 'caption':
      return innerPieces(parseBlock(form, text));
    case 'lineBlock':
    case 'table':
    case 'gridTable':
      return piecesOf(parseBlock(form, text), () => 0);
    case 'footnote': {
      const [note] = parseBlock(form, text).children;
      const children = note !== undefined && 'children' in note ? note.children : [];
      return piecesOf({ type: 'root', children: children as never }, () => 0);
    }
    default:
      return piecesOf(parseBlock(form, text), lineCounter(text));
  }
}

/** Sets one text here and now; never throws, whatever the text. Formulas are refused without `math`. */
export function typeset(request: TypesetRequest, math: RenderMath | undefined): TypesetOutcome {
  const reason = refusalOf(request);
  if (reason !== undefined) return { kind: 'refused', reason };
  try {
    const pieces = make(request, math);
    if (pieces === undefined) return { kind: 'refused', reason: 'formulas are not loaded' };
    const length = pieces.reduce((sum, piece) => sum + (typeof piece === 'string' ? piece.length : 0), 0);
    return length > MOST_HTML ? { kind: 'refused', reason: 'its HTML is too large' } : { kind: 'done', pieces };
  } catch (error) {
    // The libraries recurse, and the stack is what ends that.
    if (error instanceof RangeError) return { kind: 'refused', reason: 'it is nested too deeply' };
    return { kind: 'refused', reason: error instanceof Error ? error.message : String(error) };
  }
}
