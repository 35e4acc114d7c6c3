/** Comparing the numbers of two versions of a chapter. */
export type { Cause, CauseKind, Place, Version } from './causes';
export {
  type ChangedGuard,
  type ChangedNumber,
  type ChangedSentence,
  type ChangePart,
  compareNumbers,
  isSame,
  NOTHING,
  type NumberDiff,
} from './compare';
