/** `UserDict` and `UserList` of `collections`: wrappers of their data, in the Python source of that module. */
export const WRAPPERS = String.raw`def _put(data, key, value): data[key] = value
def _drop(data, key): del data[key]
def _holds(data, item): return item in data


def _on_data(name, op):
    def operate(self, *given):
        return op(self.data, *given)
    return _titled(operate, name)


def _handed_on(name):
    def operate(self, /, *given, **named):
        return getattr(self.data, name)(*given, **named)
    return _titled(operate, name)


def _copied(self):
    return type(self)(self.data)


def _duplicate(self):
    made = type(self).__new__(type(self))
    vars(made).update(vars(self))
    made.data = self.data.copy()
    return made


class UserDict(_MutableMapping):
    def __init__(self, entries=None, /, **kwargs):
        self.data = {}
        for given in (entries, kwargs):
            if given is not None:
                self.update(given)

    def __getitem__(self, key):
        if key not in self.data:
            fallback = getattr(type(self), '__missing__', None)
            if fallback is None:
                raise KeyError(key)
            return fallback(self, key)
        return self.data[key]

    def get(self, key, default=None):
        return self[key] if key in self else default

    __len__ = _on_data('__len__', len)
    __iter__ = _on_data('__iter__', iter)
    __repr__ = _on_data('__repr__', repr)
    __contains__ = _on_data('__contains__', _holds)
    __setitem__ = _on_data('__setitem__', _put)
    __delitem__ = _on_data('__delitem__', _drop)
    copy = _titled(_copied, 'copy')
    __copy__ = _titled(_duplicate, '__copy__')

    def __or__(self, other):
        if not isinstance(other, (UserDict, dict)):
            return NotImplemented
        return type(self)(self.data | _data_of(other))

    def __ror__(self, other):
        if not isinstance(other, (UserDict, dict)):
            return NotImplemented
        return type(self)(_data_of(other) | self.data)

    def __ior__(self, other):
        self.data |= _data_of(other)
        return self


def _data_of(other):
    return other.data if isinstance(other, UserDict) else other


def _against_list(name, op):
    def operate(self, other):
        return op(self.data, other.data if isinstance(other, UserList) else other)
    return _titled(operate, name)


class UserList(_MutableSequence):
    def __init__(self, initlist=None):
        self.data = [] if initlist is None else [*initlist]

    def __getitem__(self, i):
        found = self.data[i]
        return type(self)(found) if isinstance(i, slice) else found

    def insert(self, i, item): self.data.insert(i, item)
    def __add__(self, other): return type(self)([*self.data, *other])
    def __mul__(self, n): return type(self)(self.data * n)

    __len__ = _on_data('__len__', len)
    __repr__ = _on_data('__repr__', repr)
    __contains__ = _on_data('__contains__', _holds)
    __setitem__ = _on_data('__setitem__', _put)
    __delitem__ = _on_data('__delitem__', _drop)
    __eq__ = _against_list('__eq__', lambda a, b: a == b)
    __lt__ = _against_list('__lt__', lambda a, b: a < b)
    __le__ = _against_list('__le__', lambda a, b: a <= b)
    __gt__ = _against_list('__gt__', lambda a, b: a > b)
    __ge__ = _against_list('__ge__', lambda a, b: a >= b)

    def __radd__(self, other): return type(self)([*other, *self.data])
    __rmul__ = __mul__

    def __iadd__(self, other):
        self.data += other.data if isinstance(other, UserList) else other
        return self

    def __imul__(self, n):
        self.data *= n
        return self

    remove = _handed_on('remove')
    pop = _handed_on('pop')
    sort = _handed_on('sort')
    copy = _titled(_copied, 'copy')
    __copy__ = _titled(_duplicate, '__copy__')
`;
