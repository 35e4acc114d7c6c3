/** What a selection grows to: word, expression, statement, stage, cell; word, markup, paragraph, div; section, chapter. */
import type { SelectionRange, SelectionRangeParams } from 'vscode-languageserver';
import { nodeAt } from '../../mlsys';
import type { Chapter, OffsetRange } from '../chapter/model';
import { childrenOf, type ProseNode, type ProseTree } from '../chapter/prose';
import type { Analysis } from '../evaluation/analysis';
import { type Handler, isHere, toOffset, toRange } from './feature';
import { sectionEnds } from './sections';
import { stagesOf } from './stages';

export const selectionRange: Handler<SelectionRangeParams, SelectionRange[]> = {
  handle(analysis, { positions }, context) {
    const { chapter } = analysis;
    return positions.map(position => {
      const offset = toOffset(chapter, position, context);
      const ranges = nested(rangesAt(analysis, offset), offset).filter(({ start }) => isHere(chapter, start, context));
      let found: SelectionRange | undefined;
      for (const range of ranges.toReversed()) {
        const parent = found;
        found = { range: toRange(chapter, range), ...(parent === undefined ? {} : { parent }) };
      }
      return found ?? { range: { start: position, end: position } };
    });
  },
};

/** Those around the offset from the smallest one on, each within the next. */
function nested(ranges: readonly OffsetRange[], offset: number): OffsetRange[] {
  const around = ranges.filter(({ start, end }) => start <= offset && offset <= end && start < end);
  around.sort((a, b) => a.end - a.start - (b.end - b.start));
  const chain: OffsetRange[] = [];
  for (const one of around) {
    const last = chain.at(-1);
    if (
      last === undefined ||
      (one.start <= last.start && last.end <= one.end && one.end - one.start > last.end - last.start)
    )
      chain.push(one);
  }
  return chain;
}

function rangesAt(analysis: Analysis, offset: number): OffsetRange[] {
  const { chapter } = analysis;
  const found: OffsetRange[] = [
    wordAt(chapter, offset),
    chapter.lines.lineRangeAt(offset),
    { start: 0, end: chapter.lines.length },
  ];
  found.push(...sectionsAt(chapter, offset), ...codeAt(analysis, offset));
  const block = chapter.blockAt(offset);
  if (block !== undefined) {
    found.push(trimmed(block.range, block.text));
    const inside = offset - block.range.start;
    for (const { start, end } of proseAround(chapter.tree(block), inside))
      found.push({ start: block.range.start + start, end: block.range.start + end });
  }
  for (let div = chapter.divAt(offset); div !== undefined; div = div.parent) {
    const { range, openRange, closeRange } = div;
    found.push(range, { start: openRange.end, end: closeRange?.start ?? range.end });
  }
  return found;
}

function wordAt(chapter: Chapter, offset: number): OffsetRange {
  const line = chapter.lines.lineRangeAt(offset);
  const before = chapter.slice(Math.max(line.start, offset - LONGEST_WORD), offset);
  const after = chapter.slice(offset, Math.min(line.end, offset + LONGEST_WORD));
  const start = offset - /[\p{L}\p{N}_]*$/u.exec(before)![0].length;
  return { start, end: offset + /^[\p{L}\p{N}_]*/u.exec(after)![0].length };
}

const LONGEST_WORD = 200;

function trimmed({ start, end }: OffsetRange, text: string): OffsetRange {
  return { start, end: end - (text.length - text.trimEnd().length) };
}

function* sectionsAt(chapter: Chapter, offset: number): Iterable<OffsetRange> {
  const { headings, lines } = chapter;
  const ends = sectionEnds(headings, lines.length);
  for (const [at, { range }] of headings.entries())
    if (range.start <= offset && offset <= ends[at]!) yield { start: range.start, end: ends[at]! };
}

/** Expressions and statements of a cell or a reference, the stage, the code, the cell. */
function* codeAt(analysis: Analysis, offset: number): Iterable<OffsetRange> {
  const ref = analysis.refAt(offset);
  if (ref !== undefined) {
    const { exprRange, range } = ref.ref;
    const { expression } = ref;
    yield range;
    yield exprRange;
    if (expression === undefined) return;
    const module = {
      kind: 'Module',
      body: [],
      flat: true,
      start: expression.start,
      end: expression.end,
      value: expression,
    } as const;
    for (const { start, end } of nodeAt(module, offset - exprRange.start))
      yield { start: exprRange.start + start, end: exprRange.start + end };
    return;
  }
  const result = analysis.cellAt(offset);
  if (result === undefined) return;
  const { cell, program } = result;
  yield cell.range;
  yield cell.codeRange;
  for (const { range } of stagesOf(cell.source)) yield cell.toDocumentRange(range);
  for (const { start, end } of nodeAt(program.module, cell.toSource(offset)))
    yield cell.toDocumentRange({ start, end });
}

/** Nodes of a block's tree around an offset within the block. */
function* proseAround(node: ProseNode | ProseTree, offset: number): Iterable<OffsetRange> {
  for (const child of childrenOf(node)) {
    if (offset < child.start || child.end < offset) continue;
    yield child;
    yield* proseAround(child, offset);
  }
}
