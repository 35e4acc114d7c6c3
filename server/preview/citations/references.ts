/** The list of references. */
import type { FactReader } from '../facts';
import { element, foreign, type Html, text } from '../hast';
import { valueHtml } from '../html';
import { anchorOf } from '../text';

/** The id of the div in which a chapter wants the list. */
export const REFERENCES = 'refs';

const URL = /https?:\/\/[^\s<>"]+[^\s<>".,;:)\]]/g;

/** The references that are cited, by the chapter's style. `titled` puts a heading above them. */
export function referenceNodes(facts: FactReader, titled: boolean): Html[] {
  if (facts.ask('option', 'suppress-bibliography') === 'true' || hasReferencesBeside(facts)) return [];
  const references = facts.ask('references');
  if (references.length === 0) return [];
  const title =
    facts.ask('option', 'reference-section-title') ?? facts.ask('word', 'section-title-references') ?? 'References';
  const entries = references.map(({ id, html }) => entryNode(html, anchorOf(`ref-${id}`)));
  const list = element('div', { role: 'list' }, entries);
  const head = titled ? [element('h2', {}, [text(title)])] : [];
  const own = { className: 'reckoner-references', role: 'doc-bibliography', ariaLabel: title };
  return [element('section', own, [...head, list])];
}

function entryNode(html: string, id: string | undefined): Html {
  return element('div', { id, className: 'reckoner-reference', role: 'listitem' }, linked(inner(valueHtml(html))));
}

/** Whether entries stand beside what cites them, and in no list. */
export function hasReferencesBeside(facts: FactReader): boolean {
  return facts.ask('option', 'citation-location') === 'margin';
}

/**
 * Nodes with the entries of what they cite beside them. The first ones of the page are what citations lead to; `places` says
 * whether it is the text or its footnotes that the nodes are.
 */
export function withReferencesBeside(
  nodes: readonly Html[],
  facts: FactReader,
  places: readonly ('text' | 'notes')[],
): Html[] {
  const keys = facts.cited();
  if (keys.size === 0 || !hasReferencesBeside(facts)) return [...nodes];
  if (facts.ask('option', 'suppress-bibliography') === 'true') return [...nodes];
  const entries: Html[] = [];
  for (const key of keys) {
    const html = facts.ask('reference', key);
    if (html === undefined) continue;
    const isFirst = places.some(place => facts.ask('citesFirst', key, place === 'notes')) && facts.isNew(key);
    entries.push(entryNode(html, isFirst ? anchorOf(`ref-${key}`) : undefined));
  }
  if (entries.length === 0) return [...nodes];
  const title = facts.ask('word', 'section-title-references') ?? 'References';
  const list = element('div', { role: 'list', ariaLabel: title }, entries);
  const beside = element('div', { className: ['column-margin', 'reckoner-references-beside'] }, [list]);
  return [element('div', { className: 'reckoner-citing' }, [beside, ...nodes])];
}

/** What stands in the element that the processor puts around each entry. */
function inner(nodes: readonly Html[]): readonly Html[] {
  const entry = nodes.find(node => node.type === 'element');
  return entry?.type === 'element' ? (entry.children as Html[]) : nodes;
}

/** Addresses as links. */
function linked(nodes: readonly Html[]): Html[] {
  return nodes.flatMap((node): Html[] => {
    if (node.type === 'element')
      return [node.tagName === 'a' ? node : { ...node, children: linked(node.children as Html[]) }];
    if (node.type !== 'text' || !node.value.includes('://')) return [node];
    const parts: Html[] = [];
    let from = 0;
    for (const { 0: url, index } of node.value.matchAll(URL)) {
      parts.push(text(node.value.slice(from, index)), foreign('a', { href: url }, [text(url)]));
      from = index + url.length;
    }
    parts.push(text(node.value.slice(from)));
    return parts;
  });
}
