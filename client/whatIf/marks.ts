/** Shows in editors what changes with the values that are tried: the new number behind each reference, guards that break. */
import * as vscode from 'vscode';
import { SECTION } from '../ids';
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

  /** By the end of its reference, as line and character, what each number that changes was and would be. */
  #labels: ReadonlyMap<string, string> = new Map();

  constructor(session: WhatIfSession, server: Server) {
    this.#session = session;
    this.#server = server;
    server.relabelHints((uri, at) =>
      uri.toString() === session.chapter?.toString() ? this.#labels.get(keyOf(at)) : undefined,
    );
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
    const labels = new Map((result?.numbers ?? []).map(number => [keyOf(number.place.range.end), labelOf(number)]));
    if (labels.size === this.#labels.size && [...labels].every(([end, label]) => this.#labels.get(end) === label))
      return;
    this.#labels = labels;
    for (const { document } of new Set([...before, ...wanted])) this.#server.refreshHints(document);
  }

  #mark(editor: vscode.TextEditor): void {
    const { numbers = [], guards = [] } = this.#session.result ?? {};
    const first = (editor.visibleRanges[0]?.start.line ?? 0) - MARGIN;
    const last = (editor.visibleRanges.at(-1)?.end.line ?? 0) + MARGIN;
    const isNear = ({ place: { range } }: (typeof numbers)[number]) =>
      range.end.line >= first && range.start.line <= last;
    const isHinted = showsHints(editor.document);
    editor.setDecorations(
      this.#number,
      numbers.filter(isNear).map(number => ({
        range: rangeOf(number.place.range),
        // Hints make room for themselves in lines that are wrapped, which text behind a range does not.
        ...(isHinted ? {} : { renderOptions: { after: { contentText: labelOf(number) } } }),
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

function labelOf({ before, after }: { readonly before?: string; readonly after?: string }): string {
  const [was, would] = [before, after].map((text = 'no value') =>
    text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text,
  );
  return `${was} → ${would}`;
}

/** Values are numbers and short texts, for the most part; formulas are long. */
const LONGEST = 40;

/** True where each reference has a hint. */
function showsHints({ uri }: vscode.TextDocument): boolean {
  const own = vscode.workspace.getConfiguration(SECTION, uri).get('inlayHints.enabled', true);
  const ofEditor = vscode.workspace.getConfiguration('editor', uri).get('inlayHints.enabled', 'on');
  return own && (ofEditor === 'on' || ofEditor === 'onUnlessPressed');
}

function keyOf({ line, character }: { readonly line: number; readonly character: number }): string {
  return `${line}:${character}`;
}
