/**
 * Formulas to HTML by KaTeX, code by highlight.js, citations by citeproc, graphs by Graphviz. None of them can be interrupted, and all need more than
 * linear time for texts that are made for it. A live preview lets a process of its own do this (see `worker/typesetter.ts`).
 */
import type { Setters } from './context';

export interface TypesetRequest {
  /**
   * Citations are set all at once: request and answer are JSON (`citations/setting.ts`). The answer to a graph is the JSON of a
   * `GraphDrawing`.
   */
  readonly form: 'inlineFormula' | 'displayFormula' | 'citations' | 'graph' | `code:${string}`;
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

/** Longest code that is coloured, longest graph, and longest request for citations. */
const MOST_CODE = 100_000;
const MOST_CITATIONS = 4_000_000;

/** The language of code that is to be coloured; undefined for a formula. */
export function languageOf({ form }: TypesetRequest): string | undefined {
  return form.startsWith('code:') ? form.slice('code:'.length) : undefined;
}

/** Why a text is not set at all; undefined for one that is. */
export function refusalOf(request: TypesetRequest): string | undefined {
  const isCode = request.form === 'graph' || languageOf(request) !== undefined;
  const most = request.form === 'citations' ? MOST_CITATIONS : isCode ? MOST_CODE : MOST_TEX;
  return request.text.length > most ? `it is longer than ${most.toLocaleString('en')} characters` : undefined;
}

function htmlFor(request: TypesetRequest, { math, colours, citations, graphs }: Setters): string | undefined {
  if (request.form === 'graph') return graphs?.(request.text);
  if (request.form === 'citations') return citations?.(request.text);
  const language = languageOf(request);
  if (language !== undefined) return colours?.(language, request.text);
  return math?.(request.text, request.form === 'displayFormula');
}

/** Sets one text here and now; never throws, whatever the text. */
export function typeset(request: TypesetRequest, setters: Setters): TypesetOutcome {
  const reason = refusalOf(request);
  if (reason !== undefined) return { kind: 'refused', reason };
  try {
    const html = htmlFor(request, setters);
    if (html === undefined) return { kind: 'refused', reason: 'what sets it is not loaded' };
    return html.length > MOST_HTML ? { kind: 'refused', reason: 'its HTML is too large' } : { kind: 'done', html };
  } catch (error) {
    // The library recurses, and the stack is what ends that.
    if (error instanceof RangeError) return { kind: 'refused', reason: 'it is nested too deeply' };
    return { kind: 'refused', reason: error instanceof Error ? error.message : String(error) };
  }
}
