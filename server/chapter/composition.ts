/**
 * A chapter's text with its includes in place, as Quarto puts them there before anything runs, and the way between places in
 * that text and places in the files that it comes from. A line `{{< include part.qmd >}}` stands for the text of the file,
 * in prose and in cells alike; a path is relative to the chapter, in included files as well, or with a slash to the project.
 */
import { LineIndex, type Lines, type Position } from './lines';
import type { TextChange } from './model';
import type { OffsetRange, PositionRange } from './ranges';
import { countFirst } from './sorted';

/** Where the files are that a chapter may include. */
export interface PartialFiles {
  /** The path of a file by the name that an include gives it. */
  resolve(name: string): string;
  uriOf(path: string): string;
  /** The text of a file; undefined where it cannot be read. */
  read(path: string): string | undefined;
  /** Path of the chapter itself. */
  readonly path: string;
}

/** A file that is put into a chapter. */
export interface Partial {
  readonly path: string;
  readonly uri: string;
}

/** One `{{< include name >}}` line. */
export interface Include {
  readonly name: string;
  readonly path: string;
  /** The shortcode: in the composed text where the include was not carried out, else in `from`. */
  readonly range: OffsetRange;
  /** The file that it stands in; undefined for the chapter. */
  readonly from: Partial | undefined;
  /** Why nothing was put in its place. */
  readonly problem: 'missing' | 'cycle' | 'too-long' | undefined;
}

/** A stretch of a source, or text that composing adds behind one. */
interface Segment {
  readonly source: number;
  readonly start: number;
  readonly length: number;
  readonly added?: string;
  /** In the composed text. */
  readonly at: number;
  /** The include of the chapter itself that brought it, an index into `includes`; -1 for the chapter's own text. */
  readonly by: number;
}

interface Source {
  readonly file: Partial | undefined;
  readonly text: string;
  readonly lines: LineIndex;
}

const DIRECTIVE = /^[^\S\r\n]*(\{\{< (?!\/\*)[^\S\r\n]*([^\r\n]+?)(?<!\*\/) >\}\})[^\S\r\n]*$/gm;
const NAME = /^include\s+(?:"([^"]*)"|'([^']*)'|([^"'\s]+))/i;
/** Texts and pieces beyond these are not put together. */
const LONGEST = 16_000_000;
const MOST_SEGMENTS = 20_000;

/** True where a text may hold an include. */
export function mayInclude(text: string): boolean {
  return text.includes('{{<') && directives(text).length > 0;
}

interface Directive extends OffsetRange {
  readonly name: string;
  readonly shortcode: OffsetRange;
}

function directives(text: string): readonly Directive[] {
  if (!text.includes('{{<')) return [];
  const found: Directive[] = [];
  for (const match of text.matchAll(DIRECTIVE)) {
    const named = NAME.exec(match[2]!);
    const name = named?.[1] ?? named?.[2] ?? named?.[3];
    if (name === undefined || name === '') continue;
    const start = match.index + match[0].indexOf('{{<');
    found.push({
      name,
      start: match.index,
      end: match.index + match[0].length,
      shortcode: { start, end: start + match[1]!.length },
    });
  }
  return found;
}

export class Composition {
  readonly includes: readonly Include[];
  readonly #files: PartialFiles;
  readonly #sources: readonly Source[];
  readonly #segments: readonly Segment[];
  readonly length: number;

  private constructor(
    files: PartialFiles,
    sources: readonly Source[],
    segments: readonly Segment[],
    includes: readonly Include[],
  ) {
    this.#files = files;
    this.#sources = sources;
    this.#segments = segments;
    this.includes = includes;
    const last = segments.at(-1);
    this.length = last === undefined ? 0 : last.at + last.length;
  }

  /** Puts a chapter's text together with what it includes. */
  static of(text: string, files: PartialFiles, lines = LineIndex.of(text)): Composition {
    const builder = new Builder(files);
    builder.add({ file: undefined, text, lines });
    return new Composition(files, builder.sources, builder.segments, builder.includes);
  }

