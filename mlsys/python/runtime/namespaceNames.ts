/** What the names of the chapter itself go by, and what leads to them. */

/** The chapter as a module. */
export const MAIN = '__main__';

/** The state of a session that tells which names its cells have bound. */
export const NAMES = 'names';

/** Attributes that lead to the names of a module or of the kernel, whatever has them. */
export const TO_NAMES: ReadonlySet<string> = new Set([
  ...['__globals__', 'func_globals', 'f_globals', 'f_locals', 'user_ns', 'user_global_ns', 'user_module'],
]);

/** Functions that run code which nobody has seen. */
export const RUNS_TEXT: ReadonlySet<string> = new Set([
  ...['eval', 'exec'],
  ...['run_line_magic', 'run_cell_magic', 'magic', 'run_cell', 'ex', 'push', 'safe_execfile', 'enable_pylab'],
]);

/** True for the dotted name of what leads to the chapter's names: `__main__.table`, `builtins.exec`. */
export function isNamespacePath(path: string): boolean {
  return /^(__main__|builtins\.(globals|exec|eval))\b/.test(path);
}
