/** Entries of BibTeX as items of CSL's data model. */
import type { BibliographyEntry } from '../../chapter/bibliography';
import { languageNamed, sentenceCase, withoutBraces } from './titleCase';

/** A person, or an organisation by its one name. */
export type CslName =
  | { readonly literal: string }
  | {
      readonly family: string;
      readonly given?: string;
      readonly suffix?: string;
      readonly 'non-dropping-particle'?: string;
    };

export interface CslDate {
  readonly 'date-parts': readonly (readonly number[])[];
}

/** An item, by CSL's names. */
export interface CslItem {
  readonly id: string;
  readonly type: string;
  readonly [field: string]: string | CslDate | readonly CslName[] | undefined;
}

const TYPES: Readonly<Record<string, string>> = {
  article: 'article-journal',
  book: 'book',
  booklet: 'pamphlet',
  collection: 'book',
  conference: 'paper-conference',
  dataset: 'dataset',
  electronic: 'webpage',
  inbook: 'chapter',
  incollection: 'chapter',
  inproceedings: 'paper-conference',
  manual: 'book',
  mastersthesis: 'thesis',
  mvbook: 'book',
  online: 'webpage',
  patent: 'patent',
  phdthesis: 'thesis',
  proceedings: 'book',
  report: 'report',
  software: 'software',
  standard: 'report',
  techreport: 'report',
  thesis: 'thesis',
  unpublished: 'manuscript',
  www: 'webpage',
};

