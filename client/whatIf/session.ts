/**
 * What the author tries in a chapter: changes that are written nowhere until they are kept. One chapter has changes at a
 * time. What follows from them is asked of the server after each change and each edit: at first numbers and guards, which
 * are there at once, then what sentences claim. Of the changes that come meanwhile, as from a slider, only the last counts.
 */
import * as vscode from 'vscode';
import {
  BREAK_EVEN,
  type CausePlace,
  type GuardEdgeResult,
  WHAT_IF,
  type WhatIfParams,
  type WhatIfResult,
} from '../../server/protocol';
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
  /** Where the chapter says it. */
  readonly place?: CausePlace | undefined;
}

export class WhatIfSession implements vscode.Disposable {
  readonly #server: Server;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #picked = new vscode.EventEmitter<string>();
  readonly #subscriptions: vscode.Disposable;
  #chapter: vscode.Uri | undefined;
  #tried: readonly Tried[] = [];
  #result: WhatIfResult | undefined;
  #isWhole = true;
  #isActive = false;
  /** Counts the changes; what was asked of an earlier one is asked again. */
  #wanted = 0;
  /** Counts what was evaluated of the chapter meanwhile. */
  #evaluations = 0;
  #asking: Promise<void> | undefined;
  /** Gives up looking for claims, since there are other values. */
  #checking: vscode.CancellationTokenSource | undefined;

  /** The changes, or what follows from them, are others. */
  readonly onChanged = this.#changed.event;
  /** An assumption is to be changed next. */
  readonly onPicked = this.#picked.event;

  constructor(server: Server) {
    this.#server = server;
    this.#subscriptions = server.onStatus(({ uri }) => {
      if (uri !== this.#chapter?.toString() || this.#tried.length === 0) return;
      this.#evaluations++;
      this.#ask().catch(server.report);
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

  /** False as long as claims are looked for: the result tells of none. */
  get isWhole(): boolean {
    return this.#isWhole;
  }

  /** What numbers would be, by the ranges of their references. */
  get numbers(): readonly TriedNumber[] {
    return (this.#result?.numbers ?? []).map(({ after, place }) => ({
      ...place.range,
      // Formulas are typeset on a page, and not by this.
      text: after?.includes('$') === true ? '…' : (after ?? 'no value'),
    }));
  }

  /** Lets an assumption be changed beside the others; gives up those of another chapter. */
  async pick(chapter: vscode.Uri, assumption: Tried): Promise<void> {
    const others = this.#isOf(chapter) ? this.#tried : [];
    if (!others.some(({ name }) => name === assumption.name)) await this.replace(chapter, [...others, assumption]);
    this.#picked.fire(assumption.name);
  }

