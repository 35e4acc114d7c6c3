/**
 * The blocks of the prose tree to hast, with slots for what an analysis fills in; running text is that of `inlines.ts`. To add
 * a construct, give its node a handler here; what depends on more than the text becomes a slot (`slots.ts`, `fill.ts`).
 */
import type { Properties } from 'hast';
import type {
  BlockNode,
  CodeBlockNode,
  DivNode,
  ImageNode,
  InlineNode,
  ListNode,
  ParagraphNode,
  ProseNode,
  TableCellNode,
  TableNode,
  TableRowNode,
} from '../chapter/prose';
import { ownPlace } from './captions';
import { columnNodes, sharesOf } from './columns';
import { isConditional } from './conditions';
import type { ChildKind } from './divs';
import { element, foreign, type Html, slot, text } from './hast';
import { HtmlTree, isBlockTag } from './html';
import { InlineConverter, linkNode, pictureOf, whyUnread } from './inlines';
import { isRawHtml, listingNode } from './listings';
import type { PlacedValue } from './placedValues';
import { classesOf, identified, propertiesOf } from './properties';
import { noteNode, shortened } from './source';
import { mathEnvironment, referencesOf } from './tex';

/** A tag as it is written, or what stands between tags. */
export type HtmlPiece = string | readonly Html[];

/** Converts the blocks of one text; `lineOf` tells the line of an offset in its block, from 0, `values` those that it was read with. */
export class ProseConverter {
  readonly #lineOf: (offset: number) => number;
  readonly #inline: InlineConverter;

  constructor(lineOf: (offset: number) => number = () => 0, values: readonly PlacedValue[] = []) {
    this.#lineOf = lineOf;
    this.#inline = new InlineConverter(values);
  }

