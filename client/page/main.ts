/** The preview page: shows the chapter's blocks, keeps scroll and open callouts over updates, follows links and numbers. */
import type { HostMessage } from '../preview/messages';
import { connect, type Host } from './host';
import { showNotice } from './notice';
import { Blocks } from './patch';
import { anchor, lineAtTop, scrollToLine } from './scroll';
import { followTabs, mendTabs, revealInTabs } from './tabs';

/** Moves within this time of an own scroll are its effect, not the reader's. */
const ECHO_MILLISECONDS = 200;

class Page {
  readonly #root = document.getElementById('reckoner-chapter')!;
  readonly #blocks = new Blocks(this.#root);
  readonly #host: Host | undefined;
  #quietUntil = 0;
  #pendingLine: number | undefined;

  constructor(host: Host | undefined) {
    this.#host = host;
    this.#pendingLine = host?.load()?.line;
    this.#root.addEventListener('click', event => this.#click(event));
    this.#root.addEventListener('dblclick', event => this.#reveal(event));
    this.#root.addEventListener('keydown', event => this.#key(event));
    followTabs(this.#root);
    this.#loadImages(this.#root);
    if (host === undefined) return;
    host.listen(message => this.#receive(message));
    let frame = 0;
    window.addEventListener('scroll', () => {
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(() => this.#scrolled());
    });
    host.send({ type: 'ready' });
  }

  #receive(message: HostMessage): void {
    switch (message.type) {
      case 'update': {
        const restore = anchor(this.#root);
        this.#quiet();
        for (const element of this.#blocks.apply(message.update)) {
          this.#loadImages(element);
          mendTabs(element);
        }
        document.title = message.update.title;
        restore();
        if (this.#pendingLine !== undefined) {
          scrollToLine(this.#root, this.#pendingLine);
          this.#pendingLine = undefined;
        }
        this.#remember();
        return;
      }
      case 'scroll':
        this.#quiet();
        scrollToLine(this.#root, message.line);
        return;
      case 'notice':
        showNotice(message.notice, title => this.#host?.send({ type: 'act', title }));
        return;
      case 'unavailable': {
        const note = document.createElement('p');
        note.className = 'reckoner-waiting';
        note.textContent = message.reason;
        this.#root.replaceChildren(note);
      }
    }
  }

  #quiet(): void {
    this.#quietUntil = performance.now() + ECHO_MILLISECONDS;
  }

  #scrolled(): void {
    this.#remember();
    if (performance.now() < this.#quietUntil) return;
    this.#host?.send({ type: 'scrolled', line: lineAtTop(this.#root) });
  }

  #remember(): void {
    this.#host?.save({ uri: document.body.dataset.uri ?? '', line: lineAtTop(this.#root) });
  }

  #click(event: MouseEvent): void {
    const target = event.target as Element;
    const link = target.closest('a[href]');
    if (link !== null) {
      event.preventDefault();
      this.#follow(link.getAttribute('href')!);
      return;
    }
    const value = target.closest<HTMLElement>('.reckoner-value');
    if (value !== null) this.#define(value);
  }

  #key(event: KeyboardEvent): void {
    const value = (event.target as Element).closest<HTMLElement>('.reckoner-value');
    if (value === null || (event.key !== 'Enter' && event.key !== ' ')) return;
    event.preventDefault();
    this.#define(value);
  }

  #define(value: HTMLElement): void {
    const line = this.#lineOf(value, value.dataset.r);
    if (line !== undefined) this.#host?.send({ type: 'definition', line, character: Number(value.dataset.c ?? 0) });
  }

  /** Line of the chapter from one relative to the block around an element. */
  #lineOf(element: Element, relative: string | undefined): number | undefined {
    const block = element.closest<HTMLElement>('.reckoner-block');
    const base = Number(block?.dataset.line);
    return Number.isFinite(base) ? base + Number(relative ?? 0) : undefined;
  }

  #reveal(event: MouseEvent): void {
    const target = event.target as Element;
    if (target.closest('a, summary, .reckoner-value') !== null) return;
    const inner = target.closest<HTMLElement>('[data-l]');
    const line = this.#lineOf(target, inner?.dataset.l);
    if (line !== undefined) this.#host?.send({ type: 'reveal', line });
  }

  #follow(href: string): void {
    if (!href.startsWith('#')) {
      this.#host?.send({ type: 'open', href });
      return;
    }
    const target = document.getElementById(decodeURIComponent(href.slice(1)));
    if (target === null) return;
    target.closest('details')?.setAttribute('open', '');
    revealInTabs(target);
    target.scrollIntoView({ block: 'center' });
    if (!target.hasAttribute('tabindex')) target.setAttribute('tabindex', '-1');
    target.focus({ preventScroll: true });
  }

  /** Images name their file only; the host knows where that is. */
  #loadImages(root: Element): void {
    const folder = this.#host?.folder;
    if (folder === undefined) return;
    for (const image of root.querySelectorAll<HTMLImageElement>('img[data-src]')) {
      const source = `${folder}/${image.dataset.src}`;
      if (image.getAttribute('src') === source) continue;
      image.addEventListener('error', () => image.classList.add('reckoner-missing'), { once: true });
      image.src = source;
    }
  }
}

new Page(connect());