const GENRES: Readonly<Record<string, string>> = { phdthesis: 'PhD thesis', mastersthesis: 'Master’s thesis' };

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** The item of an entry, for a chapter in a language. */
export function itemOf(entry: BibliographyEntry, language = 'en-US'): CslItem {
  if (entry.item !== undefined) return givenItem(entry.key, entry.item);
  const field = (...names: string[]): string | undefined => {
    for (const name of names) {
      const value = entry.field(name)?.trim();
      if (value !== undefined && value !== '') return value;
    }
    return undefined;
  };
  const names = (name: string): readonly CslName[] | undefined => {
    const source = entry.source(name);
    return source === undefined ? undefined : namesOf(source);
  };
  const type = Object.hasOwn(TYPES, entry.type) ? TYPES[entry.type]! : field('url') ? 'webpage' : 'document';
  const own = languageNamed(field('langid', 'hyphenation'));
  const isEnglish = /^en\b/i.test(own ?? language);
  const titled = (...among: string[]): string | undefined => {
    const name = among.find(one => field(one) !== undefined);
    const source = name === undefined ? undefined : entry.source(name);
    return source === undefined ? undefined : withoutBraces(isEnglish ? sentenceCase(source) : source);
  };
  const subtitle = titled('subtitle');
  const title = titled('title');
  const eprint = field('eprint');
  const isArxiv = /arxiv/i.test(field('archiveprefix', 'eprinttype') ?? '');
  const url = field('url') ?? (eprint !== undefined && isArxiv ? `https://arxiv.org/abs/${eprint}` : undefined);
  return defined({
    id: entry.key,
    type,
    author: names('author') ?? (type === 'book' ? undefined : names('organization')),
    editor: names('editor'),
    translator: names('translator'),
    title: title !== undefined && subtitle !== undefined ? `${title}: ${subtitle}` : title,
    'container-title': field('journal', 'journaltitle') ?? titled('booktitle', 'maintitle'),
    'collection-title': titled('series'),
    publisher: field('publisher', 'institution', 'school', 'organization', 'howpublished'),
    'publisher-place': field('address', 'location'),
    volume: field('volume'),
    issue: type === 'article-journal' ? field('number', 'issue') : field('issue'),
    number: type === 'article-journal' ? undefined : field('number'),
    edition: field('edition'),
    'chapter-number': field('chapter'),
    page: field('pages')?.replace(/\s*[–—-]+\s*/g, '–'),
    genre: field('type') ?? (Object.hasOwn(GENRES, entry.type) ? GENRES[entry.type] : undefined),
    DOI: field('doi')?.replace(/^https?:\/\/(?:dx\.)?doi\.org\//i, ''),
    URL: url,
    ISBN: field('isbn'),
    ISSN: field('issn'),
    version: field('version'),
    note: field('note'),
    abstract: undefined,
    language: own === 'und' ? undefined : own,
    issued: dateOf(field('date') ?? field('year'), field('month'), field('day')),
    accessed: dateOf(field('urldate'), undefined, undefined),
  });
}

const DATES: ReadonlySet<string> = new Set([
  'issued',
  'accessed',
  'available-date',
  'event-date',
  'original-date',
  'submitted',
]);

/** An item of a bibliography that is CSL itself, without what the processor could not read. */
function givenItem(id: string, given: Readonly<Record<string, unknown>>): CslItem {
  const item: Record<string, CslItem[string]> = {};
  for (const [name, value] of Object.entries(given)) {
    if (DATES.has(name)) item[name] = givenDate(value);
    else if (typeof value === 'string' || typeof value === 'number') item[name] = String(value);
    else if (Array.isArray(value))
      item[name] = value.filter(one => typeof one === 'object' && one !== null && !Array.isArray(one)) as CslName[];
  }
  return defined({ ...item, id, type: typeof given.type === 'string' ? given.type : 'document' });
}

/** `{date-parts: [[2020, 5]]}`, `{year: 2020, month: 5}`, a list of such, or a text. */
function givenDate(value: unknown): CslDate | undefined {
  if (typeof value === 'string' || typeof value === 'number') return dateOf(String(value), undefined, undefined);
  const dates = Array.isArray(value) ? value : [value];
  const parts = dates.flatMap((date: unknown): unknown[] => {
    if (typeof date !== 'object' || date === null) return [];
    const { 'date-parts': own, year, month, day, raw, literal } = date as Readonly<Record<string, unknown>>;
    if (Array.isArray(own)) return own;
    return year === undefined
      ? (dateOf(String(raw ?? literal ?? ''), undefined, undefined)?.['date-parts'].slice() ?? [])
      : [[year, month, day]];
  });
  const read = parts
    .filter(part => Array.isArray(part))
    .map(part => part.map(Number).filter(number => Number.isFinite(number)))
    .filter(part => part.length > 0);
  return read.length === 0 ? undefined : { 'date-parts': read.slice(0, 2) };
}

/** Without what is undefined. */
function defined(item: CslItem): CslItem {
  return Object.fromEntries(Object.entries(item).filter(([, value]) => value !== undefined)) as CslItem;
}

/** `2020`, `2020-05-01`, `2020/2021`; a month by its number or its name. */
function dateOf(written: string | undefined, month: string | undefined, day: string | undefined): CslDate | undefined {
  if (written === undefined) return undefined;
  const found = [...written.matchAll(/(-?\d{1,4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?/g)].slice(0, 2);
  if (found.length === 0) return undefined;
  const parts = found.map(([, ...each]) => each.filter(part => part !== undefined).map(Number));
  const named = monthOf(month);
  if (parts[0]!.length === 1 && named !== undefined) parts[0]!.push(named, ...(Number(day) >= 1 ? [Number(day)] : []));
  return { 'date-parts': parts };
}

function monthOf(written: string | undefined): number | undefined {
  if (written === undefined) return undefined;
  const number = Number(written);
  if (number >= 1 && number <= 12) return Math.floor(number);
  const at = MONTHS.indexOf(written.slice(0, 3).toLowerCase());
  return at < 0 ? undefined : at + 1;
}

/** A list of names as BibTeX has it: between `and`s outside of braces. `others` stands for those who are not named. */
export function namesOf(source: string): readonly CslName[] {
  return splitNames(source)
    .map(nameOf)
    .filter(name => name !== undefined);
}

function splitNames(source: string): string[] {
  const names: string[] = [];
  let depth = 0;
  let from = 0;
  for (const { 0: mark, index } of source.matchAll(/[{}]|\s+and\s+/g)) {
    if (mark === '{') depth++;
    else if (mark === '}') depth--;
    else if (depth === 0) {
      names.push(source.slice(from, index));
      from = index + mark.length;
    }
  }
  names.push(source.slice(from));
  return names;
}

function nameOf(written: string): CslName | undefined {
  const name = written.trim();
  if (name === '') return undefined;
  if (name === 'others') return { literal: 'others' };
  // What stands in braces as a whole is no person's name.
  if (/^\{[\s\S]*\}$/.test(name) && !/\}[^{}]*\{/.test(name)) return { literal: bare(name) };
  const parts = bare(name).split(/\s*,\s*/);
  if (parts.length === 1) return unsorted(parts[0]!);
  const [last = '', second = '', third] = parts;
  const given = third ?? second;
  const suffix = third === undefined ? undefined : second;
  return { ...familyOf(last.split(' ')), ...(given === '' ? {} : { given }), ...(suffix ? { suffix } : {}) };
}

const bare = (text: string): string => text.replace(/[{}]/g, '').replace(/~/g, ' ').replace(/\s+/g, ' ').trim();

/** `First von Last`: particles in small letters begin the family name. */
function unsorted(name: string): CslName {
  const words = name.split(' ');
  if (words.length === 1) return { family: name };
  const particle = words.findIndex((word, at) => at > 0 && at < words.length - 1 && /^\p{Ll}/u.test(word));
  const from = particle < 0 ? words.length - 1 : particle;
  const given = words.slice(0, from).join(' ');
  return { ...familyOf(words.slice(from)), ...(given === '' ? {} : { given }) };
}

function familyOf(words: readonly string[]): { family: string; 'non-dropping-particle'?: string } {
  let count = 0;
  while (count < words.length - 1 && /^\p{Ll}/u.test(words[count]!)) count++;
  const family = words.slice(count).join(' ');
  return count === 0 ? { family } : { family, 'non-dropping-particle': words.slice(0, count).join(' ') };
}
