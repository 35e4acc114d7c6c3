/** Comparing the numbers of two versions of a chapter. */
export type { Cause, Place } from './causes';
export {
  type ChangedGuard,
  type ChangedSentence,
  type ChangePart,
  compareNumbers,
  isSame,
  NOTHING,
  type NumberDiff,
} from './compare';
export { type Disagreement, disagreements, type Quantity, quantitiesIn } from './quantities';
