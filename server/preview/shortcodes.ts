/** Quarto's shortcodes. What they would fetch or run is named, not fetched; those of extensions stand as chips. */
import type { FactReader } from './facts';
import type { BlockFiller } from './fill';
import { element, type Html, text } from './hast';
import { embeddedNodes } from './html';
import { imageNodes } from './images';
import { placeholderNodes } from './placeholder';
import { shortcodeChip as chip } from './shortcodeChip';

/** Text to fill a page with, as `lipsum` puts it in. */
const LIPSUM =
  'Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do eiusmod tempor incididunt ut labore et dolore magna aliqua. ' +
  'Ut enim ad minim veniam, quis nostrud exercitation ullamco laboris nisi ut aliquip ex ea commodo consequat. ' +
  'Duis aute irure dolor in reprehenderit in voluptate velit esse cillum dolore eu fugiat nulla pariatur. ' +
  'Excepteur sint occaecat cupidatat non proident, sunt in culpa qui officia deserunt mollit anim id est laborum.';

const MOST_PARAGRAPHS = 20;

/** `name="value"` of arguments, and those without a name. */
function argumentsOf(args: readonly string[]): {
  readonly plain: readonly string[];
  readonly named: ReadonlyMap<string, string>;
} {
  const plain: string[] = [];
  const named = new Map<string, string>();
  for (let at = 0; at < args.length; at++) {
    const own = args[at]!;
    const equals = own.indexOf('=');
    if (equals <= 0 || /[:/?]/.test(own.slice(0, equals))) plain.push(own);
    // A quoted value is an argument of its own.
    else if (equals === own.length - 1) named.set(own.slice(0, -1), args[++at] ?? '');
    else named.set(own.slice(0, equals), own.slice(equals + 1));
  }
  return { plain, named };
}

export function shortcodeNodes(name: string, args: readonly string[], filler: BlockFiller): Html[] {
  const { plain, named } = argumentsOf(args);
  const [first = ''] = plain;
  switch (name) {
    case 'pagebreak':
      return [element('span', { className: 'reckoner-page-break' }, [])];
    case 'meta':
      return valueNodes(filler.facts.ask('meta', first), name, args, filler);
    case 'var':
      return valueNodes(filler.facts.ask('variable', first), name, args, filler);
    case 'env':
      return [chip(name, args, 'The preview reads nothing of the environment.')];
    case 'kbd':
      return keyboardNodes(plain, named.get('win') ?? named.get('linux'));
    case 'video':
      return embeddedNodes(first, named.get('title') ?? 'Video');
    case 'lipsum':
      return Array.from({ length: paragraphsOf(first) }, (_, at) => text(`${at === 0 ? '' : ' '}${LIPSUM}`));
    case 'placeholder':
      return placeholderNodes(plain);
    case 'embed':
      return [chip(name, args, 'The preview puts in a notebook that is a paragraph of its own.')];
    case 'fa':
    case 'bi':
    case 'iconify':
      return [element('span', { className: 'reckoner-icon', role: 'img', ariaLabel: plain.join(' ') }, [text('◆')])];
    case 'version':
      return [chip(name, args, 'The version of Quarto, which is known when the book is rendered.')];
    case 'contents':
      return [chip(name, args, 'The preview moves cells and divs, to paragraphs of their own that are in no list.')];
    case 'brand':
      return brandNodes(args, plain, filler.facts);
    default:
      return [chip(name, args, 'A shortcode that the preview does not know: shown when the book is rendered.')];
  }
}

/** What a shortcode that is a paragraph becomes. */
export function shortcodeBlocks(name: string, args: readonly string[], filler: BlockFiller): Html[] {
  if (name !== 'lipsum') return shortcodeNodes(name, args, filler);
  const { plain } = argumentsOf(args);
  return Array.from({ length: paragraphsOf(plain[0]) }, () => element('p', {}, [text(LIPSUM)]));
}

/** How many paragraphs are asked for: `3`, or `2-4`. */
function paragraphsOf(written = '5'): number {
  const [from = 5, to] = Array.from(written.matchAll(/\d+/g), Number);
  return Math.min(MOST_PARAGRAPHS, Math.max(1, to === undefined ? from : to - from + 1));
}

/** A colour of the brand in words, or a logo: for light and for dark pages, where it does not say for which. */
function brandNodes(args: readonly string[], [what, name, mode]: readonly string[], facts: FactReader): Html[] {
  const none = [chip('brand', args, 'The preview finds no such colour or logo in the brand of the project.')];
  if (name === undefined || (mode !== undefined && mode !== 'light' && mode !== 'dark')) return none;
  if (what === 'color') {
    const colour = facts.ask('brandColor', name, mode ?? 'light');
    return colour === undefined ? none : [text(colour)];
  }
  if (what !== 'logo') return none;
  const light = facts.ask('brandLogo', name, 'light') ?? facts.ask('brandLogo', name, 'dark');
  const dark = facts.ask('brandLogo', name, 'dark') ?? light;
  if (light === undefined || dark === undefined) return none;
  const only = mode === 'dark' ? dark : mode === 'light' || light.url === dark.url ? light : undefined;
  if (only !== undefined) return imageNodes(only, only.alt ?? '', facts);
  return [
    element('span', { className: 'light-content' }, imageNodes(light, light.alt ?? '', facts)),
    element('span', { className: 'dark-content' }, imageNodes(dark, dark.alt ?? '', facts)),
  ];
}

function valueNodes(value: string | undefined, name: string, args: readonly string[], filler: BlockFiller): Html[] {
  return value === undefined ? [chip(name, args, 'No such value.')] : filler.inline(value);
}

/** `Ctrl-Shift-P` as keys. */
function keyboardNodes(plain: readonly string[], own: string | undefined): Html[] {
  const written = plain.join(' ') || own || '';
  const keys = written.split(/(?<=[^\s+-])[+-](?=[^\s])/).map(key => key.trim());
  return keys.flatMap((key, at) => [...(at === 0 ? [] : [text('+')]), element('kbd', {}, [text(key)])]);
}
