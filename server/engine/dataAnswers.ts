/** Answers of features in files that are no chapters: at entries of bibliographies, and about what chapters make of a file. */
import type { Position } from 'vscode-languageserver';
import { composeChapter } from '../chapter';
import type { Chapter } from '../chapter/model';
import type { PackageView } from '../evaluation/packageView';
import type { FeatureContext, Handler } from '../features';
import type { CitedEntry, EntryPlace, FileAsked, FileEntry, OpenChapter } from '../features/feature';
import { dirname, relative, sep } from '../files/path';
import { pathOfUri, uriKey, uriOfPath } from '../files/uri';
import { isPartial, partialFiles } from '../project/partials';
import { assignedAt, entryAt, fileValueAt } from '../whatif/fileValues';
import { bibliographyIn, citedEntries } from '../workspace/bibliographies';
import { sourcesIn } from '../workspace/files';
import type { OpenDataFile } from './dataDocuments';
import type { EachChapter, eachChapter } from './eachChapter';
import type { OpenPackageFile } from './packageDocuments';
import type { FactsHost } from './projectFacts';

/** A chapter that names a bibliography, with what it may cite. */
interface Citing {
  readonly uri: string;
  readonly chapter: Chapter;
  readonly entries: readonly CitedEntry[];
}

/** The answer of a feature at the position that its parameters name; `contextOf` is told the chapter of a bibliography. */
export function answerInData<P extends object, R>(
  file: OpenDataFile,
  feature: Handler<P, R>,
  params: P,
  host: FactsHost,
  contextOf: (chapter: string) => FeatureContext,
): R | null {
  const { position } = params as { readonly position?: Position };
  if (feature.inBibliography === undefined || position === undefined) return null;
  const offset = file.document.offsetAt(position);
  const entry = bibliographyIn(file.path, file.document.getText()).entries.find(
    ({ keyRange, writeKey }) => writeKey !== undefined && keyRange.start <= offset && offset <= keyRange.end,
  );
  const citing = entry === undefined ? undefined : citingChapter(file, host);
  if (entry === undefined || citing === undefined) return null;
  const range = {
    start: file.document.positionAt(entry.keyRange.start),
    end: file.document.positionAt(entry.keyRange.end),
  };
  const place: EntryPlace = { key: entry.key, range, chapter: citing.chapter };
  const context = { ...contextOf(citing.uri), citations: () => citing.entries };
  return feature.inBibliography(place, params, context) ?? null;
}

/** The first chapter whose bibliography a file is, an open one where there is one. */
function citingChapter({ path, uri }: OpenDataFile, host: FactsHost): Citing | undefined {
  const files = host.filesOf(path);
  const sources = [...sourcesIn(files)].filter(one => one.path.endsWith('.qmd') && !isPartial(one.path));
  const citing = (one: string, chapter: Chapter): Citing | undefined => {
    const entries = citedEntries(one, chapter, files);
    const isNamed = entries.some(entry => uriKey(entry.uri) === uriKey(uri));
    return isNamed ? { uri: uriOfPath(one), chapter, entries } : undefined;
  };
  for (const one of sources) {
    const open = host.document(uriOfPath(one.path))?.chapter;
    const found = open && citing(one.path, open);
    if (found !== undefined) return found;
  }
  for (const one of sources) {
    const own = uriOfPath(one.path);
    if (host.document(own) !== undefined) continue;
    const found = citing(one.path, composeChapter(one.text, own, partialFiles(one.path, files, host.textOf)));
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The answer of a feature about a chapter of a project that is not open; null where there is none with that name. */
export async function answerUnopened<P extends object, R>(
  uri: string,
  feature: Handler<P, R>,
  params: P,
  context: FeatureContext,
  all: EachChapter,
): Promise<R | null> {
  const path = pathOfUri(uri);
  if (path === undefined) return null;
  for await (const { document } of all(path, undefined, one => uriKey(one) === uriKey(uri))) {
    // The chapter counts as long as it is not left.
    const answer = await feature.handle(document.evaluation.analysis, params, context);
    return answer;
  }
  return null;
}

/** A file that is asked about, with the chapters of its project. */
export function fileAsked(
  { uri, path, document }: OpenDataFile | OpenPackageFile,
  view: PackageView | undefined,
  chapters: FileAsked['chapters'],
): FileAsked {
  const text = document.getText();
  const texts = { paths: [path], textOf: () => text, uriOf: (one: string) => one, nameOf: () => '' };
  const entry = (position: Position): FileEntry | undefined => {
    const value = fileValueAt(path, position, texts);
    if (value === undefined) {
      // Of a module that no open chapter imports, nobody has a view.
      const found =
        view === undefined ? (entryAt(path, position, text) ?? assignedAt(path, position, text)) : undefined;
      return found && { name: found.label, number: undefined, ranges: [found.range] };
    }
    const { name, number, range, owner } = value;
    // The name of a number that is assigned as it stands is what others read.
    return { name: name.slice(2), number, ranges: owner === undefined ? [range] : [range, owner] };
  };
  return { uri, path, text, view, entryAt: entry, chapters };
}

/** The chapters that read a file or import it, as they are named from its folder. */
export async function* projectChapters(
  all: ReturnType<typeof eachChapter>,
  path: string,
): AsyncIterable<OpenChapter & { readonly name: string }> {
  for await (const { uri, document } of all) {
    const { evaluation } = document;
    if (!evaluation.seesData(path) && !evaluation.modules.some(({ file }) => file === path)) continue;
    const way = relative(dirname(path), pathOfUri(uri) ?? uri).split(sep);
    yield { uri, analysis: evaluation.analysis, name: way.filter(part => part !== '..').join('/') };
  }
}
