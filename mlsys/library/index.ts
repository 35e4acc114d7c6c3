/** The `mlsys` package and what hovers and completion ask about it. */
export { registerLibrary } from './modules';
