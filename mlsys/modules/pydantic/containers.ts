/** Schemas of lists, tuples, sets, dicts, and of abstract sequences and mappings. */

import { isinstance } from '../../python/runtime/classes';
import { PyDict } from '../../python/runtime/dict';
import { PyException } from '../../python/runtime/errors';
import {
  listClass,
  PyBytes,
  type PyClass,
  PyInstance,
  PyList,
  PyRange,
  PyTuple,
  tupleClass,
  typeOf,
  type Value,
} from '../../python/runtime/objects';
import { call, callMethod, hash, isIterable, iterate, repr, special } from '../../python/runtime/operations';
import { PyFrozenSet, PySet, PySetBase } from '../../python/runtime/set';
import { needOrder } from '../../python/runtime/setNotice';
import { refuseUnknown } from '../../python/runtime/unknown';
import { vm } from '../../python/runtime/vm';
import { PyDeque } from '../standard/deque';
import { customInvalid, Invalid, invalid, type Step, safeRepr } from './errors';
import { dumpKey, filtered } from './filter';
import { type Dump, Exactness, Schema, type State } from './schema';
import { classFrom, guarded, nested, withoutRaising } from './support';

/** How long a container may be, and whether its kind must be exact. */
export interface LengthOptions {
  readonly strict?: boolean | undefined;
  readonly min_length?: bigint | undefined;
  readonly max_length?: bigint | undefined;
}

/** The place of an item, as errors name it. */
export function stepOf(key: Value): Step {
  if (typeof key === 'string') return key;
  if (key instanceof PyInstance && typeof key.payload === 'string') return key.payload;
  if (typeof key === 'bigint' && BigInt.asIntN(64, key) === key) return key;
  if (typeof key === 'boolean') return key ? 1n : 0n;
  return safeRepr(key);
}

/** The items of what is taken as a sequence where that is not strict; undefined for anything else. */
function sequenceItems(input: Value): readonly Value[] | undefined {
  if (input instanceof PyList || input instanceof PyTuple) return input.items;
  if (input instanceof PySetBase) {
    needOrder(input);
    return [...input.items()];
  }
  if (typeof input === 'string' || input instanceof PyBytes || input instanceof PyDict) return undefined;
  if (input instanceof PyInstance && typeof input.payload === 'string') return undefined;
  if (isMapping(input)) return undefined;
  const { name } = typeOf(input);
  const isKnown =
    input instanceof PyDeque ||
    input instanceof PyRange ||
    ['generator', 'dict_keys', 'dict_values', 'dict_items'].includes(name);
  if (!isKnown && !isIterable(input)) return undefined;
  if (!isKnown && special(input, '__len__') === undefined && special(input, '__next__') === undefined) return undefined;
  return drained(input);
}

function drained(input: Value): readonly Value[] {
  return withoutRaising('an iterator that raises while it is validated', () => {
    const items: Value[] = [];
    const next = iterate(input);
    for (let item = next(); item !== undefined; item = next()) {
      vm.step();
      vm.charge(8);
      items.push(item);
    }
    return items;
  });
}

const isMapping = (value: Value): boolean =>
  value instanceof PyDict || isinstance(value, classFrom('collections.abc', 'Mapping'));

function lengthFault(kind: string, count: number, input: Value, options: LengthOptions): Invalid | undefined {
  const { min_length, max_length } = options;
  const actual_length = BigInt(count);
  if (max_length !== undefined && actual_length > max_length)
    return invalid('too_long', input, { field_type: kind, max_length, actual_length });
  if (min_length !== undefined && actual_length < min_length)
    return invalid('too_short', input, { field_type: kind, min_length, actual_length });
  return undefined;
}

/** True where another kind of sequence is not taken; JSON has lists alone. */
const isBarred = (input: Value, { strict }: LengthOptions, state: State): boolean =>
  state.isStrict(strict) && !(state.json && input instanceof PyList);

/** The fault of too many items; how many is told where the input itself tells it. */
function tooLong(kind: string, most: bigint, input: Value, items: readonly Value[]): Invalid {
  const isCounted = input instanceof PyList || input instanceof PyTuple || input instanceof PySetBase;
  const actual_length = isCounted && kind !== 'Set' && kind !== 'Frozenset' ? BigInt(items.length) : null;
  return invalid('too_long', input, { field_type: kind, max_length: most, actual_length });
}

