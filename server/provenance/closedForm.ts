/** A number as one formula over the numbers that it ends in, for whoever calculates with formulas. */
import type { PartRecord, ProvenanceRecord, SourceRecord } from '../evaluation/provenance';
import { type Computed, isLeaf } from './behind';

/** An expression as mathjs reads it; its symbols stand for leaves. */
export interface ClosedForm {
  readonly expression: string;
  readonly symbols: ReadonlyMap<string, SourceRecord>;
  /** True where a unit was converted: the expression then holds the factor as a number. */
  readonly converts: boolean;
}

/** Functions of one number that mathjs calls the same or otherwise; all have derivatives. */
const FUNCTIONS: ReadonlyMap<string, string> = new Map([
  ['sqrt', 'sqrt'],
  ['exp', 'exp'],
  ['log', 'log'],
  ['log2', 'log2'],
  ['log10', 'log10'],
  ['sin', 'sin'],
  ['cos', 'cos'],
  ['tan', 'tan'],
  ['float', ''],
]);

const OPERATORS: ReadonlyMap<string, string> = new Map([
  ['+', '+'],
  ['-', '-'],
  ['*', '*'],
  ['/', '/'],
  ['**', '^'],
]);

/** So long an expression is calculated with. */
const LONGEST = 20_000;

/** The closed form of a number; undefined where a part of it is none: a rounding, a choice, a loop. */
export function closedForm({ formula }: Computed, record: ProvenanceRecord): ClosedForm | undefined {
  if (formula === undefined) return undefined;
  const writer = new Writer(record);
  const expression = writer.part(formula);
  return expression === undefined || expression.length > LONGEST
    ? undefined
    : { expression, symbols: writer.symbols, converts: writer.converts };
}

class Writer {
  readonly symbols = new Map<string, SourceRecord>();
  converts = false;
  readonly #record: ProvenanceRecord;

  constructor(record: ProvenanceRecord) {
    this.#record = record;
  }

  part(part: PartRecord): string | undefined {
    switch (part.kind) {
      case 'literal':
        return part.value.number === undefined ? undefined : numeral(part.value.number);
      case 'source':
        return this.#source(part.source);
      case 'object':
        // A unit: the numbers around it are told in it.
        return '1';
      case 'operation':
        return this.#operation(part);
      case 'call':
        return this.#call(part);
      // Where the test says the same.
      case 'choice':
        return this.part(part.of);
      case 'attribute':
        return part.name === 'magnitude' || part.name === 'm' ? this.part(part.of) : undefined;
      default:
        return undefined;
    }
  }

  #source(index: number): string | undefined {
    const source = this.#record.sources[index]!;
    if (isLeaf(source)) {
      if (source.value.number === undefined) return undefined;
      const symbol = `s${index}`;
      this.symbols.set(symbol, source);
      return symbol;
    }
    const within = this.part(source.formula!);
    return within === undefined ? undefined : `(${within})`;
  }

  #operation({ operator, operands }: PartRecord & { readonly kind: 'operation' }): string | undefined {
    const sign = OPERATORS.get(operator);
    const [left, right] = operands as [PartRecord, PartRecord | undefined];
    const first = this.part(left);
    if (sign === undefined || first === undefined) return undefined;
    if (right === undefined) return sign === '-' || sign === '+' ? `(${sign}${first})` : undefined;
    const second = this.part(right);
    if (second === undefined) return undefined;
    // Of a sum, pint takes the right side in the unit of the left one, which only the numbers tell.
    const isMixed = (sign === '+' || sign === '-') && left.value.shortUnit !== right.value.shortUnit;
    return isMixed ? undefined : `(${first} ${sign} ${second})`;
  }

  #call({ callee, on, args, keywords, value }: PartRecord & { readonly kind: 'call' }): string | undefined {
    if (keywords.length > 0) return undefined;
    if (on !== undefined) {
      const of = on.value.number;
      const isConversion = callee === 'm_as' || callee === 'to' || callee === 'to_base_units';
      if (!isConversion || of === undefined || of === 0 || value.number === undefined) return undefined;
      // Degrees have a zero of their own.
      if (/°|deg/.test(on.value.shortUnit ?? '')) return undefined;
      const within = this.part(on);
      this.converts ||= value.number !== of;
      return within === undefined ? undefined : `(${within} * ${numeral(value.number / of)})`;
    }
    const name = FUNCTIONS.get(callee.slice(callee.lastIndexOf('.') + 1));
    const within = name === undefined || args.length !== 1 ? undefined : this.part(args[0]!);
    return within === undefined ? undefined : `${name}(${within})`;
  }
}

function numeral(value: number): string {
  return `(${String(value)})`;
}
