/** Shows in editors what changes with the values that are tried: the new number behind each reference, guards that break. */
import * as vscode from 'vscode';
import type { Server } from '../server';
import { rangeOf, type WhatIfSession } from './session';

/** Lines around those that are seen which have marks as well: a change may reach thousands of numbers. */
const MARGIN = 100;

export class WhatIfMarks implements vscode.Disposable {
  readonly #session: WhatIfSession;
  readonly #server: Server;
  readonly #number = vscode.window.createTextEditorDecorationType({
    after: { margin: '0 0 0 0.5ch', color: new vscode.ThemeColor('gitDecoration.modifiedResourceForeground') },
    backgroundColor: new vscode.ThemeColor('diffEditor.insertedTextBackground'),
  });
  readonly #guard = vscode.window.createTextEditorDecorationType({
    after: { margin: '0 0 0 1ch', color: new vscode.ThemeColor('editorWarning.foreground') },
    isWholeLine: true,
  });
  readonly #subscriptions: vscode.Disposable;
  /** Editors that have marks. */
  #marked: ReadonlySet<vscode.TextEditor> = new Set();

  /** Ends of the references that have marks, which hold the old value as well: by line and character. */
  #ends: ReadonlySet<string> = new Set();

  constructor(session: WhatIfSession, server: Server) {
    this.#session = session;
    this.#server = server;
    server.filterHints((uri, at) => uri.toString() !== session.chapter?.toString() || !this.#ends.has(keyOf(at)));
    this.#subscriptions = vscode.Disposable.from(
      session.onChanged(() => this.#show()),
      vscode.window.onDidChangeVisibleTextEditors(() => this.#show()),
      vscode.window.onDidChangeTextEditorVisibleRanges(({ textEditor }) => {
        if (this.#marked.has(textEditor)) this.#mark(textEditor);
      }),
    );
  }

  #show(): void {
    const { chapter, result } = this.#session;
    const wanted = new Set<vscode.TextEditor>();
    for (const editor of vscode.window.visibleTextEditors)
      if (result !== undefined && editor.document.uri.toString() === chapter?.toString()) wanted.add(editor);
    for (const editor of this.#marked)
      if (!wanted.has(editor)) {
        editor.setDecorations(this.#number, []);
        editor.setDecorations(this.#guard, []);
      }
    const before = this.#marked;
    this.#marked = wanted;
    for (const editor of wanted) this.#mark(editor);
    const ends = new Set((result?.numbers ?? []).map(({ place }) => keyOf(place.range.end)));
    if (ends.size === this.#ends.size && [...ends].every(end => this.#ends.has(end))) return;
    this.#ends = ends;
    for (const { document } of new Set([...before, ...wanted])) this.#server.refreshHints(document);
  }

  #mark(editor: vscode.TextEditor): void {
    const { numbers = [], guards = [] } = this.#session.result ?? {};
    const first = (editor.visibleRanges[0]?.start.line ?? 0) - MARGIN;
    const last = (editor.visibleRanges.at(-1)?.end.line ?? 0) + MARGIN;
    const isNear = ({ place: { range } }: (typeof numbers)[number]) =>
      range.end.line >= first && range.start.line <= last;
    editor.setDecorations(
      this.#number,
      numbers.filter(isNear).map(({ before, after, place }) => ({
        range: rangeOf(place.range),
        renderOptions: { after: { contentText: `${before ?? 'no value'} → ${after ?? 'no value'}` } },
      })),
    );
    editor.setDecorations(
      this.#guard,
      guards.map(({ holds, message, place }) => ({
        range: rangeOf(place.range),
        renderOptions: { after: { contentText: holds ? '✓ would hold' : `⚠ would break: ${message}` } },
      })),
    );
  }

  dispose(): void {
    this.#subscriptions.dispose();
    this.#number.dispose();
    this.#guard.dispose();
  }
}

function keyOf({ line, character }: { readonly line: number; readonly character: number }): string {
  return `${line}:${character}`;
}
