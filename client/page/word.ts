/** The word that a double click has selected, so that it can be found in the source. */

export interface Word {
  readonly word: string;
  /** How many of that word stand before it in the same element. */
  readonly nth: number;
}

const LONGEST = 200;

/** The selected word, counted within an element; empty where nothing is selected, or much more than a word. */
export function wordAt(element: Element): Word {
  const selection = window.getSelection();
  const word = selection?.toString().trim() ?? '';
  if (selection === null || selection.rangeCount === 0 || word === '' || word.length > LONGEST)
    return { word: '', nth: 0 };
  const range = selection.getRangeAt(0);
  if (!element.contains(range.startContainer)) return { word, nth: 0 };
  const before = document.createRange();
  before.setStart(element, 0);
  before.setEnd(range.startContainer, range.startOffset);
  return { word, nth: before.toString().split(word).length - 1 };
}
