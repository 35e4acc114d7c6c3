/** Marks in `Annotated` that change how a type is validated or dumped: `Tag`, `Discriminator`, `SkipValidation` and their kin. */
import { PyException, Unsupported } from '../../python/runtime/errors';
import { PyGenericAlias } from '../../python/runtime/genericAlias';
import { defineClassMethods, defineConstructor, defineMethods, defineProperties } from '../../python/runtime/native';
import { PyBytes, PyClass, PyObject, type Value } from '../../python/runtime/objects';
import { call, equals, findAttribute, getAttribute, repr } from '../../python/runtime/operations';
import { vm } from '../../python/runtime/vm';
import { annotatedForm, PyForm } from '../standard/typing/forms';
import { InstanceSchema, UnionSchema } from './choices';
import { Invalid, invalid } from './errors';
import { type Dump, inference, Schema, State, ValidatingSchema } from './schema';
import { guarded, libraryClass, nested } from './support';

/** A mark with what it was given. */
export class PyMark extends PyObject {
  readonly kind: MarkKind;
  readonly value: Value;
  constructor(cls: PyClass, kind: MarkKind, value: Value) {
    super(cls);
    this.kind = kind;
    this.value = value;
  }
}

type MarkKind =
  | 'Tag'
  | 'Discriminator'
  | 'SerializeAsAny'
  | 'InstanceOf'
  | 'SkipValidation'
  | 'WithJsonSchema'
  | 'SkipJsonSchema'
  | 'Json';

/** Kinds that may stand around a type by themselves: `SkipValidation[int]`. */
const AROUND: readonly MarkKind[] = ['SerializeAsAny', 'InstanceOf', 'SkipValidation', 'SkipJsonSchema', 'Json'];

const kinds = new Map<PyClass, MarkKind>();

/** The classes of the marks, by name. */
export function markClasses(): Record<string, PyClass> {
  const made: Record<string, PyClass> = {};
  const define = (kind: MarkKind, module: string, signature: string, take: (...args: Value[]) => Value): void => {
    const cls = libraryClass(kind, module);
    defineConstructor(cls, `${kind}.__init__(${signature})`, (own: PyClass, ...args: Value[]) => {
      return new PyMark(own, kind, take(...args));
    });
    if (AROUND.includes(kind))
      defineClassMethods(cls, {
        '__class_getitem__(item, /)': (own: PyClass, item: Value) =>
          new PyForm(annotatedForm, [item], undefined, [new PyMark(own, kind, null)]),
      });
    defineMethods(cls, {
      '__eq__(other, /)': (self: PyMark, other: Value) =>
        other instanceof PyMark && other.kind === self.kind && equals(self.value, other.value),
      '__repr__()': (self: PyMark) => {
        if (kind === 'Tag') return `Tag(tag=${repr(self.value)})`;
        throw new Unsupported(`the repr of ${kind}`);
      },
    });
    kinds.set(cls, kind);
    made[kind] = cls;
  };
  const nothing = (): Value => null;
  define('Tag', 'pydantic.types', 'tag', tag => tag ?? null);
  define(
    'Discriminator',
    'pydantic.types',
    'discriminator, custom_error_type=None, custom_error_message=None, custom_error_context=None',
    (discriminator, ...custom) => {
      if (custom.some(one => (one ?? null) !== null)) throw new Unsupported('Discriminator with an error of its own');
      return discriminator ?? null;
    },
  );
  define('WithJsonSchema', 'pydantic.json_schema', 'json_schema, mode=None', nothing);
  define('SkipJsonSchema', 'pydantic.json_schema', '', nothing);
  define('SerializeAsAny', 'pydantic.functional_serializers', '', nothing);
  define('InstanceOf', 'pydantic.functional_validators', '', nothing);
  define('SkipValidation', 'pydantic.functional_validators', '', nothing);
  define('Json', 'pydantic.types', '', nothing);
  defineProperties(made.Tag!, { tag: (self: PyMark) => self.value });
  defineProperties(made.Discriminator!, { discriminator: (self: PyMark) => self.value });
  return made;
}

/** The mark that stands in `Annotated`, by itself or by its class. */
export function markOf(metadata: Value): { readonly kind: MarkKind; readonly value: Value } | undefined {
  if (metadata instanceof PyMark) return metadata;
  const kind = metadata instanceof PyClass ? kinds.get(metadata) : undefined;
  return kind === undefined ? undefined : { kind, value: null };
}

