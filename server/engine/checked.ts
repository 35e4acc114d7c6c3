/** What is known of a version of a chapter. */
import type { Finding } from '../diagnostics';
import type { Analysis } from '../evaluation/analysis';

/** What is known of the present version of a chapter; an edit leads back to `parsed`, whatever the state. */
export type DocumentState =
  /** The text is read; its cells are to be evaluated, or are being so. */
  | 'parsed'
  /** Cells and references have been evaluated to their ends. */
  | 'evaluated'
  /** The rules have looked at that. */
  | 'checked'
  /** The document is closed; nothing follows. */
  | 'closed';

/** What is known of a version that has been checked. */
export interface Checked {
  readonly version: number;
  readonly analysis: Analysis;
  readonly findings: readonly Finding[];
  /** False where some findings, such as those about sentences, are still looked for: they follow, in another one of the same version. */
  readonly isWhole: boolean;
}