/** Validates items one by one, up to as many as there may be; faults carry their places. */
function validItems(
  items: readonly Value[],
  item: Schema | undefined,
  state: State,
  full: (made: readonly Value[], count: number) => Invalid | undefined,
): Value[] | Invalid {
  const made: Value[] = [];
  const faults: Invalid[] = [];
  vm.step(items.length);
  vm.charge(8 * items.length);
  for (let at = 0; at < items.length; at++) {
    const one = items[at]!;
    refuseUnknown(one);
    const valid = item === undefined ? one : nested(() => item.validate(one, state));
    if (valid instanceof Invalid) faults.push(valid.within(BigInt(at)));
    else made.push(valid);
    const fault = full(made, at + 1);
    if (fault !== undefined) return fault;
  }
  return faults.length === 0 ? made : new Invalid(faults.flatMap(fault => fault.lines));
}

const inner = (schema: Schema | undefined): string => schema?.name ?? 'any';

/** Dumps the items that the include and exclude arguments leave. */
function dumpItems(items: readonly Value[], schema: Schema | undefined, dump: Dump): Value[] {
  const made: Value[] = [];
  vm.step(items.length);
  items.forEach((item, at) => {
    const next = filtered(BigInt(at), dump, items.length);
    if (next === undefined) return;
    refuseUnknown(item);
    made.push(nested(() => (schema === undefined ? anyDump(item, next) : schema.dump(item, next))));
  });
  return made;
}

/** How a value without a schema is dumped; `infer.ts` sets it. */
let anyDump: (value: Value, dump: Dump) => Value = value => value;

export function setAnyDump(body: (value: Value, dump: Dump) => Value): void {
  anyDump = body;
}

export class ListSchema extends Schema {
  readonly item: Schema | undefined;
  readonly options: LengthOptions;
  constructor(item: Schema | undefined, options: LengthOptions = {}) {
    super();
    this.item = item;
    this.options = options;
  }
  get name(): string {
    return `list[${inner(this.item)}]`;
  }
  validate(input: Value, state: State): Value | Invalid {
    const exact = input instanceof PyList;
    const items = exact ? input.items : state.isStrict(this.options.strict) ? undefined : sequenceItems(input);
    if (items === undefined) return invalid('list_type', input);
    if (!exact) state.floor(Exactness.Lax);
    const { max_length: most } = this.options;
    const made = validItems(items, this.item, state, (_, count) =>
      most !== undefined && count > most ? tooLong('List', most, input, items) : undefined,
    );
    if (made instanceof Invalid) return made;
    return lengthFault('List', made.length, input, this.options) ?? new PyList(made);
  }
  override dump(value: Value, dump: Dump): Value {
    return value instanceof PyList ? new PyList(dumpItems(value.items, this.item, dump)) : super.dump(value, dump);
  }
  override accepts(value: Value): boolean {
    return value instanceof PyList && value.items.every(item => this.item?.accepts(item) ?? true);
  }
}

export class SetSchema extends Schema {
  readonly item: Schema | undefined;
  readonly frozen: boolean;
  readonly options: LengthOptions;
  constructor(item: Schema | undefined, frozen: boolean, options: LengthOptions = {}) {
    super();
    this.item = item;
    this.frozen = frozen;
    this.options = options;
  }
  get name(): string {
    return `${this.frozen ? 'frozenset' : 'set'}[${inner(this.item)}]`;
  }
  validate(input: Value, state: State): Value | Invalid {
    const exact = this.frozen ? input instanceof PyFrozenSet : input instanceof PySet;
    const barred = isBarred(input, this.options, state);
    const items = exact ? [...(input as PySetBase).items()] : barred ? undefined : sequenceItems(input);
    if (items === undefined) return invalid(this.frozen ? 'frozen_set_type' : 'set_type', input);
    if (!exact) state.floor(Exactness.Lax);
    const kind = this.frozen ? 'Frozenset' : 'Set';
    const { max_length: most } = this.options;
    const set = this.frozen ? PyFrozenSet.from([]) : PySet.from([]);
    const made = validItems(items, this.item, state, (all, count) => {
      const last = all.at(-1);
      if (last === undefined) return undefined;
      if (guarded(() => hash(last)) instanceof PyException)
        return invalid('set_item_not_hashable', items[count - 1]!).within(BigInt(count - 1));
      set.map.set(last, null);
      return most !== undefined && set.size > most ? tooLong(kind, most, input, items) : undefined;
    });
    if (made instanceof Invalid) return made;
    return lengthFault(kind, set.size, input, this.options) ?? set;
  }
  override dump(value: Value, dump: Dump): Value {
    if (!(value instanceof PySetBase)) return super.dump(value, dump);
    if (dump.json) needOrder(value);
    const items = [...value.items()].map(item =>
      this.item === undefined ? anyDump(item, dump) : this.item.dump(item, dump),
    );
    if (dump.json) return new PyList(items);
    return value instanceof PySet ? PySet.from(items) : PyFrozenSet.from(items);
  }
  override accepts(value: Value): boolean {
    return this.frozen ? value instanceof PyFrozenSet : value instanceof PySet;
  }
}

