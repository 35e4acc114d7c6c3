/** Types of grammars.mjs. */
import type { Root } from 'hast';

export const lowlight: {
  registered(name: string): boolean;
  highlight(name: string, source: string): Root;
};