/** The schema of a type with a mark; `inner` makes the one without it. */
export function marked(
  mark: { readonly kind: MarkKind; readonly value: Value },
  type: Value,
  inner: () => Schema,
): Schema {
  switch (mark.kind) {
    case 'Tag':
      return new TagSchema(inner(), mark.value);
    case 'SerializeAsAny':
      return new AsAnySchema(inner());
    case 'InstanceOf': {
      const cls = type instanceof PyGenericAlias || type instanceof PyForm ? type.origin : type;
      if (!(cls instanceof PyClass)) throw new Unsupported('InstanceOf of what is no class');
      return new InstanceSchema(cls);
    }
    case 'SkipValidation':
      return new SkippedSchema(inner());
    case 'Json':
      return new JsonTextSchema(inner());
    default:
      return inner();
  }
}

/** A schema that lets another one do its work. */
abstract class PassingSchema extends ValidatingSchema {
  override dump(value: Value, dump: Dump): Value {
    return this.schema.dump(value, dump);
  }
}

class TagSchema extends PassingSchema {
  readonly tag: Value;
  constructor(schema: Schema, tag: Value) {
    super(schema);
    this.tag = tag;
  }
}

class AsAnySchema extends PassingSchema {
  override dump(value: Value, dump: Dump): Value {
    return inference.dump(value, dump);
  }
}

class SkippedSchema extends PassingSchema {
  override get name(): string {
    return 'any';
  }
  override validate(input: Value): Value | Invalid {
    return input;
  }
  override dump(value: Value, dump: Dump): Value {
    return this.schema.accepts(value) ? this.schema.dump(value, dump) : inference.dump(value, dump);
  }
}

/** `Json[T]`: a text of JSON, whose value is validated. */
class JsonTextSchema extends PassingSchema {
  override get name(): string {
    return 'json';
  }
  override validate(input: Value, state: State): Value | Invalid {
    const inner = new State({ json: true, context: state.context });
    if (typeof input !== 'string' && !(input instanceof PyBytes)) return invalid('json_type', input);
    const value = guarded(() => call(getAttribute(vm.import('json'), 'loads'), [input]));
    if (value instanceof PyException) throw new Unsupported('validating a text that is no JSON');
    return this.schema.validate(value, inner);
  }
  override dump(value: Value, dump: Dump): Value {
    if (dump.roundTrip) throw new Unsupported('dumping Json with round_trip');
    return this.schema.dump(value, dump);
  }
}

/** A union whose member is told by a function that gets the input. */
export class CalledUnionSchema extends Schema {
  readonly members: readonly TagSchema[];
  readonly #func: Value;
  constructor(schema: Schema, func: Value) {
    super();
    const choices = schema instanceof UnionSchema ? schema.members : [schema];
    this.members = choices.map(choice => {
      if (choice instanceof TagSchema) return choice;
      throw new Unsupported('a union told apart by a function whose members have no Tag');
    });
    this.#func = func;
  }
  get name(): string {
    return `tagged-union[${this.members.map(member => member.name).join(',')}]`;
  }
  validate(input: Value, state: State): Value | Invalid {
    const tag = call(this.#func, [input]);
    const name = findAttribute(this.#func, '__name__');
    const discriminator = `${typeof name === 'string' ? name : repr(this.#func)}()`;
    if (tag === null) return invalid('union_tag_not_found', input, { discriminator });
    const member = this.members.find(one => equals(one.tag, tag));
    if (member === undefined)
      return invalid('union_tag_invalid', input, {
        discriminator,
        tag: typeof tag === 'string' ? tag : repr(tag),
        expected_tags: this.members.map(one => repr(one.tag)).join(', '),
      });
    const made = nested(() => member.validate(input, state));
    return made instanceof Invalid ? made.within(typeof tag === 'bigint' ? tag : String(tag)) : made;
  }
  override dump(value: Value, dump: Dump): Value {
    const member = this.members.find(one => one.accepts(value));
    return member === undefined ? super.dump(value, dump) : member.dump(value, dump);
  }
  override accepts(value: Value): boolean {
    return this.members.some(one => one.accepts(value));
  }
}
