/** Markdown trees to sanitised HTML: remark-rehype with handlers for what Pandoc and Quarto add. */
import type { Element, ElementContent, Root as HastRoot, Properties, RootContent } from 'hast';
import { defaultSchema, type Schema, sanitize } from 'hast-util-sanitize';
import { toHtml } from 'hast-util-to-html';
import type { Nodes, PhrasingContent, Root } from 'mdast';
import { defListHastHandlers } from 'mdast-util-definition-list';
import type { State } from 'mdast-util-to-hast';
import { toHast } from 'mdast-util-to-hast';
import type {
  CitationNode,
  InlineNoteNode,
  MathNode,
  NoteReferenceNode,
  ScriptNode,
  SpanNode,
} from '../chapter/markdown';
import { inlineTree } from '../chapter/markdown';
import type { Attributes } from '../chapter/model';
import { highlightPython } from './code';
import { Marks, type Piece, unmarked } from './pieces';
import { anchorOf, classNames } from './text';

/** Elements and attributes that a chapter may bring; everything else is dropped, whoever wrote it. */
const SCHEMA: Schema = {
  ...defaultSchema,
  clobberPrefix: '',
  tagNames: [...(defaultSchema.tagNames ?? []), 'figure', 'figcaption', 'mark', 'u', 'small', 'abbr', 'caption'],
  attributes: {
    '*': ['className', 'id', 'title', 'dataL', 'dataR', 'dataC', 'colSpan', 'rowSpan', 'align', 'ariaLabel', 'role'],
    a: ['href'],
    img: ['alt', 'width', 'height', 'dataSrc'],
    input: [['type', 'checkbox'], 'checked', ['disabled', true]],
    ol: ['start'],
    td: ['align', 'colSpan', 'rowSpan'],
    th: ['align', 'colSpan', 'rowSpan', 'scope'],
  },
  protocols: { href: ['http', 'https', 'mailto'] },
};

/** Where a reference stands in the HTML of the chapter's text: an inline code that starts with `{python}`. */
const REF = /^\{python\}\s+([\s\S]*)$/;

interface Positioned {
  position?: { start: { line: number; offset?: number | undefined } } | undefined;
}

function offsetOf(node: Positioned): number {
  return node.position?.start.offset ?? 0;
}

function attributesOf(node: { data?: { attributes?: Attributes } | undefined }): Attributes | undefined {
  return node.data?.attributes;
}

function properties(attributes: Attributes | undefined): Properties {
  if (attributes === undefined) return {};
  const found: Properties = {};
  if (attributes.id !== undefined) found.id = anchorOf(attributes.id);
  const classes = classNames(attributes.classes);
  if (classes !== '') found.className = classes.split(' ');
  return found;
}

const element = (tagName: string, properties: Properties, children: ElementContent[]): Element => ({
  type: 'element',
  tagName,
  properties,
  children,
});
const text = (value: string): ElementContent => ({ type: 'text', value });

