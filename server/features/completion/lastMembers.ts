/** What values have, while their cells are evaluated: as it was told last, since who types does not wait for long. */
import type { Analysis } from '../../evaluation/analysis';
import type { ValueInfo, ValueMembers } from '../../evaluation/results';
import { type FeatureContext, toldNow } from '../feature';
import { hasPending } from './present';

/** What was told last by chapter, name and path: runs that made it are gone once their cells run again. */
const told = new Map<string, ValueMembers>();
/** So many are kept. */
const MOST = 200;

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
    const { withPatience, uri } = this.#context;
    const answer = this.#analysis.membersAt(name, cellsBefore, path).then(members => ({ members }));
    const inTime = await (withPatience === undefined ? answer : withPatience(answer));
    const key = JSON.stringify([uri, name, ...path]);
    if (inTime?.members !== undefined) {
      keep(key, inTime.members);
      return inTime.members;
    }
    // While cells are evaluated, nothing may be known of a name that will have a value.
    if (inTime !== undefined && !hasPending(this.#analysis, cellsBefore)) return undefined;
    this.isLate = true;
    const last = told.get(key);
    if (last === undefined) return undefined;
    // A name that has been given something else since has other members.
    const present =
      path.length > 0 ? undefined : toldNow(this.#context, () => this.#analysis.valueAt(name, cellsBefore));
    return present !== undefined && present.type !== last.value.type ? undefined : withoutValues(last);
  };
}

function keep(key: string, members: ValueMembers): void {
  told.delete(key);
  told.set(key, members);
  if (told.size > MOST) told.delete(told.keys().next().value!);
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