/** `tuple[int, str]`, or `tuple[int, ...]` where the last schema stands for any number. */
export class TupleSchema extends Schema {
  readonly schemas: readonly (Schema | undefined)[];
  readonly variadic: boolean;
  readonly options: LengthOptions;
  constructor(schemas: readonly (Schema | undefined)[], variadic: boolean, options: LengthOptions = {}) {
    super();
    this.schemas = schemas;
    this.variadic = variadic;
    this.options = options;
  }
  get name(): string {
    const names = this.schemas.map(inner);
    return `tuple[${[...names, ...(this.variadic ? ['...'] : [])].join(', ')}]`;
  }
  validate(input: Value, state: State): Value | Invalid {
    const exact = input instanceof PyTuple;
    const items = exact ? input.items : isBarred(input, this.options, state) ? undefined : sequenceItems(input);
    if (items === undefined) return invalid('tuple_type', input);
    if (!exact) state.floor(Exactness.Lax);
    if (this.variadic) {
      const { max_length: most } = this.options;
      const made = validItems(items, this.schemas[0], state, (_, count) =>
        most !== undefined && count > most ? tooLong('Tuple', most, input, items) : undefined,
      );
      if (made instanceof Invalid) return made;
      return lengthFault('Tuple', made.length, input, this.options) ?? new PyTuple(made);
    }
    return this.#places(items, input, state);
  }
  #places(items: readonly Value[], input: Value, state: State): Value | Invalid {
    const made: Value[] = [];
    const faults: Invalid[] = [];
    this.schemas.forEach((schema, at) => {
      const item = items[at];
      if (item === undefined) {
        faults.push(invalid('missing', input).within(BigInt(at)));
        return;
      }
      const valid = schema === undefined ? item : nested(() => schema.validate(item, state));
      if (valid instanceof Invalid) faults.push(valid.within(BigInt(at)));
      else made.push(valid);
    });
    const most = BigInt(this.schemas.length);
    if (items.length > this.schemas.length)
      return invalid('too_long', input, { field_type: 'Tuple', max_length: most, actual_length: BigInt(items.length) });
    return faults.length === 0 ? new PyTuple(made) : new Invalid(faults.flatMap(fault => fault.lines));
  }
  override dump(value: Value, dump: Dump): Value {
    if (!(value instanceof PyTuple)) return super.dump(value, dump);
    const items: Value[] = [];
    value.items.forEach((item, at) => {
      const next = filtered(BigInt(at), dump, value.items.length);
      if (next === undefined) return;
      const schema = this.variadic ? this.schemas[0] : this.schemas[at];
      items.push(schema === undefined ? anyDump(item, next) : schema.dump(item, next));
    });
    return dump.json ? new PyList(items) : new PyTuple(items);
  }
  override accepts(value: Value): boolean {
    return value instanceof PyTuple;
  }
}

