/** What features ask about the project around a chapter. Everything is looked up when it is asked for. */
import { composeChapter } from '../chapter';
import { mayInclude } from '../chapter/composition';
import type { Chapter } from '../chapter/model';
import type { FeatureContext } from '../features';
import type { FileAccess } from '../files/access';
import { dirname, join, resolve } from '../files/path';
import { namedFile, projectRoot } from '../files/roots';
import { pathOfUri, uriKey, uriOfPath } from '../files/uri';
import { numberingOf } from '../preview/numbering';
import type { ChapterIndex } from '../project/chapterIndex';
import { isPartial, partialFiles } from '../project/partials';
import { citedEntries } from '../workspace/bibliographies';
import { sourcesIn } from '../workspace/files';
import type { ChapterDocument } from './chapterDocument';
import { type DocumentStore, importsFile } from './documentStore';

export interface FactsHost {
  /** A chapter that is open. */
  document(uri: string): ChapterDocument | undefined;
  filesOf(path: string): FileAccess;
  /** The chapters that know a chapter's labels; undefined where that is the chapter alone. */
  indexOf(path: string): ChapterIndex | undefined;
  /** The same for a book that has the chapter in its list. */
  bookOf(path: string): ChapterIndex | undefined;
  /** What an editor holds of a file. */
  textOf(path: string): string | undefined;
}

type Facts = Pick<FeatureContext, 'citations' | 'numberOf' | 'labels' | 'fileUri' | 'filesIn' | 'siblings'>;

/** What features ask about the project around one document. */
export function projectFacts(uri: string, host: FactsHost): Facts {
  const path = pathOfUri(uri);
  if (path === undefined) return {};
  let targets: ReturnType<typeof numberingOf>['targets'] | undefined;
  return {
    citations: () => {
      const chapter = host.document(uri)?.chapter;
      return chapter === undefined ? [] : citedEntries(path, chapter, host.filesOf(path));
    },
    numberOf: id => {
      const chapter = host.document(uri)?.chapter;
      if (chapter === undefined) return undefined;
      targets ??= numberingOf(chapter, host.bookOf(path)?.numberOf(resolve(path))).targets;
      const target = targets.get(id);
      return target && `${target.name} ${target.number}`.trim();
    },
    fileUri: name => {
      const files = host.filesOf(path);
      const whole = namedFile(name, path, files);
      return files.stat(whole)?.kind === 'file' ? uriOfPath(whole) : undefined;
    },
    filesIn: folder => {
      const files = host.filesOf(path);
      const whole = folder === '' ? dirname(path) : namedFile(folder, path, files);
      if (files.stat(whole)?.kind !== 'folder') return [];
      const isFolder = (name: string): boolean => files.stat(join(whole, name))?.kind === 'folder';
      return files
        .list(whole)
        .map(({ name, kind }) => ({ name, isFolder: kind === 'folder' || (kind === 'link' && isFolder(name)) }));
    },
    labels: () => {
      const index = host.indexOf(path);
      if (index?.isRead !== true) return [];
      const all = [...index.others(resolve(path))].flatMap(({ labels }) => [...labels.values()]);
      return all.map(({ id, uri: own, position, text, caption }) => ({ id, uri: own, range: position, text, caption }));
    },
    siblings: (text, kind) => siblings(text, kind, path, host),
  };
}

/** As the editor has them, else as they are on disk; partials count in the chapters that include them. */
function* siblings(
  text: string,
  kind: 'label' | 'citation',
  near: string,
  host: FactsHost,
): Iterable<{ readonly uri: string; readonly chapter: Chapter }> {
  const files = host.filesOf(near);
  const root = projectRoot(near, files);
  const own = uriKey(uriOfPath(near));
  // Bibliographies are those of the project, labels those of a book or a folder.
  const knowing = kind === 'label' ? new Set(host.indexOf(near)?.paths) : undefined;
  const sources = [...sourcesIn(files)].filter(({ path }) => path.endsWith('.qmd'));
  // What a chapter says may stand in a file that it includes.
  const isIncluded = sources.some(
    ({ path, text: onDisk }) => isPartial(path) && (host.textOf(path) ?? onDisk).includes(text),
  );
  for (const { path, text: onDisk } of sources) {
    const uri = uriOfPath(path);
    if (uriKey(uri) === own || isPartial(path)) continue;
    if (knowing?.has(path) === false) continue;
    const open = host.document(uri)?.chapter;
    const may = (open?.text ?? onDisk).includes(text) || (open === undefined && isIncluded && mayInclude(onDisk));
    if (!may || projectRoot(path, files) !== root) continue;
    const chapter = open ?? composeChapter(onDisk, uri, partialFiles(path, files, host.textOf));
    if (chapter.text.includes(text)) yield { uri, chapter };
  }
}

/** What the workspace of a document holds besides: neither open, nor imported by an open chapter. */
export function* otherSources(
  uri: string,
  { chapters }: DocumentStore,
  filesOf: (path: string) => FileAccess,
): Iterable<{ readonly uri: string; readonly text: string }> {
  const near = pathOfUri(uri);
  if (near === undefined) return;
  const open = new Set(chapters.map(chapter => uriKey(chapter.uri)));
  for (const { path, text } of sourcesIn(filesOf(near))) {
    const own = uriOfPath(path);
    if (!open.has(uriKey(own)) && !chapters.some(chapter => importsFile(chapter, path))) yield { uri: own, text };
  }
}
