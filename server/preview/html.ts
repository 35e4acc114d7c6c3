/** HTML that a value of the chapter brings, reduced to the elements and attributes that a page may show. */
import type { Element, ElementContent, Root } from 'hast';
import { decoded } from '../evaluation/display';
import { type Html, sanitised } from './hast';

const VOID: ReadonlySet<string> = new Set(['area', 'br', 'col', 'hr', 'img', 'input', 'source', 'wbr']);
/** Elements whose content is no text of the page. */
const SILENT: ReadonlySet<string> = new Set(['script', 'style', 'template', 'title', 'textarea', 'noscript', 'iframe']);
/** How deep elements may stand in one another; those below count as text. */
const DEEPEST = 100;

const TOKEN = /<!--[\s\S]*?-->|<(\/?)([A-Za-z][\w-]*)((?:[^<>"']|"[^"<]*"|'[^'<]*')*)>|<?[^<]+|</g;
const ATTRIBUTE = /([A-Za-z][\w:-]*)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+)))?/g;

/** What is a text to a browser is one here; whatever is not closed is closed at the end. */
export function valueHtml(html: string): Html[] {
  const root: Root = { type: 'root', children: [] };
  const open: (Root | Element)[] = [root];
  let silent: string | undefined;
  for (const [token, slash, name, attributes] of html.matchAll(TOKEN)) {
    const tag = name?.toLowerCase();
    if (silent !== undefined) {
      if (slash === '/' && tag === silent) silent = undefined;
    } else if (tag === undefined) {
      if (!token.startsWith('<!--')) add({ type: 'text', value: decoded(token) });
    } else if (slash === '/') close(tag);
    else if (SILENT.has(tag)) silent = tag;
    else {
      const element: Element = {
        type: 'element',
        tagName: tag,
        properties: propertiesOf(attributes ?? ''),
        children: [],
      };
      add(element);
      if (!VOID.has(tag) && open.length < DEEPEST) open.push(element);
    }
  }
  return sanitised(root);

  function add(node: ElementContent): void {
    (open.at(-1)!.children as ElementContent[]).push(node);
  }

  function close(tag: string): void {
    const at = open.findLastIndex(one => one.type === 'element' && one.tagName === tag);
    if (at > 0) open.length = at;
  }
}

const PROPERTIES: ReadonlyMap<string, string> = new Map([
  ['class', 'className'],
  ['colspan', 'colSpan'],
  ['rowspan', 'rowSpan'],
  ['aria-label', 'ariaLabel'],
]);

/** Those that can be kept. No ids and no `data-` attributes: these belong to the page. */
function propertiesOf(text: string): Element['properties'] {
  const found: Element['properties'] = {};
  for (const [, name = '', double, single, bare] of text.matchAll(ATTRIBUTE)) {
    const key = name.toLowerCase();
    if (key === 'id' || key === 'style' || key.startsWith('data-') || key.startsWith('on')) continue;
    const value = decoded(double ?? single ?? bare ?? '');
    found[PROPERTIES.get(key) ?? key] = key === 'class' ? classesOf(value) : value;
  }
  return found;
}

const classesOf = (text: string): string[] =>
  text.split(/\s+/).filter(name => /^[A-Za-z][\w-]*$/.test(name) && !name.startsWith('reckoner'));
