/** A module that may well be installed, but that Reckoner does not have: what comes from it is unknown. */
import { builtinModules, isPackageName } from '../../../mlsys';
import type { UnknownPlace } from '../../evaluation/analysis';
import type { Draft, Rule } from '../rule';
import { causesOf, filePlace } from '../unknownCauses';

export const unavailableModule: Rule = {
  code: 'unavailable-module',
  severity: 'info',
  *chapter(analysis): Iterable<Draft> {
    const { packages } = analysis;
    const nameOf = (place: UnknownPlace): string => missingPart(place, top => packages.has(top));
    for (const { cause, first, range, consequences } of causesOf(analysis, isMissing, nameOf)) {
      const name = nameOf(first);
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

/**
 * The package of a module, under which people know it; the module itself where its package is at hand: that of the workspace may lack a
 * part which is compiled, or made when it is installed.
 */
function missingPart({ subject }: UnknownPlace, isOwn: (name: string) => boolean): string {
  const top = subject.split('.', 1)[0]!;
  return builtinModules().includes(top) || isOwn(top) ? subject : top;
}
