/** A shortcode that stands as it is written. */
import type { Attributes } from '../chapter';
import { element, type Html, text } from './hast';

/** The shortcode, and why the page does not carry it out. */
export function shortcodeChip(name: string, args: readonly string[], why: string): Html {
  return element('code', { className: 'reckoner-shortcode', title: why }, [
    text(`{{< ${[name, ...args].join(' ')} >}}`),
  ]);
}

/** Code in which shortcodes are escaped by a third brace, as the page shows it. */
export function unescapedShortcodes(code: string): string {
  return code.includes('{{{<') ? code.replace(/\{(\{\{<[^\n]{0,2000}?>\}\})\}/g, '$1') : code;
}

/** Whether code or an address holds shortcodes that Quarto carries out there. */
export function holdsShortcodes(written: string, attributes?: Attributes): boolean {
  return /(?<!\{)\{\{</.test(written) && attributes?.get('shortcodes') !== 'false';
}
