/** Formulas by KaTeX; a chunk of its own, loaded with the first chapter that has one. */
import katex from 'katex';
import { withoutPrelude } from './tex';
import { escapeHtml } from './text';

const OPTIONS = {
  output: 'htmlAndMathml',
  throwOnError: true,
  strict: false,
  trust: false,
  maxSize: 50,
  maxExpand: 1000,
} as const;

/** Commands that MathJax knows, by which Quarto sets formulas, and KaTeX does not. */
const MACROS = { '\\mbox': '\\text{#1}', '\\textdegree': '\\degree' };

/**
 * HTML (and MathML for assistive technology) of a formula, which macros may stand before; one with a fault shows its source and says
 * why.
 */
export function renderMath(text: string, display: boolean): string {
  const { prelude, tex } = withoutPrelude(text);
  try {
    const macros: Record<string, string> = { ...MACROS };
    if (prelude !== '') katex.renderToString(prelude, { ...OPTIONS, macros, globalGroup: true });
    return katex.renderToString(tex, { ...OPTIONS, macros, displayMode: display });
  } catch (error) {
    if (!(error instanceof katex.ParseError)) throw error;
    const message = error.message.replace(/^KaTeX parse error:\s*/, '');
    return `<code class="reckoner-tex" title="${escapeHtml(message)}">${escapeHtml(tex)}</code>`;
  }
}
