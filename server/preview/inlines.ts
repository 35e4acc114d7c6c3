/** Running text to hast, with slots for what an analysis fills in. */
import type { Properties } from 'hast';
import type { Attributes } from '../chapter/model';
import {
  type ImageNode,
  type InlineNode,
  type KeyNode,
  type LinkNode,
  type LinkReferenceNode,
  type MarkNode,
  readInline,
  type SpanNode,
  type TextNode,
} from '../chapter/prose';
import { isConditional } from './conditions';
import { cutAtEmoji } from './emoji';
import { element, foreign, type Html, plainText, slot, text } from './hast';
import { HtmlTree, tagBalance } from './html';
import { lengthOf } from './lengths';
import { type PlacedValue, type ValueNode, withValues } from './placedValues';
import { propertiesOf } from './properties';
import { holdsShortcodes, unescapedShortcodes } from './shortcodeChip';
import { shortened } from './source';
import { mathEnvironment, referencesOf } from './tex';
import { linkOf } from './text';
import { afterAbbreviations } from './typography';

type Node = InlineNode | KeyNode | ValueNode;

/** Nodes of text with marks; all others are pieces. */
type Frame = Extract<
  Node,
  { type: 'text' | 'unread' | 'break' | 'span' | 'link' | 'html' | 'comment' | 'raw' | 'value' | MarkNode['type'] }
>;

const MARKS: Readonly<Record<MarkNode['type'], string>> = {
  emphasis: 'em',
  strong: 'strong',
  strikeout: 'del',
  superscript: 'sup',
  subscript: 'sub',
};

/** Classes of a span that have an element of their own. */
const SPANS: Readonly<Record<string, string>> = { underline: 'u', ul: 'u', mark: 'mark', kbd: 'kbd' };

export class InlineConverter {
  /** The character before the present text, which tells an opening quotation mark from a closing one. */
  #before = ' ';
  /** True where a quotation in single marks may end behind the present text. */
  #after = false;
  /** Which quotations are open. */
  #quoted = { single: false, double: false };
  /** Values that the text was read with. */
  readonly #values: readonly PlacedValue[];

  constructor(values: readonly PlacedValue[] = []) {
    this.#values = values;
  }

  /** Running text that starts something, such as a paragraph or a caption. */
  inlines(nodes: readonly Node[]): Html[] {
    const around = this.#quoted;
    this.#before = ' ';
    this.#quoted = { single: false, double: false };
    const made = this.#within(nodes);
    // A note stands in other text, whose quotations go on behind it.
    this.#quoted = around;
    return made;
  }

