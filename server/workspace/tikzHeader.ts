/** What a book's header says about its drawings, where the diagram filter looks for it: in the project and the chapter. */
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { Chapter } from '../chapter/model';
import { withHeader } from '../tikz/document';
import { projectRoot } from './files';

const LARGEST = 1_000_000;

const known = new Map<string, { readonly modified: number; readonly header: string }>();

/** Makes the sources of a chapter's drawings from its blocks; `path` is that of its file, where it has one. */
export function tikzSourcesOf(path: string | undefined, chapter: Chapter): (block: string) => string {
  const own = headerIn(chapter.frontMatter?.data);
  const project = path === undefined ? '' : projectHeader(join(projectRoot(path), '_quarto.yml'));
  const header = [project, own].filter(text => text !== '').join('\n');
  return block => withHeader(header, block);
}

function projectHeader(file: string): string {
  try {
    const { mtimeMs, size } = statSync(file);
    if (size > LARGEST) return '';
    const cached = known.get(file);
    if (cached?.modified === mtimeMs) return cached.header;
    const header = headerIn(parse(readFileSync(file, 'utf8')));
    known.set(file, { modified: mtimeMs, header });
    return header;
  } catch {
    // No project, or one that Quarto will complain of itself.
    return '';
  }
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
