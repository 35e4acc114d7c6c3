/** `collections.abc`: what containers have in common, checked by methods; mixins in Python. */

import { fn } from '../../python/runtime/native';
import {
  bytearrayClass,
  bytesClass,
  dictClass,
  frozensetClass,
  generatorClass,
  listClass,
  PyClass,
  type PyModule,
  PyObject,
  rangeClass,
  setClass,
  strClass,
  tupleClass,
  typeOf,
  type Value,
} from '../../python/runtime/objects';
import { abcClass, markAbstract } from './abc';
import { runPython } from './python';
import { moduleOf } from './support';

const SOURCE = String.raw`
class Hashable(ABC):
    @abstractmethod
    def __hash__(self): return 0

class Iterable(ABC):
    @abstractmethod
    def __iter__(self):
        while False:
            yield None

class Iterator(Iterable):
    @abstractmethod
    def __next__(self): raise StopIteration
    def __iter__(self): return self

class Reversible(Iterable):
    @abstractmethod
    def __reversed__(self):
        while False:
            yield None

class Generator(Iterator):
    def __next__(self): return self.send(None)
    @abstractmethod
    def send(self, value): raise StopIteration
    @abstractmethod
    def throw(self, typ, val=None, tb=None): raise typ
    def close(self): pass

class Sized(ABC):
    @abstractmethod
    def __len__(self): return 0

class Container(ABC):
    @abstractmethod
    def __contains__(self, x): return False

class Collection(Sized, Iterable, Container):
    pass

class Callable(ABC):
    @abstractmethod
    def __call__(self, *args, **kwds): return False

class Set(Collection):
    def __le__(self, other):
        if not isinstance(other, Set): return NotImplemented
        return len(self) <= len(other) and all(e in other for e in self)
    def __lt__(self, other):
        if not isinstance(other, Set): return NotImplemented
        return len(self) < len(other) and self.__le__(other)
    def __gt__(self, other):
        if not isinstance(other, Set): return NotImplemented
        return len(self) > len(other) and self.__ge__(other)
    def __ge__(self, other):
        if not isinstance(other, Set): return NotImplemented
        return len(self) >= len(other) and all(e in self for e in other)
    def __eq__(self, other):
        if not isinstance(other, Set): return NotImplemented
        return len(self) == len(other) and self.__le__(other)
    @classmethod
    def _from_iterable(cls, it): return cls(it)
    def __and__(self, other):
        if not isinstance(other, Iterable): return NotImplemented
        return self._from_iterable(value for value in other if value in self)
    __rand__ = __and__
    def isdisjoint(self, other): return not any(value in self for value in other)
    def __or__(self, other):
        if not isinstance(other, Iterable): return NotImplemented
        return self._from_iterable(e for s in (self, other) for e in s)
    __ror__ = __or__
    def __sub__(self, other):
        if not isinstance(other, Iterable): return NotImplemented
        return self._from_iterable(value for value in self if value not in set(other))
    def __xor__(self, other):
        if not isinstance(other, Iterable): return NotImplemented
        other = self._from_iterable(other)
        return (self - other) | (other - self)

class MutableSet(Set):
    @abstractmethod
    def add(self, value): raise NotImplementedError
    @abstractmethod
    def discard(self, value): raise NotImplementedError
    def remove(self, value):
        if value not in self: raise KeyError(value)
        self.discard(value)
    def pop(self):
        for value in self:
            self.discard(value)
            return value
        raise KeyError
    def clear(self):
        for value in list(self): self.discard(value)
    def __ior__(self, it):
        for value in it: self.add(value)
        return self

class MappingView(Sized):
    def __init__(self, mapping): self._mapping = mapping
    def __len__(self): return len(self._mapping)
    def __repr__(self): return f'{self.__class__.__name__}({self._mapping!r})'

class KeysView(MappingView, Set):
    @classmethod
    def _from_iterable(cls, it): return set(it)
    def __contains__(self, key): return key in self._mapping
    def __iter__(self): yield from self._mapping

class ItemsView(MappingView, Set):
    @classmethod
    def _from_iterable(cls, it): return set(it)
    def __contains__(self, item): return item[0] in self._mapping and self._mapping[item[0]] == item[1]
    def __iter__(self):
        for key in self._mapping: yield (key, self._mapping[key])

class ValuesView(MappingView, Collection):
    def __contains__(self, value): return any(v is value or v == value for v in self)
    def __iter__(self):
        for key in self._mapping: yield self._mapping[key]

class Mapping(Collection):
    @abstractmethod
    def __getitem__(self, key): raise KeyError
    def get(self, key, default=None):
        try:
            return self[key]
        except KeyError:
            return default
    def __contains__(self, key):
        try:
            self[key]
        except KeyError:
            return False
        return True
    def keys(self): return KeysView(self)
    def items(self): return ItemsView(self)
    def values(self): return ValuesView(self)
    def __eq__(self, other):
        if not isinstance(other, Mapping): return NotImplemented
        return dict(self.items()) == dict(other.items())

class MutableMapping(Mapping):
    @abstractmethod
    def __setitem__(self, key, value): raise KeyError
    @abstractmethod
    def __delitem__(self, key): raise KeyError
    def pop(self, key, *default):
        try:
            value = self[key]
        except KeyError:
            if not default: raise
            return default[0]
        del self[key]
        return value
    def popitem(self):
        for key in self:
            value = self[key]
            del self[key]
            return key, value
        raise KeyError
    def clear(self):
        for key in list(self): del self[key]
    def update(self, other=(), /, **kwds):
        if hasattr(other, 'keys'):
            for key in other.keys(): self[key] = other[key]
        else:
            for key, value in other: self[key] = value
        for key, value in kwds.items(): self[key] = value
    def setdefault(self, key, default=None):
        if key not in self: self[key] = default
        return self[key]

class Sequence(Reversible, Collection):
    @abstractmethod
    def __getitem__(self, index): raise IndexError
    def __iter__(self):
        i = 0
        try:
            while True:
                yield self[i]
                i += 1
        except IndexError:
            return
    def __contains__(self, value): return any(v is value or v == value for v in self)
    def __reversed__(self):
        for i in reversed(range(len(self))): yield self[i]
    def index(self, value, start=0, stop=None):
        for i, v in enumerate(self):
            if i >= start and (stop is None or i < stop) and (v is value or v == value): return i
        raise ValueError
    def count(self, value): return sum(1 for v in self if v is value or v == value)

class MutableSequence(Sequence):
    @abstractmethod
    def __setitem__(self, index, value): raise IndexError
    @abstractmethod
    def __delitem__(self, index): raise IndexError
    @abstractmethod
    def insert(self, index, value): raise IndexError
    def append(self, value): self.insert(len(self), value)
    def clear(self):
        while len(self): self.pop()
    def reverse(self): self[:] = list(self)[::-1]
    def extend(self, values):
        for v in list(values): self.append(v)
    def pop(self, index=-1):
        v = self[index]
        del self[index]
        return v
    def remove(self, value): del self[self.index(value)]
    def __iadd__(self, values):
        self.extend(values)
        return self

class Awaitable(ABC): pass
class Coroutine(Awaitable): pass
class AsyncIterable(ABC): pass
class AsyncIterator(AsyncIterable): pass
class Buffer(ABC): pass
ByteString = Buffer
`;

