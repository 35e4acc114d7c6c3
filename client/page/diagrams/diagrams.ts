/**
 * Diagrams of Mermaid on the page. Each element holds its source, and gets a shadow root with the drawing, which updates of the page
 * do not touch: what was drawn last stays, greyed, until the next one is there. What is near the view is drawn, one after the other, when
 * the page has nothing else to do and nobody types, for nothing can interrupt a drawing; a page that stands alone draws the rest as well.
 */
import { type DiagramFault, type DiagramOutcome, type DiagramRequest, diagramFault } from './contract';
import { diagramScript, isAlone } from './script';
import { shadowStyle } from './shadowStyle';
import { coloursOf } from './theme';

const NAME = 'reckoner-diagram';

/** Drawings that are kept by their source and looks. */
const MOST_KEPT = 60;

/** While somebody types, a diagram is drawn after a pause; one that takes long after so many times as long. */
const PAUSE = 250;
const PAUSE_FACTOR = 3;
/** Milliseconds after which a page that is never idle draws nevertheless. */
const PATIENCE = 2000;

/** Statements of a diagram that is drawn by itself: larger ones keep the page busy for seconds, and nothing can interrupt that. */
const MOST_STATEMENTS = 120;

interface Shown {
  readonly root: ShadowRoot;
  /** What is shown, or being made, by `keyOf`. */
  key: string;
  outcome: DiagramOutcome | undefined;
  /** The last drawing, which stays while the source is wrong. */
  drawing: Element | undefined;
  isActual: boolean;
  /** Milliseconds that its last drawing took. */
  took: number;
}

