/** The card of a number on the page: what it was before it was written as text, what made it, and what guards it. */
import type { TextDocumentPositionParams } from 'vscode-languageserver';
import { constantInfo } from '../../mlsys';
import { faultText } from '../diagnostics/faults';
import type { Analysis, BindingInfo, CheckOutcome, ReadInfo, RefResult } from '../evaluation/analysis';
import { readingOf } from '../evaluation/display';
import type { ValueInfo } from '../evaluation/results';
import { doubtText, unknownText } from '../evaluation/unknowns';
import type { CardLine, CardPlace, CardValue, ValueCard } from '../protocol';
import { causeOf } from './causePlace';
import { guardWords, origin, statementText } from './describe';
import { type Handler, toOffset, toRange, uriAt } from './feature';
import { libraryName } from './hover';

/** Longest text of a value. */
const LONGEST = 300;
const MOST_INPUTS = 12;
/** How many assignments back constants are looked for, and how many of these are told. */
const MOST_STEPS = 300;
const MOST_SOURCES = 12;

export const valueCard: Handler<TextDocumentPositionParams, ValueCard> = {
  handle(analysis, { position }, context) {
    const result = analysis.refAt(toOffset(analysis.chapter, position, context));
    return result === undefined ? null : new CardWriter(result, analysis, context.uri).card();
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

  card(): ValueCard {
    const { ref, display, binding, cell } = this.#result;
    const made = binding && origin(binding);
    const inputs = made?.reads.filter(({ value }) => isData(value)) ?? [];
    const raw = this.#raw(inputs);
    return {
      expression: ref.expr,
      ...(display === undefined ? {} : { shown: short(readingOf(display)) }),
      ...(raw === undefined ? {} : { raw }),
      notes: this.#notes(),
      ...(made && { made: this.#made(made) }),
      inputs: inputs.slice(0, MOST_INPUTS).map(input => this.#input(input)),
      guards: (cell === undefined ? [] : this.#analysis.cells[cell]!.checks).map(check => this.#guard(check)),
      sources: made === undefined ? [] : this.#sources(made),
      reference: this.#place(ref.range.start),
    };
  }

  /** The value of the reference; where that is a text that was written from one value, this one. */
  #raw(inputs: readonly ReadInfo[]): CardValue | undefined {
    const { value } = this.#result;
    if (value === undefined || value.unknown !== undefined) return undefined;
    if (value.type !== 'str') return cardValue(value);
    const numbers = inputs.filter(input => input.value.type !== 'str');
    return numbers.length === 1 ? cardValue(numbers[0]!.value) : undefined;
  }

  /** Why there is no value, or why it may not be the last word. */
  #notes(): CardLine[] {
    const { unknown, fault, doubt, stale, display, ref } = this.#result;
    const { cells } = this.#analysis;
    const cause = causeOf(this.#result, this.#analysis);
    const place = cause === undefined ? {} : { place: this.#place(cause.start) };
    const notes: CardLine[] = [];
    if (unknown !== undefined) notes.push({ text: `${ref.expr} is ${unknownText(unknown, cells)}`, ...place });
    else if (display === undefined)
      notes.push({ text: fault === undefined ? `${ref.expr} has no value` : faultText(fault), ...place });
    if (doubt !== undefined) notes.push({ text: doubtText(doubt, cells), ...place });
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

  #input({ text, value, binding }: ReadInfo): ValueCard['inputs'][number] {
    const place = binding === undefined ? {} : { place: this.#place(binding.range.start) };
    return { name: short(text), ...cardValue(value), ...place };
  }

  #guard(check: CheckOutcome): ValueCard['guards'][number] {
    const { condition, words } = guardWords(check);
    const held = condition === undefined ? words : `${condition} ${words}`;
    return { text: check.passed ? held : check.message, passed: check.passed, place: this.#place(check.range.start) };
  }

  /** What the library says of the constants that went into a value, over all steps. */
  #sources(made: BindingInfo): CardLine[] {
    const lines = new Set<string>();
    const seen = new Set<BindingInfo>([made]);
    for (const { reads, cell } of seen)
      for (const { text, binding } of reads) {
        const source = this.#sourceOf(text, cell);
        if (source !== undefined) lines.add(source);
        if (binding !== undefined && seen.size < MOST_STEPS) seen.add(binding);
        if (lines.size === MOST_SOURCES) return [...lines].map(line => ({ text: short(line) }));
      }
    return [...lines].map(line => ({ text: short(line) }));
  }

  #sourceOf(path: string, cell: number): string | undefined {
    if (!/^[\p{L}_][\p{L}\p{N}_.]*$/u.test(path)) return undefined;
    const external = this.#analysis.symbols.pathAt(path, cell + 1)?.external;
    const name = external === undefined ? undefined : libraryName(external);
    const constant = name === undefined ? undefined : constantInfo(name);
    const source = [constant?.source, constant?.year].filter(Boolean).join(', ');
    return source === '' ? undefined : `${path}: ${source}`;
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

/** A quantity's `repr` holds its number and the long name of its unit. */
function cardValue({ repr, type, unit }: ValueInfo): CardValue {
  const magnitude = unit === undefined ? undefined : /^<Quantity\((.*), '[^']*'\)>$/s.exec(repr)?.[1];
  return { value: short(magnitude ?? repr), type, ...(unit === undefined || unit === '' ? {} : { unit }) };
}

function short(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}
