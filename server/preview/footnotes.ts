/** The words of footnotes, at the end of the page. */
import { citedNoteNodes } from './citations/keys';
import { withReferencesBeside } from './citations/references';
import type { FactReader } from './facts';
import { BlockFiller } from './fill';
import { element, foreign, type Html, text } from './hast';
import { InlineConverter } from './inlines';
import { anchorsOf, nameOf } from './notes';
import type { NoteEntry } from './numbering';

/** A note at the end of the page; its block is the first of the part. */
export function footnoteNode(source: NoteEntry['source'], facts: FactReader): Html {
  const filler = new BlockFiller(facts, 0);
  const isBlock = typeof source === 'string';
  const shown = isBlock
    ? facts.ask('note', source)
    : facts.ask('noteCall', 0, 'cluster' in source ? source.start : source.node.start);
  const words = isBlock
    ? filler.block()
    : 'cluster' in source
      ? citedNoteNodes(
          source.cluster.items.map(({ id }) => id),
          { at: 0, offset: source.start },
          facts,
        )
      : filler.fill(new InlineConverter().inlines(source.node.children));
  const { note, call } = anchorsOf(isBlock ? source : nameOf(shown ?? 0));
  const back = foreign('a', { href: `#${call}`, ariaLabel: 'Back to the text', role: 'doc-backlink' }, [text('↩︎')]);
  const number = element('span', {}, [text(`${shown ?? '?'}.`)]);
  const body = element(
    'div',
    { className: 'footnote-body' },
    withReferencesBeside(withBack(isBlock ? words : [element('p', {}, words)], back), facts, ['notes']),
  );
  return element('div', { className: 'footnote', id: note, role: 'doc-footnote' }, [number, body]);
}

/** The way back stands behind the last word. */
function withBack(nodes: readonly Html[], back: Html): Html[] {
  const last = nodes.at(-1);
  if (last?.type !== 'element' || last.tagName !== 'p') return [...nodes, back];
  return [...nodes.slice(0, -1), { ...last, children: [...last.children, text(' '), back] }];
}
