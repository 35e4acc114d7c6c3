/** The typed numbers of a sentence or a row that tell values: what stands beside another number says what that may be. */
import type { CellRun } from '../../evaluation/analysis';
import type { ProseBlock } from '../rule';
import { compared } from './compared';
import { type ExportedNumber, exportedNumber } from './exports';
import type { Line } from './lines';
import { digitsIn, type Literal, literalsIn, scaleOf } from './literals';
import { namesNear } from './match';
import { isRounded } from './nearness';

/** What is told beside one typed number: in its row, or in its line. */
export class ToldBeside {
  readonly #literal: Literal;
  readonly #told: ToldNumbers;

  constructor(literal: Literal, block: ProseBlock) {
    const { line } = literal;
    const all = block.once(toldIn);
    const key = line.place === 'cell' ? line.row : line;
    let told = all.get(key);
    if (told === undefined) {
      told = new ToldNumbers(key, block);
      all.set(key, told);
    }
    this.#literal = literal;
    this.#told = told;
  }

  /** True where another number of the row or the sentence is this one. */
  isOf(number: ExportedNumber): boolean {
    const { line, sentence, unit } = this.#literal;
    // "945 kJ are 228 kcal": the same, once more in another unit.
    const isAgain = ({ unit: own }: Literal) =>
      own?.kind === unit?.kind && own?.factor !== unit?.factor && own?.kind !== 'money';
    return this.#told
      .of(number)
      .some(
        other =>
          this.#isOther(other) &&
          !isAgain(other) &&
          (other.line !== line || (other.from >= sentence.from && other.to <= sentence.to)),
      );
  }

  /** True where another number of the line is for sure one that the same run made. */
  isBy({ name: { run } }: ExportedNumber): boolean {
    return this.#told.by(run).some(other => other.line === this.#literal.line && this.#isOther(other));
  }

  #isOther({ line, from }: Literal): boolean {
    return line !== this.#literal.line || from !== this.#literal.from;
  }
}

function toldIn(): Map<Line | string, ToldNumbers> {
  return new Map();
}

/** The typed numbers of one line, or one row of a table, by what they tell. Each is compared once with each value. */
class ToldNumbers {
  readonly #block: ProseBlock;
  readonly #literals: readonly Literal[];
  readonly #byNumber = new Map<ExportedNumber, readonly Literal[]>();
  #byRun: Map<CellRun, Literal[]> | undefined;

  constructor(key: Line | string, block: ProseBlock) {
    const lines =
      typeof key === 'string' ? block.lines.filter(({ place, row }) => place === 'cell' && row === key) : [key];
    this.#block = block;
    this.#literals = lines.flatMap(one => literalsIn(one)).filter(({ text }) => digitsIn(text) > 1);
  }

  /** Those that are a value, as far as they show it. */
  of(number: ExportedNumber): readonly Literal[] {
    let found = this.#byNumber.get(number);
    if (found === undefined) {
      found = this.#literals.filter(other => {
        const pair = compared(other, number);
        return pair !== undefined && isRounded(pair);
      });
      this.#byNumber.set(number, found);
    }
    return found;
  }

  /** Those that are for sure values of a run. */
  by(run: CellRun): readonly Literal[] {
    this.#byRun ??= this.#toldByRun();
    return this.#byRun.get(run) ?? [];
  }

  #toldByRun(): Map<CellRun, Literal[]> {
    const found = new Map<CellRun, Literal[]>();
    for (const name of namesNear(this.#block)) {
      const number = exportedNumber(name, this.#block.near);
      if (number === undefined) continue;
      for (const other of this.of(number)) {
        // "24 million parameters" of what is told in millions
        if (compared(other, number)?.isSure !== true && scaleOf(other) === 1) continue;
        const known = found.get(name.run);
        if (known === undefined) found.set(name.run, [other]);
        else known.push(other);
      }
    }
    return found;
  }
}
