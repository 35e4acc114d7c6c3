/**
 * What TeX or Graphviz has drawn is not trusted: a chapter can write any markup into it. Only shapes and lines of text pass here,
 * each attribute only with a value of its kind, and references only to what the drawing itself defines.
 */

const NUMBERS = /^[-+\d.,eE\s]*(?:%|pt|px)?$/;
const PATH = /^[MmLlHhVvCcSsQqTtAaZz\d\s,.+eE-]*$/;
const TRANSFORM = /^(?:\s*(?:translate|scale|rotate|matrix|skewX|skewY)\([-+\d.,eE\s]*\))*\s*$/;
const COLOUR = /^(?:none|currentColor|#[\da-fA-F]{3,8}|[a-z]+|rgb\([\d.,%\s]*\))$/;
const WORD = /^[a-zA-Z]+$/;
const ID = /^[A-Za-z][\w-]*$/;
const LOCAL = /^url\(#([A-Za-z][\w-]*)\)$/;

type Kind = RegExp | 'paint' | 'local' | 'id';

const ATTRIBUTES: ReadonlyMap<string, Kind> = new Map<string, Kind>([
  ...['fill', 'stroke', 'stop-color'].map((name): [string, Kind] => [name, 'paint']),
  ...['clip-path', 'mask'].map((name): [string, Kind] => [name, 'local']),
  ...'x y x1 y1 x2 y2 cx cy r rx ry fx fy width height points offset opacity fill-opacity stroke-opacity stop-opacity stroke-width stroke-miterlimit stroke-dashoffset viewBox'
    .split(' ')
    .map((name): [string, Kind] => [name, NUMBERS]),
  ...'stroke-linecap stroke-linejoin fill-rule clip-rule gradientUnits patternUnits patternContentUnits clipPathUnits maskUnits maskContentUnits spreadMethod'
    .split(' ')
    .map((name): [string, Kind] => [name, WORD]),
  ...['transform', 'gradientTransform', 'patternTransform'].map((name): [string, Kind] => [name, TRANSFORM]),
  ['stroke-dasharray', /^(?:none|[\d.,\s]*)$/],
  ...'text-anchor font-style text-decoration baseline-shift'.split(' ').map((name): [string, Kind] => [name, WORD]),
  ['font-weight', /^(?:[a-z]+|\d+)$/],
  ['font-size', NUMBERS],
  ['font-family', /^[\w\s,'-]+$/],
  ['d', PATH],
  ['id', 'id'],
]);

const ELEMENTS = new Set(
  'g path rect circle ellipse line polyline polygon text defs use clipPath mask linearGradient radialGradient stop pattern'.split(
    ' ',
  ),
);

/** The only things that may be drawn again elsewhere: with them, references cannot multiply. */
const GLYPH = /^glyph-\d+-\d+$/;

const TAG = /<(\/?)([A-Za-z]+)((?:\s+[\w:-]+\s*=\s*"[^"<>]*")*)\s*(\/?)>/g;
const ATTRIBUTE = /([\w:-]+)\s*=\s*"([^"]*)"/g;

/** Browsers lose track of elements that stand deeper. */
const DEEPEST = 300;

/**
 * The clean twin of a drawing's markup, balanced, with text in `text` elements alone, and with a name of its own before each id,
 * so that several drawings fit on one page.
 */
export function sanitiseDrawing(markup: string, name: string): string {
  let clean = '';
  const open: { readonly tag: string; readonly kept: boolean }[] = [];
  let from = 0;
  for (const { 0: whole, 1: closing, 2: tag, 3: attributes, 4: single, index } of markup.matchAll(TAG)) {
    const around = open.at(-1);
    if (around?.kept === true && around.tag === 'text') clean += cleanText(markup.slice(from, index));
    from = index + whole.length;
    if (closing === '/') {
      // What was never opened is not closed; what stayed open inside is.
      const at = open.findLastIndex(one => one.tag === tag);
      if (at < 0) continue;
      for (const one of open.splice(at).reverse()) if (one.kept) clean += `</${one.tag}>`;
      continue;
    }
    const kept = ELEMENTS.has(tag!) && open.length < DEEPEST && open.every(one => one.kept);
    const given = kept ? attributesOf(tag!, attributes!, name) : undefined;
    if (single === '/') {
      if (given !== undefined) clean += `<${tag}${given}/>`;
      continue;
    }
    open.push({ tag: tag!, kept: given !== undefined });
    if (given !== undefined) clean += `<${tag}${given}>`;
  }
  for (const one of open.reverse()) if (one.kept) clean += `</${one.tag}>`;
  return clean;
}

/** Text with the characters that it names, and nothing that would be markup. */
function cleanText(text: string): string {
  return text
    .replace(/&(?!(?:amp|lt|gt|quot|#\d{1,7}|#x[\da-fA-F]{1,6});)/g, '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}

/** The attributes that may stay; undefined where the element must go. */
function attributesOf(tag: string, text: string, name: string): string | undefined {
  const found = new Map<string, string>();
  for (const [, key, value] of text.matchAll(ATTRIBUTE)) {
    const attribute = key!.replace(/^xlink:/, '');
    // Shadings bring their colours as styles, which become attributes.
    const given: (readonly [string, string])[] =
      attribute === 'style' ? stylesOf(value!) : [[attribute, value!.trim()] as const];
    for (const [own, text] of given) {
      const shown = own === 'href' ? target(tag, text, name) : cleanValue(tag, own, text, name);
      if (shown !== undefined && !found.has(own)) found.set(own, shown);
    }
  }
  if (tag === 'use' && !found.has('href')) return undefined;
  return [...found].map(([key, value]) => ` ${key}="${value}"`).join('');
}

function stylesOf(value: string): (readonly [string, string])[] {
  return value.split(';').flatMap(one => {
    const at = one.indexOf(':');
    const property = one.slice(0, at).trim();
    return ['fill', 'stroke', 'stop-color', 'stop-opacity'].includes(property)
      ? [[property, one.slice(at + 1).trim()] as const]
      : [];
  });
}

function target(tag: string, value: string, name: string): string | undefined {
  const id = /^#([\w-]+)$/.exec(value)?.[1];
  if (id === undefined) return undefined;
  if (tag === 'use') return GLYPH.test(id) ? `#${name}-${id}` : undefined;
  return tag.endsWith('Gradient') && ID.test(id) && !GLYPH.test(id) ? `#${name}-${id}` : undefined;
}

function cleanValue(tag: string, attribute: string, value: string, name: string): string | undefined {
  const kind = ATTRIBUTES.get(attribute);
  if (kind === undefined) return undefined;
  if (kind === 'id') return ID.test(value) && (!GLYPH.test(value) || tag === 'path') ? `${name}-${value}` : undefined;
  const local = LOCAL.exec(value)?.[1];
  if (kind === 'local') return local === undefined ? undefined : `url(#${name}-${local})`;
  if (kind === 'paint') {
    if (local !== undefined) return `url(#${name}-${local})`;
    return COLOUR.test(value) ? value : undefined;
  }
  return kind.test(value) ? value : undefined;
}
