/** The platform of a language server that runs in a browser: files by messages, evaluation and typesetting in workers. */
import type { Connection, InitializeParams } from 'vscode-languageserver';
import type { FolderEntry } from '../files/access';
import { type EditorFile, EditorFiles } from '../files/editor';
import { pathOfUri, uriOfPath } from '../files/uri';
import { WebWorkers } from '../process/webWorkers';
import {
  LIST_FOLDER,
  type ListFolderParams,
  type ListFolderResult,
  READ_FILE,
  type ReadFileParams,
  type ReadFileResult,
  type WorkerScript,
} from '../protocol';
import type { DrawingService } from '../worker/services';
import { Typesetter } from '../worker/typesetter';
import { TypesettingWorkers } from '../worker/typesettingWorkers';
import type { Platform } from './platform';

/** The platform for a client whose first request names the script of the workers. */
export function webPlatform(connection: Connection, params: InitializeParams): Platform {
  const { script } = params.initializationOptions as WorkerScript;
  const folders = (params.workspaceFolders ?? []).flatMap(({ uri }) => pathOfUri(uri) ?? []);
  const editor = {
    list: async (folder: string): Promise<readonly FolderEntry[] | undefined> => {
      const asked: ListFolderParams = { uri: uriOfPath(folder) };
      return (await connection.sendRequest<ListFolderResult>(LIST_FOLDER, asked)) ?? undefined;
    },
    read: async (path: string, limit: number): Promise<EditorFile | undefined> => {
      const asked: ReadFileParams = { uri: uriOfPath(path), limit };
      const found = await connection.sendRequest<ReadFileResult>(READ_FILE, asked);
      return found === null ? undefined : { content: undefined, ...found };
    },
  };
  const files = new EditorFiles(editor, folders, message => connection.console.warn(message));
  return {
    files: files.mirror,
    report: changes => files.report(changes),
    foldersAdded: paths => files.add(paths),
    evaluation: new WebWorkers(script, files.mirror, files.ready),
    parallelism: 1,
    pages: async log => ({
      texts: new Typesetter({ host: new TypesettingWorkers(script), log }),
      makeDrawings: () => undrawn,
    }),
  };
}

/** TeX and its fonts are read from disk. */
const undrawn: DrawingService = {
  get: () => ({ kind: 'undrawn', reason: 'not drawn in a browser; its source' }),
  want: () => undefined,
  onReady: () => () => undefined,
  close: async () => undefined,
};
