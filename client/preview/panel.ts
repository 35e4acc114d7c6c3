/** One preview panel: a chapter's page beside its editor, kept in step by messages. It can go from chapter to chapter. */
import * as vscode from 'vscode';
import {
  CAUSE,
  type CausePlace,
  CLOSE_PREVIEW,
  OPEN_PREVIEW,
  type PreviewUpdate,
  VALUE_CARD,
  type ValueCard,
} from '../../server/protocol';
import { editorOf, fileName } from '../chapters';
import { COMMANDS, PREVIEW_PANEL, SECTION } from '../ids';
import type { Notices } from '../notices';
import type { Server } from '../server';
import { distFolder } from '../webviewDocument';
import { cursorInView, showPosition, showRange, showWord, viewOf } from './editor';
import { documentOf } from './html';
import type { EditorView, Goal, HostMessage, PageMessage, TriedNumber } from './messages';

/** After a scroll by one side, moves of the other are its echo for this long. */
const ECHO_MILLISECONDS = 250;

/** What a panel works with. */
export interface PanelServices {
  readonly context: vscode.ExtensionContext;
  readonly server: Server;
  readonly notices: Notices;
  /** Shows a chapter that a page leads to: in the panel of that page, unless another one has it. */
  lead(from: PreviewPanel, uri: vscode.Uri, goal: Goal | undefined): void;
}

const NOTHING_TRIED = { uri: undefined, numbers: [] };

export class PreviewPanel implements vscode.Disposable {
  readonly #panel: vscode.WebviewPanel;
  readonly #services: PanelServices;
  readonly #server: Server;
  readonly #subscriptions: vscode.Disposable[];
  readonly #closed = new vscode.EventEmitter<void>();
  readonly #activity = new vscode.EventEmitter<void>();
  #uri: vscode.Uri;
  #isLocked: boolean;
  #ready = false;
  /** The place that the page shows once it listens. */
  #goal: Goal | undefined;
  /**
   * What the editor showed when it was asked for the page, which may hide it or make it narrower, or while the page was hidden;
   * until the editor is seen again, or the reader scrolls the page.
   */
  #asked: EditorView | undefined;
  /** How many moves of the editor that the page asked for are under way; the page stays where the reader is. */
  #leading = 0;
  #quietUntil = 0;
  #tried: { readonly uri: vscode.Uri | undefined; readonly numbers: readonly TriedNumber[] } = NOTHING_TRIED;

  readonly onClosed = this.#closed.event;
  /** The panel has come to the front or left it, or was locked or unlocked. */
  readonly onActivity = this.#activity.event;

