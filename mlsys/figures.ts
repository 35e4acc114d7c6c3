/** Facade of the matplotlib recorder: the models of figures and what follows from them, for whoever draws. */
// Before its parts: they refer to each other, and are loaded in the order of the evaluator.
import './index';

export {
  type AxisTicks,
  automaticTicks,
  axesSize,
  axisTicks,
  colorAt,
  dateTexts,
  lineWidth,
  partOfScale,
  powers,
  powerTexts,
  scalarTexts,
  scaled,
} from './modules/matplotlib';
export type * from './modules/matplotlib/model';
export { legendEntriesIn } from './modules/matplotlib/model';
