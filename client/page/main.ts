/** The preview page: shows the chapter's blocks, keeps what the reader has changed over updates, follows links and numbers. */
import type { CardPlace, PreviewUpdate, ValueCard } from '../../server/protocol';
import type { EditorView, Goal, HostMessage, LastValue, PageSettings, PageState, Stop } from '../preview/messages';
import { Cards } from './card';
import { CursorMark } from './cursor';
import { Diagrams } from './diagrams/diagrams';
import { connect, type Host } from './host';
import { chapterCards, linkCards, targetOf } from './linkCards';
import { showNotice } from './notice';
import { Numbers } from './numbers';
import { Blocks, MISSING } from './patch';
import { FigurePoints } from './points';
import { ScrollMap } from './scroll';
import { Scrollers } from './scrollers';
import { followTabs, mendTabs, revealInTabs } from './tabs';
import { Trail } from './trail';
import { TriedMarks } from './tried';
import { valueCards } from './valueCards';
import { wordAt } from './word';
import { Zoom } from './zoom';

/** Moves within this time of a change are its effect, not the reader's. */
const ECHO_MILLISECONDS = 200;

class Page {
  readonly #root = document.getElementById('reckoner-chapter')!;
  readonly #blocks = new Blocks(this.#root);
  readonly #map = new ScrollMap(this.#blocks);
  readonly #cursor = new CursorMark(this.#blocks, this.#map);
  readonly #numbers = new Numbers(this.#root);
  readonly #scrollers = new Scrollers(this.#root);
  readonly #diagrams = new Diagrams(this.#root, (element, relative) =>
    this.#host === undefined ? undefined : this.#blocks.lineOf(element, relative),
  );
  readonly #tried = new TriedMarks(this.#root, number => this.#placeOf(number));
  readonly #host: Host | undefined;
  readonly #cards: Cards;
  readonly #trail: Trail;
  readonly #zoom: Zoom;
  readonly #asked = new Map<number, (card: ValueCard | undefined) => void>();
  #uri = document.body.dataset.uri ?? '';
  #folder = document.body.dataset.folder ?? '.';
  #locked = false;
  #quietUntil = 0;
  /** Where the page has scrolled to by itself: told late by a busy browser, it is still no move of the reader's. */
  #ownTop: number | undefined;
  /** Where the reader wants to be once there is a chapter. */
  #goal: Goal | undefined;
  /** What the editor shows, until the reader scrolls here: the page keeps to it while it grows. */
  #pinned: EditorView | undefined;
  /** True until the blocks of another chapter have come. */
  #isOther = false;
  #catchUpTimer: ReturnType<typeof setTimeout> | undefined;
  /** What was kept over a reload, until the host says which chapter is shown. */
  #saved: PageState | undefined;
  /** Last values from before a reload, until they have their places; then those that the page shows. */
  #kept: readonly LastValue[] = [];
  #isReloaded = false;
  /** The last values of chapters that were shown before. */
  readonly #left = new Map<string, readonly LastValue[]>();

  constructor(host: Host | undefined) {
    this.#host = host;
    const state = host?.load();
    this.#trail = new Trail(state?.back, state?.forward);
    if (host?.hasEditor === true) this.#saved = state;
    else {
      this.#goal = host?.goal ?? (state && { line: state.line });
      this.#keepLast(state?.last);
    }
    this.#locked = state?.locked === true;
    this.#zoom = new Zoom(state?.zoom, apply => this.#zoomed(apply));
    const send = (type: 'place' | 'whatIf') => (place: CardPlace) => host?.send({ type, place });
    const go = host?.hasEditor === true ? { go: send('place'), whatIf: send('whatIf') } : undefined;
    const numberCards = host === undefined ? [] : [valueCards(number => this.#ask(host, number), go)];
    this.#cards = new Cards(this.#root, [linkCards, chapterCards, ...numberCards]);
    this.#root.addEventListener('click', event => this.#click(event));
    this.#root.addEventListener('dblclick', event => this.#reveal(event));
    this.#root.addEventListener('keydown', event => this.#key(event));
    followTabs(this.#root);
    new FigurePoints(this.#root);
    if (host === undefined) return;
    this.#listen(host);
    host.send({ type: 'ready' });
  }

  /** What stands at the top stays there, though all above it changes its height. */
  #zoomed(apply: () => void): void {
    const restore = this.#map.anchor();
    this.#byItself(() => {
      apply();
      restore(0);
    });
    this.#remember();
  }

  #listen(host: Host): void {
    host.listen(message => this.#receive(message));
    let frame = 0;
    window.addEventListener('scroll', () => {
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(() => this.#scrolled());
    });
    for (const kind of ['wheel', 'pointerdown', 'touchmove', 'keydown'])
      window.addEventListener(kind, () => (this.#pinned = undefined), { passive: true });
    // Pictures that come, and what is laid out only once it is seen, move the rest.
    new ResizeObserver(() => this.#settle()).observe(this.#root);
    if (!host.hasEditor) return;
    window.addEventListener('keydown', event => {
      if (!event.altKey || (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight')) return;
      event.preventDefault();
      this.#travel(event.key === 'ArrowLeft' ? 'back' : 'forward');
    });
    window.addEventListener('mouseup', event => {
      if (event.button === 3 || event.button === 4) this.#travel(event.button === 3 ? 'back' : 'forward');
    });
  }

  #receive(message: HostMessage): void {
    switch (message.type) {
      case 'update':
        this.#update(message.update);
        return;
      case 'chapter':
        this.#enter(message.uri, message.folder, message.goal);
        return;
      case 'scroll':
        this.#pin(message);
        return;
      case 'cursor':
        this.#cursor.show(message.line);
        if (message.isFollowed && message.line !== undefined) this.#keepInView(message.line);
        return;
      case 'settings':
        this.#apply(message.settings);
        return;
      case 'card':
        this.#asked.get(message.id)?.(message.card);
        this.#asked.delete(message.id);
        return;
      case 'travel':
        this.#travel(message.way);
        return;
      case 'tried':
        this.#tried.show(message.numbers);
        return;
      case 'notice':
        showNotice(message.notice, title => this.#host?.send({ type: 'act', title }));
        return;
      case 'unavailable': {
        const note = document.createElement('p');
        note.className = 'reckoner-waiting';
        note.textContent = message.reason;
        this.#blocks.replace(note);
      }
    }
  }

  #update(update: PreviewUpdate): void {
    this.#byItself(() => this.#show(update));
  }

  #show(update: PreviewUpdate): void {
    const isOther = this.#isOther && update.reset;
    if (isOther) {
      this.#blocks.clear();
      this.#isOther = false;
      window.scrollTo({ top: 0 });
    }
    const restore = this.#map.anchor();
    const applied = this.#blocks.apply(update, this.#map.inView());
    if (applied === undefined) {
      this.#host?.send({ type: 'ready' });
      return;
    }
    if (document.title !== update.title) document.title = update.title;
    // Styles depend on the language: it is written only where it is another one.
    const { documentElement } = document;
    if (documentElement.lang !== update.language) documentElement.lang = update.language;
    this.#dress(applied.changed);
    if (this.#goal !== undefined) this.#reach(this.#goal);
    else if (isOther) this.#settle();
    else restore(applied.first);
    this.#goal = undefined;
    this.#catchUpLater();
  }

  #keepLast(last: readonly LastValue[] = []): void {
    this.#kept = last;
    this.#isReloaded = this.#kept.length > 0;
  }

  /** Last values outlive the page, which goes when it is hidden. */
  #rememberLast(): void {
    if (this.#isReloaded && this.#blocks.bringBack(this.#kept)) this.#isReloaded = false;
    if (this.#isReloaded) return;
    const before = this.#kept.length;
    this.#kept = this.#blocks.lastValues();
    if (before + this.#kept.length > 0) this.#remember();
  }

  /** Gives blocks that are new or have changed what does not come with their HTML. */
  #dress(changed: readonly HTMLElement[]): void {
    for (const element of changed) {
      this.#loadImages(element);
      mendTabs(element);
      this.#scrollers.watch(element);
      this.#diagrams.watch(element);
      this.#numbers.refresh(element);
    }
    this.#diagrams.tellLines();
    this.#cards.refresh();
    this.#cursor.refresh();
    this.#tried.refresh();
  }

  /** What is out of view follows in slices, between which the reader can scroll and the next update comes first. */
  #catchUpLater(): void {
    clearTimeout(this.#catchUpTimer);
    if (this.#blocks.isBehind) this.#catchUpTimer = setTimeout(() => this.#catchUp());
    else this.#rememberLast();
  }

  #catchUp(patience?: number): void {
    if (!this.#blocks.isBehind) return;
    const restore = this.#map.anchor();
    this.#byItself(() => {
      this.#dress(this.#blocks.catchUp(patience));
      restore(0);
    });
    this.#catchUpLater();
  }

  #enter(uri: string, folder: string, goal: Goal | undefined): void {
    this.#cards.close();
    if (uri !== this.#uri) {
      this.#isOther = true;
      this.#pinned = undefined;
      this.#left.set(this.#uri, this.#kept);
      this.#keepLast(this.#left.get(uri));
      this.#uri = uri;
    }
    this.#folder = folder;
    this.#cursor.show(undefined);
    const saved = this.#saved?.uri === uri ? this.#saved : undefined;
    const kept = saved && { line: saved.line };
    if (saved !== undefined) this.#keepLast(saved.last);
    this.#saved = undefined;
    if (this.#blocks.all.length === 0 || this.#isOther) this.#goal = goal ?? kept;
    else if (goal !== undefined) this.#reach(goal);
  }

  #reach(goal: Goal): void {
    this.#catchUp(Number.POSITIVE_INFINITY);
    this.#byItself(() => {
      // What is above may be laid out only once it is seen.
      if ('line' in goal) this.#pin(goal);
      else this.#jump(document.getElementById(goal.label));
    });
  }

  #apply({ numbers, locked }: PageSettings): void {
    this.#numbers.show(numbers);
    this.#locked = locked;
    this.#remember();
  }

  /** Changes or scrolls the page in a way that is not the reader's. */
  #byItself(change: () => void): void {
    this.#quietUntil = performance.now() + ECHO_MILLISECONDS;
    change();
    this.#ownTop = window.scrollY;
  }

  #pin(view: EditorView): void {
    this.#pinned = view;
    this.#settle();
  }

  #settle(): void {
    const view = this.#pinned;
    // Another chapter's lines say nothing of the blocks that are still shown.
    if (view === undefined || this.#isOther) return;
    this.#byItself(() => this.#map.show(view));
  }

  #keepInView(cursor: number): void {
    if (this.#pinned !== undefined) this.#pinned = { ...this.#pinned, cursor };
    if (!this.#isOther) this.#byItself(() => this.#map.reveal(cursor));
  }

  #scrolled(): void {
    this.#remember();
    if (performance.now() < this.#quietUntil || window.scrollY === this.#ownTop) return;
    this.#ownTop = undefined;
    this.#host?.send({ type: 'scrolled', line: this.#map.lineAtTop() });
  }

  get #here(): Stop {
    return { uri: this.#uri, line: this.#map.lineAtTop() };
  }

  #remember(): void {
    const { back, forward } = this.#trail;
    this.#host?.save({ ...this.#here, zoom: this.#zoom.factor, back, forward, locked: this.#locked, last: this.#kept });
  }

  #click(event: MouseEvent): void {
    const target = event.target as Element;
    const link = target.closest('a[href]');
    if (link !== null) {
      this.#follow(link, event);
      return;
    }
    const number = target.closest<HTMLElement>('.reckoner-value');
    if (number === null || !this.#numbers.areShown || this.#host === undefined) return;
    if (this.#host.hasEditor) this.#goTo(number, event.altKey ? 'reference' : 'definition');
    else void this.#cards.open(number);
  }

  #key(event: KeyboardEvent): void {
    const number = (event.target as Element).closest<HTMLElement>('.reckoner-value');
    if (number === null || (event.key !== 'Enter' && event.key !== ' ')) return;
    event.preventDefault();
    if (this.#host?.hasEditor === true && (event.ctrlKey || event.metaKey)) this.#goTo(number, 'definition');
    else if (this.#host?.hasEditor === true && event.altKey) this.#goTo(number, 'reference');
    else void this.#cards.open(number);
  }

  #goTo(number: HTMLElement, type: 'definition' | 'reference'): void {
    const place = this.#placeOf(number);
    if (place !== undefined) this.#host?.send({ type, ...place });
  }

  /** Where the reference stands whose value a number is. */
  #placeOf(number: HTMLElement): { readonly line: number; readonly character: number } | undefined {
    const line = this.#blocks.lineOf(number, number.dataset.r);
    return line === undefined ? undefined : { line, character: Number(number.dataset.c ?? 0) };
  }

  #asks = 0;

  #ask(host: Host, number: HTMLElement): Promise<ValueCard | undefined> {
    const place = this.#numbers.areShown ? this.#placeOf(number) : undefined;
    if (place === undefined) return Promise.resolve(undefined);
    const id = ++this.#asks;
    return new Promise(resolve => {
      this.#asked.set(id, resolve);
      host.send({ type: 'card', id, ...place });
    });
  }

  #reveal(event: MouseEvent): void {
    const target = event.target as Element;
    const index = this.#blocks.indexOf(target);
    if (index === undefined || target.closest('a, summary, button, .reckoner-value') !== null) return;
    const block = this.#blocks.all[index]!;
    const inner = target.closest<HTMLElement>('[data-l]');
    const line = block.line + Number(inner?.dataset.l ?? 0);
    this.#host?.send({ type: 'reveal', line, endLine: block.endLine, ...wordAt(inner ?? block.element) });
  }

  #follow(link: Element, event: MouseEvent): void {
    const href = link.getAttribute('href')!;
    // A browser's own way to open a link elsewhere.
    if (this.#host?.hasEditor !== true && (event.ctrlKey || event.metaKey || event.shiftKey)) return;
    const target = targetOf(link);
    if (target !== undefined) {
      event.preventDefault();
      this.#cards.close();
      if (this.#host?.hasEditor === true) this.#trail.leave(this.#here);
      else history.pushState(undefined, '', href);
      this.#jump(target);
      return;
    }
    // A page that stands alone leaves its links to the browser.
    if (this.#host === undefined) return;
    event.preventDefault();
    if (href.startsWith('#')) return;
    if (this.#host.hasEditor && !/^[a-z][a-z0-9+.-]*:/i.test(href)) this.#trail.leave(this.#here);
    this.#host.send({ type: 'open', href });
  }

  #travel(way: 'back' | 'forward'): void {
    const { uri, line } = this.#here;
    const stop = this.#trail.travel(way, { uri, line });
    if (stop === undefined) return;
    if (stop.uri === uri) this.#reach({ line: stop.line });
    else this.#host?.send({ type: 'visit', uri: stop.uri, line: stop.line });
  }

  /** Shows a place of the page, and has the keyboard go on from there. */
  #jump(target: HTMLElement | null): void {
    this.#catchUp(Number.POSITIVE_INFINITY);
    if (target?.isConnected !== true) return;
    for (
      let around = target.closest('details');
      around !== null;
      around = around.parentElement?.closest('details') ?? null
    )
      around.setAttribute('open', '');
    revealInTabs(target);
    this.#pinned = undefined;
    target.scrollIntoView({ block: 'center' });
    if (!target.hasAttribute('tabindex')) target.setAttribute('tabindex', '-1');
    target.focus({ preventScroll: true });
  }

  /** Images name their file only; the host knows where that is. */
  #loadImages(root: Element): void {
    for (const image of root.querySelectorAll<HTMLImageElement>('img[data-src]')) {
      const source = `${this.#folder}/${image.dataset.src}`;
      if (image.getAttribute('src') === source) continue;
      image.classList.remove(MISSING);
      image.addEventListener('error', () => image.classList.add(MISSING), { once: true });
      image.src = source;
    }
  }
}

new Page(connect());
