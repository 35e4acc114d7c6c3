/** The matplotlib recorder: what chapters draw, kept as plain data. */
import { registerModule } from '../registry';
import { loadCm, loadColors } from './colorModule';
import { loadDates } from './dateModule';
import { loadGridSpec } from './gridSpec';
import './ground';
import { refuseTheRest } from './missing';
import { loadPathEffects } from './pathEffects';
import { loadLines, loadMatplotlib, loadPatches, loadPyplot, loadStyle, loadTicker } from './pyplot';

export { colorAt, partOfScale } from './colorMaps';
export { dateTexts } from './dates';
export { lineWidth } from './letterWidths';
export { scaled } from './limits';
export { powers } from './locators';
export type * from './model';
export { type AxisTicks, automaticTicks, axesSize, axisTicks } from './ticks';
export { powerTexts, scalarTexts } from './tickTexts';

/** Makes matplotlib and its modules importable. */
export function registerMatplotlib(): void {
  registerModule('matplotlib', () => {
    refuseTheRest();
    return loadMatplotlib();
  });
  registerModule('matplotlib.pyplot', loadPyplot);
  registerModule('matplotlib.ticker', loadTicker);
  registerModule('matplotlib.dates', loadDates);
  registerModule('matplotlib.colors', loadColors);
  registerModule('matplotlib.patches', loadPatches);
  registerModule('matplotlib.lines', loadLines);
  registerModule('matplotlib.cm', loadCm);
  registerModule('matplotlib.style', loadStyle);
  registerModule('matplotlib.patheffects', loadPathEffects);
  registerModule('matplotlib.gridspec', loadGridSpec);
}