  blocks(nodes: readonly BlockNode[]): Html[] {
    if (!nodes.some(isHtml)) return nodes.flatMap(node => this.#block(node));
    const tree = new HtmlTree('chapter');
    for (const piece of this.pieces(nodes)) {
      if (typeof piece === 'string') tree.write(piece);
      else tree.insert(piece);
    }
    return tree.end();
  }

  /** Blocks among which tags stand that other blocks may close. */
  pieces(nodes: readonly BlockNode[]): HtmlPiece[] {
    return nodes.flatMap((node): HtmlPiece[] => {
      if (node.type === 'htmlBlock' || node.type === 'codeBlock')
        return isHtml(node) ? [node.value] : [[this.#block(node)].flat()];
      return node.type === 'paragraph' && isHtml(node) ? this.#pieces(node) : [[this.#block(node)].flat()];
    });
  }

  #pieces({ children }: ParagraphNode): HtmlPiece[] {
    const pieces: HtmlPiece[] = [];
    let run: InlineNode[] = [];
    const flush = (): void => {
      if (run.length > 0) pieces.push(this.#inline.inlines(run));
      run = [];
    };
    for (const child of children) {
      if (child.type !== 'html') run.push(child);
      else {
        flush();
        pieces.push(child.value);
      }
    }
    flush();
    return pieces;
  }

  /** Running text that starts something, such as a paragraph or a caption. */
  inlines(nodes: readonly InlineNode[]): Html[] {
    return this.#inline.inlines(nodes);
  }

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
        return this.#div(node);
      case 'rule':
        return element('hr', {});
      case 'table':
        return this.#table(node);
      case 'footnote':
        return this.blocks(node.children);
      case 'texBlock': {
        const tex = mathEnvironment(node.value);
        if (tex !== undefined)
          return element('p', {}, [slot({ kind: 'formula', tex, display: true, label: undefined })]);
        const found = referencesOf(node.value).map(id => slot({ kind: 'texReference', id }));
        return found.length === 0 ? [] : element('p', {}, found);
      }
      case 'htmlBlock':
      case 'comment':
      case 'divStart':
      case 'linkDefinition':
        return [];
    }
  }

  #paragraph(node: ParagraphNode): Html | Html[] {
    const [only, ...others] = node.children;
    if (only?.type === 'image' && others.length === 0 && isCaptioned(only)) return this.#figure(only);
    const linked = only?.type === 'link' && only.children.length === 1 ? only.children[0] : undefined;
    if (only?.type === 'link' && others.length === 0 && linked?.type === 'image' && isCaptioned(linked))
      return this.#figure(linked, linkNode(only, [pictureOf(linked)]));
    if (only?.type === 'unread' && others.length === 0)
      return [
        noteNode([text(whyUnread(only.reason))]),
        element('pre', { className: 'reckoner-source' }, [element('code', {}, [text(shortened(only.value))])]),
      ];
    if (only?.type === 'shortcode' && others.every(isBlank) && BLOCK_SHORTCODES.has(only.name)) {
      const { name, args } = only;
      const made =
        name === 'embed' ? slot({ kind: name, args }) : slot({ kind: 'shortcode', name, args, isBlock: true });
      return foreign('div', this.#lined(node), [made]);
    }
    const images = node.children.filter(child => child.type === 'image');
    if (images.length > 1 && node.children.every(child => child.type === 'image' || isBlank(child)))
      return foreign(
        'p',
        this.#lined(node),
        images.flatMap(image => [this.#panel(image), text('\n')]),
      );
    const inner = this.inlines(node.children);
    if (node.tight) return inner;
    const isEmpty = inner.every(child => child.type === 'text' && child.value.trim() === '');
    return isEmpty ? [] : foreign('p', this.#lined(node), inner);
  }

  /** An image by itself, with its caption below; a link may be around it. */
  #figure(node: ImageNode, shown: Html = pictureOf(node)): Html {
    const words = this.#caption(node);
    const children = slot({
      kind: 'captioned',
      of: 'fig',
      place: ownPlace('fig', node.attributes),
      shown: [shown],
      words,
    });
    const align = node.attributes?.get('fig-align');
    const className = align === 'left' || align === 'right' ? { className: [`reckoner-${align}`] } : {};
    const own = { ...identified(node.attributes?.id), ...className, ...this.#lined(node) };
    return foreign('figure', own, [children]);
  }

  #caption({ attributes, start, children }: ImageNode): Html[] {
    const id = attributes?.id;
    const label = slot({ kind: 'label', id, offset: start, end: children.length === 0 ? '' : ':' });
    const words = this.inlines(children);
    return id === undefined && words.length === 0 ? [] : [label, ...words];
  }

  /** One of several images of a paragraph: in a layout it is a panel, whose caption shows. */
  #panel(node: ImageNode): Html {
    const caption = element('span', { className: 'reckoner-image-caption' }, this.#caption(node));
    return foreign('span', { ...identified(node.attributes?.id), className: ['reckoner-image'] }, [
      pictureOf(node),
      caption,
    ]);
  }

  #listing(node: CodeBlockNode): Html | Html[] {
    const { attributes } = node;
    const shown = listingNode(node, this.#lined(node));
    if (attributes === undefined || !isConditional(attributes)) return shown;
    return slot({ kind: 'conditional', attributes, children: [shown].flat() });
  }

  /** A div within a list, a quotation or a note. */
  #div(node: DivNode): Html[] {
    const { attributes } = node;
    const children = node.children.map(child => ({ ...childKind(child), nodes: [this.#block(child)].flat() }));
    const { dataL: line } = this.#lined(node);
    return [slot({ kind: 'div', attributes, line: typeof line === 'number' ? line : undefined, children })];
  }

  #list(node: ListNode): Html {
    const items = node.children.map(({ checked, children }) => {
      const inner = this.blocks(children);
      if (checked === undefined) return foreign('li', {}, inner);
      const ariaLabel = checked ? 'Done' : 'To do';
      const box = foreign('input', { type: 'checkbox', checked, disabled: true, ariaLabel }, []);
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

  #table(node: TableNode): Html {
    const rows = node.children.filter(child => child.type === 'tableRow');
    const caption = node.children.find(child => child.type === 'caption');
    const id = node.attributes?.id;
    const words = [
      ...(id === undefined
        ? []
        : [slot({ kind: 'label', id, offset: undefined, end: caption === undefined ? '' : ':' })]),
      ...(caption === undefined ? [] : this.inlines(caption.children)),
    ];
    const cell = (tag: 'th' | 'td', source: TableCellNode, at: number): Html => {
      const { column = at, columns = 1, rows: down = 1 } = source.span ?? {};
      const align = node.alignments[column];
      const own = {
        ...(align === undefined || align === 'left' ? {} : { className: [`align-${align}`] }),
        ...(columns > 1 ? { colSpan: columns } : {}),
        ...(down > 1 ? { rowSpan: down } : {}),
      };
      const [only] = source.children;
      // Only a cell of a grid holds blocks: in another one an image is no figure, unless a label makes it one.
      const isText = node.form !== 'grid' && only?.type === 'paragraph' && !only.children.some(isLabelled);
      const children = isText ? this.inlines(only.children) : this.blocks(source.children);
      // A screen reader would make a riddle of a header that says nothing.
      return foreign(children.length === 0 ? 'td' : tag, own, children);
    };
    const row = (tag: 'th' | 'td', source: TableRowNode): Html =>
      foreign(
        'tr',
        {},
        source.children.map((each, at) => cell(tag, each, at)),
      );
    const head = rows.filter(({ header }) => header);
    const body = rows.filter(({ header }) => !header);
    const table = foreign('table', classesOf(node.attributes), [
      ...(words.length === 0
        ? []
        : [slot({ kind: 'captioned', of: 'tbl', place: ownPlace('tbl', node.attributes), shown: [], words })]),
      ...columnNodes(sharesOf(node.attributes?.get('tbl-colwidths')) ?? node.widths ?? []),
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

/** Shortcodes that are blocks where they are a paragraph. */
const BLOCK_SHORTCODES: ReadonlySet<string> = new Set(['embed', 'lipsum', 'pagebreak']);

/** What a block is to the div that it stands in. */
export function childKind(node: BlockNode): ChildKind {
  switch (node.type) {
    case 'heading':
      return { kind: 'heading', level: node.level };
    case 'paragraph':
      return {
        kind: node.children.every(child => child.type === 'image' || isBlank(child)) ? 'figure' : 'paragraph',
        level: 0,
      };
    case 'list':
      return { kind: 'list', level: 0 };
    default:
      return { kind: 'other', level: 0 };
  }
}

/** A line of tags, or a text with tags of elements that stand by themselves. */
function isHtml(node: BlockNode): boolean {
  if (node.type === 'codeBlock') return isRawHtml(node);
  if (node.type !== 'paragraph') return node.type === 'htmlBlock';
  return node.children.some(child => child.type === 'html' && isBlockTag(child.value));
}

function isLabelled(node: InlineNode): boolean {
  return node.type === 'image' && node.attributes?.id !== undefined;
}

/** Whether an image that is a paragraph is a figure. */
function isCaptioned({ attributes, children }: ImageNode): boolean {
  return attributes?.id !== undefined || children.length > 0;
}

function isBlank(node: InlineNode): boolean {
  return node.type === 'break' || (node.type === 'text' && node.value.trim() === '');
}
