/** `reckoner render`: chapters as pages that need nothing but themselves. */
import { basename, dirname, extname, join, relative, resolve, sep } from 'node:path';
import { type Engine, Superseded } from '../engine';
import { FileError } from '../files/access';
import { filesIn } from '../files/node';
import { makeFolder, writeWhole } from '../files/replace';
import { projectRoot } from '../files/roots';
import { uriOfPath } from '../files/uri';
import { alonePage, contentsPage, type PageContents, type RenderedChapter } from '../preview';
import { type ContentsEntry, contentsOf, projectTitle } from '../project/contents';
import { decoded } from '../workspace/images';
import { makeEngine, rootOf } from './engine';
import { type Io, UsageError } from './io';
import { type PageOptions, pageServices } from './pages';
import { IMAGE_TYPES, isImage } from './previewServer';
import { printableLine } from './printable';
import { Progress } from './progress';
import { hashOf, isWaiting, PageAssets, withLinks, withoutActions, withPictures } from './standalone';
import { workspaceOf } from './workspace';

export interface RenderOptions extends PageOptions {
  /** A file for one chapter (`-` for standard output), a folder for a project. */
  readonly output: string;
}

/** Larger pictures are left out of a page, and so are those beyond all that a page may hold. */
const LARGEST_PICTURE = 10_000_000;
const MOST_PICTURES = 100_000_000;

/** How long formulas, and then drawings, are waited for: each of them has a limit of its own. */
const PATIENCE = 60_000;
const DRAWING_LIMIT = 600_000;

/** Writes the pages; 2 where a chapter could not be read, else 0. What is missing on them is told. */
export async function render(path: string, options: RenderOptions, io: Io): Promise<number> {
  const whole = resolve(io.cwd, path);
  if (extname(whole) === '.py') throw new UsageError(`${path} is no chapter, but a Python file`);
  const workspace = workspaceOf(options, [whole], io);
  const log = (message: string) => io.err(`reckoner: ${printableLine(message)}\n`);
  const engine = makeEngine(workspace, { log, ...pageServices(options, io) });
  engine.listen({ failed: log });
  try {
    const { chapters, problems } = engine.chaptersAt(whole, rootOf(whole, workspace));
    if (chapters.length === 0) throw new UsageError(`${path} has no chapters`);
    for (const { message } of problems) log(message);
    const isProject = chapters[0] !== whole;
    const renderer = new Renderer(engine, io);
    const failed = isProject
      ? await renderer.project(whole, chapters, folderFor(options.output, io))
      : await renderer.chapter(whole, fileFor(options.output, whole, io));
    return failed || problems.length > 0 ? 2 : 0;
  } finally {
    await engine.close();
  }
}

/** The file of a single chapter; undefined for standard output. */
function fileFor(output: string, chapter: string, io: Io): string | undefined {
  if (output === '-') return undefined;
  const path = resolve(io.cwd, output);
  const isFolder = /[\\/]$/.test(output) || filesIn(dirname(path)).stat(path)?.kind === 'folder';
  const file = isFolder ? join(path, pageName(basename(chapter))) : path;
  if (/\.(qmd|md|py|ya?ml|bib)$/i.test(file))
    throw new UsageError(`--output ${output}: a page is not written into a source file`);
  return file;
}

function folderFor(output: string, io: Io): string {
  if (output === '-') throw new UsageError('--output -: the pages of a project need a folder');
  const path = resolve(io.cwd, output);
  const kind = filesIn(dirname(path)).stat(path)?.kind;
  if (kind !== undefined && kind !== 'folder')
    throw new UsageError(`--output ${output}: a project needs a folder, and this is a file`);
  return path;
}

function pageName(chapter: string): string {
  return chapter.replace(/\.\w+$/, '.html');
}

class Renderer {
  readonly #engine: Engine;
  readonly #io: Io;
  readonly #assets = new PageAssets(__dirname);

  constructor(engine: Engine, io: Io) {
    this.#engine = engine;
    this.#io = io;
  }

  /** Writes the page of one chapter; true where it could not be read. */
  async chapter(path: string, file: string | undefined): Promise<boolean> {
    const page = this.#pageOf(path, await this.#render(path), undefined, () => undefined);
    if (file === undefined) this.#io.out(page);
    else this.#write(file, page);
    return false;
  }

