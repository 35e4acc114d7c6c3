/**
 * Emphasis, strong text and strikeout as Pandoc pairs their marks: a run of marks opens where no blank follows it, and is closed by the
 * first run that is long enough, blank before it or not; an underscore within a word is text. Strikeout that nothing closes is read
 * again without it. CommonMark asks for blanks and punctuation around
 * the runs, which Chinese and Japanese text does not have.
 */
import { resolveAll } from 'micromark-util-resolve-all';
import type { Code, Construct, Event, Extension, Point, State, Token, TokenizeContext } from 'micromark-util-types';

declare module 'micromark-util-types' {
  interface TokenTypeMap {
    proseMarks: 'proseMarks';
    strikeout: 'strikeout';
  }
  interface Token {
    marks?: Marks;
  }
}

interface Marks {
  readonly code: number;
  readonly count: number;
  readonly isBlankBefore: boolean;
  readonly isBlankAfter: boolean;
  readonly isWordBefore: boolean;
  readonly isWordAfter: boolean;
}

/** A pair of runs, by the offsets of what opens and what closes it. */
interface Span {
  readonly type: 'emphasis' | 'strong' | 'strikeout';
  readonly start: number;
  readonly textStart: number;
  readonly textEnd: number;
  readonly end: number;
}

const ASTERISK = 42;
const UNDERSCORE = 95;
const TILDE = 126;

/** So often runs are looked at again for strikeout that nothing closes, in a text of so many runs. */
const MOST_AGAIN = 8;

const isBlank = (code: Code): boolean => code !== null && (code < 0 || code === 32);
const isWord = (code: Code): boolean => code !== null && code > 0 && /[\p{L}\p{N}]/u.test(String.fromCharCode(code));

const emphasis: Construct = {
  name: 'proseEmphasis',
  tokenize(this: TokenizeContext, effects, ok, nok): State {
    const { previous } = this;
    const before = { isBlankBefore: isBlank(previous), isWordBefore: isWord(previous) };
    let count = 0;
    let token: Token;
    const run =
      (mark: number): State =>
      code => {
        if (code === mark) {
          effects.consume(code);
          count++;
          return run(mark);
        }
        // A single one is a mark of lowered text.
        if (mark === TILDE && count < 2) return nok(code)!;
        token.marks = { code: mark, count, ...before, isBlankAfter: isBlank(code), isWordAfter: isWord(code) };
        effects.exit('proseMarks');
        return ok(code);
      };
    return code => {
      if (code === TILDE && previous === TILDE) return nok(code)!;
      token = effects.enter('proseMarks');
      return run(code!)(code);
    };
  },
  resolveAll: paired,
};

/** In the place of micromark's `attention`. */
export const EMPHASIS: Extension = {
  text: { [ASTERISK]: emphasis, [UNDERSCORE]: emphasis, [TILDE]: emphasis },
  insideSpan: { null: [emphasis] },
};

/** Puts what stands between marks that belong together into a token; all other marks are text. */
function paired(events: Event[], context: TokenizeContext): Event[] {
  const runs = events.flatMap(([kind, token]) => (kind === 'enter' && token.type === 'proseMarks' ? [token] : []));
  return runs.length === 0 ? events : new Builder(new Pairing(runs).spans, context).build(events);
}

/** Pairs runs of marks, from the first to the last, each of which is looked at once, and again behind strikeout that nothing closes. */
class Pairing {
  readonly spans: Span[] = [];
  readonly #runs: readonly Token[];
  /** The run that comes next, and how many of its marks are taken. */
  #next = 0;
  #taken = 0;
  /** How many more may be looked at again. */
  #again: number;

  constructor(runs: readonly Token[]) {
    this.#runs = runs;
    this.#again = MOST_AGAIN * runs.length;
    while (this.#next < runs.length) this.#open();
  }

  get #marks(): Marks | undefined {
    return this.#runs[this.#next]?.marks;
  }

