/** Numbers that have changed are lit for a moment, so that an author sees what an edit has done. */

const MILLISECONDS = 1100;
/** An edit that changes more than this changes all: nothing would stand out. */
const MOST = 400;

export class ChangedNumbers {
  /** Takes down the numbers of a block; the function that is returned lights those that differ then. */
  before(block: Element): () => void {
    const old = numbersIn(block);
    if (old.length === 0) return () => undefined;
    const texts = old.map(textOf);
    const names = old.map(nameOf);
    return () => {
      const now = numbersIn(block);
      const isAligned = now.length === texts.length;
      let lit = 0;
      for (const [at, number] of now.entries()) {
        const from = isAligned ? at : names.indexOf(nameOf(number));
        if (texts[from] === undefined || names[from] !== nameOf(number) || texts[from] === textOf(number)) continue;
        if (++lit > MOST) return;
        light(number);
      }
    };
  }
}

function numbersIn(block: Element): Element[] {
  return [...block.querySelectorAll('.reckoner-value')];
}

const textOf = (number: Element): string => number.textContent ?? '';

/** The expression of a number, without what its title says besides. */
const nameOf = (number: Element): string => (number.getAttribute('title') ?? '').replace(/ (?:\(|is ).*$/s, '');

const running = new WeakMap<Element, ReturnType<typeof setTimeout>>();

function light(number: Element): void {
  clearTimeout(running.get(number));
  number.classList.remove('reckoner-changed');
  requestAnimationFrame(() => number.classList.add('reckoner-changed'));
  running.set(
    number,
    setTimeout(() => number.classList.remove('reckoner-changed'), MILLISECONDS),
  );
}
