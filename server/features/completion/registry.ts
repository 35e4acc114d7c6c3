/** Units behind the dot of a registry: `ureg.kilowatt`; in a conversion those first that fit, with the number in them. */
import { type CompletionItem, CompletionItemKind } from 'vscode-languageserver';
import { registryUnits } from '../../../mlsys';
import { ifTold } from '../feature';
import { valueOfPath } from '../values';
import type { Context } from './context';
import { convertedIn, convertedQuantity, type Fitting, readableFirst, withNumbers } from './conversion';
import { rank, valued } from './items';
import type { CodePlace, Place } from './place';
import { isOfPresent } from './present';

const REGISTRIES = new Set(['UnitRegistry', 'ApplicationRegistry']);

export const registry: Context = {
  opensOn: '.',
  async items(place) {
    const { code } = place;
    const owner = code === undefined ? undefined : /^([\p{L}_][\p{L}\p{N}_]*)\.[\p{L}\p{N}_]*$/u.exec(code.path)?.[1];
    if (code === undefined || owner === undefined || code.at.string !== undefined || code.at.spec !== undefined)
      return undefined;
    if (code.locals().includes(owner)) return undefined;
    const value = await ifTold(place.context, () => valueOfPath(owner, code));
    if (value === undefined || !REGISTRIES.has(value.type)) return undefined;
    const fitting = await fittingUnits(place, code);
    const first = new Set(fitting.map(({ text }) => text));
    const others = registryUnits().filter(({ text }) => !first.has(text));
    return [
      ...fitting.map((unit, order) => row(unit.text, unit.converted && `${unit.converted} ${unit.short}`, 0, order)),
      ...others.map(({ text, short }, order) => row(text, short === text ? undefined : short, 1, order)),
    ];
  },
};

/** Where a quantity is converted: the units that it can be converted to. */
async function fittingUnits(place: Place, code: CodePlace): Promise<Fitting[]> {
  const bracket = code.at.brackets.at(-1);
  if (bracket?.kind !== '(' || bracket.commas > 0) return [];
  const value = await convertedQuantity(bracket, place, code);
  if (value === undefined) return [];
  const units = readableFirst(withNumbers(registryUnits(value), value), value);
  const isShown = isOfPresent(convertedIn(bracket)!, place, code);
  return isShown ? units : units.map(unit => ({ ...unit, converted: undefined }));
}

function row(text: string, shown: string | undefined, group: number, order: number): CompletionItem {
  return { ...valued(text, CompletionItemKind.Unit, shown), sortText: rank(group, order) };
}
