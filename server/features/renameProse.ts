/** Renames labels, citation keys and footnotes wherever they are used; refuses what would not be right. */
import { LSPErrorCodes, ResponseError, type TextEdit, type WorkspaceEdit } from 'vscode-languageserver';
import { labelKind } from '../chapter/labels';
import type { Chapter } from '../chapter/model';
import type { CitedEntry, FeatureContext } from './feature';
import { proseLocations, type SharingChapter, sharingChapters } from './proseLocations';
import { occurrencesOf, type ProseOccurrence } from './proseNames';

type ProseName = Pick<ProseOccurrence, 'kind' | 'key'>;

/** The edits; throws a `ResponseError` that says why where the name must stay. */
export function renamedProse(
  found: ProseName,
  given: string,
  chapter: Chapter,
  context: FeatureContext,
): WorkspaceEdit {
  const newKey = given.replace(/^[@#]/, '');
  const chapters = sharingChapters(found, chapter, context);
  const reason = newKey === found.key ? undefined : obstacle(found, newKey, chapters, context);
  if (reason !== undefined) throw refusal(reason);
  const changes: Record<string, TextEdit[]> = {};
  for (const { uri, range, written, entry } of proseLocations(found, chapter, context)) {
    const newText = entry === undefined ? asWritten(newKey, written, found) : inEntry(newKey, entry, context);
    changes[uri] ??= [];
    changes[uri].push({ range, newText });
  }
  return { changes };
}

/** A key as it is written in a bibliography; its places there are those of the file on disk. */
function inEntry(newKey: string, { key, uri, range, writeKey }: CitedEntry, { textOf }: FeatureContext): string {
  if (writeKey === undefined)
    throw refusal(`${fileOf(uri)} gives "${key}" in a way that cannot be rewritten, such as by an alias.`);
  const { start, end } = range;
  const line = uri.endsWith('.qmd') ? undefined : textOf?.(uri)?.split('\n')[start.line];
  if (line !== undefined && line.slice(start.character, end.character) !== key)
    throw refusal(`${fileOf(uri)} has changes that are not saved: save it first.`);
  return writeKey(newKey);
}

/** A prefix with a capital, as at the beginning of a sentence, keeps it. */
function asWritten(newKey: string, written: string, { kind, key }: ProseName): string {
  const isRaised = kind === 'label' && written !== key && written[0] === key[0]!.toUpperCase();
  return isRaised ? newKey[0]!.toUpperCase() + newKey.slice(1) : newKey;
}

function obstacle(
  found: ProseName,
  newKey: string,
  chapters: readonly SharingChapter[],
  context: FeatureContext,
): string | undefined {
  return (
    unfit(found, newKey) ??
    taken(found, newKey, chapters, context) ??
    undefinedName(found, chapters, context) ??
    unread(found, chapters)
  );
}

function unfit({ kind, key }: ProseName, newKey: string): string | undefined {
  if (kind === 'footnote') return /^[^\]\s^[]+$/.test(newKey) ? undefined : `"${newKey}" cannot name a footnote.`;
  if (!/^[\p{L}\p{N}_](?:[\p{L}\p{N}_]|[:.#$%&+?<>~/-](?=[\p{L}\p{N}_]))*$/u.test(newKey))
    return `"${newKey}" cannot be written behind "@".`;
  const prefix = kind === 'label' ? labelKind(key) : undefined;
  const newPrefix = labelKind(newKey);
  if (kind === 'citation' && newPrefix !== undefined)
    return `"${newKey}" would be read as a cross-reference: "${newPrefix}-" is the prefix of a label.`;
  if (kind === 'label' && prefix !== newPrefix)
    return prefix === undefined
      ? `"${newKey}" would be numbered: "${newPrefix}-" is the prefix of a kind of label.`
      : `The label must begin with "${prefix}-", by which Quarto knows what it numbers.`;
  return undefined;
}

function taken(
  { kind }: ProseName,
  newKey: string,
  chapters: readonly SharingChapter[],
  { citations, label }: FeatureContext,
): string | undefined {
  for (const { uri, chapter } of chapters) {
    const other = occurrencesOf({ kind, key: newKey }, chapter)[0];
    if (other !== undefined) return `"${newKey}" is there already, in ${place(uri, other.range.start, chapter)}.`;
  }
  if (kind === 'citation' && citations?.().some(({ key }) => key === newKey) === true)
    return `"${newKey}" is the key of another entry already.`;
  const elsewhere = kind === 'label' ? label?.(newKey) : undefined;
  return (
    elsewhere && `"${newKey}" is a label already, in ${fileOf(elsewhere.uri)} (line ${elsewhere.range.start.line + 1}).`
  );
}

/** What nothing defines may be defined where nobody looks. */
function undefinedName(
  { kind, key }: ProseName,
  chapters: readonly SharingChapter[],
  { citations }: FeatureContext,
): string | undefined {
  if (kind === 'citation')
    return citations?.().some(one => one.key === key) === true
      ? undefined
      : `"${key}" is in no bibliography of this chapter, so that its entry would keep its name.`;
  const definitions = chapters.flatMap(({ uri, chapter, places }) =>
    places.filter(({ isDefinition }) => isDefinition).map(({ range }) => place(uri, range.start, chapter)),
  );
  if (definitions.length === 0) return `Nothing known here defines "${key}".`;
  return definitions.length === 1
    ? undefined
    : `"${key}" is defined more than once: in ${definitions.join(' and in ')}.`;
}

/** The name stands where it is not read, such as in TeX or HTML: nobody knows whether it is meant there. */
function unread(found: ProseName, chapters: readonly SharingChapter[]): string | undefined {
  const { kind, key } = found;
  const word = key.replaceAll(/[.*+?^${}()|[\]\\/-]/g, '\\$&');
  const source =
    kind === 'footnote'
      ? `\\[\\^(?=${word}\\])`
      : kind === 'citation' || labelKind(key) === undefined
        ? `[@#{](?=${word}(?![\\w-]))`
        : `(?<![\\w.-])(?=${word}(?![\\w-]|\\.\\w))`;
  const mention = new RegExp(source, 'g');
  for (const { uri, chapter, places } of chapters) {
    if (!chapter.text.includes(key)) continue;
    const read = new Set(places.map(({ range }) => range.start));
    const quiet = chapter.nodes('comment').map(({ range }) => range);
    for (const { index, 0: mark } of chapter.text.matchAll(mention)) {
      const at = index + mark.length;
      if (read.has(at) || quiet.some(({ start, end }) => start <= at && at < end)) continue;
      return `"${key}" also stands in ${place(uri, at, chapter)}, in a text that is not read for it.`;
    }
  }
  return undefined;
}

function refusal(message: string): ResponseError<void> {
  return new ResponseError(LSPErrorCodes.RequestFailed, message);
}

function place(uri: string, offset: number, { lines }: Chapter): string {
  return `${fileOf(uri)} (line ${lines.rangeOf({ start: offset, end: offset }).start.line + 1})`;
}

/** The last name of a file's path. */
function fileOf(uri: string): string {
  return decodeURIComponent(uri.slice(uri.lastIndexOf('/') + 1));
}
