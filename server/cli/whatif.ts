/** `reckoner whatif`: what changes in a chapter when assumptions do. */
import { relative, resolve } from 'node:path';
import { createColors } from 'picocolors';
import { pathOfUri, uriOfPath } from '../files/uri';
import type { CausePlace, WhatIfResult } from '../protocol';
import { numberText } from '../provenance/formula';
import { edgesOf, type GuardEdge, NoAssumption } from '../whatif/assumptions';
import type { Change } from '../whatif/changes';
import type { Draft } from '../whatif/draft';
import { resultOf } from '../whatif/result';
import { makeEngine } from './engine';
import { type Io, UsageError } from './io';
import { printable, printableJson } from './printable';
import { type WorkspaceOptions, workspaceOf } from './workspace';

export interface WhatIfCommand extends WorkspaceOptions {
  readonly format: 'text' | 'json';
  /** `NAME=VALUE`, one for each assumption. */
  readonly set?: readonly string[];
  /** An assumption whose values are looked for at which guards fail. */
  readonly breakEven?: string;
}

/** Prints the outcome; the exit code is 1 where a guard breaks. Raises a UsageError for changes that cannot be made. */
export async function whatif(file: string, options: WhatIfCommand, io: Io): Promise<number> {
  const changes = (options.set ?? []).map(changeOf);
  if (changes.length === 0 && options.breakEven === undefined)
    throw new UsageError('nothing is changed: give --set NAME=VALUE or --break-even NAME');
  const path = resolve(io.cwd, file);
  const engine = makeEngine(workspaceOf(options, [path], io));
  const uri = uriOfPath(path);
  try {
    engine.open(uri, 1, engine.read(path));
    const tried = async (more: readonly Change[], findings = false): Promise<Draft> =>
      (await engine.drafts.with(uri, more, undefined, { findings }))!;
    const result =
      changes.length === 0 ? undefined : resultOf(await tried(changes, true), engine.drafts.files(uri), uri);
    if (result !== undefined && result.problems.length > 0) throw new UsageError(result.problems.join(' '));
    const edges = options.breakEven === undefined ? undefined : await edgesIn(options.breakEven);
    // What an included file holds stands there.
    const fileOf: FileOf = place =>
      place.uri === uri ? file : relative(resolve(io.cwd), pathOfUri(place.uri) ?? place.uri);
    if (options.format === 'json') io.out(`${printableJson(asJson(file, changes, result, edges, fileOf))}\n`);
    else io.out(asText(result, edges, io, fileOf));
    return result?.guards.some(({ holds }) => !holds) === true ? 1 : 0;

    async function edgesIn(name: string): Promise<readonly GuardEdge[]> {
      try {
        const base = (await engine.drafts.base(uri))!;
        // Which files it reads is known once it was evaluated.
        return await edgesOf(name, base, tried, { files: engine.drafts.files(uri), others: changes });
      } catch (error) {
        throw error instanceof NoAssumption ? new UsageError(error.message) : error;
      }
    }
  } finally {
    await engine.close();
  }
}

function changeOf(text: string): Change {
  const at = text.indexOf('=');
  const name = text.slice(0, at).trim();
  const value = text.slice(at + 1).trim();
  if (at < 0 || name === '' || value === '') throw new UsageError(`"${text}" is no NAME=VALUE`);
  return { name, value };
}

/** The file of a place, as it is printed. */
type FileOf = (place: CausePlace) => string;

function asJson(
  file: string,
  changes: readonly Change[],
  result: WhatIfResult | undefined,
  edges: readonly GuardEdge[] | undefined,
  fileOf: FileOf,
): object {
  const at = (place: CausePlace) => ({
    ...(fileOf(place) === file ? {} : { file: fileOf(place) }),
    line: place.range.start.line + 1,
  });
  return {
    file,
    changes,
    ...(result === undefined
      ? {}
      : {
          summary: result.summary,
          numbers: result.numbers.map(({ expr, before, after, place }) => ({ ...at(place), expr, before, after })),
          guards: result.guards.map(({ text, holds, message, place }) => ({ ...at(place), text, holds, message })),
          findings: result.findings.map(({ message, appears, place }) => ({ ...at(place), message, appears })),
        }),
    ...(edges === undefined
      ? {}
      : { breakEven: edges.map(({ guard, holdsNow, holds, fails }) => ({ guard, holdsNow, holds, fails })) }),
  };
}

function asText(
  result: WhatIfResult | undefined,
  edges: readonly GuardEdge[] | undefined,
  { colour }: Io,
  fileOf: FileOf,
): string {
  const paint = createColors(colour);
  const lines: string[] = [];
  if (result !== undefined) {
    const at = (place: CausePlace) => paint.dim(`${fileOf(place)}:${place.range.start.line + 1}`);
    lines.push(`${result.summary}.`);
    for (const { expr, before, after, place } of result.numbers)
      lines.push(`  ${at(place)} ${expr}: ${before ?? 'no value'} → ${paint.bold(after ?? 'no value')}`);
    for (const { text, holds, message, place } of result.guards)
      lines.push(`  ${at(place)} ${holds ? paint.green('holds') : paint.red('breaks')}: ${text} (${message})`);
    for (const { message, appears, place } of result.findings)
      lines.push(`  ${at(place)} ${appears ? paint.red('now') : paint.green('no more')}: ${message}`);
  }
  if (edges?.length === 0) lines.push('No guard changes what it says, as far as was looked.');
  for (const { guard, holdsNow, holds, fails } of edges ?? [])
    lines.push(
      holdsNow
        ? `${guard}: fails at ${numberText(fails)}, holds up to ${numberText(holds)}`
        : `${guard}: holds from ${numberText(holds)} on, fails at ${numberText(fails)}`,
    );
  return printable(`${lines.join('\n')}\n`);
}
