/** Units that a quantity can be converted to, in `.to(…)` and `.m_as(…)`, each with the number that it gives. */
import { type CompletionItem, CompletionItemKind } from 'vscode-languageserver';
import { convertedTo, type OpenBracket, type UnitInfo, unitsFitting } from '../../../mlsys';
import { importEdit } from '../../diagnostics/imports';
import { ifTold, toRange } from '../feature';
import { valueOfPath } from '../values';
import type { Context } from './context';
import { rank, replacing, valued } from './items';
import { CONSTANTS, namesAt } from './names';
import type { CodePlace, Place } from './place';

const CONVERSION = /^(.+)\.(?:m_as|to|ito|is_compatible_with)$/;

/** Without quotes: units by their names of `mlsys.constants`, before all other names. */
export const units: Context = {
  opensOn: '(',
  async items(place) {
    const { code, typed } = place;
    if (code === undefined || code.at.string !== undefined || code.at.isComment) return undefined;
    const bracket = code.at.brackets.at(-1);
    const isArgument = bracket?.kind === '(' && bracket.commas === 0 && CONVERSION.test(bracket.owner);
    if (!isArgument || code.path.includes('.')) return typed === undefined ? undefined : [];
    const fitting = await unitItems(place, code, bracket);
    if (typed !== undefined) return fitting;
    const others = namesAt(place, code);
    return { ...others, items: [...fitting, ...others.items] };
  },
};

/** Rows for the units that fit the quantity before a conversion; none for any other call. */
export async function unitItems(
  place: Place,
  code: CodePlace,
  { owner, argument }: OpenBracket,
): Promise<CompletionItem[]> {
  const path = CONVERSION.exec(owner)?.[1];
  const value = path === undefined ? undefined : await ifTold(place.context, () => valueOfPath(path, code));
  if (value?.type !== 'Quantity') return [];
  const inString = code.at.string !== undefined;
  const start = inString ? code.at.string!.start : argument;
  const typed = code.source.slice(start).trimStart().length;
  const range = { start: place.offset - typed, end: place.offset };
  return unitsFitting(value)
    .filter(({ isImportable }) => inString || isImportable)
    .map((unit, order) => {
      const converted = convertedTo(value, unit.text);
      const made = valued(unit.text, CompletionItemKind.Unit, converted && `${converted} ${unit.short}`);
      const row = { ...made, sortText: rank(0, order) };
      return { ...replacing(row, unit.text, range, place), ...(inString ? {} : importsFor(unit, place, code)) };
    });
}

/** The imports that the names of a unit still need. */
function importsFor(
  { text }: UnitInfo,
  { analysis }: Place,
  { cell, seen }: CodePlace,
): Pick<CompletionItem, 'additionalTextEdits'> {
  if (cell === undefined) return {};
  const known = analysis.exportsAt(seen);
  const missing = text.split(/[*/]/).filter(name => !known.has(name) && cell.definitionsOf(name).length === 0);
  if (missing.length === 0) return {};
  const member = [...new Set(missing)].join(', ');
  const edit = importEdit(cell, { module: CONSTANTS, member, statement: `from ${CONSTANTS} import ${member}` });
  return { additionalTextEdits: [{ range: toRange(analysis.chapter, edit), newText: edit.newText }] };
}
