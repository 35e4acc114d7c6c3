/** Completion: the table of contexts. The first one to which the place belongs tells what is offered there. */
import type { CompletionList, CompletionParams } from 'vscode-languageserver';
import type { Handler } from '../feature';
import { attributes } from './attributes';
import { braceAttributes } from './braceAttributes';
import type { Context } from './context';
import { crossReferences, footnotes } from './crossReferences';
import { divs } from './divs';
import { formats } from './formats';
import { imports } from './imports';
import { names } from './names';
import { paths } from './paths';
import { type Place, placeOf } from './place';
import { isAwaited } from './present';
import { reference } from './reference';
import { registry } from './registry';
import { shortcodes } from './shortcodes';
import { referenceWord, snippets } from './snippets';
import { strings } from './strings';
import { units } from './units';
import { cellOptions, frontMatter } from './yaml';

const CONTEXTS: readonly Context[] = [
  frontMatter,
  cellOptions,
  // code
  imports,
  formats,
  strings,
  registry,
  attributes,
  units,
  reference,
  names,
  // prose
  referenceWord,
  paths,
  shortcodes,
  divs,
  braceAttributes,
  crossReferences,
  footnotes,
  snippets,
];

export const completion: Handler<CompletionParams, CompletionList> = {
  atOnce: true,
  async handle(analysis, params, context) {
    const place = placeOf(analysis, params, context);
    if (place === undefined) return null;
    for (const one of CONTEXTS) {
      if (place.typed !== undefined && !one.opensOn.includes(place.typed)) continue;
      const rows = await one.items(place);
      if (rows === undefined) continue;
      const list = 'items' in rows ? rows : { isIncomplete: false, items: [...rows] };
      // An empty list that is incomplete is asked for again as well; null would not be.
      if (isLate(place)) return { ...list, isIncomplete: true };
      return list.items.length === 0 ? null : list;
    }
    return null;
  },
};

/** True where more may be known with the next letter: something came too late, or a cell above has not been evaluated. */
function isLate({ code, context, members }: Place): boolean {
  if (code === undefined) return false;
  if (members.isLate || context.isHurried === true) return true;
  return isAwaited(code);
}
