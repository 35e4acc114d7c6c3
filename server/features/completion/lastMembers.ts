/** What values have, while their cells are evaluated: as it was told last, since who types does not wait for long. */
import type { Analysis, CellRun } from '../../evaluation/analysis';
import type { ValueInfo, ValueMembers } from '../../evaluation/results';
import type { FeatureContext } from '../feature';

/** What was told of a value, by the run of the cell that made its name, and by its path. */
const told = new WeakMap<CellRun, Map<string, ValueMembers>>();
/** So many of one run are kept. */
const MOST = 100;

/** Asks for members as long as somebody waits; then tells the last known ones, without their values. */
export class LastMembers {
  readonly #analysis: Analysis;
  readonly #context: FeatureContext;
  /** True where something was asked that came too late. */
  isLate = false;

  constructor(analysis: Analysis, context: FeatureContext) {
    this.#analysis = analysis;
    this.#context = context;
  }

  readonly at: Analysis['membersAt'] = async (name, cellsBefore, path) => {
    const { withPatience } = this.#context;
    const asked = this.#analysis.membersAt(name, cellsBefore, path);
    const key = JSON.stringify([name, ...path]);
    const run = this.#runOf(name, cellsBefore);
    const answer = asked.then(members => ({ members }));
    const inTime = await (withPatience === undefined ? answer : withPatience(answer));
    if (inTime === undefined) {
      this.isLate = true;
      const last = run && told.get(run)?.get(key);
      return last === undefined ? undefined : withoutValues(last);
    }
    if (run !== undefined && inTime.members !== undefined) keep(run, key, inTime.members);
    return inTime.members;
  };

  /** The last run that bound the name, the present one or that before an edit. */
  #runOf(name: string, cellsBefore: number): CellRun | undefined {
    const root = /^[^.[]*/.exec(name)![0];
    const { cells } = this.#analysis;
    for (let at = Math.min(cellsBefore, cells.length) - 1; at >= 0; at--) {
      const { run } = cells[at]!;
      if (run?.binds(root) === true) return run;
    }
    return undefined;
  }
}

function keep(run: CellRun, key: string, members: ValueMembers): void {
  const known = told.get(run) ?? new Map<string, ValueMembers>();
  told.set(run, known);
  if (known.size < MOST || known.has(key)) known.set(key, members);
}

/** Names and types alone: the present text may give other values. */
function withoutValues({ value, members }: ValueMembers): ValueMembers {
  return {
    value: unshown(value),
    members: members.map(one => ({ name: one.name, value: unshown(one.value) })),
  };
}

function unshown(value: ValueInfo): ValueInfo {
  return value.kind === 'other' ? { ...value, repr: `<${value.type} object>` } : value;
}
