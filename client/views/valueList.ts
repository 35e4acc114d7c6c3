/** The view of what a chapter makes for its prose: each value with its unit, its uses and the guards of its cell. */
import * as vscode from 'vscode';
import { type ChapterValue, VALUES } from '../../server/protocol';
import { activeChapter, fileName } from '../chapters';
import { VIEWS } from '../ids';
import type { Server } from '../server';
import { openCommand } from './place';

export class ValueList implements vscode.Disposable, vscode.TreeDataProvider<ChapterValue> {
  readonly #server: Server;
  readonly #view: vscode.TreeView<ChapterValue>;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #subscriptions: vscode.Disposable;
  /** The chapter that was active last. */
  #chapter: vscode.Uri | undefined;

  readonly onDidChangeTreeData = this.#changed.event;

  constructor(server: Server) {
    this.#server = server;
    this.#view = vscode.window.createTreeView(VIEWS.values, { treeDataProvider: this });
    const refresh = () => {
      // Nothing is asked for a view that nobody sees.
      if (this.#view.visible) this.#changed.fire();
    };
    this.#subscriptions = vscode.Disposable.from(
      server.onStatus(({ uri }) => uri === this.#chapter?.toString() && refresh()),
      vscode.window.onDidChangeActiveTextEditor(refresh),
      vscode.workspace.onDidCloseTextDocument(refresh),
      this.#view.onDidChangeVisibility(refresh),
    );
  }

  async getChildren(value?: ChapterValue): Promise<ChapterValue[]> {
    if (value !== undefined) return [];
    this.#chapter = activeChapter()?.uri ?? this.#stillOpen();
    this.#view.description = this.#chapter === undefined ? '' : fileName(this.#chapter);
    if (this.#chapter === undefined) return [];
    const textDocument = { uri: this.#server.uriOf(this.#chapter) };
    return (await this.#server.request<ChapterValue[] | null>(VALUES, { textDocument })) ?? [];
  }

  /** The chapter that was shown before, while a data file or a module is edited. */
  #stillOpen(): vscode.Uri | undefined {
    const shown = this.#chapter?.toString();
    return vscode.workspace.textDocuments.find(({ uri }) => uri.toString() === shown)?.uri;
  }

  getTreeItem({ name, text, type, unit, uses, guards, holding, place }: ChapterValue): vscode.TreeItem {
    // The class comes behind the value, which a narrow side bar would cut off.
    const [, owner, own] = /^(?:(.*)\.)?([^.]*)$/su.exec(name)!;
    const item = new vscode.TreeItem(`${own} = ${text}${unit === '' ? '' : ` ${unit}`}`);
    const told = [
      ...(owner === undefined ? [] : [owner]),
      `${uses} ${uses === 1 ? 'use' : 'uses'}`,
      ...(guards === 0 ? [] : [`${holding}/${guards} guards hold`]),
    ];
    item.description = told.join(', ');
    item.tooltip = `${name}: ${type}`;
    item.iconPath = new vscode.ThemeIcon(holding < guards ? 'error' : uses === 0 ? 'circle-slash' : 'symbol-variable');
    if (this.#chapter !== undefined) item.command = openCommand(place, this.#chapter, this.#server);
    return item;
  }

  dispose(): void {
    this.#subscriptions.dispose();
    this.#view.dispose();
    this.#changed.dispose();
  }
}
