# Views of mappings have one layout, and private names of a class are its own.
from collections.abc import ItemsView, KeysView, Mapping, MutableMapping, ValuesView
from datetime import date


class Both(KeysView, ValuesView):
    pass


both = Both({'oak': 3, 'elm': 5})
print(len(both), list(both), 'oak' in both, 'ash' in both, both)
print(KeysView({1: 2}) & {1, 5}, list(ItemsView({'x': 1})), list(ValuesView({'x': 3})))


class Rings(MutableMapping):
    _count = 0

    def __init__(self):
        self._rings = {}

    def __getitem__(self, key):
        return self._rings[key]

    def __setitem__(self, key, value):
        self._rings[key] = value

    def __delitem__(self, key):
        del self._rings[key]

    def __iter__(self):
        return iter(self._rings)

    def __len__(self):
        return len(self._rings)


rings = Rings()
rings.update(oak=80)
print(getattr(rings, '_inverse', 'none yet'), hasattr(rings, '_count'), rings.setdefault('elm', 4), dict(rings))
print(hasattr(Mapping, '_keys'), hasattr(set, '_hash'))
for make in (lambda: rings._missing, lambda: date.noon):
    try:
        make()
    except AttributeError as error:
        print(error)
