/**
 * All preview panels, at most one for each chapter, and their revival after a reload of the window. One that is not locked
 * goes to the chapter of the active editor.
 */
import * as vscode from 'vscode';
import { INCLUDER, type Includer, isPartialName } from '../../server/protocol';
import { fileName, isChapter } from '../chapters';
import { LOCKED_CONTEXT, PREVIEW_PANEL } from '../ids';
import type { Notices } from '../notices';
import type { Server } from '../server';
import type { Goal, PageState, TriedNumber } from './messages';
import { type PanelServices, PreviewPanel } from './panel';

export class Previews implements vscode.Disposable, vscode.WebviewPanelSerializer<PageState> {
  readonly #server: Server;
  readonly #services: PanelServices;
  readonly #panels = new Set<PreviewPanel>();
  readonly #subscriptions: vscode.Disposable;
  #tried: { readonly uri: vscode.Uri | undefined; readonly numbers: readonly TriedNumber[] } = {
    uri: undefined,
    numbers: [],
  };

  constructor(context: vscode.ExtensionContext, server: Server, notices: Notices) {
    this.#server = server;
    this.#services = { context, server, notices, lead: (from, uri, goal) => this.#lead(from, uri, goal) };
    this.#subscriptions = vscode.Disposable.from(
      vscode.window.registerWebviewPanelSerializer(PREVIEW_PANEL, this),
      vscode.window.onDidChangeActiveTextEditor(editor => this.#follow(editor)),
    );
  }

  /**
   * Shows a chapter: in the panel that has it, else in one that is not locked, else in a new one. A file that a chapter includes
   * is shown there.
   */
  async open(uri: vscode.Uri, column: vscode.ViewColumn): Promise<void> {
    const includer = isPartial(uri) ? await this.#includerOf(uri) : null;
    const chapter = includer === null ? uri : this.#server.editorUri(includer.uri);
    const panel = this.#panelOf(chapter) ?? this.#following;
    const show = (one: PreviewPanel) =>
      includer === null ? one.showAsEditor(chapter) : one.show(chapter, { line: includer.line });
    if (panel !== undefined) {
      show(panel);
      panel.reveal(column);
      return;
    }
    const made = PreviewPanel.create(this.#services, chapter, column);
    this.#add(made);
    show(made);
  }

  async #includerOf(uri: vscode.Uri): Promise<Includer | null> {
    await this.#server.start();
    return (await this.#server.request<Includer | null>(INCLUDER, { uri: this.#server.uriOf(uri) })) ?? null;
  }

  /** The panel that has the focus, else the one that goes with the editor. */
  get current(): PreviewPanel | undefined {
    return [...this.#panels].find(panel => panel.isActive) ?? this.#following ?? [...this.#panels][0];
  }

  /** Shows what numbers would be with the values that are tried in a chapter. */
  showTried(uri: vscode.Uri | undefined, numbers: readonly TriedNumber[]): void {
    this.#tried = { uri, numbers };
    for (const panel of this.#panels) panel.showTried(uri, numbers);
  }

  async deserializeWebviewPanel(panel: vscode.WebviewPanel, state: PageState | undefined): Promise<void> {
    if (!state?.uri) {
      panel.dispose();
      return;
    }
    this.#add(new PreviewPanel(this.#services, vscode.Uri.parse(state.uri, true), panel, state.locked === true));
  }

  dispose(): void {
    this.#subscriptions.dispose();
    for (const panel of this.#panels) panel.dispose();
  }

  get #following(): PreviewPanel | undefined {
    return [...this.#panels].find(panel => !panel.isLocked);
  }

  #panelOf(uri: vscode.Uri): PreviewPanel | undefined {
    return [...this.#panels].find(panel => panel.uri.toString() === uri.toString());
  }

  #follow(editor: vscode.TextEditor | undefined): void {
    if (editor === undefined || !isPreviewed(editor.document) || this.#panelOf(editor.document.uri) !== undefined)
      return;
    this.#following?.showAsEditor(editor.document.uri);
  }

  #lead(from: PreviewPanel, uri: vscode.Uri, goal: Goal | undefined): void {
    const panel = this.#panelOf(uri) ?? from;
    panel.show(uri, goal);
    if (panel !== from) panel.reveal(vscode.ViewColumn.Beside);
  }

  #add(panel: PreviewPanel): void {
    this.#panels.add(panel);
    panel.showTried(this.#tried.uri, this.#tried.numbers);
    panel.onClosed(() => {
      this.#panels.delete(panel);
      this.#tell();
    });
    panel.onActivity(() => this.#tell());
  }

  #tell(): void {
    const active = [...this.#panels].find(panel => panel.isActive);
    vscode.commands
      .executeCommand('setContext', LOCKED_CONTEXT, active?.isLocked === true)
      .then(undefined, this.#server.report);
  }
}

/**
 * True for what a preview goes along with: chapters, and no other Markdown that happens to be looked at. What is typed in a file
 * that Quarto renders only where a chapter includes it shows in that chapter.
 */
function isPreviewed(document: vscode.TextDocument): boolean {
  if (isPartial(document.uri)) return false;
  return document.uri.path.endsWith('.qmd') || isChapter(document);
}

/** True for a file that Quarto renders only where a chapter includes it. */
function isPartial(uri: vscode.Uri): boolean {
  return isPartialName(fileName(uri));
}
