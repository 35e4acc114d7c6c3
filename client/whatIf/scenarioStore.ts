/** Values that were tried together and have a name, by chapter; kept with the workspace. */
import type * as vscode from 'vscode';
import type { Tried } from './session';

export type Scenarios = Readonly<Record<string, readonly Tried[]>>;

const STORED = 'reckoner.scenarios';

export class ScenarioStore {
  readonly #state: vscode.Memento;

  constructor(state: vscode.Memento) {
    this.#state = state;
  }

  of(chapter: vscode.Uri): Scenarios {
    return this.#all[chapter.toString()] ?? {};
  }

  async set(chapter: vscode.Uri, name: string, tried: readonly Tried[]): Promise<void> {
    await this.#write(chapter, { ...this.of(chapter), [name]: tried });
  }

  async forget(chapter: vscode.Uri, name: string): Promise<void> {
    const { [name]: _, ...others } = this.of(chapter);
    await this.#write(chapter, others);
  }

  get #all(): Readonly<Record<string, Scenarios>> {
    return this.#state.get(STORED, {});
  }

  async #write(chapter: vscode.Uri, scenarios: Scenarios): Promise<void> {
    await this.#state.update(STORED, { ...this.#all, [chapter.toString()]: scenarios });
  }
}
