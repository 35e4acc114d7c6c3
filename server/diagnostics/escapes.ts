/** The backslashes that Quarto puts before marks of Markdown in a plain text. */
import type { Display } from '../../mlsys';

const ESCAPED = /[\\`*_{}[\]()>#+,\-.!]/g;

/** The characters of a displayed text that are escaped, each once, in order. */
export function escapesIn({ mime, text, quoted }: Display): readonly string[] {
  return mime === 'text/plain' && quoted ? [...new Set(text.match(ESCAPED) ?? [])] : [];
}

/** The text as it is put into the chapter. */
export function shown({ text }: Display): string {
  return text.replaceAll(ESCAPED, String.raw`\$&`);
}