/** Interfaces that a class has by its methods alone. */
const BY_METHODS: Readonly<Record<string, readonly string[]>> = {
  Hashable: ['__hash__'],
  Iterable: ['__iter__'],
  Iterator: ['__iter__', '__next__'],
  Reversible: ['__reversed__', '__iter__'],
  Sized: ['__len__'],
  Container: ['__contains__'],
  Collection: ['__len__', '__iter__', '__contains__'],
  Callable: ['__call__'],
};

/** Interfaces that built-in classes are declared to have. */
const BY_CLASS: Readonly<Record<string, readonly PyClass[]>> = {
  Sequence: [listClass, tupleClass, strClass, rangeClass, bytesClass, bytearrayClass],
  MutableSequence: [listClass, bytearrayClass],
  Mapping: [dictClass],
  MutableMapping: [dictClass],
  Set: [setClass, frozensetClass],
  MutableSet: [setClass],
  Generator: [generatorClass],
};

const BY_NAME: Readonly<Record<string, readonly string[]>> = {
  KeysView: ['dict_keys'],
  ItemsView: ['dict_items'],
  ValuesView: ['dict_values'],
  MappingView: ['dict_keys', 'dict_items', 'dict_values'],
  Set: ['dict_keys', 'dict_items'],
  Mapping: ['mappingproxy'],
  Sequence: ['deque'],
  MutableSequence: ['deque'],
};

let made: Map<string, Value> | undefined;

/** The classes by name; made when first asked for. */
export function abstractCollections(): ReadonlyMap<string, Value> {
  if (made !== undefined) return made;
  const members = runPython('collections.abc', SOURCE, {
    ABC: abcClass,
    abstractmethod: fn('abstractmethod(funcobj)', markAbstract),
  });
  members.delete('ABC');
  members.delete('abstractmethod');
  for (const [name, cls] of members) if (cls instanceof PyClass) addCheck(name, cls);
  made = members;
  return members;
}

function addCheck(name: string, cls: PyClass): void {
  const methods = BY_METHODS[name];
  const listed = BY_CLASS[name] ?? [];
  const names = BY_NAME[name] ?? [];
  const check = (own: PyClass): boolean =>
    (methods?.every(method => (own.lookup(method) ?? null) !== null || implied(own, method)) ?? false) ||
    listed.some(one => own.isSubclassOf(one)) ||
    own.mro.some(one => names.includes(one.name));
  cls.subclassCheck = check;
  cls.instanceCheck = value => check(typeOf(value)) || (name === 'Callable' && isFunction(value));
}

/** Methods that values of ours have without a table entry. */
function implied(cls: PyClass, method: string): boolean {
  return method === '__reversed__' && (cls === listClass || cls === rangeClass || cls === dictClass);
}

function isFunction(value: Value): boolean {
  return value instanceof PyClass || (value instanceof PyObject && /function|method/.test(value.cls.name));
}

export function loadCollectionsAbc(): PyModule {
  return moduleOf(
    'collections.abc',
    Object.fromEntries([...abstractCollections()].filter(([name]) => name !== '__name__')),
  );
}
