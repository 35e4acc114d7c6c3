/** Answers a server in a browser what it asks about the files of the workspace, and about no others. */
import * as vscode from 'vscode';
import type { ListFolderParams, ListFolderResult, ReadFileParams, ReadFileResult } from '../server/protocol';
import type { UriConverter } from './serverHost';

export class EditorFileRequests {
  readonly #uris: UriConverter;

  constructor(uris: UriConverter) {
    this.#uris = uris;
  }

  async list({ uri }: ListFolderParams): Promise<ListFolderResult> {
    return this.#within(uri, async folder => {
      const entries = await vscode.workspace.fs.readDirectory(folder);
      return entries.map(([name, type]) => ({ name, kind: kindOf(type) }));
    });
  }

  async read({ uri, limit }: ReadFileParams): Promise<ReadFileResult> {
    return this.#within(uri, async file => {
      const { type, size, mtime } = await vscode.workspace.fs.stat(file);
      if (kindOf(type) !== 'file') return null;
      const found = { size, stamp: `${mtime}:${size}` };
      return size > limit ? found : { ...found, content: await vscode.workspace.fs.readFile(file) };
    });
  }

  /** Null for what is not there, or not in the workspace. */
  async #within<R>(text: string, ask: (uri: vscode.Uri) => Promise<R | null>): Promise<R | null> {
    const uri = this.#uris.fromServer(text);
    if (vscode.workspace.getWorkspaceFolder(uri) === undefined) return null;
    try {
      return await ask(uri);
    } catch (error) {
      const { code } = error as { readonly code?: unknown };
      if (code === 'FileNotFound' || code === 'FileNotADirectory') return null;
      throw error;
    }
  }
}

function kindOf(type: vscode.FileType): 'file' | 'folder' | 'link' | 'other' {
  if ((type & vscode.FileType.SymbolicLink) !== 0) return 'link';
  if (type === vscode.FileType.File) return 'file';
  return type === vscode.FileType.Directory ? 'folder' : 'other';
}
