/** HTML of a chapter and of its values, reduced to the elements and attributes that a page may show. */
import type { Element } from 'hast';
import { decoded } from '../evaluation/display';
import { element, foreign, type Html, mayShow, slot, text } from './hast';
import { anchorOf, classNames, linkOf } from './text';

const VOID: ReadonlySet<string> = new Set(['area', 'br', 'col', 'hr', 'img', 'input', 'source', 'wbr']);
/** Elements whose content is no text of the page. */
const SILENT: ReadonlySet<string> = new Set(['script', 'style', 'template', 'title', 'textarea', 'noscript', 'iframe']);
/** How deep elements may stand in one another; those below count as text. */
const DEEPEST = 100;

const TOKEN = /<(\/?)([A-Za-z][\w-]*)((?:[^<>"']|"[^"<]*"|'[^'<]*'){0,9999})>|<?[^<]+|</y;
const ATTRIBUTE = /([A-Za-z][\w:-]*)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+)))?/g;

/** Tags and the text between them, in a time that grows with the text; comments are left out. */
function* tokensOf(html: string): Generator<RegExpExecArray> {
  let mayEnd = true;
  for (let at = 0; at < html.length; ) {
    if (mayEnd && html.startsWith('<!--', at)) {
      const end = html.indexOf('-->', at + 4);
      if (end >= 0) {
        at = end + 3;
        continue;
      }
      mayEnd = false;
    }
    TOKEN.lastIndex = at;
    const found = TOKEN.exec(html)!;
    at += found[0].length;
    yield found;
  }
}

/** What a value brings. What is a text to a browser is one here; whatever is not closed is closed at the end. */
export function valueHtml(html: string): Html[] {
  const tree = new HtmlTree();
  tree.write(html);
  return tree.end();
}

interface Open {
  readonly tag: string;
  /** Where its children go: for an element that a page may not show, to those of the one around it. */
  readonly children: Html[];
}

/** A tree of elements that may come piece by piece, with other nodes between their tags. */
export class HtmlTree {
  readonly #root: Html[] = [];
  readonly #open: Open[] = [];
  readonly #isOwn: boolean;
  #silent: string | undefined;

  /** HTML of the chapter itself has ids and pictures, that of a value has none. */
  constructor(origin: 'chapter' | 'value' = 'value') {
    this.#isOwn = origin === 'chapter';
  }

