/**
 * What runs, in memory that two threads share: the one that evaluates writes it before each cell and reference, the one
 * that watches looks now and then. A message for each of thousands would take longer than most of them run.
 */
import type { Running } from './messages';

const KINDS: readonly Running['kind'][] = ['cell', 'reference', 'module', 'figure', 'value'];

/** Places of the numbers. The sequence number is odd while the board is written, and zero where nothing runs. */
const SEQUENCE = 0;
const KIND = 1;
const DOCUMENT = 2;
const REVISION = 3;
const QUESTION = 4;
const AT = 5;
const MILLISECONDS = 6;
const LENGTH = 7;
const TAKEN = 8;
const LOOKED = 9;
const PAUSED = 10;
const NUMBERS = 11;

/** No document, or no question. */
const NONE = -1;
/** When nobody looks. */
const NEVER = 0;
/** Longer than this between two looks, in milliseconds, the process did not run: looks are as short as they are frequent. */
const PAUSE = 1000;
/** UTF-16 units of the longest source that there is room for. */
const MOST_UNITS = 250_000;

export class RunningBoard {
  readonly memory: SharedArrayBuffer;
  readonly #numbers: Int32Array;
  readonly #source: Buffer;
  #written = 0;

  /** `memory` is that of the board at the other thread. */
  constructor(memory = new SharedArrayBuffer(4 * NUMBERS + 2 * MOST_UNITS)) {
    this.memory = memory;
    this.#numbers = new Int32Array(memory, 0, NUMBERS);
    this.#source = Buffer.from(memory, 4 * NUMBERS);
  }

  /** Writes what begins to run; false, and nothing written, where its source is too long. */
  write({ kind, document, revision, question, at, milliseconds, source }: Running): boolean {
    if (source.length > MOST_UNITS) return false;
    const numbers = this.#numbers;
    this.#written += 2;
    if (this.#written > 2 ** 30) this.#written = 2;
    Atomics.store(numbers, SEQUENCE, this.#written - 1);
    numbers[KIND] = KINDS.indexOf(kind);
    numbers[DOCUMENT] = document ?? NONE;
    numbers[REVISION] = revision;
    numbers[QUESTION] = question ?? NONE;
    numbers[AT] = at;
    numbers[MILLISECONDS] = Math.min(milliseconds, 2 ** 31 - 1);
    numbers[LENGTH] = source.length;
    this.#source.write(source, 'utf16le');
    Atomics.store(numbers, SEQUENCE, this.#written);
    return true;
  }

  /** Another message of the program was taken. */
  take(): void {
    Atomics.add(this.#numbers, TAKEN, 1);
  }

  /** How many messages of the program were taken. */
  get taken(): number {
    return Atomics.load(this.#numbers, TAKEN);
  }

  /** To be called by the one that watches, many times a second, until it calls `endLooks`. */
  look(): void {
    const since = this.#sinceLook;
    if (since > PAUSE) Atomics.add(this.#numbers, PAUSED, since);
    Atomics.store(this.#numbers, LOOKED, Date.now() | 0);
  }

  /** Nobody looks until the next call of `look`. */
  endLooks(): void {
    Atomics.store(this.#numbers, LOOKED, NEVER);
  }

  /** Milliseconds of all pauses: while the process did not run. One that has just ended counts before the next look. */
  get paused(): number {
    const since = this.#sinceLook;
    return Atomics.load(this.#numbers, PAUSED) + (since > PAUSE ? since : 0);
  }

  /** Both times are cut to 32 bits, and so is their difference. */
  get #sinceLook(): number {
    const looked = Atomics.load(this.#numbers, LOOKED);
    return looked === NEVER ? 0 : ((Date.now() | 0) - looked) | 0;
  }

  /** Nothing runs any more. */
  clear(): void {
    Atomics.store(this.#numbers, SEQUENCE, 0);
  }

  /** Another number for each that runs; zero where nothing does. */
  get sequence(): number {
    return Atomics.load(this.#numbers, SEQUENCE);
  }

  /** The limit of what runs. */
  get milliseconds(): number {
    return this.#numbers[MILLISECONDS]!;
  }

  /** What runs; undefined where nothing does, or something else begins just now. */
  read(): Running | undefined {
    const { sequence } = this;
    if (sequence === 0 || sequence % 2 === 1) return undefined;
    const numbers = this.#numbers;
    const optional = (place: number): number | undefined => (numbers[place] === NONE ? undefined : numbers[place]);
    const running: Running = {
      kind: KINDS[numbers[KIND]!]!,
      document: optional(DOCUMENT),
      revision: numbers[REVISION]!,
      question: optional(QUESTION),
      at: numbers[AT]!,
      milliseconds: numbers[MILLISECONDS]!,
      source: this.#source.toString('utf16le', 0, 2 * numbers[LENGTH]!),
    };
    return this.sequence === sequence ? running : undefined;
  }
}
