/** What a value leaves in its sentence: as Markdown for Pandoc, and as a reader of the page sees it. */
import type { Display } from '../../mlsys';

/** Characters that Quarto escapes in a text that stood in quotes. */
const ESCAPED = /[\\`*_{}[\]()>#+,\-.!]/g;

/** The text that Quarto puts into the Markdown in place of the reference. */
export function markdownSource({ mime, text, quoted }: Display): string {
  if (mime === 'text/html') return `\`${text}\`{=html}`;
  return quoted ? text.replace(ESCAPED, '\\$&') : text;
}

/** The characters of a displayed text before which Quarto puts a backslash, each once, in order. */
export function escapesIn({ mime, text, quoted }: Display): readonly string[] {
  return mime === 'text/plain' && quoted ? [...new Set(text.match(ESCAPED) ?? [])] : [];
}

/** The text as it reads on the page, on which hints and hovers have no markup. Markdown stays as it is written. */
export function readingOf({ mime, text }: Display): string {
  return mime === 'text/html' ? textOfHtml(text) : text;
}

/** Exponents, as in the units of a quantity. */
const RAISED: Readonly<Record<string, string>> = Object.fromEntries(
  [...'-+0123456789'].map((sign, at) => [sign, '⁻⁺⁰¹²³⁴⁵⁶⁷⁸⁹'[at]!]),
);

const ENTITIES: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
  ['nbsp', '\u00a0'],
  ['times', '×'],
  ['deg', '°'],
  ['micro', 'µ'],
  ['minus', '−'],
  ['ndash', '–'],
  ['mdash', '—'],
]);

/** Character references of HTML; those that we do not know stay. */
export function decoded(html: string): string {
  return html.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|(\w+));/gi, (whole, decimal, hex, name: string | undefined) => {
    if (name !== undefined) return ENTITIES.get(name) ?? whole;
    const code = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal);
    return code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff) ? String.fromCodePoint(code) : whole;
  });
}

/** The text of HTML without its tags. */
function textOfHtml(html: string): string {
  const text = html
    .replace(/<(script|style)\b[\s\S]*?<\/\1\s*>/gi, '')
    .replace(/<sup>([-+\d]+)<\/sup>/gi, (_, exponent: string) => exponent.replace(/[-+\d]/g, sign => RAISED[sign]!))
    .replace(/<(?:br|\/p|\/div|\/t[dhr]|\/li|\/h\d)\b[^>]*>/gi, ' ')
    .replace(/<\/?[a-z!][^>]*>/gi, '');
  return decoded(text).replace(/\s+/g, ' ').trim();
}
