/** Names that code puts into `builtins`, where all modules see them. Which these are is not known. */
import type { UnknownCause } from './unknown';
import { vm } from './vm';

export const BUILTINS = 'builtins';

/** Notes that something may have been put there. */
export function openBuiltins(cause: UnknownCause): void {
  if (openedBuiltins() === undefined) vm.writeState<UnknownCause | undefined>(BUILTINS, cause);
}

/** Why names that nothing binds may be there all the same. */
export function openedBuiltins(): UnknownCause | undefined {
  return vm.readState<UnknownCause | undefined>(BUILTINS, undefined);
}
