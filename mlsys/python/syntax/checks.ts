/** Faults that the grammar allows: `return` outside a function, a starred expression on its own. */
import type { Module } from './ast';
import type { Issue } from './faults';

/** The faults of a parsed module that only its structure shows. */
export function checkProgram(_module: Module): Issue[] {
  return [];
}
