/** The fields of a model: validation of a mapping to values, and dumps. */
import { PyDict } from '../../python/runtime/dict';
import { PyException, Unsupported } from '../../python/runtime/errors';
import type { PyClass, Value } from '../../python/runtime/objects';
import { PyList, PyObject } from '../../python/runtime/objects';
import { call, equals, findAttribute, getAttribute, getItem } from '../../python/runtime/operations';
import { type Origin, originOf, passConverted } from '../../python/runtime/origins';
import type { PySet } from '../../python/runtime/set';
import { PyUnknown, refuseUnknown } from '../../python/runtime/unknown';
import { vm } from '../../python/runtime/vm';
import { mappingEntries, stepOf } from './containers';
import { Invalid, invalid } from './errors';
import { copied, type PyFieldInfo, takesData } from './field';
import { filtered } from './filter';
import { validText } from './scalars';
import { type Dump, inference, Schema, type State } from './schema';
import { dumpedResult, isUsed, type Serializer, serialized } from './serializers';
import { guarded, nested, refuseChanged, UNDEFINED, withoutRaising } from './support';

/** Where an input has a value: names and places, one in the other. */
export type Lookup = readonly (string | bigint)[];

/** A field ready for validation. */
export interface FieldPart {
  readonly name: string;
  readonly info: PyFieldInfo;
  readonly schema: Schema;
  /** Ways to find the value, the first one names it in errors. */
  readonly lookups: readonly Lookup[];
  readonly validationAlias: Value;
  readonly outputName: string;
  readonly frozen: boolean;
  readonly exclude: Value;
  readonly serializer: Serializer | undefined;
}

/** A property that is dumped with the fields. */
export interface ComputedPart {
  readonly name: string;
  readonly outputName: string;
  readonly schema: Schema;
  readonly serializer: Serializer | undefined;
}

/** What the input of a model becomes. */
export interface ModelParts {
  readonly values: PyDict;
  readonly extra: PyDict | null;
  readonly set: readonly string[];
  /** By field, where in a data file its input stands. */
  readonly origins?: ReadonlyMap<string, Origin>;
}

export type ExtraBehavior = 'ignore' | 'allow' | 'forbid';

/** A schema with a value for where there is no input. */
export class DefaultSchema extends Schema {
  readonly schema: Schema;
  readonly info: PyFieldInfo;
  readonly validates: boolean;
  constructor(schema: Schema, info: PyFieldInfo, validates: boolean) {
    super();
    this.schema = schema;
    this.info = info;
    this.validates = validates;
  }
  get name(): string {
    return `default[${this.schema.name}]`;
  }
  validate(input: Value, state: State): Value | Invalid {
    return input === UNDEFINED ? this.make(state) : this.schema.validate(input, state);
  }
  /** The value without an input. */
  make(state: State): Value | Invalid {
    const factory = this.info.get('default_factory');
    let value: Value;
    if (factory === null) value = copied(this.info.get('default'));
    else if (takesData(factory)) {
      value = call(factory, [state.data]);
    } else value = call(factory, []);
    return this.validates ? this.schema.validate(value, state) : value;
  }
  override dump(value: Value, dump: Dump): Value {
    return this.schema.dump(value, dump);
  }
  override accepts(value: Value): boolean {
    return this.schema.accepts(value);
  }
}

/** The way of a lookup in a mapping; undefined where it leads nowhere. */
function found(input: PyDict, lookup: Lookup): Value | undefined {
  const [first, ...rest] = lookup;
  let value = input.get(first!);
  for (const step of rest) {
    if (value === undefined || typeof value === 'string') return undefined;
    const [holder, key] = [value, step];
    if (holder instanceof PyList || holder instanceof PyObject) {
      const next = guarded(() => getItem(holder, key));
      value = next instanceof PyException ? undefined : next;
    } else return undefined;
  }
  return value;
}

export class FieldSet {
  readonly cls: PyClass;
  readonly fields: readonly FieldPart[];
  readonly byName: ReadonlyMap<string, FieldPart>;
  readonly extra: ExtraBehavior;
  readonly extraSchema: Schema | undefined;
  readonly computed: readonly ComputedPart[];
  readonly strict: boolean;
  readonly fromAttributes: boolean;

