/** Says once that something is under way: while the first chapter is evaluated, if that takes long enough to be noticed. */
import type { Connection, WorkDoneProgressReporter } from 'vscode-languageserver';
import { basename } from '../files/path';
import { pathOfUri } from '../files/uri';
import { later, type Timer } from '../timers';

/** A shorter wait is over before anybody reads of it. */
const NOTICED = 300;

export class FirstRun {
  readonly #connection: Connection;
  readonly #reports: boolean;
  #state: 'waiting' | 'running' | 'over' = 'waiting';
  #timer: Timer | undefined;
  #progress: WorkDoneProgressReporter | undefined;

  /** `reports` is true if the client shows progress. */
  constructor(connection: Connection, reports: boolean) {
    this.#connection = connection;
    this.#reports = reports;
  }

  /** A chapter is opened. */
  begin(uri: string): void {
    if (!this.#reports || this.#state !== 'waiting') return;
    this.#state = 'running';
    this.#timer = later(() => void this.#show(basename(pathOfUri(uri) ?? uri)), NOTICED);
  }

  /** A chapter has its values. */
  done(): void {
    this.#state = 'over';
    clearTimeout(this.#timer);
    this.#progress?.done();
    this.#progress = undefined;
  }

  async #show(name: string): Promise<void> {
    const progress = await this.#connection.window.createWorkDoneProgress().catch((error: unknown) => {
      this.#connection.console.warn(`The client does not show progress: ${String(error)}`);
      return undefined;
    });
    progress?.begin(`Reckoner: evaluating ${name}`, undefined, undefined, false);
    if (this.#state === 'over') progress?.done();
    else this.#progress = progress;
  }
}
