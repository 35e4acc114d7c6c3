/** What makes a chapter's HTML need nothing but itself: style with the fonts that it uses, pictures as data, links to pages. */
import { createHash } from 'node:crypto';
import { extname, join } from 'node:path';
import type { FileAccess } from '../files/access';
import { filesIn } from '../files/node';

/** A tag of the preview's own writer; text of the chapter holds no `<` that stands for itself. */
const ATTRIBUTES = '(?: [\\w:-]+(?:="[^"]*")?)*';

/** What a Content Security Policy calls a text. */
export function hashOf(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}

/** True where something of the HTML is still being set or drawn. */
export function isWaiting(html: string): boolean {
  return new RegExp(`<\\w+${ATTRIBUTES} aria-busy="true"`).test(html);
}

/** The HTML without what only a live page can do: numbers stand there to be read. */
export function withoutActions(html: string): string {
  return html.replace(
    new RegExp(`(<span${ATTRIBUTES}) data-c="\\d+" tabindex="0" role="button" aria-haspopup="dialog"`, 'g'),
    '$1',
  );
}

/** The HTML with each picture's file as data; `load` gives the content of a picture by its address, as a data URI. */
export function withPictures(html: string, load: (address: string) => string | undefined): string {
  return html.replace(new RegExp(`<img${ATTRIBUTES}>`, 'g'), tag =>
    tag.replace(/ data-src="([^"]*)"/, (whole, address: string) => {
      const data = load(unescaped(address));
      return data === undefined ? `${whole} class="reckoner-missing"` : ` src="${data}"`;
    }),
  );
}

/** The HTML with its links to other chapters leading to their pages; `pageOf` gives a page's address by a chapter's. */
export function withLinks(html: string, pageOf: (address: string) => string | undefined): string {
  return html.replace(new RegExp(`<a${ATTRIBUTES}>`, 'g'), tag =>
    tag.replace(/ href="([^"#][^"#]*)(#[^"]*)?"/, (whole, address: string, label = '') => {
      const page = pageOf(unescaped(address));
      return page === undefined ? whole : ` href="${escaped(page)}${label}"`;
    }),
  );
}

function unescaped(text: string): string {
  return text
    .replace(/&#x([0-9a-f]+);/gi, (_, code: string) => String.fromCodePoint(Number.parseInt(code, 16)))
    .replaceAll('&quot;', '"')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
}

/** Style sheet and script of the page, from the folder of the program. */
export class PageAssets {
  readonly #folder: string;
  readonly #files: FileAccess;
  readonly #style: string;
  readonly script: string;
  #diagrams: { readonly script: string; readonly hash: string } | undefined;

  constructor(folder: string) {
    this.#folder = folder;
    this.#files = filesIn(folder);
    this.#style = this.#files.readText(join(folder, 'preview.css'));
    this.script = this.#scriptFrom('preview.js');
  }

  /** What draws diagrams, where a page has one. */
  diagramsFor(html: string): { readonly script: string; readonly hash: string } | undefined {
    if (!html.includes('<reckoner-diagram')) return undefined;
    if (this.#diagrams === undefined) {
      const script = this.#scriptFrom('diagrams.js');
      this.#diagrams = { script, hash: hashOf(script) };
    }
    return this.#diagrams;
  }

  #scriptFrom(name: string): string {
    return this.#files
      .readText(join(this.#folder, name))
      .replace(/\n\/\/# sourceMappingURL=.*\s*$/, '\n')
      .replaceAll('</script', '<\\/script')
      .replaceAll('<!--', '<\\!--');
  }

  /** The style sheet with those fonts for formulas that a page uses, as data. */
  styleFor(html: string): string {
    const used = usedFonts(this.#style, html);
    return this.#style.replace(/@font-face\s*\{[^}]*\}\s*/g, face => {
      if (!isUsed(face, used)) return '';
      return face.replace(/url\(["']?([^"')]+)["']?\)/g, (_, file: string) => {
        const content = Buffer.from(this.#files.readBytes(join(this.#folder, file))).toString('base64');
        return `url(data:font/${extname(file).slice(1)};base64,${content})`;
      });
    });
  }
}

interface UsedFonts {
  /** By family: true where it is set in italics somewhere. */
  readonly italic: ReadonlyMap<string, boolean>;
  readonly isBold: boolean;
}

/** The fonts of the rules whose classes all stand in the HTML. */
function usedFonts(style: string, html: string): UsedFonts {
  const classes = new Set<string>();
  for (const [, names = ''] of html.matchAll(/ class="([^"]*)"/g))
    for (const name of names.split(' ')) classes.add(name);
  const italic = new Map<string, boolean>();
  let isBold = false;
  for (const [, selectors = '', body = ''] of style.matchAll(/([^{}]+)\{([^{}]*)\}/g)) {
    const applies = selectors.split(',').some(selector => {
      const names = [...selector.matchAll(/\.(-?[A-Za-z_][\w-]*)/g)].map(([, name]) => name!);
      return names.length > 0 && names.every(name => classes.has(name));
    });
    if (!applies || !selectors.includes('.katex')) continue;
    if (/font-weight:\s*(?:700|bold)/.test(body)) isBold = true;
    for (const [family] of body.matchAll(/KaTeX_\w+/g))
      italic.set(family, italic.get(family) === true || /font-style:\s*italic/.test(body));
  }
  return { italic, isBold };
}

function isUsed(face: string, { italic, isBold }: UsedFonts): boolean {
  const family = /KaTeX_\w+/.exec(face)?.[0];
  if (family === undefined || !italic.has(family)) return false;
  if (/font-style:\s*italic/.test(face) && italic.get(family) !== true) return false;
  return isBold || !/font-weight:\s*(?:700|bold)/.test(face);
}
