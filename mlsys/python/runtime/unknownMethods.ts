/** How unknown values, and objects that may have been changed, answer operations. */
import { BUILTINS, openBuiltins } from './builtinNames';
import { PyDict } from './dict';
import { drawings } from './drawings';
import { noteUnknownCall } from './files';
import { isNamespacePath } from './namespaceNames';
import {
  type Keywords,
  NativeFunction,
  PyCallable,
  PyClass,
  PyInstance,
  PyList,
  PyObject,
  PyProperty,
  PyTuple,
  type Value,
} from './objects';
import { drawnBy, loseDraws } from './sharedGenerators';
import {
  announce,
  causeOf,
  classOf,
  escapes,
  heldBy,
  isExact,
  isUnknown,
  leadingTo,
  loseClasses,
  meet,
  PyUnknown,
  spread,
  standsForCode,
  taint,
  taintAttribute,
  taintOf,
  UnknownReached,
  unknownClass,
} from './unknown';

type Answer = (self: PyObject, args: Value[], keywords: Keywords) => Value;

function answer(name: string, body: Answer): void {
  const made = new NativeFunction(name, (args, keywords) => body(args[0] as PyObject, args.slice(1), keywords), {
    binds: true,
  });
  unknownClass.setAttribute(name, made);
}

/** Has those unknown values answer an operation of which `body` knows the result; undefined leaves it as it was before. */
export function refine(name: string, body: (args: readonly Value[]) => Value | undefined): void {
  const usual = unknownClass.attrs.get(name) as NativeFunction;
  const call: NativeFunction['call'] = (args, keywords) => {
    const known = body(args);
    return known === undefined ? usual.call(args, keywords) : known;
  };
  unknownClass.setAttribute(name, new NativeFunction(name, call, { binds: true }));
}

/** What an unknown value, or an object that may have been changed, leads to. */
function leadsTo(self: PyObject): readonly Value[] {
  return self instanceof PyUnknown ? self.may : [self];
}

/** The classes of the chapter that an unknown value, or an object that may have been changed, may be of; each with the object. */
function* ownClasses(self: PyObject): Iterable<[PyClass, Value]> {
  if (!(self instanceof PyUnknown)) {
    const { cls } = taintOf(self)!;
    if (!cls.native) yield [cls, self];
    // Code may have made it an object of another class.
    if (self instanceof PyInstance)
      for (const one of heldBy(self)) if (one instanceof PyClass && !one.native) yield [one, self];
    return;
  }
  for (const lead of self.may) {
    const cls = lead instanceof PyClass ? lead : classOf(lead);
    if (!cls.native && cls !== unknownClass) yield [cls, lead];
  }
}

/** What a special method of the object's own class may do besides. */
function runOwn(self: PyObject, name: string, args: readonly Value[]): void {
  for (const [cls, object] of ownClasses(self)) {
    const own = cls.lookup(name);
    if (own !== undefined && !(own instanceof NativeFunction)) escapes.call(own, [object, ...args], causeOf(self));
  }
  if (!(self instanceof PyUnknown)) return;
  for (const lead of self.may) if (standsForCode(lead)) escapes.call(lead, args, self.cause);
  escapes.again(self.cause);
}

/** What reading, setting or deleting an attribute may do that the object's own class has defined code for. */
function runAttribute(self: PyObject, name: string, access: 'get' | 'set' | 'delete', args: readonly Value[]): void {
  const cause = causeOf(self);
  for (const [cls, object] of ownClasses(self)) {
    const found = cls.lookup(name);
    if (found === undefined) {
      const hook = access === 'get' ? cls.lookup('__getattr__') : undefined;
      if (hook !== undefined) escapes.call(hook, [object, name], cause);
    } else if (found instanceof PyProperty) {
      const code = { get: found.fget, set: found.fset, delete: found.fdel }[access];
      if (code !== null) escapes.call(code, [object, ...args], cause);
    } else if (found instanceof PyUnknown) escapes.handler([...found.may, object, ...args], cause);
    else if (found instanceof PyObject && !(found instanceof PyCallable) && !isUnknown(found)) {
      const method = found.cls.lookup(`__${access}__`);
      if (method === undefined) continue;
      if (!found.cls.native) escapes.call(method, [found, object, ...args], cause);
      // A property of the library's own kind, such as one that keeps what it gave.
      else for (const code of Object.values(found)) if (code instanceof PyCallable) escapes.call(code, [object], cause);
    }
  }
}

