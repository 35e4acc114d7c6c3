/** `reckoner doctor`: what Reckoner sees of a project, to be pasted into a report. */
import { join, relative, resolve } from 'node:path';
import { FileError } from '../files/access';
import { projectRoot } from '../files/roots';
import { doctorReport, type ExaminedChapter } from '../project/doctor';
import { machine, makeEngine, rootOf } from './engine';
import type { Io } from './io';
import { printable } from './printable';
import { Progress } from './progress';
import { type WorkspaceOptions, workspaceOf } from './workspace';

/** Evaluates each chapter of the project that a file or folder belongs to; the exit code is 0 whatever is found. */
export function doctor(path: string, options: WorkspaceOptions, io: Io): number {
  const whole = resolve(io.cwd, path);
  const inside = machine.filesIn(whole).stat(whole)?.kind === 'folder' ? join(whole, '.qmd') : whole;
  const workspace = workspaceOf(options, [inside], io);
  const engine = makeEngine(workspace);
  const files = machine.filesIn(rootOf(inside, workspace));
  const root = projectRoot(inside, files);
  const { chapters, leftOut } = engine.chaptersAt(root, files.root);
  const examined: ExaminedChapter[] = [];
  for (const chapter of new Progress(io).over(chapters, one => relative(root, one)))
    try {
      const { analysis, packages } = engine.examine(chapter, engine.read(chapter));
      examined.push({ path: chapter, analysis, lookups: packages.lookups });
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      examined.push({ path: chapter, analysis: undefined, problem: error.reason, lookups: new Map() });
    }
  io.out(printable(doctorReport({ root, files, chapters: examined, leftOut })));
  return 0;
}
