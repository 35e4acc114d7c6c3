/** Running text to nodes: micromark's events, whose offsets lead back to the block. */
import { parse, preprocess } from 'micromark';
import { decodeString } from 'micromark-util-decode-string';
import type { ParseContext, Token } from 'micromark-util-types';
import { mappedAttributes } from '../attributes';
import type { Attributes } from '../model';
import type { CitationNode, InlineNode, KeyNode } from './nodes';
import { PieceReader, type Said } from './pieces';
import type { Source } from './source';
import { type Group, proseSyntax, startReading } from './syntax';

/** Longest text that is read as one, and how many marks it may have: micromark can't be interrupted. */
const MAX_TEXT = 100_000;
const MAX_MARKS = 10_000;
/** With more of these it is read without emphasis, whose pairing takes more than linear time. */
const MAX_EMPHASIS = 1000;
/** Deeper nodes stand beside each other. */
const MAX_DEPTH = 100;

const MARK = /[\\`*_$<[\]!@{^~&]/g;
const EMPHASIS = /\*+|_+|~+/g;
/** A text without these is text alone. */
const MARKUP = /[\\`*_$<[\]!@{^~&\r\n]/;

let full: ParseContext | undefined;
let plain: ParseContext | undefined;

function parserOf(text: string): ParseContext {
  if (exceeds(text, EMPHASIS, MAX_EMPHASIS)) {
    plain ??= parse({ extensions: proseSyntax(true) });
    return plain;
  }
  full ??= parse({ extensions: proseSyntax(false) });
  return full;
}

/** Whether a text holds what a pattern finds more than so many times. */
function exceeds(text: string, pattern: RegExp, most: number): boolean {
  if (text.length <= most) return false;
  let count = 0;
  pattern.lastIndex = 0;
  while (count <= most && pattern.test(text)) count++;
  return count > most;
}

function refusalOf(text: string): string | undefined {
  if (text.length > MAX_TEXT) return `it is longer than ${MAX_TEXT.toLocaleString('en')} characters`;
  return exceeds(text, MARK, MAX_MARKS) ? `it has more than ${MAX_MARKS.toLocaleString('en')} marks` : undefined;
}

/** The nodes of running text. Blanks at its ends, and those that start a line, do not count. */
export function inlineNodes(source: Source, from = 0, to = source.text.length): InlineNode[] {
  let start = from;
  let end = to;
  const { text } = source;
  while (start < end && isBlank(text.charCodeAt(start))) start++;
  while (end > start && isBlank(text.charCodeAt(end - 1))) end--;
  if (start === end) return [];
  const read = text.slice(start, end);
  if (!MARKUP.test(read)) return [{ type: 'text', value: read, ...source.range(start, end) }];
  const reason = refusalOf(read);
  if (reason !== undefined) return [{ type: 'unread', value: read, reason, ...source.range(start, end) }];
  const nodes = new Compiler(source, start, read).nodes();
  return end === text.length || isLineEnd(text.charCodeAt(end)) ? brokenAtEnd(nodes) : nodes;
}

function isLineEnd(unit: number): boolean {
  return unit === 10 || unit === 13;
}

/** A backslash at the end of a line breaks it, also where the text ends with the line; CommonMark has it as text there. */
function brokenAtEnd(nodes: InlineNode[]): InlineNode[] {
  const last = nodes.at(-1);
  if (last?.type !== 'text' || !last.value.endsWith('\\') || last.value.length !== last.end - last.start) return nodes;
  const start = last.end - 1;
  const before = last.value.length > 1 ? [{ ...last, value: last.value.slice(0, -1), end: start }] : [];
  return [...nodes.slice(0, -1), ...before, { type: 'break', start, end: last.end }];
}

function isBlank(unit: number): boolean {
  return unit === 32 || unit === 9 || unit === 10 || unit === 13 || unit === 0xfeff;
}

type Child = InlineNode | KeyNode;

/** A node whose children are still coming. */
interface Open {
  readonly children: Child[];
  /** Makes the node, from its children and the offset of its end. */
  readonly close: (end: number) => InlineNode | undefined;
}

class Compiler {
  readonly #source: Source;
  readonly #base: number;
  readonly #text: string;
  readonly #stack: Open[] = [{ children: [], close: () => undefined }];
  /** How many nodes are open that were not opened for being too deep. */
  #tooDeep = 0;
  /** End of the token whose inside is not looked at. */
  #skipTo = -1;

  /** `base` is the offset of the text in its source. */
  constructor(source: Source, base: number, text: string) {
    this.#source = source;
    this.#base = base;
    this.#text = text;
  }

  nodes(): InlineNode[] {
    startReading(new PieceReader(this.#text));
    const tokenizer = parserOf(this.#text).text();
    const events = tokenizer.write(preprocess()(this.#text, undefined, true));
    for (const [kind, token] of events) {
      if (kind === 'enter') this.#enter(token);
      else this.#exit(token);
    }
    return cited(this.#stack[0]!.children);
  }

  #at(offset: number): number {
    return this.#source.toBlock(this.#base + offset);
  }

  #range(start: number, end: number): { start: number; end: number } {
    return this.#source.range(this.#base + start, this.#base + end);
  }

  #place(range: { readonly start: number; readonly end: number }): { start: number; end: number } {
    return this.#range(range.start, range.end);
  }

  get #siblings(): Child[] {
    return this.#stack.at(-1)!.children;
  }

  #open(make: (children: readonly Child[], range: { start: number; end: number }) => InlineNode, start: number): void {
    if (this.#stack.length > MAX_DEPTH) {
      this.#tooDeep++;
      return;
    }
    const children: Child[] = [];
    this.#stack.push({ children, close: end => make(children, this.#range(start, end)) });
  }

  #close(end: number): void {
    if (this.#tooDeep > 0) {
      this.#tooDeep--;
      return;
    }
    const node = this.#stack.pop()!.close(end);
    if (node) this.#siblings.push(node);
  }

  #enter(token: Token): void {
    const start = token.start.offset;
    if (start < this.#skipTo) return;
    const end = token.end.offset;
    switch (token.type) {
      case 'data':
      case 'proseBracket':
        this.#addText(start, end);
        break;
      case 'prosePiece':
        if (token.said) this.#addPiece(token.said, start, end);
        else this.#addText(start, end);
        break;
      case 'characterEscape':
      case 'characterReference': {
        const value = decodeString(this.#text.slice(start, end));
        this.#siblings.push({ type: 'text', value, ...this.#range(start, end) });
        this.#skipTo = end;
        break;
      }
      case 'lineEnding':
        if (this.#siblings.at(-1)?.type === 'break') break;
        this.#siblings.push({ type: 'text', value: '\n', ...this.#range(start, end) });
        break;
      case 'hardBreakEscape':
      case 'hardBreakTrailing':
        this.#siblings.push({ type: 'break', ...this.#range(start, end) });
        this.#skipTo = end;
        break;
      case 'autolink': {
        const url = this.#text.slice(start + 1, end - 1);
        const urlRange = this.#range(start + 1, end - 1);
        const target = /^[A-Za-z][A-Za-z0-9+.-]*:/.test(url) ? url : `mailto:${url}`;
        const children: InlineNode[] = [{ type: 'text', value: url, ...urlRange }];
        this.#siblings.push({
          type: 'link',
          url: target,
          urlRange,
          title: undefined,
          children,
          ...this.#range(start, end),
        });
        this.#skipTo = end;
        break;
      }
      case 'emphasis':
      case 'strong':
      case 'strikeout': {
        const { type } = token;
        this.#open((children, range) => ({ type, children: cited(children), ...range }), start);
        break;
      }
      case 'proseGroup':
        this.#enterGroup(token.group!, start);
        break;
      default:
        // Sequences of marks, and blanks that do not count.
        break;
    }
  }

  #exit(token: Token): void {
    switch (token.type) {
      case 'emphasis':
      case 'strong':
      case 'strikeout':
      case 'proseGroup':
        this.#close(token.end.offset);
        break;
      default:
        break;
    }
  }

  #enterGroup(group: Group, start: number): void {
    this.#open((within, range) => {
      if (group.type === 'citation')
        return { type: 'citation', bracketed: true, children: inBrackets(within), ...range };
      const children = cited(within);
      switch (group.type) {
        case 'note':
          return { type: 'note', children, ...range };
        case 'span':
          return { type: 'span', attributes: this.#attributes(group.attributes)!, children, ...range };
        case 'link':
        case 'image': {
          const { type, url, title, attributes } = group;
          const urlRange = this.#place(group.urlRange);
          const own = type === 'link' ? children.map(child => this.#unlinked(child)) : children;
          return { type, url, urlRange, title, attributes: this.#attributes(attributes), children: own, ...range };
        }
        case 'linkReference': {
          const { type, image, label, tail, attributes } = group;
          return { type, image, label, tail, attributes: this.#attributes(attributes), children, ...range };
        }
      }
    }, start);
  }

  /** A link within a link is text. */
  #unlinked(child: InlineNode): InlineNode {
    if (child.type !== 'link') return child;
    const { start, end } = child;
    const [first] = child.children;
    const from = this.#base + Math.max(0, start - this.#at(0));
    const value = this.#source.text.slice(from, from + end - start);
    return first === undefined ? child : { type: 'text', value, start, end };
  }

  #attributes(attributes: Attributes | undefined): Attributes | undefined {
    return attributes && mappedAttributes(attributes, range => this.#place(range));
  }

  /** Text that stands as it is written; what adjoins it becomes one node with it. */
  #addText(start: number, end: number): void {
    if (start >= end) return;
    const value = this.#text.slice(start, end);
    const range = this.#range(start, end);
    const before = this.#siblings.at(-1);
    if (before?.type === 'text' && before.end === range.start && before.value.length === before.end - before.start) {
      if (range.end - range.start === value.length && before.value !== '\n') {
        this.#siblings[this.#siblings.length - 1] = { ...before, value: before.value + value, end: range.end };
        return;
      }
    }
    this.#siblings.push({ type: 'text', value, ...range });
  }

  #addPiece(said: Said, start: number, end: number): void {
    const range = this.#range(start, end);
    const siblings = this.#siblings;
    switch (said.type) {
      case 'code': {
        const expr = /^\{python\}\s+([\s\S]+)$/.exec(said.value)?.[1];
        siblings.push(
          expr === undefined ? { type: 'code', value: said.value, ...range } : { type: 'reference', expr, ...range },
        );
        return;
      }
      case 'attributes': {
        const code = siblings.pop();
        const attributes = this.#attributes(said.attributes)!;
        if (code?.type === 'code') {
          const raw = /^=(.+)$/.exec(attributes.classes[0] ?? '')?.[1];
          siblings.push(
            raw === undefined
              ? { ...code, attributes, end: range.end }
              : { type: 'raw', format: raw, value: code.value, start: code.start, end: range.end },
          );
        } else {
          // Behind a reference, braces say nothing.
          if (code) siblings.push(code);
          if (code?.type === 'reference') siblings[siblings.length - 1] = { ...code, end: range.end };
          else this.#addText(start, end);
        }
        return;
      }
      case 'math':
        siblings.push({
          type: 'math',
          display: said.display,
          tex: said.tex,
          texStart: this.#at(said.texStart),
          attributes: this.#attributes(said.attributes),
          ...range,
        });
        return;
      case 'space':
        siblings.push({ type: 'text', value: '\u00a0', ...range });
        return;
      case 'key': {
        const { key, kind, keyStart, suppressed } = said;
        const node: KeyNode = { type: 'key', key, kind, keyStart: this.#at(keyStart), suppressed, ...range };
        siblings.push(node);
        return;
      }
      case 'superscript':
      case 'subscript': {
        const from = this.#base + said.textStart;
        const children = inlineNodes(this.#source, from, this.#base + said.textEnd);
        siblings.push({ type: said.type, children, ...range });
        return;
      }
      case 'noteReference':
        siblings.push({ type: 'noteReference', id: said.id, ...range });
        return;
      case 'shortcode':
        siblings.push({ type: 'shortcode', name: said.name, args: said.args, ...range });
        return;
      default:
        siblings.push({ type: said.type, value: said.value, ...range });
    }
  }
}

