/** `collections`: `deque` and the moves of `OrderedDict` here, the rest in Python. */
import { orderedViews } from '../../python/builtins/dictViews';
import { callingModule } from '../../python/runtime/callers';
import type { PyDict } from '../../python/runtime/dict';
import { raise, Unsupported } from '../../python/runtime/errors';
import { touch } from '../../python/runtime/mutation';
import { defineMethods, fn } from '../../python/runtime/native';
import { PyClass, type PyModule, type Value } from '../../python/runtime/objects';
import { call, str, truth } from '../../python/runtime/operations';
import { guardedRepr } from '../../python/runtime/representation';
import { vm } from '../../python/runtime/vm';
import { abstractCollections } from './abstract';
import { dequeClass } from './deque';
import { functionMaker, runPython } from './python';
import { functions, moduleOf } from './support';
import { WRAPPERS } from './userContainers';

const SOURCE = String.raw`
_RESERVED = set('''
    and as assert async await break class continue def del elif else except finally for from global if import in is
    lambda nonlocal not or pass raise return try while with yield False None True
'''.split())

def _titled(function, name, owner=None):
    function.__name__ = name
    function.__qualname__ = name if owner is None else owner + '.' + name
    return function

def _shown(thing, *parts):
    return type(thing).__name__ + '(' + ', '.join([repr(part) for part in parts]) + ')'


# Named tuples

def _usable(word):
    return word.isidentifier() and word not in _RESERVED


def _with_positions(fields):
    taken, result = set(), []
    for position, field in enumerate(fields):
        fine = _usable(field) and field[0] != '_' and field not in taken
        result.append(field if fine else '_' + str(position))
        taken.add(field)
    return result


def _check_words(words):
    for word in words:
        if _usable(word):
            continue
        problem = 'cannot be a keyword' if word in _RESERVED else 'must be valid identifiers'
        raise ValueError(f'Type names and field names {problem}: {word!r}')


def _check_fields(fields, underscores):
    for position, field in enumerate(fields):
        if field[0] == '_' and not underscores:
            raise ValueError(f'Field names cannot start with an underscore: {field!r}')
        if field in fields[:position]:
            raise ValueError(f'Encountered duplicate field name: {field!r}')


def _last_fields(fields, values):
    values = tuple(values)
    required = len(fields) - len(values)
    if required < 0:
        raise TypeError('Got more default values than field names')
    return {field: value for field, value in zip(fields[required:], values)}


def namedtuple(typename, field_names, *, rename=False, defaults=None, module=None):
    words = field_names.replace(',', ' ').split() if isinstance(field_names, str) else field_names
    fields = [str(word) for word in words]
    title = str(typename)
    if rename:
        fields = _with_positions(fields)
    _check_words([title, *fields])
    _check_fields(fields, rename)
    optional = {} if defaults is None else _last_fields(fields, defaults)
    return _make_named_tuple(title, fields, optional, module, {})


def _constructor(title, fields, optional):
    parameters = ''.join([f', {f}=_optional[{f!r}]' if f in optional else f', {f}' for f in fields])
    items = ''.join([f + ', ' for f in fields])
    text = f'def __new__(_cls{parameters}):\n    return _build(_cls, ({items}))\n'
    return _titled(_function('__new__', text, {'_build': tuple.__new__, '_optional': optional}), '__new__', title)


def _reader(position):
    def refuse(record, value=None):
        raise AttributeError("can't set attribute")

    return property(lambda record: record[position], refuse, refuse, f'Alias for field number {position}')


def _record_methods(fields):
    def make(cls, iterable):
        record = tuple.__new__(cls, iterable)
        if len(record) == len(fields):
            return record
        raise TypeError(f'Expected {len(fields)} arguments, got {len(record)}')

    def replace(self, /, **kwds):
        unknown = [key for key in kwds if key not in fields]
        if unknown:
            raise TypeError(f'Got unexpected field names: {unknown!r}')
        return self._make([kwds.get(field, old) for field, old in zip(fields, self)])

    def show(self):
        return type(self).__name__ + '(' + ', '.join([f + '=' + repr(v) for f, v in zip(fields, self)]) + ')'

    return {
        '_make': make,
        '_replace': replace,
        '__repr__': show,
        '_asdict': lambda self: {field: value for field, value in zip(fields, self)},
        '__getnewargs__': lambda self: (*self,),
    }


def _make_named_tuple(title, fields, optional, module, extra):
    fields = tuple(fields)
    body = {name: _titled(method, name, title) for name, method in _record_methods(fields).items()}
    body['_make'] = classmethod(body['_make'])
    body['__replace__'] = body['_replace']
    body['__new__'] = _constructor(title, fields, optional)
    body['__doc__'] = title + '(' + ', '.join(fields) + ')'
    body['__slots__'] = ()
    body['_fields'] = body['__match_args__'] = fields
    body['_field_defaults'] = optional
    for position, field in enumerate(fields):
        body[field] = _reader(position)
    return type(title, (tuple,), {**body, **extra, '__module__': module or _calling_module()})


# Dictionaries with an order or a default

def _unions(like):
    def union(first, second, model):
        joined = like(model, first)
        joined.update(second)
        return joined

    def left(self, other):
        return union(self, other, self) if isinstance(other, dict) else NotImplemented

    def right(self, other):
        return union(other, self, self) if isinstance(other, dict) else NotImplemented

    return _titled(left, '__or__'), _titled(right, '__ror__')


_MISSING = object()


class OrderedDict(dict):
    __or__, __ror__ = _unions(lambda model, entries: type(model)(entries))

    def move_to_end(self, key, last=True):
        _move(self, key, last)

    def pop(self, key, default=_MISSING):
        return dict.pop(self, key) if default is _MISSING else dict.pop(self, key, default)

    def setdefault(self, key, default=None):
        return dict.setdefault(self, key, default)

    def popitem(self, last=True):
        for key in reversed(self) if last else self:
            entry = (key, self[key])
            del self[key]
            return entry
        raise KeyError('dictionary is empty')

    @classmethod
    def fromkeys(cls, iterable, value=None):
        filled = cls()
        for key in iterable:
            filled[key] = value
        return filled

    def copy(self):
        return type(self)(self)

    def __eq__(self, other):
        same = dict.__eq__(self, other)
        if same is True and isinstance(other, OrderedDict):
            return list(self) == list(other)
        return same

    def __ne__(self, other):
        same = self.__eq__(other)
        return same if same is NotImplemented else not same

    def __repr__(self):
        return _shown(self, dict(self)) if self else _shown(self)


class defaultdict(dict):
    __or__, __ror__ = _unions(lambda model, entries: type(model)(model.default_factory, entries))

    def __init__(self, default_factory=None, /, *args, **kwargs):
        if not (default_factory is None or callable(default_factory)):
            raise TypeError('first argument must be callable or None')
        dict.__init__(self, *args, **kwargs)
        self.default_factory = default_factory

    def __missing__(self, key):
        make = self.default_factory
        if make is None:
            raise KeyError(key)
        made = make()
        self[key] = made
        return made

    def copy(self):
        return type(self)(self.default_factory, self)

    __copy__ = copy

    def __deepcopy__(self, memo):
        import copy
        return type(self)(self.default_factory, copy.deepcopy(dict(self), memo))

    def __repr__(self):
        return _shown(self, self.default_factory, dict(self))


# Counters

def _side_by_side(left, right):
    for key in left:
        yield key, left[key], right[key]
    for key in right:
        if key not in left:
            yield key, left[key], right[key]


def _between_counters(name, answer):
    def operate(self, other):
        return answer(self, other) if isinstance(other, Counter) else NotImplemented
    return _titled(operate, name, 'Counter')


def _comparison(name, holds, strict=False):
    def answer(left, right):
        differs = False
        for _, mine, theirs in _side_by_side(left, right):
            if not holds(mine, theirs):
                return False
            differs = differs or (strict and mine != theirs)
        return differs or not strict
    return _between_counters(name, answer)


def _positive(entries):
    kept = Counter()
    for key, amount in entries:
        if amount > 0:
            kept[key] = amount
    return kept


def _combination(name, op):
    return _between_counters(
        name, lambda left, right: _positive((key, op(a, b)) for key, a, b in _side_by_side(left, right)))


def _in_place(name, op, over_own=False):
    def operate(self, other):
        amounts = ((key, other[key]) for key in self) if over_own else other.items()
        for key, amount in amounts:
            self[key] = op(self[key], amount)
        for key in list(self):
            if not self[key] > 0:
                del self[key]
        return self
    return _titled(operate, name, 'Counter')


def _plus(a, b): return a + b
def _minus(a, b): return a - b


def _tally(counter, source, step):
    known = counter.get
    if not (hasattr(source, 'keys') and hasattr(source, 'items')):
        for key in source:
            counter[key] = known(key, 0) + step
    elif step < 0:
        for key, amount in source.items():
            counter[key] = known(key, 0) - amount
    elif counter:
        for key, amount in source.items():
            counter[key] = amount + known(key, 0)
    else:
        dict.update(counter, source)


class Counter(dict):
    def __init__(self, iterable=None, /, **kwds):
        dict.__init__(self)
        self.update(iterable, **kwds)

    def update(self, iterable=None, /, **kwds):
        if iterable is not None:
            _tally(self, iterable, 1)
        _tally(self, kwds, 1)

    def subtract(self, iterable=None, /, **kwds):
        if iterable is not None:
            _tally(self, iterable, -1)
        _tally(self, kwds, -1)

    @classmethod
    def fromkeys(cls, iterable, v=None):
        raise NotImplementedError('Counter.fromkeys() is undefined.  Use Counter(iterable) instead.')

    def most_common(self, n=None):
        ranked = sorted(self.items(), key=lambda entry: entry[1], reverse=True)
        if n is None:
            return ranked
        return ranked[:n] if n >= 1 else []

    def elements(self):
        for key, times in self.items():
            yield from [key] * len(range(times))

    def total(self):
        return sum([amount for amount in self.values()])

    def copy(self):
        return type(self)(self)

    def __missing__(self, key):
        return 0

    def __delitem__(self, key):
        if key in self:
            dict.__delitem__(self, key)

    def __repr__(self):
        try:
            ranked = self.most_common()
        except TypeError:
            ranked = self.items()
        return _shown(self, dict(ranked)) if self else _shown(self)

    def __ne__(self, other):
        same = self.__eq__(other)
        return same if same is NotImplemented else not same

    def __pos__(self): return _positive(self.items())
    def __neg__(self): return _positive((key, 0 - amount) for key, amount in self.items())

    __eq__ = _comparison('__eq__', lambda a, b: a == b)
    __le__ = _comparison('__le__', lambda a, b: a <= b)
    __ge__ = _comparison('__ge__', lambda a, b: a >= b)
    __lt__ = _comparison('__lt__', lambda a, b: a <= b, strict=True)
    __gt__ = _comparison('__gt__', lambda a, b: a >= b, strict=True)
    __add__ = _combination('__add__', _plus)
    __sub__ = _combination('__sub__', _minus)
    __or__ = _combination('__or__', max)
    __and__ = _combination('__and__', lambda a, b: a if a < b else b)
    __iadd__ = _in_place('__iadd__', _plus)
    __isub__ = _in_place('__isub__', _minus)
    __ior__ = _in_place('__ior__', max)
    __iand__ = _in_place('__iand__', min, over_own=True)


# Wrappers

class ChainMap(_MutableMapping):
    def __init__(self, *maps):
        self.maps = [*maps] if maps else [{}]

    def _holder(self, key):
        for layer in self.maps:
            if key in layer:
                return layer
        return None

    def _merged_keys(self):
        return {key: None for layer in self.maps[::-1] for key in layer}

    def __missing__(self, key):
        raise KeyError(key)

    def __getitem__(self, key):
        for layer in self.maps:
            try:
                return layer[key]
            except KeyError:
                pass
        return self.__missing__(key)

    def get(self, key, default=None):
        if key not in self:
            return default
        return self[key]

    def __contains__(self, key): return self._holder(key) is not None
    def __iter__(self): return iter(self._merged_keys())
    def __len__(self): return len(self._merged_keys())
    def __bool__(self): return any([bool(layer) for layer in self.maps])
    def __repr__(self): return _shown(self, *self.maps)

    def __setitem__(self, key, value):
        self.maps[0][key] = value

    def __delitem__(self, key):
        top = self.maps[0]
        if key in top:
            del top[key]
        else:
            raise KeyError(f'Key not found in the first mapping: {key!r}')

    def pop(self, key, *default):
        top = self.maps[0]
        if key in top or default:
            return top.pop(key, *default)
        raise KeyError(f'Key not found in the first mapping: {key!r}')

    def popitem(self):
        if not self.maps[0]:
            raise KeyError('No keys found in the first mapping.')
        return self.maps[0].popitem()

    def clear(self):
        self.maps[0].clear()

    def __or__(self, other):
        if not isinstance(other, _Mapping):
            return NotImplemented
        joined = self.copy()
        joined.maps[0].update(other)
        return joined

    def __ror__(self, other):
        if not isinstance(other, _Mapping):
            return NotImplemented
        joined = dict(other)
        for layer in self.maps[::-1]:
            joined.update(layer)
        return type(self)(joined)

    def __ior__(self, other):
        self.maps[0].update(other)
        return self

    def copy(self):
        top, *below = self.maps
        return type(self)(top.copy(), *below)

    __copy__ = copy

    def new_child(self, m=None, **kwargs):
        top = kwargs if m is None else m
        if top is not kwargs and kwargs:
            top.update(kwargs)
        return type(self)(top, *self.maps)

    @property
    def parents(self):
        _, *below = self.maps
        return type(self)(*below)


${WRAPPERS}`;

