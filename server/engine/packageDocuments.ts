/**
 * Files of packages that are open in the editor. What they hold is what chapters import, before it is saved.
 */

import type { TextDocumentContentChangeEvent } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { type Program, parseProgram } from '../../mlsys';
import type { Finding } from '../diagnostics';
import { type ImportRecord, type PackageView, packageViewOf } from '../evaluation/packageView';
import { dirname, join, parse } from '../files/path';
import { later, type Timer } from '../timers';
import type { PackagePlace, PackageStore } from '../workspace/packages';
import { Packages } from '../workspace/packages';
import { BrokenTexts } from './brokenTexts';
import type { DocumentStore } from './documentStore';

export interface PackageHost {
  readonly store: PackageStore;
  /** Takes what the editor holds of a file, as `PackageStore.hold` does, for whoever reads it. */
  overlay(path: string, text: string | undefined): boolean;
  /** What importing a module gives; undefined where that does not come to an end. */
  importModule(name: string, place: PackagePlace): Promise<ImportRecord | undefined>;
  /** The workspace of a file and its further roots. */
  placeOf(path: string): Omit<PackagePlace, 'folder'>;
  /** True for a file that a chapter imports. */
  isImported(path: string): boolean;
  /** The dotted name under which a chapter imports a file. */
  nameOf(path: string): string | undefined;
  /** What chapters import has changed. */
  changed(path: string): void;
  findingsOf(view: PackageView): readonly Finding[];
  /** The findings of a file are others, or none any more. */
  checked(file: OpenPackageFile, findings: readonly Finding[], view: PackageView | undefined): void;
}

/** A file of a package with what is known of it. */
export interface OpenPackageFile {
  readonly kind: 'package';
  readonly uri: string;
  readonly path: string;
  document: TextDocument;
  program: Program;
  view: Promise<PackageView> | undefined;
  /** Whether a chapter imported it when its findings were last worked out. */
  imported: boolean;
  /** Number of findings that are told. */
  told: number;
}

/** Findings follow the last edit after this time. */
const SOON = 30;

export class PackageDocuments {
  readonly #host: PackageHost;
  readonly #documents: DocumentStore;
  readonly #broken = new BrokenTexts();
  #timer: Timer | undefined;

  constructor(documents: DocumentStore, host: PackageHost) {
    this.#documents = documents;
    this.#host = host;
  }

  open(uri: string, path: string, version: number, text: string): void {
    const document = TextDocument.create(uri, 'python', version, text);
    const program = parseProgram(text, path);
    const one: OpenPackageFile = {
      kind: 'package',
      ...{ uri, path, document, program },
      view: undefined,
      imported: false,
      told: 0,
    };
    this.#documents.add(one);
    this.#overlay(one);
    this.refresh();
  }

  change(one: OpenPackageFile, version: number, changes: readonly TextDocumentContentChangeEvent[]): void {
    one.document = TextDocument.update(one.document, [...changes], version);
    one.program = parseProgram(one.document.getText(), one.path, one.program);
    this.#overlay(one);
    this.refresh();
  }

  closeFile(one: OpenPackageFile): void {
    this.#broken.remove(one.path);
    this.#documents.remove(one.uri);
    if (one.told > 0) this.#host.checked(one, [], undefined);
    if (this.#host.overlay(one.path, undefined)) this.#host.changed(one.path);
  }

  /** Files were saved: of one whose text does not parse, chapters get what is on disk. */
  saved(paths: ReadonlySet<string>): void {
    const broken = this.#documents.packageFiles.filter(one => paths.has(one.path) && one.program.issues.length > 0);
    for (const one of broken) this.#host.overlay(one.path, undefined);
  }

  /** Something that the files depend on has changed. */
  refresh(): void {
    for (const one of this.#documents.packageFiles) one.view = undefined;
    clearTimeout(this.#timer);
    this.#timer = later(() => this.#publish(), SOON);
  }

  /** A chapter was analysed or closed: files that it alone imports have findings, or no longer. */
  importsChanged(): void {
    for (const one of this.#documents.packageFiles)
      if (this.#host.isImported(one.path) !== one.imported) {
        this.refresh();
        return;
      }
  }

  /** What is known of a file; undefined for one that no chapter imports. */
  async view(one: OpenPackageFile): Promise<PackageView | undefined> {
    if (!this.#host.isImported(one.path)) return undefined;
    one.view ??= this.#look(one);
    return one.view;
  }

  /** Ends what waits; nothing is told any more. */
  close(): void {
    this.#broken.close();
    clearTimeout(this.#timer);
  }

  #overlay({ path, document, program }: OpenPackageFile): void {
    this.#broken.remove(path);
    const text = document.getText();
    const hold = (): void => {
      if (this.#host.overlay(path, text)) this.#host.changed(path);
    };
    if (program.issues.length === 0) hold();
    else this.#broken.add(path, hold);
  }

  async #look({ path, program }: OpenPackageFile): Promise<PackageView> {
    const { name, folder } = this.#nameOf(path);
    const place = { folder, ...this.#host.placeOf(path) };
    const imported = (await this.#host.importModule(name, place)) ?? NOT_IMPORTED;
    return packageViewOf(name, program, new Packages(place, this.#host.store), imported);
  }

  /** The module's name, and the folder in which its package, or itself, is. */
  #nameOf(path: string): { readonly name: string; readonly folder: string } {
    const { name: file, dir } = parse(path);
    const known = this.#host.nameOf(path);
    if (known !== undefined) {
      const depth = known.split('.').length - (file === '__init__' ? 0 : 1);
      return { name: known, folder: join(dir, ...Array.from({ length: depth }, () => '..')) };
    }
    const parts = file === '__init__' ? [] : [file];
    let folder = dir;
    const { workspace } = this.#host.placeOf(path);
    while (this.#host.store.read(join(folder, '__init__.py'), workspace) !== undefined && dirname(folder) !== folder) {
      parts.unshift(parse(folder).base);
      folder = dirname(folder);
    }
    return { name: parts.join('.') || file, folder };
  }

  #publish(): void {
    for (const one of this.#documents.packageFiles) {
      one.imported = this.#host.isImported(one.path);
      void this.#publishOne(one);
    }
  }

  async #publishOne(one: OpenPackageFile): Promise<void> {
    const pending = one.view ?? (one.imported ? this.#look(one) : undefined);
    one.view = pending;
    const view = await pending;
    // Meanwhile the file may have been edited or closed: then another look is on its way.
    if (one.view !== pending || this.#documents.get(one.uri) !== one) return;
    const findings = view === undefined ? [] : this.#host.findingsOf(view);
    if (view !== undefined || one.told > 0) this.#host.checked(one, findings, view);
    one.told = findings.length;
  }
}

/** Stands for what the import of a module gave that did not come to an end. */
const NOT_IMPORTED: ImportRecord = { values: undefined, fault: undefined, modules: [] };
