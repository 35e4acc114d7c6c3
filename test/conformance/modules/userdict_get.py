from collections import UserDict


class Named(UserDict):
    def __missing__(self, key):
        return f'letter {key}'


class Wide(UserDict):
    def __missing__(self, key):
        return f'letter {key}'

    def __contains__(self, key):
        return True


print(Named(b=1)['a'], repr(Named(b=1).get('a', '')), Named(b=1).get('b'), Named().get('a'))
print(Wide().get('a'), UserDict(a=1).get('a'), UserDict().get('a', 3))
