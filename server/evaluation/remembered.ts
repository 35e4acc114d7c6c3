/** A function of a text whose last answers, `most` of them, are kept: the next version of a chapter asks the same again. */
export function remembered<T>(most: number, find: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>();
  return text => {
    const found = known.get(text);
    if (found !== undefined || known.has(text)) return found as T;
    if (known.size >= most) known.clear();
    const made = find(text);
    known.set(text, made);
    return made;
  };
}
