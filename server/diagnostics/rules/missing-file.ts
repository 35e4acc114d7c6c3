/** A file that the chapter names and that is not there: an include, a bibliography, a picture, a file that a link leads to. */
import type { Chapter, OffsetRange } from '../../chapter/model';
import type { Draft, Rule } from '../rule';
import type { Surroundings } from '../surroundings';

export const missingFile: Rule = {
  code: 'missing-file',
  severity: 'error',
  *document(chapter, surroundings): Iterable<Draft> {
    if (makesFiles(chapter, surroundings)) return;
    yield* missingIncludes(chapter, surroundings);
    yield* missingBibliographies(chapter, surroundings);
    yield* missingTargets(chapter, surroundings);
  },
};

/** True where something makes files before the project is rendered: Quarto would refuse a project that lacks a `metadata-files`. */
function makesFiles({ inherited: { project } }: Chapter, surroundings: Surroundings): boolean {
  const settings = project.project as { readonly 'pre-render'?: unknown } | null | undefined;
  if (settings?.['pre-render'] !== undefined || project.quartodoc !== undefined) return true;
  const files: unknown = project['metadata-files'];
  if (!Array.isArray(files)) return false;
  const names = files.filter(name => typeof name === 'string' && !isElsewhere(name) && !/[*?{}$]/.test(name));
  return names.some(name => !isThere(surroundings.file(`/${String(name).replace(/^\/+/, '')}`)));
}

