/** Where in a block something stands, and which blocks may hold what. */
import type { BlockKind, InlineContext } from '../model';
import { countFirst } from '../sorted';
import { childrenOf, type ProseNode, type ProseTree, type ProseType } from './nodes';

/** Where the text of a block stands. */
export function contextOfKind(kind: BlockKind): InlineContext {
  return KINDS[kind] ?? 'paragraph';
}

const KINDS: Partial<Record<BlockKind, InlineContext>> = {
  html: 'html',
  comment: 'comment',
  divOpen: 'attribute',
  rawTex: 'rawTex',
  indentedCode: 'indentedCode',
  linkDefinition: 'link',
  caption: 'caption',
  heading: 'heading',
  list: 'list',
  definitionList: 'definition',
  quote: 'quote',
  footnote: 'footnote',
  table: 'table',
  gridTable: 'gridTable',
};

/** Where the inside of a node stands, if the node stands in `around`. */
export function contextOfNode(node: ProseNode, around: InlineContext): InlineContext {
  switch (node.type) {
    case 'table':
      return node.form === 'grid' ? 'gridTable' : 'table';
    case 'codeBlock':
      return node.indented ? 'indentedCode' : around;
    default:
      return NODES[node.type] ?? around;
  }
}

const NODES: Partial<Record<ProseType, InlineContext>> = {
  heading: 'heading',
  list: 'list',
  definition: 'definition',
  term: 'definition',
  quote: 'quote',
  footnote: 'footnote',
  note: 'footnote',
  caption: 'caption',
  image: 'caption',
  link: 'link',
  math: 'math',
  tex: 'rawTex',
  texBlock: 'rawTex',
  html: 'html',
  comment: 'comment',
  divStart: 'attribute',
  linkDefinition: 'link',
};

/** The innermost node around an offset, and where the offset stands. */
export function contextIn(
  tree: ProseTree,
  kind: BlockKind,
  offset: number,
): { readonly node: ProseNode | undefined; readonly context: InlineContext } {
  let context = contextOfKind(kind);
  let node: ProseNode | undefined;
  let children: readonly ProseNode[] = tree.children;
  for (;;) {
    const inner = around(children, offset);
    if (inner === undefined) return { node, context };
    node = inner;
    if ('attributes' in inner && inner.attributes) {
      const { start, end } = inner.attributes.range;
      if (start <= offset && offset < end) return { node, context: 'attribute' };
    }
    context = contextOfNode(inner, context);
    children = childrenOf(inner);
  }
}

/** The one among nodes in order that holds an offset. */
function around(nodes: readonly ProseNode[], offset: number): ProseNode | undefined {
  const node = nodes[countFirst(nodes.length, at => nodes[at]!.start <= offset) - 1];
  // The lines of cells beside each other alternate.
  const own = node?.type === 'tableCell' ? nodes.find(one => holds(one, offset)) : undefined;
  return own ?? (node !== undefined && offset < node.end ? node : undefined);
}

/** True where something within a node stands at an offset, and not only around it. */
function holds(node: ProseNode, offset: number): boolean {
  if (offset < node.start || node.end <= offset) return false;
  const children = childrenOf(node);
  return children.length === 0 || children.some(one => holds(one, offset));
}

const CONTAINERS: ReadonlySet<BlockKind> = new Set(['list', 'definitionList', 'quote', 'footnote', 'gridTable']);

/** Kinds of blocks without running text. */
const NO_TEXT: ReadonlySet<BlockKind> = new Set(['blank', 'cell', 'code', 'divClose', 'frontMatter', 'rule', 'unread']);

/** The mark without which a text holds no node of a type. */
const MARKS: Partial<Record<ProseType, string | RegExp>> = {
  key: '@',
  citation: '@',
  noteReference: '[^',
  note: '^[',
  image: '![',
  link: /\]\(|</,
  linkReference: '[',
  span: '[',
  math: '$',
  tex: '\\',
  html: '<',
  comment: '<!--',
  shortcode: '{{<',
  code: '`',
  reference: '{python}',
  raw: '=',
  strikeout: '~~',
  superscript: '^',
  subscript: '~',
};

/** Nodes of blocks, with the kind of a block that is one, and what stands in a container that holds one. */
const BLOCKS: Partial<Record<ProseType, { readonly kinds: readonly BlockKind[]; readonly within: RegExp }>> = {
  heading: { kinds: ['heading'], within: /#|[=-]$/m },
  codeBlock: { kinds: ['code', 'indentedCode'], within: /[`~]{3}|^[ \t>]*(?: {4}|\t)/m },
  cell: { kinds: ['cell'], within: /`{3}/ },
  div: { kinds: [], within: /:::/ },
  divStart: { kinds: ['divOpen'], within: /(?!)/ },
  list: { kinds: ['list'], within: /^[ \t>]*[-+*(\d]/m },
  table: { kinds: ['table', 'gridTable'], within: /\||--/ },
  footnote: { kinds: ['footnote'], within: /\]:/ },
  linkDefinition: { kinds: ['linkDefinition'], within: /\]:/ },
};

/** Whether a block may hold a node of a type; false only where it cannot. */
export function mayHold(kind: BlockKind, text: string, type: ProseType): boolean {
  const block = BLOCKS[type];
  if (block) return block.kinds.includes(kind) || (CONTAINERS.has(kind) && block.within.test(text));
  if (NO_TEXT.has(kind)) return false;
  const mark = MARKS[type] ?? '';
  return typeof mark === 'string' ? text.includes(mark) : mark.test(text);
}
