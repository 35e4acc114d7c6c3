/** What Reckoner sees of a project, as a text that can be pasted into a report: names below the project's folder alone. */
import { isPackageName } from '../../mlsys';
import type { Chapter } from '../chapter/model';
import { counted } from '../diagnostics/counted';
import type { Analysis } from '../evaluation/analysis';
import { unknownText } from '../evaluation/unknowns';
import type { FileAccess } from '../files/access';
import { basename, join, relative, sep } from '../files/path';
import { configurationIn, projectRoot } from '../files/roots';
import { version } from '../version';
import { projectBibliographies } from '../workspace/bibliographies';
import { readPaths } from '../workspace/dataFiles';
import { type Book, bookOf, type LeftOut } from './book';
import { configurationOf, type FilesRead } from './configuration';

/** A chapter as far as it is known. */
export interface ExaminedChapter {
  readonly path: string;
  /** Undefined for one that is not evaluated here. */
  readonly analysis: Analysis | undefined;
  /** Why it cannot be read. */
  readonly problem?: string;
  /** Files that were looked for beside it: of packages, and the data that they read. */
  readonly lookups: ReadonlyMap<string, string | undefined>;
}

export interface Examined {
  readonly root: string;
  readonly files: FileAccess;
  readonly chapters: readonly ExaminedChapter[];
  readonly leftOut: readonly LeftOut[];
}

/** So many causes, files and names are told of each kind. */
const MOST = 20;

export function doctorReport({ root, files, chapters, leftOut }: Examined): string {
  const nameOf = (path: string) => relative(root, path).split(sep).join('/') || '.';
  const book = bookOf(root, files);
  const roots = new Set(chapters.map(({ path }) => projectRoot(path, files)));
  const below = [...roots].filter(one => one !== root && configurationIn(one, files) !== undefined).map(nameOf);
  const sections = [
    [`Reckoner ${version}`],
    projectLines(root, files, book, nameOf, below),
    [
      'Chapters',
      ...chapters.flatMap(chapter => chapterLines(chapter, nameOf(chapter.path))),
      ...leftOutLines(leftOut, book, nameOf),
    ],
    listed('Packages interpreted from their sources', packagesOf(chapters, nameOf)),
    listed('Modules that are not at hand', missingModules(chapters, nameOf)),
    listed('Data files read', dataFilesOf(chapters, files, nameOf)),
  ];
  return `${sections
    .filter(lines => lines.length > 0)
    .map(lines => lines.join('\n'))
    .join('\n\n')}\n`;
}

function projectLines(
  root: string,
  files: FileAccess,
  book: Book | undefined,
  nameOf: (path: string) => string,
  below: readonly string[],
): string[] {
  const lookups: FilesRead = new Map();
  const { path, own, metadata, error } = configurationOf(root, files, lookups);
  if (path === undefined)
    return [
      'Project',
      `  folder: ${basename(root)}`,
      `  configuration: none (no _quarto.yml)${below.length === 0 ? '' : `; projects in ${below.slice(0, MOST).join(', ')}`}`,
      ...(own === undefined ? [] : [`  further configuration: ${nameOf(own)}`]),
    ];
  const { project } = metadata;
  const type = typeof project === 'object' && project !== null ? (project as { type?: unknown }).type : undefined;
  const others = [...lookups].flatMap(([one, text]) => (text === undefined || one === path ? [] : nameOf(one)));
  const bibliographies = projectBibliographies(join(root, 'index.qmd'), root, files).map(({ name, path: file }) => {
    const problem = files.problemWith(file);
    return problem === undefined ? name : `${name} (${problem.reason})`;
  });
  return [
    'Project',
    `  folder: ${basename(root)}`,
    `  configuration: ${nameOf(path)}${error === undefined ? '' : ` (not valid YAML: ${error.message})`}`,
    `  type: ${typeof type === 'string' ? type : book === undefined ? 'default' : 'book'}`,
    ...(others.length === 0 ? [] : [`  further configuration: ${others.join(', ')}`]),
    ...(bibliographies.length === 0 ? [] : [`  bibliographies: ${bibliographies.join(', ')}`]),
  ];
}

