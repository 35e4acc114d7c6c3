/** Schemas of unions, literals, enumerations and instances of classes. */
import { isinstance, issubclass } from '../../python/runtime/classes';
import { PyDict } from '../../python/runtime/dict';
import { PyException, Unsupported } from '../../python/runtime/errors';
import {
  floatClass,
  intClass,
  isInstance,
  PyClass,
  type PyInstance,
  strClass,
  typeOf,
  type Value,
} from '../../python/runtime/objects';
import { call, equals, findAttribute, hash, repr } from '../../python/runtime/operations';
import { canonical, memberValue } from '../standard/enum';
import { Invalid, invalid } from './errors';
import { plain, validFloat, validInt, validText } from './scalars';
import { type Dump, Exactness, Schema, State, ValidatingSchema } from './schema';
import { guarded, nested } from './support';

/** `Optional[X]` */
export class NullableSchema extends Schema {
  readonly schema: Schema;
  constructor(schema: Schema) {
    super();
    this.schema = schema;
  }
  get name(): string {
    return `nullable[${this.schema.name}]`;
  }
  validate(input: Value, state: State): Value | Invalid {
    return input === null ? null : this.schema.validate(input, state);
  }
  override dump(value: Value, dump: Dump): Value {
    return value === null ? null : this.schema.dump(value, dump);
  }
  override accepts(value: Value): boolean {
    return value === null || this.schema.accepts(value);
  }
}

/** A union, whose best member is taken, or the first that accepts. */
export class UnionSchema extends Schema {
  readonly members: readonly Schema[];
  readonly smart: boolean;
  constructor(members: readonly Schema[], smart = true) {
    super();
    this.members = members;
    this.smart = smart;
  }
  get name(): string {
    return `union[${this.members.map(member => member.name).join(',')}]`;
  }

  validate(input: Value, state: State): Value | Invalid {
    const faults: Invalid[] = [];
    if (!this.smart) {
      for (const member of this.members) {
        const made = nested(() => member.validate(input, state));
        if (!(made instanceof Invalid)) return made;
        faults.push(made.within(member.name));
      }
      return new Invalid(faults.flatMap(fault => fault.lines));
    }
    const { exactness: outerExactness, fieldsSet: outerCount } = state;
    let best: { readonly value: Value; readonly exactness: Exactness; readonly count: number | undefined } | undefined;
    for (const member of this.members) {
      state.exactness = Exactness.Exact;
      state.fieldsSet = undefined;
      const value = nested(() => member.validate(input, state));
      if (value instanceof Invalid) {
        if (best === undefined) faults.push(value.within(member.name));
        continue;
      }
      const exactness = state.exactness ?? Exactness.Lax;
      const count = state.fieldsSet;
      if (exactness === Exactness.Exact && count === undefined) {
        best = { value, exactness, count };
        break;
      }
      const isBetter =
        best === undefined ||
        (best.count !== undefined && count !== undefined && best.count !== count
          ? best.count < count
          : best.exactness < exactness);
      if (isBetter) best = { value, exactness, count };
    }
    state.exactness = outerExactness;
    state.fieldsSet = outerCount;
    if (best === undefined) return new Invalid(faults.flatMap(fault => fault.lines));
    state.floor(best.exactness);
    if (best.count !== undefined) state.addFieldsSet(best.count);
    return best.value;
  }

  override dump(value: Value, dump: Dump): Value {
    const member = this.members.find(one => one.accepts(value));
    return member === undefined ? super.dump(value, dump) : member.dump(value, dump);
  }
  override accepts(value: Value): boolean {
    return this.members.some(member => member.accepts(value));
  }
}

