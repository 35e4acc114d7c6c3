/** Remembers what a function of a text gave, for the texts that were asked for last. */
export function remembered<T>(make: (text: string) => T, most = 3000): (text: string) => T {
  let young = new Map<string, T>();
  let old = new Map<string, T>();
  return text => {
    const known = young.get(text);
    if (known !== undefined) return known;
    const value = old.get(text) ?? make(text);
    young.set(text, value);
    // Two generations: what nobody asked for during a whole one is forgotten.
    if (young.size >= most) {
      old = young;
      young = new Map();
    }
    return value;
  };
}
