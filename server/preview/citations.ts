/** Citations as a reader sees them, and cross-references with their numbers. */
import type { BibliographyEntry } from '../chapter/bibliography';
import { readInline, textOf } from '../chapter/prose';
import type { FactReader } from './facts';
import { element, foreign, type Html, text } from './hast';
import { nameOfKind } from './numbering';
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
  const { key, crossref, locator } = slot;
  if (crossref !== undefined) {
    const shown = crossrefNode(slot, facts);
    return locator.length === 0 ? [shown] : [shown, text(' ['), ...locator, text(']')];
  }
  const example = facts.ask('example', key);
  return example === undefined ? [citationNode(slot, facts)] : [text(String(example))];
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
  if (crossref === 'sec')
    return element('span', { className: 'reckoner-elsewhere', title: key }, [text(`${nameOfKind('sec')} ?`)]);
  return element('span', { className: 'reckoner-unresolved', title: 'No such label' }, [text(`?@${key}`)]);
}
