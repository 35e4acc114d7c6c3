/** Tables, formulas and code that are wider than the page scroll by themselves: by keys as well, once they can be reached. */

const NAMES: readonly (readonly [selector: string, name: string])[] = [
  ['.reckoner-scroll', 'Wide table'],
  ['.reckoner-formula > .katex-display', 'Wide formula'],
  ['pre', 'Wide code'],
];
const SELECTOR = NAMES.map(([selector]) => selector).join(',');

export class Scrollers {
  /** What is far from being seen is not measured: it may not even be laid out. */
  readonly #seen = new IntersectionObserver(
    entries => {
      for (const { isIntersecting, target } of entries) if (isIntersecting) mark(target as HTMLElement);
    },
    { rootMargin: '100% 0px' },
  );

  constructor(root: Element) {
    this.watch(root);
    let timer: ReturnType<typeof setTimeout> | undefined;
    window.addEventListener('resize', () => {
      clearTimeout(timer);
      timer = setTimeout(() => this.watch(root), 200);
    });
  }

  /** Looks at what stands in a block that is new or has changed. */
  watch(block: Element): void {
    for (const one of block.querySelectorAll(SELECTOR)) {
      this.#seen.unobserve(one);
      this.#seen.observe(one);
    }
  }
}

function mark(one: HTMLElement): void {
  const isWide = one.scrollWidth > one.clientWidth;
  if (isWide === one.hasAttribute('tabindex')) return;
  if (isWide) {
    one.tabIndex = 0;
    one.setAttribute('role', 'group');
    one.setAttribute('aria-label', NAMES.find(([selector]) => one.matches(selector))![1]);
  } else for (const name of ['tabindex', 'role', 'aria-label']) one.removeAttribute(name);
}
