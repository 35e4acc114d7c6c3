/** The facade: `createEngine`, what it is given, and what it answers. Nobody imports another file of this folder. */
export type { ChapterDocument } from './chapterDocument';
export type { Checked } from './checked';
export type { Checks } from './checks';
export { createEngine, type Engine } from './engine';
export type { FileChanges } from './fileChanges';
export type { EngineOptions, EngineSettings, PageServices } from './options';
export type { ChapterPage } from './pages';
export { Cancelled, Superseded } from './waiters';
