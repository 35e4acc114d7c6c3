/** A parser's log for tests, where an inconsistency that the parser repairs is a failure. */
export function noRepair(message: string): never {
  throw new Error(message);
}
