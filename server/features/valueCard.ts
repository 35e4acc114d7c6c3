/** The card of a number on the page: what it was before it was written as text, what made it, and what guards it. */
import type { TextDocumentPositionParams } from 'vscode-languageserver';
import { faultText } from '../diagnostics/faults';
import type { Analysis, BindingInfo, CheckOutcome, ReadInfo, RefResult } from '../evaluation/analysis';
import { readingOf } from '../evaluation/display';
import type { NumericValue, ProvenanceRecord, SourceRecord } from '../evaluation/provenance';
import type { ValueInfo } from '../evaluation/results';
import { doubtText, unknownText } from '../evaluation/unknowns';
import type { CardLine, CardPlace, CardValue, ValueCard } from '../protocol';
import { type Computed, computedBehind, leavesOf } from '../provenance/behind';
import { formulaText, numberText } from '../provenance/formula';
import { causeOf } from './causePlace';
import { guardWords, origin, saysNothing, statementText } from './describe';
import { type Handler, toOffset, toRange, uriAt } from './feature';
import { originText, placeOfSource } from './provenance';

/** Longest text of a value or a formula. */
const LONGEST = 300;
const MOST_INPUTS = 12;

export const valueCard: Handler<TextDocumentPositionParams, ValueCard> = {
  async handle(analysis, { position }, context) {
    const result = analysis.refAt(toOffset(analysis.chapter, position, context));
    if (result === undefined) return null;
    const { ref, display } = result;
    const record = display === undefined ? undefined : await analysis.provenanceAt(ref.expr.trim(), ref.cellsBefore);
    const card = new CardWriter(result, analysis, context.uri).card(record);
    const computed = record && computedBehind(record);
    if (card.formula === undefined || computed === undefined) return card;
    const { setFormula } = await import('./setFormula');
    return { ...card, formula: { ...card.formula, ...(await setFormula(computed, record!)) } };
  },
};

class CardWriter {
  readonly #result: RefResult;
  readonly #analysis: Analysis;
  readonly #uri: string;

  constructor(result: RefResult, analysis: Analysis, uri: string) {
    this.#result = result;
    this.#analysis = analysis;
    this.#uri = uri;
  }

