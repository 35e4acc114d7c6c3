/** What a program's text tells at a cheap look, before its tree is searched. */
import { OBSERVERS } from '../../mlsys';

type Text = { readonly source: string };

interface Look {
  /** The text, with every identifier as it stands in the tree: identifiers are equal when their NFKC forms are. */
  readonly text: string;
  readonly mayObserve: boolean;
  readonly mayDefer: boolean;
}

const looks = new WeakMap<Text, Look>();

const OBSERVER = new RegExp(OBSERVERS.join('|'));
/** What functions, lambdas and generators are written with. */
const DEFERRED = /\b(?:def|lambda|for)\b/;

function lookAt(program: Text): Look {
  let look = looks.get(program);
  if (look === undefined) {
    const normal = program.source.normalize('NFKC');
    const text = normal === program.source ? program.source : normal;
    look = { text, mayObserve: OBSERVER.test(text), mayDefer: DEFERRED.test(text) };
    looks.set(program, look);
  }
  return look;
}

/** False where the program surely does not hold the name. */
export function mentions(program: Text, name: string): boolean {
  return lookAt(program).text.includes(name);
}

/** False where the program surely does not look at the whole namespace. */
export function mayObserveNamespace(program: Text): boolean {
  return lookAt(program).mayObserve;
}

/** False where the program surely has no code that runs later than the program itself. */
export function mayDefer(program: Text): boolean {
  return lookAt(program).mayDefer;
}
