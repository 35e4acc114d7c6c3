/** Nodes of the Markdown tree for what Pandoc and Quarto add, and how they are made from tokens. */
import type { Literal, Parent, PhrasingContent, Root } from 'mdast';
import type { CompileContext, Extension, Token } from 'mdast-util-from-markdown';
import { readAttributes } from '../attributes';
import { labelKind } from '../labels';
import type { Attributes } from '../model';
import { closingBracket, type PieceName } from './syntax';

/** One key of a citation or a cross-reference (`kind` set), with the Markdown around it. */
export interface CitationItem {
  readonly key: string;
  readonly kind: string | undefined;
  readonly prefix: string;
  readonly suffix: string;
  readonly suppressed: boolean;
}

/** `@key` or `[see @a, p. 3; @b]`. */
export interface CitationNode extends Literal {
  type: 'citation';
  bracketed: boolean;
  items: readonly CitationItem[];
}

/** `[^id]`. */
export interface NoteReferenceNode extends Literal {
  type: 'noteReference';
}

/** `^[text]`. */
export interface InlineNoteNode extends Parent {
  type: 'inlineNote';
  children: PhrasingContent[];
}

/** `[text]{.class}`. */
export interface SpanNode extends Parent {
  type: 'span';
  children: PhrasingContent[];
}

export interface ScriptNode extends Parent {
  type: 'superscript' | 'subscript';
  children: PhrasingContent[];
}

/** Raw TeX between text. */
export interface TexNode extends Literal {
  type: 'tex';
}

/** `$…$` or `$$…$$`; a label stands among `data.attributes`. */
export interface MathNode extends Literal {
  type: 'math';
  display: boolean;
}

export interface ShortcodeNode extends Literal {
  type: 'shortcode';
}

declare module 'mdast' {
  interface Data {
    /** Attributes behind a heading, an image, a link, code, math or a span. */
    attributes?: Attributes;
  }
  interface PhrasingContentMap {
    citation: CitationNode;
    noteReference: NoteReferenceNode;
    inlineNote: InlineNoteNode;
    span: SpanNode;
    script: ScriptNode;
    tex: TexNode;
    mathSpan: MathNode;
    shortcode: ShortcodeNode;
  }
  interface RootContentMap {
    citation: CitationNode;
    noteReference: NoteReferenceNode;
    inlineNote: InlineNoteNode;
    span: SpanNode;
    script: ScriptNode;
    tex: TexNode;
    mathSpan: MathNode;
    shortcode: ShortcodeNode;
  }
}

/** Parses Markdown that stands inside a piece. */
export type ParseInline = (markdown: string, offset: number) => PhrasingContent[];

const KEY = /(-?)@(?:\{([^{}\s]+)\}|([\p{L}\p{N}_*](?:[\p{L}\p{N}_]|[:.#$%&\-+?<>~/](?=[\p{L}\p{N}_])|[:/](?=\/))*))/u;

export function pandocFromMarkdown(parseInline: ParseInline): Extension {
  const exits: Extension['exit'] = {};
  const enters: Extension['enter'] = {};
  const make = (name: PieceName, node: (text: string, start: number) => object): void => {
    enters[name] = function (this: CompileContext, token: Token) {
      const text = token.pieceText ?? this.sliceSerialize(token);
      // The node is complete: what stands inside it has been parsed by itself.
      this.enter(node(text, token.start.offset) as never, token);
    };
    exits[name] = function (this: CompileContext, token: Token) {
      this.exit(token);
    };
  };
  make('pandocKey', text => ({ type: 'citation', bracketed: false, value: text, items: [itemOf(text)] }));
  make('pandocCitation', text => ({
    type: 'citation',
    bracketed: true,
    value: text,
    items: text.slice(1, -1).split(';').map(itemOf),
  }));
  make('pandocNoteRef', text => ({ type: 'noteReference', value: text.slice(2, -1) }));
  make('pandocNote', (text, start) => ({ type: 'inlineNote', children: parseInline(text.slice(2, -1), start + 2) }));
  make('pandocSpan', (text, start) => {
    const close = closingBracket(text);
    const attributes = readAttributes(text, close + 1)!.attributes;
    return { type: 'span', children: parseInline(text.slice(1, close), start + 1), data: { attributes } };
  });
  make('pandocAttributes', text => ({ type: 'attributes', value: text }));
  make('pandocTex', text => ({ type: 'tex', value: text }));
  make('pandocMath', text => {
    const size = text.startsWith('$$') ? 2 : 1;
    return { type: 'math', display: size === 2, value: text.slice(size, -size).trim() };
  });
  make('pandocShortcode', text => ({ type: 'shortcode', value: text }));
  for (const [name, type] of [
    ['pandocSuperscript', 'superscript'],
    ['pandocSubscript', 'subscript'],
  ] as const) {
    make(name, (text, start) => ({ type, children: parseInline(text.slice(1, -1), start + 1) }));
  }
  return { enter: enters, exit: exits, transforms: [attachAttributes] };
}

function itemOf(text: string): CitationItem {
  const found = KEY.exec(text);
  if (!found) return { key: '', kind: undefined, prefix: text, suffix: '', suppressed: false };
  const key = found[2] ?? found[3]!;
  return {
    key,
    kind: labelKind(key),
    prefix: text.slice(0, found.index).trim(),
    suffix: text.slice(found.index + found[0].length).trimEnd(),
    suppressed: found[1] === '-',
  };
}

interface AnyNode {
  type: string;
  value?: string;
  children?: AnyNode[];
  data?: { attributes?: Attributes };
}

const BEARERS: ReadonlySet<string> = new Set(['image', 'link', 'inlineCode', 'math', 'span']);

/** Gives attributes to what stands before them; elsewhere they are text. */
function attachAttributes(tree: Root): void {
  visit(tree as unknown as AnyNode);
}

function visit(node: AnyNode): void {
  const { children } = node;
  if (!children) return;
  for (let i = 0; i < children.length; i++) {
    const child = children[i]!;
    if (child.type !== 'attributes') {
      visit(child);
      continue;
    }
    const before = children[i - 1];
    const gap = before?.type === 'text' && /^\s+$/.test(before.value!) ? 2 : 1;
    const bearer = children[i - gap];
    const attributes = readAttributes(child.value!, 0)!.attributes;
    if (bearer && BEARERS.has(bearer.type) && (gap === 1 || bearer.type === 'math')) {
      bearer.data = { ...bearer.data, attributes };
      children.splice(i - gap + 1, gap);
      i -= gap;
    } else if (node.type === 'heading' && i === children.length - 1) {
      node.data = { ...node.data, attributes };
      children.splice(i, 1);
      if (before?.type === 'text') before.value = before.value!.trimEnd();
    } else child.type = 'text';
  }
}
