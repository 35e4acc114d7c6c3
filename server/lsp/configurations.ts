/** The findings in what projects say to Reckoner, shown at the files that say it. */
import type { Engine } from '../engine';
import { basename } from '../files/path';
import { pathOfUri, uriOfPath } from '../files/uri';
import { later, type Timer } from '../timers';
import { diagnosticsOfRecords, type RuleLinks } from './diagnostics';
import type { PublishedFindings } from './publishedFindings';

/** Milliseconds in which chapters come first: values are wanted at once, what is wrong in a configuration is not. */
const QUIET = 200;

export class Configurations {
  readonly #engine: Engine;
  readonly #published: PublishedFindings;
  readonly #links: RuleLinks;
  #timer: Timer | undefined;
  /** Files for which findings are shown. */
  #shown: ReadonlySet<string> = new Set();

  constructor(engine: Engine, published: PublishedFindings, links: RuleLinks) {
    this.#links = links;
    this.#engine = engine;
    this.#published = published;
  }

  /** Looks, once there is time, at what counts for the files that `pathsOf` tells then, and takes back what is no more. */
  show(pathsOf: () => readonly string[]): void {
    clearTimeout(this.#timer);
    this.#timer = later(() => this.#show(pathsOf()), QUIET);
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  #show(paths: readonly string[]): void {
    const found = new Map(paths.flatMap(path => [...this.#engine.projects.findings(path)]));
    for (const path of this.#shown) if (!found.has(path)) this.#take(path, []);
    for (const [path, findings] of found) if (findings.length > 0 || this.#shown.has(path)) this.#take(path, findings);
    this.#shown = new Set([...found].flatMap(([path, findings]) => (findings.length > 0 ? [path] : [])));
  }

  #take(path: string, findings: Parameters<typeof diagnosticsOfRecords>[0]): void {
    const uri = uriOfPath(path);
    this.#published.take(uri, new Map([[uri, diagnosticsOfRecords(findings, uri, this.#links)]]));
  }
}

/** True for a file that says something to Reckoner, by its name. */
export function isConfiguration(uri: string): boolean {
  return /^(?:\.reckoner\.yml|_(?:quarto|metadata)\.ya?ml)$/.test(basename(pathOfUri(uri) ?? ''));
}
