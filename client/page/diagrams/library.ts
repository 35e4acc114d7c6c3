/** Draws diagrams by Mermaid: a script of its own, which the page loads with the first of them. */
import mermaid from 'mermaid';
import { cleanDrawing, cleanRules } from './clean';
import { type DiagramFault, type DiagramOutcome, type DiagramRequest, diagramFault } from './contract';
import { restoreFormulas, withPlainFormulas } from './formulas';
import { journeyOf, variablesOf } from './theme';
import { describe, lineOf, withoutFrame } from './words';

/** A drawing takes time that nobody can interrupt, more than linear in its edges. */
const MOST_TEXT = 20_000;
const MOST_EDGES = 250;
const MOST_STATEMENTS = 500;

/** What diagrams that fill the page are as wide as, in CSS pixels. */
const WIDTH = 660;

/** What a diagram must not change by itself. */
const SECURE = [
  'secure',
  'securityLevel',
  'startOnLoad',
  'maxTextSize',
  'maxEdges',
  'suppressErrorRendering',
  'themeCSS',
  'fontFamily',
  'altFontFamily',
  'htmlLabels',
  'deterministicIds',
  'deterministicIDSeed',
  'dompurifyConfig',
  'arrowMarkerAbsolute',
  'logLevel',
];

/** Each drawing has a root of its own, and so they can all have the same. */
const ID = 'reckoner-drawn-diagram';

let last: Promise<unknown> = Promise.resolve();

// Nothing on the page is Mermaid's but what it is given.
mermaid.startOnLoad = false;

/** One after the other: what Mermaid is told before it draws holds for all. */
globalThis.reckonerDraw = request => {
  const drawn = last.then(() => draw(request));
  last = drawn;
  return drawn;
};

async function draw({ source, colours, theme }: DiagramRequest): Promise<DiagramOutcome> {
  const refusal = refusalOf(source);
  if (refusal !== undefined) return diagramFault(refusal);
  const hasOwn = theme !== undefined || hasColours(source);
  const isForPaper = hasOwn && theme !== 'dark';
  mermaid.initialize({
    startOnLoad: false,
    securityLevel: 'strict',
    secure: SECURE,
    suppressErrorRendering: true,
    htmlLabels: false,
    // The layout of flowcharts draws mind maps as the trees that they are; their own would take half a megabyte.
    layout: 'dagre',
    maxTextSize: MOST_TEXT,
    maxEdges: MOST_EDGES,
    fontFamily: colours.font,
    deterministicIds: true,
    logLevel: 5,
    gantt: { useWidth: WIDTH },
    xyChart: { width: WIDTH },
    ...(hasOwn
      ? { theme: (theme ?? 'default') as 'default' }
      : { theme: 'base', themeVariables: variablesOf(colours), journey: journeyOf(colours) }),
  });
  // Labels are measured in the document, with the diagram's style.
  const place = document.createElement('div');
  place.style.cssText = `position: absolute; left: -99999px; top: 0; width: ${WIDTH}px; visibility: hidden`;
  place.setAttribute('aria-hidden', 'true');
  document.body.append(place);
  const sheet = new CSSStyleSheet();
  globalThis.reckonerDiagramStyle = rules => sheet.replaceSync(cleanRules(rules));
  document.adoptedStyleSheets.push(sheet);
  try {
    const { svg: markup } = await mermaid.render(ID, withPlainFormulas(withoutTags(withoutMenus(source))), place);
    const svg = cleanDrawing(markup);
    withoutRandomNames(svg);
    if (svg !== undefined && source.includes('$$')) restoreFormulas(svg);
    if (svg === undefined) return diagramFault('it cannot be drawn');
    const [, , width = 0, height = 0] = (svg.getAttribute('viewBox') ?? '').split(/[\s,]+/).map(Number);
    if (!(width > 0 && height > 0)) return diagramFault('it has nothing to show');
    return { kind: 'drawn', svg, sheet, width, height, description: describe(source, svg), isForPaper };
  } catch (error) {
    return faultOf(error, source);
  } finally {
    place.remove();
    for (const one of document.querySelectorAll('body > .mermaidTooltip')) one.remove();
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter(one => one !== sheet);
  }
}

