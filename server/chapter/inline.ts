/**
 * Finds what matters inside a block's text (references, citations, notes, math, links, …) in one pass, by Pandoc's rules.
 * References alone are found as Quarto finds them: by their backticks, whatever stands around; the pass then tells
 * in which context they stand. All ranges are relative to the block.
 */
import { readAttributes } from './attributes';
import { labelKind } from './labels';
import { BracketPairs, MarkFinder } from './marks';
import type { Attributes, InlineContext, OffsetRange } from './model';
import { RangeCursor } from './ranges';

export interface RefItem {
  readonly range: OffsetRange;
  readonly expr: string;
  readonly exprRange: OffsetRange;
  readonly context: InlineContext;
}

/** A key with its `@`; a cross-reference where `kind` is set. */
export interface KeyItem {
  readonly key: string;
  readonly kind: string | undefined;
  readonly range: OffsetRange;
  readonly keyRange: OffsetRange;
  groupRange: OffsetRange;
  bracketed: boolean;
  readonly suppressed: boolean;
  readonly context: InlineContext;
}

export interface NoteItem {
  readonly id: string;
  readonly range: OffsetRange;
  readonly context: InlineContext;
}

export interface InlineNoteItem {
  readonly range: OffsetRange;
  readonly textRange: OffsetRange;
}

export interface MathItem {
  readonly display: boolean;
  readonly tex: string;
  readonly range: OffsetRange;
  readonly texRange: OffsetRange;
  readonly attributes: Attributes | undefined;
  readonly context: InlineContext;
}

export interface LinkItem {
  readonly image: boolean;
  readonly text: string;
  readonly textRange: OffsetRange;
  readonly url: string;
  readonly urlRange: OffsetRange;
  readonly range: OffsetRange;
  readonly attributes: Attributes | undefined;
}

export interface SpanItem {
  readonly text: string;
  readonly range: OffsetRange;
  readonly attributes: Attributes;
}

export interface ShortcodeItem {
  readonly name: string;
  readonly args: readonly string[];
  readonly range: OffsetRange;
}

export interface IgnoreItem {
  readonly codes: readonly string[];
  readonly range: OffsetRange;
}

export interface BareItem {
  readonly range: OffsetRange;
  readonly expr: string;
  readonly context: InlineContext;
}

interface Region extends OffsetRange {
  readonly context: InlineContext;
}

/** A stretch of text with a context of its own, not to be crossed by any construct. */
export interface Segment extends OffsetRange {
  readonly context: InlineContext;
  /** True where nothing but references is looked for. */
  readonly opaque?: boolean;
}

export class InlineItems {
  readonly refs: RefItem[] = [];
  readonly keys: KeyItem[] = [];
  readonly notes: NoteItem[] = [];
  readonly inlineNotes: InlineNoteItem[] = [];
  readonly math: MathItem[] = [];
  readonly links: LinkItem[] = [];
  readonly spans: SpanItem[] = [];
  readonly shortcodes: ShortcodeItem[] = [];
  readonly ignores: IgnoreItem[] = [];
  readonly bare: BareItem[] = [];
}

export const NO_ITEMS = new InlineItems();