  /** Tries another value of an assumption that was picked. */
  async set(name: string, value: string): Promise<void> {
    const before = this.#tried.find(one => one.name === name);
    if (before === undefined || before.value === value) return;
    this.#tried = this.#tried.map(one => (one === before ? { ...one, value } : one));
    await this.#ask();
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

  /** Writes the changes into the chapter and its data files, as one edit that can be undone. */
  async keep(): Promise<void> {
    // What was asked last may not be what is tried.
    await this.#asking;
    const chapter = this.#chapter;
    const { edits = [], fileEdits = [] } = this.#result ?? {};
    if (chapter === undefined || edits.length + fileEdits.length === 0) return;
    const edit = new vscode.WorkspaceEdit();
    for (const { range, newText } of edits) edit.replace(chapter, rangeOf(range), newText);
    for (const { place, newText } of fileEdits)
      edit.replace(this.#server.editorUri(place.uri), rangeOf(place.range), newText);
    await this.discard();
    if (!(await vscode.workspace.applyEdit(edit)))
      void vscode.window.showWarningMessage('The values could not be written.');
    else this.#tellOfFile(fileEdits);
  }

  /** A data file is changed out of sight: its editor is where that is saved or undone. */
  #tellOfFile([first, ...more]: WhatIfResult['fileEdits']): void {
    if (first === undefined) return;
    const uri = this.#server.editorUri(first.place.uri);
    const name = uri.path.split('/').at(-1)!;
    const what = more.some(({ place }) => place.uri !== first.place.uri)
      ? `${name} and other files hold`
      : `${name} holds`;
    vscode.window
      .showInformationMessage(`${what} the new values, which are not saved yet.`, 'Show')
      .then(
        chosen => chosen && vscode.window.showTextDocument(uri, { selection: rangeOf(first.place.range) }),
        this.#server.report,
      );
  }

  /** What would follow from changes, without trying them. */
  async outcome(
    chapter: vscode.Uri,
    tried: readonly Tried[],
    findings = true,
    token?: vscode.CancellationToken,
  ): Promise<WhatIfResult | undefined> {
    const changes = changesIn(tried);
    const params: WhatIfParams = { textDocument: { uri: this.#server.uriOf(chapter) }, changes, findings };
    return this.#server.request<WhatIfResult>(WHAT_IF, params, token);
  }

  /** The values of an assumption at which guards of the chapter change what they say, with the others as they are tried. */
  async edgesOf(name: string): Promise<readonly GuardEdgeResult[]> {
    if (this.#chapter === undefined) return [];
    const textDocument = { uri: this.#server.uriOf(this.#chapter) };
    const changes = changesIn(this.#tried.filter(one => one.name !== name));
    return (await this.#server.request<readonly GuardEdgeResult[]>(BREAK_EVEN, { textDocument, name, changes })) ?? [];
  }

  /** Another text once these values may be others. */
  edgesKey(name: string): string {
    const changes = changesIn(this.#tried.filter(one => one.name !== name));
    return JSON.stringify([this.#chapter?.toString(), this.#evaluations, changes]);
  }

  dispose(): void {
    this.#subscriptions.dispose();
    this.#checking?.dispose();
    this.#changed.dispose();
    this.#picked.dispose();
  }

  #isOf(chapter: vscode.Uri): boolean {
    return this.#chapter?.toString() === chapter.toString();
  }

  /** Asks what follows from the changes as they are by then. */
  #ask(): Promise<void> {
    this.#wanted++;
    this.#checking?.cancel();
    this.#asking ??= this.#askOn().finally(() => {
      this.#asking = undefined;
    });
    return this.#asking;
  }

  async #askOn(): Promise<void> {
    let asked: number;
    do {
      asked = this.#wanted;
      try {
        await this.#askOnce(asked);
      } catch (error) {
        // The chapter has been edited meanwhile: its next version is asked about.
        if (!isSuperseded(error)) this.#server.report(error);
      }
    } while (asked !== this.#wanted);
  }

  async #askOnce(asked: number): Promise<void> {
    const [chapter, tried] = [this.#chapter, this.#tried];
    if (chapter === undefined || tried.length === 0) return this.#show(undefined, true);
    await this.#show(await this.outcome(chapter, tried, false), false);
    if (asked !== this.#wanted) return;
    this.#checking = new vscode.CancellationTokenSource();
    try {
      const whole = await this.outcome(chapter, tried, true, this.#checking.token);
      if (asked === this.#wanted) await this.#show(whole, true);
    } finally {
      this.#checking.dispose();
      this.#checking = undefined;
    }
  }

  async #show(result: WhatIfResult | undefined, isWhole: boolean): Promise<void> {
    this.#result = result;
    this.#isWhole = isWhole;
    this.#changed.fire();
    const isActive = this.#tried.length > 0;
    if (isActive === this.#isActive) return;
    this.#isActive = isActive;
    await vscode.commands.executeCommand('setContext', WHAT_IF_CONTEXT, isActive);
  }
}

/** True for the answer to what nobody wants any more, or of a version that is gone. */
function isSuperseded(error: unknown): boolean {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  return code === REQUEST_CANCELLED || code === SERVER_CANCELLED || code === CONTENT_MODIFIED;
}

/** Error codes of the protocol. */
const REQUEST_CANCELLED = -32800;
const CONTENT_MODIFIED = -32801;
const SERVER_CANCELLED = -32802;

/** A range of an answer as the editor has it. */
export function rangeOf({ start, end }: WhatIfResult['edits'][number]['range']): vscode.Range {
  return new vscode.Range(start.line, start.character, end.line, end.character);
}

/** Those that are not what the chapter says. */
function changesIn(tried: readonly Tried[]): WhatIfParams['changes'] {
  return tried.filter(({ value, was }) => value !== was).map(({ name, value }) => ({ name, value }));
}