  constructor(services: PanelServices, uri: vscode.Uri, panel: vscode.WebviewPanel, isLocked = false) {
    this.#uri = uri;
    this.#isLocked = isLocked;
    this.#panel = panel;
    this.#services = services;
    const { server } = services;
    this.#server = server;
    const { window, workspace } = vscode;
    this.#subscriptions = [
      panel.onDidDispose(() => this.#close()),
      panel.onDidChangeViewState(() => {
        // A page that is hidden is thrown away, and says that it is ready once another one is shown.
        if (!panel.visible) this.#ready = false;
        this.#activity.fire();
      }),
      panel.webview.onDidReceiveMessage((message: PageMessage) => this.#receive(message)),
      server.onPreviewUpdate(update => this.#forward(update)),
      server.onStarted(() => this.#inBackground(this.#open())),
      server.onStateChanged(() => this.#tell()),
      window.onDidChangeTextEditorVisibleRanges(event => this.#follow(event)),
      window.onDidChangeTextEditorSelection(({ textEditor }) => this.#mark(textEditor)),
      workspace.onDidChangeConfiguration(event => {
        if (event.affectsConfiguration(`${SECTION}.preview`)) this.#settle();
      }),
      // A document that no editor shows is closed after some time, and with it the chapter of the server.
      workspace.onDidCloseTextDocument(document => {
        if (this.#isOf(document.uri)) this.#inBackground(this.#open());
      }),
    ];
    this.#prepare();
    panel.webview.html = documentOf(services.context, panel.webview, uri);
  }

  static create(services: PanelServices, uri: vscode.Uri, viewColumn: vscode.ViewColumn): PreviewPanel {
    const place = { viewColumn, preserveFocus: viewColumn === vscode.ViewColumn.Beside };
    const panel = vscode.window.createWebviewPanel(PREVIEW_PANEL, 'Preview', place, { enableFindWidget: true });
    return new PreviewPanel(services, uri, panel);
  }

  /** The chapter that it shows. */
  get uri(): vscode.Uri {
    return this.#uri;
  }

  /** True where it stays with its chapter, whichever the editor shows. */
  get isLocked(): boolean {
    return this.#isLocked;
  }

  get isActive(): boolean {
    return this.#panel.active;
  }

  toggleLock(): void {
    this.#isLocked = !this.#isLocked;
    this.#name();
    this.#settle();
    this.#activity.fire();
  }

  reveal(column: vscode.ViewColumn): void {
    const beside = column === vscode.ViewColumn.Beside;
    this.#panel.reveal(beside ? undefined : column, beside);
  }

  /** Shows another chapter, or another place of this one. */
  show(uri: vscode.Uri, goal?: Goal): void {
    const isOther = !this.#isOf(uri);
    if (isOther) {
      this.#inBackground(this.#server.notify(CLOSE_PREVIEW, { uri: this.#server.uriOf(this.#uri) }));
      this.#uri = uri;
      this.#prepare();
    }
    if (!this.#ready) {
      this.#goal = goal;
      return;
    }
    this.#enter(goal);
    if (isOther) this.#inBackground(this.#open(goal));
  }

  /** Shows a chapter where its editor is, also once that is hidden. */
  showAsEditor(uri: vscode.Uri): void {
    const editor = editorOf(uri);
    const view = editor && viewOf(editor);
    this.#asked = view;
    const isShown = this.#ready && this.#isOf(uri);
    this.show(uri);
    if (isShown) this.#showView();
  }

  travel(way: 'back' | 'forward'): void {
    this.#post({ type: 'travel', way });
  }

  dispose(): void {
    this.#panel.dispose();
  }

  #isOf(uri: vscode.Uri): boolean {
    return uri.toString() === this.#uri.toString();
  }

  /** Name and files of the panel are those of its chapter. */
  #prepare(): void {
    this.#name();
    const roots = [distFolder(this.#services.context), ...resourceFolders(this.#uri)];
    const { webview } = this.#panel;
    // New options load the page anew.
    if (String(webview.options.localResourceRoots) === String(roots) && webview.options.enableScripts === true) return;
    webview.options = { enableScripts: true, localResourceRoots: roots };
  }

  #name(): void {
    const name = fileName(this.#uri);
    this.#panel.title = this.#isLocked ? `[Preview ${name}]` : `Preview ${name}`;
  }

  #enter(goal: Goal | undefined): void {
    const folder = this.#panel.webview.asWebviewUri(vscode.Uri.joinPath(this.#uri, '..')).toString();
    this.#post({ type: 'chapter', uri: this.#uri.toString(), folder, goal });
    this.#tell();
    this.#postTried();
    const editor = editorOf(this.#uri);
    if (editor !== undefined) this.#mark(editor);
  }

  /** Has the page show its chapter: where the editor is, unless there is a goal. */
  async #open(goal?: Goal): Promise<void> {
    if (!this.#ready) return;
    const uri = this.#uri;
    await vscode.workspace.openTextDocument(uri);
    await this.#server.start();
    const update = await this.#server.request<PreviewUpdate | null>(OPEN_PREVIEW, { uri: this.#server.uriOf(uri) });
    if (!this.#isOf(uri)) return;
    if (update) this.#post({ type: 'update', update });
    else this.#post({ type: 'unavailable', reason: 'The server does not know this chapter.' });
    if (goal === undefined) this.#showView();
  }

  #showView(): void {
    // The page may have been hidden meanwhile.
    if (!this.#ready) return;
    const then = this.#asked;
    if (then === undefined && !this.#scrollsTogether) return;
    const editor = editorOf(this.#uri);
    const now = editor && viewOf(editor);
    // The page may ask for its chapter several times before it shows it, and an editor that it hides tells nothing by then.
    if (now !== undefined) this.#asked = undefined;
    const view = now === undefined ? then : { ...then, ...now };
    if (view === undefined) return;
    this.#post({ type: 'scroll', ...view });
    // An editor that the page has hidden tells no more where its cursor is.
    if (now === undefined && view.cursor !== undefined)
      this.#post({ type: 'cursor', line: view.cursor, isFollowed: false });
  }

  #receive(message: PageMessage): void {
    switch (message.type) {
      case 'ready': {
        const goal = this.#goal;
        this.#ready = true;
        this.#settle();
        this.#enter(goal);
        this.#goal = undefined;
        this.#open(goal).catch((error: unknown) =>
          this.#post({ type: 'unavailable', reason: error instanceof Error ? error.message : String(error) }),
        );
        return;
      }
      case 'scrolled':
        this.#asked = undefined;
        this.#scrollEditor(message.line);
        return;
      case 'definition':
        this.#inBackground(this.#leadEditor(this.#goTo(new vscode.Position(message.line, message.character))));
        return;
      case 'reference':
        this.#inBackground(this.#leadEditor(showPosition(this.#uri, message.line, message.character)));
        return;
      case 'card':
        this.#inBackground(this.#card(message.id, new vscode.Position(message.line, message.character)));
        return;
      case 'reveal':
        this.#inBackground(this.#leadEditor(showWord(this.#uri, message)));
        return;
      case 'place': {
        const { uri, line, character } = message.place;
        this.#inBackground(this.#leadEditor(showPosition(this.#uriFrom(uri), line, character)));
        return;
      }
      case 'whatIf': {
        const { line, character } = message.place;
        const spot = { uri: this.#uri, position: new vscode.Position(line, character) };
        this.#inBackground(vscode.commands.executeCommand(COMMANDS.whatIf, spot));
        return;
      }
      case 'open':
        this.#inBackground(this.#openLink(message.href));
        return;
      case 'visit':
        this.#services.lead(this, vscode.Uri.parse(message.uri, true), { line: message.line });
        return;
      case 'act':
        this.#act(message.title);
    }
  }

  /** Shows what numbers would be with the values that are tried in a chapter; none where it is another one. */
  showTried(uri: vscode.Uri | undefined, numbers: readonly TriedNumber[]): void {
    this.#tried = { uri, numbers };
    this.#postTried();
  }

  #postTried(): void {
    const { uri, numbers } = this.#tried;
    this.#post({ type: 'tried', numbers: uri !== undefined && this.#isOf(uri) ? numbers : [] });
  }

  #forward(update: PreviewUpdate): void {
    if (this.#ready && update.uri === this.#uri.toString()) this.#post({ type: 'update', update });
  }

  get #scrollsTogether(): boolean {
    return vscode.workspace.getConfiguration(SECTION, this.#uri).get('preview.scrollSync', true);
  }

  /** True where the page goes along with what happens in the editor. */
  get #follows(): boolean {
    return this.#scrollsTogether && this.#leading === 0 && Date.now() >= this.#quietUntil;
  }

  #follow({ textEditor }: vscode.TextEditorVisibleRangesChangeEvent): void {
    const view = this.#isOf(textEditor.document.uri) && this.#follows ? viewOf(textEditor) : undefined;
    if (view === undefined) return;
    if (this.#panel.visible) this.#post({ type: 'scroll', ...view });
    else this.#asked = view;
  }

  /** The reader wants to see a place in the editor, not to lose the one on the page. */
  async #leadEditor(going: Promise<void>): Promise<void> {
    this.#leading++;
    try {
      await going;
    } finally {
      this.#leading--;
      this.#quietUntil = Date.now() + ECHO_MILLISECONDS;
    }
  }

  #scrollEditor(line: number): void {
    const editor = this.#scrollsTogether ? editorOf(this.#uri) : undefined;
    if (editor === undefined) return;
    this.#quietUntil = Date.now() + ECHO_MILLISECONDS;
    const at = Math.min(Math.max(0, Math.floor(line)), editor.document.lineCount - 1);
    editor.revealRange(new vscode.Range(at, 0, at, 0), vscode.TextEditorRevealType.AtTop);
  }

  #mark(editor: vscode.TextEditor): void {
    if (!this.#isOf(editor.document.uri)) return;
    const isFollowed = this.#follows && cursorInView(editor) !== undefined;
    // Where the editor has hidden the page, the page will hide the editor.
    if (isFollowed && !this.#panel.visible) this.#asked = viewOf(editor);
    this.#post({ type: 'cursor', line: editor.selection.active.line, isFollowed });
  }

  #settle(): void {
    const numbers = vscode.workspace.getConfiguration(SECTION, this.#uri).get('preview.numbers', true);
    this.#post({ type: 'settings', settings: { numbers, locked: this.#isLocked } });
  }

  /**
   * Shows why the value at a reference is missing or in doubt; else where it is made, or the reference itself where nobody
   * knows.
   */
  async #goTo(position: vscode.Position): Promise<void> {
    const uri = this.#server.uriOf(this.#uri);
    const cause = await this.#server.request<CausePlace | null>(CAUSE, { textDocument: { uri }, position });
    if (cause) {
      const { start, end } = cause.range;
      const range = new vscode.Range(start.line, start.character, end.line, end.character);
      await showRange(this.#uriFrom(cause.uri), range);
      return;
    }
    const found = await vscode.commands.executeCommand<(vscode.Location | vscode.LocationLink)[]>(
      'vscode.executeDefinitionProvider',
      this.#uri,
      position,
    );
    const first = found[0];
    if (first === undefined) await showRange(this.#uri, new vscode.Range(position, position));
    else if ('targetUri' in first) await showRange(first.targetUri, first.targetSelectionRange ?? first.targetRange);
    else await showRange(first.uri, first.range);
  }

  async #card(id: number, position: vscode.Position): Promise<void> {
    const textDocument = { uri: this.#server.uriOf(this.#uri) };
    // A question about a version that is gone has no answer, and the page asks anew.
    const asked = this.#server.request<ValueCard | null>(VALUE_CARD, { textDocument, position });
    const card = await asked.catch(() => null);
    this.#post({ type: 'card', id, card: card ?? undefined });
  }

  /** A document by the server's name for it. */
  #uriFrom(uri: string): vscode.Uri {
    return uri === this.#server.uriOf(this.#uri) ? this.#uri : vscode.Uri.parse(uri);
  }

  async #openLink(href: string): Promise<void> {
    if (/^(https?|mailto):/i.test(href)) {
      await vscode.env.openExternal(vscode.Uri.parse(href, true));
      return;
    }
    if (/^[a-z][a-z0-9+.-]*:/i.test(href)) return;
    const [path = '', label] = href.split('#');
    const target = vscode.Uri.joinPath(this.#uri, '..', decodeURIComponent(path));
    const goal = label === undefined ? undefined : { label: decodeURIComponent(label) };
    if (/\.qmd$/i.test(target.path)) this.#services.lead(this, target, goal);
    else await vscode.commands.executeCommand('vscode.open', target);
  }

  /** Says on the page whether its values can be trusted. */
  #tell(): void {
    const notice = this.#services.notices.of(this.#uri);
    const shown = notice && {
      text: notice.text,
      actions: notice.actions.map(({ title }) => title),
      isWarning: notice.isWarning,
    };
    this.#post({ type: 'notice', notice: shown });
  }

  #act(title: string): void {
    const action = this.#services.notices.of(this.#uri)?.actions.find(each => each.title === title);
    if (action !== undefined) this.#inBackground(vscode.commands.executeCommand(action.command, this.#uri));
  }

  #inBackground(work: Thenable<unknown>): void {
    work.then(undefined, this.#server.report);
  }

  #post(message: HostMessage): void {
    if (this.#ready) this.#inBackground(this.#panel.webview.postMessage(message));
  }

  #close(): void {
    vscode.Disposable.from(...this.#subscriptions).dispose();
    this.#inBackground(this.#server.notify(CLOSE_PREVIEW, { uri: this.#server.uriOf(this.#uri) }));
    this.#closed.fire();
    this.#closed.dispose();
    this.#activity.dispose();
  }
}

/** Where a chapter's images may come from: its workspace folder, else its own folder. */
function resourceFolders(uri: vscode.Uri): vscode.Uri[] {
  const workspace = vscode.workspace.getWorkspaceFolder(uri);
  return [workspace?.uri ?? vscode.Uri.joinPath(uri, '..')];
}
