/** Names of files behind `](`, and behind the shortcodes that name one: a folder at a time. */
import { type CompletionItem, CompletionItemKind } from 'vscode-languageserver';
import type { Context } from './context';
import { replacing } from './items';
import type { Place } from './place';

/** What is named where, and how far it is typed. */
export interface Named {
  readonly kind: 'image' | 'link' | 'include' | 'embed' | 'video' | 'bibliography' | 'csl' | 'css' | 'data';
  readonly typed: string;
}

/** Of each kind the files that are likely to be meant. */
const LIKELY: Readonly<Record<Named['kind'], RegExp>> = {
  image: /\.(?:png|jpe?g|gif|svg|webp|pdf)$/i,
  link: /^[^_].*\.(?:qmd|md|ipynb|html|pdf)$/i,
  include: /^_.*\.q?md$/i,
  embed: /^[^_].*\.(?:ipynb|qmd)$/i,
  video: /\.(?:mp4|webm|ogv|mov)$/i,
  bibliography: /\.(?:bib|bibtex|json|ya?ml)$/i,
  csl: /\.csl$/i,
  css: /\.s?css$/i,
  data: /\.(?:csv|tsv|json|ya?ml|toml|txt|xlsx?|parquet)$/i,
};

/** What takes no other files. */
const ONLY: ReadonlySet<Named['kind']> = new Set(['bibliography', 'csl', 'css', 'data']);

export const paths: Context = {
  opensOn: '(/ ',
  items(place) {
    const { code, cell, before, typed, context } = place;
    const named = code === undefined && cell === undefined ? namedIn(before) : undefined;
    if (named === undefined || context.filesIn === undefined) return undefined;
    // A blank opens the list of a shortcode alone.
    if (typed === ' ' && (named.typed !== '' || named.kind === 'image' || named.kind === 'link')) return [];
    if (/^[a-z][a-z0-9+.-]*:|^#|^\/\//i.test(named.typed)) return [];
    return fileItems(named, place);
  },
};

function namedIn(before: string): Named | undefined {
  const shortcode = /\{\{<[ \t]*(include|embed|video)[ \t]+["']?([^\s>"'#]*)$/.exec(before);
  if (shortcode !== null) return { kind: shortcode[1] as Named['kind'], typed: shortcode[2]! };
  const link = /(!?)\[[^\][]*(?:\[[^\][]*\][^\][]*)*\]\(([^\s()<>]*)$/.exec(before);
  return link === null ? undefined : { kind: link[1] === '!' ? 'image' : 'link', typed: link[2]! };
}

/** Files and folders of a folder that is typed so far, the likely ones first. */
export function fileItems({ kind, typed }: Named, place: Place): CompletionItem[] {
  const folder = typed.slice(0, typed.lastIndexOf('/') + 1);
  const rest = /^[^\s()<>"'/#]*/.exec(place.after)![0];
  const range = { start: place.offset - (typed.length - folder.length), end: place.offset + rest.length };
  return (place.context.filesIn?.(folder) ?? [])
    .filter(({ name }) => !name.startsWith('.') && !/[\s()<>"'#]/.test(name))
    .filter(({ name, isFolder }) => isFolder || !ONLY.has(kind) || LIKELY[kind].test(name))
    .map(({ name, isFolder }) => {
      const group = isFolder ? 1 : LIKELY[kind].test(name) ? 0 : 2;
      const made: CompletionItem = {
        label: isFolder ? `${name}/` : name,
        kind: isFolder ? CompletionItemKind.Folder : CompletionItemKind.File,
        sortText: `${group}${name}`,
      };
      return replacing(made, made.label, range, place);
    });
}
