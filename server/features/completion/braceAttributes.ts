/** Attributes of figures, tables, callouts and other divs within braces: `![A quay](quay.png){#fig-quay fig-alt="…"}`. */
import { type CompletionItem, CompletionItemKind } from 'vscode-languageserver';
import type { Context } from './context';
import { rank, snippet } from './items';
import type { Place } from './place';

type Rows = readonly (readonly [name: string, doc: string])[];

const OF_IMAGES: Rows = [
  ['fig-alt', 'What the figure shows, for readers who do not see it'],
  ['width', 'As "60%" or "300"'],
  ['height', 'As "300"'],
  ['fig-align', 'Where it stands: left, center or right'],
  ['fig-scap', 'Short caption, for the list of figures'],
  ['fig-pos', 'Where LaTeX may set it, as "H"'],
  ['fig-env', 'Environment of LaTeX, as "figure*"'],
  ['group', 'Images with one name are a gallery of the lightbox'],
];

const OF_LAYOUTS: Rows = [
  ['layout-ncol', 'So many columns'],
  ['layout-nrow', 'So many rows'],
  ['layout', 'Widths of what stands in each row, as "[[1, 1], [1]]"'],
  ['layout-valign', 'How rows are aligned: top, center or bottom'],
];

const OF_FIGURES: Rows = [['fig-cap', 'Its caption'], ...OF_IMAGES.filter(([name]) => name !== 'group'), ...OF_LAYOUTS];

const OF_CALLOUTS: Rows = [
  ['title', 'Its title'],
  ['collapse', 'Whether it is folded at first: true or false'],
  ['icon', 'Whether it has its icon: true or false'],
  ['appearance', 'Its look: default, simple or minimal'],
];

const OF_CONDITIONS: Rows = [
  ['when-format', 'In this format, as "html"'],
  ['unless-format', 'In all formats but this'],
  ['when-profile', 'While this profile is active'],
  ['unless-profile', 'Unless this profile is active'],
  ['when-meta', 'Where this key of the metadata is true'],
];

const OF_TABLES: Rows = [['tbl-colwidths', 'Widths of its columns, as "[40, 60]"']];

export const braceAttributes: Context = {
  opensOn: ' ',
  items(place) {
    if (place.code !== undefined || place.cell !== undefined) return undefined;
    const found = /^(.*?[^`$\\]|)\{([^{}]*[ \t])([\w-]*)$/.exec(place.before);
    const known = found === null ? undefined : attributesOf(found[1]!, found[2]!);
    // Within quotes a value is written.
    if (found === null || known === undefined || found[2]!.split('"').length % 2 === 0) return undefined;
    const written = new Set([...found[2]!.matchAll(/([\w-]+)=/g)].map(([, name]) => name));
    return known.filter(([name]) => !written.has(name)).map((one, order) => row(one, order, found[3]!, place));
  },
};

/** What may stand in braces behind a text, where they have begun so; undefined where that is not known. */
function attributesOf(before: string, begun: string): Rows | undefined {
  if (/!\[[^\]]*\]\([^()]*\)$/.test(before)) return OF_IMAGES;
  if (/^\s*: /.test(before)) return /#tbl-/.test(begun) ? OF_TABLES : undefined;
  if (!/^\s*:{3,}\s*$/.test(before)) return undefined;
  if (/\.callout-/.test(begun)) return OF_CALLOUTS;
  if (/\.content-(?:visible|hidden)/.test(begun)) return OF_CONDITIONS;
  if (/#fig-/.test(begun)) return OF_FIGURES;
  return /#tbl-/.test(begun) ? [...OF_TABLES, ...OF_LAYOUTS] : undefined;
}

function row([name, doc]: Rows[number], order: number, typed: string, place: Place): CompletionItem {
  const range = { start: place.offset - typed.length, end: place.offset };
  const made = { label: name, kind: CompletionItemKind.Property, detail: doc, sortText: rank(order) };
  return snippet({ ...made, filterText: name }, `${name}="$0"`, range, place);
}
