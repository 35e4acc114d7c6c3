/** Pandoc's trees and ours as the same lines of text, so that they can be compared. */
import type { Chapter } from '../../server/chapter';
import type { BlockNode, InlineNode, KeyNode, ProseNode } from '../../server/chapter/prose';
import { readBlock } from '../../server/chapter/prose';

/** A node as Pandoc's JSON has it. */
export interface PandocNode {
  readonly t: string;
  // biome-ignore lint/suspicious/noExplicitAny: what stands here depends on the type.
  readonly c?: any;
}

type Shown = string;

const node = (name: string, children: readonly Shown[], attributes = ''): Shown =>
  `${name}${attributes}(${children.filter(child => child !== '').join(' ')})`;

/** Adjoining texts are one, and white space is one blank. */
function texts(parts: readonly Shown[]): Shown[] {
  const joined: Shown[] = [];
  for (const part of parts) {
    const before = joined.at(-1);
    if (part.startsWith('"') && before?.startsWith('"'))
      joined[joined.length - 1] = `${before.slice(0, -1)}${part.slice(1)}`;
    else joined.push(part);
  }
  const flat = joined.map(part => (part.startsWith('"') ? part.replace(/[ \n]+/g, ' ') : part));
  if (flat[0]?.startsWith('" ')) flat[0] = `"${flat[0].slice(2)}`;
  if (flat.at(-1)?.startsWith('"') && flat.at(-1)!.endsWith(' "'))
    flat[flat.length - 1] = `${flat.at(-1)!.slice(0, -2)}"`;
  return flat.filter(part => part !== '""');
}

const text = (value: string): Shown => `"${value}"`;

function attributesText(
  id: string | undefined,
  classes: readonly string[],
  values: readonly (readonly [string, string])[],
): string {
  const parts = [
    ...(id === undefined || id === '' ? [] : [`#${id}`]),
    ...classes.map(name => `.${name}`),
    ...values.map(([key, value]) => `${key}=${value}`),
  ];
  return parts.length === 0 ? '' : `{${parts.join(' ')}}`;
}

// ------------------------------------------------------------------------------------------------------------ Pandoc

const attr = ([id, classes, values]: [string, string[], [string, string][]]): string =>
  attributesText(id, classes, values);

function pandocInlines(nodes: readonly PandocNode[]): Shown[] {
  return texts(nodes.flatMap(pandocInline));
}

const MARKS: Readonly<Record<string, string>> = {
  Emph: 'emphasis',
  Strong: 'strong',
  Strikeout: 'strikeout',
  Superscript: 'superscript',
  Subscript: 'subscript',
};

function pandocInline({ t, c }: PandocNode): Shown[] {
  switch (t) {
    case 'Str':
      return [text(c)];
    case 'Space':
    case 'SoftBreak':
      return [text(' ')];
    case 'LineBreak':
      return ['break'];
    case 'Code':
      return [`code\`${c[1]}\`${attr(c[0])}`];
    case 'Math':
      return [`${c[0].t === 'DisplayMath' ? 'display' : 'math'}\`${c[1].trim()}\``];
    case 'RawInline':
      return c[0] === 'html' && c[1].startsWith('<!--') ? [] : [`${c[0]}\`${c[1]}\``];
    case 'Link':
      return [
        node(
          'link',
          [...pandocInlines(c[1]), `<${c[2][0]}>${c[2][1]}`],
          /^(uri|email)$/.test(c[0][1][0]) ? '' : attr(c[0]),
        ),
      ];
    case 'Image':
      return [node('image', [...pandocInlines(c[1]), `<${c[2][0]}>${c[2][1]}`], attr(c[0]))];
    case 'Span':
      return [node('span', pandocInlines(c[1]), attr(c[0]))];
    case 'Note':
      return [node('note', c.map(pandocBlock))];
    case 'Cite': {
      // An example that is referred to is its number.
      const keys = (c[0] as { citationId: string; citationMode: PandocNode }[]).map(
        ({ citationId, citationMode }) => `${citationMode.t === 'SuppressAuthor' ? '-' : ''}@${citationId}`,
      );
      return [node(c[0][0].citationMode.t === 'AuthorInText' ? 'cite' : 'citation', keys)];
    }
    case 'Quoted':
      return [text(c[0].t === 'SingleQuote' ? "'" : '\\"'), ...pandocInlines(c[1])];
    default:
      return MARKS[t] === undefined ? [`?${t}`] : [node(MARKS[t], pandocInlines(c))];
  }
}

