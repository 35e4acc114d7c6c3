/** `reckoner lock`: writes what each reference reads into the lock of its project, or says what is not as it says. */
import { dirname, join, resolve } from 'node:path';
import { counted } from '../diagnostics/counted';
import type { Engine } from '../engine';
import type { Analysis } from '../evaluation/analysis';
import { FileError } from '../files/access';
import { filesIn } from '../files/node';
import { writeWhole } from '../files/replace';
import { LOCK_FILE, LockError, nameIn, ValueLock, valuesToLock } from '../project/lock';
import { type ChapterFile, chaptersOf, shownName, tellLeftOut } from './check/chapters';
import { makeEngine } from './engine';
import { type Io, UsageError } from './io';
import { printable, printableLine } from './printable';
import { Progress } from './progress';
import { type WorkspaceOptions, workspaceOf } from './workspace';

export interface LockCommand extends WorkspaceOptions {
  /** Nothing is written; the exit code says whether that would change something. */
  readonly check?: boolean;
}

type Values = ReturnType<typeof valuesToLock>;

/** The chapters of one lock. */
interface Locked {
  readonly path: string;
  readonly before: ValueLock;
  readonly now: ValueLock;
  readonly refs: number;
  /** How they differ, a line each. */
  readonly differences: readonly string[];
}

/** Exit codes: written, or as it is; with `check`, something differs; a file that cannot be read or written. */
export function lock(path: string, options: LockCommand, io: Io): number {
  const workspace = workspaceOf(options, [resolve(io.cwd, path)], io);
  const engine = makeEngine(workspace);
  const { files, problems, leftOut } = chaptersOf([path], engine, workspace, io);
  tellLeftOut(leftOut, io);
  const errors: FileError[] = [...problems];
  let differs = false;
  for (const [at, chapters] of byLock(files, engine)) {
    const analyses = new Map<ChapterFile, Analysis>();
    for (const chapter of new Progress(io).over(chapters, one => one.shownAs))
      try {
        analyses.set(chapter, engine.evaluate(chapter.path, engine.read(chapter.path)));
      } catch (error) {
        if (!(error instanceof FileError)) throw error;
        errors.push(error);
      }
    const locked = compared(at, analyses, options.check === true);
    differs ||= locked.now.toString() !== locked.before.toString();
    if (options.check === true) io.out(locked.differences.map(line => `${printable(line)}\n`).join(''));
    else write(locked, io);
  }
  for (const { message } of errors) io.err(`reckoner: ${printableLine(message)}\n`);
  if (errors.length > 0) return 2;
  if (options.check === true && !differs) io.out('All values are as the lock says.\n');
  return options.check === true && differs ? 1 : 0;
}

/** Chapters by the path of the lock that they belong to. */
function byLock(files: readonly ChapterFile[], engine: Engine): ReadonlyMap<string, readonly ChapterFile[]> {
  const found = new Map<string, ChapterFile[]>();
  for (const file of files) {
    const at = join(engine.projects.of(file.path).folder, LOCK_FILE);
    found.set(at, [...(found.get(at) ?? []), file]);
  }
  return found;
}

function compared(path: string, analyses: ReadonlyMap<ChapterFile, Analysis>, mustBe: boolean): Locked {
  const folder = dirname(path);
  const before = read(path, mustBe);
  const chapters = new Map<string, Values>();
  const differences: string[] = [];
  let refs = 0;
  for (const [file, analysis] of analyses) {
    const name = nameIn(folder, file.path);
    const values = valuesToLock(analysis, before.of(name));
    chapters.set(name, values);
    refs += Object.keys(values).length;
    differences.push(...differencesIn(file, analysis, before.of(name), values));
  }
  const files = filesIn(folder);
  const gone = before.chapters.filter(name => !files.isThere(join(folder, name)));
  for (const name of gone) differences.push(`${name} is in the lock, and is gone`);
  return { path, before, now: before.with(chapters, gone), refs, differences };
}

/** `a.qmd:4 hours_str: 10.0 → 12.0`, each expression once, at its first place. */
function differencesIn({ shownAs }: ChapterFile, analysis: Analysis, before: Values, now: Values): readonly string[] {
  const told: string[] = [];
  const seen = new Set<string>();
  for (const { ref } of analysis.refs) {
    const expr = ref.expr.trim();
    if (seen.has(expr) || !Object.hasOwn(now, expr)) continue;
    seen.add(expr);
    const [was, is] = [Object.hasOwn(before, expr) ? textOf(before[expr]!) : undefined, textOf(now[expr]!)];
    if (was === is) continue;
    const place = `${shownAs}:${analysis.chapter.lines.chapterLineAt(ref.range.start) + 1}`;
    told.push(was === undefined ? `${place} ${expr} is not in the lock: ${is}` : `${place} ${expr}: ${was} → ${is}`);
  }
  for (const expr of Object.keys(before))
    if (!Object.hasOwn(now, expr)) told.push(`${shownAs} ${expr} is in the lock, and no reference any more`);
  return told;
}

function textOf(value: Values[string]): string {
  return typeof value === 'string' ? value : value.join(', ');
}

/** An empty one where there is none, unless it must be there. Throws `UsageError` and `FileError`. */
function read(path: string, mustBe: boolean): ValueLock {
  try {
    return ValueLock.parse(filesIn(dirname(path)).readText(path));
  } catch (error) {
    if (error instanceof LockError) throw new UsageError(`${path}: ${error.message}`);
    if (error instanceof FileError && error.problem === 'missing' && !mustBe) return new ValueLock();
    throw error;
  }
}

function write({ path, before, now, refs, differences }: Locked, io: Io): void {
  writeWhole(filesIn(dirname(path)), path, now.toString());
  const changes = differences.length === 0 ? 'none is another one' : `${differences.length} of them differ from before`;
  const told = before.chapters.length === 0 ? 'the lock is new' : changes;
  io.err(`reckoner: ${counted(refs, 'value')} in ${printableLine(shownName(path, io))}; ${told}\n`);
}