/** What writes pictures; their names are often made as well. */
const WRITES = /\b(?:savefig|imsave|imwrite|write_image|save)\s*\(/;

function* missingIncludes({ composition }: Chapter, surroundings: Surroundings): Iterable<Draft> {
  const missing = (composition?.includes ?? []).filter(({ problem }) => problem === 'missing');
  const folders = new Map<string, (typeof missing)[number][]>();
  for (const one of missing) {
    const at = one.name.lastIndexOf('/');
    if (at <= 0 || one.from !== undefined || surroundings.file(one.name) !== 'no-folder') continue;
    const folder = one.name.slice(0, at);
    folders.set(folder, [...(folders.get(folder) ?? []), one]);
  }
  const ofFolders = [...folders].filter(([, all]) => all.length > 1);
  // One cause: none of the files is there, because the folder is not.
  for (const [folder, [first, ...others]] of ofFolders)
    yield {
      range: first!.range,
      message: `There is no folder \`${folder}\`, from which the chapter includes ${others.length + 1} files.`,
      related: others.map(({ name, range }) => ({ range, message: `\`${name}\` is included here` })),
    };
  const told = new Set(ofFolders.flatMap(([, all]) => all));
  for (const one of missing) {
    if (told.has(one)) continue;
    const { name, from, range } = one;
    const nested =
      from === undefined || name.startsWith('/')
        ? ''
        : ' Quarto looks from the folder of the chapter, not of the file that the include stands in.';
    yield { range, message: `There is no file \`${name}\` that can be included.${nested}` };
  }
}

function* missingBibliographies({ frontMatter }: Chapter, surroundings: Surroundings): Iterable<Draft> {
  for (const name of frontMatter?.bibliography ?? []) {
    if (isElsewhere(name) || /[`{}$]/.test(name) || isThere(surroundings.file(name))) continue;
    const { text, textRange, range: whole } = frontMatter!;
    const at = text.indexOf(name);
    const start = textRange.start + at;
    const range = at < 0 ? whole : { start, end: start + name.length };
    yield { range, message: `There is no bibliography \`${name}\`.` };
  }
}

interface Target {
  readonly path: string;
  readonly range: OffsetRange;
  readonly what: 'picture' | 'file';
}

/** The render goes on without them. */
function* missingTargets(chapter: Chapter, surroundings: Surroundings): Iterable<Draft> {
  const lost = new Map<string, Target[]>();
  let isAnyThere = false;
  for (const target of [...picturesOf(chapter), ...linksOf(chapter)]) {
    const { path, range, what } = target;
    const found = surroundings.file(path);
    isAnyThere ||= found === 'there';
    if (found === 'there' || found === 'elsewhere' || mayBeWritten(path, chapter)) continue;
    if (found === 'no-folder') {
      const folder = path.slice(0, path.lastIndexOf('/'));
      lost.set(folder, [...(lost.get(folder) ?? []), target]);
    } else
      yield {
        range,
        severity: 'warning',
        cause: path,
        message: what === 'picture' ? `There is no picture \`${path}\`.` : `There is no file \`${path}\` to lead to.`,
      };
  }
  for (const [folder, [first, ...others]] of lost) {
    const near = folderBeside(folder, first!, surroundings);
    if (near !== undefined) {
      yield misspelled(folder, near, first!, others.length);
      continue;
    }
    yield {
      range: first!.range,
      // Where nothing is there, the folders were not handed on with the chapter.
      severity: isAnyThere ? 'warning' : 'hint',
      message: `There is no folder \`${folder}\`, in which the chapter names ${others.length === 0 ? 'this file' : `${others.length + 1} files`}.`,
    };
  }
}

/** Folders that pictures and other files lie in. */
const FOLDERS = ['images', 'image', 'img', 'figures', 'figs', 'fig', 'assets', 'media', 'data', 'files'];

/** A folder with another name that has the file: `images` for `image`. */
function folderBeside(folder: string, { path }: Target, surroundings: Surroundings): string | undefined {
  const last = folder.slice(folder.lastIndexOf('/') + 1);
  const parent = folder.slice(0, folder.length - last.length);
  const names = [`${last}s`, last.replace(/s$/, ''), ...FOLDERS.filter(name => name[0] === last[0])];
  return names
    .filter(name => name !== last && name !== '')
    .map(name => parent + name)
    .find(name => surroundings.file(name + path.slice(folder.length)) === 'there');
}

function misspelled(folder: string, near: string, { range }: Target, others: number): Draft {
  return {
    range,
    severity: 'warning',
    message: `There is no folder \`${folder}\`, but \`${near}\` has the file.`,
    fixes:
      others === 0
        ? [
            {
              title: `Write \`${near}\``,
              edits: [{ start: range.start, end: range.start + folder.length, newText: near }],
            },
          ]
        : [],
  };
}

/** A cell may write the file when the page is rendered. */
function mayBeWritten(path: string, { cells }: Chapter): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const ending = path.slice(path.lastIndexOf('.'));
  return cells.some(({ source }) => source.includes(name) || (source.includes(ending) && WRITES.test(source)));
}

function picturesOf(chapter: Chapter): readonly Target[] {
  const images = chapter.nodes('image').flatMap((found): Target[] => {
    const path = pathIn(found.node.url);
    // Without an ending, the format decides which file is meant.
    if (path === undefined || !/\.\w+$/.test(path)) return [];
    return [{ path, range: found.place(found.node.urlRange), what: 'picture' }];
  });
  const tags = [...chapter.nodes('html'), ...chapter.nodes('htmlBlock')].flatMap(({ node, range }) =>
    Array.from(node.value.matchAll(/<img\s[^>]*?\bsrc\s*=\s*(["'])(.*?)\1/gi), (found): Target[] => {
      const path = pathIn(found[2]!);
      const start = range.start + found.index + found[0].length - 1 - found[2]!.length;
      return path === undefined || !/\.\w+$/.test(path)
        ? []
        : [{ path, range: { start, end: start + found[2]!.length }, what: 'picture' }];
    }).flat(),
  );
  return [...images, ...tags];
}

/** Files that Quarto makes pages of, or that lie beside them; pages themselves are made by the render. */
const LINKED = /\.(?:qmd|md|ipynb|rmd|py|csv|tsv|xlsx|json|ya?ml|toml|txt|bib|zip)$/i;

function linksOf(chapter: Chapter): readonly Target[] {
  return chapter.nodes('link').flatMap((found): Target[] => {
    const path = pathIn(found.node.url);
    if (path === undefined || !LINKED.test(path)) return [];
    return [{ path, range: found.place(found.node.urlRange), what: 'file' }];
  });
}

/** The path in an address; undefined for one on the web, within the page, or that something fills in. */
function pathIn(url: string): string | undefined {
  const address = url.replace(/^<|>$/g, '').replace(/[?#].*$/s, '');
  if (address === '' || isElsewhere(address) || /[{}$`*\\]|^\/\//.test(address)) return undefined;
  try {
    return decodeURIComponent(address);
  } catch {
    return undefined;
  }
}

/** Addresses on the web, and others with a scheme. */
function isElsewhere(name: string): boolean {
  return /^[a-z][a-z0-9+.-]*:/i.test(name);
}

function isThere(found: ReturnType<Surroundings['file']>): boolean {
  return found === 'there' || found === 'elsewhere';
}
