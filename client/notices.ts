/** Tells in Problems, and once in a notification, that values are old or cells are not run, with what can be done. */
import * as vscode from 'vscode';
import { fileName, isChapter } from './chapters';
import { COMMANDS, LANGUAGES } from './ids';
import { type Notice, noticeOf } from './notice';
import type { Server } from './server';

const SOURCE = 'reckoner';

export class Notices implements vscode.Disposable, vscode.CodeActionProvider {
  readonly #server: Server;
  readonly #problems = vscode.languages.createDiagnosticCollection('reckoner-notices');
  readonly #subscriptions: vscode.Disposable[];
  /** Chapters whose being held has been told in a notification. */
  readonly #told = new Set<string>();
  #isDown = false;

  constructor(server: Server) {
    this.#server = server;
    this.#subscriptions = [
      this.#problems,
      server.onStateChanged(() => this.#update()),
      vscode.workspace.onDidOpenTextDocument(() => this.#update()),
      vscode.workspace.onDidCloseTextDocument(document => this.#problems.delete(document.uri)),
      vscode.languages.registerCodeActionsProvider(
        LANGUAGES.map(language => ({ language })),
        this,
        { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] },
      ),
    ];
  }

  /** What is to be said of a chapter. */
  of(uri: vscode.Uri): Notice | undefined {
    return noticeOf(this.#server.state, this.#server.isHeld(uri));
  }

  provideCodeActions(
    document: vscode.TextDocument,
    _range: vscode.Range,
    { diagnostics }: vscode.CodeActionContext,
  ): vscode.CodeAction[] {
    const own = diagnostics.filter(
      ({ source, message }) => source === SOURCE && message === this.of(document.uri)?.text,
    );
    if (own.length === 0) return [];
    return this.of(document.uri)!.actions.map(({ title, command }) => {
      const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
      action.command = { title, command, arguments: [document.uri] };
      action.diagnostics = own;
      return action;
    });
  }

  dispose(): void {
    vscode.Disposable.from(...this.#subscriptions).dispose();
  }

  #update(): void {
    const isDown = this.#server.state.kind === 'down';
    for (const document of vscode.workspace.textDocuments) {
      const notice = isChapter(document) ? this.of(document.uri) : undefined;
      // The short time of a restart is no problem of the chapter's.
      if (notice?.isWarning !== true) {
        this.#problems.delete(document.uri);
        continue;
      }
      const problem = new vscode.Diagnostic(document.lineAt(0).range, notice.text, vscode.DiagnosticSeverity.Warning);
      problem.source = SOURCE;
      this.#problems.set(document.uri, [problem]);
      const key = document.uri.toString();
      if (!isDown && !this.#told.has(key)) {
        this.#told.add(key);
        this.#offer(notice, document.uri);
      }
    }
    for (const key of this.#told) if (!this.#server.isHeld(vscode.Uri.parse(key))) this.#told.delete(key);
    if (isDown && !this.#isDown) this.#offer(noticeOf(this.#server.state, false)!);
    this.#isDown = isDown;
  }

  /** One notification, which stays in the background until the author answers it. */
  #offer(notice: Notice, uri?: vscode.Uri): void {
    const name = uri === undefined ? '' : ` (${fileName(uri)})`;
    const titles = notice.actions.map(({ title }) => title);
    vscode.window
      .showWarningMessage(`Reckoner: ${notice.text}${name}`, ...titles)
      .then(chosen => {
        const action = notice.actions.find(({ title }) => title === chosen);
        // The notification may be older than what has been done since.
        const isNeeded = action?.command !== COMMANDS.restartServer || this.#server.state.kind === 'down';
        return action && isNeeded && vscode.commands.executeCommand(action.command, uri);
      })
      .then(undefined, this.#server.report);
  }
}
