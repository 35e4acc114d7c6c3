/** A shortcode that stands as it is written. */
import { element, type Html, text } from './hast';

/** The shortcode, and why the page does not carry it out. */
export function shortcodeChip(name: string, args: readonly string[], why: string): Html {
  return element('code', { className: 'reckoner-shortcode', title: why }, [
    text(`{{< ${[name, ...args].join(' ')} >}}`),
  ]);
}
