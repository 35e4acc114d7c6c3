/** What a book's header says about its drawings, where the diagram filter looks for it: in the project and the chapter. */
import type { Chapter } from '../chapter/model';
import type { FileAccess } from '../files/access';
import { projectRoot } from '../files/roots';
import { configurationOf } from '../project/configuration';
import { withHeader } from '../tikz/texDocument';

/** A chapter's file, and the files of its workspace. */
export interface ChapterPlace {
  readonly path: string;
  readonly files: FileAccess;
}

/** Makes the sources of a chapter's drawings from its blocks; without a place, as for a text that was never saved, from it alone. */
export function tikzSourcesOf(place: ChapterPlace | undefined, chapter: Chapter): (block: string) => string {
  const own = headerIn(chapter.frontMatter?.data);
  const project = place === undefined ? '' : projectHeader(projectRoot(place.path, place.files), place.files);
  const header = [project, own].filter(text => text !== '').join('\n');
  return block => withHeader(header, block);
}

function projectHeader(root: string, files: FileAccess): string {
  return headerIn(configurationOf(root, files).metadata);
}

/** `diagram: engine: tikz: header-includes:`, one text or a list. */
function headerIn(metadata: unknown): string {
  const found = at(metadata, 'diagram', 'engine', 'tikz', 'header-includes');
  const texts = Array.isArray(found) ? found : [found];
  return texts.filter(text => typeof text === 'string').join('\n');
}

function at(value: unknown, ...keys: readonly string[]): unknown {
  let here = value;
  for (const key of keys) {
    if (typeof here !== 'object' || here === null) return undefined;
    here = (here as Record<string, unknown>)[key];
  }
  return here;
}
