/** Citations as a reader sees them, and cross-references with their numbers. */
import type { BibliographyEntry } from '../../chapter/bibliography';
import { readInline, textOf } from '../../chapter/prose';
import type { OtherLabel } from '../context';
import type { FactReader } from '../facts';
import type { BlockFiller } from '../fill';
import { element, foreign, type Html, text } from '../hast';
import { valueHtml } from '../html';
import { besideNode, hasNotesBeside } from '../marginNotes';
import { callNode, nameOf } from '../notes';
import type { Slot } from '../slots';
import { anchorOf } from '../text';
import { namesOf } from './items';

/** A block of the part, and an offset in it. */
interface CitedAt {
  readonly at: number;
  readonly offset: number;
}

/** Last names of the authors: `Hennessy and Patterson`, `Brown et al.`. */
export function authorsOf(entry: BibliographyEntry): string {
  const source = entry.source('author') ?? entry.source('editor') ?? entry.source('organization') ?? '';
  const names = namesOf(source).map(name => ('literal' in name ? name.literal : name.family));
  if (names.length === 0) return entry.field('title') ?? entry.key;
  if (names.length > 2 || names.includes('others')) return `${names[0]} et al.`;
  return names.join(' and ');
}

function yearOf(entry: BibliographyEntry): string {
  return entry.field('year') ?? /\d{4}/.exec(entry.field('date') ?? '')?.[0] ?? 'n.d.';
}

/**
 * A citation by the chapter's style; by author and year as long as it is being set, and where keys of the bibliography stand
 * among those of cross-references.
 */
export function citationNodes(one: Extract<Slot, { kind: 'citation' }>, filler: BlockFiller): Html[] {
  const { keys, inText, offset } = one;
  const { facts } = filler;
  const { at } = filler;
  const place = at === undefined || Number.isNaN(offset) ? undefined : { at, offset };
  const note = place && facts.ask('noteCall', place.at, offset);
  // A note says in full what the list says.
  if (place !== undefined && note !== undefined) return notedNodes(one, note, place, facts);
  facts.cite(keys);
  const html =
    keys.length === 0
      ? undefined
      : place === undefined
        ? facts.ask('citedLike', inText, ...keys)
        : facts.ask('cited', place.at, offset);
  if (html === undefined) {
    const inner = filler.fill(one.children);
    const isPlain = keys.some(key => !isCrossref({ key, crossref: undefined }, facts));
    return isPlain && !inText ? [text('('), ...inner, text(')')] : inner;
  }
  const cite = citeNode(html, keys, facts);
  // One among attributes has no place for a footnote.
  return place === undefined && facts.ask('citesInNotes')
    ? [element('small', { className: 'inline-note' }, [text(' ['), cite, text(']')]), ...missingNodes(keys, facts)]
    : [cite, ...missingNodes(keys, facts)];
}

/** What the style makes of a citation, as a link to the reference where it is one that may be. */
function citeNode(html: string, keys: readonly string[], facts: FactReader, isLink = true): Html {
  const titles = keys.flatMap(key => {
    const entry = facts.ask('citation', key);
    return typeof entry === 'object' ? [entry.field('title') ?? key] : [];
  });
  const shown = valueHtml(html);
  const only =
    isLink && keys.length === 1 ? { href: `#${anchorOf(`ref-${keys[0]}`)}`, role: 'doc-biblioref' } : undefined;
  const linked = only === undefined ? shown : [foreign('a', only, shown)];
  return element('cite', { title: titles.join('; '), dataKeys: keys.join(' ') }, linked);
}

function missingNodes(keys: readonly string[], facts: FactReader): Html[] {
  const missing = keys.filter(key => typeof facts.ask('citation', key) !== 'object');
  return missing.flatMap(key => [text(' '), unknownKey(key, 'reckoner-unresolved')]);
}

/** A citation that the style puts into a footnote: the authors where the text names them, and the call. */
function notedNodes(
  { keys, inText }: Extract<Slot, { kind: 'citation' }>,
  note: number,
  { at, offset }: CitedAt,
  facts: FactReader,
): Html[] {
  const call = [callNode(undefined, note, true, !inText)];
  if (hasNotesBeside(facts))
    call.push(besideNode(nameOf(note), note, [element('p', {}, citedNoteNodes(keys, { at, offset }, facts))]));
  if (!inText) return [...call, ...missingNodes(keys, facts)];
  const entry = facts.ask('citation', keys[0]!);
  const makers = facts.ask('citedMakers', at, offset);
  const shown = makers === undefined ? (typeof entry === 'object' ? [text(authorsOf(entry))] : []) : valueHtml(makers);
  return [...shown, ...call];
}

