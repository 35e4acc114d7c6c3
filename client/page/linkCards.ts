/** Cards of footnotes, cross-references and citations: what the link leads to, as the page shows it. */
import type { CardContent, CardSource } from './card';

export const linkCards: CardSource = {
  selector: 'a[href^="#"]',
  content(link): CardContent | undefined {
    const target = targetOf(link);
    if (target === undefined) return undefined;
    const nodes = shown(target);
    return nodes.length === 0 ? undefined : { label: link.textContent?.trim() || 'Note', nodes: nodes.map(copy) };
  },
};

/** Cards of references to other chapters: what is known of it without its page. */
export const chapterCards: CardSource = {
  selector: 'a[data-about]',
  content(link): CardContent {
    const [caption, chapter] = (link.dataset.about ?? '').split('\n');
    const lines = [
      ['strong', link.textContent],
      ['span', caption],
      ['em', chapter === '' ? '' : `In: ${chapter}`],
    ] as const;
    const nodes = lines.flatMap(([name, text]) => {
      if (!text) return [];
      const line = document.createElement('p');
      const part = document.createElement(name);
      part.textContent = text;
      line.append(part);
      return [line];
    });
    return { label: link.textContent?.trim() || 'Reference', nodes };
  },
};

/** What an address within the page names. */
export function targetOf(link: Element | null): HTMLElement | undefined {
  const href = link?.getAttribute('href');
  if (href === null || href === undefined || !href.startsWith('#') || href === '#') return undefined;
  return document.getElementById(decodeURIComponent(href.slice(1))) ?? undefined;
}

function shown(target: HTMLElement): Element[] {
  // A link back has nothing to tell.
  if (target.closest('a, sup') !== null) return [];
  const note = target.querySelector('.footnote-body');
  if (note !== null) return [note];
  const heading = target.matches('h1, h2, h3, h4, h5, h6')
    ? target
    : target.querySelector(':scope > :is(h1, h2, h3, h4, h5, h6)');
  if (heading === null) return [target];
  // A section: its heading, and how it begins.
  const block = heading.closest('.reckoner-block');
  const next = heading.nextElementSibling ?? block?.nextElementSibling?.firstElementChild;
  return next?.matches('p, ul, ol') === true ? [heading, next] : [heading];
}

/** A copy without what names or moves anything on the page. */
function copy(element: Element): Element {
  const made = element.cloneNode(true) as Element;
  for (const one of [made, ...made.querySelectorAll('*')]) {
    one.classList.remove('reckoner-at-cursor', 'reckoner-changed');
    // Drawings refer to their own parts.
    if (one.closest('svg') === null) one.removeAttribute('id');
    one.removeAttribute('tabindex');
    if (one.localName === 'details') one.setAttribute('open', '');
    if (one.matches('.reckoner-value'))
      for (const name of ['role', 'aria-haspopup', 'aria-expanded']) one.removeAttribute(name);
  }
  for (const back of made.querySelectorAll('.footnote-back, [role=doc-backlink]')) back.remove();
  return made;
}
