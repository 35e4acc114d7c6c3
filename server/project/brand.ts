/** A project's brand (`_brand.yml`), of which chapters put in colours and logos by `{{< brand color name >}}`. */
import { isMetadata } from '../chapter/execution';
import type { Metadata } from '../chapter/model';
import type { FileAccess } from '../files/access';
import { dirname, join, relative, sep } from '../files/path';
import { projectRoot } from '../files/roots';
import { valuesIn } from './valueFiles';

/** Pages for which a value is meant. */
export type BrandMode = 'light' | 'dark';

/** A picture by its address in the chapter. */
export interface BrandLogo {
  readonly url: string;
  readonly alt: string | undefined;
}

/** What a chapter and its project say under `brand`. */
export interface BrandSaid {
  readonly own: unknown;
  readonly project: unknown;
}

/** The file with the brand of a chapter; undefined where none is named that is read. */
function brandFile(chapter: string, { own, project }: BrandSaid, files: FileAccess): string | undefined {
  const root = projectRoot(chapter, files);
  if (own === undefined && project === undefined) return join(root, '_brand.yml');
  const named = own ?? project;
  // Brands that are written in place, or one for light and one for dark pages, are not read.
  if (typeof named !== 'string') return undefined;
  if (named.startsWith('/')) return join(root, named.slice(1));
  return join(own === undefined ? root : dirname(chapter), named);
}

/** The brand of a chapter. Its file is looked for with each question: few chapters ask. */
export class Brand {
  readonly #chapter: string;
  readonly #said: BrandSaid;
  readonly #files: FileAccess;

  constructor(chapter: string, said: BrandSaid, files: FileAccess) {
    this.#chapter = chapter;
    this.#said = said;
    this.#files = files;
  }

  get #file(): { readonly path: string; readonly values: Metadata } | undefined {
    const path = brandFile(this.#chapter, this.#said, this.#files);
    return path === undefined ? undefined : { path, values: valuesIn(path, this.#files) };
  }

  /** A colour of the brand, as CSS writes it; undefined for one that it does not have. */
  color(name: string, mode: BrandMode): string | undefined {
    const colours = this.#file?.values.color;
    if (!isMetadata(colours)) return undefined;
    const { palette } = colours;
    let value = colourNamed(colours, palette, name, mode);
    // A colour may name another one.
    for (let steps = 0; steps < MOST_NAMES && value !== undefined; steps++) {
      const next = colourNamed(colours, palette, value, mode);
      if (next === undefined) return value;
      value = next;
    }
    return undefined;
  }

  /** A logo of the brand: `small`, `medium`, `large`, or the name of one of its pictures. */
  logo(name: string, mode: BrandMode): BrandLogo | undefined {
    const file = this.#file;
    const logos = file?.values.logo;
    if (file === undefined || !isMetadata(logos)) return undefined;
    const images = isMetadata(logos.images) ? logos.images : {};
    const named = name !== 'images' && Object.hasOwn(logos, name) ? logos[name] : undefined;
    const sized = isMetadata(named) && !('path' in named) ? named[mode] : named;
    const picture =
      typeof sized === 'string' && Object.hasOwn(images, sized)
        ? images[sized]
        : (sized ?? (named === undefined && Object.hasOwn(images, name) ? images[name] : undefined));
    const written = isMetadata(picture) ? picture.path : picture;
    if (typeof written !== 'string' || written === '') return undefined;
    const alt = isMetadata(picture) && typeof picture.alt === 'string' ? picture.alt : undefined;
    if (/^[a-z][a-z0-9+.-]*:/i.test(written)) return { url: written, alt };
    const place = relative(dirname(this.#chapter), join(dirname(file.path), written.replace(/^\//, '')));
    return { url: place.split(sep).map(encodeURIComponent).join('/'), alt };
  }
}

const MOST_NAMES = 10;

function colourNamed(colours: Metadata, palette: unknown, name: string, mode: BrandMode): string | undefined {
  const within = (place: unknown): string | undefined => {
    const found = isMetadata(place) && Object.hasOwn(place, name) ? place[name] : undefined;
    const one = isMetadata(found) ? found[mode] : found;
    return typeof one === 'string' && one !== name ? one : undefined;
  };
  return (name === 'palette' ? undefined : within(colours)) ?? within(palette);
}
