/**
 * Files of packages that are open in the editor. What they hold is what chapters import, before it is saved; while a text
 * does not parse, chapters keep to the last one that did.
 */
import { dirname, join, parse } from 'node:path';
import type { Diagnostic, TextDocumentContentChangeEvent } from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { type Program, parseProgram } from '../../mlsys';
import { type PackageView, viewPackage } from '../evaluation/packageView';
import { UriMap } from '../files/uri';
import type { PackagePlace, PackageStore } from '../workspace/packages';
import { Packages } from '../workspace/packages';

export interface PackageHost {
  readonly store: PackageStore;
  /** The workspace of a file and its further roots. */
  placeOf(path: string): Omit<PackagePlace, 'folder'>;
  /** True for a file that a chapter imports. */
  isImported(path: string): boolean;
  /** The dotted name under which a chapter imports a file. */
  nameOf(path: string): string | undefined;
  /** What chapters import has changed. */
  changed(path: string): void;
  publish(uri: string, version: number, diagnostics: readonly Diagnostic[]): void;
  diagnosticsOf(view: PackageView): readonly Diagnostic[];
}

interface Open {
  readonly uri: string;
  readonly path: string;
  document: TextDocument;
  program: Program;
  view: PackageView | undefined;
  /** Whether a chapter imported it when its findings were last worked out. */
  imported: boolean;
  /** Number of findings that the editor shows. */
  shown: number;
}

/** Findings follow the last edit after this time. */
const SOON = 30;

export class PackageDocuments {
  readonly #host: PackageHost;
  readonly #open = new UriMap<Open>();
  #timer: NodeJS.Timeout | undefined;

  constructor(host: PackageHost) {
    this.#host = host;
  }

  has(uri: string): boolean {
    return this.#open.has(uri);
  }

  open(uri: string, path: string, version: number, text: string): void {
    const document = TextDocument.create(uri, 'python', version, text);
    const program = parseProgram(text, path);
    this.#open.set(uri, { uri, path, document, program, view: undefined, imported: false, shown: 0 });
    this.#hold(this.#open.get(uri)!);
    this.refresh();
  }

  change(uri: string, version: number, changes: readonly TextDocumentContentChangeEvent[]): void {
    const one = this.#open.get(uri)!;
    one.document = TextDocument.update(one.document, [...changes], version);
    one.program = parseProgram(one.document.getText(), one.path, one.program);
    this.#hold(one);
    this.refresh();
  }

  close(uri: string): void {
    const one = this.#open.get(uri)!;
    this.#open.delete(uri);
    if (one.shown > 0) this.#host.publish(uri, one.document.version, []);
    if (this.#host.store.hold(one.path, undefined)) this.#host.changed(one.path);
  }

  /** Files were saved: of one whose text does not parse, chapters get what is on disk. True if that differs. */
  saved(paths: ReadonlySet<string>): boolean {
    const broken = [...this.#open.values()].filter(one => paths.has(one.path) && one.program.issues.length > 0);
    return broken.map(one => this.#host.store.hold(one.path, undefined)).includes(true);
  }

  /** Something that the files depend on has changed. */
  refresh(): void {
    for (const one of this.#open.values()) one.view = undefined;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#publish(), SOON);
    this.#timer.unref();
  }

  /** A chapter was analysed or closed: files that it alone imports have findings, or no longer. */
  importsChanged(): void {
    for (const one of this.#open.values())
      if (this.#host.isImported(one.path) !== one.imported) {
        this.refresh();
        return;
      }
  }

  /** What is known of a file; undefined for one that no chapter imports. */
  view(uri: string): PackageView | undefined {
    const one = this.#open.get(uri);
    if (one === undefined || !this.#host.isImported(one.path)) return undefined;
    one.view ??= this.#look(one);
    return one.view;
  }

  version(uri: string): number | undefined {
    return this.#open.get(uri)?.document.version;
  }

  #hold({ path, document, program }: Open): void {
    if (program.issues.length === 0 && this.#host.store.hold(path, document.getText())) this.#host.changed(path);
  }

  #look({ path, program }: Open): PackageView {
    const place = this.#host.placeOf(path);
    const { name, folder } = this.#nameOf(path);
    return viewPackage(name, program, new Packages({ folder, ...place }, this.#host.store));
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
    for (const one of this.#open.values()) {
      one.imported = this.#host.isImported(one.path);
      const view = this.view(one.uri);
      const diagnostics = view === undefined ? [] : this.#host.diagnosticsOf(view);
      if (view !== undefined || one.shown > 0) this.#host.publish(one.uri, one.document.version, diagnostics);
      one.shown = diagnostics.length;
    }
  }
}