/** A union whose member is told by a field of the input. */
export class TaggedUnionSchema extends Schema {
  readonly members: ReadonlyMap<Value, Schema>;
  readonly #aliases: readonly string[];
  readonly #discriminator: string;
  constructor(members: ReadonlyMap<Value, Schema>, field: string, aliases: readonly string[]) {
    super();
    this.members = members;
    this.#aliases = aliases;
    this.#discriminator = `'${field}'`;
  }
  get name(): string {
    return `tagged-union[${[...this.members.values()].map(member => member.name).join(',')}]`;
  }
  validate(input: Value, state: State): Value | Invalid {
    const tag = this.#tag(input);
    if (tag instanceof Invalid) return tag;
    if (tag === undefined) return invalid('union_tag_not_found', input, { discriminator: this.#discriminator });
    const key = plain(tag);
    for (const [known, member] of this.members) {
      if (!equals(known, key)) continue;
      const made = nested(() => member.validate(input, state));
      return made instanceof Invalid ? made.within(typeof key === 'bigint' ? key : String(key)) : made;
    }
    return invalid('union_tag_invalid', input, {
      discriminator: this.#discriminator,
      tag: typeof key === 'string' ? key : repr(key),
      expected_tags: [...this.members.keys()].map(repr).join(', '),
    });
  }
  #tag(input: Value): Value | Invalid | undefined {
    if (input instanceof PyDict) {
      for (const alias of this.#aliases) {
        const found = input.get(alias);
        if (found !== undefined) return found;
      }
      return undefined;
    }
    if (input === null || typeof input !== 'object' || typeOf(input).native)
      return invalid('model_attributes_type', input);
    for (const alias of this.#aliases) {
      const found = findAttribute(input, alias);
      if (found !== undefined) return found;
    }
    return undefined;
  }
  override dump(value: Value, dump: Dump): Value {
    for (const member of this.members.values()) if (member.accepts(value)) return member.dump(value, dump);
    return super.dump(value, dump);
  }
}

/** `'a', 'b' or 'c'` */
function alternatives(texts: readonly string[]): string {
  const last = texts.at(-1)!;
  return texts.length === 1 ? last : `${texts.slice(0, -1).join(', ')} or ${last}`;
}

export class LiteralSchema extends Schema {
  readonly name: string;
  readonly values: readonly Value[];
  readonly #expected: string;
  constructor(values: readonly Value[]) {
    super();
    this.values = values;
    const texts = values.map(repr);
    this.#expected = alternatives(texts);
    this.name = `literal[${texts.join(',')}]`;
  }
  validate(input: Value): Value | Invalid {
    for (const value of this.values) if (typeOf(value) === typeOf(input) && equals(value, input)) return value;
    // What cannot be a key is equal to nothing that can.
    if (!(guarded(() => hash(input)) instanceof PyException))
      for (const value of this.values) if (equals(value, input)) return value;
    return invalid('literal_error', input, { expected: this.#expected });
  }
  override accepts(value: Value): boolean {
    return this.values.some(one => equals(one, value));
  }
}

export class EnumSchema extends Schema {
  readonly cls: PyClass;
  readonly strict: boolean | undefined;
  readonly #members: readonly PyInstance[];
  readonly #kind: 'int' | 'str' | 'float' | undefined;
  readonly #useValues: boolean;
  constructor(cls: PyClass, strict: boolean | undefined, useValues: boolean) {
    super();
    this.cls = cls;
    this.strict = strict;
    this.#members = canonical(cls);
    this.#useValues = useValues;
    this.#kind = cls.isSubclassOf(intClass)
      ? 'int'
      : cls.isSubclassOf(strClass)
        ? 'str'
        : cls.isSubclassOf(floatClass)
          ? 'float'
          : undefined;
  }
  withStrict(strict: boolean): EnumSchema {
    return new EnumSchema(this.cls, strict, this.#useValues);
  }
  get name(): string {
    const plainName = `${this.#kind === undefined ? '' : `${this.#kind}-`}enum[${this.cls.qualname}]`;
    return this.#useValues ? `function-after[get_value(), ${plainName}]` : plainName;
  }
  validate(input: Value, state: State): Value | Invalid {
    const member = this.#member(input, state);
    return member instanceof Invalid || !this.#useValues ? member : memberValue(member as PyInstance);
  }
  #member(input: Value, state: State): Value | Invalid {
    if (typeOf(input) === this.cls) return input;
    const strict = state.isStrict(this.strict);
    if (strict && !state.json) return invalid('is_instance_of', input, { class: this.cls.qualname });
    state.floor(Exactness.Lax);
    const known = this.#known(input, strict);
    if (known !== undefined) return known;
    const made = guarded(() => call(this.cls, [input]));
    if (!(made instanceof PyException)) return made;
    const expected = alternatives(this.#members.map(member => repr(memberValue(member))));
    return invalid('enum', input, { expected });
  }
  /** The member for an input that is coerced as the values of the enumeration are. */
  #known(input: Value, strict: boolean): Value | undefined {
    const state = new State();
    const find = (value: Value | Invalid): Value | undefined =>
      value instanceof Invalid
        ? undefined
        : this.#members.find(
            member => typeOf(memberValue(member)) === typeOf(value) && equals(memberValue(member), value),
          );
    if (this.#kind === 'int') return find(validInt(input, strict, state));
    if (this.#kind === 'str') return find(validText(input, strict, false, state));
    if (this.#kind === 'float') return find(validFloat(input, strict, state));
    const direct = find(input);
    if (direct !== undefined || strict) return direct;
    if (isInstance(input, strClass)) return find(validText(input, false, false, state));
    return isInstance(input, intClass) || isInstance(input, floatClass)
      ? find(validInt(input, false, state))
      : undefined;
  }
  override dump(value: Value, dump: Dump): Value {
    const inner = dump.json && typeOf(value) === this.cls ? memberValue(value as PyInstance) : value;
    return super.dump(inner, dump);
  }
  override accepts(value: Value): boolean {
    return typeOf(value) === this.cls;
  }
}

/** An instance of a class that validation knows nothing of. */
export class InstanceSchema extends Schema {
  readonly cls: PyClass;
  readonly #shown: string;
  constructor(cls: PyClass, shown = cls.qualname) {
    super();
    this.cls = cls;
    this.#shown = shown;
  }
  get name(): string {
    return `is-instance[${this.#shown}]`;
  }
  validate(input: Value): Value | Invalid {
    return isinstance(input, this.cls) ? input : invalid('is_instance_of', input, { class: this.#shown });
  }
  override accepts(value: Value): boolean {
    return isinstance(value, this.cls);
  }
}

/** `type[X]` */
export class SubclassSchema extends Schema {
  readonly cls: PyClass;
  constructor(cls: PyClass) {
    super();
    this.cls = cls;
  }
  get name(): string {
    return `is-subclass[${this.cls.qualname}]`;
  }
  validate(input: Value, state: State): Value | Invalid {
    if (state.json) return invalid('needs_python_object', input, { method_name: 'issubclass' });
    return input instanceof PyClass && issubclass(input, this.cls)
      ? input
      : invalid('is_subclass_of', input, { class: this.cls.qualname });
  }
}

/** A type variable without an argument, of which only the bound is known: values are dumped by what they are. */
export class BoundSchema extends ValidatingSchema {}

/** `BaseModel` itself, which takes all models as they are. */
export class AnyModelSchema extends Schema {
  readonly cls: PyClass;
  constructor(cls: PyClass) {
    super();
    this.cls = cls;
  }
  get name(): string {
    return this.cls.name;
  }
  validate(input: Value): Value {
    if (!isinstance(input, this.cls)) throw new Unsupported('BaseModel as a type of what is no model');
    return input;
  }
  override accepts(value: Value): boolean {
    return isinstance(value, this.cls);
  }
}
