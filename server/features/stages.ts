/** The stages of a LEGO cell: the stretches below comments such as `# ┌── 1. LOAD ──`. */
import type { OffsetRange } from '../chapter/model';

export interface Stage {
  /** `LOAD`, `EXECUTE`, `GUARD`, `OUTPUT` or `EXPORTS`. */
  readonly name: string;
  /** In the source of the cell, from the comment to its last line with code. */
  readonly range: OffsetRange;
}

const MARK = /^([ \t]*)#[^\p{L}\n]*(LOAD|EXECUTE|GUARD|OUTPUT|EXPORTS)\b.*$/gmu;

/** In order. A stage ends at the next mark, or where the code goes back out of the class. */
export function stagesOf(source: string): Stage[] {
  const marks = [...source.matchAll(MARK)];
  return marks.map(({ index, 1: indent, 2: name }, at) => {
    const next = marks[at + 1]?.index ?? source.length;
    const end = dedentAfter(source, source.indexOf('\n', index), indent!.length, next);
    return {
      name: name!,
      range: { start: index + indent!.length, end: index + source.slice(index, end).trimEnd().length },
    };
  });
}

/** Where the first line begins that stands further left, between two offsets. */
function dedentAfter(source: string, from: number, indent: number, to: number): number {
  for (let at = from; at >= 0 && at + 1 < to; at = source.indexOf('\n', at + 1)) {
    const line = /[^\n]*/y;
    line.lastIndex = at + 1;
    const text = line.exec(source)![0];
    if (text.trim() !== '' && text.length - text.trimStart().length < indent) return at + 1;
  }
  return to;
}
