/** A computed number in its sentence, or why there is none. */
import type { Display } from '../../mlsys';
import type { RefResult } from '../evaluation/analysis';
import { markdownSource } from '../evaluation/display';
import { doubtText, unknownText } from '../evaluation/unknowns';
import type { Filler } from './fill';
import { valueHtmlOf } from './html';
import { attributes, escapeHtml } from './text';

/** Position of a reference relative to the block that is shown: line, and character in that line. */
export interface RefPlace {
  readonly line: number;
  readonly character: number;
}

/** How long texts of values may get in a sentence. */
const MAX_TEXT = 2000;

export function refHtml(result: RefResult, place: RefPlace, filler: Filler): string {
  const { ref, fault, stale, doubt } = result;
  const { cells } = filler.analysis;
  const unknown = result.unknown && unknownText(result.unknown, cells);
  const faulty = unknown === undefined && result.display === undefined;
  const doubtful = doubt === undefined ? '' : ` (${doubtText(doubt, cells)})`;
  const known = `${ref.expr}${stale ? ' (value before the present edit)' : doubtful}`;
  const title = unknown === undefined ? (faulty ? faultTitle(result) : known) : `${ref.expr} is ${unknown}`;
  const marks = { fault: faulty, unknown: unknown !== undefined, doubtful: doubt !== undefined, stale };
  const classes = ['value', ...Object.entries(marks).flatMap(([mark, holds]) => (holds ? [mark] : []))];
  const label = faulty
    ? `Fault in ${ref.expr}: ${fault?.message ?? 'no value'}`
    : unknown === undefined && doubt === undefined
      ? undefined
      : title;
  const inner = result.display === undefined ? escapeHtml(ref.expr) : valueHtml(result.display, filler);
  return `<span${attributes({
    class: classes.map(name => `reckoner-${name}`).join(' '),
    title,
    'data-r': place.line === 0 ? undefined : place.line,
    'data-c': place.character,
    tabindex: '0',
    role: 'link',
    'aria-label': label,
  })}>${inner}</span>`;
}

function faultTitle({ ref, fault }: RefResult): string {
  if (fault === undefined) return `${ref.expr} has no value`;
  const blame = fault.blame === undefined ? '' : ` (cell ${fault.blame.cell + 1} should make ${fault.blame.name})`;
  return `${fault.type}: ${fault.message}${blame}`;
}

/** What Quarto puts into the Markdown, of a value that is too long its beginning. */
export function shownSource(display: Display): string {
  const { text } = display;
  return markdownSource(text.length > MAX_TEXT ? { ...display, text: text.slice(0, MAX_TEXT) } : display);
}

/**
 * True for a value that reads the same wherever it stands: a number, HTML, a text without the marks that Quarto leaves
 * alone. The sentence around any other has to be read with it.
 */
export function isInert({ mime, text, quoted }: Display): boolean {
  if (mime !== 'text/plain') return mime === 'text/html';
  return quoted ? !/[$^~<&@|"=:]|^\s|\s$/.test(text) : /^-?[\dA-Za-z][\dA-Za-z.+-]*$/.test(text);
}

/** A value by itself. */
export function valueHtml(display: Display, filler: Filler): string {
  const { mime, text } = display;
  if (mime === 'text/html') return valueHtmlOf(text.slice(0, MAX_TEXT));
  return isInert(display)
    ? escapeHtml(text.slice(0, MAX_TEXT).replace(/(?<=\p{L})'(?=\p{L})/gu, '’'))
    : filler.typeset('inline', shownSource(display), undefined);
}
