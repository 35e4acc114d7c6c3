/** `obj.__dict__`: a dict that stays the object's attributes. */
import { PyDict } from './dict';
import { touch } from './mutation';
import { creation, type PyObject, type Value } from './objects';

/** Attributes that live in a Python dict, once somebody has asked for `__dict__`. */
class DictAttributes extends Map<string, Value> {
  readonly dict: PyDict;
  constructor(dict: PyDict) {
    super();
    this.dict = dict;
  }
  override get size(): number {
    return this.dict.size;
  }
  override get(name: string): Value | undefined {
    return this.dict.get(name);
  }
  override has(name: string): boolean {
    return this.dict.has(name);
  }
  override set(name: string, value: Value): this {
    // A subclass's field initialiser runs after `super()`, which must not store anything; it does not.
    this.dict.set(name, value);
    return this;
  }
  override delete(name: string): boolean {
    return this.dict.delete(name);
  }
  override clear(): void {
    this.dict.map.clear();
  }
  override *keys(): MapIterator<string> {
    for (const key of this.dict.keys()) if (typeof key === 'string') yield key;
  }
  override *values(): MapIterator<Value> {
    for (const [key, value] of this.dict.entries()) if (typeof key === 'string') yield value;
  }
  override *entries(): MapIterator<[string, Value]> {
    for (const [key, value] of this.dict.entries()) if (typeof key === 'string') yield [key, value];
  }
  override [Symbol.iterator](): MapIterator<[string, Value]> {
    return this.entries();
  }
  override forEach(visit: (value: Value, name: string, map: Map<string, Value>) => void): void {
    for (const [name, value] of this.entries()) visit(value, name, this);
  }
}

/** The objects of which a dict is the attributes. */
const owners = new WeakMap<PyDict, Set<PyObject>>();

/** The objects of which a dict is the attributes: what changes the one changes the others. */
export function ownersOf(dict: PyDict): Iterable<PyObject> {
  return owners.get(dict) ?? [];
}

/** The dict that holds the attributes of an object, where somebody has asked for it. */
export function attributesDict({ attrs }: PyObject): PyDict | undefined {
  return attrs instanceof DictAttributes ? attrs.dict : undefined;
}

function keepIn(obj: PyObject, dict: PyDict): void {
  obj.attrs = new DictAttributes(dict);
  const known = owners.get(dict);
  if (known === undefined) owners.set(dict, new Set([obj]));
  else known.add(obj);
}

/** The dict behind `obj.__dict__`, always the same one; undefined where the object has none. */
export function instanceDict(obj: PyObject): PyDict | undefined {
  const { attrs } = obj;
  if (attrs === undefined) return undefined;
  if (attrs instanceof DictAttributes) return attrs.dict;
  const { owner } = creation;
  // Whoever changes the dict changes the object.
  creation.owner = obj.owner;
  const dict = PyDict.from(attrs);
  creation.owner = owner;
  keepIn(obj, dict);
  return dict;
}

/** `obj.__dict__ = dict` */
export function replaceInstanceDict(obj: PyObject, dict: PyDict): void {
  touch(obj);
  keepIn(obj, dict);
}
