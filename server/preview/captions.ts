/** Where the caption of a figure or a table stands: what it says itself counts before the chapter, and that before its kind. */
import type { Attributes } from '../chapter/model';
import { foreign, type Html } from './hast';

export type CaptionPlace = 'top' | 'bottom' | 'margin';

/** The option that says where captions of a kind stand. */
export const locationOption = (kind: string): string => `${kind}-cap-location`;

/** The place that attributes or a class give a caption of this kind (`fig-cap-location="top"`, `.fig-cap-location-top`). */
export function ownPlace(kind: string, own: Attributes | undefined): CaptionPlace | undefined {
  const name = locationOption(kind);
  const said = own?.classes.find(one => one.startsWith(`${name}-`))?.slice(name.length + 1);
  return placeOf(own?.get(name) ?? said);
}

export function placeOf(said: unknown): CaptionPlace | undefined {
  return said === 'top' || said === 'bottom' || said === 'margin' ? said : undefined;
}

/** The children of a figure: what it shows, and its caption, if there is one. */
export function captioned(shown: readonly Html[], words: readonly Html[], place: CaptionPlace = 'bottom'): Html[] {
  if (words.length === 0) return [...shown];
  const caption = foreign('figcaption', place === 'margin' ? { className: ['column-margin'] } : {}, words);
  return place === 'bottom' ? [...shown, caption] : [caption, ...shown];
}

/** The caption of a table, which its first child must be. */
export function tableCaption(words: readonly Html[], place: CaptionPlace = 'top'): Html[] {
  const name = { top: undefined, bottom: 'reckoner-below', margin: 'reckoner-beside' }[place];
  return words.length === 0 ? [] : [foreign('caption', name === undefined ? {} : { className: [name] }, words)];
}
