/** Makes elements. */

/** An element with classes, words and attributes. */
export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  className = '',
  words = '',
  attributes: Readonly<Record<string, string>> = {},
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  if (className !== '') made.className = className;
  if (words !== '') made.textContent = words;
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  return made;
}

/** A button of a form that it does not send. */
export function button(className: string, words: string, act: () => void, title = ''): HTMLButtonElement {
  const made = element('button', className, words, { type: 'button' });
  if (title !== '') {
    made.title = title;
    made.setAttribute('aria-label', title);
  }
  made.addEventListener('click', act);
  return made;
}

/** True for a text that a page typesets. */
export function isFormula(text: string): boolean {
  return /\$[^$]*\\[^$]*\$/.test(text);
}

/** Changes a text only where it is another one. */
export function setText(of: Element, text: string): void {
  if (of.textContent !== text) of.textContent = text;
}
