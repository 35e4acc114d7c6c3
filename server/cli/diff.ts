/** `reckoner diff`: the numbers of chapters that changed since a revision, or against another file, and why. */
import { dirname, relative, resolve } from 'node:path';
import { compareNumbers, isSame } from '../comparison';
import type { Engine } from '../engine';
import { FileError } from '../files/access';
import { chaptersOf, shownName, tellLeftOut } from './check/chapters';
import type { DiffFormat } from './diff/formats';
import { Past } from './diff/past';
import { type ChapterDiff, type DiffReport, printed } from './diff/print';
import { machine, makeEngine } from './engine';
import { type Io, UsageError } from './io';
import { printableLine } from './printable';
import { Progress } from './progress';
import { type Workspace, type WorkspaceOptions, workspaceOf } from './workspace';

export interface DiffCommand extends WorkspaceOptions {
  /** A revision, or a chapter. */
  readonly against: string;
  readonly format: DiffFormat;
}

/** Prints the differences; the exit code is 0 where there are none, 1 where there are, 2 where a file cannot be read. */
export async function diff(path: string, options: DiffCommand, io: Io): Promise<number> {
  const whole = resolve(io.cwd, path);
  const workspace = workspaceOf(options, [whole], io);
  const engine = makeEngine(workspace);
  const other = resolve(io.cwd, options.against);
  const isFile = machine.filesIn(dirname(other)).stat(other)?.kind === 'file';
  if (isFile && machine.filesIn(whole).stat(whole)?.kind === 'folder')
    throw new UsageError(`--against ${options.against}: a folder is compared with a revision, not with a file`);
  const report = isFile
    ? await againstFile(whole, other, engine, io)
    : await againstRevision(path, options.against, { engine, workspace }, io);
  io.out(printed(report, options.format, io));
  if (report.unread > 0) return 2;
  return report.chapters.length === 0 ? 0 : 1;
}

async function againstFile(path: string, other: string, engine: Engine, io: Io): Promise<DiffReport> {
  const read = (one: string) => ({ analysis: engine.evaluate(one, engine.read(one)) });
  const found = await compareNumbers(read(other), read(path));
  const chapters: readonly ChapterDiff[] = isSame(found) ? [] : [{ path, file: shownName(path, io), diff: found }];
  return { against: shownName(other, io), chapters, compared: 1, unread: 0 };
}

async function againstRevision(
  path: string,
  against: string,
  { engine, workspace }: { readonly engine: Engine; readonly workspace: Workspace },
  io: Io,
): Promise<DiffReport> {
  const whole = resolve(io.cwd, path);
  const past = await Past.at(against, whole, workspace);
  const { files, problems, leftOut } = chaptersOf([path], engine, workspace, io);
  tellLeftOut(leftOut, io);
  const chapters: ChapterDiff[] = [];
  const errors: FileError[] = [...problems];
  for (const { path: one, shownAs: file } of new Progress(io).over(files, one => one.shownAs))
    try {
      const found = await past.compare(one, engine);
      if (found === undefined) chapters.push({ path: one, file, status: 'added' });
      else if (!isSame(found)) chapters.push({ path: one, file, diff: found });
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      errors.push(error);
    }
  const present = files.map(file => file.path);
  for (const one of past.gone(whole, present)) {
    const from = machine.filesIn(io.cwd).root;
    chapters.push({ path: one, file: relative(from, one), status: 'removed' });
  }
  for (const { message } of errors) io.err(`reckoner: ${printableLine(message)}\n`);
  return { against: past.name, chapters, compared: files.length, unread: errors.length };
}
