/** What a page shows that has taken the updates of its chapter, without a browser. */
import { htmlOf, nextPlaces } from '../../client/page/places';
import type { PreviewPlace, PreviewUpdate } from '../../server/protocol';

export class ShownPage {
  blocks: readonly (PreviewPlace & { readonly html: string })[] = [];
  #number = -1;
  #followed = 0;

  /** Throws where the page lacks what the update builds upon. */
  apply(update: PreviewUpdate): void {
    const before = this.blocks;
    const places = nextPlaces(before, update);
    if (places === undefined || (!update.reset && update.number !== this.#number + 1))
      throw new Error(`update ${update.number} was made for another page`);
    this.#number = update.number;
    this.blocks = places.map(({ key, line, endLine, from }) => {
      const html = from === undefined ? htmlOf(key, update, before) : before[from]!.html;
      if (html === undefined) throw new Error(`update ${update.number} lacks the block ${key}`);
      return { key, line, endLine, html };
    });
  }

  /** Takes those of updates that it has not taken yet. */
  follow(updates: readonly PreviewUpdate[]): this {
    for (const update of updates.slice(this.#followed)) this.apply(update);
    this.#followed = updates.length;
    return this;
  }

  get html(): string {
    return this.blocks.map(({ html }) => html).join('\n');
  }
}
