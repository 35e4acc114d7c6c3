/** A reference's result as one version of the chapter shows it. */
import { type Display, describeValue, type Expression, type Value } from '../../mlsys';
import type { OffsetRange, Ref } from '../chapter/model';
import type { BindingInfo, CellFault, RefResult, RefRun, RefStatus, ValueDescription } from './analysis';
import { REFERENCE_FILE, type RefOutcome } from './references';
import type { Snapshot } from './snapshot';

const descriptions = new WeakMap<RefRun, ValueDescription>();

export class RefView implements RefResult {
  readonly ref: Ref;
  readonly run: RefRun;
  readonly #snapshot: Snapshot;
  readonly #outcome: RefOutcome;
  #fault: CellFault | undefined | null = null;

  constructor(snapshot: Snapshot, outcome: RefOutcome, ref: Ref) {
    this.#snapshot = snapshot;
    this.#outcome = outcome;
    this.ref = ref;
    this.run = outcome.run;
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

  get value(): Value | undefined {
    return this.run.value;
  }

  get description(): ValueDescription | undefined {
    const { value } = this.run;
    if (value === undefined) return undefined;
    let known = descriptions.get(this.run);
    if (known === undefined) {
      const { repr, type, unit } = describeValue(value);
      known = { repr, type, unit };
      descriptions.set(this.run, known);
    }
    return known;
  }

  get expression(): Expression | undefined {
    return this.#outcome.parsed.expression;
  }

  get fault(): CellFault | undefined {
    if (this.#fault === null) this.#fault = this.#makeFault();
    return this.#fault;
  }

  #makeFault(): CellFault | undefined {
    const { ref } = this;
    const { places } = this.#snapshot;
    const shared = { line: places.line(ref.range.start), blame: undefined, budget: undefined, construct: undefined };
    const [issue] = this.#outcome.parsed.issues;
    if (issue !== undefined)
      return {
        ...shared,
        type: issue.kind,
        message: issue.message,
        range: this.#at(issue.span),
        trace: [],
        causes: [],
        name: undefined,
      };
    const { fault } = this.#outcome;
    if (fault === undefined) return undefined;
    return {
      ...shared,
      type: fault.type,
      message: fault.message,
      range: fault.file === REFERENCE_FILE ? this.#at(fault.span) : ref.exprRange,
      trace: places.trace(fault.trace),
      causes: places.causes(fault),
      name: fault.name,
      construct: fault.construct,
      budget: fault.budget,
      blame: fault.type === 'NameError' ? this.#snapshot.blameFor(fault.name, ref.cellsBefore) : undefined,
    };
  }

  #at(span: OffsetRange): OffsetRange {
    const { start, end } = this.ref.exprRange;
    const from = Math.min(start + span.start, end);
    return { start: from, end: Math.max(from, Math.min(start + span.end, end)) };
  }

  get stale(): boolean {
    const names = this.#snapshot.staleNamesAt(this.ref.cellsBefore);
    return names.size > 0 && [...this.run.reads.keys()].some(name => names.has(name));
  }

  get binding(): BindingInfo | undefined {
    const path = pathOf(this.expression);
    return path === undefined ? undefined : this.#snapshot.bindingOf(path, this.ref.cellsBefore);
  }

  get cell(): number | undefined {
    const path = pathOf(this.expression);
    if (path === undefined) return undefined;
    const { cellsBefore } = this.ref;
    const root = path.split('.', 1)[0]!;
    return (this.#snapshot.definitionOf(path, cellsBefore) ?? this.#snapshot.definitionOf(root, cellsBefore))?.cell;
  }
}

/** `x` or `Cls.attr` of such an expression; undefined for any other. */
function pathOf(expression: Expression | undefined): string | undefined {
  if (expression?.kind === 'Name') return expression.id;
  if (expression?.kind !== 'Attribute') return undefined;
  const base = pathOf(expression.value);
  return base === undefined ? undefined : `${base}.${expression.attr.name}`;
}
