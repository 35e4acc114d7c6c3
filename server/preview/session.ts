/** What one page has been sent, so that an update carries only what it lacks. */
import type { PreviewUpdate } from '../protocol';
import type { RenderedChapter } from './chapter';

export class PreviewSession {
  readonly #uri: string;
  #sent = new Set<string>();
  #fresh = true;

  constructor(uri: string) {
    this.#uri = uri;
  }

  /** The next update needs no knowledge of earlier ones. */
  reset(): void {
    this.#sent = new Set();
    this.#fresh = true;
  }

  /** The update that brings the page to this version. */
  next(rendered: RenderedChapter, version: number): PreviewUpdate {
    const html: Record<string, string> = {};
    const now = new Set<string>();
    for (const block of rendered.blocks) {
      now.add(block.key);
      if (!this.#sent.has(block.key)) html[block.key] = block.html;
    }
    this.#sent = now;
    const reset = this.#fresh;
    this.#fresh = false;
    const blocks = rendered.blocks.map(({ key, line, endLine }) => ({ key, line, endLine }));
    return { uri: this.#uri, version, title: rendered.title, blocks, html, reset };
  }
}
