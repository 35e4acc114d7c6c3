/**
 * The prose tree to hast, with slots for what an analysis fills in. To add a construct, give its node a handler here;
 * what depends on more than the text becomes a slot (`slots.ts`, `fill.ts`).
 */
import type { Properties } from 'hast';
import type { Attributes } from '../chapter/model';
import {
  type BlockNode,
  type CodeBlockNode,
  type ImageNode,
  type InlineNode,
  type KeyNode,
  type LinkReferenceNode,
  type ListNode,
  type ParagraphNode,
  type ProseNode,
  readInline,
  type TableCellNode,
  type TableNode,
  type TableRowNode,
} from '../chapter/prose';
import { codeNodes, listingNodes } from './code';
import { element, foreign, type Html, slot, text } from './hast';
import { noteNode, shortened } from './source';
import { anchorOf, classNames } from './text';

/** Converts the nodes of one text; `lineOf` tells the line of an offset in its block, from 0. */
export class ProseConverter {
  readonly #lineOf: (offset: number) => number;
  /** The character before the present text, which tells an opening quotation mark from a closing one. */
  #before = ' ';

  constructor(lineOf: (offset: number) => number = () => 0) {
    this.#lineOf = lineOf;
  }

  blocks(nodes: readonly BlockNode[]): Html[] {
    return nodes.flatMap(node => {
      this.#before = ' ';
      return this.#block(node);
    });
  }

  /** Running text that starts something, such as a paragraph or a caption. */
  inlines(nodes: readonly (InlineNode | KeyNode)[]): Html[] {
    this.#before = ' ';
    return this.#within(nodes);
  }

  #within(nodes: readonly (InlineNode | KeyNode)[]): Html[] {
    return nodes.flatMap(node => this.#inline(node));
  }

  // -------------------------------------------------------------------------------------------------- running text

