/** The bibliographies that chapters name, read once and again when the file changes. */
import { readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve, sep } from 'node:path';
import { type Bibliography, type BibliographyEntry, parseBibliography } from '../chapter/bibliography';
import type { Chapter } from '../chapter/model';
import { projectRoot } from './files';

const LARGEST = 20_000_000;

interface Known {
  readonly modified: number;
  readonly bibliography: Bibliography;
}

const known = new Map<string, Known>();

function read(path: string): Bibliography | undefined {
  try {
    const { mtimeMs, size } = statSync(path);
    if (size > LARGEST) return undefined;
    const cached = known.get(path);
    if (cached?.modified === mtimeMs) return cached.bibliography;
    const bibliography = parseBibliography(readFileSync(path, 'utf8'));
    known.set(path, { modified: mtimeMs, bibliography });
    return bibliography;
  } catch {
    // A bibliography that cannot be read counts as missing; a rule of its own reports that.
    return undefined;
  }
}

/** Files named in the `_quarto.yml` of a project under `bibliography`. */
function projectBibliographies(root: string): string[] {
  try {
    const text = readFileSync(join(root, '_quarto.yml'), 'utf8');
    const line = /^\s*bibliography:\s*(.*)$/m.exec(text);
    const found = line === null ? [] : line[1]!.replace(/^\[|\]$/g, '').split(',');
    const listed = /^\s*bibliography:\s*\n((?:\s+-\s+.*\n?)+)/m.exec(text)?.[1]?.match(/-\s+(.*)/g) ?? [];
    return [...found, ...listed.map(item => item.slice(1))]
      .map(name => name.trim().replace(/^["']|["']$/g, ''))
      .filter(name => name !== '');
  } catch {
    return [];
  }
}

/**
 * Looks up citation keys of a chapter in its bibliographies and its project's; undefined where it names none. Files
 * outside the project are never read.
 */
export function citationsOf(
  path: string,
  chapter: Chapter,
): ((key: string) => BibliographyEntry | undefined) | undefined {
  const root = projectRoot(path);
  const own = (chapter.frontMatter?.bibliography ?? []).map(name => resolve(dirname(path), name));
  const files = [...own, ...projectBibliographies(root).map(name => resolve(root, name))];
  const inside = files.filter(file => file.startsWith(root + sep));
  const all = inside.flatMap(file => read(file) ?? []);
  if (all.length === 0) return undefined;
  return key => all.map(bibliography => bibliography.get(key)).find(entry => entry !== undefined);
}
