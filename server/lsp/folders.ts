/**
 * The folders that are open in the editor, each with its settings: in a workspace of several folders, what one of them sets
 * holds for its own files.
 */
import type { Connection, InitializeParams, WorkspaceFolder } from 'vscode-languageserver';
import type { EngineSettings } from '../engine';
import type { FileSystem } from '../files/access';
import { isInside } from '../files/paths';
import { workspaceRoot } from '../files/roots';
import { pathOfUri, uriKey } from '../files/uri';
import type { Settings } from '../protocol';
import { readSettings } from './settings';

interface Folder {
  readonly uri: string;
  readonly path: string;
  /** Undefined until the client has told them. */
  settings: Settings | undefined;
}

/** The section of the client's configuration that is ours. */
export const SECTION = 'reckoner';

export class WorkspaceFolders implements EngineSettings {
  readonly #connection: Connection;
  readonly #files: FileSystem;
  /** True if the client answers `workspace/configuration`. */
  readonly #pulls: boolean;
  #folders: readonly Folder[];
  /** What the client has sent by itself: with the first message, or when it changed. */
  #sent: unknown;
  /** The settings of files in none of the folders. */
  #shared: Settings;

  constructor(connection: Connection, params: InitializeParams, files: FileSystem) {
    this.#files = files;
    this.#connection = connection;
    this.#pulls = params.capabilities.workspace?.configuration === true;
    const root = params.rootUri ?? undefined;
    const given = params.workspaceFolders ?? (root === undefined ? [] : [{ uri: root, name: '' }]);
    this.#folders = given.flatMap(folderOf);
    const options = (params.initializationOptions ?? {}) as { settings?: unknown; [SECTION]?: unknown };
    this.#sent = options.settings ?? options[SECTION];
    this.#shared = readSettings(this.#sent);
  }

  get paths(): readonly string[] {
    return this.#folders.map(folder => folder.path);
  }

  /** The innermost folder that holds a file; for a file outside of all, the root of its own repository or project. */
  rootOf(path: string): string {
    return this.#around(path)?.path ?? workspaceRoot(path, this.#files);
  }

  contains(path: string): boolean {
    return this.#around(path) !== undefined;
  }

  /** The settings of a file; without a path, those of a document that was never saved. */
  settingsOf(path: string | undefined): Settings {
    return (path === undefined ? undefined : this.#around(path)?.settings) ?? this.#shared;
  }

  change(added: readonly WorkspaceFolder[], removed: readonly WorkspaceFolder[]): void {
    const gone = new Set([...removed, ...added].map(folder => uriKey(folder.uri)));
    this.#folders = [...this.#folders.filter(folder => !gone.has(uriKey(folder.uri))), ...added.flatMap(folderOf)];
  }

  /** Takes what the client has sent by itself. */
  take(sent: unknown): void {
    if (sent !== undefined && sent !== null) this.#sent = sent;
  }

  /** Asks the client for the settings of each folder, where it answers that; else what it has sent holds for all. */
  async refresh(): Promise<void> {
    const folders = this.#folders;
    const given = this.#pulls ? await this.#pull(folders) : [];
    this.#shared = readSettings(given[0] ?? this.#sent);
    folders.forEach((folder, at) => {
      const own = given[at + 1] ?? given[0];
      folder.settings = own === undefined || own === null ? undefined : readSettings(own);
    });
  }

  async #pull(folders: readonly Folder[]): Promise<readonly unknown[]> {
    const items = [{ section: SECTION }, ...folders.map(({ uri }) => ({ scopeUri: uri, section: SECTION }))];
    try {
      const given: unknown = await this.#connection.workspace.getConfiguration(items);
      return Array.isArray(given) ? given : [];
    } catch (error) {
      this.#connection.console.warn(`The client does not tell its settings: ${String(error)}`);
      return [];
    }
  }

  #around(path: string): Folder | undefined {
    let inner: Folder | undefined;
    for (const folder of this.#folders)
      if (isInside(path, folder.path) && (inner === undefined || folder.path.length > inner.path.length))
        inner = folder;
    return inner;
  }
}

function folderOf({ uri }: WorkspaceFolder): Folder[] {
  const path = pathOfUri(uri);
  return path === undefined ? [] : [{ uri, path, settings: undefined }];
}
