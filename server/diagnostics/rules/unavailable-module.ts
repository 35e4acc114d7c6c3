/** A module that may well be installed, but that Reckoner does not have: what comes from it is unknown. */
import { builtinModules } from '../../../mlsys';
import type { UnknownPlace } from '../../evaluation/analysis';
import type { Draft, Rule } from '../rule';
import { causesOf, filePlace } from '../unknownCauses';

export const unavailableModule: Rule = {
  code: 'unavailable-module',
  severity: 'info',
  *chapter(analysis): Iterable<Draft> {
    for (const { first, range, consequences } of causesOf(analysis, isMissing, packageName)) {
      yield { range, message: `Needs ${packageName(first)}, which Reckoner does not have${filePlace(first)}.` };
      yield* consequences;
    }
  },
};

function isMissing({ kind }: UnknownPlace): boolean {
  return kind === 'module';
}

/** The package of a module, under which people know it; of a part of a package that is at hand, the part. */
function packageName({ subject }: UnknownPlace): string {
  const top = subject.split('.', 1)[0]!;
  return builtinModules().includes(top) ? subject : top;
}