  constructor(options: {
    cls: PyClass;
    fields: readonly FieldPart[];
    extra: ExtraBehavior;
    extraSchema: Schema | undefined;
    computed: readonly ComputedPart[];
    strict: boolean;
    fromAttributes: boolean;
  }) {
    this.cls = options.cls;
    this.fields = options.fields;
    this.byName = new Map(options.fields.map(field => [field.name, field]));
    this.extra = options.extra;
    this.extraSchema = options.extraSchema;
    this.computed = options.computed;
    this.strict = options.strict;
    this.fromAttributes = options.fromAttributes;
  }

  /** The input as a dict. */
  #source(input: Value, state: State): PyDict | Invalid {
    if (input instanceof PyDict) return input;
    const strict = state.isStrict(this.strict);
    const fromAttributes = state.fromAttributes ?? this.fromAttributes;
    const entries = mappingEntries(input, strict);
    if (entries instanceof Invalid) return entries;
    if (entries !== undefined) return PyDict.from(entries);
    if (!fromAttributes) return invalid('model_type', input, { class_name: this.cls.name });
    if (!(input instanceof PyObject) || input.cls.module === 'builtins') return invalid('model_attributes_type', input);
    return this.#attributes(input);
  }

  #attributes(input: Value): PyDict {
    const made = new PyDict();
    for (const field of this.fields)
      for (const [name] of field.lookups) {
        if (typeof name !== 'string') continue;
        const value = withoutRaising('an attribute that raises while it is validated', () =>
          findAttribute(input, name),
        );
        if (value !== undefined) made.set(name, value);
      }
    return made;
  }

  validate(input: Value, state: State): ModelParts | Invalid {
    const source = this.#source(input, state);
    if (source instanceof Invalid) return source;
    const values = new PyDict();
    const set: string[] = [];
    const faults: Invalid[] = [];
    const used = new Set<string | bigint>();
    const origins = new Map<string, Origin>();
    const { data: outerData } = state;
    state.data = values;
    vm.step(5 + 4 * this.fields.length);
    try {
      for (const field of this.fields) {
        const fault = this.#field(field, source, input, state, values, set, used, origins);
        if (fault !== undefined) faults.push(fault);
      }
    } finally {
      state.data = outerData;
    }
    const count = set.length;
    const extra = this.extra === 'ignore' ? null : this.#others(source, used, state, set, faults);
    if (faults.length > 0) return new Invalid(faults.flatMap(fault => fault.lines));
    state.addFieldsSet(count);
    return { values, extra, set, origins };
  }

  #field(
    field: FieldPart,
    source: PyDict,
    input: Value,
    state: State,
    values: PyDict,
    set: string[],
    used: Set<string | bigint>,
    origins: Map<string, Origin>,
  ): Invalid | undefined {
    for (const lookup of field.lookups) {
      const value = found(source, lookup);
      if (value === undefined) continue;
      used.add(lookup[0]!);
      refuseUnknown(value);
      const made = nested(() => field.schema.validate(value, state));
      if (made instanceof Invalid) {
        return [...lookup].reverse().reduce((fault, step) => fault.within(step), made);
      }
      passConverted(value, made);
      values.set(field.name, made);
      set.push(field.name);
      const origin = lookup.length === 1 ? originOf(source, lookup[0]!) : undefined;
      if (origin !== undefined) origins.set(field.name, origin);
      return undefined;
    }
    const { schema } = field;
    if (schema instanceof DefaultSchema) {
      const made = schema.make(state);
      if (!(made instanceof Invalid)) {
        values.set(field.name, made);
        return undefined;
      }
      return made.within(field.name);
    }
    return [...field.lookups[0]!].reverse().reduce((fault, step) => fault.within(step), invalid('missing', input));
  }

  /** What the input has beside the fields. */
  #others(
    source: PyDict,
    used: ReadonlySet<string | bigint>,
    state: State,
    set: string[],
    faults: Invalid[],
  ): PyDict | null {
    const extra = new PyDict();
    for (const [key, value] of source.entries()) {
      vm.step();
      const name = validText(key, true, false, state);
      if (name instanceof Invalid) {
        faults.push(invalid('invalid_key', key).within(stepOf(key)));
        continue;
      }
      if (used.has(name)) continue;
      if (this.extra === 'forbid') {
        faults.push(invalid('extra_forbidden', value).within(name));
        continue;
      }
      const made = this.extraSchema === undefined ? value : this.extraSchema.validate(value, state);
      if (made instanceof Invalid) faults.push(made.within(name));
      else {
        extra.set(name, made);
        set.push(name);
      }
    }
    return this.extra === 'allow' ? extra : null;
  }

  /** One field given anew among those that the model has. */
  assign(values: PyDict, name: string, value: Value, state: State): ModelParts | Invalid {
    const field = this.byName.get(name);
    const others = PyDict.from([...values.entries()].filter(([key]) => key !== name));
    const { data } = state;
    state.data = others;
    let made: Value | Invalid;
    try {
      if (field?.frozen === true) return invalid('frozen_field', value).within(name);
      if (field !== undefined) made = field.schema.validate(value, state);
      else if (this.extra === 'allow')
        made = this.extraSchema === undefined ? value : this.extraSchema.validate(value, state);
      else return invalid('no_such_attribute', value, { attribute: name }).within(name);
    } finally {
      state.data = data;
    }
    if (made instanceof Invalid) return made.within(name);
    const all = PyDict.from(values.entries());
    all.set(name, made);
    if (this.extra !== 'allow') return { values: all, extra: null, set: [name] };
    const own = new PyDict();
    const extra = new PyDict();
    for (const [key, one] of all.entries()) (this.byName.has(key as string) ? own : extra).set(key, one);
    return { values: own, extra, set: [name] };
  }

  /** Dumps the values of an instance. */
  dump(self: Value, values: Iterable<readonly [string, Value]>, extra: PyDict | null, set: PySet, dump: Dump): PyDict {
    const made = new PyDict();
    for (const [name, value] of values) {
      vm.step();
      const field = this.byName.get(name);
      if (field === undefined || (dump.excludeUnset && !set.has(name))) continue;
      if ((dump.excludeNone && value === null) || field.exclude === true) continue;
      const next = filtered(name, dump);
      if (next === undefined || this.#isDefault(field, value, dump)) continue;
      made.set(
        dump.byAlias ? field.outputName : name,
        nested(() => this.#dumped(self, field, value, next)),
      );
    }
    for (const [key, value] of extra?.entries() ?? []) {
      if (dump.excludeNone && value === null) continue;
      const next = filtered(key, dump);
      if (next !== undefined) made.set(key, inference.dump(value, next));
    }
    if (!dump.roundTrip) this.#dumpComputed(self, made, dump);
    return made;
  }

  #isDefault({ info }: FieldPart, value: Value, dump: Dump): boolean {
    if (!dump.excludeDefaults) return false;
    const factory = info.get('default_factory');
    if (factory !== null && takesData(factory))
      throw new Unsupported('exclude_defaults with a factory that takes data');
    const fallback = factory === null ? info.get('default') : call(factory, []);
    return fallback !== UNDEFINED && equals(value, fallback);
  }

  #dumped(self: Value, field: FieldPart | ComputedPart, value: Value, dump: Dump): Value {
    refuseChanged(value);
    if (value instanceof PyUnknown) return value;
    const { serializer } = field;
    const schema = dump.asAny ? undefined : field.schema;
    const plain = (one: Value): Value => (schema === undefined ? inference.dump(one, dump) : schema.dump(one, dump));
    if (serializer === undefined || !isUsed(serializer, value, dump)) return plain(value);
    const result = serialized(serializer, [self], value, dump, field.name, plain);
    return dumpedResult(result, serializer, dump, undefined);
  }

  #dumpComputed(self: Value, made: PyDict, dump: Dump): void {
    for (const computed of this.computed) {
      const next = filtered(computed.name, dump);
      if (next === undefined) continue;
      const value = getAttribute(self, computed.name);
      if (dump.excludeNone && value === null) continue;
      made.set(dump.byAlias ? computed.outputName : computed.name, this.#dumped(self, computed, value, next));
    }
  }
}
