/** Every id that package.json contributes and code uses; a test keeps the two in step. */

export const COMMANDS = {
  compareNumbers: 'reckoner.compareNumbers',
  goToSource: 'reckoner.goToSource',
  insertCell: 'reckoner.insertCell',
  openPreview: 'reckoner.openPreview',
  openPreviewToSide: 'reckoner.openPreviewToSide',
  previewBack: 'reckoner.previewBack',
  previewForward: 'reckoner.previewForward',
  restartServer: 'reckoner.restartServer',
  runChapter: 'reckoner.runChapter',
  setRuleLevel: 'reckoner.setRuleLevel',
  showOutput: 'reckoner.showOutput',
  showDisagreements: 'reckoner.showDisagreements',
  showMenu: 'reckoner.showMenu',
  showReport: 'reckoner.showReport',
  showRule: 'reckoner.showRule',
  showUses: 'reckoner.showUses',
  showProblems: 'reckoner.showProblems',
  showProvenance: 'reckoner.showProvenance',
  showReach: 'reckoner.showReach',
  toggleInlayHints: 'reckoner.toggleInlayHints',
  whatIf: 'reckoner.whatIf',
  keepWhatIf: 'reckoner.keepWhatIf',
  discardWhatIf: 'reckoner.discardWhatIf',
  scenarios: 'reckoner.scenarios',
  togglePreviewLock: 'reckoner.togglePreviewLock',
  togglePreviewNumbers: 'reckoner.togglePreviewNumbers',
  togglePreviewScroll: 'reckoner.togglePreviewScroll',
} as const;

/** Views of trees. */
export const VIEWS = {
  provenance: 'reckoner.provenance',
  values: 'reckoner.values',
  whatIf: 'reckoner.whatIfView',
} as const;

/** Context key: true while other values are tried. */
export const WHAT_IF_CONTEXT = 'reckoner.trying';

/** Context key: true once a number was asked about. */
export const SOURCES_CONTEXT = 'reckoner.sources';

/** Type of the preview's webview panel. */
export const PREVIEW_PANEL = 'reckoner.preview';

/** Context key: true while a preview that is locked has the focus. */
export const LOCKED_CONTEXT = 'reckoner.previewLocked';

/** Context key: true while a chapter with cells or references is in the active editor. */
export const CHAPTER_CONTEXT = 'reckoner.chapter';

/** Context key: true once such a chapter was in the active editor. */
export const OPENED_CONTEXT = 'reckoner.opened';

export const LANGUAGES = ['quarto', 'markdown'] as const;

/** Section of the settings. */
export const SECTION = 'reckoner';
