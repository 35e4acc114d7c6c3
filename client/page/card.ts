/**
 * Cards: what is known of the thing under the pointer or the focus, in a box beside it. A card opens a moment after the
 * pointer has come to rest, stays while the pointer is on it, and closes with Escape.
 */

export interface CardContent {
  /** What the card is about, for those who cannot see it. */
  readonly label: string;
  readonly nodes: readonly Node[];
}

/** Things that have cards. */
export interface CardSource {
  /** CSS selector of the things. */
  readonly selector: string;
  /** The card of one; undefined where there is none. */
  content(thing: HTMLElement): CardContent | undefined | Promise<CardContent | undefined>;
}

const OPEN_AFTER = 300;
const CLOSE_AFTER = 220;
/** Distance from what the card is about, and from the edges of the window. */
const GAP = 6;

export class Cards {
  readonly #root: HTMLElement;
  readonly #sources: readonly CardSource[];
  #timer: ReturnType<typeof setTimeout> | undefined;
  #thing: HTMLElement | undefined;
  #card: HTMLElement | undefined;
  /** Counts what was asked for: an answer that comes late is not shown. */
  #asked = 0;
  /** Titles that the browser would show beside the card. */
  readonly #titles = new Map<HTMLElement, string>();

  constructor(root: HTMLElement, sources: readonly CardSource[]) {
    this.#root = root;
    this.#sources = sources;
    root.addEventListener('pointerover', event => this.#over(event));
    root.addEventListener('pointerout', event => this.#out(event));
    root.addEventListener('focusin', event => this.#focus(event));
    root.addEventListener('focusout', event => this.#out(event));
    document.addEventListener('keydown', event => {
      if (event.key === 'Escape' && this.close()) event.stopPropagation();
    });
    document.addEventListener('pointerdown', event => {
      if (this.#card !== undefined && !this.#card.contains(event.target as Node)) this.close();
    });
  }

  /** Opens the card of a thing at once, with the focus on it. */
  async open(thing: HTMLElement): Promise<void> {
    clearTimeout(this.#timer);
    await this.#show(thing, true);
  }

  /** Closes the card; true if there was one. The focus goes back to where it came from. */
  close(): boolean {
    clearTimeout(this.#timer);
    this.#asked++;
    this.#giveTitles();
    const [card, thing] = [this.#card, this.#thing];
    this.#card = undefined;
    this.#thing = undefined;
    if (card === undefined) return false;
    thing?.removeAttribute('aria-expanded');
    if (card.contains(document.activeElement)) thing?.focus({ preventScroll: true });
    card.remove();
    return true;
  }

  /** Blocks have changed: a card stays only beside what it is about. */
  refresh(): void {
    if (this.#thing?.isConnected === false) this.close();
  }

  #thingOf(target: EventTarget | null): HTMLElement | undefined {
    const selector = this.#sources.map(source => source.selector).join(',');
    const found = target instanceof Element ? target.closest<HTMLElement>(selector) : null;
    return found !== null && this.#root.contains(found) ? found : undefined;
  }

  #over({ target, pointerType }: PointerEvent): void {
    const thing = this.#thingOf(target);
    if (thing === undefined || pointerType === 'touch') return;
    clearTimeout(this.#timer);
    this.#takeTitles(thing);
    if (thing !== this.#thing) this.#timer = setTimeout(() => void this.#show(thing, false), OPEN_AFTER);
  }

  #focus({ target }: FocusEvent): void {
    const thing = this.#thingOf(target);
    // Numbers open with Enter: whoever tabs past them wants to read on.
    if (thing === undefined || thing.localName !== 'a' || !thing.matches(':focus-visible')) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#show(thing, false), OPEN_AFTER);
  }

  #out(event: PointerEvent | FocusEvent): void {
    if (this.#card?.contains(event.relatedTarget as Node | null) === true) return;
    clearTimeout(this.#timer);
    if (this.#card === undefined) {
      this.#asked++;
      this.#giveTitles();
    } else if (!this.#card.contains(document.activeElement)) this.#timer = setTimeout(() => this.close(), CLOSE_AFTER);
  }

  #takeTitles(thing: HTMLElement): void {
    for (let one: HTMLElement | null = thing; one !== null && one !== this.#root; one = one.parentElement) {
      if (one.title === '') continue;
      this.#titles.set(one, one.title);
      one.removeAttribute('title');
    }
  }

  #giveTitles(): void {
    for (const [one, title] of this.#titles) if (one.title === '') one.title = title;
    this.#titles.clear();
  }

  async #show(thing: HTMLElement, isEntered: boolean): Promise<void> {
    const asked = ++this.#asked;
    const source = this.#sources.find(({ selector }) => thing.matches(selector));
    const content = await source?.content(thing);
    if (asked !== this.#asked || content === undefined || !thing.isConnected) return;
    this.close();
    this.#takeTitles(thing);
    const card = document.createElement('div');
    card.className = 'reckoner-card';
    card.setAttribute('role', 'dialog');
    card.setAttribute('aria-label', content.label);
    card.tabIndex = -1;
    card.append(...content.nodes);
    card.addEventListener('pointerenter', () => clearTimeout(this.#timer));
    card.addEventListener('pointerleave', event => this.#out(event));
    card.addEventListener('focusout', event => this.#out(event));
    document.body.append(card);
    place(card, thing);
    this.#card = card;
    this.#thing = thing;
    thing.setAttribute('aria-expanded', 'true');
    if (isEntered) card.focus({ preventScroll: true });
  }
}

/** Puts a card below a thing, or above it where there is more room. */
function place(card: HTMLElement, thing: HTMLElement): void {
  // Of a thing that is broken over lines, the first line.
  const box = thing.getClientRects()[0] ?? thing.getBoundingClientRect();
  const { clientWidth, clientHeight } = document.documentElement;
  const left = Math.max(GAP, Math.min(box.left, clientWidth - card.offsetWidth - GAP));
  const below = clientHeight - box.bottom - 2 * GAP;
  const isBelow = card.offsetHeight <= below || below >= box.top;
  const room = isBelow ? below : box.top - 2 * GAP;
  card.style.maxHeight = `${Math.max(80, room)}px`;
  const top = isBelow ? box.bottom + GAP : box.top - GAP - card.offsetHeight;
  card.style.left = `${left + window.scrollX}px`;
  card.style.top = `${Math.max(GAP, top) + window.scrollY}px`;
}
