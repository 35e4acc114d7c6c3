/** How `reckoner diff` prints what changed. */
import { relative } from 'node:path';
import { createColors } from 'picocolors';
import type { Cause, ChangedGuard, ChangedSentence, ChangePart, NumberDiff, Place } from '../../comparison';
import { causeText, shortened } from '../../comparison/words';
import { counted } from '../../diagnostics/counted';
import type { Io } from '../io';
import { printable, printableJson, printableLine } from '../printable';
import type { DiffFormat } from './formats';

/** What differs in one chapter. */
export type ChapterDiff = {
  readonly path: string;
  /** Its name in the output; of one that is gone, its former one. */
  readonly file: string;
} & ({ readonly diff: NumberDiff } | { readonly status: 'added' | 'removed' });

export interface DiffReport {
  /** What the chapters are compared with, as it is told. */
  readonly against: string;
  /** Those in which something differs. */
  readonly chapters: readonly ChapterDiff[];
  /** How many chapters were compared. */
  readonly compared: number;
  /** How many files could not be read. */
  readonly unread: number;
}

/** The report in a format, with its last line break. */
export function printed(report: DiffReport, format: DiffFormat, io: Io): string {
  if (format === 'json') return `${printableJson(asJson(report, io))}\n`;
  return format === 'markdown' ? asMarkdown(report, io) : asText(report, io);
}

/** The line of a place, with its file where that is not the chapter. */
function placeText({ file, range }: Place, io: Io): string {
  const line = range.start.line + 1;
  return file === undefined ? `line ${line}` : `${shown(file, io)}:${line}`;
}

function shown(file: string, { cwd }: Io): string {
  const way = relative(cwd, file);
  return (way.startsWith('..') ? file : way).replaceAll('\\', '/');
}

/** A cause with its place. */
function because(cause: Cause, code: (text: string) => string, io: Io): string {
  const told = cause.kind === 'file' ? { ...cause, name: shown(cause.name, io) } : cause;
  const where = cause.place === undefined ? '' : ` (${placeText(cause.place, io)})`;
  return causeText(told, code) + where;
}

const NO_VALUE = 'no value';

/** `2 numbers changed, 1 guard fails now in 1 of 3 chapters` */
function summary({ chapters, compared, against }: DiffReport): string {
  const diffs = chapters.flatMap(one => ('diff' in one ? [one.diff] : []));
  const numbers = (sentences: readonly ChangedSentence[]) =>
    sentences.reduce((sum, { parts }) => sum + parts.filter(part => !('text' in part)).length, 0);
  const those = (all: readonly { readonly holds: boolean }[], holds: boolean) =>
    all.filter(one => one.holds === holds).length;
  const inDiffs: readonly [count: (diff: NumberDiff) => number, noun: string, what: string][] = [
    [({ changed }) => numbers(changed), 'number', 'changed'],
    [({ appeared }) => numbers(appeared), 'reference', 'appeared'],
    [({ vanished }) => numbers(vanished), 'reference', 'vanished'],
    [({ guards }) => those(guards, false), 'guard', 'failing now'],
    [({ guards }) => those(guards, true), 'guard', 'holding now'],
    [({ cells }) => those(cells, false), 'cell', 'failing now'],
    [({ cells }) => those(cells, true), 'cell', 'running now'],
  ];
  const parts = [
    ...inDiffs.map(([count, noun, what]) =>
      told(
        diffs.reduce((sum, diff) => sum + count(diff), 0),
        noun,
        what,
      ),
    ),
    told(chapters.filter(one => 'status' in one && one.status === 'added').length, 'chapter', 'new'),
    told(chapters.filter(one => 'status' in one && one.status === 'removed').length, 'chapter', 'gone'),
  ].filter(part => part !== '');
  const said = parts.length === 0 ? 'No numbers changed' : parts.join(', ');
  const differing = chapters.filter(one => !('status' in one && one.status === 'removed')).length;
  const share = differing === 0 || compared === 1 ? '' : `${differing} of `;
  return `${said} against ${against}, in ${share}${counted(compared, 'chapter')}.`;
}

function told(count: number, one: string, what: string): string {
  return count === 0 ? '' : `${counted(count, one)} ${what}`;
}

// ------------------------------------------------------------------------------------------------------ text

function asText(report: DiffReport, io: Io): string {
  const { bold, dim, red, green, underline } = createColors(io.colour);
  const lines: string[] = [];
  const plain = (text: string) => printableLine(text);
  const both = (part: ChangePart): string =>
    'text' in part
      ? plain(part.text)
      : `${red(plain(part.before ?? NO_VALUE))} → ${part.now === undefined ? red(NO_VALUE) : green(plain(part.now))}`;
  const one = (part: ChangePart): string =>
    'text' in part ? plain(part.text) : bold(plain(part.now ?? part.before ?? NO_VALUE));
  const entry = (place: Place, text: string): void => {
    lines.push(
      `${dim(
        placeText(place, io)
          .replace(/^line /, '')
          .padStart(9),
      )}  ${text}`,
    );
  };
  const reasons = (causes: readonly Cause[]): void => {
    for (const cause of causes) lines.push(`${INDENT}${dim(printable(because(cause, text => text, io)))}`);
  };
  const sentences = (all: readonly ChangedSentence[], what = ''): void => {
    for (const { place, parts, causes } of all) {
      const words = shortened(parts).map(what === '' ? both : one);
      entry(place, what + words.join(''));
      reasons(causes);
    }
  };
  const turned = (all: readonly ChangedGuard[], what: string, words: readonly [string, string]): void => {
    for (const { place, guard, detail, holds, causes } of all) {
      const said = detail === '' ? '' : `: ${plain(detail)}`;
      entry(place, `${what} ${plain(guard)} ${holds ? green(words[0]) : red(words[1])}${said}`);
      reasons(causes);
    }
  };
  for (const chapter of report.chapters) {
    if ('status' in chapter) {
      lines.push(`${underline(plain(chapter.file))} ${chapter.status === 'added' ? 'is new' : 'is gone'}`, '');
      continue;
    }
    lines.push(underline(plain(chapter.file)));
    const { changed, appeared, vanished, guards, cells } = chapter.diff;
    sentences(changed);
    turned(cells, 'cell', ['runs now', 'fails now']);
    turned(guards, 'guard', ['holds now', 'fails now']);
    sentences(appeared, 'new: ');
    sentences(vanished, 'gone: ');
    lines.push('');
  }
  return `${[...lines, bold(plain(summary(report)))].join('\n')}\n`;
}

