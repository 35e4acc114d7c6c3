/** Emoji by their names, which Pandoc reads where `from` asks for them: `from: markdown+emoji`. */
import { entryOf } from '../../mlsys';
import table from './emoji.json';

const NAMED = /:([\w+-]+):/g;

/** The emoji of a name; undefined for one that Pandoc does not know. */
export function emojiOf(name: string): string | undefined {
  return entryOf(table as Readonly<Record<string, string>>, name);
}

/** Cuts a text at the names of emoji: what stands between them, and each name. */
export function cutAtEmoji(text: string): readonly ({ readonly text: string } | { readonly name: string })[] {
  if (!text.includes(':')) return [{ text }];
  const parts: ({ readonly text: string } | { readonly name: string })[] = [];
  let from = 0;
  for (const { 0: whole, 1: name = '', index } of text.matchAll(NAMED)) {
    if (emojiOf(name) === undefined) continue;
    if (index > from) parts.push({ text: text.slice(from, index) });
    parts.push({ name });
    from = index + whole.length;
  }
  if (from < text.length || parts.length === 0) parts.push({ text: text.slice(from) });
  return parts;
}

/** Whether the option `from` turns emoji on. */
export function asksForEmoji(from: string | undefined): boolean {
  const last = [...(from ?? '').matchAll(/([+-])emoji\b/g)].at(-1);
  return last === undefined ? /^gfm\b/.test(from ?? '') : last[1] === '+';
}
