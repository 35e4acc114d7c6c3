/**
 * Expressions by mathjs's parser. Its parts take some milliseconds to load: in the bundles, the first call loads this module
 * (`scripts/bundles.mjs`).
 */
import { create, type MathNode, parseDependencies } from 'mathjs/number';
import { remembered } from '../../evaluation/remembered';

export type { FunctionNode, MathNode, OperatorNode, ParenthesisNode, SymbolNode } from 'mathjs/number';

// The types call each piece one that may be missing.
const { parse } = create({ parseDependencies } as Parameters<typeof create>[0]);

/** Expressions whose numbers have names are a few forms; so many are kept. */
const MOST_KEPT = 200;

/** The tree of an expression; undefined where the text is none. */
export const readExpression = remembered(MOST_KEPT, (text): MathNode | undefined => {
  try {
    return parse(text);
  } catch {
    return undefined;
  }
});
