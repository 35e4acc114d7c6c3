/** Larger and smaller text, with Ctrl and the wheel: the editor's own keys change the whole window. */

const STEP = 1.1;
const LEAST = 0.5;
const MOST = 3;

export class Zoom {
  #factor: number;

  constructor(factor = 1, changed: (apply: () => void) => void) {
    this.#factor = factor;
    this.#apply();
    // A browser zooms by itself.
    if (document.body.dataset.live !== undefined || document.body.dataset.alone !== undefined) return;
    window.addEventListener(
      'wheel',
      event => {
        if (!event.ctrlKey || event.deltaY === 0) return;
        event.preventDefault();
        this.#factor = Math.min(MOST, Math.max(LEAST, this.#factor * (event.deltaY < 0 ? STEP : 1 / STEP)));
        changed(() => this.#apply());
      },
      { passive: false },
    );
  }

  get factor(): number {
    return this.#factor;
  }

  #apply(): void {
    document.body.style.setProperty('--zoom', String(Math.round(this.#factor * 1000) / 1000));
  }
}
