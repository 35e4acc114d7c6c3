/** A file that the chapter names, or the chapter itself, that cannot be read. Whoever has the files finds these. */
import type { Rule } from '../rule';

export const unreadableFile: Rule = { code: 'unreadable-file', severity: 'error' };