  card(record: ProvenanceRecord | undefined): ValueCard {
    const { ref, display, binding, cell } = this.#result;
    const made = binding && origin(binding);
    const computed = record && computedBehind(record);
    const raw = computed === undefined ? this.#own() : rawOf(computed);
    const formula = computed?.formula;
    const isComputed = formula !== undefined && formula.kind !== 'literal' && formula.kind !== 'source';
    const leaves = record === undefined ? [] : leavesOf(formula ?? record.sources[0]?.formula, record);
    const inputs =
      leaves.length > 0
        ? leaves.map(leaf => this.#leaf(leaf))
        : (made?.reads ?? []).filter(({ value }) => isData(value)).map(read => this.#read(read));
    return {
      expression: ref.expr,
      ...(display === undefined ? {} : { shown: short(readingOf(display)) }),
      ...(raw === undefined ? {} : { raw }),
      ...(isComputed
        ? { formula: { names: short(formulaText(formula)), numbers: short(formulaText(formula, 'numbers')) } }
        : {}),
      notes: this.#notes(),
      ...(made && { made: this.#made(made) }),
      inputs: inputs.slice(0, MOST_INPUTS),
      guards: (cell === undefined ? [] : this.#analysis.cells[cell]!.checks).map(check => this.#guard(check)),
      reference: this.#place(ref.range.start),
    };
  }

  /** The value of the reference, where that is no text, and no object that tells no more of itself than how it reads. */
  #own(): ValueCard['raw'] {
    const { value } = this.#result;
    const isTold = value === undefined || value.type === 'str' || saysNothing(value);
    return isTold || value.unknown !== undefined ? undefined : cardValue(value);
  }

  /** Why there is no value, or why it may not be the last word. */
  #notes(): CardLine[] {
    const { unknown, fault, doubt, stale, pending, display, ref } = this.#result;
    const { cells } = this.#analysis;
    const cause = causeOf(this.#result, this.#analysis);
    const place = cause === undefined ? {} : { place: this.#place(cause.start) };
    const notes: CardLine[] = [];
    if (unknown !== undefined) notes.push({ text: `${ref.expr} is ${unknownText(unknown, cells)}`, ...place });
    else if (display === undefined)
      notes.push({ text: fault === undefined ? `${ref.expr} has no value` : faultText(fault), ...place });
    if (doubt !== undefined) notes.push({ text: doubtText(doubt, cells), ...place });
    if (pending) notes.push({ text: 'This is the value before the present edit: it is being evaluated.' });
    if (stale) notes.push({ text: 'This is the value before the present edit: the cell cannot be parsed right now.' });
    return notes;
  }

  #made({ cell, range, statementRange }: BindingInfo): NonNullable<ValueCard['made']> {
    const { label, header } = this.#analysis.cells[cell]!.cell;
    const name = label ?? header?.title;
    return {
      source: statementText(statementRange, this.#analysis),
      cell: name === undefined ? `cell ${cell + 1}` : `cell ${name}`,
      place: this.#place(range.start),
    };
  }

  /** Something that a formula ends in, with what is known of where it is from. */
  #leaf(leaf: SourceRecord): ValueCard['inputs'][number] {
    const found = placeOfSource(leaf, this.#analysis, this.#uri);
    const source = originText(leaf);
    return {
      name: short(leaf.name),
      ...numericValue(leaf.value),
      ...(source === '' ? {} : { source: short(source) }),
      ...(found === undefined ? {} : { place: { uri: found.uri, ...found.range.start } }),
    };
  }

  #read({ text, value, binding }: ReadInfo): ValueCard['inputs'][number] {
    const place = binding === undefined ? {} : { place: this.#place(binding.range.start) };
    return { name: short(text), ...cardValue(value), ...place };
  }

  #guard(check: CheckOutcome): ValueCard['guards'][number] {
    const { condition, words } = guardWords(check);
    const held = condition === undefined ? words : `${condition} ${words}`;
    return { text: check.passed ? held : check.message, passed: check.passed, place: this.#place(check.range.start) };
  }

  #place(offset: number): CardPlace {
    const { chapter } = this.#analysis;
    const { start } = toRange(chapter, { start: offset, end: offset });
    return { uri: uriAt(chapter, offset, this.#uri), line: start.line, character: start.character };
  }
}

/** True for a value that is worth a line: no function, class or module. */
function isData({ kind, type, unknown }: ValueInfo): boolean {
  return kind === 'other' && unknown === undefined && !CALLABLE.has(type);
}

const CALLABLE: ReadonlySet<string> = new Set(['function', 'builtin_function_or_method', 'method', 'property', 'Unit']);

/** The number behind a text, with all its digits. */
function rawOf({ value, source }: Computed): ValueCard['raw'] {
  const { number, shortUnit, type, repr } = value;
  const digits = number === undefined || shortUnit === undefined ? repr : String(number);
  return { value: short(digits), type, ...unitOf(shortUnit), ...(source === undefined ? {} : { name: source.name }) };
}

function numericValue(value: NumericValue): CardValue {
  const { number, shortUnit, type } = value;
  return number === undefined ? cardValue(value) : { value: numberText(number), type, ...unitOf(shortUnit) };
}

/** A quantity's `repr` holds its number and the long name of its unit. */
function cardValue({ repr, type, unit }: ValueInfo): CardValue {
  const magnitude = unit === undefined ? undefined : /^<Quantity\((.*), '[^']*'\)>$/s.exec(repr)?.[1];
  return { value: short(magnitude ?? repr), type, ...unitOf(unit) };
}

function unitOf(unit: string | undefined): { readonly unit?: string } {
  return unit === undefined || unit === '' ? {} : { unit };
}

function short(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}
