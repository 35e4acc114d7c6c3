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
  if (facts.ask('option', 'suppress-bibliography') === 'true') return [];
  const references = facts.ask('references');
  if (references.length === 0) return [];
  const title =
    facts.ask('option', 'reference-section-title') ?? facts.ask('word', 'section-title-references') ?? 'References';
  const entries = references.map(({ id, html }) => {
    const own = { id: anchorOf(`ref-${id}`), className: 'reckoner-reference', role: 'listitem' };
    return element('div', own, linked(inner(valueHtml(html))));
  });
  const list = element('div', { role: 'list' }, entries);
  const head = titled ? [element('h2', {}, [text(title)])] : [];
  const own = { className: 'reckoner-references', role: 'doc-bibliography', ariaLabel: title };
  return [element('section', own, [...head, list])];
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