export class DictSchema extends Schema {
  readonly key: Schema | undefined;
  readonly value: Schema | undefined;
  readonly options: LengthOptions;
  constructor(key: Schema | undefined, value: Schema | undefined, options: LengthOptions = {}) {
    super();
    this.key = key;
    this.value = value;
    this.options = options;
  }
  get name(): string {
    return `dict[${inner(this.key)},${inner(this.value)}]`;
  }
  validate(input: Value, state: State): Value | Invalid {
    const entries = mappingEntries(input, state.isStrict(this.options.strict));
    if (entries === undefined) return invalid('dict_type', input);
    if (entries instanceof Invalid) return entries;
    if (!(input instanceof PyDict && input.cls.name === 'dict')) state.floor(Exactness.Lax);
    const made = new PyDict();
    const faults: Invalid[] = [];
    vm.step(entries.length);
    vm.charge(32 * entries.length);
    for (const [key, value] of entries) {
      refuseUnknown(value);
      const validKey = this.key === undefined ? key : this.key.validate(key, state);
      const validValue = this.value === undefined ? value : nested(() => this.value!.validate(value, state));
      if (validKey instanceof Invalid) faults.push(validKey.within('[key]').within(stepOf(key)));
      if (validValue instanceof Invalid) faults.push(validValue.within(stepOf(key)));
      if (!(validKey instanceof Invalid) && !(validValue instanceof Invalid)) made.set(validKey, validValue);
    }
    if (faults.length > 0) return new Invalid(faults.flatMap(fault => fault.lines));
    return lengthFault('Dictionary', made.size, input, this.options) ?? made;
  }
  override dump(value: Value, dump: Dump): Value {
    if (!(value instanceof PyDict)) return super.dump(value, dump);
    const made = new PyDict();
    vm.step(value.size);
    for (const [key, item] of value.entries()) {
      const next = filtered(key, dump);
      if (next === undefined) continue;
      if (dump.excludeNone && item === null) continue;
      refuseUnknown(item);
      const dumped = nested(() => (this.value === undefined ? anyDump(item, next) : this.value.dump(item, next)));
      made.set(dumpKey(key, this.key, dump), dumped);
    }
    return made;
  }
  override accepts(value: Value): boolean {
    return value instanceof PyDict;
  }
}

/** Entries of a dict or, where that is not strict, of any mapping; undefined for anything else. */
export function mappingEntries(
  input: Value,
  strict: boolean,
): readonly (readonly [Value, Value])[] | Invalid | undefined {
  if (input instanceof PyDict) return [...input.entries()];
  if (strict || !isMapping(input)) return undefined;
  const items = guarded(() => drained(callMethod(input, 'items')));
  if (items instanceof PyException) return invalid('mapping_type', input, { error: repr(items) });
  return items.map(pair => (pair as PyTuple).items as [Value, Value]);
}

/** `Sequence[int]`: a list or tuple of valid items, or another sequence made anew. */
export class SequenceSchema extends Schema {
  readonly list: ListSchema;
  readonly #class: PyClass;
  constructor(item: Schema | undefined, options: LengthOptions = {}) {
    super();
    this.list = new ListSchema(item, options);
    this.#class = classFrom('collections.abc', 'Sequence');
  }
  get name(): string {
    return 'function-wrap[sequence_validator()]';
  }
  validate(input: Value, state: State): Value | Invalid {
    if (!isinstance(input, this.#class)) return invalid('is_instance_of', input, { class: 'Sequence' });
    const kind = typeOf(input);
    if (
      typeof input === 'string' ||
      input instanceof PyBytes ||
      (input instanceof PyInstance && typeof input.payload === 'string')
    )
      return customInvalid(
        'sequence_str',
        "'{type_name}' instances are not allowed as a Sequence value",
        input,
        new Map([['type_name', kind.name]]),
      );
    const made = this.list.validate(kind === tupleClass ? new PyList([...(input as PyTuple).items]) : input, state);
    if (made instanceof Invalid || kind === listClass || input instanceof PyRange) return made;
    if (kind === tupleClass) return new PyTuple((made as PyList).items);
    return call(kind, [made]);
  }
  override dump(value: Value, dump: Dump): Value {
    if (value instanceof PyList) return this.list.dump(value, dump);
    if (!(value instanceof PyTuple)) return super.dump(value, dump);
    const dumped = this.list.dump(new PyList([...value.items]), dump) as PyList;
    return dump.json ? dumped : new PyTuple(dumped.items);
  }
}