const NEED_MORE =
  'bool len iter next hash str repr format float int index complex contains trunc round floor ceil reversed length_hint ' +
  'instancecheck subclasscheck mro_entries aiter bytes fspath dir';
for (const name of NEED_MORE.split(' '))
  answer(`__${name}__`, (self, args) => {
    meet(causeOf(self));
    runOwn(self, `__${name}__`, args);
    throw new UnknownReached(causeOf(self), leadsTo(self));
  });

const GIVE_UNKNOWN =
  'add sub mul truediv floordiv mod divmod pow matmul lshift rshift and or xor radd rsub rmul rtruediv rfloordiv rmod ' +
  'rdivmod rpow rmatmul rlshift rrshift rand ror rxor eq ne lt le gt ge neg pos abs invert enter exit get';
for (const name of GIVE_UNKNOWN.split(' '))
  answer(`__${name}__`, (self, args) => {
    runOwn(self, `__${name}__`, args);
    return spread(causeOf(self), { may: leadingTo([self, ...args]) });
  });

/** Puts values into an object that may have been changed. */
function change(self: PyObject, values: readonly Value[]): void {
  taint(self, causeOf(self), values);
  escapes.put(self, values);
}

const IN_PLACE = 'add sub mul truediv floordiv mod pow matmul lshift rshift and or xor';
for (const name of IN_PLACE.split(' '))
  answer(`__i${name}__`, (self, args) => {
    runOwn(self, `__i${name}__`, args);
    const cause = causeOf(self);
    if (self instanceof PyUnknown) escapes.handler(self.may, cause);
    else change(self, args);
    return self instanceof PyUnknown ? spread(cause, { may: leadingTo([self, ...args]) }) : self;
  });

answer('__getattribute__', (self, [given]) => {
  const name = String(given);
  const cause = causeOf(self);
  if (name === '__dict__' && self instanceof PyUnknown && self.path === BUILTINS) openBuiltins(cause);
  if (self instanceof PyUnknown && self.path !== undefined) return spread(cause, { path: `${self.path}.${name}` });
  runAttribute(self, name, 'get', []);
  if (self instanceof PyUnknown) for (const lead of self.may) if (standsForCode(lead)) escapes.call(lead, [], cause);
  return spread(cause, { may: leadsTo(self), method: name });
});
answer('__getitem__', (self, [key]) => {
  runOwn(self, '__getitem__', [key!]);
  const keys = taintOf(self)?.keys;
  if (keys !== undefined && isExact(key!) && !keys.has(key!)) {
    const known = (self as PyDict).map.get(key!);
    if (known !== undefined) return known;
  }
  return spread(causeOf(self), { path: pathWithin(self, key), may: leadsTo(self) });
});

/** Parts of a value that are looked at. */
const MOST_PARTS = 1000;

/** True for values that can be gone through, and all that they hold, without code that does more. */
function arePlain(values: readonly Value[]): boolean {
  const open = [...values];
  for (const value of open) {
    if (open.length > MOST_PARTS) return false;
    if (value instanceof PyUnknown) open.push(...value.may);
    else if (value instanceof PyDict && value.cls.native)
      for (const [key, item] of value.entries()) open.push(key, item);
    else if ((value instanceof PyList || value instanceof PyTuple) && value.cls.native) open.push(...value.items);
    else if (value instanceof PyObject) return false;
  }
  return true;
}

/** The items to which a value is unpacked of which nothing is known; undefined where to go through it may do more than that. */
export function unpackUnknown(value: PyUnknown, count: number): readonly Value[] | undefined {
  if (!arePlain(value.may)) return undefined;
  return Array.from({ length: count }, () => spread(value.cause, { may: value.may }));
}

/** What leads to the names of the chapter itself: its own module, and functions that give them. */
function loseNames({ path, cause }: PyUnknown): void {
  if (path !== undefined && isNamespacePath(path)) escapes.everything(cause);
}

