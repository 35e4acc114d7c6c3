/** The findings in what projects say to Reckoner, shown at the files that say it. */
import type { Engine } from '../engine';
import { basename } from '../files/path';
import { pathOfUri, uriOfPath } from '../files/uri';
import type { Board } from './board';
import { diagnosticsOfRecords, type RuleLinks } from './diagnostics';

export class Configurations {
  readonly #engine: Engine;
  readonly #board: Board;
  readonly #links: RuleLinks;
  /** Files for which findings are shown. */
  #shown: ReadonlySet<string> = new Set();

  constructor(engine: Engine, board: Board, links: RuleLinks) {
    this.#links = links;
    this.#engine = engine;
    this.#board = board;
  }

  /** Looks at what counts for these files, chapters or folders, and takes back what is no more. */
  show(paths: readonly string[]): void {
    const found = new Map(paths.flatMap(path => [...this.#engine.projects.findings(path)]));
    for (const path of this.#shown) if (!found.has(path)) this.#take(path, []);
    for (const [path, findings] of found) if (findings.length > 0 || this.#shown.has(path)) this.#take(path, findings);
    this.#shown = new Set([...found].flatMap(([path, findings]) => (findings.length > 0 ? [path] : [])));
  }

  #take(path: string, findings: Parameters<typeof diagnosticsOfRecords>[0]): void {
    const uri = uriOfPath(path);
    this.#board.take(uri, new Map([[uri, diagnosticsOfRecords(findings, uri, this.#links)]]));
  }
}

/** True for a file that says something to Reckoner, by its name. */
export function isConfiguration(uri: string): boolean {
  return /^(?:\.reckoner\.yml|_quarto\.ya?ml)$/.test(basename(pathOfUri(uri) ?? ''));
}
