/** The namespace of the body of an enumeration: members get their automatic values as they are written, none twice. */
import { raise } from '../../python/runtime/errors';
import {
  NativeFunction,
  PyCallable,
  PyClass,
  PyClassMethod,
  PyInstance,
  PyList,
  PyObject,
  PyProperty,
  PyStaticMethod,
  PyTuple,
  type Value,
} from '../../python/runtime/objects';
import { call, listOf, repr } from '../../python/runtime/operations';
import { PyUnknown } from '../../python/runtime/unknown';
import { autoClass, memberClass, nonmemberClass } from './enumAuto';

const isDunder = (name: string): boolean => /^__[^_].*[^_]__$/.test(name);
const isSunder = (name: string): boolean => /^_[^_].*[^_]_$/.test(name) || /^_[^_]_$/.test(name);

/** Names of one underline on each side that mean something to an enumeration. */
const SUNDERS = new Set([
  '_order_',
  '_generate_next_value_',
  '_numeric_repr_',
  '_missing_',
  '_ignore_',
  '_iter_member_',
  '_iter_member_by_value_',
  '_iter_member_by_def_',
  '_add_alias_',
  '_add_value_alias_',
  '_use_args_',
]);

/** True for what a class reads as something else than itself. */
export function isDescriptor(value: Value): boolean {
  // A class that comes from elsewhere is a value like any other.
  if (value instanceof PyClass) return false;
  return (
    value instanceof PyCallable ||
    value instanceof NativeFunction ||
    value instanceof PyProperty ||
    value instanceof PyClassMethod ||
    value instanceof PyStaticMethod ||
    (value instanceof PyObject &&
      ['__get__', '__set__', '__delete__'].some(name => value.cls.lookup(name) !== undefined))
  );
}

export class EnumNamespace extends Map<string, Value> {
  /** Names of members, in order; their values are those of the namespace. */
  readonly members: string[] = [];
  readonly #names = new Set<string>();
  readonly #cls: string;
  readonly #last: Value[] = [];
  #generate: Value;
  #ignored: readonly string[] = [];
  #generated = false;

  /** `generate` is what the base gives: `_generate_next_value_`. */
  constructor(cls: string, generate: Value) {
    super();
    this.#cls = cls;
    this.#generate = generate;
  }

  override set(name: string, value: Value): this {
    if (this.#isPrivate(name)) return super.set(name, value);
    if (isSunder(name)) return this.#setReserved(name, value);
    if (isDunder(name)) return super.set(name === '__order__' ? '_order_' : name, value);
    // What stands there may be another one; that is told of once the class is made.
    if (value instanceof PyUnknown) return super.set(name, value);
    if (this.#names.has(name)) throw raise('TypeError', `${repr(name)} already defined as ${repr(this.get(name)!)}`);
    if (this.#ignored.includes(name)) return super.set(name, value);
    if (value instanceof PyInstance && value.cls === nonmemberClass) return super.set(name, value.attrs!.get('value')!);
    if (isDescriptor(value) || this.#isInternal(value)) return super.set(name, value);
    if (this.has(name)) throw raise('TypeError', `${repr(name)} already defined as ${repr(this.get(name)!)}`);
    let found = value;
    if (value instanceof PyInstance && value.cls === memberClass) found = value.attrs!.get('value')!;
    else found = this.#resolved(name, value);
    // Of a tuple only the automatic values count for the next one.
    if (found === value) this.#last.push(found);
    this.members.push(name);
    this.#names.add(name);
    return super.set(name, found);
  }

  #isPrivate(name: string): boolean {
    const prefix = `_${this.#cls}__`;
    return name.startsWith(prefix) && name.length > prefix.length && !name.endsWith('__');
  }

  /** True for a class that the body defines itself. */
  #isInternal(value: Value): boolean {
    return value instanceof PyClass && `.${value.qualname}`.endsWith(`.${this.#cls}.${value.name}`);
  }

  #setReserved(name: string, value: Value): this {
    if (!SUNDERS.has(name))
      throw raise('ValueError', `_sunder_ names, such as ${repr(name)}, are reserved for future Enum use`);
    if (name === '_generate_next_value_') {
      if (this.#generated) throw raise('TypeError', '_generate_next_value_ must be defined before members');
      this.#generate = value;
      return super.set(name, value instanceof PyStaticMethod ? value : new PyStaticMethod(value));
    }
    if (name === '_ignore_') {
      const given =
        typeof value === 'string' ? value.replaceAll(',', ' ').trim().split(/\s+/) : listOf(value).map(String);
      this.#ignored = given;
      const already = given.filter(one => this.members.includes(one));
      if (already.length > 0)
        throw raise('ValueError', `_ignore_ cannot specify already set names: ${repr(new PyList(already))}`);
    }
    return super.set(name, value);
  }

  /** The value with each `auto()` in it replaced, alone or in a tuple. */
  #resolved(name: string, value: Value): Value {
    const resolve = (one: Value): Value => {
      if (!(one instanceof PyInstance) || one.cls !== autoClass) return one;
      let known = one.attrs!.get('value');
      if (known === undefined) {
        this.#generated = true;
        const { func } = this.#generate instanceof PyStaticMethod ? this.#generate : { func: this.#generate };
        known = call(func, [name, 1n, BigInt(this.members.length), new PyList([...this.#last])]);
        one.attrs!.set('value', known);
      }
      this.#last.push(known);
      return known;
    };
    if (!(value instanceof PyTuple) || !value.cls.native) return resolve(value);
    return value.items.some(item => item instanceof PyInstance && item.cls === autoClass)
      ? new PyTuple(value.items.map(resolve))
      : value;
  }

  /** Names that the finished class does not have. */
  get dropped(): readonly string[] {
    return ['_ignore_', ...this.#ignored];
  }
}