function chapterLines({ analysis, problem }: ExaminedChapter, name: string): string[] {
  if (problem !== undefined) return [`  ${name}: cannot be read (${problem})`];
  if (analysis === undefined) return [`  ${name}: not open, so not evaluated here`];
  const { chapter, cells, counts } = analysis;
  const failed = cells.filter(cell => cell.fault !== undefined && cell.status !== 'unsupported').length;
  const words = [
    engineOf(chapter),
    counted(cells.length, 'cell'),
    ...(failed === 0 ? [] : [`${failed} failed`]),
    `${counts.values} of ${counted(counts.refs, 'value')}`,
    ...includeWords(chapter),
  ];
  const causes = new Map<string, number>();
  for (const { unknown } of analysis.faultyRefs) {
    if (unknown === undefined) continue;
    const text = unknownText(unknown, cells);
    causes.set(text, (causes.get(text) ?? 0) + 1);
  }
  const told = [...causes].slice(0, MOST).map(([text, times]) => `    ${text}: ${counted(times, 'reference')}`);
  return [`  ${name}: ${words.join(', ')}`, ...told];
}

/** What runs the cells of a chapter, in words. */
export function engineOf({ execution: { engine, language, enabled } }: Chapter): string {
  if (engine !== 'jupyter') return `engine ${engine}`;
  return enabled ? `${engine} with ${language}` : `${engine}, execution disabled`;
}

function includeWords({ composition }: Chapter): string[] {
  if (composition === undefined) return [];
  const problems = composition.includes.filter(({ problem }) => problem !== undefined).length;
  return [
    counted(composition.includes.length, 'include'),
    ...(problems === 0 ? [] : [`${problems} of them without a file`]),
  ];
}

function leftOutLines(leftOut: readonly LeftOut[], book: Book | undefined, nameOf: (path: string) => string): string[] {
  const names = leftOut.slice(0, MOST).map(({ path, reason }) => `  left out: ${nameOf(path)} (${reason})`);
  const missing = (book?.missing ?? []).map(name => `  listed, but not there: ${name}`);
  return [...names, ...(leftOut.length > MOST ? [`  left out: ${leftOut.length - MOST} more`] : []), ...missing];
}

function packagesOf(chapters: readonly ExaminedChapter[], nameOf: (path: string) => string): string[] {
  const packages = new Map<string, string>();
  for (const { analysis } of chapters)
    for (const { name, file } of analysis?.packages.imported() ?? []) packages.set(name, nameOf(file));
  return [...packages].sort().map(([name, file]) => `${name}: ${file}`);
}

/** Each with the first place that asks for it. */
function missingModules(chapters: readonly ExaminedChapter[], nameOf: (path: string) => string): string[] {
  const modules = new Map<string, string>();
  for (const { analysis, path } of chapters)
    for (const { unknowns } of analysis?.cells ?? [])
      for (const { kind, subject, file, line } of unknowns)
        if (kind === 'module' && !modules.has(subject))
          modules.set(subject, `${file === undefined ? nameOf(path) : nameOf(file)}, line ${line ?? '?'}`);
  return [...modules].map(
    ([name, place]) => `${name}: ${place}${isPackageName(name.split('.', 1)[0]!) ? '' : OF_THE_BOOK}`,
  );
}

/** What to do with a module that is neither Python's own nor one that authors install. */
const OF_THE_BOOK =
  '; if it is part of the book, put its sources into the workspace, or name their folder in `reckoner.packageRoots`';

function dataFilesOf(
  chapters: readonly ExaminedChapter[],
  files: FileAccess,
  nameOf: (path: string) => string,
): string[] {
  const found = new Set<string>();
  for (const { lookups } of chapters)
    for (const path of readPaths(lookups.keys())) if (files.stat(path)?.kind === 'file') found.add(nameOf(path));
  return [...found].sort();
}

function listed(title: string, lines: readonly string[]): string[] {
  if (lines.length === 0) return [];
  const more = lines.length > MOST ? [`  and ${lines.length - MOST} more`] : [];
  return [title, ...lines.slice(0, MOST).map(line => `  ${line}`), ...more];
}
