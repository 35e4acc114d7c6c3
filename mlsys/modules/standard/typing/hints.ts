/** `typing.get_type_hints`: annotations of classes, functions and modules, with those that are texts evaluated. */
import { compileExpression } from '../../../python/compiler';
import { annotationEntries } from '../../../python/runtime/annotations';
import { PyDict } from '../../../python/runtime/dict';
import { raise, Unsupported } from '../../../python/runtime/errors';
import { PyFunction } from '../../../python/runtime/function';
import { PyParameterized, PyUnion, unionOf } from '../../../python/runtime/genericAlias';
import { type Globals, ModuleGlobals, type OpenNames } from '../../../python/runtime/globals';
import { BoundMethod, noneClass, PyClass, PyModule, type Value } from '../../../python/runtime/objects';
import { findAttribute, repr } from '../../../python/runtime/operations';
import { vm } from '../../../python/runtime/vm';
import { parseProgram } from '../../../python/syntax/program';
import { PyForm } from './forms';
import { PyForwardRef } from './variables';

/** Where a text looks up its names: the first of these that has one. */
class Names implements Globals {
  readonly #places: readonly Place[];
  constructor(places: readonly Place[]) {
    this.#places = places;
  }
  get open(): OpenNames | undefined {
    for (const { open } of this.#places) if (open !== undefined) return open;
    return undefined;
  }
  get(name: string): Value | undefined {
    for (const place of this.#places) {
      const found = place.get(name);
      if (found !== undefined) return found;
    }
    return undefined;
  }
  set(): void {
    throw new Unsupported('an assignment in an annotation');
  }
  delete(): boolean {
    return false;
  }
  names(): Iterable<string> {
    return [];
  }
}

type Place = Pick<Globals, 'get'> & Partial<Pick<Globals, 'open'>>;

const NO_NAMES: Place = { get: () => undefined };

/** The names of the module of that name, as code of it would see them now. */
function moduleNames(name: Value | undefined): Place {
  if (typeof name !== 'string') return NO_NAMES;
  if (name === '__main__') return vm.root?.globals ?? NO_NAMES;
  return new ModuleGlobals(vm.import(name));
}

const namesOf = (dict: Value | undefined): Place => ({
  get: name => (dict instanceof PyDict ? dict.get(name) : undefined),
});

function evaluateText(text: string, names: Names): Value {
  const program = parseProgram(`(${text})`, 'annotation');
  const [statement] = program.module.body;
  if (program.issues.length > 0 || statement?.kind !== 'ExprStatement')
    throw raise('SyntaxError', `Forward reference must be an expression -- got ${repr(text)}`);
  return compileExpression(statement.value, 'annotation', program.source)(names) ?? noneClass;
}

/** A hint whose texts, also those inside it, are what they name. */
function evaluated(hint: Value, names: Names): Value {
  if (hint === null) return noneClass;
  if (typeof hint === 'string') return evaluated(evaluateText(hint, names), names);
  if (hint instanceof PyForwardRef) return evaluated(hint.text, names);
  if (hint instanceof PyForm && hint.formName === 'Literal') return hint;
  if (hint instanceof PyUnion) {
    const made = hint.members.map(one => (one === null ? one : evaluated(one, names)));
    return made.every((one, at) => one === hint.members[at]) ? hint : made.reduce(unionOf);
  }
  if (!(hint instanceof PyParameterized)) return hint;
  const made = hint.args.map(one =>
    isText(one) || one instanceof PyParameterized || one instanceof PyUnion ? evaluated(one, names) : one,
  );
  return made.every((one, at) => one === hint.args[at]) ? hint : hint.withArgs(made);
}

const isText = (hint: Value): boolean => typeof hint === 'string' || hint instanceof PyForwardRef;

/** The annotation without what `Annotated` and the qualifiers of keys add. */
function stripped(hint: Value): Value {
  if (hint instanceof PyForm) {
    const name = hint.formName;
    if (name !== undefined && ['Annotated', 'Required', 'NotRequired', 'ReadOnly'].includes(name))
      return stripped(hint.args[0]!);
    if (name === 'Literal') return hint;
  }
  if (hint instanceof PyUnion) {
    const made = hint.members.map(one => (one === null ? one : stripped(one)));
    return made.every((one, at) => one === hint.members[at]) ? hint : made.reduce(unionOf);
  }
  if (!(hint instanceof PyParameterized)) return hint;
  const args = hint.args.map(stripped);
  return args.every((arg, at) => arg === hint.args[at]) ? hint : hint.withArgs(args);
}

/** `get_type_hints(obj, globalns, localns, include_extras)` */
export function typeHints(target: Value, globals?: Value, locals?: Value, extras?: Value): PyDict {
  const hints = new PyDict();
  const add = (annotations: Value | undefined, names: Names): void => {
    for (const [name, hint] of annotationEntries(annotations)) {
      const value = evaluated(hint, names);
      hints.set(name, extras === true ? value : stripped(value));
    }
  };
  const [given, local] = [globals ?? null, locals ?? null];
  if (target instanceof PyClass) {
    for (const cls of [...target.mro].reverse()) {
      const own = cls.attrs.get('__annotations__');
      if (!(own instanceof PyDict)) continue;
      const ofClass: Place = { get: name => cls.attrs.get(name) };
      const ofModule = given === null ? moduleNames(cls.attrs.get('__module__') ?? cls.module) : namesOf(given);
      const places =
        local !== null ? [namesOf(local), ofModule] : given === null ? [ofModule, ofClass] : [ofClass, ofModule];
      add(own, new Names(places));
    }
    return hints;
  }
  let inner = target instanceof BoundMethod ? target.func : target;
  for (let wrapped = findAttribute(inner, '__wrapped__'); wrapped !== undefined && given === null; ) {
    inner = wrapped;
    wrapped = findAttribute(inner, '__wrapped__');
  }
  const annotations = findAttribute(target, '__annotations__');
  if (annotations === undefined && !(target instanceof PyModule) && !(target instanceof PyFunction))
    throw raise('TypeError', `${repr(target)} is not a module, class, method, or function.`);
  const own: Place =
    target instanceof PyModule ? new ModuleGlobals(target) : inner instanceof PyFunction ? inner.globals : NO_NAMES;
  const ofModule = given === null ? own : namesOf(given);
  add(annotations, new Names(local === null ? [ofModule] : [namesOf(local), ofModule]));
  return hints;
}
