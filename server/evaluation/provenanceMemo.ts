/** Remembers where values come from, as the evaluation told it: to work it out takes longer than anything else that is asked. */
import type { ProvenanceExtent, ProvenanceRecord } from './provenance';

/** A record has some hundred kilobytes where many numbers are behind a value. */
const MOST = 150;

interface Known {
  readonly cellsBefore: number;
  readonly record: ProvenanceRecord;
}

export class ProvenanceMemo {
  /** In the order in which they were last of use. */
  readonly #known = new Map<string, Known>();

  find(expr: string, cellsBefore: number, extent: ProvenanceExtent): ProvenanceRecord | undefined {
    const key = keyOf(expr, cellsBefore, extent);
    const found = this.#known.get(key);
    if (found === undefined) return undefined;
    this.#known.delete(key);
    this.#known.set(key, found);
    return found.record;
  }

  note(expr: string, cellsBefore: number, extent: ProvenanceExtent, record: ProvenanceRecord): void {
    this.#known.set(keyOf(expr, cellsBefore, extent), { cellsBefore, record });
    for (const oldest of this.#known.keys()) {
      if (this.#known.size <= MOST) break;
      this.#known.delete(oldest);
    }
  }

  /** Forgets what sees more than the first cells. */
  keep(cells: number): void {
    for (const [key, { cellsBefore }] of this.#known) if (cellsBefore > cells) this.#known.delete(key);
  }
}

function keyOf(expr: string, cellsBefore: number, extent: ProvenanceExtent): string {
  return `${cellsBefore} ${extent} ${expr}`;
}
