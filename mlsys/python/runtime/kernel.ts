/** Names that a Jupyter kernel puts beside the built-in ones of Python. */

const KERNEL_NAME = /^(?:_{1,3}|In|Out|_i{1,3}|_ih|_oh|_dh|_i?\d+|__(?:builtins?|loader|spec|package)__)$/;

/**
 * True for a name by which a cell gets at earlier cells' texts and values, or at the interpreter: `_`, `Out`, `_i3`, `__builtins__`.
 * Reckoner has no value for it, but it is defined in each cell that does not bind it.
 */
export function isKernelName(name: string): boolean {
  return KERNEL_NAME.test(name);
}