  get #offset(): number {
    return this.#runs[this.#next]!.start.offset + this.#taken;
  }

  #take(count: number): void {
    this.#taken += count;
    if (this.#taken < this.#marks!.count) return;
    this.#next++;
    this.#taken = 0;
  }

  /** Whether so many marks at this place close a span. */
  #closes(code: number, count: number, ahead = 0): boolean {
    const marks = this.#marks;
    if (marks === undefined || marks.code !== code) return false;
    const left = marks.count - this.#taken - ahead - count;
    return left >= 0 && (code !== UNDERSCORE || left > 0 || !marks.isWordAfter);
  }

  /** Reads what the run at this place opens, if it does. */
  #open(): void {
    const { code, count, isBlankAfter, isWordBefore } = this.#marks!;
    if (code === UNDERSCORE && isWordBefore && this.#taken === 0) {
      this.#take(1);
      return;
    }
    const size = count - this.#taken;
    const at = this.#offset;
    this.#take(size);
    if (isBlankAfter) return;
    if (code === TILDE) {
      // Those before the last two are text.
      if (size >= 2) this.#strike(at + size - 2);
      return;
    }
    if (size === 1) this.#one(code, at);
    else if (size === 2) this.#two(code, at);
    else if (size === 3) this.#three(code, at);
  }

  #one(code: number, start: number): void {
    for (let marks = this.#marks; marks !== undefined; marks = this.#marks) {
      if (!this.#closes(code, 1)) this.#open();
      else if (marks.count - this.#taken >= 2 && !this.#closes(code, 1, 2)) {
        const at = this.#offset;
        this.#take(2);
        this.#two(code, at);
      } else {
        this.#close('emphasis', start, 1);
        return;
      }
    }
  }

  #two(code: number, start: number): void {
    while (this.#marks !== undefined) {
      if (this.#closes(code, 2)) {
        this.#close('strong', start, 2);
        return;
      }
      this.#open();
    }
  }

  /** A blank before the marks that would close it leaves it open for good. */
  #strike(start: number): void {
    const [next, taken, count] = [this.#next, this.#taken, this.spans.length];
    for (let marks = this.#marks; marks !== undefined; marks = this.#marks) {
      if (this.#closes(TILDE, 2)) {
        if (marks.isBlankBefore && this.#taken === 0) break;
        this.#close('strikeout', start, 2);
        return;
      }
      this.#open();
    }
    this.#again -= this.#runs.length - next;
    if (this.#again < 0) return;
    this.#next = next;
    this.#taken = taken;
    this.spans.length = count;
  }

  #three(code: number, start: number): void {
    while (this.#marks !== undefined && !this.#closes(code, 1)) this.#open();
    if (this.#closes(code, 3)) {
      const at = this.#offset;
      this.#close('emphasis', start + 2, 1);
      this.spans.push({ type: 'strong', start, textStart: start + 2, textEnd: at + 1, end: at + 3 });
      this.#take(2);
    } else if (this.#closes(code, 2)) {
      this.#close('strong', start + 1, 2);
      this.#one(code, start);
    } else if (this.#closes(code, 1)) {
      this.#close('emphasis', start + 2, 1);
      this.#two(code, start);
    }
  }

  #close(type: Span['type'], start: number, size: number): void {
    const textEnd = this.#offset;
    this.spans.push({ type, start, textStart: start + size, textEnd, end: textEnd + size });
    this.#take(size);
  }
}

/** Makes events of spans. */
class Builder {
  readonly #context: TokenizeContext;
  /** Which spans open, and which close, at an offset. */
  readonly #opening = new Map<number, Span>();
  readonly #closing = new Map<number, Span>();
  readonly #open: { readonly span: Span; readonly start: Point; readonly events: Event[] }[] = [];
  #events: Event[] = [];

  constructor(spans: readonly Span[], context: TokenizeContext) {
    this.#context = context;
    for (const span of spans) {
      this.#opening.set(span.start, span);
      this.#closing.set(span.textEnd, span);
    }
  }

  build(events: readonly Event[]): Event[] {
    for (const event of events) {
      const [kind, token] = event;
      if (token.type !== 'proseMarks') this.#events.push(event);
      else if (kind === 'enter') this.#split(token);
    }
    return this.#events;
  }

  /** A run, cut where spans begin and end. */
  #split(token: Token): void {
    const { count } = token.marks!;
    const pointAt = (taken: number): Point => ({
      ...token.start,
      offset: token.start.offset + taken,
      column: token.start.column + taken,
    });
    let taken = 0;
    while (taken < count) {
      const start = pointAt(taken);
      const closed = this.#closing.get(start.offset);
      const opened = this.#opening.get(start.offset);
      if (closed !== undefined) {
        taken += closed.end - closed.textEnd;
        this.#exit(closed, pointAt(taken));
      } else if (opened !== undefined) {
        taken += opened.textStart - opened.start;
        this.#open.push({ span: opened, start, events: this.#events });
        this.#events = [];
      } else {
        taken++;
        const data: Token = { type: 'data', start, end: pointAt(taken) };
        this.#events.push(['enter', data, this.#context], ['exit', data, this.#context]);
      }
    }
  }

  #exit(span: Span, end: Point): void {
    const { start, events } = this.#open.pop()!;
    const { insideSpan } = this.#context.parser.constructs;
    const inside = resolveAll((insideSpan.null ?? []) as Construct[], this.#events, this.#context);
    const token: Token = { type: span.type, start, end };
    events.push(['enter', token, this.#context]);
    for (const event of inside) events.push(event);
    events.push(['exit', token, this.#context]);
    this.#events = events;
  }
}
