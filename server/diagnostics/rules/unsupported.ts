/** What the evaluator refuses: reported by name, never guessed. */
import type { UnknownPlace } from '../../evaluation/analysis';
import { packagePlace, tracePlaces } from '../faults';
import type { Draft, Rule } from '../rule';
import { causesOf, filePlace } from '../unknownCauses';

export const unsupported: Rule = {
  code: 'unsupported',
  severity: 'warning',
  *cell({ fault }) {
    if (fault?.type !== 'Unsupported') return;
    const message = `${fault.message.replace(/\.$/, '')}${packagePlace(fault)}.`;
    yield { range: fault.range, message, related: tracePlaces(fault) };
  },
  *chapter(analysis): Iterable<Draft> {
    for (const { cause, first, range, others, consequences } of causesOf(analysis, isRefused)) {
      const message = `${first.message.replace(/\.$/, '')}${filePlace(first)}.`;
      yield {
        cause,
        range,
        severity: 'info',
        message,
        related: others.slice(0, MOST_PLACES).map(place => ({ range: place, message: 'here as well' })),
      };
      yield* consequences;
    }
  },
};

/** So many further places of one cause are told. */
const MOST_PLACES = 50;

function isRefused({ kind }: UnknownPlace): boolean {
  return kind !== 'module' && kind !== 'budget' && kind !== 'order';
}