const INDENT = ' '.repeat(11);

// ------------------------------------------------------------------------------------------------------ Markdown

/** What would be read as Markdown, or tell somebody of it by name. */
function escaped(text: string): string {
  return text
    .replaceAll(/[\\`*_{}[\]<>|#~$!&]/g, '\\$&')
    .replaceAll('@', '&#64;')
    .replaceAll(/\s+/g, ' ');
}

/** Code in the cell of a table. */
function codeSpan(text: string): string {
  const flat = text.replaceAll(/\s+/g, ' ').replaceAll('|', '\\|');
  const fence = '`'.repeat(Math.max(0, ...Array.from(flat.matchAll(/`+/g), ([run]) => run.length)) + 1);
  const gap = flat.startsWith('`') || flat.endsWith('`') ? ' ' : '';
  return `${fence}${gap}${flat}${gap}${fence}`;
}

/** A value: a formula as it is written. */
function valueText(value = NO_VALUE): string {
  return /[$\\]/.test(value) ? codeSpan(value) : escaped(value);
}

function asMarkdown(report: DiffReport, io: Io): string {
  const lines: string[] = ['### Numbers', '', escaped(summary(report))];
  const both = (part: ChangePart): string =>
    'text' in part ? escaped(part.text) : `~~${valueText(part.before)}~~ **${valueText(part.now)}**`;
  const one = (part: ChangePart): string =>
    'text' in part ? escaped(part.text) : `**${valueText(part.now ?? part.before)}**`;
  const row = (...cells: readonly string[]) => lines.push(`| ${cells.join(' | ')} |`);
  const reason = (cause: Cause): string =>
    cause.kind === 'fault' ? escaped(because(cause, text => text, io)) : because(cause, codeSpan, io);
  const sentences = (all: readonly ChangedSentence[], what = ''): void => {
    for (const { place, parts, causes } of all) {
      const words = shortened(parts).map(what === '' ? both : one);
      row(placeText(place, io), words.join('').trim(), what === '' ? causes.map(reason).join('<br>') : what);
    }
  };
  const turned = (all: readonly ChangedGuard[], what: string, words: readonly [string, string]): void => {
    for (const { place, guard, detail, holds, causes } of all) {
      const said = [...(detail === '' ? [] : [escaped(detail)]), ...causes.map(reason)];
      row(placeText(place, io), `${what} ${codeSpan(guard)} **${holds ? words[0] : words[1]}**`, said.join('<br>'));
    }
  };
  for (const chapter of report.chapters) {
    lines.push('');
    if ('status' in chapter) {
      lines.push(`**${escaped(chapter.file)}** is ${chapter.status === 'added' ? 'new' : 'gone'}.`);
      continue;
    }
    lines.push(`**${escaped(chapter.file)}**`, '', '| Place | Sentence | Because |', '| --- | --- | --- |');
    const { changed, appeared, vanished, guards, cells } = chapter.diff;
    sentences(changed);
    turned(cells, 'Cell', ['runs now', 'fails now']);
    turned(guards, 'Guard', ['holds now', 'fails now']);
    sentences(appeared, 'new');
    sentences(vanished, 'gone');
  }
  return `${lines.join('\n')}\n`;
}

// ------------------------------------------------------------------------------------------------------ JSON

function asJson(report: DiffReport, io: Io): object {
  const place = ({ file, range }: Place) => ({
    ...(file === undefined ? {} : { file: shown(file, io) }),
    line: range.start.line + 1,
    column: range.start.character + 1,
  });
  const cause = ({ place: at, ...one }: Cause) => ({ ...one, ...(at === undefined ? {} : { place: place(at) }) });
  const sentence = ({ place: at, parts, causes }: ChangedSentence) => ({
    ...place(at),
    sentence: parts.map(part => ('text' in part ? part.text : (part.now ?? part.before ?? ''))).join(''),
    numbers: parts.filter(part => !('text' in part)),
    because: causes.map(cause),
  });
  const guard = ({ place: at, causes, ...one }: ChangedGuard) => ({ ...place(at), ...one, because: causes.map(cause) });
  return {
    against: report.against,
    chapters: report.chapters.map(chapter => {
      if ('status' in chapter) return { file: chapter.file, status: chapter.status };
      const { changed, appeared, vanished, guards, cells } = chapter.diff;
      return {
        file: chapter.file,
        status: 'changed',
        changed: changed.map(sentence),
        appeared: appeared.map(sentence),
        vanished: vanished.map(sentence),
        guards: guards.map(guard),
        cells: cells.map(guard),
      };
    }),
    compared: report.compared,
  };
}
