/** Whether computed numbers are marked, and can be pointed at and reached by keys; for reading they are text like any other. */

const PLAIN = 'reckoner-plain';

export class Numbers {
  readonly #root: HTMLElement;
  #areShown = true;

  constructor(root: HTMLElement) {
    this.#root = root;
    const button = document.getElementById('reckoner-numbers');
    if (button === null) return;
    button.addEventListener('click', () => {
      this.show(!this.#areShown);
      localStorage.setItem(button.id, String(this.#areShown));
    });
    this.show(localStorage.getItem(button.id) !== 'false');
  }

  get areShown(): boolean {
    return this.#areShown;
  }

  show(areShown: boolean): void {
    document.getElementById('reckoner-numbers')?.setAttribute('aria-pressed', String(areShown));
    if (areShown === this.#areShown) return;
    this.#areShown = areShown;
    document.body.classList.toggle(PLAIN, !areShown);
    this.#set(this.#root);
  }

  /** A block is new, or has changed. */
  refresh(block: Element): void {
    if (!this.#areShown) this.#set(block);
  }

  #set(root: Element): void {
    for (const number of root.querySelectorAll<HTMLElement>('.reckoner-value')) {
      if (this.#areShown) number.setAttribute('role', 'button');
      else number.removeAttribute('role');
      number.tabIndex = this.#areShown ? 0 : -1;
    }
  }
}
