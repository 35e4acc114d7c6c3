/** The table of features. The server announces and wires what it holds. */
import { codeAction } from './codeAction';
import { completion } from './completion';
import { definition } from './definition';
import { documentHighlight } from './documentHighlight';
import { documentSymbol } from './documentSymbol';
import type { Feature } from './feature';
import { foldingRange } from './foldingRange';
import { hover } from './hover';
import { inlayHint } from './inlayHint';
import { references } from './references';
import { prepareRename, rename } from './rename';

export type { Feature, FeatureContext } from './feature';

// Each feature has parameters and results of its own, which the server passes through.
// biome-ignore lint/suspicious/noExplicitAny: the method names the types
export const features: readonly Feature<any, any>[] = [
  codeAction,
  completion,
  definition,
  documentHighlight,
  documentSymbol,
  foldingRange,
  hover,
  inlayHint,
  prepareRename,
  references,
  rename,
];
