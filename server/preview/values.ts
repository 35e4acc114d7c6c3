/** A computed number in its sentence, or why there is none. */
import { typeOf } from '../../mlsys/python/runtime/objects';
import type { RefResult } from '../evaluation/analysis';
import type { Filler } from './fill';
import { attributes, escapeHtml } from './text';

/** Position of a reference relative to the block that is shown: line, and character in that line. */
export interface RefPlace {
  readonly line: number;
  readonly character: number;
}

const MARKUP_TYPES = new Set(['Markdown', 'Latex', 'HTML', 'Math']);

/** How long texts of values may get in a sentence. */
const MAX_TEXT = 2000;

export function refHtml(result: RefResult, place: RefPlace, filler: Filler): string {
  const { ref, fault, stale } = result;
  const faulty = result.text === undefined;
  const title = faulty ? faultTitle(result) : `${ref.expr}${stale ? ' (value before the present edit)' : ''}`;
  const classes = ['reckoner-value', ...(faulty ? ['reckoner-fault'] : []), ...(stale ? ['reckoner-stale'] : [])];
  const label = faulty ? `Fault in ${ref.expr}: ${fault?.message ?? 'no value'}` : undefined;
  const inner = faulty ? escapeHtml(ref.expr) : valueHtml(result, filler);
  return `<span${attributes({
    class: classes.join(' '),
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

/** Plain text stays plain; only objects that are Markdown are read as such, as Quarto does. */
function valueHtml(result: RefResult, filler: Filler): string {
  const text = (result.text ?? '').slice(0, MAX_TEXT);
  const { value } = result;
  const type = value === undefined ? '' : typeOf(value).name;
  return MARKUP_TYPES.has(type) && type !== 'HTML' ? filler.typeset('inline', text, undefined) : escapeHtml(text);
}
