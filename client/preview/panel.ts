/** One preview panel: a chapter's page beside its editor, kept in step by messages. */
import * as vscode from 'vscode';
import { CAUSE, type CausePlace, CLOSE_PREVIEW, OPEN_PREVIEW, type PreviewUpdate } from '../../server/protocol';
import { editorOf } from '../chapters';
import { PREVIEW_PANEL } from '../ids';
import type { Notices } from '../notices';
import type { Server } from '../server';
import { distFolder, documentOf } from './html';
import type { HostMessage, PageMessage } from './messages';

/** After a scroll by one side, moves of the other are its echo for this long. */
const ECHO_MILLISECONDS = 250;

/** What a panel works with. */
export interface PanelServices {
  readonly server: Server;
  readonly notices: Notices;
}

export class PreviewPanel implements vscode.Disposable {
  readonly uri: vscode.Uri;
  readonly #panel: vscode.WebviewPanel;
  readonly #server: Server;
  readonly #notices: Notices;
  readonly #subscriptions: vscode.Disposable[];
  readonly #closed = new vscode.EventEmitter<void>();
  #ready = false;
  #quietUntil = 0;

  readonly onClosed = this.#closed.event;

  constructor(
    context: vscode.ExtensionContext,
    { server, notices }: PanelServices,
    uri: vscode.Uri,
    panel: vscode.WebviewPanel,
  ) {
    this.uri = uri;
    this.#panel = panel;
    this.#server = server;
    this.#notices = notices;
    panel.title = `Preview ${nameOf(uri)}`;
    panel.webview.options = {
      enableScripts: true,
      localResourceRoots: [distFolder(context), ...resourceFolders(uri)],
    };
    this.#subscriptions = [
      panel.onDidDispose(() => this.#close()),
      panel.webview.onDidReceiveMessage((message: PageMessage) => this.#receive(message)),
      server.onPreviewUpdate(update => this.#forward(update)),
      server.onStarted(() => this.#inBackground(this.#open())),
      server.onStateChanged(() => this.#tell()),
      vscode.window.onDidChangeTextEditorVisibleRanges(event => this.#follow(event)),
    ];
    panel.webview.html = documentOf(context, panel.webview, uri);
  }

  static create(
    context: vscode.ExtensionContext,
    services: PanelServices,
    uri: vscode.Uri,
    column: vscode.ViewColumn,
  ): PreviewPanel {
    const panel = vscode.window.createWebviewPanel(PREVIEW_PANEL, 'Preview', {
      viewColumn: column,
      preserveFocus: column === vscode.ViewColumn.Beside,
    });
    return new PreviewPanel(context, services, uri, panel);
  }

  reveal(column: vscode.ViewColumn): void {
    const beside = column === vscode.ViewColumn.Beside;
    this.#panel.reveal(beside ? undefined : column, beside);
  }

  dispose(): void {
    this.#panel.dispose();
  }

  async #open(): Promise<void> {
    if (!this.#ready) return;
    await vscode.workspace.openTextDocument(this.uri);
    await this.#server.start();
    const update = await this.#server.request<PreviewUpdate | null>(OPEN_PREVIEW, {
      uri: this.#server.uriOf(this.uri),
    });
    if (update) this.#post({ type: 'update', update });
    else this.#post({ type: 'unavailable', reason: 'The server does not know this chapter.' });
    const line = editorOf(this.uri)?.visibleRanges[0]?.start.line;
    if (line !== undefined && line > 0) this.#post({ type: 'scroll', line });
  }

  #receive(message: PageMessage): void {
    switch (message.type) {
      case 'ready':
        this.#ready = true;
        this.#tell();
        this.#open().catch((error: unknown) =>
          this.#post({ type: 'unavailable', reason: error instanceof Error ? error.message : String(error) }),
        );
        return;
      case 'scrolled':
        this.#scrollEditor(message.line);
        return;
      case 'definition':
        this.#inBackground(this.#goTo(new vscode.Position(message.line, message.character)));
        return;
      case 'reveal':
        this.#inBackground(this.#show(this.uri, new vscode.Range(message.line, 0, message.line, 0)));
        return;
      case 'open':
        this.#inBackground(this.#openLink(message.href));
        return;
      case 'act':
        this.#act(message.title);
    }
  }

  #forward(update: PreviewUpdate): void {
    if (this.#ready && update.uri === this.uri.toString()) this.#post({ type: 'update', update });
  }

  #follow({ textEditor, visibleRanges }: vscode.TextEditorVisibleRangesChangeEvent): void {
    const line = visibleRanges[0]?.start.line;
    if (line === undefined || textEditor.document.uri.toString() !== this.uri.toString()) return;
    if (Date.now() < this.#quietUntil) return;
    this.#post({ type: 'scroll', line });
  }

  #scrollEditor(line: number): void {
    const editor = editorOf(this.uri);
    if (editor === undefined) return;
    this.#quietUntil = Date.now() + ECHO_MILLISECONDS;
    const at = Math.min(Math.max(0, Math.floor(line)), editor.document.lineCount - 1);
    editor.revealRange(new vscode.Range(at, 0, at, 0), vscode.TextEditorRevealType.AtTop);
  }

