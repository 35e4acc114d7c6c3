/** Visits syntax trees without knowing each kind of node. */
import type { Span } from '../../mlsys';

/** A node or a part of one (a parameter, an alias, a comprehension); nodes proper have a `kind`. */
export type TreePart = Partial<Span> & { readonly kind?: string };

/** The parts directly below a part, in source order within each property. */
export function partsOf(part: TreePart): TreePart[] {
  const parts: TreePart[] = [];
  for (const key in part) addParts((part as Record<string, unknown>)[key], parts);
  return parts;
}

function addParts(value: unknown, parts: TreePart[]): void {
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return;
  if (Array.isArray(value)) for (const item of value) addParts(item, parts);
  else parts.push(value as TreePart);
}

/** Calls `visit` for the part and all below it; a visit that returns false keeps the walk out of the part. */
export function walk(part: TreePart, visit: (part: TreePart) => boolean | undefined): void {
  if (visit(part) === false) return;
  for (const below of partsOf(part)) walk(below, visit);
}
