/** The tree of fenced divs. */
import { shiftedAttributes } from './attributes';
import type { Div, OffsetRange } from './model';
import type { PlacedBlock } from './placed';
import { shifted } from './ranges';

interface Draft extends Div {
  range: OffsetRange;
  closeRange: OffsetRange | undefined;
}

/** Divs in the order of their opening lines, and the closing lines that close none. */
export function buildDivs(blocks: readonly PlacedBlock[], length: number): { divs: Div[]; stray: OffsetRange[] } {
  const divs: Draft[] = [];
  const stray: OffsetRange[] = [];
  const open: Draft[] = [];
  for (const block of blocks) {
    for (const mark of block.content.divMarks) {
      const range = shifted(mark.range, block.start);
      if (!mark.attributes) {
        const div = open.pop();
        if (div) {
          div.closeRange = range;
          div.range = { start: div.openRange.start, end: range.end };
        } else stray.push(range);
        continue;
      }
      const attributes = shiftedAttributes(mark.attributes, block.start);
      const callout = attributes.classes.find(name => name.startsWith('callout-'));
      const div: Draft = {
        attributes,
        id: attributes.id,
        classes: attributes.classes,
        range: { start: range.start, end: length },
        openRange: range,
        closeRange: undefined,
        depth: open.length,
        parent: open.at(-1),
        callout: callout?.slice('callout-'.length),
        block,
      };
      divs.push(div);
      open.push(div);
    }
  }
  return { divs, stray };
}
