/** Within the quotes of a text in code: keys of a dict, units of a conversion. */
import { type CompletionItem, CompletionItemKind } from 'vscode-languageserver';
import { type OpenBracket, receiverAt } from '../../../mlsys';
import { ifTold } from '../feature';
import { entriesOf, valueBehind } from '../values';
import type { Context } from './context';
import { replacing, valued } from './items';
import { fileItems } from './paths';
import type { CodePlace, Place } from './place';
import { isOfPresent } from './present';
import { unitItems } from './units';

export const strings: Context = {
  opensOn: '"\'/',
  async items(place) {
    const { code } = place;
    const string = code?.at.string;
    if (code === undefined || string === undefined) return undefined;
    const bracket = code.at.brackets.at(-1);
    // The text is the first thing in the bracket.
    const isFirst = bracket !== undefined && /^\s*[rbu]?["']+$/.test(code.source.slice(bracket.argument, string.start));
    if (bracket === undefined || !isFirst) return [];
    if (bracket.kind === '[') return keyItems(place, code, string.start);
    if (bracket.kind === '(' && bracket.commas === 0) {
      const dict = bracket.method?.name === 'get' ? bracket.method.receiver : /^(.+)\.get$/.exec(bracket.owner)?.[1];
      if (dict !== undefined) return keysOf(dict, place, code, string.start);
      const file = fileCall(bracket) ? code.source.slice(string.start) : undefined;
      return file === undefined ? unitItems(place, code, bracket) : fileItems({ kind: 'data', typed: file }, place);
    }
    return [];
  },
};

/** True for a call that reads the file that its first argument names. */
function fileCall({ owner, method }: OpenBracket): boolean {
  return (
    method === undefined &&
    /^(?:open|(?:\w+\.)?(?:Path|read_(?:csv|json|excel|parquet|table)|loadtxt|genfromtxt))$/.test(owner)
  );
}

/** Keys of the dict that is indexed: of `costs["gpu"]["` those of the inner one. */
async function keyItems(place: Place, code: CodePlace, start: number): Promise<CompletionItem[]> {
  const dict = receiverAt(code.source, code.at.brackets.at(-1)!.start);
  return dict === undefined ? [] : keysOf(dict, place, code, start);
}

async function keysOf(dict: string, place: Place, code: CodePlace, start: number): Promise<CompletionItem[]> {
  const value = await ifTold(place.context, () => valueBehind(dict, code));
  if (value === undefined) return [];
  const isShown = isOfPresent(dict, place, code);
  // In a cell, offsets of the source may differ from those of the chapter by the indentation alone.
  const typed = code.source.length - start;
  const range = { start: place.offset - typed, end: place.offset };
  return entriesOf(value).map(({ key, value: text }, order) => {
    const made = valued(key, CompletionItemKind.Property, isShown ? text : undefined);
    return replacing({ ...made, sortText: String(order).padStart(4, '0') }, key, range, place);
  });
}
