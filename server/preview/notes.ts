/** Footnotes: their numbers in the text, and their words at the end of the page. */
import type { FactReader } from './facts';
import { BlockFiller } from './fill';
import { element, foreign, type Html, text } from './hast';
import { InlineConverter } from './inlines';
import type { NoteEntry } from './numbering';
import { anchorOf } from './text';

/** Anchors of a note and of the place where it is called first. */
function anchorsOf(name: string): { readonly note: string; readonly call: string } {
  return { note: anchorOf(`fn-${name}`), call: anchorOf(`fnref-${name}`) };
}

/** Notes in the text have no name but their number. */
const nameOf = (number: number): string => `text-${number}`;

/** The number of a note where it is called; the first call is what the note leads back to. */
export function callNode(id: string | undefined, number: number | undefined, isFirst: boolean): Html {
  const { note, call } = anchorsOf(id ?? nameOf(number ?? 0));
  const own = {
    href: `#${note}`,
    ariaLabel: `Footnote ${number ?? ''}`,
    role: 'doc-noteref',
    ...(isFirst ? { id: call } : {}),
  };
  return element('sup', { className: 'footnote-ref' }, [foreign('a', own, [text(String(number ?? '?'))])]);
}

/** A note at the end of the page; its block is the first of the part. */
export function footnoteNode(source: NoteEntry['source'], facts: FactReader): Html {
  const filler = new BlockFiller(facts, 0);
  const isBlock = typeof source === 'string';
  const shown = isBlock ? facts.ask('note', source) : facts.ask('noteCall', 0, source.node.start);
  const words = isBlock ? filler.block() : filler.fill(new InlineConverter().inlines(source.node.children));
  const { note, call } = anchorsOf(isBlock ? source : nameOf(shown ?? 0));
  const back = foreign('a', { href: `#${call}`, ariaLabel: 'Back to the text', role: 'doc-backlink' }, [text('↩︎')]);
  const number = element('span', {}, [text(`${shown ?? '?'}.`)]);
  const body = element(
    'div',
    { className: 'footnote-body' },
    withBack(isBlock ? words : [element('p', {}, words)], back),
  );
  return element('div', { className: 'footnote', id: note, role: 'doc-footnote' }, [number, body]);
}

/** The way back stands behind the last word. */
function withBack(nodes: readonly Html[], back: Html): Html[] {
  const last = nodes.at(-1);
  if (last?.type !== 'element' || last.tagName !== 'p') return [...nodes, back];
  return [...nodes.slice(0, -1), { ...last, children: [...last.children, text(' '), back] }];
}
