/** A module that may well be installed, but that Reckoner does not have: what comes from it is unknown. */
import { builtinModules, isPackageName } from '../../../mlsys';
import type { UnknownPlace } from '../../evaluation/analysis';
import type { Draft, Rule } from '../rule';
import { causesOf, filePlace } from '../unknownCauses';

export const unavailableModule: Rule = {
  code: 'unavailable-module',
  severity: 'info',
  *chapter(analysis): Iterable<Draft> {
    for (const { cause, first, range, consequences } of causesOf(analysis, isMissing, packageName)) {
      const name = packageName(first);
      const message = `Needs ${name}, which Reckoner does not have${filePlace(first)}.`;
      yield { cause, range, message: isPublished(name) ? message : `${message} ${ADVICE}` };
      yield* consequences;
    }
  },
};

function isMissing({ kind }: UnknownPlace): boolean {
  return kind === 'module';
}

const ADVICE = 'If it is part of the book, name the folder that holds it in the setting `reckoner.packageRoots`.';

/** True for a package that authors have installed, no part of a book, and for what a package that is at hand lacks. */
function isPublished(name: string): boolean {
  return name.includes('.') || isPackageName(name);
}

/** The package of a module, under which people know it; of a part of a package that is at hand, the part. */
function packageName({ subject }: UnknownPlace): string {
  const top = subject.split('.', 1)[0]!;
  return builtinModules().includes(top) ? subject : top;
}
