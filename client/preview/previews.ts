/** All preview panels, one a chapter, and their revival after a reload of the window. */
import * as vscode from 'vscode';
import { PREVIEW_PANEL } from '../ids';
import type { Notices } from '../notices';
import type { Server } from '../server';
import type { PageState } from './messages';
import { PreviewPanel } from './panel';

export class Previews implements vscode.Disposable, vscode.WebviewPanelSerializer<PageState> {
  readonly #context: vscode.ExtensionContext;
  readonly #server: Server;
  readonly #notices: Notices;
  readonly #panels = new Map<string, PreviewPanel>();
  readonly #registration: vscode.Disposable;

  constructor(context: vscode.ExtensionContext, server: Server, notices: Notices) {
    this.#notices = notices;
    this.#context = context;
    this.#server = server;
    this.#registration = vscode.window.registerWebviewPanelSerializer(PREVIEW_PANEL, this);
  }

  open(uri: vscode.Uri, column: vscode.ViewColumn): void {
    const known = this.#panels.get(uri.toString());
    if (known !== undefined) known.reveal(column);
    else this.#add(PreviewPanel.create(this.#context, { server: this.#server, notices: this.#notices }, uri, column));
  }

  async deserializeWebviewPanel(panel: vscode.WebviewPanel, state: PageState | undefined): Promise<void> {
    if (state?.uri === undefined) {
      panel.dispose();
      return;
    }
    this.#add(
      new PreviewPanel(
        this.#context,
        { server: this.#server, notices: this.#notices },
        vscode.Uri.parse(state.uri, true),
        panel,
      ),
    );
  }

  dispose(): void {
    this.#registration.dispose();
    for (const panel of this.#panels.values()) panel.dispose();
  }

  #add(panel: PreviewPanel): void {
    const key = panel.uri.toString();
    this.#panels.set(key, panel);
    panel.onClosed(() => {
      if (this.#panels.get(key) === panel) this.#panels.delete(key);
    });
  }
}
