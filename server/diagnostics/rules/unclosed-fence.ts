/** A fence that opens a cell or a listing, and no line that closes it: what follows is code. */
import type { Chapter, UnclosedFence } from '../../chapter/model';
import type { Fix } from '../finding';
import type { Draft, Rule } from '../rule';

export const unclosedFence: Rule = {
  code: 'unclosed-fence',
  severity: 'error',
  *cell({ cell, issues }): Iterable<Draft> {
    // A cell without its closing fence ends where the next one does.
    const next = issues.length === 0 || cell.closeRange === undefined ? undefined : openingWithin(cell.source);
    if (next === undefined) return;
    const { start, end, newText, isShort } = closingIn(cell.source, next);
    yield {
      range: cell.fenceRange,
      message: `This cell is never closed: the text below and the next ${next.what} are taken for code of it. Close it with \`${next.fence}\`.`,
      fixes: [
        {
          title: isShort ? `Complete its closing \`${next.fence}\`` : `Close it with \`${next.fence}\` above the text`,
          edits: [{ start: cell.toDocument(start), end: cell.toDocument(end), newText }],
        },
      ],
    };
  },
  *document(chapter): Iterable<Draft> {
    for (const fence of chapter.unclosedFences) {
      if (mayBeClosing(fence, chapter)) continue;
      const what = fence.cell ? 'This cell' : 'This listing';
      const until = fence.cell && chapter.cells.some(({ range }) => range.start > fence.range.start);
      yield {
        range: fence.range,
        message: `${what} is never closed: all text up to ${until ? 'the next cell' : 'the end of the chapter'} is taken for code. Close it with \`${fence.fence}\`.`,
        fixes: [closing(fence, chapter)],
      };
    }
  },
};

/**
 * True for the fence of a listing that a cell puts an end to: where listings show cells, or fences within fences, it is often a
 * closing one, or is closed further down.
 */
function mayBeClosing({ cell, fence, range }: UnclosedFence, chapter: Chapter): boolean {
  if (cell) return false;
  const isBare = chapter.slice(range.start, range.end).trim() === fence;
  if (chapter.cells.some(one => one.range.start > range.start)) return isBare || fence.length > 3;
  return isBare && chapter.unclosedFences.some(one => one.range.start < range.start && one.fence === fence);
}

/** A line that is prose rather than code, behind a blank line. */
const PROSE =
  /^(?:#{2,6} \S|# .*\{#|:::|!\[|\[\^|\{\{<|[A-Z][\w'’-]*,? (?:[a-z]{1,12}|\*{1,2}\w|`\{python\})[ ,.].*[a-z]|.*`\{python\} )/;

/** A line that opens another cell or listing. */
const OPENING = /^[ \t]*(?:`{3,}|~{3,})[ \t]*\{?\w/;

/** The line within the code of a cell that opens another one, or a listing or diagram. */
export function openingWithin(
  source: string,
): { readonly indentation: string; readonly fence: string; readonly what: 'cell' | 'listing' } | undefined {
  if (!source.includes('```')) return undefined;
  const found = /^([ \t]*)(`{3,})[ \t]*(\{[.=]?\w[^`\n]*\}|[a-z]+)[ \t]*$/m.exec(source);
  if (found === null) return undefined;
  return { indentation: found[1]!, fence: found[2]!, what: found[3]!.startsWith('{python') ? 'cell' : 'listing' };
}

/** An edit of code that closes it; `isShort` is true where a line of too few backticks becomes the fence. */
interface Closing {
  readonly start: number;
  readonly end: number;
  readonly newText: string;
  readonly isShort: boolean;
}

/** Closes code at a line of backticks that are too few, else above the first line that looks like prose, or that opens another cell or listing. */
function closingIn(
  code: string,
  { indentation, fence }: { readonly indentation: string; readonly fence: string },
): Closing {
  const newText = indentation + fence;
  const below = (end: number): Closing => {
    const at = code.slice(0, end).trimEnd().length;
    return { start: at, end: at, newText: `\n${newText}`, isShort: false };
  };
  let isBehindBlank = false;
  let start = 0;
  for (const line of code.split('\n')) {
    if (/^`{1,99}$/.test(line.trim())) return { start, end: start + line.trimEnd().length, newText, isShort: true };
    if ((isBehindBlank && PROSE.test(line.slice(indentation.length))) || OPENING.test(line)) return below(start);
    isBehindBlank = line.trim() === '';
    start += line.length + 1;
  }
  return below(code.length);
}

/** The fix that closes the code. */
function closing({ fence, range }: UnclosedFence, chapter: Chapter): Fix {
  const block = chapter.blockAt(range.start)!;
  const from = range.end;
  const code = chapter.slice(from, block.range.end);
  const indentation = /^[ \t]*/.exec(chapter.slice(range.start, range.end))![0];
  const { start, end, newText, isShort } = closingIn(code, { indentation, fence });
  const line = chapter.lines.lineAt(from + start) + 1;
  return {
    title: isShort
      ? `Complete the closing \`${fence}\` in line ${line}`
      : `Close it with \`${fence}\` below line ${line}`,
    edits: [{ start: from + start, end: from + end, newText }],
  };
}
