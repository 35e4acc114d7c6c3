/** The part of picomatch that is used; the package comes without types. */
declare module 'picomatch' {
  /** Makes what tells whether a path, with slashes, fits one of the patterns. */
  export default function picomatch(
    patterns: readonly string[],
    options?: { readonly dot?: boolean; readonly noextglob?: boolean },
  ): (path: string) => boolean;
}
