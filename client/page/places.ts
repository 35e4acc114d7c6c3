/** Which block of a page stands for which lines of the chapter, from version to version. Knows nothing of the document. */
import type { PreviewPlace, PreviewUpdate } from '../../server/protocol';

/** A block of the new version: one that the page shows already, by its index there, or another. */
export interface NextPlace extends PreviewPlace {
  readonly from: number | undefined;
}

/** The blocks to which an update leads from those that the page shows; undefined where it was made for another page. */
export function nextPlaces(before: readonly PreviewPlace[], update: PreviewUpdate): NextPlace[] | undefined {
  if (update.reset) return known(before, update);
  const next: NextPlace[] = [];
  for (const block of update.blocks) {
    if ('key' in block) {
      next.push({ ...block, from: undefined });
      continue;
    }
    const { from, count, shift } = block;
    if (from + count > before.length) return undefined;
    for (let at = from; at < from + count; at++) {
      const { key, line, endLine } = before[at]!;
      next.push({ key, line: line + shift, endLine: endLine + shift, from: at });
    }
  }
  return next;
}

/** Of a complete update, which does not know what the page shows, the blocks that are there already stay. */
function known(before: readonly PreviewPlace[], { blocks }: PreviewUpdate): NextPlace[] {
  const indices = new Map(before.map(({ key }, at) => [key, at]));
  let last = -1;
  return blocks.flatMap((block): NextPlace[] => {
    if (!('key' in block)) return [];
    const at = indices.get(block.key) ?? -1;
    if (at <= last) return [{ ...block, from: undefined }];
    last = at;
    return [{ ...block, from: at }];
  });
}

/** The whole HTML of a block that an update brings; undefined where it says nothing of it, or was made for another page. */
export function htmlOf(
  key: string,
  update: PreviewUpdate,
  before: readonly { readonly html: string }[],
): string | undefined {
  const told = update.html[key];
  if (told === undefined || typeof told === 'string') return told;
  const old = before[told.from]?.html;
  if (old === undefined) return undefined;
  let at = 0;
  const pieces = told.steps.map(step => {
    if (typeof step === 'string') return step;
    const from = at;
    at += Math.abs(step);
    return step < 0 ? '' : old.slice(from, at);
  });
  return pieces.join('');
}
