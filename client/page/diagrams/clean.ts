/** Of what Mermaid draws only shapes and text are let through: no links, pictures, HTML or scripts, and no address but of itself. */

const ELEMENTS: ReadonlySet<string> = new Set(
  (
    'svg g defs symbol marker path rect circle ellipse line polyline polygon text tspan textpath clippath mask pattern ' +
    'lineargradient radialgradient stop filter fedropshadow fegaussianblur feoffset feflood fecomposite femerge femergenode use'
  ).split(' '),
);

/** These stand for what is in them. */
const GROUPS: ReadonlySet<string> = new Set(['a', 'switch']);

const ATTRIBUTES: ReadonlySet<string> = new Set(
  (
    'id class style d x y x1 y1 x2 y2 cx cy r rx ry dx dy width height viewbox points transform transform-origin rotate pathlength ' +
    'fill fill-opacity fill-rule stroke stroke-width stroke-opacity stroke-dasharray stroke-dashoffset stroke-linecap ' +
    'stroke-linejoin stroke-miterlimit opacity color font-size font-family font-weight font-style text-anchor ' +
    'dominant-baseline alignment-baseline baseline-shift text-decoration text-rendering letter-spacing textlength lengthadjust ' +
    'marker-start marker-mid marker-end markerwidth markerheight markerunits refx refy orient preserveaspectratio overflow ' +
    'clip-path clip-rule clippathunits mask maskunits filter filterunits patternunits patterntransform gradientunits ' +
    'gradienttransform spreadmethod offset stop-color stop-opacity flood-color flood-opacity stddeviation in in2 result ' +
    'operator startoffset href xlink:href vector-effect shape-rendering visibility display'
  ).split(' '),
);

/** An address that does not lead into the drawing itself. */
const FOREIGN_ADDRESS = /url\(\s*(?!["']?#)[^)]*\)?|image-set\([^)]*\)?|\\[0-9a-f]{1,6}/gi;

/** CSS without addresses, and without what would write them in another way. */
export function cleanRules(rules: string): string {
  return rules.replace(FOREIGN_ADDRESS, 'none');
}

/** A clean copy of a drawing, of no document yet. Undefined for what is none. */
export function cleanDrawing(markup: string): SVGSVGElement | undefined {
  const parsed = new DOMParser().parseFromString(markup, 'text/html').querySelector('svg');
  if (parsed === null) return undefined;
  return copyOf(parsed) as SVGSVGElement;
}

const SVG = 'http://www.w3.org/2000/svg';

function copyOf(element: Element): SVGElement | undefined {
  const name = element.localName.toLowerCase();
  const isGroup = GROUPS.has(name);
  if (element.namespaceURI !== SVG || !(isGroup || ELEMENTS.has(name))) return undefined;
  const copy = document.createElementNS(SVG, isGroup ? 'g' : element.localName);
  for (const { name: key, value } of element.attributes) {
    const lower = key.toLowerCase();
    if (!ATTRIBUTES.has(lower)) continue;
    if (lower.endsWith('href')) {
      if (name === 'use' && value.startsWith('#')) copy.setAttribute('href', value);
    } else copy.setAttribute(key, cleanRules(value));
  }
  for (const child of element.childNodes) {
    if (child instanceof Element) copy.append(copyOf(child) ?? '');
    else if (child.nodeType === Node.TEXT_NODE) copy.append(child.textContent ?? '');
  }
  return copy;
}
