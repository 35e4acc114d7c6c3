/** Formulas by KaTeX; a chunk of its own, loaded with the first chapter that has one. */
import katex from 'katex';
import { mathMacros } from './mathMacros';
import { withoutPrelude } from './tex';
import { escapeHtml } from './text';

const OPTIONS = {
  output: 'htmlAndMathml',
  throwOnError: true,
  strict: false,
  trust: false,
  maxSize: 50,
  maxExpand: 4000,
} as const;

const MACROS = mathMacros();

/**
 * HTML (and MathML for assistive technology) of a formula, which macros may stand before; one with a fault shows its source and says
 * why.
 */
export function renderMath(text: string, display: boolean): string {
  const { prelude, tex } = withoutPrelude(text);
  try {
    const macros = { ...MACROS };
    if (prelude !== '') katex.renderToString(prelude, { ...OPTIONS, macros, globalGroup: true });
    const html = katex.renderToString(tex, { ...OPTIONS, macros, displayMode: display });
    return display ? html : endHeld(html);
  } catch (error) {
    if (!(error instanceof katex.ParseError)) throw error;
    const message = error.message.replace(/^KaTeX parse error:\s*/, '');
    return `<code class="reckoner-tex" title="${escapeHtml(message)}">${escapeHtml(tex)}</code>`;
  }
}

const BASE = '<span class="katex-base">';
const END = '</span></span>';

/** A formula may break between its parts, but browsers would break behind the last one as well, before a comma that adjoins it. */
function endHeld(html: string): string {
  const last = html.lastIndexOf(BASE);
  if (last < 0 || !html.endsWith(END)) return html;
  return `${html.slice(0, last)}<span class="reckoner-whole">${html.slice(last, -END.length)}</span>${END}`;
}
