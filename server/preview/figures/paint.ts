/**
 * Colours of figures. A figure is made for white paper; its neutral colours follow the page's theme, pale fills turn
 * into tints of the page, and strong colours are lightened where the page is dark.
 */

import { entryOf } from '../../../mlsys';
import type { Color } from '../../../mlsys/figures';

const NEUTRAL_NAMES: Readonly<Record<string, string>> = {
  black: '#000000',
  white: '#ffffff',
  gray: '#808080',
  grey: '#808080',
  dimgray: '#696969',
  dimgrey: '#696969',
  darkgray: '#a9a9a9',
  darkgrey: '#a9a9a9',
  silver: '#c0c0c0',
  lightgray: '#d3d3d3',
  lightgrey: '#d3d3d3',
  gainsboro: '#dcdcdc',
  whitesmoke: '#f5f5f5',
};

const PALE_NAMES = new Set(
  `aliceblue azure beige bisque blanchedalmond cornsilk floralwhite ghostwhite honeydew ivory lavender lavenderblush
  lemonchiffon lightblue lightcyan lightgoldenrodyellow lightgreen lightpink lightyellow linen mintcream mistyrose
  moccasin oldlace palegoldenrod paleturquoise papayawhip peachpuff powderblue seashell snow wheat`.split(/\s+/),
);

/** Value of a `fill` or `stroke` attribute. */
export function paint(color: Color): string {
  // A pattern has its own colours.
  if (color === 'none' || color.startsWith('url(')) return color;
  const hex = entryOf(NEUTRAL_NAMES, color) ?? color;
  if (!hex.startsWith('#')) return PALE_NAMES.has(color) ? tint(color) : strong(color);
  const long = hex.length < 6 ? [...hex.slice(1, 4)].map(digit => digit + digit).join('') : hex.slice(1, 7);
  const parts = [0, 2, 4].map(at => Number.parseInt(long.slice(at, at + 2), 16) / 255);
  const [low, high] = [Math.min(...parts), Math.max(...parts)];
  const light = (low + high) / 2;
  const opaque = `#${long}`;
  if (high - low < 0.06) {
    if (light < 0.35) return `var(--reckoner-ink,${opaque})`;
    if (light > 0.96) return `var(--reckoner-paper,${opaque})`;
    // The ground of an axes is paler than lines.
    if (light > 0.86) return `color-mix(in oklab,var(--reckoner-rule,${opaque}) 50%,var(--reckoner-paper,#fff))`;
    return light > 0.68 ? `var(--reckoner-rule,${opaque})` : strong(opaque);
  }
  return light > 0.78 ? tint(opaque) : strong(opaque);
}

function strong(color: string): string {
  return `color-mix(in oklab,${color} var(--reckoner-strength,100%),#fff)`;
}

function tint(color: string): string {
  return `color-mix(in oklab,${color} var(--reckoner-tint,100%),var(--reckoner-paper,#fff))`;
}

/** Opacity of an eight-digit colour, times an artist's own. */
export function opacityOf(color: Color, alpha: number | undefined): number {
  const own = /^#[0-9a-f]{8}$/i.test(color) ? Number.parseInt(color.slice(7), 16) / 255 : 1;
  return own * (alpha ?? 1);
}
