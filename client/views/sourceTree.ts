/** The view of one number: where it comes from, or what it reaches. */
import * as vscode from 'vscode';
import { PROVENANCE, REACH, type SourceTree, type SourceTreeKind, type SourceTreeNode } from '../../server/protocol';
import { SOURCES_CONTEXT, VIEWS } from '../ids';
import type { Server } from '../server';
import { openCommand } from './place';

const TITLES: Readonly<Record<string, string>> = {
  [PROVENANCE]: 'Where It Comes From',
  [REACH]: 'What It Reaches',
};

const ICONS: Readonly<Record<SourceTreeKind, string>> = {
  assumption: 'edit',
  constant: 'symbol-constant',
  data: 'database',
  text: 'symbol-string',
  formula: 'symbol-operator',
  object: 'symbol-object',
  cut: 'ellipsis',
  sentence: 'whole-word',
  guard: 'shield',
  figure: 'graph',
  group: 'list-tree',
};

/** A node at one place of the tree: the same source may stand at several. */
interface Item {
  readonly node: SourceTreeNode;
  readonly depth: number;
  /** The class that the line above names: its other attributes need not say it again. */
  readonly within?: string | undefined;
}

export class SourceTreeView implements vscode.Disposable, vscode.TreeDataProvider<Item> {
  readonly #server: Server;
  readonly #view: vscode.TreeView<Item>;
  readonly #changed = new vscode.EventEmitter<void>();
  #tree: SourceTree | undefined;
  #chapter: vscode.Uri | undefined;

  readonly onDidChangeTreeData = this.#changed.event;

  constructor(server: Server) {
    this.#server = server;
    this.#view = vscode.window.createTreeView(VIEWS.provenance, { treeDataProvider: this, showCollapseAll: true });
  }

  /** Asks about the number at a position, by `PROVENANCE` or `REACH`, and shows the answer. */
  async show(method: string, uri: vscode.Uri, position: vscode.Position): Promise<void> {
    const textDocument = { uri: this.#server.uriOf(uri) };
    const tree = await this.#server.request<SourceTree | null>(method, { textDocument, position });
    if (tree === undefined || tree === null) {
      void vscode.window.showInformationMessage('Put the cursor on a reference, or on a name in a cell.');
      return;
    }
    this.#tree = tree;
    this.#chapter = uri;
    this.#view.title = TITLES[method]!;
    await vscode.commands.executeCommand('setContext', SOURCES_CONTEXT, true);
    this.#changed.fire();
    await vscode.commands.executeCommand(`${VIEWS.provenance}.focus`);
  }

  /** Where a line of the tree stands, if it is one. */
  spotOf(line: object): { readonly uri: vscode.Uri; readonly position: vscode.Position } | undefined {
    const place = (line as Partial<Item>).node?.place;
    if (place === undefined || this.#chapter === undefined) return undefined;
    const { line: at, character } = place.range.start;
    const isOwn = place.uri === this.#server.uriOf(this.#chapter);
    return { uri: isOwn ? this.#chapter : vscode.Uri.parse(place.uri), position: new vscode.Position(at, character) };
  }

  getChildren(item?: Item): Item[] {
    const nodes = this.#tree?.nodes ?? [];
    if (item === undefined)
      return nodes.slice(0, 1).map(node => ({ node, depth: 0, within: CLASS.exec(node.label)?.[0] }));
    const within = CLASS.exec(item.node.label)?.[0];
    return item.node.children.map(at => ({ node: nodes[at]!, depth: item.depth + 1, within }));
  }

  getTreeItem({ node, depth, within }: Item): vscode.TreeItem {
    const { description, tooltip, kind, place, children } = node;
    const label = within !== undefined && node.label.startsWith(within) ? node.label.slice(within.length) : node.label;
    const { None, Expanded, Collapsed } = vscode.TreeItemCollapsibleState;
    const state = children.length === 0 ? None : depth < OPEN_DEPTH ? Expanded : Collapsed;
    const item = new vscode.TreeItem(label, state);
    // Of what was asked about, the class comes behind the value, which a narrow side bar would cut off.
    const owner = depth === 0 && within !== undefined ? within.slice(0, -1) : '';
    item.description = [owner, description].filter(one => one !== '').join(', ');
    item.tooltip = new vscode.MarkdownString(tooltip);
    item.iconPath = new vscode.ThemeIcon(ICONS[kind]);
    item.contextValue = kind;
    if (place !== undefined && this.#chapter !== undefined)
      item.command = openCommand(place, this.#chapter, this.#server);
    return item;
  }

  dispose(): void {
    this.#view.dispose();
    this.#changed.dispose();
  }
}

/** What stands before the last name of `Fleet.size = 8`. */
const CLASS = /^(?:\w+\.)+(?=\w+ = )/u;

/** Nodes are open down to this depth. */
const OPEN_DEPTH = 6;