export class Diagrams {
  readonly #root: HTMLElement;
  readonly #lineOf: (element: Element, relative: string | undefined) => number | undefined;
  readonly #shown = new WeakMap<Element, Shown>();
  readonly #kept = new Map<string, DiagramOutcome>();
  readonly #wanted = new Set<HTMLElement>();
  /** Those that show a fault. */
  readonly #faulty = new Set<HTMLElement>();
  /** What somebody asked to draw although it is large, by `keyOf`. */
  readonly #asked = new WeakMap<Element, string>();
  readonly #near = new WeakSet<Element>();
  readonly #nearby = new IntersectionObserver(entries => this.#see(entries), { rootMargin: '100% 0px' });
  readonly #sizes = new ResizeObserver(entries => {
    for (const { target } of entries) measure(target as HTMLElement);
  });
  #looks = '';
  #isDrawing = false;
  /** When something changed for the last time, and how long the page is to be left alone from then on. */
  #changed = Number.NEGATIVE_INFINITY;
  #pause = 0;

  /** `lineOf` tells the line of the chapter of a line within the block of an element. */
  constructor(root: HTMLElement, lineOf: (element: Element, relative: string | undefined) => number | undefined) {
    this.#root = root;
    this.#lineOf = lineOf;
    const again = (): void => this.#dress();
    new MutationObserver(again).observe(document.body, { attributes: true, attributeFilter: ['class'] });
    new MutationObserver(again).observe(document.documentElement, { attributes: true, attributeFilter: ['style'] });
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', again);
    matchMedia('(forced-colors: active)').addEventListener('change', again);
    this.watch(root);
  }

  /** Looks at what stands in a block that is new or has changed. */
  watch(block: Element): void {
    for (const one of block.querySelectorAll<HTMLElement>(NAME)) this.#refresh(one);
  }

  /** Tells the lines of faults anew: blocks above may have grown. */
  tellLines(): void {
    for (const one of this.#faulty) {
      const shown = this.#shown.get(one);
      if (one.isConnected && shown?.outcome?.kind === 'fault') this.#tellPlace(one, shown.root, shown.outcome);
      else this.#faulty.delete(one);
    }
  }

  /** The page has other colours. */
  #dress(): void {
    const looks = JSON.stringify(coloursOf());
    if (this.#looks === '' || looks === this.#looks) return;
    this.#looks = looks;
    this.watch(this.#root);
  }

  #refresh(one: HTMLElement): void {
    const request = this.#requestOf(one);
    const key = keyOf(request);
    let shown = this.#shown.get(one);
    if (shown?.key === key) {
      this.#fit(one, shown);
      return;
    }
    if (shown === undefined) {
      const root = one.shadowRoot ?? one.attachShadow({ mode: 'open' });
      root.adoptedStyleSheets = [shadowStyle()];
      shown = { root, key, outcome: undefined, drawing: undefined, isActual: false, took: 0 };
      this.#shown.set(one, shown);
      this.#nearby.observe(one);
    }
    shown.key = key;
    const known = this.#kept.get(key);
    if (known !== undefined) {
      this.#show(one, shown, known);
      return;
    }
    const isFirst = shown.outcome === undefined && shown.drawing === undefined;
    shown.outcome = undefined;
    if (shown.drawing === undefined) shown.root.replaceChildren(note('waiting', 'Drawing…'));
    else shown.drawing.classList.add('old');
    shown.root.firstElementChild?.setAttribute('aria-busy', 'true');
    this.#wanted.add(one);
    this.#pause = isFirst ? 0 : Math.max(PAUSE, PAUSE_FACTOR * shown.took);
    this.#changed = performance.now();
    void this.#drawAll();
  }

  #see(entries: readonly IntersectionObserverEntry[]): void {
    for (const { isIntersecting, target } of entries)
      if (isIntersecting) this.#near.add(target);
      else this.#near.delete(target);
    void this.#drawAll();
  }

  #requestOf(one: HTMLElement): DiagramRequest {
    const colours = coloursOf();
    this.#looks = JSON.stringify(colours);
    return { source: one.querySelector('code')?.textContent ?? '', colours, theme: one.dataset.theme };
  }

  /** Draws what is wanted, one after the other; between two of them the page can do other things. */
  async #drawAll(): Promise<void> {
    if (this.#isDrawing) return;
    this.#isDrawing = true;
    try {
      for (;;) {
        if (this.#next === undefined) break;
        await idle();
        const left = this.#changed + this.#pause - performance.now();
        if (left > 0) {
          await new Promise(resolve => setTimeout(resolve, left));
          continue;
        }
        const next = this.#next;
        if (next === undefined) break;
        this.#wanted.delete(next);
        await this.#draw(next);
      }
    } finally {
      this.#isDrawing = false;
    }
  }

  /** What is to be drawn next: what somebody asked for, else what is near the view, else whatever a page that stands alone has. */
  get #next(): HTMLElement | undefined {
    const wanted = [...this.#wanted].filter(one => one.isConnected);
    return (
      wanted.find(one => this.#asked.has(one)) ??
      wanted.find(one => this.#near.has(one)) ??
      (isAlone() ? wanted[0] : undefined)
    );
  }

  async #draw(one: HTMLElement): Promise<void> {
    const request = this.#requestOf(one);
    const key = keyOf(request);
    let outcome: DiagramOutcome | undefined = this.#kept.get(key);
    const size = statementsOf(request.source);
    if (outcome === undefined && size > MOST_STATEMENTS && this.#asked.get(one) !== key) {
      this.#offer(one, key, size);
      return;
    }
    if (outcome === undefined) {
      const draw = await diagramScript().catch(() => undefined);
      const began = performance.now();
      try {
        outcome = draw === undefined ? diagramFault('what draws diagrams is not at hand') : await draw(request);
      } catch (error) {
        outcome = diagramFault(error instanceof Error ? error.message : String(error));
      }
      const drawn = this.#shown.get(one);
      if (drawn !== undefined) drawn.took = performance.now() - began;
      this.#keep(key, outcome);
    }
    const shown = this.#shown.get(one);
    // The source may be another one by now.
    if (shown?.key === key) this.#show(one, shown, outcome);
  }

  /** Shows the source of a large diagram, and a button that has it drawn; the last drawing stays above. */
  #offer(one: HTMLElement, key: string, size: number): void {
    const shown = this.#shown.get(one);
    if (shown?.key !== key) return;
    const words = note('fault', `Diagram with ${size} lines: drawing it keeps the page busy for a moment. `);
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = 'Draw';
    button.addEventListener('click', () => {
      this.#asked.set(one, key);
      this.#wanted.add(one);
      shown.root.replaceChildren(...(shown.drawing === undefined ? [] : [shown.drawing]), note('waiting', 'Drawing…'));
      // What is said is painted first.
      this.#pause = 0;
      requestAnimationFrame(() => setTimeout(() => void this.#drawAll()));
    });
    words.append(button);
    shown.drawing?.removeAttribute('aria-busy');
    shown.root.replaceChildren(
      ...(shown.drawing === undefined ? [] : [shown.drawing]),
      words,
      document.createElement('slot'),
    );
  }

  #keep(key: string, outcome: DiagramOutcome): void {
    if (this.#kept.size >= MOST_KEPT) this.#kept.delete(this.#kept.keys().next().value!);
    this.#kept.set(key, outcome);
  }

  #show(one: HTMLElement, shown: Shown, outcome: DiagramOutcome): void {
    shown.outcome = outcome;
    const { root } = shown;
    if (outcome.kind === 'fault') {
      const fault = note('fault', '');
      fault.append(document.createElement('strong'), `: ${outcome.message}`);
      shown.drawing?.classList.add('old');
      shown.drawing?.removeAttribute('aria-busy');
      root.replaceChildren(
        ...(shown.drawing === undefined ? [] : [shown.drawing]),
        fault,
        document.createElement('slot'),
      );
      this.#faulty.add(one);
      this.#tellPlace(one, root, outcome);
      return;
    }
    const { svg, sheet, isForPaper } = outcome;
    root.adoptedStyleSheets = [shadowStyle(), sheet];
    const own = svg.cloneNode(true) as SVGSVGElement;
    own.setAttribute('role', 'img');
    for (const name of ['width', 'height', 'style']) own.removeAttribute(name);
    const frame = document.createElement('div');
    frame.className = 'drawing';
    const { isDark } = coloursOf();
    frame.classList.toggle('turned', isForPaper && isDark);
    frame.classList.toggle('dark', !isForPaper && isDark);
    frame.append(own);
    this.#sizes.observe(frame);
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = 'Full size';
    button.hidden = true;
    button.addEventListener('click', () => {
      shown.isActual = !shown.isActual;
      this.#fit(one, shown);
    });
    if (shown.drawing !== undefined) this.#sizes.unobserve(shown.drawing);
    shown.drawing = frame;
    root.replaceChildren(frame, button);
    this.#fit(one, shown);
  }

  /** Size and name of a drawing, which do not change it. */
  #fit(one: HTMLElement, { drawing, outcome, root, isActual }: Shown): void {
    if (drawing === undefined || outcome?.kind !== 'drawn') return;
    const { width, height, description } = outcome;
    const svg = drawing.firstElementChild as SVGSVGElement;
    const inches = Number(one.dataset.width);
    const shownWidth = inches > 0 ? inches * 96 : width;
    drawing.classList.toggle('actual', isActual);
    (drawing as HTMLElement).style.setProperty('--width', `${Math.round(shownWidth)}px`);
    svg.style.aspectRatio = `${width} / ${height}`;
    svg.setAttribute('aria-label', one.dataset.alt || description);
    root.querySelector('button')?.setAttribute('aria-pressed', String(isActual));
    measure(drawing as HTMLElement);
  }

  #tellPlace(one: HTMLElement, root: ShadowRoot, { line }: DiagramFault): void {
    const strong = root.querySelector('.fault > strong');
    if (strong === null) return;
    const { file } = one.dataset;
    const base = file === undefined ? this.#lineOf(one, one.dataset.l) : 0;
    const isKnown = line !== undefined && base !== undefined;
    const place = isKnown ? `, line ${base + line + 1}` : '';
    const words = `Mermaid${file === undefined ? '' : `, ${file}`}${place}`;
    if (strong.textContent !== words) strong.textContent = words;
  }
}

