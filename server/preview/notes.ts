/** The numbers of footnotes in the text. */
import { element, foreign, type Html, text } from './hast';
import { anchorOf } from './text';

/** Anchors of a note and of the place where it is called first. */
export function anchorsOf(name: string): { readonly note: string; readonly call: string } {
  return { note: anchorOf(`fn-${name}`), call: anchorOf(`fnref-${name}`) };
}

/** Notes in the text have no name but their number. */
export const nameOf = (number: number): string => `text-${number}`;

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
