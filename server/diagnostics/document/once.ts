/** What is made of a version of a chapter once for all rules that ask. */
import type { Chapter } from '../../chapter/model';

export function onceOf<T>(make: (chapter: Chapter) => T): (chapter: Chapter) => T {
  const known = new WeakMap<Chapter, { readonly made: T }>();
  return chapter => {
    let found = known.get(chapter);
    if (found === undefined) {
      found = { made: make(chapter) };
      known.set(chapter, found);
    }
    return found.made;
  };
}