  /**
   * Shows why the value at a reference is missing or in doubt; else where it is made, or the reference itself where nobody
   * knows.
   */
  async #goTo(position: vscode.Position): Promise<void> {
    const uri = this.#server.uriOf(this.uri);
    const cause = await this.#server.request<CausePlace | null>(CAUSE, { textDocument: { uri }, position });
    if (cause) {
      const { start, end } = cause.range;
      const range = new vscode.Range(start.line, start.character, end.line, end.character);
      await this.#show(cause.uri === uri ? this.uri : vscode.Uri.parse(cause.uri), range);
      return;
    }
    const found = await vscode.commands.executeCommand<(vscode.Location | vscode.LocationLink)[]>(
      'vscode.executeDefinitionProvider',
      this.uri,
      position,
    );
    const first = found[0];
    if (first === undefined) await this.#show(this.uri, new vscode.Range(position, position));
    else if ('targetUri' in first) await this.#show(first.targetUri, first.targetSelectionRange ?? first.targetRange);
    else await this.#show(first.uri, first.range);
  }

  async #show(uri: vscode.Uri, range: vscode.Range): Promise<void> {
    const viewColumn = editorOf(uri)?.viewColumn ?? vscode.ViewColumn.One;
    const document = await vscode.workspace.openTextDocument(uri);
    const editor = await vscode.window.showTextDocument(document, { viewColumn, selection: range });
    editor.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
  }

  async #openLink(href: string): Promise<void> {
    if (/^(https?|mailto):/i.test(href)) {
      await vscode.env.openExternal(vscode.Uri.parse(href, true));
      return;
    }
    if (/^[a-z][a-z0-9+.-]*:/i.test(href)) return;
    const [path = ''] = href.split('#');
    const target = vscode.Uri.joinPath(this.uri, '..', decodeURIComponent(path));
    await vscode.commands.executeCommand('vscode.open', target);
  }

  /** Says on the page whether its values can be trusted. */
  #tell(): void {
    const notice = this.#notices.of(this.uri);
    const shown = notice && {
      text: notice.text,
      actions: notice.actions.map(({ title }) => title),
      isWarning: notice.isWarning,
    };
    if (this.#ready) this.#post({ type: 'notice', notice: shown });
  }

  #act(title: string): void {
    const action = this.#notices.of(this.uri)?.actions.find(each => each.title === title);
    if (action !== undefined) this.#inBackground(vscode.commands.executeCommand(action.command, this.uri));
  }

  #inBackground(work: Thenable<unknown>): void {
    work.then(undefined, this.#server.report);
  }

  #post(message: HostMessage): void {
    this.#inBackground(this.#panel.webview.postMessage(message));
  }

  #close(): void {
    vscode.Disposable.from(...this.#subscriptions).dispose();
    this.#inBackground(this.#server.notify(CLOSE_PREVIEW, { uri: this.#server.uriOf(this.uri) }));
    this.#closed.fire();
    this.#closed.dispose();
  }
}

function nameOf(uri: vscode.Uri): string {
  return uri.path.slice(uri.path.lastIndexOf('/') + 1);
}

/** Where a chapter's images may come from: its workspace folder, else its own folder. */
function resourceFolders(uri: vscode.Uri): vscode.Uri[] {
  const workspace = vscode.workspace.getWorkspaceFolder(uri);
  return [workspace?.uri ?? vscode.Uri.joinPath(uri, '..')];
}
