/**
 * Titles of BibTeX as CSL wants them. BibTeX keeps them with capitals and protects by braces what must not lose them; CSL keeps
 * sentences, of which styles make titles. Pandoc turns the one into the other in English alone.
 */

const PIECE = /\\[A-Za-z]+\s*|\\[\s\S]|\$[^$]*\$|[{}]|[\p{L}\p{M}\p{N}]+|[^\\${}\p{L}\p{M}\p{N}]+|\$/gu;
const CAPITALISED = /^\p{Lu}[^\p{Lu}]*$/u;
/** Behind these a sentence begins. */
const STOPS = /[.?!:]["'”’)\]]*\s+$/;

/** A title with its braces, words with one capital in small letters unless they begin a sentence. */
export function sentenceCase(source: string): string {
  let cased = '';
  let depth = 0;
  let isStart = true;
  for (const [piece] of source.matchAll(PIECE)) {
    if (piece === '{') depth++;
    else if (piece === '}') depth--;
    const isWord = /^[\p{L}\p{N}]/u.test(piece);
    cased += isWord && depth <= 0 && !isStart && CAPITALISED.test(piece) ? piece.toLowerCase() : piece;
    if (isWord || /^[\\$]/.test(piece)) isStart = false;
    else if (STOPS.test(piece)) isStart = true;
  }
  return cased;
}

/** The same as CSL's rich text: what braces protect and a style could change is told so. */
export function withoutBraces(source: string): string {
  let text = '';
  let depth = 0;
  let open = '';
  const write = (piece: string): void => {
    if (depth > 0) open += piece;
    else text += piece;
  };
  for (const [piece] of source.matchAll(PIECE)) {
    if (piece === '{') depth++;
    else if (piece === '}') {
      depth--;
      if (depth !== 0) continue;
      text += /(?<![\p{L}\p{N}])\p{Ll}/u.test(open) ? `<span class="nocase">${open}</span>` : open;
      open = '';
    } else write(piece);
  }
  return (text + open).replace(/~/g, ' ').replace(/---/g, '—').replace(/--/g, '–').trim();
}

/** Languages by the names that BibTeX's `langid` gives them. */
const LANGUAGES: Readonly<Record<string, string>> = {
  american: 'en-US',
  british: 'en-GB',
  dutch: 'nl-NL',
  english: 'en-US',
  french: 'fr-FR',
  german: 'de-DE',
  italian: 'it-IT',
  ngerman: 'de-DE',
  portuguese: 'pt-PT',
  spanish: 'es-ES',
  ukenglish: 'en-GB',
  usenglish: 'en-US',
};

/** The language of an entry, as HTML names it; undefined where it names none. */
export function languageNamed(written: string | undefined): string | undefined {
  if (written === undefined) return undefined;
  const name = written.toLowerCase();
  if (Object.hasOwn(LANGUAGES, name)) return LANGUAGES[name];
  return /^[a-z]{2}(?:-[a-z]{2})?$/.test(name) ? written : 'und';
}