  #within(written: readonly Node[]): Html[] {
    return this.#nodes(this.#values.length === 0 ? written : withValues(written, this.#values));
  }

  #nodes(written: readonly Node[]): Html[] {
    const nodes = written.some(isCutByTags) ? written.flatMap(withoutBrackets) : written;
    const before = this.#after;
    const last = nodes.findLastIndex(node => node.type === 'text' && QUOTATION_END.test(node.value));
    const tree = nodes.some(isTag) ? new HtmlTree('chapter') : undefined;
    const made: Html[] = [];
    for (const [at, node] of nodes.entries()) {
      this.#after = before || at < last;
      if (tree === undefined) made.push(...[this.#inline(node)].flat());
      else if (isTag(node)) {
        tree.write(node.value);
        this.#before = NO_WORD;
      } else tree.insert([this.#inline(node)].flat());
    }
    this.#after = before;
    return tree?.end() ?? joinedToFormulas(made);
  }

  #inline(node: Node): Html | Html[] {
    switch (node.type) {
      case 'text':
        return cutAtEmoji(node.value).map(part =>
          'name' in part ? this.#emoji(part.name) : text(this.#typographic(part.text)),
        );
      case 'unread':
        return element('code', { className: 'reckoner-tex', title: whyUnread(node.reason) }, [
          text(shortened(node.value)),
        ]);
      case 'break':
        this.#before = ' ';
        return [element('br', {}), text('\n')];
      case 'emphasis':
      case 'strong':
      case 'strikeout':
      case 'superscript':
      case 'subscript':
        return this.#behind(
          /^(?:emphasis|strong)$/.test(node.type) ? WORD : NO_WORD,
          foreign(MARKS[node.type], {}, this.#within(node.children)),
        );
      case 'span':
        return this.#behind(NO_WORD, this.#span(node));
      case 'link':
        return this.#behind(NO_WORD, linkNode(node, this.#within(node.children)));
      case 'value':
        return slot({ kind: 'value', expr: node.expr, offset: node.start, shown: this.#nodes(node.nodes) });
      case 'comment':
      case 'html':
      case 'raw':
        return this.#behind(NO_WORD, []);
      default:
        return this.#behind(isWord(node) ? WORD : NO_WORD, this.#piece(node));
    }
  }

  /** A node, with what the text behind it takes for the character before it. */
  #behind(before: string, made: Html | Html[]): Html | Html[] {
    this.#before = before;
    return made;
  }

  #span(node: SpanNode): Html | Html[] {
    const { attributes } = node;
    const shown = this.#shownSpan(node);
    return isConditional(attributes) ? slot({ kind: 'conditional', attributes, children: [shown].flat() }) : shown;
  }

  #shownSpan({ attributes, children }: SpanNode): Html | Html[] {
    const { classes } = attributes;
    const inner = this.#within(children);
    const tag = classes.map(name => (Object.hasOwn(SPANS, name) ? SPANS[name] : undefined)).find(name => name);
    if (tag !== undefined) return foreign(tag, propertiesOf(attributes), inner);
    const properties = propertiesOf(attributes);
    if (classes.includes('aside') || classes.includes('column-margin'))
      return foreign('span', { ...properties, className: ['column-margin'], role: 'note' }, inner);
    return foreign('span', inner.length === 0 ? { ...properties, ...spanning(attributes) } : properties, inner);
  }

  #piece(node: Exclude<Node, Frame>): Html | Html[] {
    switch (node.type) {
      case 'code':
        return foreign('code', propertiesOf(node.attributes), [
          holdsShortcodes(node.value, node.attributes)
            ? slot({ kind: 'shortcodeText', text: node.value })
            : text(unescapedShortcodes(node.value)),
        ]);
      case 'reference':
        return slot({ kind: 'value', expr: node.expr, offset: node.start });
      case 'math': {
        const { tex, display, attributes } = node;
        return slot({ kind: 'formula', tex: tex.trim(), display, label: attributes?.id });
      }
      case 'tex': {
        const tex = mathEnvironment(node.value);
        if (tex !== undefined) return slot({ kind: 'formula', tex, display: true, label: undefined });
        return referencesOf(node.value).map(id => slot({ kind: 'texReference', id }));
      }
      case 'shortcode':
        return slot({ kind: 'shortcode', name: node.name, args: node.args });
      case 'citation':
        return this.#citation(node.children, node.bracketed, node.start);
      case 'key':
        return this.#key(node, true, []);
      case 'noteReference':
        return slot({ kind: 'note', id: node.id, offset: node.start });
      case 'note':
        return slot({ kind: 'inlineNote', offset: node.start, children: this.inlines(node.children) });
      case 'image':
        return pictureOf(node);
      case 'linkReference':
        return this.#linkReference(node);
    }
  }

  #key({ key, kind, suppressed }: KeyNode, bracketed: boolean, locator: readonly Html[]): Html {
    return slot({ kind: 'key', key, crossref: kind, suppressed, bracketed, locator });
  }

  #citation(children: readonly Node[], bracketed: boolean, offset: number): Html[] {
    const [first, ...rest] = children;
    const keys = keysOf(children);
    const inText = !bracketed;
    if (keys.length === 0 && bracketed) return this.#crossrefs(children);
    const inner =
      inText && first?.type === 'key' ? [this.#key(first, false, this.inlines(rest))] : this.inlines(children);
    return keys.length === 0 ? inner : [slot({ kind: 'citation', offset, inText, keys, children: inner })];
  }

  /** Cross-references in brackets, between which Quarto puts commas; words before one take the place of its name. */
  #crossrefs(children: readonly Node[]): Html[] {
    const made: Html[] = [];
    let before: Node[] = [];
    for (const child of children) {
      if (child.type !== 'key') {
        const parts = child.type === 'text' ? child.value.split(';') : [];
        if (parts.length < 2) before.push(child);
        else {
          made.push(...this.inlines([...before, { ...(child as TextNode), value: parts[0]! }]), text(', '));
          before = [{ ...(child as TextNode), value: parts.at(-1)!.trimStart() }];
        }
        continue;
      }
      const words = this.inlines(before);
      made.push(...words, this.#key({ ...child, suppressed: child.suppressed || plainText(words) !== '' }, true, []));
      before = [];
    }
    return [...made, ...this.inlines(before)];
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

  /** Dashes, ellipses, apostrophes, quotation marks and the blanks behind abbreviations as Pandoc sets them. */
  #emoji(name: string): Html {
    this.#before = ':';
    return slot({ kind: 'emoji', name });
  }

  #typographic(value: string): string {
    const before = this.#before;
    const set = value.replace(/---?|\.\.\.|["'“”]/g, (mark, at: number) => {
      if (mark === '---') return '—';
      if (mark === '--') return '–';
      if (mark === '...') return '…';
      const quoted = this.#quoted;
      const right = value[at + 1] ?? 'x';
      const opens = !/[\p{L}\p{N}]/u.test(at === 0 ? before : value[at - 1]!) && !/\s/.test(right);
      if (mark === '“' || mark === '”') {
        quoted.double = mark === '“' && (quoted.double || opens);
        return mark;
      }
      if (mark === '"') {
        quoted.double = opens && !quoted.double;
        return quoted.double ? '“' : '”';
      }
      if (quoted.single) {
        quoted.single = /[\p{L}\p{N}]/u.test(value[at + 1] ?? ' ');
        return '’';
      }
      // An apostrophe before a word, as in 'tis, opens nothing that would end.
      const rest = value.slice(at + 1);
      const ends = /\d/.test(right) ? QUOTED_NUMBER.test(rest) : this.#after || QUOTATION_END.test(rest);
      quoted.single = opens && ends;
      return quoted.single ? '‘' : '’';
    });
    this.#before = set.at(-1) ?? before;
    return afterAbbreviations(set);
  }
}