/** Resolves when the page has nothing else to do. */
function idle(): Promise<void> {
  return new Promise(resolve => {
    requestIdleCallback(() => resolve(), { timeout: PATIENCE });
  });
}

function statementsOf(source: string): number {
  return source.split(/[\n;]/).filter(line => line.trim() !== '').length;
}

function keyOf({ source, colours, theme }: DiagramRequest): string {
  return [source, theme ?? '', JSON.stringify(colours)].join('\n\u0000');
}

function note(className: string, words: string): HTMLElement {
  const element = document.createElement('div');
  element.className = className;
  if (className === 'fault') element.setAttribute('role', 'note');
  element.textContent = words;
  return element;
}

/** A drawing that is wider than the page scrolls, by keys as well; one that is made smaller can be had in full. */
function measure(frame: HTMLElement): void {
  const isWide = frame.scrollWidth > frame.clientWidth + 1;
  if (isWide !== frame.hasAttribute('tabindex')) {
    if (isWide) {
      frame.tabIndex = 0;
      frame.setAttribute('role', 'group');
      frame.setAttribute('aria-label', 'Wide diagram');
    } else for (const name of ['tabindex', 'role', 'aria-label']) frame.removeAttribute(name);
  }
  const button = frame.parentNode?.querySelector('button');
  const zoom = Number(getComputedStyle(frame).getPropertyValue('--zoom')) || 1;
  const whole = Number.parseFloat(frame.style.getPropertyValue('--width')) * zoom;
  if (button) button.hidden = !frame.classList.contains('actual') && frame.clientWidth >= 0.85 * whole;
}
