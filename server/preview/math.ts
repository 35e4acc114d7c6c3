/** Formulas by KaTeX; a chunk of its own, loaded with the first chapter that has one. */
import katex from 'katex';
import { escapeHtml } from './text';

/** HTML (and MathML for assistive technology) of a formula; one with a fault shows its source and says why. */
export function renderMath(tex: string, display: boolean): string {
  try {
    return katex.renderToString(tex, {
      displayMode: display,
      output: 'htmlAndMathml',
      throwOnError: true,
      strict: false,
      trust: false,
      maxSize: 50,
      maxExpand: 1000,
    });
  } catch (error) {
    if (!(error instanceof katex.ParseError)) throw error;
    const message = error.message.replace(/^KaTeX parse error:\s*/, '');
    return `<code class="reckoner-tex" title="${escapeHtml(message)}">${escapeHtml(tex)}</code>`;
  }
}
