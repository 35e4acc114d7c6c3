/** Callouts and other divs behind `:::`, and classes within `{.`. */
import { type CompletionItem, CompletionItemKind } from 'vscode-languageserver';
import type { Context } from './context';
import { rank, replacing, snippet } from './items';
import type { Place } from './place';

/** Kinds of callouts that Quarto knows. */
const CALLOUTS: readonly (readonly [string, string])[] = [
  ['note', 'Something to take note of'],
  ['tip', 'Advice'],
  ['warning', 'Something to beware of'],
  ['important', 'Something not to be missed'],
  ['caution', 'Something to be careful with'],
];

const CLASSES: readonly (readonly [string, string])[] = [
  ['panel-tabset', 'Headings within it become tabs'],
  ['column-margin', 'In the margin'],
  ['column-page', 'As wide as the page'],
  ['column-screen', 'As wide as the window'],
  ['column-body-outset', 'A little wider than the text'],
  ['content-visible', 'Shown in some formats only: when-format="html"'],
  ['content-hidden', 'Hidden in some formats: when-format="html"'],
  ['aside', 'In the margin, without a number'],
  ['incremental', 'Lists that come one by one on slides'],
  ['columns', 'Columns side by side'],
  ['column', 'One of them: width="50%"'],
];

const OF_HEADINGS: readonly (readonly [string, string])[] = [
  ['unnumbered', 'Without a number'],
  ['unlisted', 'Not in the table of contents'],
];

const OF_SPANS: readonly (readonly [string, string])[] = [
  ['mark', 'Marked text'],
  ['underline', 'Underlined text'],
  ['smallcaps', 'Small capitals'],
  ['aside', 'In the margin'],
  ['column-margin', 'In the margin'],
];

export const divs: Context = {
  opensOn: '{.',
  items(place) {
    if (place.code !== undefined || place.cell !== undefined) return undefined;
    const opened = /^(\s*)(:{3,})[ \t]*(\{?)[ \t]*(\.?)([\w-]*)$/.exec(place.before);
    // A line such as `:::` or `::: note` may end there: only behind a brace the list opens by itself.
    if (opened !== null && opened[3] === '')
      return opened[5] === '' && place.typed === undefined ? openers(place, opened) : [];
    if (opened !== null) return openers(place, opened);
    const inBraces = /(?:^|[^`$\\])\{([^{}]*\s)?\.([\w-]*)$/.exec(place.before);
    return inBraces === null ? undefined : classRows(place, inBraces[2]!);
  },
};

/** Whole divs, closed behind the cursor. */
function openers(place: Place, [whole, indent, colons]: RegExpExecArray): CompletionItem[] {
  const range = { start: place.offset - (whole!.length - indent!.length), end: place.offset + closing(place) };
  const own = ownCallouts(place);
  const callouts = [...CALLOUTS, ...own.map(name => [name, 'As in this chapter'] as const)];
  const rows = callouts.map(([name, doc], order) => {
    const title = own.includes(name) ? ' title="${1:Title}"' : '';
    const text = `${colons} {.callout-${name}${title}}\n${indent}$0\n${indent}${colons}`;
    const made = { label: `callout-${name}`, kind: CompletionItemKind.Snippet, detail: doc, sortText: rank(0, order) };
    return snippet({ ...made, filterText: `${colons} {.callout-${name}` }, text, range, place);
  });
  const others = [...CLASSES, ...classesUsed(place).map(name => [name, 'As in this chapter'] as const)];
  return [
    ...rows,
    ...others.map(([name, doc], order) => {
      const text = `${colons} {.${name}}\n${indent}$0\n${indent}${colons}`;
      const made = { label: name, kind: CompletionItemKind.Snippet, detail: doc, sortText: rank(1, order) };
      return snippet({ ...made, filterText: `${colons} {.${name}` }, text, range, place);
    }),
  ];
}

/** What the editor put behind the cursor by itself. */
function closing({ after }: Place): number {
  return /^[}\s]*$/.test(after) ? after.length : /^\}?/.exec(after)![0].length;
}

function classRows(place: Place, typed: string): CompletionItem[] {
  const isHeading = /^#{1,6}\s/.test(place.before);
  const isSpan = /\][ \t]*\{[^{}]*$/.test(place.before);
  const known = isHeading ? OF_HEADINGS : isSpan ? OF_SPANS : [...OF_SPANS, ...CLASSES, ...OF_HEADINGS];
  const used = isHeading || isSpan ? [] : classesUsed(place).map(name => [name, 'As in this chapter'] as const);
  const range = { start: place.offset - typed.length, end: place.offset };
  return [...new Map([...known, ...used])].map(([name, doc], order) =>
    replacing(
      { label: name, kind: CompletionItemKind.EnumMember, detail: doc, sortText: rank(order) },
      name,
      range,
      place,
    ),
  );
}

/** Kinds of callouts of the book's own that the chapter has. */
function ownCallouts({ analysis }: Place): string[] {
  const known = new Set(CALLOUTS.map(([name]) => name));
  const found = new Set(analysis.chapter.divs.flatMap(({ callout }) => callout ?? []));
  return [...found].filter(name => !known.has(name) && /^[\w-]+$/.test(name)).sort();
}

/** Other classes of the chapter's divs. */
function classesUsed({ analysis }: Place): string[] {
  const known = new Set(CLASSES.map(([name]) => name));
  const found = new Set(analysis.chapter.divs.flatMap(({ classes }) => classes));
  return [...found].filter(name => /^[\w-]+$/.test(name) && !name.startsWith('callout-') && !known.has(name)).sort();
}
