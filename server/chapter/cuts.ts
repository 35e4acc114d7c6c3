/** What a chapter's text is cut into. */
import type { BlockKind } from './model';

/** A cell's lines; offsets are absolute while cutting and relative to their block once it is kept. */
export interface CellCut {
  readonly start: number;
  readonly fenceEnd: number;
  readonly codeStart: number;
  readonly codeEnd: number;
  /** Start of the closing fence's line, or -1. */
  readonly closeStart: number;
  readonly end: number;
  readonly indentation: string;
}

/** Any other fence. */
export interface FenceCut {
  readonly start: number;
  readonly openEnd: number;
  readonly codeStart: number;
  readonly codeEnd: number;
  readonly end: number;
  readonly closed: boolean;
  readonly mark: string;
  readonly info: string;
}

export interface Cut {
  readonly kind: BlockKind;
  readonly start: number;
  readonly end: number;
  readonly startLine: number;
  readonly endLine: number;
  /** End of the text that was read to decide on the block: an edit beyond it cannot change it. */
  readonly readEnd: number;
  readonly cells: readonly CellCut[];
  readonly fences: readonly FenceCut[];
}
