/** What ends the following of one value and no more. */
import { PyError, Refusal } from '../python/runtime/errors';
import { asOwnError } from '../python/runtime/frame';
import { UnknownReached } from '../python/runtime/unknown';

/** Thrown where an expression cannot be followed. */
export class NotFollowed extends Error {
  constructor(code: string) {
    super(`"${code}" is not followed.`);
  }
}

/** Undefined where something is not followed. */
export function attempted<T>(body: () => T): T | undefined {
  try {
    return body();
  } catch (error) {
    if (!isRefusal(error)) throw error;
    return undefined;
  }
}

/** True for what ends the following of one value and no more. */
export function isRefusal(thrown: unknown): boolean {
  const error = asOwnError(thrown);
  return (
    error instanceof NotFollowed ||
    error instanceof PyError ||
    error instanceof Refusal ||
    error instanceof UnknownReached
  );
}
