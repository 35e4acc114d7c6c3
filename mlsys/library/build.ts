/** How objects of the library come into being: owned by nobody's cell, and independent of what a session defined. */
import { creation } from '../python/runtime/objects';
import { building } from '../units/index';

/** Runs `body` as the library: what it makes is shared by all sessions and read-only for cells. */
export function asLibrary<T>(body: () => T): T {
  const { owner } = creation;
  const { library } = building;
  creation.owner = 0;
  building.library = true;
  try {
    return body();
  } finally {
    creation.owner = owner;
    building.library = library;
  }
}

/** A value made once, by the library, when first asked for. */
export function lazily<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: asLibrary(make) };
    return made.value;
  };
}
