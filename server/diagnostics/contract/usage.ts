/** What of a chapter's names is used: by references, and by cells. */
import { symbolIndex } from '../../../mlsys';
import type { Analysis, CellResult } from '../../evaluation/analysis';
import { sameList } from '../../evaluation/sameData';
import { cellsOf } from '../recording';
import { contractOf } from './cellContract';
import { oncePerText } from './oncePerText';

/** What one cell reads. */
export interface CellReads {
  /** Paths: `x`, `Cls.attr`. */
  readonly paths: ReadonlySet<string>;
  /** Objects that are taken as a whole, so that any of their attributes may be read. */
  readonly whole: ReadonlySet<string>;
  /** Names that functions read whenever they are called. */
  readonly deferred: ReadonlySet<string>;
  readonly bound: ReadonlySet<string>;
  /** True where the code may read any name. */
  readonly observesNamespace: boolean;
}

export const readsOf = oncePerText((program): CellReads => {
  const { usage } = symbolIndex(program.module);
  const { reads: paths, bound } = contractOf(program);
  const whole = new Set([...usage.names].flatMap(([name, used]) => (used === 'whole' ? [name] : [])));
  return shared({ paths, whole, bound, deferred: usage.deferred, observesNamespace: usage.observesNamespace });
});

const sharedReads = new Map<string, CellReads>();
/** What cells read that were edited away is not kept for ever. */
const MOST_SHARED = 1000;

/** The one object for all texts that read the same: to compare cells is then to compare objects. */
function shared(reads: CellReads): CellReads {
  const { paths, whole, deferred, bound, observesNamespace } = reads;
  const key = [paths, whole, deferred, bound].map(names => [...names].sort().join(' ')).join('|') + observesNamespace;
  const known = sharedReads.get(key);
  if (known !== undefined) return known;
  if (sharedReads.size >= MOST_SHARED) sharedReads.clear();
  sharedReads.set(key, reads);
  return reads;
}

/** What the cells of a chapter read, all together. The same object serves as long as no cell reads anything else. */
export class ReadIndex {
  readonly cells: readonly CellReads[];
  /** How many cells read a path. */
  readonly #readers = new Map<string, number>();
  readonly #whole = new Set<string>();
  readonly #deferred = new Set<string>();

  constructor(cells: readonly CellReads[]) {
    this.cells = cells;
    for (const { paths, whole, deferred } of cells) {
      for (const path of paths) this.#readers.set(path, (this.#readers.get(path) ?? 0) + 1);
      for (const name of whole) this.#whole.add(name);
      for (const name of deferred) this.#deferred.add(name);
    }
  }

  /** Whether a cell reads `x` or `Cls.attr`; what the cell `except` reads does not count. */
  isRead(path: string, except?: CellReads): boolean {
    const readers = this.#readers.get(path) ?? 0;
    if (readers > (except?.paths.has(path) === true ? 1 : 0)) return true;
    const dot = path.lastIndexOf('.');
    return dot > 0 && this.#whole.has(path.slice(0, dot));
  }

  /** Whether a function reads the name, whenever it is called. */
  isDeferred(name: string): boolean {
    return this.#deferred.has(name);
  }
}

let last = new ReadIndex([]);

/** Undefined where code may read any name. */
export function readIndexOf(analysis: Analysis): ReadIndex | undefined {
  const cells = cellsOf(analysis).map(({ program }) => readsOf(program));
  if (cells.some(({ observesNamespace }) => observesNamespace)) return undefined;
  if (!sameList(cells, last.cells)) last = new ReadIndex(cells);
  return last;
}

/** True for a cell whose text tells what it makes. */
export function isReadable({ status }: CellResult): boolean {
  return status !== 'skipped' && status !== 'syntax-error';
}
