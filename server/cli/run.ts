/** `reckoner run`: a Python file in the evaluator. */
import { resolve } from 'node:path';
import { runFile } from '../../mlsys';
import { makeEngine } from './engine';
import type { Io } from './io';
import { printable } from './printable';
import { type WorkspaceOptions, workspaceOf } from './workspace';

/** Prints what the file prints, on a terminal without what would steer it, and the traceback of an exception on standard error; 1 if there was one. */
export function runScript(file: string, options: WorkspaceOptions, io: Io): number {
  const path = resolve(io.cwd, file);
  const engine = makeEngine(workspaceOf(options, [path], io));
  const source = engine.read(path).replace(/^\uFEFF/, '');
  const { stdout, fault, traceback } = runFile(source, file, { modules: engine.packagesOf(path) });
  io.out(io.terminal ? printable(stdout) : stdout);
  if (fault === undefined) return 0;
  const shown = io.progress ? printable(traceback) : traceback;
  io.err(shown.endsWith('\n') ? shown : `${shown}\n`);
  return 1;
}
