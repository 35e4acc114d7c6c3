/** Paths in a browser: those of URIs. Takes the place of `path.ts` there. */
export { basename, dirname, extname, isAbsolute, join, parse, relative, resolve, sep } from 'pathe';