/** The words of a footnote that is a citation at a place; by authors and year while it is being set. */
export function citedNoteNodes(keys: readonly string[], { at, offset }: CitedAt, facts: FactReader): Html[] {
  const html = facts.ask('cited', at, offset);
  // It says in full what the list says.
  if (html !== undefined) return [citeNode(html, keys, facts, false)];
  const known = keys.map(key => facts.ask('citation', key)).filter(entry => typeof entry === 'object');
  return [text(known.map(entry => `${authorsOf(entry)} ${yearOf(entry)}`).join('; '))];
}

function unknownKey(key: string, className: string): Html {
  return element('span', { className, title: 'Not in the bibliography' }, [text(key)]);
}

/** The key of a citation as a reader sees it, or a cross-reference with its number. */
export function keyNodes(slot: Extract<Slot, { kind: 'key' }>, facts: FactReader): Html[] {
  const { key, locator } = slot;
  if (isCrossref(slot, facts)) {
    const shown = crossrefNode(slot, facts);
    return locator.length === 0 ? [shown] : [shown, text(' ['), ...locator, text(']')];
  }
  const example = facts.ask('example', key);
  return example === undefined ? [citationNode(slot, facts)] : [text(String(example))];
}

/** Keys of Quarto's kinds and of the project's; any other one that is in no bibliography may be that of a label. */
function isCrossref(
  { key, crossref }: Pick<Extract<Slot, { kind: 'key' }>, 'key' | 'crossref'>,
  facts: FactReader,
): boolean {
  if (crossref !== undefined || facts.ask('kind', key) !== undefined) return true;
  const entry = facts.ask('citation', key);
  return typeof entry !== 'object' && facts.ask('target', key) !== undefined;
}

/** A reference that a command of TeX makes: its number, or the name of what it leads to. */
export function texReferenceNodes(id: string, facts: FactReader): Html[] {
  const target = facts.ask('target', id);
  if (target === undefined) {
    const found = facts.ask('elsewhere', id);
    if (found !== undefined) return [otherChapterLink(found, found.text)];
    return [element('span', { className: 'reckoner-elsewhere', title: 'No such label in this chapter' }, [text(id)])];
  }
  const { number, label } = target;
  const words = number !== '' ? number : label.caption === undefined ? id : captionText(label.caption);
  return [foreign('a', { href: `#${anchorOf(label.id)}` }, [text(words)])];
}

/** A link into another chapter, with what its card says: the caption, and the chapter. */
function otherChapterLink({ href, text: own, caption, chapter }: OtherLabel, words: string): Html {
  const what = caption === undefined ? '' : captionText(caption);
  const about = [what === own || what === chapter ? '' : what, chapter ?? ''];
  return element('a', { href, ...(about.join('') === '' ? {} : { dataAbout: about.join('\n') }) }, [text(words)]);
}

function citationNode(
  { key, suppressed, bracketed, locator }: Extract<Slot, { kind: 'key' }>,
  facts: FactReader,
): Html {
  const entry = facts.ask('citation', key);
  if (entry === undefined || entry === 'none') {
    const className = entry === 'none' ? 'reckoner-elsewhere' : 'reckoner-unresolved';
    return unknownKey(key, className);
  }
  const authors = authorsOf(entry);
  const year = yearOf(entry);
  const title = entry.field('title') ?? key;
  const place = locator.length === 0 ? [] : [text(', '), ...locator];
  if (suppressed) return element('cite', { title }, [text(year), ...place]);
  if (bracketed) return element('cite', { title }, [text(`${authors} ${year}`), ...place]);
  return element('cite', { title }, [text(`${authors} (${year}`), ...place, text(')')]);
}

/** A caption without its marks; what is computed in it is left open. */
function captionText(markdown: string): string {
  return textOf(readInline(markdown.slice(0, 2000)), () => '…').replace(/\s+/g, ' ');
}

/** A reference to something numbered: a link, the file that has it, or a fault as Quarto shows it. */
function crossrefNode({ key, crossref, suppressed }: Extract<Slot, { kind: 'key' }>, facts: FactReader): Html {
  const target = facts.ask('target', key);
  if (target !== undefined) {
    const { name, number, label } = target;
    const caption = label.caption ? captionText(label.caption) : undefined;
    const words = number === '' ? (caption ?? name) : suppressed ? number : `${name} ${number}`;
    const title = caption === undefined ? {} : { title: caption.slice(0, 200) };
    return foreign('a', { href: `#${anchorOf(label.id)}`, ...title }, [text(words)]);
  }
  const elsewhere = facts.ask('elsewhere', key);
  if (elsewhere !== undefined) {
    const words = suppressed ? elsewhere.text.replace(/^\D* (?=[\dA-Z]+(?:[. (]|$))/, '') : elsewhere.text;
    return otherChapterLink(elsewhere, words);
  }
  // A section of a chapter that is not at hand: Quarto knows its number once the book is rendered.
  if (crossref === 'sec') return element('span', { className: 'reckoner-elsewhere', title: key }, [text(key)]);
  return element('span', { className: 'reckoner-unresolved', title: 'No such label' }, [text(`?@${key}`)]);
}
