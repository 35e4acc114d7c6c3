/**
 * The nodes that a page is made of until it is written once: hast, with slots for what an analysis fills in. What a
 * chapter's text brings goes through `foreign`, which lets through only elements and attributes that a page may show.
 */
import type { Element, ElementContent, Properties, Root } from 'hast';
import { defaultSchema, type Schema, sanitize } from 'hast-util-sanitize';
import { toHtml } from 'hast-util-to-html';
import type { Slot } from './slots';

/** A place that `fill.ts` fills. */
export interface SlotNode {
  type: 'slot';
  slot: Slot;
}

/** HTML that one of our own libraries wrote: formulas and drawings. Nothing else may become one. */
export interface TrustedNode {
  type: 'raw';
  value: string;
}

declare module 'hast' {
  interface ElementContentMap {
    slot: SlotNode;
    raw: TrustedNode;
  }
  interface RootContentMap {
    slot: SlotNode;
    raw: TrustedNode;
  }
}

export type Html = ElementContent;

/** Elements and attributes that a chapter may bring; everything else is dropped, whoever wrote it. */
const SCHEMA: Schema = {
  ...defaultSchema,
  ancestors: {},
  clobberPrefix: '',
  tagNames: [
    ...(defaultSchema.tagNames ?? []),
    'figure',
    'figcaption',
    'mark',
    'u',
    'small',
    'abbr',
    'caption',
    'cite',
    'center',
    'header',
    'footer',
    'article',
    'aside',
    'nav',
  ],
  attributes: {
    '*': ['className', 'id', 'title', 'dataL', 'dataR', 'dataC', 'colSpan', 'rowSpan', 'align', 'ariaLabel', 'role'],
    a: ['href'],
    details: ['open'],
    img: ['alt', 'width', 'height', 'dataSrc'],
    input: [['type', 'checkbox'], 'checked', ['disabled', true]],
    ol: ['start', 'type'],
    td: ['align', 'colSpan', 'rowSpan'],
    th: ['align', 'colSpan', 'rowSpan', 'scope'],
  },
  protocols: { href: ['http', 'https', 'mailto'] },
};

const TAGS: ReadonlySet<string> = new Set(SCHEMA.tagNames);

/** Whether a page may show elements of this name. */
export function mayShow(tagName: string): boolean {
  return TAGS.has(tagName);
}

/** An element that the text of a chapter brings. Children that are elements have gone through here themselves. */
export function foreign(tagName: string, properties: Properties, children: readonly Html[]): Element {
  const { href } = properties;
  const own = typeof href === 'string' ? { ...properties, href: withScheme(href) } : properties;
  const clean = sanitize({ type: 'element', tagName, properties: own, children: [] }, SCHEMA);
  if (clean.type !== 'element') throw new TypeError(`no element of a chapter: ${tagName}`);
  return { ...clean, children: [...children] };
}

/** An address of another host that leaves the scheme to the page: that of a page which is a file would lead to a file there. */
function withScheme(href: string): string {
  const plain = href.replace(/[\t\n\r]/g, '').trimStart();
  return /^[\\/]{2}/.test(plain) ? `https://${plain.replace(/^[\\/]+/, '')}` : href;
}

/** An element of the preview's own. Properties that are undefined, false or empty are left out. */
export function element(
  tagName: string,
  properties: Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>,
  children: readonly Html[] = [],
): Element {
  const own: Properties = {};
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === false || value === '') continue;
    own[name] = typeof value === 'object' ? [...value] : value;
  }
  return { type: 'element', tagName, properties: own, children: [...children] };
}

export function text(value: string): Html {
  return { type: 'text', value };
}

export function slot(value: Slot): Html {
  return { type: 'slot', slot: value };
}

export function trusted(value: string): Html {
  return { type: 'raw', value };
}

/** The text of nodes; what slots are filled with is left out. */
export function plainText(nodes: readonly Html[]): string {
  let shown = '';
  for (const node of nodes) {
    if (node.type === 'text') shown += node.value;
    else if (node.type === 'element') shown += plainText(node.children);
  }
  return shown.replace(/\s+/g, ' ').trim();
}

/** The HTML of nodes without slots. */
export function htmlOf(nodes: readonly Html[]): string {
  const root: Root = { type: 'root', children: nodes as Root['children'] };
  return toHtml(root, { upperDoctype: false, closeSelfClosing: false, allowDangerousHtml: true });
}
