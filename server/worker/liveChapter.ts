/**
 * A chapter whose page is open. Its blocks are rendered in slices, and its texts are set elsewhere; what is not there in time
 * stands as source until it is, so that nobody waits for a text that takes long.
 */
import type { Chapter } from '../chapter/model';
import type { Analysis } from '../evaluation/analysis';
import { LARGEST_CHAPTER } from '../files/access';
import { namedFile } from '../files/roots';
import {
  type EmbeddedChapter,
  embeddedChapters,
  needsDrawings,
  type PreviewContext,
  RenderCache,
  type RenderedChapter,
  refusalOf,
  renderSteps,
  type TypesetOutcome,
  type TypesetRequest,
} from '../preview';
import { anchorOf } from '../preview/text';
import { hrefFrom } from '../project/book';
import { Brand, type BrandMode } from '../project/brand';
import { ChapterIndexes } from '../project/indexes';
import { variableOf } from '../project/variables';
import { soon } from '../timers';
import { citationStyleOf, citationsOf } from '../workspace/bibliographies';
import { graphFileOf } from '../workspace/graphFiles';
import { decoded, problemWithImage, projectFolderOf } from '../workspace/images';
import { notebookOf } from '../workspace/notebooks';
import { type ChapterPlace, tikzSourcesOf } from '../workspace/tikzHeader';
import type { DrawingService, TextService } from './services';

/** Rendering goes on for this long before others get their turn. */
const SLICE = 8;

const WAITING: TypesetOutcome = { kind: 'waiting' };

/** A text that the page shows. */
interface Entry {
  outcome: TypesetOutcome;
  /** The last rendering that asked for it. */
  rendering: number;
}

export interface LiveServices {
  readonly texts: TextService;
  /** Has the figures of cells drawn; then each can be looked up. */
  figures(analysis: Analysis): Promise<PreviewContext['figure']>;
  /** What is known of other chapters, by their paths: those of which the page shows cells until it asks for others. */
  embedded?(paths: readonly string[]): Promise<ReadonlyMap<string, EmbeddedChapter | undefined>>;
  /** The books that chapters belong to. */
  readonly indexes?: ChapterIndexes | undefined;
  /** The drawings of TikZ blocks; undefined where they are off. */
  drawings(): DrawingService | undefined;
}

export interface LiveRendering {
  readonly rendered: RenderedChapter;
  readonly analysis: Analysis;
}

export class LiveChapter {
  readonly #name: string;
  readonly #place: ChapterPlace | undefined;
  readonly #services: LiveServices;
  readonly #changed: () => void;
  readonly #indexes: ChapterIndexes;
  readonly #cache = new RenderCache();
  readonly #texts = new Map<string, Map<string, Entry>>();
  #rendering = 0;
  /** Texts that are being set. */
  #missing = 0;
  #settled: (() => void) | undefined;
  #drawings: DrawingService | undefined;
  #last: Promise<unknown> = Promise.resolve();
  #closed = false;

  /** `name` tells chapters apart; `changed` is called when something that was missing in a rendering is there. */
  constructor(name: string, place: ChapterPlace | undefined, services: LiveServices, changed: () => void) {
    this.#name = name;
    this.#place = place;
    this.#services = services;
    this.#changed = changed;
    this.#indexes = services.indexes ?? new ChapterIndexes();
  }

  /**
   * The page for the newest analysis. Waits up to `patience` milliseconds for texts that are being set. One rendering
   * begins when the one before it has ended.
   */
  render(newest: () => Analysis, patience: number): Promise<LiveRendering> {
    const made = this.#last.then(() => this.#render(newest, patience));
    this.#last = made.catch(() => undefined);
    return made;
  }

  close(): void {
    this.#closed = true;
    this.#services.texts.forget(this);
    this.#drawings?.want(this.#name, []);
    void this.#services.embedded?.([]);
    this.#settled?.();
  }

