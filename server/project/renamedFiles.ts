/** What names files that are renamed or moved: in chapters and their cells, in the lists of a project, in code of packages. */
import { parseCell, parseExpression, parseProgram } from '../../mlsys';
import { type Chapter, composeChapter } from '../chapter';
import { type FileName, fileNames } from '../chapter/fileNames';
import { LineIndex } from '../chapter/lines';
import type { OffsetRange, PositionRange } from '../chapter/ranges';
import { dirname, join, relative, resolve, sep } from '../files/path';
import { isInside } from '../files/paths';
import { uriOfPath } from '../files/uri';
import { importEdits } from './codeImports';
import { pathEdits } from './codePaths';

/** A file or folder by its path before and behind. */
export interface Renamed {
  readonly from: string;
  readonly to: string;
}

/** A text that may name files. */
export interface NamingFile {
  readonly path: string;
  readonly text: string;
  /** The folder of its project, which a leading slash means. */
  readonly root: string;
  /** Where its code runs; by default in its own folder. */
  readonly folder?: string;
  /** Folders in which its code finds packages. */
  readonly packages?: readonly string[];
}

export interface FileEdit {
  readonly path: string;
  readonly range: PositionRange;
  readonly newText: string;
}

/**
 * The edits that have a text name the same files as before, once some were renamed; also where the text itself is among
 * them. `isThere` tells what was a file before.
 */
export function editsFor(
  file: NamingFile,
  renames: readonly Renamed[],
  isThere: (path: string) => boolean,
  textOf: (path: string) => string | undefined = () => undefined,
): FileEdit[] {
  const ownAfter = movedPath(file.path, renames);
  const edits: FileEdit[] = [];
  const lines = LineIndex.of(file.text);
  const isYaml = /\.ya?ml$/.test(file.path);
  const isCode = file.path.endsWith('.py');
  const chapter = isYaml || isCode ? undefined : composeChapter(file.text, uriOfPath(file.path), undefined);
  if (chapter !== undefined || isCode)
    for (const { start, end, newText } of codeEdits(file, chapter, renames, { isThere, textOf }))
      edits.push({ path: file.path, range: lines.rangeOf({ start, end }), newText });
  if (isCode) return edits;
  for (const { name, range } of chapter === undefined ? namesInYaml(file.text) : fileNames(chapter)) {
    const before = name.startsWith('/') ? join(file.root, name) : resolve(dirname(file.path), name);
    if (!isThere(before)) continue;
    const after = movedPath(before, renames);
    // Within the project a name from its root stays one.
    const newName = name.startsWith('/')
      ? `/${portable(relative(file.root, after))}`
      : asWritten(portable(relative(dirname(ownAfter), after)), name);
    if (after === before && ownAfter === file.path) continue;
    if (newName === name || (name.startsWith('/') && !isInside(after, file.root))) continue;
    edits.push({ path: file.path, range: lines.rangeOf(range), newText: newName });
  }
  return edits;
}

/** Where a path leads once files and folders were renamed. */
function movedPath(path: string, renames: readonly Renamed[]): string {
  for (const { from, to } of renames) {
    if (path === from) return to;
    if (isInside(path, from)) return join(to, relative(from, path));
  }
  return path;
}

function portable(path: string): string {
  return path.split(sep).join('/');
}

/** A name that began with `./` does so still. */
function asWritten(name: string, before: string): string {
  return before.startsWith('./') && !name.startsWith('.') ? `./${name}` : name;
}

/** The files before the renames. */
interface Disk {
  isThere(path: string): boolean;
  textOf(path: string): string | undefined;
}

/** Of paths and imports in Python code: of a module, or of the cells of a chapter, which know each other's names, and references. */
function codeEdits(
  { path, text, root, folder = dirname(path), packages = [] }: NamingFile,
  chapter: Chapter | undefined,
  renames: readonly Renamed[],
  { isThere, textOf }: Disk,
): readonly NewText[] {
  const own = { before: path, after: movedPath(path, renames) };
  const disk = { isThere, moved: (one: string) => movedPath(one, renames) };
  const imports = {
    roots: packages,
    textOf,
    parse: (source: string, file: string) => parseProgram(source, file).module,
  };
  if (chapter === undefined) {
    const { module } = parseProgram(text, path);
    // Where a package runs is not known: from the folder of the project, as a rule.
    const place = { source: text, file: own, folder: { before: root, after: root } };
    return [
      ...pathEdits(module, place, disk),
      ...importEdits(module, { source: text, file: own, ...imports }, disk).edits,
    ];
  }
  const cells = chapter.cells.filter(({ run }) => run);
  if (cells.length === 0) return [];
  const starts: number[] = [];
  let source = '';
  for (const cell of cells) {
    starts.push(source.length);
    source += `${cell.source}\n`;
  }
  const isOwn = folder === dirname(path);
  const place = { source, file: undefined, folder: { before: folder, after: isOwn ? dirname(own.after) : folder } };
  const { module } = parseCell(source, '<cells>');
  const imported = importEdits(module, { source, file: undefined, ...imports }, disk);
  const inCells = [...pathEdits(module, place, disk), ...imported.edits].map(({ start, end, newText }) => {
    const at = starts.findLastIndex(one => one <= start);
    const range = cells[at]!.toDocumentRange({ start: start - starts[at]!, end: end - starts[at]! });
    return { ...range, newText };
  });
  const inReferences = chapter.refs.flatMap(({ expr, range }) => {
    const { expression } = parseExpression(expr);
    const from = range.start + text.slice(range.start, range.end).indexOf(expr);
    const edits = expression === undefined ? [] : imported.of(expression);
    return edits.map(({ start, end, newText }) => ({ start: from + start, end: from + end, newText }));
  });
  const inHeaders = cells.flatMap(cell =>
    (cell.header?.field('Imports')?.names ?? []).flatMap(({ name, module: of, range }) => {
      const newText = of === undefined ? imported.renamed(name) : undefined;
      return newText === undefined ? [] : [{ ...range, newText }];
    }),
  );
  return [...inCells, ...inReferences, ...inHeaders];
}

type NewText = OffsetRange & { readonly newText: string };

/** Names of files in the YAML of a project. */
function namesInYaml(text: string): readonly FileName[] {
  // In its lists and values; what is no file is passed over.
  return [...text.matchAll(/[^\s,[\]"'{}#:]+\.[A-Za-z0-9]+(?=["'\s,\]}]|$)/g)].map(({ index, 0: name }) => ({
    name,
    range: { start: index, end: index + name.length },
  }));
}
