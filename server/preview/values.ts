/** A computed number in its sentence, or why there is none. */
import type { Display } from '../../mlsys';
import { readInline } from '../chapter/prose';
import type { RefResult } from '../evaluation/analysis';
import { markdownSource } from '../evaluation/display';
import { doubtText, unknownText } from '../evaluation/unknowns';
import type { Page } from './facts';
import type { BlockFiller } from './fill';
import { element, type Html, text } from './hast';
import { valueHtml } from './html';
import { ProseConverter } from './prose';

/** Position of a reference relative to the part that is shown: line, and character in that line. */
export interface RefPlace {
  readonly line: number;
  readonly character: number;
}

/** How long texts of values may get in a sentence. */
const MAX_TEXT = 2000;

/** A value as one that is alive: `nodes` are what it shows, undefined where there is none. */
export function valueNode(result: RefResult, place: RefPlace, nodes: Html[] | undefined, page: Page): Html {
  const { ref, fault, pending, doubt } = result;
  const stale = result.stale || pending;
  const { cells } = page.analysis;
  const isAwaited = pending && result.display === undefined;
  const unknown = isAwaited ? undefined : result.unknown && unknownText(result.unknown, cells);
  const faulty = !isAwaited && unknown === undefined && result.display === undefined;
  const doubtful = doubt === undefined ? '' : ` (${doubtText(doubt, cells)})`;
  const known = `${ref.expr}${isAwaited ? ' is being evaluated' : stale ? ' (value before the present edit)' : doubtful}`;
  const title = unknown === undefined ? (faulty ? faultTitle(result) : known) : `${ref.expr} is ${unknown}`;
  // What a cell that raised was to make, or is making: the page shows what it was before, if it knows.
  const blamed = faulty && fault?.blame !== undefined;
  const marks = {
    fault: faulty,
    blamed,
    unknown: unknown !== undefined,
    doubtful: doubt !== undefined,
    stale,
    awaited: isAwaited,
  };
  const classes = ['value', ...Object.entries(marks).flatMap(([mark, isSet]) => (isSet ? [mark] : []))];
  const label = faulty
    ? `Fault in ${ref.expr}: ${fault?.message ?? 'no value'}`
    : unknown === undefined && doubt === undefined
      ? undefined
      : title;
  return element(
    'span',
    {
      className: classes.map(name => `reckoner-${name}`),
      title,
      dataR: place.line === 0 ? undefined : place.line,
      dataC: place.character,
      tabIndex: 0,
      role: 'button',
      ariaHasPopup: 'dialog',
      ariaLabel: label,
    },
    nodes ?? [text(ref.expr)],
  );
}

function faultTitle({ ref, fault }: RefResult): string {
  if (fault === undefined) return `${ref.expr} has no value`;
  const blame = fault.blame === undefined ? '' : ` (cell ${fault.blame.cell + 1} should make ${fault.blame.name})`;
  return `${fault.type}: ${fault.message}${blame}`;
}

/** What Quarto puts into the Markdown, of a value that is too long its beginning. */
export function shownSource(display: Display): string {
  const { text: written } = display;
  return markdownSource(written.length > MAX_TEXT ? { ...display, text: written.slice(0, MAX_TEXT) } : display);
}

/**
 * True for a value that reads the same wherever it stands: a number, HTML, a text without the marks that Quarto leaves
 * alone. The sentence around any other has to be read with it.
 */
export function isInert({ mime, text: written, quoted }: Display): boolean {
  if (mime !== 'text/plain') return mime === 'text/html';
  return quoted ? !/[$^~<&@|"=:]|^\s|\s$/.test(written) : /^-?[\dA-Za-z][\dA-Za-z.+-]*$/.test(written);
}

/** A value by itself. */
export function valueNodes(display: Display, filler: BlockFiller): Html[] {
  const { mime, text: written } = display;
  if (mime === 'text/html') return valueHtml(written.slice(0, MAX_TEXT));
  return isInert(display)
    ? [text(written.slice(0, MAX_TEXT).replace(/(?<=\p{L})'(?=\p{L})/gu, '’'))]
    : filler.fill(new ProseConverter().inlines(readInline(shownSource(display))));
}
