/** Tables that are written as lists: a div of the class `list-table` in which each item is a row and holds a list of cells. */
import type { Element } from 'hast';
import { columnNodes, sharesOf } from './columns';
import type { DivSource } from './divs';
import { element, foreign, type Html } from './hast';
import { anchorOf } from './text';

/** Names of alignments, by their first letters. */
const ALIGNMENTS: Readonly<Record<string, string>> = { c: 'center', r: 'right', l: 'left' };

/** The table; undefined where the div holds something else than a list of lists, with a caption before it. */
export function listTableNode(source: DivSource): Html | undefined {
  const { attributes: own, children } = source;
  const list = children.at(-1);
  const before = children.slice(0, -1);
  if (list?.kind !== 'list' || before.some(({ kind }) => kind !== 'paragraph')) return undefined;
  const rows = rowsOf(list.nodes());
  if (rows === undefined) return undefined;
  const words = before.flatMap(child => child.nodes()).flatMap(node => (isElement(node, 'p') ? node.children : [node]));
  const label = own.id === undefined ? [] : source.label(own.id, words.length === 0 ? '' : ':');
  const heads = countOf(own.get('header-rows'), 1);
  const firsts = countOf(own.get('header-cols'), 0);
  const aligns = own.get('aligns')?.split(/[\s,]+/) ?? [];
  const row = (cells: readonly Element[], isHead: boolean): Html =>
    foreign(
      'tr',
      {},
      cells.map((cell, at) => cellNode(cell, isHead || at < firsts ? 'th' : 'td', aligns[at])),
    );
  const section = (tag: 'thead' | 'tbody', from: number, to?: number): Html[] => {
    const made = rows.slice(from, to).map(cells => row(cells, tag === 'thead'));
    return made.length === 0 ? [] : [foreign(tag, {}, made)];
  };
  const table = foreign('table', {}, [
    ...(label.length + words.length === 0 ? [] : [foreign('caption', {}, [...label, ...words])]),
    ...columnNodes(sharesOf(own.get('tbl-colwidths') ?? own.get('widths')) ?? []),
    ...section('thead', 0, heads),
    ...section('tbody', heads),
  ]);
  const id = own.id === undefined ? undefined : anchorOf(own.id);
  return element('div', { className: 'reckoner-scroll', id }, [table]);
}

function countOf(written: string | undefined, otherwise: number): number {
  return written !== undefined && /^\d{1,3}$/.test(written) ? Number(written) : otherwise;
}

function isElement(node: Html | undefined, ...tags: readonly string[]): node is Element {
  return node?.type === 'element' && tags.includes(node.tagName);
}

/** The items of the lists in a list, row by row. */
function rowsOf(nodes: readonly Html[]): Element[][] | undefined {
  const items = itemsOf(nodes);
  const rows = items?.map(({ children }) => itemsOf(children));
  return rows?.every(row => row !== undefined) ? rows : undefined;
}

function itemsOf(nodes: readonly Html[]): Element[] | undefined {
  const inner = nodes.filter(node => node.type !== 'text' || node.value.trim() !== '');
  const [list] = inner;
  if (inner.length !== 1 || !isElement(list, 'ul', 'ol')) return undefined;
  return list.children.filter((node): node is Element => isElement(node, 'li'));
}

/** A cell with what the empty span says that it may begin with. */
function cellNode({ children }: Element, tag: 'th' | 'td', column: string | undefined): Html {
  const [first, ...rest] = children;
  const isLoose = isElement(first, 'p');
  const [mark, ...words] = isLoose ? first.children : children;
  const said = isElement(mark, 'span') && mark.children.length === 0 ? mark.properties : undefined;
  const inner = said === undefined ? children : isLoose ? [{ ...first!, children: words } as Html, ...rest] : words;
  const named = typeof said?.align === 'string' ? said.align : column;
  const align = ALIGNMENTS[named?.slice(0, 1) ?? ''];
  const { colSpan, rowSpan, className } = said ?? {};
  const classes = [
    ...(Array.isArray(className) ? className : []),
    ...(align === undefined || align === 'left' ? [] : [`align-${align}`]),
  ];
  const own = { colSpan, rowSpan, ...(classes.length === 0 ? {} : { className: classes }) };
  // A screen reader would make a riddle of a header that says nothing.
  return foreign(inner.length === 0 ? 'td' : tag, own, inner);
}