const REFERENCE = /(?<!`)`\{python\}[ \t]([^`\r\n]+)`/g;
const BARE_REFERENCE = /\{python\}[ \t]*([\p{ID_Start}_][\p{ID_Continue}.]*)?/gu;
const SHORTCODE_NAME = /\{\{<\s*(\/?[\w.-]+)/y;
const SHORTCODE_ARGUMENT = /"([^"]*)"|'([^']*)'|([^\s"']+)/g;
const FOOTNOTE_REF = /\[\^([^\]\s^]+)\]/y;
const KEY =
  /@(?:\{([^{}\s]+)\}|([\p{L}\p{N}_*][\p{L}\p{N}_]{0,999}(?:(?:[:.#$%&\-+?<>~/](?=[\p{L}\p{N}_])|[:/](?=\/))[\p{L}\p{N}_]{0,999}){0,99}))/uy;
const COMMAND = /\\[A-Za-z]+\*?/y;
const ENVIRONMENT = /\\begin\{([^{}\s]+)\}/y;
const TAG = /<\/?[A-Za-z][\w-]*(?:\s+[\w:-]+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'=<>`]+))?){0,999}\s*\/?>/y;
const AUTOLINK = /<(?:[A-Za-z][A-Za-z0-9+.-]*:[^\s<>]*|[^\s<>@]+@[^\s<>@]+)>/y;
const IGNORE = /^<!--\s*reckoner-ignore\b([\s\S]*?)-->$/;
const WORD = /[\p{L}\p{N}]/u;
const MARKUP = /[\\`$<[\]!@{^]/;
/** The same, by ASCII code. */
const IS_MARKUP = Uint8Array.from({ length: 128 }, (_, unit) => (MARKUP.test(String.fromCharCode(unit)) ? 1 : 0));
/** Brackets that are open at once; deeper ones are plain text. */
const MAX_NESTING = 100_000;

function match(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

/** Scans the segments of a block; text outside them is hidden (code), except from the search for references. */
export function scanInline(text: string, segments: readonly Segment[], hidden: readonly OffsetRange[]): InlineItems {
  if (!MARKUP.test(text)) return NO_ITEMS;
  const items = new InlineItems();
  const scanner = new InlineScanner(text, items);
  for (const segment of segments) if (!segment.opaque) scanner.scan(segment);
  scanner.references(segments, hidden);
  return items;
}

interface OpenBracket {
  readonly at: number;
  readonly image: boolean;
  readonly note: boolean;
  /** Number of keys before it. */
  readonly keys: number;
}

class InlineScanner {
  readonly #text: string;
  readonly #items: InlineItems;
  readonly #marks: MarkFinder;
  readonly #regions: Region[] = [];
  readonly #codeSpans: OffsetRange[] = [];
  /** Matching brackets by their opening unit, found once for the whole text. */
  readonly #pairs = new Map<number, BracketPairs>();
  /** Indices of the keys that no bracket groups so far. */
  #ungrouped: number[] = [];

  constructor(text: string, items: InlineItems) {
    this.#text = text;
    this.#items = items;
    this.#marks = new MarkFinder(text);
  }

  scan(segment: Segment): void {
    const text = this.#text;
    const { end, context } = segment;
    const brackets: OpenBracket[] = [];
    let tooDeep = 0;
    const open = (bracket: Pick<OpenBracket, 'at' | 'image' | 'note'>): void => {
      if (brackets.length < MAX_NESTING) brackets.push({ ...bracket, keys: this.#items.keys.length });
      else tooDeep++;
    };
    this.#ungrouped = [];
    let at = segment.start;
    while (at < end) {
      const unit = text.charCodeAt(at);
      if (unit > 127 || IS_MARKUP[unit] === 0) {
        at++;
        continue;
      }
      switch (unit) {
        case 92:
          at = this.#backslash(at, end);
          break;
        case 96:
          at = this.#code(at, end);
          break;
        case 36:
          at = this.#dollar(at, end, context);
          break;
        case 60:
          at = this.#angle(at, end);
          break;
        case 33:
          if (text.charCodeAt(at + 1) === 91) {
            open({ at, image: true, note: false });
            at++;
          }
          at++;
          break;
        case 94:
          if (text.charCodeAt(at + 1) === 91 && this.#closing(at + 1, end) > 0) {
            open({ at, image: false, note: true });
            at++;
          }
          at++;
          break;
        case 91: {
          const note = text.charCodeAt(at + 1) === 94 ? match(FOOTNOTE_REF, text, at) : null;
          if (note && at + note[0].length <= end) {
            const range = { start: at, end: at + note[0].length };
            this.#items.notes.push({ id: note[1]!, range, context });
            at = range.end;
          } else {
            open({ at, image: false, note: false });
            at++;
          }
          break;
        }
        case 93: {
          const opened = tooDeep > 0 ? undefined : brackets.pop();
          if (tooDeep > 0) tooDeep--;
          at = opened ? this.#bracket(opened, at, end, context) : at + 1;
          break;
        }
        case 64:
          at = this.#key(at, end, context);
          break;
        default:
          at = this.#brace(at, end);
      }
    }
  }

  /** References by their backticks; then what looks like one but has lost a backtick. */
  references(segments: readonly Segment[], hidden: readonly OffsetRange[]): void {
    const text = this.#text;
    if (!text.includes('{python}')) return;
    const { refs } = this.#items;
    const codeOf = new RangeCursor(hidden);
    const contextOf = this.#contexts(segments);
    REFERENCE.lastIndex = 0;
    for (let found = REFERENCE.exec(text); found; found = REFERENCE.exec(text)) {
      const start = found.index;
      if (codeOf.at(start)) continue;
      const raw = found[1]!;
      const expr = raw.trim();
      const from = start + found[0].length - 1 - raw.length + (raw.length - raw.trimStart().length);
      refs.push({
        range: { start, end: start + found[0].length },
        expr,
        exprRange: { start: from, end: from + expr.length },
        context: contextOf(start),
      });
    }
    this.#bareReferences(segments, hidden);
  }

  #bareReferences(segments: readonly Segment[], hidden: readonly OffsetRange[]): void {
    const text = this.#text;
    const { refs, bare } = this.#items;
    const codeOf = new RangeCursor(hidden);
    const spanOf = new RangeCursor(this.#codeSpans);
    const contextOf = this.#contexts(segments);
    let ref = 0;
    BARE_REFERENCE.lastIndex = 0;
    for (let found = BARE_REFERENCE.exec(text); found; found = BARE_REFERENCE.exec(text)) {
      const start = found.index;
      if (codeOf.at(start)) continue;
      while (ref < refs.length && refs[ref]!.range.end <= start) ref++;
      if (ref < refs.length && refs[ref]!.range.start < start) continue;
      const context = contextOf(start);
      if (context === 'comment' || text.charCodeAt(start - 1) === 46 || spanOf.at(start)) continue;
      bare.push({ range: { start, end: start + found[0].length }, expr: found[1] ?? '', context });
    }
  }

  /** Tells the context of offsets that are asked for in ascending order: of the smallest region around each. */
  #contexts(segments: readonly Segment[]): (offset: number) => InlineContext {
    const regions = [...this.#regions].sort((a, b) => a.start - b.start);
    const segmentOf = new RangeCursor(segments);
    let next = 0;
    let around: Region[] = [];
    return offset => {
      around = around.filter(region => offset < region.end);
      for (; next < regions.length && regions[next]!.start <= offset; next++)
        if (offset < regions[next]!.end) around.push(regions[next]!);
      let best: Region | undefined;
      for (const region of around) if (!best || region.end - region.start <= best.end - best.start) best = region;
      return best?.context ?? segmentOf.at(offset)?.context ?? 'paragraph';
    };
  }

  #region(start: number, end: number, context: InlineContext): void {
    this.#regions.push({ start, end, context });
  }

  #backslash(at: number, end: number): number {
    const text = this.#text;
    const environment = match(ENVIRONMENT, text, at);
    if (environment) {
      const found = this.#marks.environmentEnd(environment[1]!, at);
      if (found >= 0 && found < end) {
        const to = found + '\\end{}'.length + environment[1]!.length;
        this.#region(at, to, 'rawTex');
        return to;
      }
    }
    const command = match(COMMAND, text, at);
    if (!command) return at + 2;
    let to = at + command[0].length;
    // Optional arguments stand before the braces; a bracket after them is Markdown's.
    for (let braces = false; ; ) {
      const unit = text.charCodeAt(to);
      if (unit === 123) braces = true;
      else if (unit !== 91 || braces || text.charCodeAt(to + 1) === 94) break;
      const close = this.#balanced(to, end, unit, unit === 123 ? 125 : 93);
      if (close < 0) break;
      to = close;
    }
    if (to > at + command[0].length) this.#region(at, to, 'rawTex');
    return Math.min(to, end);
  }

  /** Offset after the bracket that closes the one at `at`, or -1. */
  #balanced(at: number, end: number, open: number, close: number): number {
    let pairs = this.#pairs.get(open);
    if (!pairs) {
      pairs = new BracketPairs(this.#text, open, close);
      this.#pairs.set(open, pairs);
    }
    const found = pairs.closing(at);
    return found >= 0 && found < end ? found + 1 : -1;
  }

  #code(at: number, end: number): number {
    const text = this.#text;
    let size = 1;
    while (text.charCodeAt(at + size) === 96) size++;
    const close = this.#marks.backticks(size, at + size);
    if (close < 0 || close >= end) return at + size;
    const to = close + size;
    this.#codeSpans.push({ start: at, end: to });
    return text.charCodeAt(to) === 123 ? (readAttributes(text, to)?.end ?? to) : to;
  }

  #dollar(at: number, end: number, context: InlineContext): number {
    const text = this.#text;
    if (text.charCodeAt(at + 1) === 36) {
      const close = this.#marks.next('$$', at + 2);
      if (close > at + 2 && close + 2 <= end) return this.#math(true, at, close, context, end);
    }
    const close = this.#inlineMathEnd(at, end);
    return close > 0 ? this.#math(false, at, close, context, end) : at + 1;
  }

  /** Where the dollar stands that closes inline math, or -1. */
  #inlineMathEnd(at: number, end: number): number {
    const text = this.#text;
    if (at + 1 >= end || isSpace(text.charCodeAt(at + 1))) return -1;
    for (let i = at + 1; i < end; i++) {
      const unit = text.charCodeAt(i);
      if (unit === 92) {
        if (text.startsWith('text{', i + 1)) {
          const close = this.#balanced(i + 5, end, 123, 125);
          if (close > 0) {
            i = close - 1;
            continue;
          }
        }
        i++;
      } else if (unit === 36) {
        if (i === at + 1) return -1;
        if (isSpace(text.charCodeAt(i - 1)) && text.charCodeAt(i - 2) !== 92) return -1;
        const after = text.charCodeAt(i + 1);
        return after >= 48 && after <= 57 ? -1 : i;
      }
    }
    return -1;
  }

  #math(display: boolean, at: number, close: number, context: InlineContext, end: number): number {
    const text = this.#text;
    const size = display ? 2 : 1;
    const texRange = { start: at + size, end: close };
    let to = close + size;
    this.#region(at, to, 'math');
    let attributes: Attributes | undefined;
    if (display) {
      let brace = to;
      while (isSpace(text.charCodeAt(brace)) && brace < end) brace++;
      const read = text.charCodeAt(brace) === 123 ? readAttributes(text, brace) : undefined;
      if (read && read.end <= end) {
        attributes = read.attributes;
        this.#region(brace, read.end, 'attribute');
        to = read.end;
      }
    }
    this.#items.math.push({
      display,
      tex: text.slice(texRange.start, texRange.end),
      range: { start: at, end: close + size },
      texRange,
      attributes,
      context,
    });
    return to;
  }

  #angle(at: number, end: number): number {
    const text = this.#text;
    if (text.startsWith('<!--', at)) {
      const close = this.#marks.next('-->', at + 4);
      if (close >= 0) {
        const to = close + 3;
        this.#region(at, to, 'comment');
        const ignore = IGNORE.exec(text.slice(at, to));
        if (ignore) {
          const codes = ignore[1]!.split(/[\s,]+/).filter(code => /^[a-z][a-z-]*$/.test(code));
          this.#items.ignores.push({ codes, range: { start: at, end: to } });
        }
        return to;
      }
      return at + 4;
    }
    const address = match(AUTOLINK, text, at);
    const tag = address ?? match(TAG, text, at);
    if (!tag || at + tag[0].length > end) return at + 1;
    if (address) {
      const urlRange = { start: at + 1, end: at + tag[0].length - 1 };
      const url = tag[0].slice(1, -1);
      const range = { start: at, end: at + tag[0].length };
      this.#items.links.push({
        image: false,
        text: url,
        textRange: urlRange,
        url,
        urlRange,
        range,
        attributes: undefined,
      });
    }
    this.#region(at, at + tag[0].length, 'html');
    return at + tag[0].length;
  }

  /** Offset of the bracket that closes the one at `at`, or -1. */
  #closing(at: number, end: number): number {
    const to = this.#balanced(at, end, 91, 93);
    return to < 0 ? -1 : to - 1;
  }

  #bracket(open: OpenBracket, at: number, end: number, context: InlineContext): number {
    const text = this.#text;
    const start = open.at;
    const textRange = { start: start + (open.image || open.note ? 2 : 1), end: at };
    if (open.note) {
      this.#region(start, at + 1, 'footnote');
      this.#items.inlineNotes.push({ range: { start, end: at + 1 }, textRange });
      return at + 1;
    }
    const after = text.charCodeAt(at + 1);
    if (after === 40) {
      const destination = this.#destination(at + 1, end);
      if (destination) {
        const read = text.charCodeAt(destination.end) === 123 ? readAttributes(text, destination.end) : undefined;
        const to = read && read.end <= end ? read.end : destination.end;
        if (read && to === read.end) this.#region(destination.end, to, 'attribute');
        this.#region(start, to, open.image ? 'caption' : 'link');
        this.#items.links.push({
          image: open.image,
          text: text.slice(textRange.start, textRange.end),
          textRange,
          url: destination.url,
          urlRange: destination.urlRange,
          range: { start, end: to },
          attributes: read && to === read.end ? read.attributes : undefined,
        });
        return to;
      }
    }
    if (after === 123) {
      const read = readAttributes(text, at + 1);
      if (read && read.end <= end) {
        this.#region(at + 1, read.end, 'attribute');
        this.#items.spans.push({
          text: text.slice(textRange.start, textRange.end),
          range: { start, end: read.end },
          attributes: read.attributes,
        });
        return read.end;
      }
    }
    if (after !== 91 || context === 'table') {
      while (this.#ungrouped.length > 0 && this.#ungrouped.at(-1)! >= open.keys) {
        const key = this.#items.keys[this.#ungrouped.pop()!]!;
        key.bracketed = true;
        key.groupRange = { start, end: at + 1 };
      }
    }
    return at + 1;
  }

  /** `(url "title")` from its parenthesis on. */
  #destination(at: number, end: number): { url: string; urlRange: OffsetRange; end: number } | undefined {
    const text = this.#text;
    const close = this.#balanced(at, end, 40, 41);
    if (close < 0) return undefined;
    const written = text.slice(at + 1, close - 1);
    const inner = written.trim();
    const found = /^(<[^<>\r\n]*>|\S*)(?:\s+(?:"[\s\S]*"|'[\s\S]*'|\([\s\S]*\)))?$/.exec(inner);
    const url = found ? found[1]! : inner;
    const from = at + 1 + (url === '' ? 0 : written.length - written.trimStart().length);
    const bracketed = url.startsWith('<');
    const urlRange = { start: from + (bracketed ? 1 : 0), end: from + url.length - (bracketed ? 1 : 0) };
    return { url: bracketed ? url.slice(1, -1) : url, urlRange, end: close };
  }

  #key(at: number, end: number, context: InlineContext): number {
    const text = this.#text;
    if (at > 0 && WORD.test(text[at - 1]!)) return at + 1;
    const found = match(KEY, text, at);
    if (!found || at + found[0].length > end) return at + 1;
    const braced = found[1] !== undefined;
    const key = found[1] ?? found[2]!;
    const keyStart = at + (braced ? 2 : 1);
    const range = { start: at, end: at + found[0].length };
    this.#ungrouped.push(this.#items.keys.length);
    this.#items.keys.push({
      key,
      kind: labelKind(key),
      range,
      keyRange: { start: keyStart, end: keyStart + key.length },
      groupRange: range,
      bracketed: false,
      suppressed: text.charCodeAt(at - 1) === 45,
      context,
    });
    return range.end;
  }

  #brace(at: number, end: number): number {
    if (!this.#text.startsWith('{{<', at)) return at + 1;
    const close = this.#marks.next('>}}', at + 3);
    const to = close + 3;
    if (close < 0 || to > end) return at + 1;
    const found = match(SHORTCODE_NAME, this.#text, at);
    if (!found || at + found[0].length > close) return at + 1;
    const args: string[] = [];
    for (const argument of this.#text.slice(at + found[0].length, close).matchAll(SHORTCODE_ARGUMENT)) {
      args.push(argument[1] ?? argument[2] ?? argument[3]!);
    }
    this.#items.shortcodes.push({ name: found[1]!, args, range: { start: at, end: to } });
    return to;
  }
}

function isSpace(unit: number): boolean {
  return unit === 32 || unit === 9 || unit === 10 || unit === 13;
}
