/** Shortcodes within code and addresses, where only the text of their values counts. */
import { readInline, textOf } from '../chapter/prose';
import type { FactReader } from './facts';
import { unescapedShortcodes } from './shortcodeChip';

const VALUE = /(?<!\{)\{\{<[ \t]+(var|meta)[ \t]+([^\s"'<>]{1,200})[ \t]+>\}\}/g;

/** The text with the values of the project and of the front matter that it names; others stand as they are written. */
export function withShortcodes(written: string, facts: FactReader): string {
  const filled = written.replace(VALUE, (whole, name: string, key: string) => {
    const value = facts.ask(name === 'var' ? 'variable' : 'meta', key);
    return value === undefined ? whole : textOf(readInline(value), () => '?');
  });
  return unescapedShortcodes(filled);
}
