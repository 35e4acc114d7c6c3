/** What stands in the place of a text that is not set: the text itself, and why. */
import { element, type Html, text } from './hast';
import type { TypesetOutcome, TypesetRequest } from './typeset';

/** How much of the text is shown. */
const MOST_SHOWN = 2000;

export function shortened(written: string): string {
  const source = written.trim();
  return source.length > MOST_SHOWN ? `${source.slice(0, MOST_SHOWN)} …` : source;
}

/** A formula that is being set, or that is not going to be. */
export function sourceNodes(request: TypesetRequest, outcome: Exclude<TypesetOutcome, { kind: 'done' }>): Html[] {
  const source = [text(shortened(request.text))];
  if (outcome.kind === 'waiting') return [element('code', { className: 'reckoner-tex', ariaBusy: 'true' }, source)];
  const why = `Shown as source, since ${outcome.reason}.`;
  if (request.form === 'inlineFormula') return [element('code', { className: 'reckoner-tex', title: why }, source)];
  // A formula may stand within a paragraph, where a div may not.
  const note = element('span', { className: ['reckoner-note', 'reckoner-quiet'], role: 'note' }, [text(why)]);
  return [element('code', { className: 'reckoner-tex' }, source), note];
}

/** A quiet note of a block's own. */
export function noteNode(children: readonly Html[]): Html {
  return element('div', { className: ['reckoner-note', 'reckoner-quiet'], role: 'note' }, children);
}
