/** `reckoner same`: quantities that have different values in different chapters of a project. */
import { resolve } from 'node:path';
import { createColors } from 'picocolors';
import { groupBy } from '../../mlsys';
import { type Disagreement, disagreements, type Quantity, quantitiesIn } from '../comparison';
import { FileError } from '../files/access';
import { chaptersOf, shownName, tellLeftOut } from './check/chapters';
import { makeEngine } from './engine';
import type { Io } from './io';
import { printable, printableJson, printableLine } from './printable';
import { Progress } from './progress';
import { type WorkspaceOptions, workspaceOf } from './workspace';

export interface SameCommand extends WorkspaceOptions {
  readonly format: 'text' | 'json';
}

/** Exit codes: the chapters agree; they do not; a file cannot be read. */
export function same(path: string, { format, ...options }: SameCommand, io: Io): number {
  const workspace = workspaceOf(options, [resolve(io.cwd, path)], io);
  const engine = makeEngine(workspace);
  const { files, problems, leftOut } = chaptersOf([path], engine, workspace, io);
  tellLeftOut(leftOut, io);
  const errors: FileError[] = [...problems];
  const chapters: { readonly chapter: string; readonly quantities: readonly Quantity[] }[] = [];
  for (const { path: one, shownAs } of new Progress(io).over(files, file => file.shownAs))
    try {
      chapters.push({ chapter: shownAs, quantities: quantitiesIn(engine.evaluate(one, engine.read(one))) });
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      errors.push(error);
    }
  for (const { message } of errors) io.err(`reckoner: ${printableLine(message)}\n`);
  const found = disagreements(chapters);
  io.out(format === 'json' ? `${printableJson(asJson(found, io))}\n` : asText(found, chapters.length, io));
  if (errors.length > 0) return 2;
  return found.length === 0 ? 0 : 1;
}

/** A value that stands in more chapters is told with the first of them. */
const MOST_PLACES = 5;

function fileOf({ chapter, place }: Disagreement<string>['values'][number], io: Io): string {
  return place.file === undefined ? chapter : shownName(place.file, io);
}

function asJson(found: readonly Disagreement<string>[], io: Io): object {
  return {
    quantities: found.map(({ name, values }) => ({
      name,
      values: values.map(value => ({
        file: fileOf(value, io),
        line: value.place.range.start.line + 1,
        column: value.place.range.start.character + 1,
        kind: value.kind,
        value: value.number,
        unit: value.unit,
      })),
    })),
  };
}

function asText(found: readonly Disagreement<string>[], chapters: number, io: Io): string {
  const { bold, dim } = createColors(io.colour);
  const lines: string[] = [];
  for (const { name, values } of found) {
    lines.push(bold(printable(name)));
    const width = Math.max(...values.map(({ text }) => text.length));
    for (const [text, places] of groupBy(values, value => value.text)) {
      // Where a whole book agrees but for a chapter, the chapter is what counts.
      const shown = places.length > MOST_PLACES ? places.slice(0, 1) : places;
      for (const value of shown) {
        const place = `${fileOf(value, io)}:${value.place.range.start.line + 1}`;
        const more = places.length - shown.length;
        const rest = more === 0 ? '' : `, and in ${more} more chapters`;
        lines.push(`  ${printable(text.padEnd(width))}  ${dim(printable(`${place}  ${value.kind}${rest}`))}`);
      }
    }
    lines.push('');
  }
  const count = found.length;
  const said = count === 0 ? 'No quantity has' : `${count} ${count === 1 ? 'quantity has' : 'quantities have'}`;
  lines.push(bold(`${said} different values in ${chapters} ${chapters === 1 ? 'chapter' : 'chapters'}.`));
  return `${lines.join('\n')}\n`;
}
