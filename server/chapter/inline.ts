/**
 * Finds what matters inside a block's text (references, citations, notes, math, links, …) in one pass, by Pandoc's rules.
 * References alone are found as Quarto finds them: by their backticks, whatever stands around; the pass then tells
 * in which context they stand. All ranges are relative to the block.
 */
import { readAttributes } from './attributes';
import { labelKind } from './labels';
import type { Attributes, InlineContext, OffsetRange } from './model';

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

const REFERENCE = /(?<!`)`\{python\}[ \t]([^`\r\n]+)`/g;
const BARE_REFERENCE = /\{python\}[ \t]*([\p{ID_Start}_][\p{ID_Continue}.]*)?/gu;
const SHORTCODE = /\{\{<\s*(\/?[\w.-]+)((?:[^>]|>(?!\}\}))*)>\}\}/y;
const SHORTCODE_ARGUMENT = /"([^"]*)"|'([^']*)'|([^\s"']+)/g;
const FOOTNOTE_REF = /\[\^([^\]\s^]+)\]/y;
const KEY = /@(?:\{([^}\s]+)\}|((?:[\p{L}\p{N}_*])(?:[\p{L}\p{N}_]|[:.#$%&\-+?<>~/](?=[\p{L}\p{N}_])|[:/](?=\/))*))/uy;
const COMMAND = /\\[A-Za-z]+\*?/y;
const ENVIRONMENT = /\\begin\{([^}\s]+)\}/y;
const TAG = /<\/?[A-Za-z][\w-]*(?:\s+[\w:-]+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'=<>`]+))?)*\s*\/?>/y;
const AUTOLINK = /<(?:[A-Za-z][A-Za-z0-9+.-]*:[^\s<>]*|[^\s<>@]+@[^\s<>@]+)>/y;
const IGNORE = /^<!--\s*reckoner-ignore\b([\s\S]*?)-->$/;
const WORD = /[\p{L}\p{N}]/u;
const INTERESTING = /[\\`$<[\]!@{^]/g;

function match(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

/** Scans the segments of a block; text outside them is hidden (code), except from the search for references. */
export function scanInline(text: string, segments: readonly Segment[], hidden: readonly OffsetRange[]): InlineItems {
  const items = new InlineItems();
  const scanner = new InlineScanner(text, items);
  for (const segment of segments) if (!segment.opaque) scanner.scan(segment);
  scanner.references(segments, hidden);
  return items;
}

class InlineScanner {
  readonly #text: string;
  readonly #items: InlineItems;
  readonly #regions: Region[] = [];
  readonly #codeSpans: OffsetRange[] = [];
  /** Matching brackets by their opening unit, found once for the whole text. */
  readonly #pairs = new Map<number, Map<number, number>>();
  readonly #absent = new Map<string, number>();
  /** The next unit of interest, as far as it is known. */
  #next = -1;

  constructor(text: string, items: InlineItems) {
    this.#text = text;
    this.#items = items;
  }

  scan(segment: Segment): void {
    const text = this.#text;
    const { end, context } = segment;
    const brackets: { at: number; image: boolean; note: boolean; keys: number }[] = [];
    let at = segment.start;
    while (at < end) {
      if (this.#next < at) {
        INTERESTING.lastIndex = at;
        this.#next = INTERESTING.exec(text)?.index ?? text.length;
      }
      if (this.#next >= end) break;
      at = this.#next;
      switch (text.charCodeAt(at)) {
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
            brackets.push({ at, image: true, note: false, keys: this.#items.keys.length });
            at++;
          }
          at++;
          break;
        case 94:
          if (text.charCodeAt(at + 1) === 91 && this.#closing(at + 1, end) > 0) {
            brackets.push({ at, image: false, note: true, keys: this.#items.keys.length });
            at++;
          }
          at++;
          break;
        case 91: {
          const note = match(FOOTNOTE_REF, text, at);
          if (note && at + note[0].length <= end) {
            const range = { start: at, end: at + note[0].length };
            this.#items.notes.push({ id: note[1]!, range, context });
            at = range.end;
          } else {
            brackets.push({ at, image: false, note: false, keys: this.#items.keys.length });
            at++;
          }
          break;
        }
        case 93: {
          const open = brackets.pop();
          at = open ? this.#bracket(open, at, end, context) : at + 1;
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
    const { refs, bare } = this.#items;
    const isHidden = (offset: number): boolean => hidden.some(range => range.start <= offset && offset < range.end);
    REFERENCE.lastIndex = 0;
    for (let found = REFERENCE.exec(text); found; found = REFERENCE.exec(text)) {
      const start = found.index;
      if (isHidden(start)) continue;
      const raw = found[1]!;
      const expr = raw.trim();
      const from = start + found[0].length - 1 - raw.length + (raw.length - raw.trimStart().length);
      refs.push({
        range: { start, end: start + found[0].length },
        expr,
        exprRange: { start: from, end: from + expr.length },
        context: this.#contextAt(start, segments),
      });
    }
    let ref = 0;
    BARE_REFERENCE.lastIndex = 0;
    for (let found = BARE_REFERENCE.exec(text); found; found = BARE_REFERENCE.exec(text)) {
      const start = found.index;
      if (isHidden(start)) continue;
      while (ref < refs.length && refs[ref]!.range.end <= start) ref++;
      if (ref < refs.length && refs[ref]!.range.start < start) continue;
      const context = this.#contextAt(start, segments);
      if (context === 'comment' || text.charCodeAt(start - 1) === 46 || this.#inCode(start)) continue;
      bare.push({ range: { start, end: start + found[0].length }, expr: found[1] ?? '', context });
    }
  }

  #inCode(offset: number): boolean {
    return this.#codeSpans.some(range => range.start < offset && offset < range.end);
  }

  #contextAt(offset: number, segments: readonly Segment[]): InlineContext {
    let best: Region | undefined;
    for (const region of this.#regions) {
      if (region.start <= offset && offset < region.end) {
        if (!best || region.end - region.start <= best.end - best.start) best = region;
      }
    }
    if (best) return best.context;
    for (const segment of segments) if (segment.start <= offset && offset < segment.end) return segment.context;
    return 'paragraph';
  }

  #region(start: number, end: number, context: InlineContext): void {
    this.#regions.push({ start, end, context });
  }

  #backslash(at: number, end: number): number {
    const text = this.#text;
    const environment = match(ENVIRONMENT, text, at);
    if (environment) {
      const close = `\\end{${environment[1]}}`;
      const found = this.#indexOf(close, at);
      if (found >= 0 && found < end) {
        this.#region(at, found + close.length, 'rawTex');
        return found + close.length;
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
      pairs = pairsOf(this.#text, open, close);
      this.#pairs.set(open, pairs);
    }
    const found = pairs.get(at) ?? -1;
    return found >= 0 && found < end ? found + 1 : -1;
  }

  /** Where `mark` next stands, or -1; that it stands nowhere is remembered. */
  #indexOf(mark: string, from: number): number {
    if ((this.#absent.get(mark) ?? Number.POSITIVE_INFINITY) <= from) return -1;
    const found = this.#text.indexOf(mark, from);
    if (found < 0) this.#absent.set(mark, from);
    return found;
  }

  #code(at: number, end: number): number {
    const text = this.#text;
    let size = 1;
    while (text.charCodeAt(at + size) === 96) size++;
    for (let i = at + size; i < end; ) {
      const tick = text.indexOf('`', i);
      if (tick < 0 || tick >= end) break;
      let run = 1;
      while (text.charCodeAt(tick + run) === 96) run++;
      if (run === size) {
        const to = tick + size;
        this.#codeSpans.push({ start: at, end: to });
        if (text.charCodeAt(to) === 123) return readAttributes(text, to)?.end ?? to;
        return to;
      }
      i = tick + run;
    }
    return at + size;
  }

  #dollar(at: number, end: number, context: InlineContext): number {
    const text = this.#text;
    if (text.charCodeAt(at + 1) === 36) {
      const close = this.#indexOf('$$', at + 2);
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
      const close = this.#indexOf('-->', at + 4);
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

  #bracket(
    open: { at: number; image: boolean; note: boolean; keys: number },
    at: number,
    end: number,
    context: InlineContext,
  ): number {
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
      for (let i = open.keys; i < this.#items.keys.length; i++) {
        const key = this.#items.keys[i]!;
        if (key.bracketed) continue;
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
    const inner = text.slice(at + 1, close - 1);
    const found = /^\s*(<[^<>\r\n]*>|\S*)(?:\s+(?:"[\s\S]*"|'[\s\S]*'|\([\s\S]*\)))?\s*$/.exec(inner);
    const url = found ? found[1]! : inner.trim();
    const from = at + 1 + inner.indexOf(url);
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
    if (!this.#text.startsWith('{{<', at) || this.#indexOf('>}}', at) < 0) return at + 1;
    const found = match(SHORTCODE, this.#text, at);
    if (!found || at + found[0].length > end) return at + 1;
    const args: string[] = [];
    for (const argument of found[2]!.matchAll(SHORTCODE_ARGUMENT)) {
      args.push(argument[1] ?? argument[2] ?? argument[3]!);
    }
    const range = { start: at, end: at + found[0].length };
    this.#items.shortcodes.push({ name: found[1]!, args, range });
    return range.end;
  }
}

function pairsOf(text: string, open: number, close: number): Map<number, number> {
  const pairs = new Map<number, number>();
  const stack: number[] = [];
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit === 92) at++;
    else if (unit === open) stack.push(at);
    else if (unit === close) {
      const start = stack.pop();
      if (start !== undefined) pairs.set(start, at);
    }
  }
  return pairs;
}

function isSpace(unit: number): boolean {
  return unit === 32 || unit === 9 || unit === 10 || unit === 13;
}
