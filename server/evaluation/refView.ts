/** A reference's result as one version of the chapter shows it. */
import { type Display, type Expression, type Issue, parseExpression, pathOf as pathIn } from '../../mlsys';
import type { OffsetRange, Ref } from '../chapter/model';
import type {
  BindingInfo,
  CellFault,
  Doubt,
  RefGroupOutcome,
  RefResult,
  RefRun,
  RefStatus,
  UnknownPlace,
} from './analysis';
import { runFault, syntaxFault } from './cellFault';
import { inReference } from './places';
import { REFERENCE_FILE } from './references';
import type { GroupRecord, ValueInfo } from './results';
import type { Snapshot } from './snapshot';
import { nearAttributes, nearMembers } from './symbols/near';
import type { NameSymbol } from './symbols/symbol';

interface Parsed {
  readonly expression: Expression | undefined;
  readonly issues: readonly Issue[];
}

const CACHE_LIMIT = 20_000;
const expressions = new Map<string, Parsed>();

function parsed(expr: string): Parsed {
  let known = expressions.get(expr);
  if (known === undefined) {
    if (expressions.size >= CACHE_LIMIT) expressions.clear();
    known = parseExpression(expr, REFERENCE_FILE);
    expressions.set(expr, known);
  }
  return known;
}

/** The outcome that a record tells of. */
export function groupOutcome({ refs }: GroupRecord): RefGroupOutcome {
  const faulty: number[] = [];
  const changing: number[] = [];
  for (const [at, { text, file }] of refs.entries()) {
    if (text === undefined) faulty.push(at);
    if (file !== undefined) changing.push(at);
  }
  return { refs, faulty, changing };
}

const PENDING: RefRun = {
  status: 'failed',
  text: undefined,
  display: undefined,
  value: undefined,
  fault: undefined,
  reads: [],
};

/** Stands for what references give that are not evaluated yet. */
export function pendingOutcome(exprs: readonly string[]): RefGroupOutcome {
  return groupOutcome({ id: 0, refs: exprs.map(() => PENDING) });
}

export class RefView implements RefResult {
  readonly ref: Ref;
  readonly run: RefRun;
  readonly pending: boolean;
  readonly #snapshot: Snapshot;
  #fault: CellFault | undefined | null = null;
  #cell: number | undefined | null = null;

  constructor(snapshot: Snapshot, run: RefRun, ref: Ref, pending: boolean) {
    this.#snapshot = snapshot;
    this.ref = ref;
    this.run = run;
    this.pending = pending;
  }

  get status(): RefStatus {
    return this.run.status;
  }

  get display(): Display | undefined {
    return this.run.display;
  }

  get text(): string | undefined {
    return this.run.text;
  }

  get value(): ValueInfo | undefined {
    return this.run.value;
  }

  get expression(): Expression | undefined {
    return parsed(this.ref.expr).expression;
  }

  get fault(): CellFault | undefined {
    if (this.#fault === null) this.#fault = this.#makeFault();
    return this.#fault;
  }

  #makeFault(): CellFault | undefined {
    const { ref } = this;
    const { places } = this.#snapshot;
    const [issue] = this.status === 'syntax-error' ? parsed(ref.expr).issues : [];
    if (issue !== undefined) return syntaxFault(issue.kind, issue.message, this.#at(issue.span), places);
    const { fault, cause } = this.run;
    if (fault === undefined || cause !== undefined) return undefined;
    return runFault(
      fault,
      fault.file === REFERENCE_FILE ? this.#at(fault.span) : ref.exprRange,
      places,
      one => this.#nearNames(one),
      name => this.#snapshot.blameFor(name, ref.cellsBefore),
    );
  }

  #nearNames({ type, name, message, file, span }: RefRun['fault'] & {}): readonly string[] {
    const text = this.#snapshot.symbols.ofRef(this);
    if (type !== 'AttributeError' || name === undefined || file !== REFERENCE_FILE || text === undefined) return [];
    const members = nearMembers(message);
    return members.length > 0 ? members : nearAttributes(name, span, text, this.#snapshot.packages);
  }

  #at(span: OffsetRange): OffsetRange {
    return inReference(this.ref, span);
  }

  get unknown(): UnknownPlace | undefined {
    const { cause } = this.run;
    if (cause === undefined) return undefined;
    const place = this.#snapshot.placeOfUnknown(cause);
    if (cause.file !== REFERENCE_FILE) return place;
    return { ...place, range: this.#at(cause.span), line: this.#snapshot.places.line(this.ref.range.start) };
  }

  get doubt(): Doubt | undefined {
    if (this.run.text === undefined) return undefined;
    const { cellsBefore, index } = this.ref;
    for (const name of this.run.reads) {
      const doubt = this.#snapshot.doubtAt(name, cellsBefore, index);
      if (doubt !== undefined) return doubt;
    }
    return undefined;
  }

  get stale(): boolean {
    const names = this.#snapshot.staleNamesAt(this.ref.cellsBefore);
    return names.size > 0 && this.run.reads.some(name => names.has(name));
  }

  get binding(): BindingInfo | undefined {
    const path = pathOf(this.expression);
    if (path === undefined) return undefined;
    const { cellsBefore } = this.ref;
    const found = this.#snapshot.bindingOf(path, cellsBefore);
    if (found !== undefined || !path.includes('.')) return found;
    const meant = this.#attribute();
    const through = meant === undefined ? undefined : this.#snapshot.bindingOf(meant.path, cellsBefore);
    // What the text tells of an alias holds as long as the values agree.
    const isSame = through !== undefined && through.value.repr === this.value?.repr;
    return isSame && through.value.type === this.value.type ? through : undefined;
  }

  get cell(): number | undefined {
    // It is asked for by each rule that looks at the sentence.
    if (this.#cell === null) this.#cell = this.#findCell();
    return this.#cell;
  }

  #findCell(): number | undefined {
    const path = pathOf(this.expression);
    if (path === undefined) return undefined;
    const { cellsBefore } = this.ref;
    const own = this.#snapshot.definitionOf(path, cellsBefore);
    if (own !== undefined) return own.cell;
    const root = path.split('.', 1)[0]!;
    const meant = root === path ? undefined : this.#attribute();
    return meant?.text.cell?.cell.index ?? this.#snapshot.definitionOf(root, cellsBefore)?.cell;
  }

  /** The attribute of a class of the chapter that the expression names through other names. */
  #attribute(): NameSymbol | undefined {
    const symbol = this.#snapshot.symbols.inRef(this).at(-1)?.symbol;
    const isOurs = symbol?.text.cell !== undefined && symbol.instance === undefined && symbol.external === undefined;
    return isOurs ? symbol : undefined;
  }
}

/** `x` or `Cls.attr` of such an expression; undefined for any other. */
function pathOf(expression: Expression | undefined): string | undefined {
  return expression === undefined ? undefined : pathIn(expression);
}
