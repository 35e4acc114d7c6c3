/** What stands in the place of a text that is not set: the text itself, and why. */
import { escapeHtml } from './text';
import type { TypesetForm, TypesetOutcome } from './typeset';

/** How much of the text is shown. */
const MOST_SHOWN = 2000;

const INLINE: ReadonlySet<TypesetForm> = new Set(['inline', 'inlineFormula', 'heading', 'caption']);

function shortened(text: string): string {
  const source = text.trim();
  return source.length > MOST_SHOWN ? `${source.slice(0, MOST_SHOWN)} …` : source;
}

export function sourceHtml(
  form: TypesetForm,
  text: string,
  outcome: Exclude<TypesetOutcome, { kind: 'done' }>,
): string {
  const source = escapeHtml(shortened(text));
  if (outcome.kind === 'waiting')
    return INLINE.has(form) || form === 'displayFormula'
      ? `<code class="reckoner-tex" aria-busy="true">${source}</code>`
      : `<pre class="reckoner-source" aria-busy="true"><code>${source}</code></pre>`;
  const why = escapeHtml(`Shown as source, since ${outcome.reason}.`);
  if (INLINE.has(form)) return `<code class="reckoner-tex" title="${why}">${source}</code>`;
  // A formula may stand within a paragraph, where a div may not.
  if (form === 'displayFormula')
    return `<code class="reckoner-tex">${source}</code><span class="reckoner-note reckoner-quiet" role="note">${why}</span>`;
  return `${noteHtml(why)}<pre class="reckoner-source"><code>${source}</code></pre>`;
}

/** A quiet note of a block's own. */
export function noteHtml(html: string): string {
  return `<div class="reckoner-note reckoner-quiet" role="note">${html}</div>`;
}
