/** Pictures that the library draws call by call: what is told of calls that did not happen, or may have. */
import type { Value } from './objects';
import type { UnknownCause } from './unknown';

/** The channel of functions that draw on whatever picture is the current one. */
export const CURRENT_DRAWING = 'the current drawing';

/** What a recorder of drawings makes of that; without one, nothing. */
export const drawings: {
  /** A call with these arguments drew nothing: of a method of that object, or of a function that draws on the current picture. */
  missed: (object: Value | undefined, name: string, given: readonly Value[], cause: UnknownCause) => void;
  /** Code that did not run, or that nobody knows, may have drawn with that object, or on the current picture. */
  touched: (object: Value | undefined, cause: UnknownCause) => void;
  /** A function that nobody knows was called, which may have made a picture the current one. */
  called: (name: string, given: readonly Value[], cause: UnknownCause) => void;
} = {
  missed: () => undefined,
  touched: () => undefined,
  called: () => undefined,
};
