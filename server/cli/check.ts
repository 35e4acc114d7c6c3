/** `reckoner check`: the findings of chapters and folders. */
import { dirname, resolve } from 'node:path';
import { SEVERITIES, type Severity } from '../diagnostics';
import type { FailOn } from '../diagnostics/finding';
import type { Engine } from '../engine';
import { filesIn } from '../files/node';
import { linesOf } from '../workspace/lines';
import { type FindingRecord, withoutTwins } from '../workspace/records';
import { ChangedFiles } from './check/changed';
import { type ChapterFile, chaptersOf, shownName, tellLeftOut } from './check/chapters';
import { type BaselineOptions, KnownFindings } from './check/knownFindings';
import { CheckRun } from './check/run';
import { makeEngine } from './engine';
import { type Io, UsageError } from './io';
import { printable, printableLine } from './printable';
import { print } from './reports';
import type { Format } from './reports/formats';
import { refuseUnknown } from './rules';
import { type WorkspaceOptions, workspaceOf } from './workspace';

export interface CheckCommand extends WorkspaceOptions, BaselineOptions {
  readonly format: Format;
  /** Undefined for what the project says. */
  readonly failOn?: FailOn;
  readonly fix?: boolean;
  /** Fixes are shown instead of written. */
  readonly diff?: boolean;
  readonly consequences?: boolean;
  /** The rules that are told of; all, where none is named. */
  readonly rule?: readonly string[];
  /** A revision: chapters that have not changed since are left out. */
  readonly changed?: string;
  readonly watch?: boolean;
  readonly cache: boolean;
  readonly jobs?: number;
}

/** Exit codes: nothing that fails; something that does; a file that cannot be read or written. */
export async function check(paths: readonly string[], options: CheckCommand, io: Io): Promise<number> {
  refuse(options);
  if (options.watch !== true) return (await checkOnce(paths, options, io)).code;
  const { watch } = await import('./check/watch');
  return watch(() => checkOnce(paths, options, io), io);
}

/** Says which options do not go together. */
function refuse({ rule, writeBaseline, fix, diff, watch }: CheckCommand): void {
  for (const code of rule ?? []) refuseUnknown(code);
  if (writeBaseline && rule !== undefined)
    throw new UsageError('--write-baseline writes the findings of all rules; leave out --rule');
  if (watch && (fix || diff || writeBaseline))
    throw new UsageError('--watch changes nothing; leave out --fix, --diff and --write-baseline');
}

export interface CheckOutcome {
  readonly code: number;
  /** What the findings depend on: chapters, the folders that were searched, and files that were looked for. */
  readonly dependencies: readonly string[];
}

/** Checks, prints, and tells what that depends on. */
export async function checkOnce(paths: readonly string[], options: CheckCommand, io: Io): Promise<CheckOutcome> {
  const { consequences = false, fix = false, diff = false, rule, cache, jobs } = options;
  const workspace = workspaceOf(
    options,
    paths.map(path => resolve(io.cwd, path)),
    io,
  );
  const engine = makeEngine(workspace, { settings: { consequences } });
  const { files: all, leftOut, problems } = chaptersOf(paths, engine, workspace, io);
  tellLeftOut(leftOut, io);
  for (const { message } of problems) io.err(`reckoner: ${printableLine(message)}\n`);
  const run = new CheckRun(
    engine,
    workspace,
    { consequences, fix: fix || diff, write: !diff, rules: rule, cache, jobs },
    io,
  );
  const files = await checkedFiles(all, options, run, io);
  const dependencies = [
    ...all.flatMap(({ path }) => [path, dirname(path)]),
    ...files.flatMap(file => run.of(file).dependencies),
  ];
  const hasFailed = run.failed || problems.length > 0;
  if (diff) return { code: hasFailed ? 2 : await printDiff(files, run, options, io), dependencies };
  const lineOf = linesIn(files, run, io);
  const found = findingsOf(files, run, engine, io).filter(({ code }) => rule === undefined || rule.includes(code));
  const known = new KnownFindings(io, lineOf);
  if (options.writeBaseline === true) {
    known.write(found, files, options, engine);
    return { code: hasFailed ? 2 : 0, dependencies };
  }
  const findings = known.unknown(found, files, options, engine);
  const fixed = files.reduce((sum, file) => sum + run.of(file).fixed, 0);
  await print({ findings, files: files.map(({ shownAs }) => shownAs), fixed, lineOf }, options.format, io);
  return { code: hasFailed ? 2 : codeOf(findings, options, engine, io), dependencies };
}

