/** `copy` */
import { callSpecial, special } from '../../python/runtime/attributes';
import { PyDict } from '../../python/runtime/dict';
import { exceptionClass, PyException, raise, Unsupported } from '../../python/runtime/errors';
import { HashMap } from '../../python/runtime/hashMap';
import {
  BoundMethod,
  NativeFunction,
  nativeClass,
  PyBytes,
  PyCallable,
  PyClass,
  PyComplex,
  PyInstance,
  PyList,
  PyModule,
  PyObject,
  PyProperty,
  PyRange,
  PySlice,
  PyTuple,
  type Value,
} from '../../python/runtime/objects';
import { call, getAttribute, identity, typeName } from '../../python/runtime/operations';
import { passAttributes, passCopy } from '../../python/runtime/origins';
import { PyFrozenSet, PySet, PySetBase } from '../../python/runtime/set';
import { causeOf, isUnknown, leadingTo, refuseMethod, spread } from '../../python/runtime/unknown';
import { vm } from '../../python/runtime/vm';
import { PyDeque } from './deque';
import { functions, moduleOf } from './support';

/** Values that are their own copies. */
function isAtomic(value: Value): boolean {
  if (!(value instanceof PyObject)) return true;
  return (
    value instanceof PyClass ||
    value instanceof PyCallable ||
    value instanceof NativeFunction ||
    value instanceof PyModule ||
    value instanceof PyRange ||
    value instanceof PyComplex ||
    value instanceof PyProperty ||
    (value instanceof PyBytes && value.cls.name === 'bytes') ||
    ['ellipsis', 'NotImplementedType', 'GenericAlias', 'UnionType', '_SpecialForm', 'Unit'].includes(value.cls.name)
  );
}

type CopyItem = (value: Value) => Value;

/** Methods by which an object of a class of the chapter says how it is copied, as it is pickled. */
const PICKLING = ['__reduce__', '__reduce_ex__', '__getstate__', '__setstate__', '__getnewargs__', '__getnewargs_ex__'];

/** A new object of the same kind whose parts are copied by `item`; `remember` sees it before they are. */
function rebuild(value: PyObject, item: CopyItem, remember: (made: PyObject) => void): Value {
  const { cls } = value;
  if (!cls.native)
    for (const name of PICKLING) {
      const own = cls.lookup(name);
      // A named tuple is copied item by item, as its method has it.
      const named = name === '__getnewargs__' && value instanceof PyTuple && cls.lookup('_fields') !== undefined;
      if (own instanceof PyCallable && !(named && getAttribute(own, '__module__') === 'collections'))
        refuseMethod(value, name, `copying an object by its ${name}`);
    }
  let made: PyObject;
  if (value instanceof PyTuple) made = new PyTuple(value.items.map(item), cls);
  else if (value instanceof PySlice) made = new PySlice(item(value.start), item(value.stop), item(value.step));
  else if (value instanceof PyList) {
    const list = new PyList([], cls);
    made = list;
    remember(made);
    list.items = value.items.map(item);
  } else if (value instanceof PyDict) {
    const { map } = new PyDict();
    made = new PyDict(map, cls);
    remember(made);
    for (const [key, one] of value.entries()) map.set(item(key), item(one));
  } else if (value instanceof PySetBase) {
    const map = new HashMap();
    made = value instanceof PySet ? new PySet(map, cls) : new PyFrozenSet(map, cls);
    remember(made);
    for (const one of value.items()) map.set(item(one), null);
  } else if (value instanceof PyDeque) {
    const deque = new PyDeque(cls, value.limit);
    made = deque;
    remember(made);
    deque.items = value.items.map(item);
  } else if (value instanceof PyInstance) {
    const instance = new PyInstance(cls);
    instance.payload = value.payload;
    made = instance;
    remember(made);
  } else if (value instanceof PyBytes) made = new PyBytes(value.data.slice(), cls);
  else if (value instanceof PyException) {
    made = new PyException(value.cls, [...value.args.items].map(item));
    remember(made);
  } else throw new Unsupported(`copying a '${cls.name}' object`);
  passCopy(value, made);
  if (value.attrs !== undefined) {
    made.attrs ??= new Map();
    for (const [name, one] of value.attrs) made.attrs.set(name, item(one));
    passAttributes(value, made);
  }
  return made;
}

/** `copy.copy(value)` */
export function shallowCopy(value: Value): Value {
  if (isAtomic(value)) return value;
  const hook = special(value, '__copy__');
  if (hook !== undefined && hook !== null) return callSpecial(hook, value, []);
  const object = value as PyObject;
  const immutable = object instanceof PyTuple || object instanceof PyFrozenSet;
  if ((immutable && object.cls.native) || object instanceof BoundMethod || object instanceof PySlice) return object;
  return rebuild(
    object,
    one => one,
    () => {},
  );
}

/** `copy.deepcopy(value)`; `memo` maps the identities of what was copied to the copies. */
export function deepCopy(value: Value, memo: PyDict = new PyDict()): Value {
  if (isUnknown(value)) return spread(causeOf(value), { may: leadingTo([value]) });
  if (isAtomic(value)) return value;
  vm.step();
  const object = value as PyObject;
  const id = identity(object);
  const known = memo.get(id);
  if (known !== undefined) return known;
  const hook = special(object, '__deepcopy__');
  vm.enter();
  try {
    let made: Value;
    if (hook !== undefined && hook !== null) made = callSpecial(hook, object, [memo]);
    else {
      const remember = (one: PyObject): void => memo.set(id, one);
      const item: CopyItem = one => deepCopy(one, memo);
      if (object instanceof BoundMethod) made = new BoundMethod(item(object.self), object.func);
      else made = rebuild(object, item, remember);
      // A tuple that holds itself, by a list say, was copied on the way.
      const own = object instanceof PyTuple ? memo.get(id) : undefined;
      if (own !== undefined) return own;
      // A tuple whose items are their own copies is its own.
      if (object instanceof PyTuple && made instanceof PyTuple && sameItems(object, made)) made = object;
    }
    memo.set(id, made);
    return made;
  } finally {
    vm.leave();
  }
}

function sameItems(a: PyTuple, b: PyTuple): boolean {
  return a.items.every((item, at) => item === b.items[at]);
}

const errorClass = nativeClass('Error', [exceptionClass], 'copy');

export function loadCopy(): PyModule {
  return moduleOf('copy', {
    ...functions({
      'copy(x)': shallowCopy,
      'deepcopy(x, memo=None)': (value: Value, memo?: Value) =>
        deepCopy(value, memo instanceof PyDict ? memo : new PyDict()),
      'replace(obj, /, **changes)': (obj: Value, changes: Map<string, Value>) => {
        const hook = special(obj, '__replace__');
        if (hook === undefined || hook === null)
          throw raise('TypeError', `replace() does not support ${typeName(obj)} objects`);
        return call(getAttribute(obj, '__replace__'), [], changes);
      },
    }),
    Error: errorClass,
    error: errorClass,
  });
}
