/** The tree of fenced divs. */
import { shiftedAttributes } from './attributes';
import type { LocatedBlock } from './located';
import type { Attributes, BlockKind, Div, OffsetRange } from './model';
import { shifted } from './ranges';

interface OpenDiv extends Div {
  range: OffsetRange;
  closeRange: OffsetRange | undefined;
}

/**
 * Index of the div that a line closes among those that are open; -1 for none. A fence closes the last div of fences, and a
 * tag the last one of tags if that stands within it.
 */
export function openDiv(open: readonly { readonly block: { readonly kind: BlockKind } }[], isTag: boolean): number {
  const last = open.length - 1;
  if (isTag) return open[last]?.block.kind === 'html' ? last : -1;
  return open.findLastIndex(({ block }) => block.kind !== 'html');
}

/** Divs in the order of their opening lines, and the closing lines that close none. */
export function buildDivs(blocks: readonly LocatedBlock[], length: number): { divs: Div[]; stray: OffsetRange[] } {
  const divs: OpenDiv[] = [];
  const stray: OffsetRange[] = [];
  const open: OpenDiv[] = [];
  const add = (
    attributes: Attributes,
    block: LocatedBlock,
    openRange: OffsetRange,
    around: readonly OpenDiv[],
  ): OpenDiv => {
    const callout = attributes.classes.find(name => name.startsWith('callout-'));
    const div: OpenDiv = {
      attributes,
      id: attributes.id,
      classes: attributes.classes,
      range: { start: openRange.start, end: length },
      openRange,
      closeRange: undefined,
      depth: around.length,
      parent: around.at(-1),
      callout: callout?.slice('callout-'.length),
      block,
    };
    divs.push(div);
    return div;
  };
  const close = (div: OpenDiv, range: OffsetRange): void => {
    div.closeRange = range;
    div.range = { start: div.openRange.start, end: range.end };
  };
  for (const block of blocks) {
    const mark = block.content.divMark;
    if (mark !== undefined) {
      const range = shifted(mark.range, block.start);
      if (mark.attributes) open.push(add(shiftedAttributes(mark.attributes, block.start), block, range, open));
      else {
        const opened = openDiv(open, block.kind === 'html');
        if (opened >= 0) {
          close(open[opened]!, range);
          open.length = opened;
        } else if (block.kind !== 'html') stray.push(range);
      }
      continue;
    }
    const within: OpenDiv[] = [];
    for (const { node } of block.content.nodes('div')) {
      while (within.length > 0 && within.at(-1)!.range.end <= block.start + node.start) within.pop();
      const attributes = shiftedAttributes(node.attributes, block.start);
      const div = add(attributes, block, shifted(node.openRange, block.start), [...open, ...within]);
      close(div, shifted(node.closeRange, block.start));
      within.push(div);
    }
  }
  return { divs, stray };
}
