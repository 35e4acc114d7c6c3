/** Tells the server what chapters were at the last commit: when the author compares, and as long as a setting asks for it. */
import * as vscode from 'vscode';
import { COMPARE, type Comparison, FORMER_TEXT, type FormerTextParams } from '../server/protocol';
import { isChapter } from './chapters';
import { SECTION } from './ids';
import { type GitApi, type GitRepository, lastCommit } from './lastCommit';
import type { Server } from './server';

const SETTING = 'compareWithLastCommit';
/** Milliseconds after which a repository that changes is looked at. */
const DELAY = 500;

export class FormerTexts implements vscode.Disposable {
  readonly #server: Server;
  readonly #subscriptions: vscode.Disposable;
  readonly #followed = new Map<GitRepository, vscode.Disposable>();
  /** Chapters that the server was told of, by their names. */
  readonly #told = new Set<string>();
  #timer: NodeJS.Timeout | undefined;

  constructor(server: Server) {
    this.#server = server;
    this.#subscriptions = vscode.Disposable.from(
      server.onStarted(() => this.#tellAll()),
      vscode.workspace.onDidOpenTextDocument(document => this.#tellIfWanted(document)),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.#told.delete(uri.toString())),
      vscode.workspace.onDidChangeConfiguration(event => {
        if (event.affectsConfiguration(`${SECTION}.${SETTING}`)) this.#tellAll();
      }),
    );
  }

  /** What differs between a chapter and the last commit; a text that says why that cannot be told. */
  async compare({ uri }: vscode.TextDocument): Promise<Comparison | string> {
    const reason = await this.#tell(uri);
    if (reason !== undefined) return reason;
    const found = await this.#server.request<Comparison | null>(COMPARE, {
      textDocument: { uri: this.#server.uriOf(uri) },
    });
    return found ?? 'The chapter cannot be evaluated right now.';
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#subscriptions.dispose();
    for (const one of this.#followed.values()) one.dispose();
  }

  #tellAll(): void {
    for (const document of vscode.workspace.textDocuments) this.#tellIfWanted(document);
  }

  #tellIfWanted(document: vscode.TextDocument): void {
    const { uri } = document;
    if (!isChapter(document)) return;
    const isWanted = vscode.workspace.getConfiguration(SECTION, uri).get(SETTING) === true;
    if (isWanted) this.#tell(uri).catch(this.#server.report);
    else if (this.#told.delete(uri.toString())) this.#notify(uri, null).catch(this.#server.report);
  }

  /** Why there is nothing to tell; undefined where the server has been told. */
  async #tell(uri: vscode.Uri): Promise<string | undefined> {
    const git = await gitApi();
    const unsaved = vscode.workspace.textDocuments.filter(({ isDirty }) => isDirty).map(one => one.uri);
    const found = await lastCommit(uri, git, unsaved);
    const repository = git?.getRepository(uri);
    if (repository) this.#follow(repository);
    if (typeof found === 'string') {
      if (this.#told.delete(uri.toString())) await this.#notify(uri, null);
      return found;
    }
    this.#told.add(uri.toString());
    const { commit, text, changed } = found;
    await this.#notify(uri, { commit, text, changed: changed.map(one => this.#server.uriOf(one)) });
    return undefined;
  }

  #notify(uri: vscode.Uri, former: FormerTextParams['former']): Promise<void> {
    return this.#server.notify(FORMER_TEXT, { uri: this.#server.uriOf(uri), former } satisfies FormerTextParams);
  }

  /** With each commit, and with each file that changes, what was told may be wrong. */
  #follow(repository: GitRepository): void {
    if (this.#followed.has(repository)) return;
    let before = signatureOf(repository);
    const changed = (): void => {
      const now = signatureOf(repository);
      if (now === before) return;
      before = now;
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.#tellAgain(), DELAY);
    };
    this.#followed.set(repository, repository.state.onDidChange(changed));
  }

  #tellAgain(): void {
    for (const document of vscode.workspace.textDocuments)
      if (this.#told.has(document.uri.toString())) this.#tell(document.uri).catch(this.#server.report);
  }
}

function signatureOf({ state }: GitRepository): string {
  const changes = [state.indexChanges, state.workingTreeChanges, state.mergeChanges, state.untrackedChanges ?? []];
  return JSON.stringify([state.HEAD?.commit, changes.map(all => all.map(({ uri }) => uri.toString()))]);
}

interface GitExtension {
  readonly enabled: boolean;
  getAPI(version: 1): GitApi;
}

/** The API of the extension that comes with VS Code; undefined where it is not there, or is disabled. */
async function gitApi(): Promise<GitApi | undefined> {
  const extension = vscode.extensions.getExtension<GitExtension>('vscode.git');
  const git = await extension?.activate();
  return git?.enabled === true ? git.getAPI(1) : undefined;
}
