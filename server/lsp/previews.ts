/** Sends the pages that show chapters what changes in them. */
import { fileURLToPath } from 'node:url';
import type { Connection } from 'vscode-languageserver/node';
import type { Analysis } from '../evaluation/analysis';
import { PREVIEW_UPDATE, type PreviewUpdate } from '../protocol';
import { citationsOf } from '../workspace/bibliographies';

type Preview = typeof import('../preview');

/** A page is brought up to date once typing pauses for this long. */
const DELAY = 40;

interface Page {
  readonly session: InstanceType<Preview['PreviewSession']>;
  latest: Analysis | undefined;
  timer: NodeJS.Timeout | undefined;
}

export class Previews {
  readonly #connection: Connection;
  readonly #pages = new Map<string, Promise<Page>>();

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  open(uri: string): void {
    this.#pages.set(
      uri,
      import('../preview').then(({ PreviewSession }) => ({
        session: new PreviewSession(uri),
        latest: undefined,
        timer: undefined,
      })),
    );
  }

  close(uri: string): void {
    void this.#pages.get(uri)?.then(page => clearTimeout(page.timer));
    this.#pages.delete(uri);
  }

  /** The update that a page which has just opened needs. */
  async complete(uri: string, analysis: Analysis): Promise<PreviewUpdate | null> {
    const page = await this.#pages.get(uri);
    if (page === undefined) return null;
    page.session.reset();
    return page.session.next(await render(analysis), analysis.version);
  }

  update(uri: string, analysis: Analysis): void {
    void this.#pages.get(uri)?.then(page => {
      page.latest = analysis;
      page.timer ??= setTimeout(() => void this.#send(uri, page), DELAY).unref();
    });
  }

  async #send(uri: string, page: Page): Promise<void> {
    const analysis = page.latest!;
    const rendered = await render(analysis);
    page.timer = undefined;
    if (!this.#pages.has(uri)) return;
    await this.#connection.sendNotification(PREVIEW_UPDATE, page.session.next(rendered, analysis.version));
    if (page.latest !== analysis) this.update(uri, page.latest!);
  }
}

async function render(analysis: Analysis): Promise<ReturnType<Preview['renderChapter']>> {
  const { renderChapter, needsMath, loadMath } = await import('../preview');
  const { chapter } = analysis;
  const citation = chapter.uri.startsWith('file:') ? citationsOf(fileURLToPath(chapter.uri), chapter) : undefined;
  return renderChapter(analysis, {
    ...(needsMath(chapter) ? { math: await loadMath() } : {}),
    ...(citation === undefined ? {} : { citation }),
  });
}
