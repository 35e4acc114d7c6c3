/**
 * Linked editing: an export and the attribute that its bridge brings out under the same name (`days_str = Plan.days_str`) are
 * edited as one, with the header that lists them and the references that show them.
 */
import type { LinkedEditingRangeParams, LinkedEditingRanges } from 'vscode-languageserver';
import type { Analysis } from '../evaluation/analysis';
import type { Occurrence } from '../evaluation/symbols/occurrences';
import { lastOf, type NameSymbol } from '../evaluation/symbols/symbol';
import { encloses, type Handler, isHere, toOffset, toRange } from './feature';
import { sameNameIn } from './symbols';

export const linkedEditingRange: Handler<LinkedEditingRangeParams, LinkedEditingRanges> = {
  handle(analysis, { position }, context) {
    const { chapter } = analysis;
    const offset = toOffset(chapter, position, context);
    const found = analysis.symbols.at(offset);
    if (found?.symbol === undefined || !encloses(found.range, offset)) return null;
    const bridge = bridgeOf(found.symbol, analysis);
    if (bridge === undefined) return null;
    const places = bridge.flatMap(one => sameNameIn(one, analysis)).sort((a, b) => a.range.start - b.range.start);
    // What stands in another file would not be edited with it.
    if (places.some(({ range }) => !isHere(chapter, range.start, context))) return null;
    return { ranges: places.map(({ range }) => toRange(chapter, range)), wordPattern: NAME };
  },
};

/** A name. Clients read it without the `u` flag, by which alone `\\p{L}` would mean letters. */
const NAME = '[A-Za-z_\\u0080-\\uffff][A-Za-z0-9_\\u0080-\\uffff]*';

/** One place of the export and one of the attribute, of a symbol that is one of the two. */
function bridgeOf(symbol: NameSymbol, analysis: Analysis): readonly [Occurrence, Occurrence] | undefined {
  const { path, home, local, alias, external } = symbol;
  if (home.module !== undefined || local !== undefined || alias !== undefined || external !== undefined)
    return undefined;
  const name = lastOf(path);
  const all = analysis.symbols.named(name);
  for (const one of all) {
    if (!one.write || one.isMember || one.symbol?.path !== name) continue;
    const value = one.symbol.definition?.value;
    if (value?.kind !== 'Attribute' || value.attr.name !== name || one.text.cell === undefined) continue;
    const at = one.text.toDocument(value.attr).start;
    const attribute = all.find(({ range }) => range.start === at);
    if (attribute?.symbol === undefined || !attribute.symbol.path.endsWith(`.${name}`)) continue;
    if (one.symbol.key === symbol.key || attribute.symbol.key === symbol.key) return [one, attribute];
  }
  return undefined;
}
