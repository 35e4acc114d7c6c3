/** Every id that package.json contributes and code uses; a test keeps the two in step. */

export const COMMANDS = {
  insertCell: 'reckoner.insertCell',
  openPreview: 'reckoner.openPreview',
  openPreviewToSide: 'reckoner.openPreviewToSide',
  restartServer: 'reckoner.restartServer',
  runChapter: 'reckoner.runChapter',
  showOutput: 'reckoner.showOutput',
  showMenu: 'reckoner.showMenu',
  showReport: 'reckoner.showReport',
  showProblems: 'reckoner.showProblems',
  toggleInlayHints: 'reckoner.toggleInlayHints',
} as const;

/** Type of the preview's webview panel. */
export const PREVIEW_PANEL = 'reckoner.preview';

/** Context key: true while a chapter with cells or references is in the active editor. */
export const CHAPTER_CONTEXT = 'reckoner.chapter';

export const LANGUAGES = ['quarto', 'markdown'] as const;

/** Section of the settings. */
export const SECTION = 'reckoner';
