/** Findings that a baseline names: leaving them out, and writing a new baseline. */
import { dirname, join, resolve } from 'node:path';
import type { Engine } from '../../engine';
import { FileError } from '../../files/access';
import { filesIn } from '../../files/node';
import { writeWhole } from '../../files/replace';
import {
  BASELINE_FILE,
  Baseline,
  BaselineError,
  type KnownFinding,
  knownRecord,
  toldAgainAt,
} from '../../project/baseline';
import type { FindingRecord } from '../../workspace/records';
import { type Io, UsageError } from '../io';
import { printableLine } from '../printable';
import type { ChapterFile } from './chapters';

export interface BaselineOptions {
  /** The file, where it is not the one that the project names. */
  readonly baseline?: string;
  readonly writeBaseline?: boolean;
}

/** What the findings of a run are compared with. */
export class KnownFindings {
  readonly #io: Io;
  readonly #lineOf: (file: string, line: number) => string;

  constructor(io: Io, lineOf: (file: string, line: number) => string) {
    this.#io = io;
    this.#lineOf = lineOf;
  }

  /** The findings that no baseline names: the one that was asked for, else that of each file's project. Throws `UsageError`. */
  unknown(
    findings: readonly FindingRecord[],
    files: readonly ChapterFile[],
    { baseline: chosen }: BaselineOptions,
    engine: Engine,
  ): readonly FindingRecord[] {
    const byBaseline = new Map<string | undefined, Set<string>>();
    for (const { path, shownAs } of files) {
      const at = chosen === undefined ? baselineOf(path, engine) : resolve(this.#io.cwd, chosen);
      byBaseline.set(at, (byBaseline.get(at) ?? new Set()).add(shownAs));
    }
    byBaseline.delete(undefined);
    let left = findings;
    for (const at of byBaseline.keys()) left = this.#without(at!, left, chosen !== undefined, files);
    return left;
  }

  #without(
    at: string,
    findings: readonly FindingRecord[],
    isChosen: boolean,
    files: readonly ChapterFile[],
  ): readonly FindingRecord[] {
    const baseline = read(at, isChosen);
    if (baseline === undefined) return findings;
    const { left, met } = baseline.unknown(findings, finding => this.#nameOf(finding), toldAgainAt);
    const gone = baseline.sizeIn(files.map(({ path }) => path)) - met;
    if (gone > 0)
      this.#io.err(
        `reckoner: ${gone} ${gone === 1 ? 'finding' : 'findings'} of the baseline ${gone === 1 ? 'is' : 'are'} gone; --write-baseline takes ${gone === 1 ? 'it' : 'them'} out\n`,
      );
    return left;
  }

  /** Writes the findings of these files into the baseline; of other files it keeps saying what it said. Throws `FileError`. */
  write(
    findings: readonly FindingRecord[],
    files: readonly ChapterFile[],
    { baseline: chosen }: BaselineOptions,
    engine: Engine,
  ): void {
    const [first] = files;
    if (first === undefined) return;
    const { folder } = engine.projects.of(first.path);
    const at =
      chosen === undefined
        ? (baselineOf(first.path, engine) ?? join(folder, BASELINE_FILE))
        : resolve(this.#io.cwd, chosen);
    const before = read(at, false) ?? Baseline.of([], dirname(at));
    const found = Baseline.of(
      findings.map(finding => this.#nameOf(finding)),
      dirname(at),
    );
    const now = before.with(found, [
      ...files.map(({ path }) => path),
      ...findings.map(({ file }) => resolve(this.#io.cwd, file)),
    ]);
    writeWhole(filesIn(dirname(at)), at, now.toString());
    const count = `${findings.length} ${findings.length === 1 ? 'finding' : 'findings'}`;
    const isNamed = chosen === undefined && baselineOf(first.path, engine) !== undefined;
    const hint = isNamed ? '' : '; name it in `.reckoner.yml` under `baseline`, or with --baseline';
    this.#io.err(`reckoner: ${count} written to ${printableLine(at)}${hint}\n`);
  }

  #nameOf(finding: FindingRecord): KnownFinding {
    const { code, places } = knownRecord(finding, this.#lineOf);
    return { code, places: places.map(({ file, at }) => ({ file: resolve(this.#io.cwd, file), at })) };
  }
}

function baselineOf(path: string, engine: Engine): string | undefined {
  const { baseline, folder } = engine.projects.of(path);
  return baseline === undefined ? undefined : resolve(folder, baseline);
}

/** Undefined where there is none, unless it must be there. */
function read(path: string, mustBe: boolean): Baseline | undefined {
  try {
    return Baseline.parse(filesIn(dirname(path)).readText(path), dirname(path));
  } catch (error) {
    if (error instanceof BaselineError) throw new UsageError(`${path}: ${error.message}`);
    if (error instanceof FileError && error.problem === 'missing' && !mustBe) return undefined;
    throw error;
  }
}