  async #render(newest: () => Analysis, patience: number): Promise<LiveRendering> {
    let end: number | undefined;
    for (;;) {
      const analysis = newest();
      const missing: TypesetRequest[] = [];
      const rendered = await this.#pass(analysis, missing);
      this.#forget();
      this.#request(missing);
      if (this.#missing === 0 || this.#closed) return { rendered, analysis };
      // The start of the process is no fault of the texts.
      await this.#services.texts.started();
      end ??= performance.now() + patience;
      const left = end - performance.now();
      if (left <= 0) return { rendered, analysis };
      if (this.#missing > 0) await this.#settle(left);
    }
  }

  async #pass(analysis: Analysis, missing: TypesetRequest[]): Promise<RenderedChapter> {
    this.#rendering++;
    const wanted: string[] = [];
    const figure = await this.#services.figures(analysis);
    const embeddedChapter = await this.#embedded(analysis.chapter);
    const own = { typeset: this.#typeset(missing), figure, ...(embeddedChapter && { embeddedChapter }) };
    const context = { ...own, ...this.#contextOf(analysis, wanted) };
    const work = renderSteps(analysis, context, this.#cache);
    let until = performance.now() + SLICE;
    for (;;) {
      const step = work.next();
      if (step.done === true) {
        if (!this.#closed) this.#drawings?.want(this.#name, wanted);
        return step.value;
      }
      if (performance.now() < until) continue;
      await new Promise<void>(soon);
      until = performance.now() + SLICE;
    }
  }

  /** The other chapters of which this one shows cells, by the names that it gives them. */
  async #embedded(chapter: Chapter): Promise<PreviewContext['embeddedChapter']> {
    const { embedded } = this.#services;
    const place = this.#place;
    if (embedded === undefined || place === undefined) return undefined;
    const { files } = place;
    const found = new Map<string, EmbeddedChapter | string | undefined>();
    const paths = new Map<string, string>();
    for (const name of embeddedChapters(chapter)) {
      const path = namedFile(decoded(name) ?? name, place.path, files);
      const problem = files.problemWith(path, LARGEST_CHAPTER);
      // Those that are not there may come.
      paths.set(name, path);
      if (problem !== undefined) found.set(name, problem.reason);
    }
    const known = this.#closed ? undefined : await embedded([...new Set(paths.values())]);
    for (const [name, path] of paths) if (!found.has(name)) found.set(name, known?.get(path));
    return name => (found.has(name) ? found.get(name) : 'it is named where nothing is embedded');
  }

  #contextOf({ chapter }: Analysis, wanted: string[]): PreviewContext {
    const place = this.#place;
    const citation = place === undefined ? undefined : citationsOf(place.path, chapter, place.files);
    if (needsDrawings(chapter)) this.#drawings = this.#services.drawings();
    const drawings = this.#drawings;
    const sourceOf = drawings === undefined ? undefined : tikzSourcesOf(place, chapter);
    const drawing = (block: string) => {
      const source = sourceOf!(block);
      wanted.push(source);
      return drawings!.get(source);
    };
    const book = place && this.#indexes.bookOf(place.path, place.files);
    const label = (id: string) => {
      const found = book?.label(id, place!.path);
      if (found === undefined) return undefined;
      const { path, text, caption, chapter: title } = found;
      return { href: `${hrefFrom(place!.path, path)}#${anchorOf(id)}`, text, caption, chapter: title };
    };
    return {
      ...(book === undefined ? {} : { label, chapterNumber: book.numberOf(place!.path) }),
      ...(place === undefined ? {} : { imageProblem: url => problemWithImage(url, place) }),
      ...(place === undefined ? {} : { projectFolder: () => projectFolderOf(place) }),
      ...(place === undefined ? {} : { graphFile: name => graphFileOf(name, place) }),
      ...(place === undefined ? {} : { notebook: name => notebookOf(name, place) }),
      ...(place === undefined ? {} : { variable: name => variableOf(name, place.path, place.files) }),
      ...(place === undefined ? {} : brandOf(chapter, place)),
      ...(citation === undefined
        ? {}
        : { citation, citationStyle: () => citationStyleOf(place!.path, chapter, place!.files) }),
      ...(drawings === undefined ? {} : { drawing }),
    };
  }

  #typeset(missing: TypesetRequest[]) {
    return (request: TypesetRequest): TypesetOutcome => {
      const { form, text } = request;
      const texts = this.#texts.get(form) ?? new Map<string, Entry>();
      this.#texts.set(form, texts);
      const known = texts.get(text);
      if (known !== undefined) {
        // What waits from an earlier rendering is asked for again: each request replaces the one before.
        if (known.outcome === WAITING && known.rendering !== this.#rendering) missing.push(request);
        known.rendering = this.#rendering;
        return known.outcome;
      }
      const reason = refusalOf(request);
      const outcome: TypesetOutcome = reason === undefined ? WAITING : { kind: 'refused', reason };
      texts.set(text, { outcome, rendering: this.#rendering });
      if (outcome === WAITING) missing.push(request);
      return outcome;
    };
  }

  /** Drops the texts that the last rendering did not show. */
  #forget(): void {
    for (const texts of this.#texts.values())
      for (const [text, { rendering }] of texts) if (rendering !== this.#rendering) texts.delete(text);
  }

  #request(missing: readonly TypesetRequest[]): void {
    // Some may have been set while the rendering was under way.
    const requests = missing.filter(({ form, text }) => this.#texts.get(form)?.get(text)?.outcome === WAITING);
    this.#missing = requests.length;
    if (this.#closed) return;
    this.#services.texts.want(this, requests, ({ form, text }, outcome) => {
      const entry = this.#texts.get(form)?.get(text);
      if (entry?.outcome !== WAITING) return;
      entry.outcome = outcome;
      this.#missing--;
      if (this.#settled === undefined) this.#changed();
      else if (this.#missing === 0) this.#settled();
    });
  }

  /** Resolves when nothing is missing any more, or after some time. */
  #settle(milliseconds: number): Promise<void> {
    return new Promise(resolve => {
      const finish = () => {
        clearTimeout(timer);
        this.#settled = undefined;
        resolve();
      };
      const timer = setTimeout(finish, milliseconds);
      this.#settled = finish;
    });
  }
}

/** What the preview asks of the brand of a chapter. */
function brandOf({ frontMatter, inherited }: Chapter, { path, files }: ChapterPlace) {
  const { folders, project } = inherited;
  // A file that metadata of a folder names is not looked for.
  const own = frontMatter?.data.brand ?? (folders.brand === undefined ? undefined : null);
  const brand = new Brand(path, { own, project: project.brand }, files);
  return {
    brandColor: (name: string, mode: BrandMode) => brand.color(name, mode),
    brandLogo: (name: string, mode: BrandMode) => brand.logo(name, mode),
  };
}