  /** The whole text; to be asked for where it is read anew. */
  get text(): string {
    return this.#segments
      .map(({ source, start, length, added }) => added ?? this.#sources[source]!.text.slice(start, start + length))
      .join('');
  }

  /** The chapter's own text, and its lines. */
  get own(): { readonly text: string; readonly lines: LineIndex } {
    return this.#sources[0]!;
  }

  /** The files that are put in, each once. */
  get partials(): readonly Partial[] {
    return this.#sources.flatMap(({ file }) => file ?? []);
  }

  /** The text of a file that is put in. */
  textOf(path: string): string | undefined {
    return this.#sources.find(({ file }) => file?.path === path)?.text;
  }

  /** True for a file that an include names, whether it is there or not. */
  names(path: string): boolean {
    return this.includes.some(include => include.path === path);
  }

  #segmentAt(offset: number): Segment | undefined {
    const before = countFirst(this.#segments.length, at => this.#segments[at]!.at <= offset);
    return this.#segments[Math.max(0, before - 1)];
  }

  #locate(offset: number): { readonly source: Source; readonly at: number } {
    const segment = this.#segmentAt(offset);
    if (segment === undefined) return { source: this.#sources[0]!, at: 0 };
    const { source, start, length, added, at } = segment;
    return {
      source: this.#sources[source]!,
      at: added === undefined ? start + Math.max(0, Math.min(offset - at, length)) : start,
    };
  }

  /** The included file that an offset of the composed text lies in; undefined for the chapter itself. */
  fileAt(offset: number): Partial | undefined {
    return this.#locate(offset).source.file;
  }

  /** A range of the composed text in the file in which it starts; cut off where it goes on in another one. */
  toFile({ start, end }: OffsetRange): { readonly file: Partial | undefined; readonly range: OffsetRange } {
    const from = this.#locate(start);
    const to = end === start ? from : this.#locate(end - 1);
    if (to.source !== from.source || to.at < from.at) {
      const stop = this.#segmentAt(start)!;
      return { file: from.source.file, range: { start: from.at, end: Math.max(from.at, stop.start + stop.length) } };
    }
    return {
      file: from.source.file,
      range: { start: from.at, end: end === start ? from.at : Math.min(to.at + 1, from.source.text.length) },
    };
  }

  positionsOf(range: OffsetRange): PositionRange {
    const located = this.toFile(range);
    const { lines } = this.#sources.find(({ file }) => file === located.file)!;
    return { start: lines.positionAt(located.range.start), end: lines.positionAt(located.range.end) };
  }

  positionAt(offset: number): Position {
    const { source, at } = this.#locate(offset);
    return source.lines.positionAt(at);
  }

  lineAt(offset: number): number {
    const { source, at } = this.#locate(offset);
    return source.lines.lineAt(at);
  }

  /** The first place in the composed text of an offset in a file; undefined for a file that is not put in. */
  fromFile(path: string | undefined, offset: number): number | undefined {
    const source = this.#sources.findIndex(({ file }) => file?.path === path);
    if (source < 0) return undefined;
    let nearest: number | undefined;
    for (const segment of this.#segments) {
      if (segment.source !== source || segment.added !== undefined) continue;
      if (offset < segment.start) return nearest ?? segment.at;
      if (offset < segment.start + segment.length) return segment.at + offset - segment.start;
      nearest = segment.at + segment.length;
    }
    return nearest ?? 0;
  }

  /** The same for a position. */
  offsetIn(path: string | undefined, position: Position): number | undefined {
    const source = this.#sources.find(({ file }) => file?.path === path);
    return source && this.fromFile(path, source.lines.offsetAt(position));
  }

  /** The include of the chapter itself that brought an offset of the composed text. */
  includeAt(offset: number): Include | undefined {
    const by = this.#segmentAt(offset)?.by ?? -1;
    return by < 0 ? undefined : this.includes[by];
  }

  /** The line of the chapter that an offset belongs to: its own, or that of the include that brought it. */
  chapterLineAt(offset: number): number {
    const include = this.includeAt(offset);
    return this.own.lines.lineAt(include === undefined ? this.#locate(offset).at : include.range.start);
  }

  /**
   * The composition after an edit of the chapter (`path` undefined) or of a file that is put in, and what it changes in the
   * composed text, one after the other; `changes` is undefined where the includes may be others and all is put together anew.
   */
  edited(
    path: string | undefined,
    change: TextChange,
  ): { readonly composition: Composition; readonly changes: readonly TextChange[] | undefined } {
    const index = this.#sources.findIndex(({ file }) => file?.path === path);
    const source = this.#sources[index];
    if (source === undefined) return { composition: this, changes: [] };
    const { start, end, text: inserted } = change;
    const { text } = source;
    const edited: Source = {
      file: source.file,
      text: text.slice(0, start) + inserted + text.slice(end),
      lines: source.lines.edited(start, end, inserted, (from, to) => text.slice(from, to)),
    };
    const moved = this.#moved(index, edited, change);
    if (moved !== undefined) return moved;
    const read = (one: string) => (one === path ? edited.text : (this.textOf(one) ?? this.#files.read(one)));
    const own = index === 0 ? edited : this.#sources[0]!;
    return {
      composition: Composition.of(own.text, { ...filesOf(this.#files), read }, own.lines).with(this.#files),
      changes: undefined,
    };
  }

  /** Reads the included files again; the same object where they are as they were. */
  refreshed(): Composition {
    const isSame = this.includes.every(({ path, problem }) =>
      problem === 'cycle' || problem === 'too-long' ? true : this.#files.read(path) === this.textOf(path),
    );
    return isSame ? this : Composition.of(this.own.text, this.#files, this.own.lines);
  }

  private with(files: PartialFiles): Composition {
    return new Composition(files, this.#sources, this.#segments, this.includes);
  }

  #moved(index: number, edited: Source, { start, end, text }: TextChange) {
    const delta = text.length - (end - start);
    if (mayHold(edited, start, start + text.length) || mayHold(this.#sources[index]!, start, end)) return undefined;
    // What is added behind a file depends on how it ends.
    if (index > 0 && end >= edited.text.length - delta) return undefined;
    const holding = this.#segments.filter(
      segment =>
        segment.source === index &&
        segment.added === undefined &&
        segment.start <= start &&
        end <= segment.start + segment.length,
    );
    // Where two pieces of a file meet, there is an include between them.
    const places = new Set(holding.map(segment => segment.start));
    if (places.size !== 1) return undefined;
    const segments: Segment[] = [];
    const changes: TextChange[] = [];
    let at = 0;
    for (const segment of this.#segments) {
      const isHolding = holding.includes(segment);
      if (isHolding) {
        const place = at + start - segment.start;
        changes.push({ start: place, end: place + end - start, text });
      }
      const length = segment.length + (isHolding ? delta : 0);
      const shift = segment.source === index && !isHolding && segment.start >= end ? delta : 0;
      segments.push({ ...segment, at, length, start: segment.start + shift });
      at += length;
    }
    const sources = this.#sources.map((one, each) => (each === index ? edited : one));
    const { file } = edited;
    const includes = this.includes.map(include =>
      include.problem === undefined && include.from?.path === file?.path && include.range.start >= end
        ? { ...include, range: { start: include.range.start + delta, end: include.range.end + delta } }
        : include,
    );
    const moved = new Composition(this.#files, sources, segments, this.#placed(includes, changes));
    return { composition: moved, changes };
  }

  /** Includes that were not carried out stand in the composed text, which has changed. */
  #placed(includes: readonly Include[], changes: readonly TextChange[]): readonly Include[] {
    return includes.map(include => {
      if (include.problem === undefined) return include;
      let { start, end } = include.range;
      for (const change of changes) {
        if (change.end > start) continue;
        const delta = change.text.length - (change.end - change.start);
        start += delta;
        end += delta;
      }
      return { ...include, range: { start, end } };
    });
  }
}

/** True where the lines of a range may hold an include. */
function mayHold({ text, lines }: Source, start: number, end: number): boolean {
  return text.slice(lines.lineRangeAt(start).start, lines.lineRangeAt(end).end).includes('{{<');
}

/** The methods of a reader that are not to be overridden. */
function filesOf(files: PartialFiles): PartialFiles {
  return {
    path: files.path,
    resolve: name => files.resolve(name),
    uriOf: path => files.uriOf(path),
    read: path => files.read(path),
  };
}

class Builder {
  readonly sources: Source[] = [];
  readonly segments: Segment[] = [];
  readonly includes: Include[] = [];
  readonly #files: PartialFiles;
  readonly #known = new Map<string, number>();
  #at = 0;

  constructor(files: PartialFiles) {
    this.#files = files;
  }

  add(source: Source): void {
    this.sources.push(source);
    this.#take(0, [this.#files.path], -1);
  }

  #take(index: number, open: readonly string[], by: number): void {
    const { text, file } = this.sources[index]!;
    let from = 0;
    for (const directive of directives(text)) {
      const { name, start, end, shortcode } = directive;
      const path = this.#files.resolve(name);
      const target = this.#target(path, open);
      if (typeof target === 'string') {
        const shift = this.#at - from;
        const range = { start: shortcode.start + shift, end: shortcode.end + shift };
        this.includes.push({ name, path, range, from: file, problem: target });
        continue;
      }
      this.#piece(index, from, start, by);
      this.includes.push({ name, path, range: shortcode, from: file, problem: undefined });
      this.#take(target, [...open, path], by < 0 ? this.includes.length - 1 : by);
      const whole = this.sources[target]!.text;
      this.#added(target, whole.length, whole.endsWith('\n') ? '\n' : '\n\n', by < 0 ? this.includes.length - 1 : by);
      from = end;
      // Quarto takes away the line end behind an include of the chapter, and keeps it in an included file.
      if (index === 0) from += /^(?:\r\n|\r|\n)?/.exec(text.slice(end, end + 2))![0].length;
    }
    this.#piece(index, from, text.length, by);
  }

  #target(path: string, open: readonly string[]): number | NonNullable<Include['problem']> {
    if (open.includes(path)) return 'cycle';
    const known = this.#known.get(path);
    const text = known === undefined ? this.#files.read(path) : this.sources[known]!.text;
    if (text === undefined) return 'missing';
    if (this.#at + text.length > LONGEST || this.segments.length > MOST_SEGMENTS) return 'too-long';
    if (known !== undefined) return known;
    this.sources.push({ file: { path, uri: this.#files.uriOf(path) }, text, lines: LineIndex.of(text) });
    this.#known.set(path, this.sources.length - 1);
    return this.sources.length - 1;
  }

  #piece(source: number, start: number, end: number, by: number): void {
    this.segments.push({ source, start, length: end - start, at: this.#at, by });
    this.#at += end - start;
  }

  #added(source: number, start: number, added: string, by: number): void {
    this.segments.push({ source, start, length: added.length, added, at: this.#at, by });
    this.#at += added.length;
  }
}

/** Lines of the files that a composed text comes from: positions are those in the file that holds an offset. */
export class ComposedLines implements Lines {
  readonly #raw: LineIndex;
  readonly #composition: Composition;

  constructor(raw: LineIndex, composition: Composition) {
    this.#raw = raw;
    this.#composition = composition;
  }

  get count(): number {
    return this.#composition.own.lines.count;
  }

  get length(): number {
    return this.#raw.length;
  }

  lineStart(line: number): number {
    const { lines } = this.#composition.own;
    return line >= lines.count ? this.#raw.length : this.#composition.fromFile(undefined, lines.lineStart(line))!;
  }

  lineEnd(line: number): number {
    return this.#composition.fromFile(undefined, this.#composition.own.lines.lineEnd(line))!;
  }

  lineAt(offset: number): number {
    return this.#composition.lineAt(offset);
  }

  positionAt(offset: number): Position {
    return this.#composition.positionAt(offset);
  }

  offsetAt(position: Position): number {
    return this.#composition.offsetIn(undefined, position)!;
  }

  rangeOf(range: OffsetRange): PositionRange {
    return this.#composition.positionsOf(range);
  }

  lineRangeAt(offset: number): OffsetRange {
    return this.#raw.lineRangeAt(offset);
  }

  chapterLineAt(offset: number): number {
    return this.#composition.chapterLineAt(offset);
  }
}