  /** Writes the pages of a project, each in the place of its chapter; true where a chapter could not be read. */
  async project(root: string, chapters: readonly string[], folder: string): Promise<boolean> {
    const files = this.#engine.filesOf(chapters[0]!);
    const entries = contentsOf(chapters, files);
    const title = projectTitle(projectRoot(chapters[0]!, files), files) ?? basename(root);
    const pages = new Map(chapters.map(path => [path, join(folder, pageName(relative(root, path)))]));
    const progress = new Progress(this.#io);
    let failed = false;
    for (const path of progress.over(chapters, one => relative(root, one))) {
      const file = pages.get(path)!;
      try {
        const contents = contentsFor(title, entries, pages, file);
        const rendered = await this.#render(path);
        progress.clear();
        const page = this.#pageOf(path, rendered, contents, address => {
          const target = pages.get(resolve(dirname(path), decoded(address) ?? ''));
          return target === undefined ? undefined : addressFrom(file, target);
        });
        this.#write(file, page);
      } catch (error) {
        if (!(error instanceof FileError)) throw error;
        progress.clear();
        this.#io.err(`reckoner: ${printableLine(error.message)}\n`);
        failed = true;
      }
    }
    const index = join(folder, 'index.html');
    if (![...pages.values()].includes(index)) {
      const style = this.#assets.styleFor('');
      this.#write(index, contentsPage(contentsFor(title, entries, pages, index), { style, styleHash: hashOf(style) }));
    }
    return failed;
  }

  /** The chapter once everything in it is evaluated, set and drawn. */
  async #render(path: string): Promise<RenderedChapter> {
    const uri = uriOfPath(path);
    const engine = this.#engine;
    let changed: () => void = () => undefined;
    engine.open(uri, 1, engine.read(path));
    const page = await engine.page(uri, () => changed());
    try {
      const end = Date.now() + DRAWING_LIMIT;
      for (;;) {
        const again = new Promise<void>(done => {
          changed = done;
        });
        const rendered = await this.#newest(uri, page);
        const isReady = !rendered.blocks.some(({ html }) => isWaiting(html));
        if (isReady) return rendered;
        if (Date.now() > end) throw new FileError(`${path}: its drawings have not become ready`);
        await again;
      }
    } finally {
      page.close();
      engine.closeDocument(uri);
    }
  }

  async #newest(uri: string, page: Awaited<ReturnType<Engine['page']>>): Promise<RenderedChapter> {
    for (;;)
      try {
        const { analysis } = await this.#engine.chapter(uri)!.whenChecked();
        const { rendered } = await page.render(PATIENCE);
        const { refs, values } = analysis.counts;
        this.#missing = refs - values;
        return rendered;
      } catch (error) {
        if (!(error instanceof Superseded)) throw error;
      }
  }

  /** How many references of the chapter that is being rendered have no value. */
  #missing = 0;

  #pageOf(
    path: string,
    { blocks, ...rendered }: RenderedChapter,
    contents: PageContents | undefined,
    pageOf: (address: string) => string | undefined,
  ): string {
    if (this.#missing > 0)
      this.#io.err(
        `reckoner: ${printableLine(path)}: ${this.#missing} ${this.#missing === 1 ? 'reference has' : 'references have'} no value\n`,
      );
    const load = this.#pictures(path);
    const ready = blocks.map(block => ({
      ...block,
      html: withLinks(withPictures(withoutActions(block.html), load), pageOf),
    }));
    const { script } = this.#assets;
    const whole = ready.map(({ html }) => html).join('\n');
    const style = this.#assets.styleFor(whole);
    const diagrams = this.#assets.diagramsFor(whole);
    const own = { style, styleHash: hashOf(style), script, scriptHash: hashOf(script), diagrams, contents };
    return alonePage({ ...rendered, blocks: ready }, own);
  }

  /** Reads the pictures of a chapter's workspace; says which are left out. */
  #pictures(chapter: string): (address: string) => string | undefined {
    const files = this.#engine.filesOf(chapter);
    let left = MOST_PICTURES;
    return address => {
      const name = decoded(address.replace(/[?#].*$/, ''));
      const path = name === undefined ? undefined : resolve(dirname(chapter), name);
      const real = path === undefined ? undefined : files.realPath(path);
      if (path === undefined || real === undefined || !isImage(path) || !isImage(real)) return undefined;
      try {
        const content = files.readBytes(real, Math.min(left, LARGEST_PICTURE));
        left -= content.length;
        const type = IMAGE_TYPES[extname(real).toLowerCase()];
        return `data:${type};base64,${Buffer.from(content).toString('base64')}`;
      } catch (error) {
        if (!(error instanceof FileError)) throw error;
        this.#io.err(`reckoner: left out of its page: ${printableLine(error.message)}\n`);
        return undefined;
      }
    };
  }

  #write(file: string, page: string): void {
    makeFolder(dirname(file));
    writeWhole(filesIn(dirname(file)), file, page);
    this.#io.out(`${printableLine(file)}\n`);
  }
}

/** The contents as the page in a file shows them. */
function contentsFor(
  title: string,
  entries: readonly ContentsEntry[],
  pages: ReadonlyMap<string, string>,
  file: string,
): PageContents {
  const links = entries.map(({ path, ...entry }) => {
    const page = pages.get(path)!;
    return { ...entry, href: addressFrom(file, page), isCurrent: page === file };
  });
  return { title, links };
}

/** The address of a page from another one. */
function addressFrom(file: string, page: string): string {
  return relative(dirname(file), page).split(sep).map(encodeURIComponent).join('/');
}
