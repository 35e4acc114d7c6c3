/** Remembers where values come from, as the evaluation told it: to work it out takes longer than anything else that is asked. */
import type { ProvenanceExtent, ProvenanceRecord } from './provenance';

/** A record has some hundred kilobytes where many numbers are behind a value. */
const MOST = 150;

type Told = Promise<ProvenanceRecord | undefined>;

interface Known {
  readonly cellsBefore: number;
  readonly told: Told;
  /** False while it is asked for. */
  isTold: boolean;
}

export class ProvenanceMemo {
  readonly #ask: (expr: string, cellsBefore: number, extent: ProvenanceExtent) => Told;
  /** In the order in which they were last of use. */
  readonly #known = new Map<string, Known>();

  /** `ask` asks the evaluation, which may have no time to tell. */
  constructor(ask: (expr: string, cellsBefore: number, extent: ProvenanceExtent) => Told) {
    this.#ask = ask;
  }

  of(expr: string, cellsBefore: number, extent: ProvenanceExtent): Told {
    const key = `${cellsBefore} ${extent} ${expr}`;
    const known = this.#known.get(key) ?? this.#asked(key, { cellsBefore, told: this.#ask(expr, cellsBefore, extent) });
    this.#known.delete(key);
    this.#known.set(key, known);
    for (const oldest of this.#known.keys()) {
      if (this.#known.size <= MOST) break;
      this.#known.delete(oldest);
    }
    return known.told;
  }

  /** What is not told after all is asked for again next time. */
  #asked(key: string, asked: Pick<Known, 'cellsBefore' | 'told'>): Known {
    const known: Known = { ...asked, isTold: false };
    const forget = (): void => {
      if (this.#known.get(key) === known) this.#known.delete(key);
    };
    known.told.then(record => {
      known.isTold = true;
      if (record === undefined) forget();
    }, forget);
    return known;
  }

  /** Forgets what sees more than the first cells, and what is not told yet: the evaluation answers about its present version alone. */
  keep(cells: number): void {
    for (const [key, { cellsBefore, isTold }] of this.#known)
      if (cellsBefore > cells || !isTold) this.#known.delete(key);
  }
}
