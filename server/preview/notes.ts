/** The numbers of footnotes in the text. */
import { element, foreign, type Html, text } from './hast';
import { anchorOf } from './text';

/** Anchors of a note and of the place where it is called first. */
export function anchorsOf(name: string): { readonly note: string; readonly call: string } {
  return { note: anchorOf(`fn-${name}`), call: anchorOf(`fnref-${name}`) };
}

/** Notes in the text have no name but their number. */
export const nameOf = (number: number): string => `text-${number}`;

/**
 * The number of a note where it is called; the first call is what the note leads back to. `isCited` is said of one that a
 * citation becomes, and which goes behind the punctuation that follows it.
 */
export function callNode(id: string | undefined, number: number | undefined, isFirst: boolean, isCited = false): Html {
  const { note, call } = anchorsOf(id ?? nameOf(number ?? 0));
  const own = {
    href: `#${note}`,
    ariaLabel: `Footnote ${number ?? ''}`,
    role: 'doc-noteref',
    ...(isFirst ? { id: call } : {}),
  };
  const className = isCited ? ['footnote-ref', CITED] : 'footnote-ref';
  return element('sup', { className }, [foreign('a', own, [text(String(number ?? '?'))])]);
}

const CITED = 'cited-note';
/** The class of a note in the margin, behind its call. */
export const BESIDE = 'reckoner-note-beside';

function hasClass(node: Html | undefined, name: string): boolean {
  return (
    node?.type === 'element' && Array.isArray(node.properties.className) && node.properties.className.includes(name)
  );
}

const PUNCTUATION = /^[.,;:!?)\]…—–]+/;

/** Notes of citations close to the word before, and behind the punctuation that follows, as Pandoc puts them. */
export function behindPunctuation(nodes: readonly Html[]): Html[] {
  const placed: Html[] = [];
  for (let at = 0; at < nodes.length; at++) {
    const node = nodes[at]!;
    if (!hasClass(node, CITED)) {
      placed.push(node);
      continue;
    }
    const before = placed.at(-1);
    if (before?.type === 'text') placed[placed.length - 1] = text(before.value.trimEnd());
    const note = hasClass(nodes[at + 1], BESIDE) ? [node, nodes[++at]!] : [node];
    const behind = nodes[at + 1];
    const mark = behind?.type === 'text' ? PUNCTUATION.exec(behind.value)?.[0] : undefined;
    if (behind?.type !== 'text' || mark === undefined) placed.push(...note);
    else {
      placed.push(text(mark), ...note, text(behind.value.slice(mark.length)));
      at++;
    }
  }
  return placed;
}