const pandocBlocks = (blocks: readonly PandocNode[]): Shown[] => blocks.map(pandocBlock).filter(shown => shown !== '');

function pandocBlock({ t, c }: PandocNode): Shown {
  switch (t) {
    case 'Para':
      return node('paragraph', pandocInlines(c));
    case 'Plain':
      return node('plain', pandocInlines(c));
    case 'Header':
      return node(`heading${c[0]}`, pandocInlines(c[2]));
    case 'CodeBlock':
      return `listing\`${c[1]}\`${attr(c[0])}`;
    case 'RawBlock':
      return c[1].startsWith('<!--') ? '' : `${c[0]}block\`${c[1]}\``;
    case 'BlockQuote':
      return node('quote', pandocBlocks(c));
    case 'BulletList':
      return node(
        'bullet',
        c.map((item: PandocNode[]) => node('item', pandocBlocks(item))),
      );
    case 'OrderedList':
      return node(
        `${c[0][1].t === 'DefaultStyle' ? 'Decimal' : c[0][1].t}${c[0][0]}`,
        c[1].map((item: PandocNode[]) => node('item', pandocBlocks(item))),
      );
    case 'DefinitionList':
      return node(
        'definitions',
        c.flatMap(([term, definitions]: [PandocNode[], PandocNode[][]]) => [
          node('term', pandocInlines(term)),
          ...definitions.map(one => node('definition', pandocBlocks(one))),
        ]),
      );
    case 'LineBlock':
      return node(
        'lines',
        c.map((line: PandocNode[]) => node('line', pandocInlines(line))),
      );
    case 'Div':
      return node('div', pandocBlocks(c[1]), attr(c[0]));
    case 'Figure':
      return node(
        'paragraph',
        pandocInlines(c[2][0].c).map(shown => shown.replace(/^image(?!\{)/, `image${attr(c[0])}`)),
      );
    case 'HorizontalRule':
      return 'rule';
    case 'Table': {
      const rows = [
        ...c[3][1],
        ...c[4].flatMap((body: PandocNode[]) => [...(body[2] as never as []), ...(body[3] as never as [])]),
      ];
      const caption = pandocBlocks(c[1][1]);
      return node(
        'table',
        [
          ...rows.map((row: [unknown, PandocNode[][]]) =>
            node(
              'row',
              row[1].map(cell => node('cell', pandocBlocks(cell[4] as never))),
            ),
          ),
          ...(caption.length === 0
            ? []
            : [
                node(
                  'caption',
                  caption.map(one => one.replace(/^plain\(([\s\S]*)\)$/, '$1')),
                ),
              ]),
        ],
        attr(c[0]),
      );
    }
    default:
      return `?${t}`;
  }
}

/** What Pandoc reads. */
export function shownPandoc(blocks: readonly PandocNode[]): string[] {
  return pandocBlocks(blocks);
}

// -------------------------------------------------------------------------------------------------------------- ours

interface Known {
  readonly links: ReadonlyMap<string, { readonly url: string; readonly title: string | undefined }>;
  readonly notes: ReadonlyMap<string, readonly BlockNode[]>;
  readonly examples: ReadonlyMap<string, number>;
}

const STYLES: Readonly<Record<string, string>> = {
  decimal: 'Decimal',
  lowerAlpha: 'LowerAlpha',
  upperAlpha: 'UpperAlpha',
  lowerRoman: 'LowerRoman',
  upperRoman: 'UpperRoman',
  example: 'Example',
};

/** What a chapter's trees say, with links, notes and divs put together. */
export function shownChapter(chapter: Chapter): string[] {
  const trees = chapter.blocks.map(block => readBlock(block.kind, block.text, hiddenOf(block)).children);
  const links = new Map<string, { url: string; title: string | undefined }>();
  const notes = new Map<string, readonly BlockNode[]>();
  const examples = new Map<string, number>();
  let count = 0;
  for (const tree of trees)
    for (const one of tree) {
      if (one.type === 'linkDefinition' && !links.has(one.label)) links.set(one.label, one);
      if (one.type === 'footnote') notes.set(one.id, one.children);
      if (one.type === 'list' && one.style === 'example')
        for (const item of one.children) {
          count++;
          if (item.label !== undefined) examples.set(item.label, count);
        }
    }
  const shower = new Shower({ links, notes, examples });
  const root: string[] = [];
  const open: { readonly children: string[]; readonly attributes: string }[] = [];
  const divs = new Map(chapter.divs.filter(div => div.closeRange !== undefined).map(div => [div.openRange.start, div]));
  const closing = new Set([...divs.values()].map(div => div.closeRange!.start));
  let pending = '';
  const target = () => open.at(-1)?.children ?? root;
  for (const [at, tree] of trees.entries()) {
    const block = chapter.blocks[at]!;
    const div = divs.get(block.range.start);
    if (div !== undefined) {
      const values = div.attributes.values.map(({ key, value }) => [key, value] as const);
      open.push({ children: [], attributes: attributesText(div.id, div.classes, values) });
    } else if (closing.has(block.range.start)) {
      const { children, attributes } = open.pop()!;
      target().push(node('div', children, attributes));
    } else if (block.kind === 'divOpen' || block.kind === 'divClose') pending = `${text(`${block.text.trim()} `)} `;
    else {
      const shown = tree.map(one => shower.block(one)).filter(one => one !== '');
      if (pending !== '' && shown[0]?.startsWith('paragraph("'))
        shown[0] = `paragraph(${pending.slice(0, -2)}${shown[0].slice(11)}`;
      pending = '';
      target().push(...shown);
    }
  }
  if (pending !== '') root.push(node('paragraph', [pending.trim().replace(/ "$/, '"')]));
  return root;
}

/** Cells and fences as the block has them. */
function hiddenOf(block: Chapter['blocks'][number]) {
  const { cells, fences } = block.content as { cells: { cut: never }[]; fences: never[] };
  return { cells: cells.map(cell => cell.cut), fences };
}

class Shower {
  readonly #known: Known;
  #examples = 0;

  constructor(known: Known) {
    this.#known = known;
  }

  inlines(nodes: readonly (InlineNode | KeyNode)[]): string[] {
    return texts(nodes.flatMap(one => this.#inline(one)));
  }

  #inline(one: InlineNode | KeyNode): string[] {
    const own = 'attributes' in one ? attributesOf(one) : '';
    switch (one.type) {
      case 'text':
      case 'unread':
        return [text(one.value)];
      case 'break':
        return ['break'];
      case 'code':
        return [`code\`${one.value}\`${own}`];
      case 'reference':
        return [`code\`{python} ${one.expr}\``];
      case 'raw':
        return [`${one.format}\`${one.value}\``];
      case 'math':
        // To Pandoc, the braces behind a formula are text.
        return [`${one.display ? 'display' : 'math'}\`${one.tex.trim()}\``, ...(own === '' ? [] : [text(` ${own}`)])];
      case 'tex':
      case 'html':
        return [`${one.type}\`${one.value}\``];
      case 'comment':
        return [];
      case 'shortcode':
        return [text(`{{< ${[one.name, ...one.args].join(' ')} >}}`)];
      case 'link':
      case 'image':
        return [
          node(one.type, [...this.inlines(one.children), `<${one.url.replaceAll(' ', '%20')}>${one.title ?? ''}`], own),
        ];
      case 'linkReference': {
        const found = this.#known.links.get(one.label);
        if (found === undefined)
          return [
            text(one.image ? '![' : '['),
            ...one.children.flatMap(child => this.#inline(child)),
            text(`]${one.tail}${own}`),
          ];
        const children = [...this.inlines(one.children), `<${found.url.replaceAll(' ', '%20')}>${found.title ?? ''}`];
        return [node(one.image ? 'image' : 'link', children, own)];
      }
      case 'span':
        return [node('span', this.inlines(one.children), own)];
      case 'citation': {
        // To Pandoc, a key behind that of its part belongs to the text there.
        let isNew = true;
        const keys: KeyNode[] = [];
        for (const child of one.children) {
          if (child.type === 'text' && child.value.includes(';')) isNew = true;
          if (child.type !== 'key' || !isNew) continue;
          keys.push(child);
          isNew = false;
        }
        const example = this.#known.examples.get(keys[0]!.key);
        if (example !== undefined && !one.bracketed) return [text(String(example))];
        return [
          node(
            one.bracketed ? 'citation' : 'cite',
            keys.map(({ key, suppressed }) => `${suppressed ? '-' : ''}@${key}`),
          ),
        ];
      }
      case 'noteReference': {
        const found = this.#known.notes.get(one.id);
        return found === undefined
          ? [text(`[^${one.id}]`)]
          : [
              node(
                'note',
                found.map(block => this.block(block)),
              ),
            ];
      }
      case 'note':
        return [node('note', [node('paragraph', this.inlines(one.children))])];
      case 'key':
        return [];
      default:
        return [node(one.type, this.inlines(one.children))];
    }
  }

  block(one: ProseNode): string {
    const own = 'attributes' in one ? attributesOf(one) : '';
    switch (one.type) {
      case 'paragraph':
        return node(one.tight ? 'plain' : 'paragraph', this.inlines(one.children));
      case 'heading':
        return node(`heading${one.level}`, this.inlines(one.children));
      case 'codeBlock': {
        const classes = one.attributes?.classes ?? (one.language === undefined ? [] : [one.language]);
        const values = one.attributes?.values.map(({ key, value }) => [key, value] as const) ?? [];
        if (classes[0]?.startsWith('=')) return `${classes[0].slice(1)}block\`${one.value}\``;
        return `listing\`${one.value}\`${attributesText(one.attributes?.id, classes, values)}`;
      }
      case 'cell':
        return 'cell';
      case 'htmlBlock':
        return `htmlblock\`${one.value.trim()}\``;
      case 'texBlock':
        return `texblock\`${one.value}\``;
      case 'comment':
        return '';
      case 'quote':
        return node('quote', this.#blocks(one.children));
      case 'list': {
        const children = one.children.map(item => {
          const blocks = this.#blocks(item.children);
          const box = item.checked === undefined ? '' : text(item.checked ? '\u2612 ' : '\u2610 ');
          if (box !== '')
            blocks[0] = blocks[0]!.replace(
              /^(\w+)\((")?/,
              (_all, name, quote) => `${name}(${quote ? box.slice(0, -1) : `${box} `}`,
            );
          return node('item', blocks);
        });
        const first = one.style === 'example' ? this.#examples + 1 : one.first;
        if (one.style === 'example') this.#examples += one.children.length;
        return node(one.style === 'bullet' ? 'bullet' : `${STYLES[one.style]}${first}`, children);
      }
      case 'definitionList':
        return node(
          'definitions',
          one.children.map(part =>
            part.type === 'term'
              ? node('term', this.inlines(part.children))
              : node('definition', this.#blocks(part.children)),
          ),
        );
      case 'lineBlock':
        return node(
          'lines',
          one.children.map(line => node('line', this.inlines(line.children))),
        );
      case 'div':
        return node('div', this.#blocks(one.children), own);
      case 'rule':
        return 'rule';
      case 'table':
        return node(
          'table',
          one.children
            .toSorted((a, b) => Number(a.type === 'caption') - Number(b.type === 'caption'))
            .map(part =>
              part.type === 'caption'
                ? node('caption', texts([...this.inlines(part.children), ...(own === '' ? [] : [text(` ${own}`)])]))
                : node(
                    'row',
                    part.children.map(cell => node('cell', this.#blocks(cell.children))),
                  ),
            ),
        );
      default:
        return '';
    }
  }

  #blocks(nodes: readonly BlockNode[]): string[] {
    return nodes.map(one => this.block(one)).filter(shown => shown !== '');
  }
}

function attributesOf(one: { readonly attributes?: import('../../server/chapter').Attributes | undefined }): string {
  const { attributes } = one;
  if (attributes === undefined) return '';
  return attributesText(
    attributes.id,
    attributes.classes,
    attributes.values.map(({ key, value }) => [key, value] as const),
  );
}
