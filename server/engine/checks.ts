/** Checks of chapters that are not open. */
import type { CancellationToken } from 'vscode-languageserver';
import type { CheckedChapter } from '../workspace/check';

/** Checks chapters on disk apart from the program, each in its turn; see `Engine.checks`. */
export interface Checks {
  /**
   * The findings of a chapter, under the name `shownAs`, by the settings of the file. Rejects with `FileError` where it
   * cannot be read, with `Cancelled`, and with another error where nothing can be evaluated.
   */
  check(path: string, shownAs: string, options?: ChosenChecks, token?: CancellationToken): Promise<CheckedChapter>;
  /** Files have changed on disk: what is asked from now on sees them as they are, what is under way perhaps not. */
  refresh(): void;
  /** Ends what is under way; what was asked is never answered. */
  close(): void;
}

export interface ChosenChecks {
  /** The text to check, where it is not the one on disk. */
  readonly text?: string;
  /** Apply the preferred fixes to the text that is given back. */
  readonly fix?: boolean;
  /** Codes of the rules that count. */
  readonly rules?: readonly string[];
}
