/** All that a chapter says, as plain data that two chapters can be compared by. */
import type { Cell, Chapter, OffsetRange } from '../../server/chapter';

/** Some of the types of nodes; the trees tell of all others. */
const TYPES = ['key', 'noteReference', 'math', 'image', 'table', 'codeBlock', 'footnote', 'shortcode'] as const;

type Members = { readonly [K in keyof Chapter]: unknown };

/** Everything that a chapter says, without the identity of its objects. */
export function describeChapter(chapter: Chapter): unknown {
  const offsets = [0, 0.25, 0.5, 0.75, 1].map(share => Math.floor(share * chapter.text.length));
  const rangeOf = (item: { readonly range: OffsetRange } | undefined) => item && { ...item.range };
  const told: Members = {
    uri: chapter.uri,
    text: chapter.text,
    tooLong: chapter.tooLong,
    reading: [...chapter.reading()].length,
    // It leaves nothing but what the nodes below are.
    read: chapter.blocks.map(block => chapter.read(block, TYPES)).length,
    composition:
      chapter.composition?.includes.map(include => ({ ...include, from: include.from?.path ?? null })) ?? null,
    lines: Array.from({ length: chapter.lines.count }, (_, line) => [
      chapter.lines.lineStart(line),
      chapter.lines.lineEnd(line),
    ]),
    blocks: chapter.blocks.map(({ kind, range, text, index }) => ({ kind, range, text, index })),
    cells: chapter.cells.map(cell => describeCell(cell)),
    refs: chapter.refs.map(describeRef),
    refGroups: chapter.refGroups.map(group => ({
      block: group.block.index,
      count: group.count,
      first: group.first,
      cellsBefore: group.cellsBefore,
      refs: group.refs.map((ref, at) => [describeRef(ref), group.expr(at), group.cellsInside(at)]),
    })),
    optionRefs: chapter.optionRefs.map(describeRef),
    bareReferences: plain(chapter.bareReferences),
    unopenedCells: plain(chapter.unopenedCells),
    unclosedFences: plain(chapter.unclosedFences),
    labels: plain(chapter.labels),
    divs: plain(chapter.divs),
    strayDivCloses: plain(chapter.strayDivCloses),
    headings: plain(chapter.headings),
    nodes: TYPES.map(type => chapter.nodes(type).map(({ node, context, range }) => plain({ node, context, range }))),
    divMark: chapter.blocks.map(block => plain(chapter.divMark(block) ?? null)),
    tree: chapter.blocks.map(block => plain(chapter.tree(block))),
    ignores: plain(chapter.ignores),
    frontMatter: plain(chapter.frontMatter ?? null),
    inherited: plain(chapter.inherited),
    execution: plain(chapter.execution),
    writtenRefs: chapter.writtenRefs,
    slice: offsets.map(offset => chapter.slice(offset, offset + 9)),
    blockAt: offsets.map(offset => chapter.blockAt(offset)?.index),
    cellAt: offsets.map(offset => chapter.cellAt(offset)?.index),
    refAt: offsets.map(offset => chapter.refAt(offset)?.index),
    divAt: offsets.map(offset => rangeOf(chapter.divAt(offset))),
    cellsBefore: offsets.map(offset => chapter.cellsBefore(offset)),
  };
  return told;
}

function describeCell(cell: Cell): unknown {
  const { index, range, fenceRange, closeRange, codeRange, indentation, source, options, label, labelRange, run } =
    cell;
  return plain({
    ...{ index, range, fenceRange, closeRange, codeRange, indentation, source, options, label, labelRange, run },
    block: cell.block,
    header: cell.header ?? null,
    places: [0, source.length >> 1, source.length].map(at => [cell.toDocument(at), cell.toSource(cell.toDocument(at))]),
  });
}

function describeRef(ref: Chapter['refs'][number]): unknown {
  const { index, block, range, exprRange, expr, context, cellsBefore } = ref;
  return { index, block: block.index, range, exprRange, expr, context, cellsBefore };
}

/** Data without the blocks and divs that items point at, which are told of by their place. */
function plain(value: unknown): unknown {
  const place = (item: { readonly range: OffsetRange } | undefined) => item?.range;
  return JSON.parse(JSON.stringify(value, (key, item) => (key === 'block' || key === 'parent' ? place(item) : item)));
}
