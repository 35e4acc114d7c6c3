/**
 * Formulas to HTML by KaTeX, which cannot be interrupted and needs more than linear time for texts that are made for it. A
 * live preview lets a process of its own do this (see `worker/typesetter.ts`).
 */
import type { RenderMath } from './context';

export interface TypesetRequest {
  readonly form: 'inlineFormula' | 'displayFormula';
  readonly text: string;
}

export type TypesetOutcome =
  | { readonly kind: 'done'; readonly html: string }
  /** It is being made; the text stands in its place until then. */
  | { readonly kind: 'waiting' }
  /** It costs too much; the reason is for the reader, without a full stop. */
  | { readonly kind: 'refused'; readonly reason: string };

export type Typeset = (request: TypesetRequest) => TypesetOutcome;

/** Longest formula that is set, in UTF-16 units, and the longest HTML that it may turn into. */
const MOST_TEX = 20_000;
const MOST_HTML = 4_000_000;

/** Why a formula is not set at all; undefined for one that is. */
export function refusalOf({ text }: TypesetRequest): string | undefined {
  return text.length > MOST_TEX ? `it is longer than ${MOST_TEX.toLocaleString('en')} characters` : undefined;
}

/** Sets one formula here and now; never throws, whatever the text. It is refused without `math`. */
export function typeset(request: TypesetRequest, math: RenderMath | undefined): TypesetOutcome {
  const reason = refusalOf(request);
  if (reason !== undefined) return { kind: 'refused', reason };
  if (math === undefined) return { kind: 'refused', reason: 'formulas are not loaded' };
  try {
    const html = math(request.text, request.form === 'displayFormula');
    return html.length > MOST_HTML ? { kind: 'refused', reason: 'its HTML is too large' } : { kind: 'done', html };
  } catch (error) {
    // The library recurses, and the stack is what ends that.
    if (error instanceof RangeError) return { kind: 'refused', reason: 'it is nested too deeply' };
    return { kind: 'refused', reason: error instanceof Error ? error.message : String(error) };
  }
}
