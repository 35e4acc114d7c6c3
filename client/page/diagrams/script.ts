/** Loads the script that draws diagrams, once, from beside the page's own; a page that stands alone holds it. */
import type { DrawDiagram } from './contract';

const own = document.currentScript as HTMLScriptElement | null;
let loading: Promise<DrawDiagram> | undefined;

export function diagramScript(): Promise<DrawDiagram> {
  loading ??= load();
  return loading;
}

/** True on a page that stands alone, and holds what draws diagrams. */
export function isAlone(): boolean {
  return own === null || own.src === '';
}

function load(): Promise<DrawDiagram> {
  return new Promise((resolve, reject) => {
    const settle = (): void => {
      if (globalThis.reckonerDraw === undefined) reject(new Error('what draws diagrams is not at hand'));
      else resolve(globalThis.reckonerDraw);
    };
    if (globalThis.reckonerDraw !== undefined || isAlone()) {
      settle();
      return;
    }
    const script = document.createElement('script');
    script.nonce = own!.nonce;
    script.src = own!.src.replace(/preview\.js(?=$|[?#])/, 'diagrams.js');
    script.addEventListener('load', settle);
    script.addEventListener('error', settle);
    document.body.append(script);
  });
}
