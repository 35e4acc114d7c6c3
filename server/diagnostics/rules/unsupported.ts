/** What the evaluator refuses: reported by name, never guessed. */
import type { CellFault } from '../../evaluation/analysis';
import { packagePlace, tracePlaces } from '../faults';
import type { Draft, Rule } from '../rule';

export const unsupported: Rule = {
  code: 'unsupported',
  severity: 'warning',
  *cell({ fault }) {
    yield* drafts(fault);
  },
  *block({ refs }) {
    for (const { fault } of refs) yield* drafts(fault);
  },
};

function* drafts(fault: CellFault | undefined): Iterable<Draft> {
  if (fault?.type !== 'Unsupported') return;
  const message = `${fault.message.replace(/\.$/, '')}${packagePlace(fault)}.`;
  yield { range: fault.range, message, related: tracePlaces(fault) };
}
