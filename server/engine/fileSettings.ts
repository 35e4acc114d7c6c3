/** What settings and projects say of the evaluation of a file, its checks and how it is shown. */
import type { FileAccess } from '../files/access';
import { dirname } from '../files/path';
import { pathOfUri } from '../files/uri';
import { workingFolder } from '../project/configuration';
import type { CheckOptions } from '../workspace/check';
import type { PackagePlace } from '../workspace/packages';
import type { EngineSettings } from './options';
import type { ProjectSettings } from './projectSettings';

export class FileSettings {
  readonly #settings: EngineSettings;
  readonly #projects: ProjectSettings;
  readonly #filesOf: (path: string) => FileAccess;

  constructor(settings: EngineSettings, projects: ProjectSettings, filesOf: (path: string) => FileAccess) {
    this.#settings = settings;
    this.#projects = projects;
    this.#filesOf = filesOf;
  }

  /** Where the packages of a chapter, or of a Python file, are looked up. */
  placeOf(path: string): PackagePlace {
    const working = workingFolder(path, this.#filesOf(path));
    const extra = this.#projects.packageRootsOf(path);
    return { folder: dirname(path), workspace: this.#settings.rootOf(path), extra, working, chapter: path };
  }

  /** With what a chapter that is not open is checked. */
  checkOptions(path: string): CheckOptions {
    const { rules, consequences, budgets } = this.#settings.settingsOf(path);
    const packageRoots = this.#projects.packageRootsOf(path);
    const guards = this.#projects.guardsOf(path);
    return { levels: rules, consequences, budgets, packageRoots, guards, root: this.#settings.rootOf(path) };
  }

  /** What the evaluation of a document depends on beside its text, as one text. */
  evaluationOf(path: string | undefined): string {
    const { budgets } = this.#settings.settingsOf(path);
    const packageRoots = this.#projects.packageRootsOf(path);
    const place =
      path === undefined
        ? ''
        : [this.#settings.rootOf(path), workingFolder(path, this.#filesOf(path)), this.#projects.isExcluded(path)];
    return JSON.stringify([place, budgets, packageRoots, this.#projects.guardsOf(path)]);
  }

  /** What its findings depend on, and how they and its values are shown. */
  presentationOf(uri: string): string {
    const { rules, consequences, inlayHints, preview, codeLens } = this.#settings.settingsOf(pathOfUri(uri));
    return JSON.stringify([rules, consequences, inlayHints, preview, codeLens]);
  }
}
