/** Citations as a reader sees them, and cross-references with their numbers. */
import type { BibliographyEntry } from '../chapter/bibliography';
import type { CitationItem } from '../chapter/markdown';
import type { PreviewContext } from './context';
import { type Numbering, nameOfKind } from './numbering';
import type { CitationPiece } from './pieces';
import { anchorOf, attributes, escapeHtml } from './text';

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

function citationText(item: CitationItem, bracketed: boolean, context: PreviewContext): string {
  const entry = context.citation?.(item.key);
  if (entry === undefined)
    return `<span class="${context.citation === undefined ? 'reckoner-elsewhere' : 'reckoner-unresolved'}" title="Not in the bibliography">${escapeHtml(item.key)}</span>`;
  const authors = escapeHtml(authorsOf(entry));
  const year = escapeHtml(yearOf(entry));
  const title = entry.field('title') ?? item.key;
  const shown = item.suppressed ? year : bracketed ? `${authors} ${year}` : `${authors} (${year})`;
  return `<cite title="${escapeHtml(title)}">${shown}</cite>`;
}

/** A reference to something numbered: a link, the file that has it, or a fault as Quarto shows it. */
function crossrefText(item: CitationItem, capital: boolean, numbering: Numbering, context: PreviewContext): string {
  const target = numbering.targets.get(item.key) ?? numbering.targets.get(item.key.toLowerCase());
  if (target !== undefined) {
    const { name, number, label } = target;
    const words = number === '' ? (label.caption ?? name) : item.suppressed ? number : `${name} ${number}`;
    return `<a${attributes({ href: `#${anchorOf(label.id)}`, title: label.caption?.slice(0, 200) })}>${escapeHtml(words)}</a>`;
  }
  const elsewhere = context.label?.(item.key);
  if (elsewhere !== undefined) return `<a href="${escapeHtml(elsewhere.href)}">${escapeHtml(elsewhere.text)}</a>`;
  if (item.kind === 'sec')
    return `<span class="reckoner-elsewhere" title="${escapeHtml(item.key)}">${capital ? nameOfKind('sec') : nameOfKind('sec')} ?</span>`;
  return `<span class="reckoner-unresolved" title="No such label">?@${escapeHtml(item.key)}</span>`;
}

export function citationHtml(piece: CitationPiece, numbering: Numbering, context: PreviewContext): string {
  const { items, bracketed } = piece;
  const parts = items.map(item => {
    const core =
      item.kind !== undefined
        ? crossrefText(item, /^[A-Z]/.test(item.key), numbering, context)
        : item.key === ''
          ? ''
          : citationText(item, bracketed, context);
    const before = item.prefix === '' ? '' : `${escapeHtml(item.prefix)} `;
    return `${before}${core}${escapeHtml(item.suffix)}`;
  });
  const plain = bracketed && items.some(item => item.kind === undefined && item.key !== '');
  return plain ? `(${parts.join('; ')})` : parts.join('; ');
}
