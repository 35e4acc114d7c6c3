/** Named tuples and `TypedDict`s as types of fields. */
import { annotationEntries } from '../../python/runtime/annotations';
import { isinstance } from '../../python/runtime/classes';
import { PyDict } from '../../python/runtime/dict';
import { exceptionClassOf, PyError, Unsupported } from '../../python/runtime/errors';
import { isInstance, type PyClass, PyList, PyTuple, type Value } from '../../python/runtime/objects';
import { call, findAttribute } from '../../python/runtime/operations';
import { PySetBase } from '../../python/runtime/set';
import { refuseUnknown } from '../../python/runtime/unknown';
import { vm } from '../../python/runtime/vm';
import { PyForm } from '../standard/typing/forms';
import { typeHints } from '../standard/typing/hints';
import { type Surroundings, schemaOf } from './build';
import { Invalid, invalid } from './errors';
import { filtered } from './filter';
import { type Dump, Exactness, Schema, type State } from './schema';
import { nested } from './support';

/** The annotations of a class and its bases, as the module of each reads them; where one of them names what it lacks, as they are. */
export function annotationsOf(cls: PyClass): ReadonlyMap<string, Value> {
  try {
    return new Map([...typeHints(cls, undefined, undefined, true).entries()] as [string, Value][]);
  } catch (error) {
    if (!(error instanceof PyError && isInstance(error.exception, exceptionClassOf('NameError')))) throw error;
    return writtenAnnotationsOf(cls);
  }
}

/** The same as they are written, the farthest base's first. */
function writtenAnnotationsOf(cls: PyClass): Map<string, Value> {
  const all = new Map<string, Value>();
  for (const one of [...cls.mro].reverse())
    for (const [name, annotation] of annotationEntries(one.attrs.get('__annotations__'))) all.set(name, annotation);
  return all;
}

/** A named tuple, made from a sequence or a dict of its fields. */
export class NamedTupleSchema extends Schema {
  readonly cls: PyClass;
  readonly #around: Surroundings;
  #fields: readonly (readonly [string, Schema | undefined])[] | undefined = undefined;
  constructor(cls: PyClass, around: Surroundings) {
    super();
    this.cls = cls;
    this.#around = around;
  }
  get name(): string {
    return 'call[arguments[]]';
  }

  /** The fields, read when they are first needed: a tuple may stand in itself. */
  get fields(): readonly (readonly [string, Schema | undefined])[] {
    if (this.#fields === undefined) {
      const annotations = annotationsOf(this.cls);
      const names = findAttribute(this.cls, '_fields');
      if (!(names instanceof PyTuple)) throw new Unsupported('a named tuple of this kind as a type of a field');
      this.#fields = names.items.map(name => {
        const annotation = annotations.get(name as string);
        return [name as string, annotation === undefined ? undefined : schemaOf(annotation, this.#around)] as const;
      });
    }
    return this.#fields;
  }

  validate(input: Value, state: State): Value | Invalid {
    state.floor(Exactness.Lax);
    const { fields } = this;
    const defaults = findAttribute(this.cls, '_field_defaults');
    const isOptional = (name: string): boolean => defaults instanceof PyDict && defaults.has(name);
    const faults: Invalid[] = [];
    const made = new Map<string, Value>();
    const take = (name: string, schema: Schema | undefined, value: Value, step: string | bigint): void => {
      refuseUnknown(value);
      const valid = schema === undefined ? value : nested(() => schema.validate(value, state));
      if (valid instanceof Invalid) faults.push(valid.within(step));
      else made.set(name, valid);
    };
    if (input instanceof PyList || input instanceof PyTuple) {
      fields.forEach(([name, schema], at) => {
        const value = input.items[at];
        if (value !== undefined) take(name, schema, value, BigInt(at));
        else if (!isOptional(name)) faults.push(invalid('missing_argument', input).within(name));
      });
      for (let at = fields.length; at < input.items.length; at++)
        faults.push(invalid('unexpected_positional_argument', input.items[at]!).within(BigInt(at)));
    } else if (input instanceof PyDict) {
      for (const [name, schema] of fields) {
        const value = input.get(name);
        if (value !== undefined) take(name, schema, value, name);
        else if (!isOptional(name)) faults.push(invalid('missing_argument', input).within(name));
      }
      for (const [key, value] of input.entries())
        if (!fields.some(([name]) => name === key))
          faults.push(invalid('unexpected_keyword_argument', value).within(String(key)));
    } else return invalid('arguments_type', input);
    if (faults.length > 0) return new Invalid(faults.flatMap(fault => fault.lines));
    return call(this.cls, [], made);
  }
  override accepts(value: Value): boolean {
    return isinstance(value, this.cls);
  }
}

const isMarked = (annotation: Value, mark: string): boolean =>
  annotation instanceof PyForm && annotation.formName === mark;

/** A `TypedDict`: a dict with these keys, and no others. */
export class TypedDictSchema extends Schema {
  readonly name = 'typed-dict';
  readonly cls: PyClass;
  readonly #around: Surroundings;
  #fields: ReadonlyMap<string, { readonly schema: Schema; readonly required: boolean }> | undefined = undefined;
  constructor(cls: PyClass, around: Surroundings) {
    super();
    this.cls = cls;
    this.#around = around;
    if (findAttribute(cls, '__pydantic_config__') !== undefined)
      throw new Unsupported('a TypedDict with a configuration of its own');
  }

  get fields(): ReadonlyMap<string, { readonly schema: Schema; readonly required: boolean }> {
    if (this.#fields === undefined) {
      const required = findAttribute(this.cls, '__required_keys__');
      if (!(required instanceof PySetBase)) throw new Unsupported('a TypedDict of this kind as a type of a field');
      this.#fields = new Map(
        [...annotationsOf(this.cls)].map(([name, annotation]) => [
          name,
          {
            schema: schemaOf(annotation, this.#around),
            // Texts of annotations tell the class itself nothing of this.
            required: isMarked(annotation, 'NotRequired')
              ? false
              : isMarked(annotation, 'Required') || required.has(name),
          },
        ]),
      );
    }
    return this.#fields;
  }

  validate(input: Value, state: State): Value | Invalid {
    if (!(input instanceof PyDict)) return invalid('dict_type', input);
    const made = new PyDict();
    const faults: Invalid[] = [];
    vm.step(5 * this.fields.size);
    for (const [name, { schema, required }] of this.fields) {
      const value = input.get(name);
      if (value === undefined) {
        if (required) faults.push(invalid('missing', input).within(name));
        continue;
      }
      refuseUnknown(value);
      const valid = nested(() => schema.validate(value, state));
      if (valid instanceof Invalid) faults.push(valid.within(name));
      else made.set(name, valid);
    }
    return faults.length > 0 ? new Invalid(faults.flatMap(fault => fault.lines)) : made;
  }

  override dump(value: Value, dump: Dump): Value {
    if (!(value instanceof PyDict)) return super.dump(value, dump);
    const made = new PyDict();
    for (const [key, item] of value.entries()) {
      const next = filtered(key, dump);
      if (next === undefined || (dump.excludeNone && item === null)) continue;
      refuseUnknown(item);
      const field = this.fields.get(key as string);
      made.set(key, field === undefined ? super.dump(item, next) : nested(() => field.schema.dump(item, next)));
    }
    return made;
  }
  override accepts(value: Value): boolean {
    return value instanceof PyDict && [...this.fields].every(([name, { required }]) => !required || value.has(name));
  }
}
