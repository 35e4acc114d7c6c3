/** A page as text that can be compared with what Quarto makes of Pandoc's tree (`quartoStructure.ts`). */

interface Element {
  readonly tag: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: (Element | string)[];
}

const VOID = /^(?:br|col|hr|img|input)$/;
const TOKEN = /<(\/?)([a-z][a-z0-9]*)((?:\s+[\w-]+(?:="[^"]*")?)*)>|[^<]+/g;
const ENTITIES: Readonly<Record<string, string>> = {
  '&#x3C;': '<',
  '&lt;': '<',
  '&#x26;': '&',
  '&amp;': '&',
  '&#x27;': "'",
};

const decoded = (text: string): string => text.replace(/&[#\w]+;/g, entity => ENTITIES[entity] ?? entity);

/** Our own HTML, which is well formed. */
function parse(html: string): Element {
  const root: Element = { tag: '', attributes: new Map(), children: [] };
  const open = [root];
  for (const [token, slash, tag, written] of html.matchAll(TOKEN)) {
    if (tag === undefined) open.at(-1)!.children.push(decoded(token));
    else if (slash === '/') open.pop();
    else {
      const attributes = new Map(
        Array.from((written ?? '').matchAll(/([\w-]+)(?:="([^"]*)")?/g), ([, name, value]) => [
          name!,
          decoded(value ?? ''),
        ]),
      );
      const element = { tag, attributes, children: [] };
      open.at(-1)!.children.push(element);
      if (!VOID.test(tag)) open.push(element);
    }
  }
  return root;
}

/** One text for each block; formulas are elements `var` around their TeX. */
export function pageStructure(html: string): string[] {
  const root = parse(html);
  return new Walker(root).blocks(root.children);
}

const joined = (parts: readonly string[]): string => parts.filter(part => part !== '').join(' ');
const words = (parts: readonly string[]): string =>
  parts
    .join('')
    .replace(/[\s\u00a0]+/g, ' ')
    .replace(/ ?⏎ ?/g, '⏎')
    .trim();

/** What a page adds to the words of a chapter. */
const ADDED =
  /^(?:reckoner-label|reckoner-number|reckoner-equation-number|callout-kind|footnote|reckoner-image-caption)$/;
const TRANSPARENT = /^(?:reckoner-scroll|reckoner-panels|reckoner-panel|reckoner-file)$/;
const BLOCK = /^(?:p|h[1-6]|ul|ol|dl|blockquote|pre|table|figure|div|section|details|aside|hr|header|nav)$/;

class Walker {
  readonly #notes = new Map<string, Element>();

  constructor(root: Element) {
    this.#collect(root);
  }

  #collect(element: Element): void {
    for (const child of element.children) {
      if (typeof child === 'string') continue;
      if (classesOf(child).includes('footnote')) this.#notes.set(child.attributes.get('id')!, child);
      else this.#collect(child);
    }
  }

  /** Blocks; words and inline elements among them go together. */
  blocks(children: readonly (Element | string)[]): string[] {
    const found: string[] = [];
    let run: (Element | string)[] = [];
    const flush = (): void => {
      const text = this.inlines(run);
      if (text !== '') found.push(text);
      run = [];
    };
    for (const child of children) {
      if (typeof child === 'string' || !BLOCK.test(child.tag)) run.push(child);
      else {
        flush();
        found.push(...this.#block(child));
      }
    }
    flush();
    return found;
  }

  #inside(element: Element): string {
    return joined(this.blocks(element.children));
  }

  #block(element: Element): string[] {
    const { tag, children } = element;
    const classes = classesOf(element);
    if (classes.includes('footnote') || classes.includes('reckoner-note')) return [];
    const id = idOf(element);
    const callout = classes.find(name => /^callout-/.test(name));
    if (callout !== undefined) return [`${callout}${id}(${this.#titled(element)})`];
    if (classes.includes('theorem') || classes.includes('proof')) return [this.#theorem(element, classes)];
    if (classes.includes('reckoner-tabset')) return [this.#tabs(element)];
    if (classes.some(name => TRANSPARENT.test(name))) return this.blocks(inTable(element));
    switch (tag) {
      case 'p':
        return [`p(${this.inlines(children)})`];
      case 'blockquote':
        return [`quote(${this.#inside(element)})`];
      case 'ul':
        return [`ul(${joined(this.#items(element))})`];
      case 'ol': {
        const [type = '', start = ''] = [element.attributes.get('type'), element.attributes.get('start')];
        return [`ol${type}${start}(${joined(this.#items(element))})`];
      }
      case 'dl':
        return this.#definitions(element);
      case 'pre':
        return [`code<${textOf(element)}>`];
      case 'hr':
        return followsNotes(element, this.#notes) ? [] : ['hr'];
      case 'figure':
        return [`figure${id}(${joined(this.#captioned(element))})`];
      case 'table':
        return [this.#table(element, id)];
      case 'div':
      case 'aside':
      case 'section':
        return classes.includes('reckoner-filename')
          ? [`file(${textOf(element)})`]
          : [`div${id}(${this.#inside(element)})`];
      default:
        return [`${tag}${id}(${this.inlines(children)})`];
    }
  }

  #items(list: Element): string[] {
    return elementsOf(list).map(item => `li(${this.#inside(item)})`);
  }

  #definitions(list: Element): string[] {
    const found: string[] = [];
    for (const part of elementsOf(list)) {
      if (part.tag === 'dt') found.push(`dl(dt(${this.inlines(part.children)})`);
      else found[found.length - 1] += ` dd(${this.#inside(part)})`;
    }
    return found.map(each => `${each})`);
  }

  /** The caption behind what is shown, wherever it stands. */
  #captioned(figure: Element): string[] {
    const caption = elementsOf(figure).find(({ tag }) => tag === 'figcaption');
    const shown = this.blocks(figure.children.filter(child => child !== caption));
    return caption === undefined ? shown : [...shown, `caption(${this.inlines(caption.children)})`];
  }

  #table(table: Element, id: string): string {
    const caption = elementsOf(table).find(({ tag }) => tag === 'caption');
    const rows = elementsOf(table).flatMap(part => (/^caption|^colgroup/.test(part.tag) ? [] : elementsOf(part)));
    const row = (one: Element): string =>
      `row(${elementsOf(one)
        .map(cell => this.#inside(cell))
        .join(' | ')})`;
    const head = caption === undefined ? '' : `caption(${this.inlines(caption.children)})`;
    return `table${id}(${joined([head === 'caption()' ? '' : head, ...rows.map(row)])})`;
  }

  #titled(callout: Element): string {
    const [head, ...rest] = elementsOf(callout);
    // Without a kind or a number beside it, the title is the kind itself.
    const isGiven = elementsOf(head!).some(one =>
      /callout-kind|reckoner-label/.test(one.attributes.get('class') ?? ''),
    );
    const title = isGiven ? this.inlines(head!.children) : '';
    return joined([title === '' ? '' : `title(${title})`, ...this.blocks(rest)]);
  }

  #theorem(element: Element, classes: readonly string[]): string {
    const name = classes.includes('theorem') ? 'theorem' : 'proof';
    const [first, ...rest] = elementsOf(element);
    const [head, ...others] = first!.children as [Element, ...(Element | string)[]];
    const title = this.inlines(
      head.children.filter(child => typeof child !== 'string' || !/^(?:Proof|Solution|Remark|\.)/.test(child)),
    );
    const given = title.replace(/^\((.*)\)$/, '$1');
    const paragraph = this.inlines(others);
    const shown = [paragraph === '' ? '' : `p(${paragraph})`, ...this.blocks(rest)];
    return `${name}${idOf(element)}(${joined([given === '' ? '' : `title(${given})`, ...shown])})`;
  }

  #tabs(element: Element): string {
    const [list, ...panels] = elementsOf(element);
    const names = elementsOf(list!);
    return `tabs(${joined(panels.flatMap((panel, at) => [`tab(${this.inlines(names[at]!.children)})`, ...this.blocks(panel.children)]))})`;
  }

  inlines(children: readonly (Element | string)[]): string {
    return words(children.map(child => (typeof child === 'string' ? child : this.#inline(child))));
  }

  #inline(element: Element): string {
    const { tag, children, attributes } = element;
    const classes = classesOf(element);
    if (classes.includes('footnote-ref')) return this.#note(element);
    if (classes.some(name => ADDED.test(name))) return '';
    switch (tag) {
      case 'br':
        return '⏎';
      case 'code':
        return `code<${textOf(element)}>`;
      case 'var':
        return `math<${textOf(element)}>`;
      case 'img':
        return `img<${attributes.get('data-src')}>`;
      case 'input':
        return attributes.has('checked') ? '☒' : '☐';
      case 'cite':
        return `cite<${attributes.get('data-keys')}>`;
      case 'a': {
        const url = attributes.get('href') ?? '';
        return url.startsWith('#') ? `ref<${url.slice('#c-'.length)}>` : `a<${url}>(${this.inlines(children)})`;
      }
      case 'span': {
        if (classes.includes('smallcaps')) return `smallcaps(${this.inlines(children)})`;
        if (classes.includes('column-margin')) return `aside(${this.inlines(children)})`;
        return classes.some(name => name.startsWith('reckoner-'))
          ? this.inlines(children)
          : `span(${this.inlines(children)})`;
      }
      default:
        return `${tag}(${this.inlines(children)})`;
    }
  }

  #note(call: Element): string {
    const link = elementsOf(call)[0]!;
    const body = elementsOf(this.#notes.get(link.attributes.get('href')!.slice(1))!)[1]!;
    const shown = joined(this.blocks(body.children)).replace(/ ?ref<fnref-[^>]*>/, '');
    return `note(${shown})`;
  }
}

const classesOf = ({ attributes }: Element): string[] => (attributes.get('class') ?? '').split(' ');
const elementsOf = ({ children }: Element): Element[] => children.filter(child => typeof child !== 'string');
const textOf = ({ children }: Element): string =>
  children.map(child => (typeof child === 'string' ? child : textOf(child))).join('');

function idOf({ attributes }: Element): string {
  const id = attributes.get('id');
  return id === undefined ? '' : `#${id.replace(/^c-/, '')}`;
}

/** The id of a table is that of the element around it, which scrolls. */
function inTable(element: Element): (Element | string)[] {
  const [only] = elementsOf(element);
  const id = element.attributes.get('id');
  if (only?.tag !== 'table' || id === undefined) return element.children;
  return [{ ...only, attributes: new Map([...only.attributes, ['id', id]]) }];
}

/** The line above the notes is the page's own. */
function followsNotes(element: Element, notes: ReadonlyMap<string, Element>): boolean {
  return notes.size > 0 && element.attributes.size === 0;
}
