/** Units that a quantity can be converted to, in `.to(…)` and `.m_as(…)`, each with the number that it gives. */
import { type CompletionItem, CompletionItemKind } from 'vscode-languageserver';
import { convertedTo, type OpenBracket, type UnitInfo, unitsFitting } from '../../../mlsys';
import { importEdit } from '../../diagnostics/imports';
import { toldNow, toRange } from '../feature';
import type { KnownValue } from '../values';
import type { Context } from './context';
import { convertedIn, convertedQuantity, type Fitting, readableFirst, withNumbers } from './conversion';
import { CONSTANTS, usesLibrary } from './importable';
import { rank, replacing, valued } from './items';
import { namesAt } from './names';
import type { CodePlace, Place } from './place';
import { isOfPresent } from './present';
import { visibleAt } from './visible';

/** Without quotes: units by their names of `mlsys.constants`, before all other names. */
export const units: Context = {
  opensOn: '(',
  async items(place) {
    const { code, typed } = place;
    if (code === undefined || code.at.string !== undefined || code.at.isComment) return undefined;
    const bracket = code.at.brackets.at(-1);
    const isArgument = bracket?.kind === '(' && bracket.commas === 0 && convertedIn(bracket) !== undefined;
    if (!isArgument || code.path.includes('.')) return typed === undefined ? undefined : [];
    const fitting = await unitItems(place, code, bracket);
    if (typed !== undefined) return fitting;
    const others = namesAt(place, code);
    const labels = new Set(fitting.map(({ label }) => label));
    return { ...others, items: [...fitting, ...others.items.filter(({ label }) => !labels.has(label))] };
  },
};

/** Rows for the units that fit the quantity before a conversion; none for any other call. */
export async function unitItems(place: Place, code: CodePlace, bracket: OpenBracket): Promise<CompletionItem[]> {
  const { argument } = bracket;
  const value = await convertedQuantity(bracket, place, code);
  if (value === undefined) return [];
  const isShown = isOfPresent(convertedIn(bracket)!, place, code);
  const inString = code.at.string !== undefined;
  const start = inString ? code.at.string!.start : argument;
  const typed = code.source.slice(start).trimStart().length;
  const range = { start: place.offset - typed, end: place.offset };
  // A book with constants of its own has units of its own.
  const withImports = usesLibrary(place.analysis);
  const own = inString ? [] : scopeUnits(value, place, code);
  const names = new Set(own.map(({ text }) => text));
  const known = unitsFitting(value)
    .filter(unit => !names.has(unit.text))
    .filter(unit => inString || (unit.isImportable && (withImports || missingNames(unit, place, code).length === 0)));
  return [...readableFirst(own, value), ...readableFirst(withNumbers(known, value), value)].map((unit, order) => {
    const { text, short, converted } = unit;
    const made = valued(text, CompletionItemKind.Unit, isShown ? converted && `${converted} ${short}` : undefined);
    // Before names of all kinds.
    const row = { ...made, sortText: `!${rank(0, order)}` };
    const isMissing = !inString && !names.has(text);
    return { ...replacing(row, text, range, place), ...(isMissing ? importsFor(unit, place, code) : {}) };
  });
}

/** Units that the chapter's own names stand for, and that fit. */
function scopeUnits(value: KnownValue, { analysis, context }: Place, { seen }: CodePlace): Fitting[] {
  const shorts = new Map(unitsFitting(value).map(({ text, short }) => [text, short]));
  return visibleAt(analysis, seen).flatMap(({ name, cell }) => {
    const unit = toldNow(context, () => analysis.cells[cell]!.run?.valueOf(name));
    const text = unit?.type === 'Unit' ? /^<Unit\('(.*)'\)>$/.exec(unit.repr)?.[1] : undefined;
    const converted = text === undefined ? undefined : convertedTo(value, text);
    return converted === undefined
      ? []
      : [{ text: name, short: shorts.get(text!) ?? name, isImportable: false, converted }];
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
