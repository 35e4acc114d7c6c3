/** Paths of the machine's file system. In a browser `path.browser.ts` takes the place of this file. */
export { basename, dirname, extname, isAbsolute, join, parse, relative, resolve, sep } from 'node:path';