/** Dashes, ellipses and apostrophes as Pandoc sets them. */
function typographic(value: string): string {
  return value
    .replace(/---/g, '—')
    .replace(/--/g, '–')
    .replace(/\.\.\./g, '…')
    .replace(/(?<=\p{L})'(?=\p{L})/gu, '’');
}

type Handler = (state: State, node: never) => ElementContent | ElementContent[] | undefined;

function handlers(marks: Marks, lineOf: (offset: number) => number): Record<string, Handler> {
  const children = (state: State, node: { children: PhrasingContent[] }) =>
    state.all(node as never) as ElementContent[];
  const lined = (node: Positioned): Properties => {
    const line = lineOf(offsetOf(node));
    return line > 0 ? { dataL: line } : {};
  };
  const code = (language: string | undefined, value: string, own: Properties): ElementContent => {
    const shown = language === 'python' || language === '{python}' ? highlightPython(value) : [text(unmarked(value))];
    return element('pre', own, [element('code', {}, shown)]);
  };
  return {
    ...(defListHastHandlers as unknown as Record<string, Handler>),
    text: ((_state: State, node: { value: string }) => text(typographic(unmarked(node.value)))) as Handler,
    inlineCode: ((_state: State, node: { value: string; data?: { attributes?: Attributes } } & Positioned) => {
      const ref = REF.exec(node.value);
      if (ref) return text(marks.mark({ kind: 'ref', expr: ref[1]!.trim(), offset: offsetOf(node) }));
      return element('code', properties(attributesOf(node)), [text(unmarked(node.value))]);
    }) as Handler,
    code: ((_state: State, node: { lang?: string | null; meta?: string | null; value: string } & Positioned) => {
      const fence = `${node.lang ?? ''} ${node.meta ?? ''}`.trim();
      if (/^\{python\b/.test(fence)) return text(marks.mark({ kind: 'cell', offset: offsetOf(node) }));
      if (/^\{=/.test(fence)) return undefined;
      if (/^\{?\.?tikz\b/.test(fence))
        return text(marks.mark({ kind: 'drawing', source: node.value, offset: offsetOf(node) }));
      const language = /^\{?\.?([\w+-]+)/.exec(fence)?.[1];
      return code(language, node.value, lined(node));
    }) as Handler,
    html: ((_state: State, node: { value: string }) => inlineHtml(node.value)) as Handler,
    paragraph: ((state: State, node: { children: PhrasingContent[] } & Positioned) => {
      const inner = children(state, node);
      // A formula or a cell is a block of its own: it may not stand inside a paragraph.
      return element('p', lined(node), inner);
    }) as Handler,
    link: ((state: State, node: { url: string; title?: string | null; children: PhrasingContent[] }) =>
      element('a', { href: node.url, ...(node.title ? { title: node.title } : {}) }, children(state, node))) as Handler,
    image: ((_state: State, node: { url: string; alt?: string | null; data?: { attributes?: Attributes } }) =>
      image(node.url, node.alt ?? '', attributesOf(node), marks)) as Handler,
    citation: ((_state: State, node: CitationNode) =>
      text(marks.mark({ kind: 'citation', items: node.items, bracketed: node.bracketed }))) as Handler,
    noteReference: ((_state: State, node: NoteReferenceNode) =>
      text(marks.mark({ kind: 'note', id: node.value }))) as Handler,
    inlineNote: ((state: State, node: InlineNoteNode) =>
      element('small', { className: ['inline-note'] }, [text(' ['), ...children(state, node), text(']')])) as Handler,
    span: ((state: State, node: SpanNode) =>
      element('span', properties(attributesOf(node)), children(state, node))) as Handler,
    superscript: ((state: State, node: ScriptNode) => element('sup', {}, children(state, node))) as Handler,
    subscript: ((state: State, node: ScriptNode) => element('sub', {}, children(state, node))) as Handler,
    tex: (() => undefined) as Handler,
    shortcode: ((_state: State, node: { value: string }) =>
      /pagebreak/.test(node.value)
        ? undefined
        : element('code', { title: 'Shortcode' }, [text(unmarked(node.value))])) as Handler,
    math: ((_state: State, node: MathNode) =>
      text(
        marks.mark({
          kind: 'math',
          tex: unmarked(node.value),
          display: node.display,
          label: attributesOf(node as never)?.id,
        }),
      )) as Handler,
    table: ((
      state: State,
      node: { children: never[]; align?: (string | null)[]; data?: { attributes?: Attributes } },
    ) => table(state, node)) as Handler,
  };
}

function placeholder(words: string): Element {
  return element('span', { className: ['placeholder'] }, [text(words)]);
}

/** The few tags that inline HTML of chapters consists of; any other tag is dropped, its text stays. */
function inlineHtml(value: string): ElementContent | undefined {
  return /^<br\s*\/?>$/i.test(value.trim()) ? element('br', {}, []) : undefined;
}

function image(url: string, alt: string, given: Attributes | undefined, marks: Marks): ElementContent {
  const described = given?.get('fig-alt') ?? alt;
  const local = !/^[a-z][a-z0-9+.-]*:/i.test(url) && !url.startsWith('/') && !url.startsWith('\\');
  const picture = local
    ? text(marks.mark({ kind: 'image', url, alt: described }))
    : placeholder(`Image from elsewhere: ${url.slice(0, 80)}`);
  const id = given?.id;
  if (id === undefined && alt === '') return picture;
  const label = id?.startsWith('fig-') ? [text(marks.mark({ kind: 'label', id }))] : [];
  const caption = inlineHast(alt, marks);
  if (label.length + caption.length === 0) return picture;
  return element('figure', id === undefined ? {} : { id: anchorOf(id) }, [
    picture,
    element('figcaption', {}, [...label, ...caption]),
  ]);
}

function table(state: State, node: { children: unknown[]; align?: (string | null)[] }): Element {
  const rows = node.children as { children: { children: PhrasingContent[] }[] }[];
  const cell = (tag: string, source: { children: PhrasingContent[] }, at: number) => {
    const align = node.align?.[at];
    return element(
      tag,
      align && align !== 'left' ? { className: [`align-${align}`] } : {},
      state.all(source as never) as ElementContent[],
    );
  };
  const row = (tag: string, source: { children: { children: PhrasingContent[] }[] }) =>
    element(
      'tr',
      {},
      source.children.map((each, at) => cell(tag, each, at)),
    );
  const [head, ...body] = rows;
  return element('table', {}, [
    ...(head !== undefined && head.children.length > 0 ? [element('thead', {}, [row('th', head)])] : []),
    element(
      'tbody',
      {},
      body.map(each => row('td', each)),
    ),
  ]);
}

function hastOf(tree: Nodes, marks: Marks, lineOf: (offset: number) => number): HastRoot {
  const made = toHast(tree, { handlers: handlers(marks, lineOf) as never, allowDangerousHtml: false });
  const root: HastRoot = made.type === 'root' ? made : { type: 'root', children: [made as RootContent] };
  return sanitize(root, SCHEMA) as HastRoot;
}

/** Sanitised nodes of a piece of Markdown without blocks, such as a caption. */
function inlineHast(markdown: string, marks: Marks): ElementContent[] {
  const root: Root = { type: 'root', children: [{ type: 'paragraph', children: inlineTree(markdown) }] };
  const [paragraph] = hastOf(root, marks, () => 0).children;
  return paragraph?.type === 'element' ? paragraph.children : [];
}

const HTML_OPTIONS = { upperDoctype: false, closeSelfClosing: false } as const;

/** Nodes from elsewhere as HTML, with the elements and attributes that a chapter may bring. */
export function sanitisedHtml(root: HastRoot): string {
  return toHtml(sanitize(root, SCHEMA) as HastRoot, HTML_OPTIONS);
}

/** Moves what is block-level in HTML out of the paragraphs around it. */
function unwrapParagraphs(html: string): string {
  return html.replace(/<p([^>]*)>(\s*(?:<figure|<div)[\s\S]*?(?:<\/figure>|<\/div>)\s*)<\/p>/g, '$2');
}

/** The pieces of a tree; `lineOf` counts lines from the block's first. */
export function piecesOf(tree: Root, lineOf: (offset: number) => number): Piece[] {
  const marks = new Marks();
  return marks.cut(unwrapParagraphs(toHtml(hastOf(tree, marks, lineOf), HTML_OPTIONS)));
}

/** The pieces of a tree's inner content, when it is a single paragraph or heading. */
export function innerPieces(tree: Root): Piece[] {
  const marks = new Marks();
  const { children } = hastOf(tree, marks, () => 0);
  const only = children.find(child => child.type === 'element');
  return marks.cut(toHtml(only === undefined || only.type !== 'element' ? children : only.children, HTML_OPTIONS));
}

/** The pieces of Markdown without blocks: a caption, a title. */
export function inlinePieces(markdown: string): Piece[] {
  const marks = new Marks();
  return marks.cut(toHtml(inlineHast(markdown, marks), HTML_OPTIONS));
}

/** HTML of Python code in a cell or listing. */
export function pythonHtml(source: string): string {
  return toHtml(element('pre', {}, [element('code', {}, highlightPython(source))]), HTML_OPTIONS);
}
