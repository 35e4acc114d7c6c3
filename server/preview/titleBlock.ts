/** The title block that Quarto makes of the front matter, and the table of contents. */
import { isMetadata } from '../chapter/execution';
import { readText } from '../chapter/prose';
import type { FactReader } from './facts';
import { BlockFiller } from './fill';
import { element, foreign, type Html, text } from './hast';
import { languageOf, shownMeta } from './metadata';
import { ProseConverter } from './prose';
import { anchorOf } from './text';

/** The nodes of the title block; none without a title. */
export function titleNodes(facts: FactReader): Html[] {
  const { chapter } = facts.page.analysis;
  const filler = new BlockFiller(facts, undefined);
  const contents = contentsNodes(facts, filler);
  const { frontMatter } = chapter;
  if (frontMatter === undefined) return contents;
  const { title, data } = frontMatter;
  const inline = (value: unknown): Html[] => {
    const shown = shownMeta(value);
    return shown === undefined || shown.trim() === '' ? [] : filler.inline(shown);
  };
  const paragraph = (className: string, words: readonly Html[]): Html[] =>
    words.length === 0 ? [] : [element('p', { className }, words)];
  const number = facts.ask('titleNumber');
  const numbered = number === undefined ? [] : [element('span', { className: 'reckoner-number' }, [text(number)])];
  const name = title === undefined ? [] : filler.inline(title);
  const authors = [data.author ?? data.authors].flat().flatMap(authorNodes(inline));
  const keywords = inline([data.keywords].flat());
  const word = (name: string, option: string, english: string): string =>
    shownMeta(data[option]) ?? facts.ask('word', name) ?? english;
  const authorsTitle =
    authors.length === 1
      ? word('title-block-author-single', 'author-title', 'Author')
      : word('title-block-author-plural', 'author-title', 'Authors');
  const language = languageOf(chapter);
  const dates = [
    {
      title: word('title-block-published', 'published-title', 'Published'),
      date: inline(dateOf(data, 'date', language)),
    },
    {
      title: word('title-block-modified', 'modified-title', 'Modified'),
      date: inline(dateOf(data, 'date-modified', language)),
    },
  ].filter(({ date }) => date.length > 0);
  const keywordsTitle = facts.ask('word', 'title-block-keywords') ?? 'Keywords';
  const nodes = [
    ...(name.length === 0 ? [] : [element('h1', { className: 'reckoner-title' }, [...numbered, ...name])]),
    ...paragraph('reckoner-subtitle', inline(data.subtitle)),
    ...(authors.length === 0
      ? []
      : [element('div', { className: 'reckoner-authors' }, [metaTitle(authorsTitle), ...authors])]),
    ...dates.map(({ title: words, date }) =>
      element('div', { className: 'reckoner-dates' }, [
        metaTitle(words),
        element('p', { className: 'reckoner-date' }, date),
      ]),
    ),
    ...abstractNodes(data, filler),
    ...(keywords.length === 0
      ? []
      : [
          element('p', { className: 'reckoner-keywords' }, [
            element('strong', {}, [text(`${keywordsTitle}: `)]),
            ...keywords,
          ]),
        ]),
  ];
  return nodes.length === 0 ? contents : [element('header', { className: 'reckoner-head' }, nodes), ...contents];
}

/** What stands above a part of the title block. */
function metaTitle(words: string): Html {
  return element('p', { className: 'reckoner-meta-title' }, [text(words)]);
}

/** A name, or a mapping with a name and what else is known of an author. */
function authorNodes(inline: (value: unknown) => Html[]): (author: unknown) => Html[] {
  return author => {
    const own = isMetadata(author) ? author : { name: author };
    const { name } = own;
    const parts = isMetadata(name)
      ? (name.literal ?? [name.given, name.family].map(shownMeta).filter(Boolean).join(' '))
      : name;
    const words = inline(parts);
    if (words.length === 0) return [];
    const places = [own.affiliation ?? own.affiliations].flat().flatMap(place => {
      const shown = isMetadata(place) ? place.name : place;
      return typeof shown === 'string' ? [shown] : [];
    });
    const below =
      places.length === 0 ? [] : [element('span', { className: 'reckoner-place' }, inline(places.join(', ')))];
    return [element('p', { className: 'reckoner-author' }, [...words, ...below])];
  };
}

const DATE_STYLES: ReadonlySet<unknown> = new Set(['full', 'long', 'medium', 'short']);

/** `January 2, 2026`, in the chapter's language, as Quarto writes a date that is told as 2026-01-02; any other one as it is written. */
function dateOf(data: Readonly<Record<string, unknown>>, key: string, language: string): unknown {
  const { [key]: date, 'date-format': format = 'long' } = data;
  if (isMetadata(date)) return undefined;
  if (typeof date !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(date) || !DATE_STYLES.has(format)) return date;
  const time = Date.parse(`${date}T00:00:00Z`);
  if (Number.isNaN(time)) return date;
  return new Intl.DateTimeFormat(language, { dateStyle: format as 'long', timeZone: 'UTC' }).format(time);
}

function abstractNodes(data: Readonly<Record<string, unknown>>, filler: BlockFiller): Html[] {
  const { abstract } = data;
  if (typeof abstract !== 'string' || abstract.trim() === '') return [];
  const title = shownMeta(data['abstract-title']) ?? filler.facts.ask('word', 'section-title-abstract') ?? 'Abstract';
  const words = filler.fill(new ProseConverter().blocks(readText(abstract.slice(0, LONGEST_ABSTRACT)).children));
  const head = element('p', { className: 'reckoner-abstract-title' }, [text(title)]);
  return [element('section', { className: 'reckoner-abstract', ariaLabel: title }, [head, ...words])];
}

const LONGEST_ABSTRACT = 20_000;

/** The headings of the chapter as links, where `toc` asks for them. */
function contentsNodes(facts: FactReader, filler: BlockFiller): Html[] {
  const contents = facts.ask('contents');
  if (contents === undefined || contents.entries.length === 0) return [];
  const entries = contents.entries.map(({ id, number, title, depth }) => {
    const shown = number === '' ? [] : [element('span', { className: 'reckoner-number' }, [text(number)])];
    const link = foreign('a', { href: `#${anchorOf(id)}` }, [...shown, ...filler.inline(title)]);
    return element('li', { className: `reckoner-depth-${depth}` }, [link]);
  });
  const list = [element('summary', {}, [text(contents.title)]), element('ul', {}, entries)];
  return [
    element('nav', { className: 'reckoner-contents', ariaLabel: contents.title }, [element('details', {}, list)]),
  ];
}
