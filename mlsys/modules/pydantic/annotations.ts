/** Annotations that are texts, and type variables in annotations. */
import { compileExpression } from '../../python/compiler';
import { exceptionClassOf, PyError, raise, Unsupported } from '../../python/runtime/errors';
import { PyGenericAlias, PyParameterized, PyUnion, unionOf } from '../../python/runtime/genericAlias';
import { builtinScope, type Globals, type OpenNames } from '../../python/runtime/globals';
import type { PyClass, Value } from '../../python/runtime/objects';
import { isInstance } from '../../python/runtime/objects';
import { repr } from '../../python/runtime/operations';
import { vm } from '../../python/runtime/vm';
import { parseProgram } from '../../python/syntax/program';
import { PyForm } from '../standard/typing/forms';
import { PyForwardRef } from '../standard/typing/variables';

/** A name that an annotation uses and nobody has defined yet. */
export class UndefinedName {
  readonly name: string;
  constructor(name: string) {
    this.name = name;
  }
}

/** Where a class was written: what its annotations can name. */
export interface Place {
  readonly globals: Globals;
  /** True inside a function, whose own names cannot be looked up. */
  readonly local: boolean;
}

/** The place of the class statement that runs now. */
export function presentPlace(): Place | undefined {
  const { running } = vm;
  return running === undefined ? undefined : { globals: running.globals, local: running !== vm.frame };
}

/** Names of a class before those of its module. */
class AnnotationGlobals implements Globals {
  readonly #cls: PyClass;
  readonly #place: Place | undefined;
  constructor(cls: PyClass, place: Place | undefined) {
    this.#cls = cls;
    this.#place = place;
  }
  get(name: string): Value | undefined {
    if (name === this.#cls.name) return this.#cls;
    const own = this.#cls.attrs.get(name);
    return own === undefined ? this.#place?.globals.get(name) : own;
  }
  get open(): OpenNames | undefined {
    return this.#place?.globals.open;
  }
  set(): void {
    throw new Unsupported('an assignment in an annotation');
  }
  delete(): boolean {
    return false;
  }
  names(): Iterable<string> {
    return this.#place?.globals.names() ?? builtinScope.names.keys();
  }
}

/** The type that a text names, seen from a class; `UndefinedName` where a name in it is not known yet. */
export function evaluateText(text: string, cls: PyClass, place: Place | undefined): Value | UndefinedName {
  const program = parseProgram(`(${text})`, 'annotation');
  const [statement] = program.module.body;
  if (program.issues.length > 0 || statement?.kind !== 'ExprStatement')
    throw raise('SyntaxError', `Forward reference must be an expression -- got ${repr(text)}`);
  try {
    return compileExpression(statement.value, 'annotation', program.source)(new AnnotationGlobals(cls, place));
  } catch (error) {
    if (!(error instanceof PyError) || !isInstance(error.exception, exceptionClassOf('NameError'))) throw error;
    if (place?.local === true)
      throw new Unsupported(`the annotation ${repr(text)} in a function`, 'define the model at module level');
    return new UndefinedName(/name '(.*?)' is not defined/.exec(String(error.exception.args.items[0]))?.[1] ?? text);
  }
}

/** An annotation whose texts, also those inside it, are what they name. */
export function evaluated(annotation: Value, cls: PyClass, place: Place | undefined): Value | UndefinedName {
  if (typeof annotation === 'string') {
    const made = evaluateText(annotation, cls, place);
    return made instanceof UndefinedName ? made : evaluated(made, cls, place);
  }
  if (annotation instanceof PyForwardRef) return evaluated(annotation.text, cls, place);
  if (annotation instanceof PyForm && annotation.formName === 'Literal') return annotation;
  const parts =
    annotation instanceof PyUnion ? annotation.members : annotation instanceof PyParameterized ? annotation.args : [];
  const made: Value[] = [];
  for (const part of parts) {
    const isList = part !== null && typeof part === 'object' && 'items' in part;
    const one = isList ? part : evaluated(part, cls, place);
    if (one instanceof UndefinedName) return one;
    made.push(one);
  }
  if (made.every((one, at) => one === parts[at])) return annotation;
  if (annotation instanceof PyUnion) return made.reduce(unionOf);
  return (annotation as PyParameterized).withArgs(made);
}

/** An annotation with type variables replaced; `generic` gives arguments to models with such. */
export function substituted(
  annotation: Value,
  values: ReadonlyMap<Value, Value>,
  generic: (cls: PyClass, values: ReadonlyMap<Value, Value>) => PyClass,
): Value {
  const known = values.get(annotation);
  if (known !== undefined) return known;
  if (annotation instanceof PyUnion) {
    const members = annotation.members.map(one => substituted(one, values, generic));
    return members.every((one, at) => one === annotation.members[at]) ? annotation : members.reduce(unionOf);
  }
  if (annotation instanceof PyForm || annotation instanceof PyGenericAlias) {
    if (annotation instanceof PyForm && annotation.formName === 'Literal') return annotation;
    const args = annotation.args.map(one => substituted(one, values, generic));
    return args.every((one, at) => one === annotation.args[at]) ? annotation : annotation.withArgs(args);
  }
  return isClass(annotation) ? generic(annotation, values) : annotation;
}

const isClass = (value: Value): value is PyClass => value !== null && typeof value === 'object' && 'mro' in value;

/** True for the annotation, or its text, of a class variable. */
export function isClassVariable(annotation: Value): boolean {
  if (typeof annotation === 'string') return /^\s*(?:\w+\s*\.\s*)?ClassVar\b/.test(annotation);
  if (annotation instanceof PyForwardRef) return isClassVariable(annotation.text);
  if (annotation instanceof PyForm)
    return (
      annotation.formName === 'ClassVar' ||
      (annotation.formName === 'Annotated' && isClassVariable(annotation.args[0]!))
    );
  return annotation !== null && typeof annotation === 'object' && annotation.attrs?.get('_name') === 'ClassVar';
}
