/** Where names of the prose lead: labels and footnotes of the chapter, labels of other chapters, entries of bibliographies. */
import type { Hover, Location, LocationLink, Range } from 'vscode-languageserver';
import type { IncludedName } from '../chapter/fileNames';
import type { Chapter } from '../chapter/model';
import type { Analysis } from '../evaluation/analysis';
import { citationText } from './completion/resolve';
import { code, link, plain } from './describe';
import { type FeatureContext, toRange, uriAt } from './feature';
import { fileAt } from './fileLinks';
import { occurrenceAt, occurrencesOf, type ProseOccurrence } from './proseNames';
import { captionWords, words } from './sentence';

/** The definition of the name, or the file, at an offset of the prose. */
export function proseDefinition(analysis: Analysis, offset: number, context: FeatureContext): LocationLink[] | null {
  const { chapter } = analysis;
  const found = occurrenceAt(chapter, offset);
  if (found === undefined) {
    const file = fileAt(chapter, offset, context);
    if (file === undefined) return null;
    return [{ ...target(file.uri, TOP), originSelectionRange: toRange(chapter, file.range) }];
  }
  const originSelectionRange = toRange(chapter, found.range);
  return targetsOf(found, chapter, context).map(({ uri, range }) => ({ originSelectionRange, ...target(uri, range) }));
}

/** The same of an include. */
export function includedDefinition({ uri, range }: IncludedName): LocationLink[] {
  return [{ ...target(uri, TOP), originSelectionRange: range }];
}

const TOP: Range = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };

function target(uri: string, range: Range): LocationLink {
  return { targetUri: uri, targetRange: range, targetSelectionRange: range };
}

function targetsOf(found: ProseOccurrence, chapter: Chapter, { uri, label, citations }: FeatureContext): Location[] {
  if (found.kind === 'citation') {
    const entry = citations?.().find(({ key }) => key === found.key);
    return entry === undefined ? [] : [{ uri: entry.uri, range: entry.range }];
  }
  const own = occurrencesOf(found, chapter).find(({ isDefinition }) => isDefinition);
  if (own !== undefined) return [{ uri: uriAt(chapter, own.range.start, uri), range: toRange(chapter, own.range) }];
  const elsewhere = found.kind === 'label' ? label?.(found.key) : undefined;
  return elsewhere === undefined ? [] : [{ uri: elsewhere.uri, range: elsewhere.range }];
}

/** What the name at an offset of the prose leads to, in words. */
export function proseHover(
  analysis: Analysis,
  offset: number,
  context: FeatureContext,
): { readonly parts: readonly string[]; readonly range: ProseOccurrence['range'] } | undefined {
  const { chapter } = analysis;
  const found = occurrenceAt(chapter, offset);
  if (found === undefined) return fileHover(analysis, offset, context);
  const parts = wordsOf(found, analysis, context);
  return parts.length === 0 ? undefined : { parts, range: found.range };
}

/** Pictures that an editor can show. */
const PICTURE = /\.(?:png|jpe?g|gif|svg|webp)$/i;

/** The way to a file, with its picture where it is one. */
function fileHover({ chapter }: Analysis, offset: number, context: FeatureContext): ReturnType<typeof proseHover> {
  const file = fileAt(chapter, offset, context);
  if (file === undefined) return undefined;
  const name = chapter.slice(file.range.start, file.range.end);
  const shown = PICTURE.test(file.uri) ? [`![](${file.uri}|width=300)`] : [];
  return { parts: [...shown, `[${plain(name)}](${file.uri})`], range: file.range };
}

/** The way to the file that an include puts in. */
export function includedHover({ name, uri, range }: IncludedName): Hover {
  return { contents: { kind: 'markdown', value: `[${plain(name)}](${uri})` }, range };
}

function wordsOf(found: ProseOccurrence, analysis: Analysis, context: FeatureContext): string[] {
  switch (found.kind) {
    case 'label':
      return labelWords(found, analysis, context);
    case 'citation': {
      const entry = context.citations?.().find(({ key }) => key === found.key);
      if (entry === undefined) return [];
      return [...citationText(entry), `[${plain(entry.key)}](${entry.uri}#L${entry.range.start.line + 1})`];
    }
    case 'footnote':
      return noteWords(found.key, analysis);
  }
}

function labelWords({ key, isDefinition }: ProseOccurrence, analysis: Analysis, context: FeatureContext): string[] {
  const { chapter } = analysis;
  const { uri, label, numberOf } = context;
  const own = chapter.labels.find(({ id }) => id === key);
  if (own !== undefined) {
    const number = numberOf?.(key);
    const caption = own.caption === undefined ? own.id : captionWords(own.caption, own.block.range, analysis);
    const title = link(caption, uri, analysis, own.range.start);
    if (!isDefinition) return [number === undefined ? title : `${plain(number)}: ${title}`];
    const count = occurrencesOf({ kind: 'label', key }, chapter).filter(one => !one.isDefinition).length;
    return [
      `${number === undefined ? code(key) : plain(number)}, referred to ${count === 1 ? 'once' : `${count} times`} here`,
    ];
  }
  const found = label?.(key);
  if (found === undefined) return [];
  const place = `[${plain(found.text)}](${found.uri}#L${found.range.start.line + 1})`;
  if (found.caption === undefined) return [place];
  // Its values are known where that chapter is open.
  const there = context.chapters?.().find(one => one.uri === found.uri)?.analysis;
  const block = there?.chapter.labels.find(({ id }) => id === key)?.block;
  const caption = there && block ? captionWords(found.caption, block.range, there) : found.caption;
  return [`${place}: ${plain(caption)}`];
}

/** Longest text of a footnote that is shown. */
const LONGEST_NOTE = 1000;

function noteWords(id: string, analysis: Analysis): string[] {
  const { chapter } = analysis;
  const note = chapter.nodes('footnote').find(({ node }) => node.id === id);
  if (note === undefined) return [];
  const { start, end } = note.place(note.node.textRange);
  const text = words(chapter.slice(start, end), analysis, start).trim();
  return [plain(text.length > LONGEST_NOTE ? `${text.slice(0, LONGEST_NOTE)}…` : text)];
}