/** Labels are text: tags that only change its looks, and names of icons, would stand in it as they are written; all others do. */
function withoutTags(source: string): string {
  return source
    .replace(/<\/?(?:b|i|u|strong|em|small|big|sub|sup|span|font|code|center|p|div)(?:\s[^<>\n]*)?>/gi, '')
    .replace(/(?<!<)<(?=[/a-z!?])(?!br\s*\/?>)([^<>\n]*)>(?!>)/gi, '#lt;$1#gt;')
    .replace(/\bfa[bklrs]?:fa-[\w-]+[ \t]?/g, '');
}

/** Links of the actors of a sequence open from menus, which Mermaid gives handlers that no page of ours lets run. */
function withoutMenus(source: string): string {
  if (!withoutFrame(source).startsWith('sequenceDiagram')) return source;
  return source.replace(/^([ \t]*)(?:links?|properties|details)[ \t]+[^:\n]+:[^\n]*$/gim, '$1');
}

/** Commits that have no name get another one with each drawing. */
function withoutRandomNames(svg: SVGSVGElement | undefined): void {
  for (const label of svg?.querySelectorAll('.commit-label') ?? []) {
    if (!/^\d+-[\da-f]{7}$/.test(label.textContent ?? '')) continue;
    if (label.previousElementSibling?.classList.contains('commit-label-bkg')) label.previousElementSibling.remove();
    label.remove();
  }
}

/** Why a diagram is not even tried. */
function refusalOf(source: string): string | undefined {
  if (source.split(/[\n;]/).length > MOST_STATEMENTS) return `it has more than ${MOST_STATEMENTS} lines`;
  if (/@\{[^}]*\bimg\s*:/.test(source)) return 'pictures in diagrams are not shown';
  if (withoutFrame(source).startsWith('architecture'))
    return 'architecture diagrams are drawn when the book is rendered';
  return undefined;
}

/** Whether the author chose colours, which are for white paper. */
function hasColours(source: string): boolean {
  return (
    /%%\{[^}]*\btheme/.test(source) ||
    /^\s*---\s*\n[\s\S]*?\btheme[\s\S]*?\n\s*---\s*\n/.test(source) ||
    /^\s*(?:style|classDef|linkStyle)\s/m.test(source) ||
    /^\s*(?:rect|box)\s+(?:rgba?\(|#|[A-Za-z]+\s*$)/m.test(source) ||
    /^C4/.test(withoutFrame(source))
  );
}

/** What Mermaid says of a fault, without the names of its grammars, and the line that it names. */
function faultOf(error: unknown, source: string): DiagramFault {
  const message = error instanceof Error ? error.message : String(error);
  if (message.startsWith('No diagram type detected'))
    return diagramFault('it begins with no kind of diagram that there is');
  if (message.startsWith('Edge limit exceeded')) return diagramFault(`it has more than ${MOST_EDGES} edges`);
  const number = Number(/error on line (\d{1,7})/i.exec(message)?.[1]);
  if (Number.isNaN(number)) return diagramFault(message.replace(/\s+/g, ' ').trim().slice(0, 300));
  const [, written = '', marks = ''] = message.split('\n');
  const at = /unexpected character: ->(.*?)<-|but found `([^`\n]*)`/.exec(message);
  const found = (at?.[1] ?? at?.[2] ?? (marks.endsWith('^') ? written.slice(marks.length - 1) : ''))
    .trim()
    .slice(0, 30);
  // Behind the last line: the text ends where more should come.
  const isEnd = /got '(?:1|EOF)'|found ``/.test(message);
  const last = source.trimEnd().split('\n').length - 1;
  const line = isEnd ? last : (lineOf(source, number) ?? last);
  const place = isEnd ? 'the end of the diagram' : found === '' ? 'the end of the line' : `"${found}"`;
  return diagramFault(`syntax error at ${place}`, line);
}
