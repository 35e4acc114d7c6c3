/** Units that a quantity can be converted to, in `.to(…)` and `.m_as(…)`, each with the number that it gives. */
import { type CompletionItem, CompletionItemKind } from 'vscode-languageserver';
import { convertedTo, type OpenBracket, type UnitInfo, unitsFitting } from '../../../mlsys';
import { importEdit } from '../../diagnostics/imports';
import { ifTold, toRange } from '../feature';
import { valueOfPath } from '../values';
import type { Context } from './context';
import { CONSTANTS, usesLibrary } from './importable';
import { rank, replacing, valued } from './items';
import { namesAt } from './names';
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
  // A book with constants of its own has units of its own.
  const withImports = usesLibrary(place.analysis);
  return unitsFitting(value)
    .filter(unit => inString || (unit.isImportable && (withImports || missingNames(unit, place, code).length === 0)))
    .map((unit, order) => {
      const converted = convertedTo(value, unit.text);
      const made = valued(unit.text, CompletionItemKind.Unit, converted && `${converted} ${unit.short}`);
      const row = { ...made, sortText: rank(0, order) };
      return { ...replacing(row, unit.text, range, place), ...(inString ? {} : importsFor(unit, place, code)) };
    });
}

/** Names of a unit that the cell does not have yet. */
function missingNames({ text }: UnitInfo, { analysis }: Place, { cell, seen }: CodePlace): string[] {
  const known = analysis.exportsAt(seen);
  return [...new Set(text.split(/[*/]/))].filter(
    name => !known.has(name) && (cell === undefined || cell.definitionsOf(name).length === 0),
  );
}

/** The imports that the names of a unit still need. */
function importsFor(unit: UnitInfo, place: Place, code: CodePlace): Pick<CompletionItem, 'additionalTextEdits'> {
  const missing = missingNames(unit, place, code);
  if (code.cell === undefined || missing.length === 0) return {};
  const member = missing.join(', ');
  const edit = importEdit(code.cell, { module: CONSTANTS, member, statement: `from ${CONSTANTS} import ${member}` });
  return { additionalTextEdits: [{ range: toRange(place.analysis.chapter, edit), newText: edit.newText }] };
}
