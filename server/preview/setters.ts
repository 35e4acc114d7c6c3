/** Loads what sets texts when it is first asked for. */
import type { RenderMath } from './context';

let loading: Promise<RenderMath> | undefined;

/** The renderer, loaded once. */
export function loadMath(): Promise<RenderMath> {
  loading ??= import('./math').then(module => module.renderMath);
  return loading;
}
