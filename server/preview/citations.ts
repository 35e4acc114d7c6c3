/** Citations as a reader sees them, and cross-references with their numbers. */
import type { BibliographyEntry } from '../chapter/bibliography';
import { readInline, textOf } from '../chapter/prose';
import type { FactReader } from './facts';
import { element, foreign, type Html, text } from './hast';
import type { Slot } from './slots';
import { anchorOf } from './text';

/** Last names of the authors: `Hennessy and Patterson`, `Brown et al.`. */
export function authorsOf(entry: BibliographyEntry): string {
  const names = (entry.field('author') ?? entry.field('editor') ?? entry.field('organization') ?? '')
    .split(/\s+and\s+/)
    .map(lastName)
    .filter(name => name !== '');
  if (names.length === 0) return entry.field('title') ?? entry.key;
  if (names.length > 2 || names.includes('others')) return `${names[0]} et al.`;
  return names.join(' and ');
}

function lastName(name: string): string {
  if (name.includes(',')) return name.slice(0, name.indexOf(',')).trim();
  return name.trim().split(/\s+/).at(-1) ?? '';
}

function yearOf(entry: BibliographyEntry): string {
  return entry.field('year') ?? /\d{4}/.exec(entry.field('date') ?? '')?.[0] ?? 'n.d.';
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
function isCrossref({ key, crossref }: Extract<Slot, { kind: 'key' }>, facts: FactReader): boolean {
  if (crossref !== undefined || facts.ask('kind', key) !== undefined) return true;
  const entry = facts.ask('citation', key);
  return typeof entry !== 'object' && facts.ask('target', key) !== undefined;
}

/** A reference that a command of TeX makes: its number, or the name of what it leads to. */
export function texReferenceNodes(id: string, facts: FactReader): Html[] {
  const target = facts.ask('target', id);
  if (target === undefined) {
    const found = facts.ask('elsewhere', id);
    if (found !== undefined) return [element('a', { href: found.href }, [text(found.text)])];
    return [element('span', { className: 'reckoner-elsewhere', title: 'No such label in this chapter' }, [text(id)])];
  }
  const { number, label } = target;
  const words = number !== '' ? number : label.caption === undefined ? id : captionText(label.caption);
  return [foreign('a', { href: `#${anchorOf(label.id)}` }, [text(words)])];
}

function citationNode(
  { key, suppressed, bracketed, locator }: Extract<Slot, { kind: 'key' }>,
  facts: FactReader,
): Html {
  const entry = facts.ask('citation', key);
  if (entry === undefined || entry === 'none') {
    const className = entry === 'none' ? 'reckoner-elsewhere' : 'reckoner-unresolved';
    return element('span', { className, title: 'Not in the bibliography' }, [text(key)]);
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
    const caption = label.caption === undefined ? undefined : captionText(label.caption);
    const words = number === '' ? (caption ?? name) : suppressed ? number : `${name} ${number}`;
    const title = caption === undefined ? {} : { title: caption.slice(0, 200) };
    return foreign('a', { href: `#${anchorOf(label.id)}`, ...title }, [text(words)]);
  }
  const elsewhere = facts.ask('elsewhere', key);
  if (elsewhere !== undefined) return element('a', { href: elsewhere.href }, [text(elsewhere.text)]);
  // A section of a chapter that is not at hand: Quarto knows its number once the book is rendered.
  if (crossref === 'sec') return element('span', { className: 'reckoner-elsewhere', title: key }, [text(key)]);
  return element('span', { className: 'reckoner-unresolved', title: 'No such label' }, [text(`?@${key}`)]);
}