const PUBLIC = [
  'namedtuple',
  'OrderedDict',
  'defaultdict',
  'Counter',
  'ChainMap',
  'UserDict',
  'UserList',
  '_make_named_tuple',
];

const move = fn('_move(mapping, key, last)', (mapping: PyDict, key: Value, last: Value) => {
  const entry = mapping.map.find(key);
  if (entry === undefined) throw raise('KeyError', key);
  touch(mapping);
  mapping.map.move(entry, truth(last));
  return null;
});

export function loadCollections(): PyModule {
  const abstract = abstractCollections();
  const python = runPython('collections', SOURCE, {
    _move: move,
    _calling_module: fn('_calling_module()', callingModule),
    _function: functionMaker,
    _Mapping: abstract.get('Mapping')!,
    _MutableMapping: abstract.get('MutableMapping')!,
    _MutableSequence: abstract.get('MutableSequence')!,
  });
  // CPython's are built in, and its messages name them with their module.
  for (const name of ['OrderedDict', 'defaultdict']) {
    const cls = python.get(name);
    if (!(cls instanceof PyClass)) continue;
    cls.errorName = `collections.${name}`;
    if (name === 'OrderedDict') {
      defineMethods(cls, orderedViews);
      const shown = cls.attrs.get('__repr__')!;
      defineMethods(cls, {
        '__repr__()': (self: PyDict) => guardedRepr(self, '...', () => str(call(shown, [self]))),
      });
    }
  }
  const module = moduleOf('collections', {
    ...Object.fromEntries(PUBLIC.map(name => [name, python.get(name)!])),
    ...functions({
      'UserString(seq)': () => {
        throw new Unsupported('collections.UserString', 'use str');
      },
    }),
    deque: dequeClass(),
  });
  module.lazy = name => (name === 'abc' ? vm.import('collections.abc') : undefined);
  return module;
}
