/** Shows in editors what changes with the values that are tried: the new number behind each reference, guards that break. */
import * as vscode from 'vscode';
import { rangeOf, type WhatIfSession } from './session';

export class WhatIfMarks implements vscode.Disposable {
  readonly #session: WhatIfSession;
  readonly #number = vscode.window.createTextEditorDecorationType({
    after: { margin: '0 0 0 0.5ch', color: new vscode.ThemeColor('gitDecoration.modifiedResourceForeground') },
    backgroundColor: new vscode.ThemeColor('diffEditor.insertedTextBackground'),
  });
  readonly #guard = vscode.window.createTextEditorDecorationType({
    after: { margin: '0 0 0 1ch', color: new vscode.ThemeColor('editorWarning.foreground') },
    isWholeLine: true,
  });
  readonly #subscriptions: vscode.Disposable;

  constructor(session: WhatIfSession) {
    this.#session = session;
    this.#subscriptions = vscode.Disposable.from(
      session.onChanged(() => this.#show()),
      vscode.window.onDidChangeVisibleTextEditors(() => this.#show()),
    );
  }

  #show(): void {
    const { chapter, result } = this.#session;
    for (const editor of vscode.window.visibleTextEditors) {
      const isHere = editor.document.uri.toString() === chapter?.toString();
      const numbers = isHere ? (result?.numbers ?? []) : [];
      const guards = isHere ? (result?.guards ?? []) : [];
      editor.setDecorations(
        this.#number,
        numbers.map(({ before, after, place }) => ({
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
  }

  dispose(): void {
    this.#subscriptions.dispose();
    this.#number.dispose();
    this.#guard.dispose();
  }
}