  write(html: string): void {
    for (const [token, slash, name, attributes] of tokensOf(html)) {
      const tag = name?.toLowerCase();
      if (this.#silent !== undefined) {
        if (slash === '/' && tag === this.#silent) this.#silent = undefined;
      } else if (tag === undefined) this.insert([text(decoded(token))]);
      else if (slash === '/') this.#close(tag);
      else if (SILENT.has(tag)) {
        if (tag === 'iframe' && this.#isOwn) this.insert(embeddedNodes(attributesOf(attributes ?? '').src));
        this.#silent = tag;
      } else this.#start(tag, attributesOf(attributes ?? ''));
    }
  }

  insert(nodes: readonly Html[]): void {
    if (this.#silent !== undefined) return;
    const children = this.#children;
    for (const node of nodes) children.push(node);
  }

  end(): Html[] {
    return this.#root;
  }

  get #children(): Html[] {
    return this.#open.at(-1)?.children ?? this.#root;
  }

  #start(tag: string, written: Readonly<Record<string, string>>): void {
    const closed = CLOSES[tag];
    const last = this.#open.at(-1)?.tag;
    if (last !== undefined && closed?.includes(last)) this.#close(last);
    if (tag === 'img' && this.#isOwn) {
      const { src = '', alt, width, height } = written;
      this.insert([slot({ kind: 'image', url: src, alt: alt ?? '', caption: [], width, height })]);
      return;
    }
    const children: Html[] = this.#isOwn ? markdownOf(written) : [];
    if (mayShow(tag)) {
      const made: Html = { ...foreign(tag, this.#properties(written), []), children };
      // Like the chapter's other tables, one that is wider than the page scrolls by itself.
      const isWide = tag === 'table' && this.#isOwn && this.#open.every(one => one.tag !== 'table');
      this.#children.push(isWide ? element('div', { className: 'reckoner-scroll' }, [made]) : made);
    }
    if (VOID.has(tag) || this.#open.length >= DEEPEST) return;
    this.#open.push({ tag, children: mayShow(tag) ? children : this.#children });
  }

  #close(tag: string): void {
    const at = this.#open.findLastIndex(one => one.tag === tag);
    if (at < 0) return;
    // Of a header that says nothing a screen reader would make a riddle: the corner of a table is a cell.
    const [children, around] = [this.#open[at]!.children, this.#open[at - 1]?.children ?? this.#root];
    const last = around.at(-1);
    if (tag === 'th' && children.length === 0 && last?.type === 'element' && last.children === children)
      last.tagName = 'td';
    this.#open.length = at;
  }

  /** Those that can be kept. No `data-` attributes: these belong to the page, and so do ids. */
  #properties(written: Readonly<Record<string, string>>): Element['properties'] {
    const found: Element['properties'] = {};
    for (const [key, value] of Object.entries(written)) {
      if (key === 'style' || key.startsWith('data-') || key.startsWith('on')) continue;
      if (key === 'id') {
        if (this.#isOwn && value !== '') found.id = anchorOf(value);
      } else if (key === 'class') found.className = classNames(value.split(/\s+/)).split(' ').filter(Boolean);
      else if (key === 'open') found.open = true;
      else if (key === 'href') found.href = this.#isOwn ? linkOf(value) : value;
      else found[PROPERTIES.get(key) ?? key] = value;
    }
    return found;
  }
}

/** Markdown that an element names as its content (`data-qmd`, `data-qmd-base64`), as libraries that write tables do. */
function markdownOf(written: Readonly<Record<string, string>>): Html[] {
  const markdown = written['data-qmd'] ?? fromBase64(written['data-qmd-base64']);
  return markdown === undefined || markdown === '' ? [] : [slot({ kind: 'markdown', text: markdown })];
}

function fromBase64(encoded: string | undefined): string | undefined {
  if (encoded === undefined || !/^[A-Za-z\d+/\s]*={0,2}\s*$/.test(encoded)) return undefined;
  try {
    return new TextDecoder().decode(Uint8Array.from(atob(encoded), unit => unit.charCodeAt(0)));
  } catch {
    return undefined; // of a length that there is not
  }
}

/** Elements that end when one of these begins: nobody writes their closing tags. */
const CLOSES: Readonly<Record<string, readonly string[]>> = {
  li: ['li'],
  dt: ['dt', 'dd'],
  dd: ['dt', 'dd'],
  tr: ['tr', 'td', 'th'],
  td: ['td', 'th'],
  th: ['td', 'th'],
  p: ['p'],
};

/** What stands in the place of a page that is embedded: nothing is loaded from elsewhere. */
export function embeddedNodes(url: string | undefined, title = 'Embedded page'): Html[] {
  if (url === undefined || url === '') return [];
  const shown = [text(`${title}: ${url.slice(0, 200)}`)];
  return [element('span', { className: 'placeholder' }, [foreign('a', { href: url }, shown)])];
}

const PROPERTIES: ReadonlyMap<string, string> = new Map([
  ['class', 'className'],
  ['colspan', 'colSpan'],
  ['rowspan', 'rowSpan'],
  ['aria-label', 'ariaLabel'],
]);

/** Attributes by their names in lower case, decoded. */
function attributesOf(text: string): Record<string, string> {
  const found: Record<string, string> = Object.create(null) as Record<string, string>;
  for (const [, name = '', double, single, bare] of text.matchAll(ATTRIBUTE))
    found[name.toLowerCase()] ??= decoded(double ?? single ?? bare ?? '');
  return found;
}

/** Elements that stand by themselves rather than in running text. */
const BLOCK: ReadonlySet<string> = new Set(
  (
    'address article aside blockquote center dd details div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 ' +
    'header hr iframe li main nav ol p pre section summary table tbody td tfoot th thead tr ul video'
  ).split(' '),
);

const TAG = /^<\/?([A-Za-z][\w-]*)/;

/** Whether a tag is that of an element that stands by itself. */
export function isBlockTag(tag: string): boolean {
  return BLOCK.has(TAG.exec(tag)?.[1]?.toLowerCase() ?? '');
}

/** Elements that are told apart among those that a text leaves open. */
const MOST_OPEN = 1000;

/** How many elements, of those that stand by themselves, a text opens without closing them, and closes without having opened them. */
export function tagBalance(
  html: string,
  counts: (tag: string) => boolean = tag => BLOCK.has(tag),
): { readonly opened: number; readonly closed: number } {
  const open: string[] = [];
  let closed = 0;
  for (const [, slash, name] of tokensOf(html)) {
    const tag = name?.toLowerCase();
    if (tag === undefined || !counts(tag) || VOID.has(tag) || tag === 'p') continue;
    if (slash !== '/') {
      if (open.length < MOST_OPEN) open.push(tag);
    } else {
      const at = open.lastIndexOf(tag);
      if (at < 0) closed++;
      else open.length = at;
    }
  }
  return { opened: open.length, closed };
}
