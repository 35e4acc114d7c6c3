/** A div that no line closes, or whose braces nothing closes, or a closing line that closes none. */
import type { Chapter, Div, OffsetRange } from '../../chapter/model';
import type { Draft, Rule } from '../rule';

export const unclosedDiv: Rule = {
  code: 'unclosed-div',
  severity: 'warning',
  *document(chapter): Iterable<Draft> {
    const closed = chapter.divs.filter(({ closeRange }) => closeRange !== undefined);
    for (const div of chapter.divs) {
      if (div.closeRange !== undefined || div.block.kind !== 'divOpen') continue;
      const place = closingPlace(div, closed, chapter);
      const line = chapter.lines.lineAt(Math.max(0, place - 1)) + 1;
      const isAtEnd = place >= chapter.lines.length;
      const lead = isAtEnd && !/\n$/.test(chapter.slice(place - 1, place)) ? '\n' : '';
      yield {
        range: div.openRange,
        message:
          'This div is never closed: everything up to the end of the chapter is part of it. Close it with `:::`.',
        fixes: [
          {
            title: isAtEnd ? 'Close it at the end of the chapter' : `Close it below line ${line}`,
            edits: [{ start: place, end: place, newText: `${lead}:::\n${isAtEnd ? '' : '\n'}` }],
          },
        ],
      };
    }
    // To Pandoc, `{.callout-tip` without its brace is the name of a class.
    for (const { openRange, classes } of chapter.divs) {
      if (!/^\{[.#][^}]*$/.test(classes[0] ?? '')) continue;
      yield {
        range: openRange,
        message: `The brace of this div is never closed: the page takes "${classes[0]}" for the name of a class. Close it with \`}\`.`,
        fixes: [
          {
            title: 'Close the brace',
            preferred: true,
            edits: [{ start: openRange.end, end: openRange.end, newText: '}' }],
          },
        ],
      };
    }
    for (const range of chapter.strayDivCloses) {
      const opening = openingBefore(range, chapter);
      if (opening !== undefined) {
        yield {
          range: opening,
          message:
            'This line opens no div: its attributes do not end in it, for a quotation mark or a brace that is missing. The page will show it as text.',
        };
        continue;
      }
      yield {
        range,
        message: 'This line closes no div, and the page will show it as text. Take it away, or open a div above.',
        fixes: [{ title: 'Remove this line', edits: [{ ...wholeLine(range, chapter), newText: '' }] }],
      };
    }
  },
};

/** The line that was to open the div which a line closes: one with a brace that is open at its end. */
function openingBefore({ start }: OffsetRange, chapter: Chapter): OffsetRange | undefined {
  const { lines, divs } = chapter;
  const last = lines.lineAt(start);
  for (let line = last - 1; line >= 0 && last - line < FARTHEST; line--) {
    const from = lines.lineStart(line);
    const text = chapter.slice(from, lines.lineStart(line + 1)).trimEnd();
    if (/^:{3,}\s*$/.test(text)) return undefined;
    if (!/^:{3,}\s*\{/.test(text)) continue;
    const isDiv = divs.some(({ openRange }) => openRange.start <= from && from < openRange.end);
    return isDiv ? undefined : { start: from, end: from + text.length };
  }
  return undefined;
}

/** Lines. */
const FARTHEST = 100;

/** Above the next heading that is not the title of the div itself, since few divs go over sections; else the end. */
function closingPlace({ openRange, classes }: Div, closed: readonly Div[], chapter: Chapter): number {
  const { headings, lines } = chapter;
  if (classes.some(name => /^(?:panel-tabset|columns?|content-|layout)/.test(name))) return lines.length;
  const next = headings.find(
    ({ range: { start } }) =>
      start > openRange.end &&
      chapter.slice(openRange.end, start).trim() !== '' &&
      !closed.some(({ range }) => openRange.start < range.start && range.start < start && start < range.end),
  );
  return next?.range.start ?? lines.length;
}

function wholeLine({ start, end }: OffsetRange, chapter: Chapter): OffsetRange {
  const text = chapter.slice(end, end + 2);
  return { start, end: end + (text.startsWith('\r\n') ? 2 : /^[\r\n]/.test(text) ? 1 : 0) };
}