/** What the text behind a node takes for the character before it: to Pandoc few nodes are words, behind which a mark opens nothing. */
const WORD = 'x';
const NO_WORD = ')';

/** Pandoc never sees a reference, only the text that takes its place. */
function isWord(node: Node): boolean {
  return node.type === 'reference' || (node.type === 'math' && !node.display);
}

/** A mark at the end of a word, or behind what is no text. */
const QUOTATION_END = /(?:^|[^\s'])'(?![\p{L}\p{N}])/u;

/** '1728', other than '68 and the '90s. */
const QUOTED_NUMBER = /^\d[^\s']{0,40}'(?![\p{L}\p{N}])/u;

const OPENING = /[([{„‚“‘«]+$/;
const CLOSING = /^[)\]}.,;:!?…”’»%]+/;

/** Brackets and marks that adjoin a formula stay on its line: browsers would break before and behind it, as at an image. */
function joinedToFormulas(nodes: Html[]): Html[] {
  if (!nodes.some(isFormula)) return nodes;
  const joined: Html[] = [];
  let cut = 0;
  for (const [at, node] of nodes.entries()) {
    const next = nodes[at + 1];
    if (isFormula(node)) {
      const before = joined.at(-1);
      const open = before?.type === 'text' ? (OPENING.exec(before.value)?.[0] ?? '') : '';
      const close = next?.type === 'text' ? (CLOSING.exec(next.value)?.[0] ?? '') : '';
      if (open !== '' && before?.type === 'text')
        joined.splice(-1, 1, ...textNodes(before.value.slice(0, before.value.length - open.length)));
      const inner = element('span', { className: 'reckoner-free' }, [node]);
      const whole = element('span', { className: 'reckoner-whole' }, [...textNodes(open), inner, ...textNodes(close)]);
      joined.push(open === '' && close === '' ? node : whole);
      cut = close.length;
      continue;
    }
    joined.push(...(cut > 0 && node.type === 'text' ? textNodes(node.value.slice(cut)) : [node]));
    cut = 0;
  }
  return joined;
}

function isFormula(node: Html): boolean {
  if (node.type !== 'slot') return false;
  const { slot: one } = node;
  if (one.kind === 'value') return one.shown?.length === 1 && isFormula(one.shown[0]!);
  return one.kind === 'formula' && !one.display;
}

const textNodes = (value: string): Html[] => (value === '' ? [] : [text(value)]);

/** HTML as it is written: a tag, or raw text. */
function isTag(node: Node): node is Extract<Node, { type: 'html' | 'raw' }> {
  return node.type === 'html' || (node.type === 'raw' && /^html/.test(node.format));
}

/** A text in brackets that some elements reach out of: whatever its label leads to, it can be no link. */
function isCutByTags(node: Node): node is LinkReferenceNode {
  if (node.type !== 'linkReference' || !node.children.some(isTag)) return false;
  const { opened, closed } = tagBalance(
    node.children.map(child => (isTag(child) ? child.value : '')).join(''),
    () => true,
  );
  return opened + closed > 0;
}

/** The text of such a node, with its brackets as text. */
function withoutBrackets(node: Node): readonly Node[] {
  if (!isCutByTags(node)) return [node];
  const { image, tail, children, start, end } = node;
  const plain = (value: string): TextNode => ({ type: 'text', value, start, end });
  return [plain(image ? '![' : '['), ...children, plain(`]${tail}`)];
}

/** What an empty span says of the cell of a table that begins with it (`[]{colspan=2}`). */
function spanning(attributes: Attributes): Properties {
  const [columns, rows] = ['colspan', 'rowspan'].map(name => Number(attributes.get(name)));
  const align = attributes.get('align');
  return {
    ...(isSpan(columns) ? { colSpan: columns } : {}),
    ...(isSpan(rows) ? { rowSpan: rows } : {}),
    ...(align === undefined ? {} : { align }),
  };
}

function isSpan(count: number | undefined): boolean {
  return Number.isInteger(count) && count! > 1 && count! <= 1000;
}

/** The keys of a group that are no cross-references. */
function keysOf(children: readonly Node[]): readonly string[] {
  return children.flatMap(child => (child.type === 'key' && child.kind === undefined ? [child.key] : []));
}

/** The nodes of a short text that does not stand in its block as it is written, such as the value of an attribute. */
export function inlineHast(markdown: string): Html[] {
  return new InlineConverter().inlines(readInline(markdown).map(withoutPlace));
}

/** References, notes and citations of a text that is not the block's have no offset in it. */
function withoutPlace(node: InlineNode): InlineNode {
  const placed = ['reference', 'noteReference', 'note', 'citation'].includes(node.type);
  const own = placed ? { ...node, start: Number.NaN } : node;
  return 'children' in own
    ? ({ ...own, children: (own.children as InlineNode[]).map(withoutPlace) } as InlineNode)
    : own;
}

export function pictureOf(node: ImageNode): Html {
  const { url, attributes, children } = node;
  const alt = attributes?.get('fig-alt') ?? attributes?.get('alt');
  const [width, height] = [lengthOf(attributes?.get('width')), lengthOf(attributes?.get('height'))];
  return slot({ kind: 'image', url, alt, caption: children, width, height });
}

export function linkNode({ url, title }: Pick<LinkNode, 'url' | 'title'>, children: readonly Html[]): Html {
  return holdsShortcodes(url) ? slot({ kind: 'link', url, title, children }) : linkTo({ url, title }, children);
}

/** A link to an address that stands as it is. */
export function linkTo({ url, title }: Pick<LinkNode, 'url' | 'title'>, children: readonly Html[]): Html {
  return foreign('a', { href: linkOf(url), ...titled(title) }, children);
}

function titled(title: string | undefined): Properties {
  return title ? { title } : {};
}

export function whyUnread(reason: string): string {
  return `Shown as source, since ${reason}.`;
}