/** Checks the files, and gives those that are to be told of: with `--changed`, what depends on something that changed. */
async function checkedFiles(
  files: readonly ChapterFile[],
  { changed: revision }: CheckCommand,
  run: CheckRun,
  io: Io,
): Promise<readonly ChapterFile[]> {
  const [first] = files;
  if (revision === undefined || first === undefined) {
    await run.check(files);
    return files;
  }
  const changed = await ChangedFiles.since(revision, first.path);
  const own = files.filter(({ path }) => changed.has(path));
  const others = changed.hasOthers ? files.filter(file => !own.includes(file)) : [];
  await run.check([...own, ...others]);
  const told = files.filter(
    file => own.includes(file) || (others.includes(file) && run.of(file).dependencies.some(path => changed.has(path))),
  );
  io.err(
    `reckoner: ${told.length} of ${files.length} chapters have changed since ${printableLine(revision)}, or what they read\n`,
  );
  return told;
}

/** The findings of the files, in their order, and then those in the configurations of their projects. */
function findingsOf(files: readonly ChapterFile[], run: CheckRun, engine: Engine, io: Io): readonly FindingRecord[] {
  const configurations = new Map<string, readonly FindingRecord[]>();
  for (const folder of new Set(files.map(({ path }) => dirname(path))))
    for (const [path, found] of engine.projects.findings(resolve(folder, 'any.qmd'))) configurations.set(path, found);
  const said = [...configurations].flatMap(([path, found]) =>
    found.map(finding => ({ ...finding, file: shownName(path, io) })),
  );
  return [...withoutTwins(files.flatMap(file => run.of(file).findings)), ...said];
}

/** Lines of the files as they are now, and of others that findings name. */
function linesIn(files: readonly ChapterFile[], run: CheckRun, io: Io): (file: string, line: number) => string {
  const texts = new Map(files.map(file => [file.shownAs, run.of(file).after]));
  return linesOf({
    readText: file => {
      const path = resolve(io.cwd, file);
      return texts.get(file) ?? filesIn(dirname(path)).readText(path);
    },
  });
}

function codeOf(findings: readonly FindingRecord[], { failOn }: CheckCommand, engine: Engine, io: Io): number {
  const fails = ({ file, severity }: FindingRecord): boolean => {
    const limit = failOn ?? engine.projects.of(resolve(io.cwd, file)).failOn ?? 'error';
    return limit !== 'never' && SEVERITIES.indexOf(severity as Severity) <= SEVERITIES.indexOf(limit);
  };
  return findings.some(fails) ? 1 : 0;
}

/** Prints what the fixes would change; 1 where that is something. */
async function printDiff(
  files: readonly ChapterFile[],
  run: CheckRun,
  { failOn }: CheckCommand,
  io: Io,
): Promise<number> {
  const { createTwoFilesPatch } = await import('diff');
  let fixes = 0;
  let changed = 0;
  for (const file of files) {
    const { before, after, fixed } = run.of(file);
    if (before === undefined || after === undefined || before === after) continue;
    const name = file.shownAs.replaceAll('\\', '/');
    const patch = createTwoFilesPatch(`a/${name}`, `b/${name}`, before, after, undefined, undefined, { context: 3 });
    const text = patch.replace(/^=+\n/, '');
    io.out(io.terminal ? printable(text) : text);
    fixes += fixed;
    changed++;
  }
  const told =
    changed === 0
      ? 'there is nothing to fix'
      : `${fixes} ${fixes === 1 ? 'fix' : 'fixes'} in ${changed} ${changed === 1 ? 'file' : 'files'}, not written`;
  io.err(`reckoner: ${told}\n`);
  return changed === 0 || failOn === 'never' ? 0 : 1;
}
