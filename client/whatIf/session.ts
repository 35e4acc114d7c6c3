/**
 * What the author tries in a chapter: changes that are written nowhere until they are kept. One chapter has changes at a
 * time; what follows from them is asked of the server after each change and each edit.
 */
import * as vscode from 'vscode';
import { WHAT_IF, type WhatIfParams, type WhatIfResult } from '../../server/protocol';
import { WHAT_IF_CONTEXT } from '../ids';
import type { TriedNumber } from '../preview/messages';
import type { Server } from '../server';

/** One value that is tried. */
export interface Tried {
  readonly name: string;
  readonly value: string;
  /** What the chapter says. */
  readonly was: string;
  readonly unit: string;
}

export class WhatIfSession implements vscode.Disposable {
  readonly #server: Server;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #subscriptions: vscode.Disposable;
  #chapter: vscode.Uri | undefined;
  #tried: readonly Tried[] = [];
  #result: WhatIfResult | undefined;
  /** Counts the questions: only the answer to the last one counts. */
  #asked = 0;

  /** The changes, or what follows from them, are others. */
  readonly onChanged = this.#changed.event;

  constructor(server: Server) {
    this.#server = server;
    this.#subscriptions = server.onStatus(({ uri }) => {
      if (uri === this.#chapter?.toString() && this.#tried.length > 0) void this.#ask();
    });
  }

  get chapter(): vscode.Uri | undefined {
    return this.#chapter;
  }

  get tried(): readonly Tried[] {
    return this.#tried;
  }

  /** What follows from the changes; undefined where there are none. */
  get result(): WhatIfResult | undefined {
    return this.#result;
  }

  /** What numbers would be, by the ranges of their references. */
  get numbers(): readonly TriedNumber[] {
    return (this.#result?.numbers ?? []).map(({ after, place }) => ({
      ...place.range,
      // Formulas are typeset on a page, and not by this.
      text: after?.includes('$') === true ? '…' : (after ?? 'no value'),
    }));
  }

  /** Tries a value beside the others; gives up those of another chapter. */
  async set(chapter: vscode.Uri, change: Tried): Promise<void> {
    const others = this.#isOf(chapter) ? this.#tried.filter(({ name }) => name !== change.name) : [];
    await this.replace(chapter, [...others, change]);
  }

  /** Tries these values and no others. */
  async replace(chapter: vscode.Uri, tried: readonly Tried[]): Promise<void> {
    this.#chapter = chapter;
    this.#tried = tried;
    await this.#ask();
  }

  async drop(name: string): Promise<void> {
    this.#tried = this.#tried.filter(one => one.name !== name);
    await this.#ask();
  }

  async discard(): Promise<void> {
    this.#tried = [];
    await this.#ask();
  }

  /** Writes the changes into the chapter, as one edit that can be undone. */
  async keep(): Promise<void> {
    const chapter = this.#chapter;
    const edits = this.#result?.edits ?? [];
    if (chapter === undefined || edits.length === 0) return;
    const edit = new vscode.WorkspaceEdit();
    for (const { range, newText } of edits) edit.replace(chapter, rangeOf(range), newText);
    await this.discard();
    if (!(await vscode.workspace.applyEdit(edit)))
      void vscode.window.showWarningMessage('The values could not be written into the chapter.');
  }

  /** What would follow from changes, without trying them. */
  async outcome(chapter: vscode.Uri, changes: WhatIfParams['changes']): Promise<WhatIfResult | undefined> {
    const params: WhatIfParams = { textDocument: { uri: this.#server.uriOf(chapter) }, changes };
    return this.#server.request<WhatIfResult>(WHAT_IF, params);
  }

  dispose(): void {
    this.#subscriptions.dispose();
    this.#changed.dispose();
  }

  #isOf(chapter: vscode.Uri): boolean {
    return this.#chapter?.toString() === chapter.toString();
  }

  async #ask(): Promise<void> {
    const asked = ++this.#asked;
    const isActive = this.#chapter !== undefined && this.#tried.length > 0;
    try {
      const result = isActive ? await this.outcome(this.#chapter!, this.#tried) : undefined;
      if (asked !== this.#asked) return;
      this.#result = result;
    } catch (error) {
      // The chapter has been edited meanwhile: its next version is asked about.
      if (asked === this.#asked) this.#server.report(error);
      return;
    }
    await vscode.commands.executeCommand('setContext', WHAT_IF_CONTEXT, isActive);
    this.#changed.fire();
  }
}

export function rangeOf({ start, end }: WhatIfResult['edits'][number]['range']): vscode.Range {
  return new vscode.Range(start.line, start.character, end.line, end.character);
}
