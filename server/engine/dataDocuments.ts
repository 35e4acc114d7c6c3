/** Data files that are open in the editor: what they hold is what cells and packages read, before it is saved. */
import type { TextDocumentContentChangeEvent } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { parseAllDocuments } from 'yaml';
import { type FileAccess, FileError } from '../files/access';
import { DATA_ENDINGS } from '../files/endings';
import { BrokenTexts } from './brokenTexts';
import type { DocumentStore } from './documentStore';

const DATA_FILE = new RegExp(`\\.(${DATA_ENDINGS.join('|')})$`, 'i');

/** True for a file that is data rather than a chapter or a module, by its name. */
export function isDataFile(path: string | undefined): path is string {
  return path !== undefined && DATA_FILE.test(path);
}

export interface DataHost {
  /** Takes what the editor holds of a file; undefined where it no longer does. */
  overlay(path: string, text: string | undefined): void;
}

/** A data file with what is known of it. */
export interface OpenDataFile {
  readonly kind: 'data';
  readonly uri: string;
  readonly path: string;
  document: TextDocument;
  /** The text that cells read; undefined where they read the file on disk. */
  overlaid: string | undefined;
}

export class DataDocuments {
  readonly #documents: DocumentStore;
  readonly #host: DataHost;
  readonly #broken = new BrokenTexts();

  constructor(documents: DocumentStore, host: DataHost) {
    this.#documents = documents;
    this.#host = host;
  }

  open(uri: string, path: string, version: number, text: string): void {
    const document = TextDocument.create(uri, 'data', version, text);
    const file: OpenDataFile = { kind: 'data', uri, path, document, overlaid: undefined };
    this.#documents.add(file);
    this.#take(file);
  }

  change(file: OpenDataFile, version: number, changes: readonly TextDocumentContentChangeEvent[]): void {
    file.document = TextDocument.update(file.document, [...changes], version);
    this.#take(file);
  }

  closeFile({ uri, path }: OpenDataFile): void {
    this.#broken.remove(path);
    this.#documents.remove(uri);
    this.#host.overlay(path, undefined);
  }

  /** Files were saved: of one whose text is not whole, cells get what is on disk. */
  saved(paths: ReadonlySet<string>): void {
    for (const file of this.#documents.dataFiles)
      if (paths.has(file.path) && file.overlaid !== file.document.getText()) {
        file.overlaid = undefined;
        this.#host.overlay(file.path, undefined);
      }
  }

  /** Ends what waits; nothing is read any more. */
  close(): void {
    this.#broken.close();
  }

  #take(file: OpenDataFile): void {
    const { path } = file;
    this.#broken.remove(path);
    const text = file.document.getText();
    if (text === file.overlaid) return;
    if (isWhole(path, text)) this.#overlay(file, text);
    else this.#broken.add(path, () => this.#overlay(file, text));
  }

  #overlay(file: OpenDataFile, text: string): void {
    file.overlaid = text;
    this.#host.overlay(file.path, text);
  }
}

/** What a data file holds on disk; undefined where it cannot be read. */
export function dataText(path: string, files: FileAccess): string | undefined {
  try {
    return files.readText(path);
  } catch (error) {
    if (error instanceof FileError) return undefined;
    throw error;
  }
}

/** False for a text that whoever reads the file would refuse. */
function isWhole(path: string, text: string): boolean {
  if (/\.json$/i.test(path)) {
    try {
      JSON.parse(text);
      return true;
    } catch {
      return false;
    }
  }
  if (!/\.ya?ml$/i.test(path)) return true;
  const parsed = parseAllDocuments(text, { schema: 'failsafe', version: '1.1', logLevel: 'silent', strict: false });
  return !Array.isArray(parsed) || parsed.every(({ errors }) => errors.length === 0);
}
