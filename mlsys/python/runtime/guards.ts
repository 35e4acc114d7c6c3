/** Functions of a book that guard: they raise where their first argument is false. Their calls are checks, as those of `check`. */
import type { PyException } from './errors';
import type { Frame } from './frame';
import type { FunctionCode } from './function';
import type { Value } from './objects';

/** How a function guards. */
export interface Guard {
  /** Place of the condition among the parameters. */
  readonly parameter: number;
  /** False where that is not seen from its own body: it hands the condition on, and counts if what it calls is a guard. */
  readonly certain: boolean;
  /** True where other arguments say whether a false condition raises or only warns. */
  readonly lenient?: boolean;
}

/** Runs the body of a guard; the library, which knows numbers with units, tells how the call is recorded. */
export const guardCalls: { run: (code: FunctionCode, frame: Frame, caller: Frame | undefined) => Value } = {
  run: (code, frame) => code.run(frame),
};

/** Names of functions that count as guards, whatever their bodies tell; of the session that runs. */
export const namedGuards: { names: ReadonlySet<string> } = { names: new Set() };

/** Exceptions by which guards ended. */
export const failedGuards = new WeakSet<PyException>();
