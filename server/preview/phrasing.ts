/** Blocks as what may stand within a sentence: HTML has no lists, tables or listings in a paragraph. */
import type { Properties } from 'hast';
import type { Html } from './hast';

/** What elements of blocks are to readers who cannot see how they are set. */
const ROLES: Readonly<Record<string, string | undefined>> = {
  p: undefined,
  div: undefined,
  section: undefined,
  article: undefined,
  header: undefined,
  footer: undefined,
  center: undefined,
  nav: undefined,
  aside: 'note',
  details: undefined,
  summary: undefined,
  pre: undefined,
  dl: undefined,
  dt: undefined,
  dd: undefined,
  figcaption: undefined,
  col: undefined,
  colgroup: undefined,
  ul: 'list',
  ol: 'list',
  li: 'listitem',
  blockquote: 'blockquote',
  figure: 'figure',
  hr: 'separator',
  table: 'table',
  caption: 'caption',
  thead: 'rowgroup',
  tbody: 'rowgroup',
  tfoot: 'rowgroup',
  tr: 'row',
  th: 'columnheader',
  td: 'cell',
  h1: 'heading',
  h2: 'heading',
  h3: 'heading',
  h4: 'heading',
  h5: 'heading',
  h6: 'heading',
};

/** Whether nodes are of what a sentence cannot hold, paragraphs aside. */
export function holdsBlocks(nodes: readonly Html[]): boolean {
  return nodes.some(
    node =>
      node.type === 'element' &&
      ((node.tagName !== 'p' && Object.hasOwn(ROLES, node.tagName)) || holdsBlocks(node.children)),
  );
}

/** The nodes with a span, of the class `as-…` and with the role that it had, in place of each such element. */
export function phrasing(nodes: readonly Html[]): Html[] {
  return nodes.map((node): Html => {
    if (node.type !== 'element') return node;
    const { tagName, properties } = node;
    const children = phrasing(node.children);
    if (!Object.hasOwn(ROLES, tagName)) return { ...node, children };
    return { ...node, tagName: 'span', properties: spanned(tagName, properties), children };
  });
}

function spanned(tagName: string, own: Properties): Properties {
  const { className, start, role, type, colSpan: _columns, rowSpan: _rows, open: _open, scope: _scope, ...rest } = own;
  const names = Array.isArray(className) ? className : className === undefined ? [] : [String(className)];
  const style = tagName === 'ol' && typeof type === 'string' ? [`as-type-${type}`] : [];
  const properties: Properties = { ...rest, className: [`as-${tagName}`, ...style, ...names] };
  const shown = role ?? ROLES[tagName];
  if (shown !== undefined) properties.role = shown;
  if (shown === 'heading') properties.ariaLevel = Number(tagName.slice(1));
  if (tagName === 'ol' && typeof start === 'number') properties.style = `counter-reset: reckoner-item ${start - 1}`;
  return properties;
}
