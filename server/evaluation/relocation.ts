/** Follows places of a program into a later text of it that differs only in comments and layout. */
import { childrenOf, type Module, type Span } from '../../mlsys';

/** Maps offsets of one program's source to those of another. */
export type Relocation = (span: Span) => Span;

/** The way from `old` to `now`, whose trees are equal but for positions. */
export function relocation(old: Module, now: Module): Relocation {
  const starts = new Map<number, number>();
  const ends = new Map<number, number>();
  pair(old, now);
  return span => {
    const start = starts.get(span.start) ?? ends.get(span.start) ?? span.start;
    return { start, end: Math.max(start, ends.get(span.end) ?? starts.get(span.end) ?? start) };
  };

  function pair(a: Span, b: Span): void {
    starts.set(a.start, b.start);
    ends.set(a.end, b.end);
    const others = childrenOf(b);
    for (const [at, child] of childrenOf(a).entries()) {
      const other = others[at];
      if (other === undefined) return;
      pair(child, other);
    }
  }
}

/** The way from a sound text to one that is being typed: what stands before and after the difference moves with it. */
export function editRelocation(old: string, now: string): Relocation {
  const shorter = Math.min(old.length, now.length);
  let head = 0;
  while (head < shorter && old.charCodeAt(head) === now.charCodeAt(head)) head++;
  let tail = 0;
  while (tail < shorter - head && old.charCodeAt(old.length - 1 - tail) === now.charCodeAt(now.length - 1 - tail))
    tail++;
  const move = (offset: number): number => {
    if (offset <= head) return offset;
    return offset >= old.length - tail ? offset + now.length - old.length : head;
  };
  return span => ({ start: move(span.start), end: Math.max(move(span.start), move(span.end)) });
}