/** The path of an item, or of what a call gives: of what leads to the names of the chapter, each part does. */
function pathWithin(self: PyObject, key?: Value): string | undefined {
  const path = self instanceof PyUnknown ? self.path : undefined;
  if (path === undefined) return undefined;
  if (path.endsWith('.__dict__') && typeof key === 'string') return path.replace(/__dict__$/, () => key);
  return isNamespacePath(path) ? path : undefined;
}

/** A value that is put into something unknown: whoever changes the one may change the other. */
function put(self: PyObject, value: Value, method: string, args: readonly Value[]): null {
  const cause = causeOf(self);
  meet(cause);
  runOwn(self, method, args);
  if (self instanceof PyUnknown) loseNames(self);
  if (self instanceof PyUnknown) escapes.handler([...self.may, value], cause);
  else change(self, [value]);
  return null;
}

answer('__setitem__', (self, [key, value]) => {
  const keys = taintOf(self)?.keys;
  if (keys === undefined || !isExact(key!) || !announce(self)) return put(self, value!, '__setitem__', [key!, value!]);
  (self as PyDict).map.set(key!, value!);
  keys.delete(key!);
  return null;
});
/** What functions and classes are called and say of themselves: to set that calls nothing. */
const DESCRIBING = new Set(['__doc__', '__name__', '__qualname__', '__module__']);

answer('__setattr__', (self, [name, value]) => {
  if (DESCRIBING.has(String(name)) && self instanceof PyUnknown && self.may.length > 0)
    if (self.may.every(lead => standsForCode(lead) || lead instanceof PyCallable)) {
      meet(self.cause);
      for (const lead of self.may)
        if (lead instanceof PyCallable) taintAttribute(lead, String(name), self.cause, [], false);
      return null;
    }
  runAttribute(self, String(name), 'set', [value!]);
  if (self instanceof PyUnknown && self.path === BUILTINS) openBuiltins(causeOf(self));
  return put(self, value!, '__setattr__', [name!, value!]);
});
answer('__delitem__', (self, [key]) => put(self, null, '__delitem__', [key!]));
answer('__delattr__', (self, [name]) => {
  runAttribute(self, String(name), 'delete', []);
  return put(self, null, '__delattr__', [name!]);
});

/** Functions of modules that are often missing, which neither change nor keep what they are given. */
const HARMLESS = new RegExp(
  [
    'pandas\\.(?:DataFrame|Series|Timestamp|Timedelta|Index|date_range|to_\\w+|read_\\w+|concat|merge)',
    'geopandas\\.(?:GeoDataFrame|GeoSeries|points_from_xy|read_\\w+)',
    'polars\\.(?:DataFrame|LazyFrame|Series|col|lit|when|concat|date_range|from_\\w+|read_\\w+|scan_\\w+)',
    'seaborn\\.(?:\\w+plot|set\\w*|color_palette|heatmap|load_dataset)',
    'plotly\\.(?:express|graph_objects|subplots)\\.\\w+',
    'sklearn\\.(?:metrics\\.\\w+|datasets\\.(?:load|make|fetch)_\\w+|model_selection\\.train_test_split)',
    'scipy\\.stats\\.\\w+',
    'requests\\.(?:get|post|head)',
    'torch\\.tensor',
    'tabulate\\.tabulate',
    '(?:plotnine|time)\\.\\w+',
  ]
    .map(path => `^${path}$`)
    .join('|'),
);

answer('__call__', (self, args, keywords) => {
  const cause = causeOf(self);
  const given = keywords === undefined ? args : [...args, ...keywords.values()];
  if (!(self instanceof PyUnknown)) {
    runOwn(self, '__call__', given);
    return spread(cause, { may: leadingTo([self, ...given]) });
  }
  const { path, method, may } = self;
  noteUnknownCall(path ?? method ?? '', given);
  loseNames(self);
  loseDraws(drawnBy(cause, path ?? method ?? '', keywords), cause);
  drawings.called(path ?? method ?? '', given, cause);
  if (path !== undefined && HARMLESS.test(path)) {
    escapes.use(given, cause);
    return spread(cause, { may: leadingTo(given) });
  }
  escapes.handler(given, cause);
  loseClasses(given, cause);
  if (method !== undefined && may.length > 0) escapes.method(method, may, given, cause);
  else escapes.handler(may, cause);
  escapes.again(cause);
  return spread(cause, { path: pathWithin(self), may: leadingTo([...given, self]) });
});
