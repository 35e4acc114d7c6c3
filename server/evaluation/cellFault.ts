/** Faults of cells and references, as one version of the chapter shows them. */
import type { Fault } from '../../mlsys';
import type { OffsetRange } from '../chapter/model';
import type { Blame, CellFault } from './analysis';
import type { Places } from './places';

const NOTHING_MORE = {
  trace: [],
  near: [],
  causes: [],
  name: undefined,
  construct: undefined,
  guard: false,
  budget: undefined,
  blame: undefined,
} as const;

/** Of text that cannot be parsed; `range` counts in the chapter. */
export function syntaxFault(type: string, message: string, range: OffsetRange, places: Places): CellFault {
  return { ...NOTHING_MORE, type, message, range, line: places.line(range.start) };
}

/** What a run met. Near names are looked for when somebody asks: each version of the chapter has a fault of its own. */
export function runFault(
  fault: Fault,
  range: OffsetRange,
  places: Places,
  nearNames: (fault: Fault) => readonly string[],
  blameFor: (name: string | undefined) => Blame | undefined,
): CellFault {
  const { type, message, name, construct, budget } = fault;
  return {
    type,
    message,
    range,
    line: places.line(range.start),
    trace: places.trace(fault.trace),
    causes: places.causes(fault),
    name,
    get near() {
      return fault.near ?? nearNames(fault);
    },
    construct,
    guard: fault.guard === true,
    budget,
    blame: type === 'NameError' ? blameFor(name) : undefined,
  };
}