/** Within brackets, the minus before a key belongs to it. */
function inBrackets(children: readonly Child[]): Child[] {
  return children.map((child, at) => {
    const next = children[at + 1];
    if (child.type !== 'text' || next?.type !== 'key' || !next.suppressed || !child.value.endsWith('-')) return child;
    return { ...child, value: child.value.slice(0, -1), end: child.end - 1 };
  });
}

/** Keys outside of brackets are citations by themselves, with the bracket behind them where there is one. */
function cited(children: readonly Child[]): InlineNode[] {
  const nodes: InlineNode[] = [];
  for (const child of children) {
    if (child.type === 'key') {
      const { start, end } = child;
      nodes.push({ type: 'citation', bracketed: false, children: [{ ...child, suppressed: false }], start, end });
      continue;
    }
    if (child.type === 'linkReference' && !child.image && child.tail === '' && child.attributes === undefined) {
      const blank = nodes.at(-1);
      const isBlank = blank?.type === 'text' && blank.value === ' ';
      const before = nodes.at(isBlank ? -2 : -1);
      if (before?.type === 'citation' && !before.bracketed && before.children.length === 1) {
        nodes.length -= isBlank ? 2 : 1;
        const [key] = before.children;
        const suffix: CitationNode = { ...before, children: [key!, ...child.children], end: child.end };
        nodes.push(suffix);
        continue;
      }
    }
    nodes.push(child);
  }
  return nodes;
}