  #inline(node: InlineNode | KeyNode): Html | Html[] {
    switch (node.type) {
      case 'text':
        return text(this.#typographic(node.value));
      case 'unread':
        return element('code', { className: 'reckoner-tex', title: whyUnread(node.reason) }, [
          text(shortened(node.value)),
        ]);
      case 'break':
        this.#before = ' ';
        return [element('br', {}), text('\n')];
      case 'emphasis':
        return foreign('em', {}, this.#within(node.children));
      case 'strong':
        return foreign('strong', {}, this.#within(node.children));
      case 'strikeout':
        return foreign('del', {}, this.#within(node.children));
      case 'superscript':
        return foreign('sup', {}, this.#within(node.children));
      case 'subscript':
        return foreign('sub', {}, this.#within(node.children));
      case 'span':
        return foreign('span', propertiesOf(node.attributes), this.#within(node.children));
      case 'link':
        return foreign('a', { href: node.url, ...titled(node.title) }, this.#within(node.children));
      case 'html':
        // The few tags that inline HTML of chapters consists of; any other is dropped, its text stays.
        return /^<br\s*\/?>$/i.test(node.value.trim()) ? element('br', {}) : [];
      case 'comment':
      case 'tex':
      case 'raw':
        return [];
      default: {
        const made = this.#piece(node);
        this.#before = 'x';
        return made;
      }
    }
  }

  /** What counts as a word of the sentence around it. */
  #piece(
    node: Exclude<
      InlineNode | KeyNode,
      {
        type:
          | 'text'
          | 'unread'
          | 'break'
          | 'span'
          | 'link'
          | 'html'
          | 'comment'
          | 'tex'
          | 'raw'
          | 'emphasis'
          | 'strong'
          | 'strikeout'
          | 'superscript'
          | 'subscript';
      }
    >,
  ): Html | Html[] {
    switch (node.type) {
      case 'code':
        return foreign('code', propertiesOf(node.attributes), [text(node.value)]);
      case 'reference':
        return slot({ kind: 'value', expr: node.expr, offset: node.start });
      case 'math': {
        const { tex, display, attributes } = node;
        return slot({ kind: 'formula', tex: tex.trim(), display, label: attributes?.id });
      }
      case 'shortcode':
        if (node.name === 'pagebreak') return [];
        return element('code', { title: 'Shortcode' }, [text(`{{< ${[node.name, ...node.args].join(' ')} >}}`)]);
      case 'citation':
        return this.#citation(node.children, node.bracketed);
      case 'key':
        return this.#key(node, true, []);
      case 'noteReference':
        return slot({ kind: 'note', id: node.id });
      case 'note':
        return element('small', { className: 'inline-note' }, [text(' ['), ...this.inlines(node.children), text(']')]);
      case 'image':
        return pictureOf(node);
      case 'linkReference':
        return this.#linkReference(node);
    }
  }

  #key({ key, kind, suppressed }: KeyNode, bracketed: boolean, locator: readonly Html[]): Html {
    return slot({ kind: 'key', key, crossref: kind, suppressed, bracketed, locator });
  }

  #citation(children: readonly (InlineNode | KeyNode)[], bracketed: boolean): Html[] {
    const [first, ...rest] = children;
    if (!bracketed && first?.type === 'key') return [this.#key(first, false, this.inlines(rest))];
    const inner = this.inlines(children);
    const isPlain = children.some(child => child.type === 'key' && child.kind === undefined);
    return isPlain ? [text('('), ...inner, text(')')] : inner;
  }

  #linkReference(node: LinkReferenceNode): Html {
    const { image, label, tail, attributes } = node;
    const children = this.inlines(node.children);
    const open = text(image ? '![' : '[');
    const plain = [open, ...children, text(`]${tail}`)];
    const alt = attributes?.get('fig-alt');
    const caption = image ? node.children : undefined;
    return slot({ kind: 'linkReference', label, caption, alt, children, plain });
  }

  /** Dashes, ellipses, apostrophes and quotation marks as Pandoc sets them. */
  #typographic(value: string): string {
    let before = this.#before;
    const set = value.replace(/---?|\.\.\.|["']/g, (mark, at: number) => {
      if (mark === '---') return '—';
      if (mark === '--') return '–';
      if (mark === '...') return '…';
      const left = at === 0 ? before : value[at - 1]!;
      const right = value[at + 1] ?? 'x';
      const opens = /[\s([{\u2013\u2014\u2018\u201c"'-]/.test(left) && !/\s/.test(right);
      if (mark === '"') return opens ? '“' : '”';
      return opens && !/\d/.test(right) ? '‘' : '’';
    });
    before = value.at(-1) ?? before;
    this.#before = before;
    return set;
  }

  // --------------------------------------------------------------------------------------------------------- blocks

  #lined(node: ProseNode): Properties {
    const line = this.#lineOf(node.start);
    return line > 0 ? { dataL: line } : {};
  }

  #block(node: BlockNode): Html | Html[] {
    switch (node.type) {
      case 'paragraph':
        return this.#paragraph(node);
      case 'heading': {
        const inner = this.inlines(node.children);
        const number = slot({ kind: 'section', offset: node.start });
        const own = { ...propertiesOf(node.attributes), ...this.#lined(node) };
        return foreign(`h${Math.min(6, node.level)}`, own, [number, ...inner]);
      }
      case 'list':
        return this.#list(node);
      case 'definitionList':
        return foreign(
          'dl',
          this.#lined(node),
          node.children.map(part =>
            part.type === 'term'
              ? foreign('dt', {}, this.inlines(part.children))
              : foreign('dd', this.#lined(part), this.blocks(part.children)),
          ),
        );
      case 'quote':
        return foreign('blockquote', this.#lined(node), this.blocks(node.children));
      case 'lineBlock': {
        const lines = node.children.flatMap((line, at) => [
          ...(at === 0 ? [] : [element('br', {}), text('\n')]),
          ...this.inlines(line.children),
        ]);
        return foreign('p', { className: ['line-block'], ...this.#lined(node) }, lines);
      }
      case 'codeBlock':
        return this.#listing(node);
      case 'cell':
        return slot({ kind: 'cell', offset: node.start });
      case 'div':
        return foreign('div', { ...propertiesOf(node.attributes), ...this.#lined(node) }, this.blocks(node.children));
      case 'rule':
        return element('hr', {});
      case 'table':
        return this.#table(node);
      case 'footnote':
        return this.blocks(node.children);
      case 'htmlBlock':
      case 'texBlock':
      case 'comment':
      case 'divStart':
      case 'linkDefinition':
        return [];
    }
  }

  #paragraph(node: ParagraphNode): Html | Html[] {
    const [only, ...others] = node.children;
    if (
      only?.type === 'image' &&
      others.length === 0 &&
      (only.attributes?.id !== undefined || only.children.length > 0)
    )
      return this.#figure(only);
    if (only?.type === 'unread' && others.length === 0)
      return [
        noteNode([text(whyUnread(only.reason))]),
        element('pre', { className: 'reckoner-source' }, [element('code', {}, [text(shortened(only.value))])]),
      ];
    const inner = this.inlines(node.children);
    if (node.tight) return inner;
    const isEmpty = inner.every(child => child.type === 'text' && child.value.trim() === '');
    return isEmpty ? [] : foreign('p', this.#lined(node), inner);
  }

  /** An image by itself, with its caption below. */
  #figure(node: ImageNode): Html {
    const id = node.attributes?.id;
    const label = id?.startsWith('fig-') ? [slot({ kind: 'label', id })] : [];
    const caption = [...label, ...this.inlines(node.children)];
    const below = caption.length === 0 ? [] : [foreign('figcaption', {}, caption)];
    return foreign('figure', { ...identified(id), ...this.#lined(node) }, [pictureOf(node), ...below]);
  }

  #list(node: ListNode): Html {
    const items = node.children.map(({ checked, children }) => {
      const inner = this.blocks(children);
      if (checked === undefined) return foreign('li', {}, inner);
      const box = foreign('input', { type: 'checkbox', checked, disabled: true }, []);
      const [first] = inner;
      const isLoose = first?.type === 'element' && first.tagName === 'p';
      const own = isLoose
        ? [{ ...first, children: [box, text(' '), ...first.children] }, ...inner.slice(1)]
        : [box, text(' '), ...inner];
      return foreign('li', { className: ['task-list-item'] }, own);
    });
    if (node.style === 'example') return slot({ kind: 'examples', offset: node.start, children: items });
    if (node.style === 'bullet') {
      const isTask = node.children.some(({ checked }) => checked !== undefined);
      return foreign('ul', isTask ? { className: ['contains-task-list'] } : {}, items);
    }
    const type = LIST_TYPES[node.style];
    return foreign(
      'ol',
      { ...(node.first === 1 ? {} : { start: node.first }), ...(type === undefined ? {} : { type }) },
      items,
    );
  }

  #listing(node: CodeBlockNode): Html | Html[] {
    const { language = '', attributes, value } = node;
    if (language.startsWith('='))
      return language === '=html' ? element('pre', {}, [element('code', {}, [text(value)])]) : [];
    const isTikz = language === 'tikz' || /^\{tikz\b/.test(node.info);
    const option = (names: string): string | undefined => (isTikz ? engineOption(value, names) : undefined);
    const id = attributes?.id;
    const caption = isTikz
      ? (attributes?.get('fig-cap') ?? attributes?.get('caption') ?? option('fig-cap|caption'))
      : attributes?.get('lst-cap');
    const shown = isTikz
      ? slot({
          kind: 'drawing',
          source: value,
          offset: node.codeRange.start,
          alt: attributes?.get('fig-alt') ?? option('fig-alt|alt'),
        })
      : element('pre', { ...this.#lined(node) } as Record<string, number>, [
          element('code', {}, language === 'python' ? listingNodes(value) : codeNodes(value)),
        ]);
    if (id === undefined && caption === undefined) return shown;
    const words = caption === undefined ? [] : this.inlines(readInline(caption).map(withoutPlace));
    const label = id === undefined ? [] : [slot({ kind: 'label', id })];
    const captioned = [...label, ...words];
    const below = captioned.length === 0 ? [] : [foreign('figcaption', {}, captioned)];
    const own = { ...identified(id), ...(isTikz ? {} : { className: ['listing'] }) };
    return foreign('figure', own, isTikz ? [shown, ...below] : [...below, shown]);
  }

  #table(node: TableNode): Html {
    const rows = node.children.filter(child => child.type === 'tableRow');
    const caption = node.children.find(child => child.type === 'caption');
    const id = node.attributes?.id;
    const words = [
      ...(id === undefined ? [] : [slot({ kind: 'label', id })]),
      ...(caption === undefined ? [] : this.inlines(caption.children)),
    ];
    const cell = (tag: 'th' | 'td', source: TableCellNode, at: number): Html => {
      const align = node.alignments[at];
      const own = align === undefined || align === 'left' ? {} : { className: [`align-${align}`] };
      return foreign(tag, own, this.blocks(source.children));
    };
    const row = (tag: 'th' | 'td', source: TableRowNode): Html =>
      foreign(
        'tr',
        {},
        source.children.map((each, at) => cell(tag, each, at)),
      );
    const head = rows.filter(({ header }) => header);
    const body = rows.filter(({ header }) => !header);
    const table = foreign('table', {}, [
      ...(words.length === 0 ? [] : [foreign('caption', {}, words)]),
      ...(head.length === 0
        ? []
        : [
            foreign(
              'thead',
              {},
              head.map(each => row('th', each)),
            ),
          ]),
      foreign(
        'tbody',
        {},
        body.map(each => row('td', each)),
      ),
    ]);
    return element('div', { className: 'reckoner-scroll', ...(identified(id) as Record<string, string>) }, [table]);
  }
}

const LIST_TYPES: Partial<Record<ListNode['style'], string>> = {
  lowerAlpha: 'a',
  upperAlpha: 'A',
  lowerRoman: 'i',
  upperRoman: 'I',
};

/** The nodes of a short text that does not stand in its block as it is written, such as the value of an attribute. */
export function inlineHast(markdown: string): Html[] {
  return new ProseConverter().inlines(readInline(markdown).map(withoutPlace));
}

/** References of a text that is not the block's have no offset in it. */
function withoutPlace(node: InlineNode): InlineNode {
  if (node.type === 'reference') return { ...node, start: Number.NaN };
  return 'children' in node
    ? ({ ...node, children: (node.children as InlineNode[]).map(withoutPlace) } as InlineNode)
    : node;
}

function pictureOf(node: ImageNode): Html {
  return slot({ kind: 'image', url: node.url, alt: node.attributes?.get('fig-alt'), caption: node.children });
}

/** An option of a knitr cell, whose comments are TeX's. */
function engineOption(source: string, names: string): string | undefined {
  const value = new RegExp(`^%%?\\|\\s*(?:${names}):\\s*(.*?)\\s*$`, 'm').exec(source)?.[1];
  return value?.replace(/^(["'])(.*)\1$/, '$2');
}

function identified(id: string | undefined): Properties {
  return id === undefined ? {} : { id: anchorOf(id) };
}

function titled(title: string | undefined): Properties {
  return title ? { title } : {};
}

export function propertiesOf(attributes: Attributes | undefined): Properties {
  if (attributes === undefined) return {};
  const classes = classNames(attributes.classes);
  return { ...identified(attributes.id), ...(classes === '' ? {} : { className: classes.split(' ') }) };
}

function whyUnread(reason: string): string {
  return `Shown as source, since ${reason}.`;
}
