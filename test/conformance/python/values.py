def t(f):
    try: print(repr(f()))
    except BaseException as e: print(type(e).__name__, e)
# int methods/conversions edge cases
for v in [0, 1, -1, 255, -256, 2**64, -2**64, 10**30]:
    print(v.bit_length(), v.bit_count(), v.to_bytes(20, 'big', signed=True).hex(), int.from_bytes(v.to_bytes(20, 'little', signed=True), 'little', signed=True) == v, v // 7, v % 7, divmod(v, -3), v >> 3, v << 3, v & 0xff, v | 0xff, v ^ -1, ~v, float(v), hash(v), bin(v), oct(v), hex(v), f'{v:,}', f'{v:+d}', f'{v:#x}', str(v)[:5], v ** 2, abs(v), round(v, -1), v == float(v))
for s in ['12', ' 12 ', '1_2', '_12', '12_', '0x1F', '0b1', '1e5', '', ' ', '+5', '-5', '--5', '٣', '1 2', '0o7', '00012', '0_0', '１２']:
    for b in [10, 0, 2, 16, 36]: 
        try: print(repr(s), b, int(s, b))
        except ValueError as e: print(e)
for s in ['1.5', ' 1.5 ', '.5', '5.', '1e5', '1E-5', 'inf', '-Infinity', 'nan', '1_0.5', '1__0', '', '.', 'e5', '0x1p3', '1.5.5', '+1.5', 'infinit', '１.５']:
    try: print(repr(s), float(s))
    except ValueError as e: print(e)
for s in ['1+2j', 'j', '-j', '1', ' (1+2j) ', '1e5j', '1 +2j', '1+2', 'nanj', 'inf+infj', '+j', '1+j']:
    try: print(repr(s), complex(s))
    except ValueError as e: print(e)
for v in [1.0, 0.1, 1e16, 123456789.123456789, 1e-5, 1.5e300, -2.5, 2.5, 3.5, 1e22, 9007199254740993.0, 5e-324]:
    print(v, round(v), round(v, 1), round(v, -1), v.hex(), v.as_integer_ratio() if abs(v) < 1e20 and abs(v) > 1e-10 else 0, int(v) if abs(v) < 1e30 else 0, v // 1, v % 1, divmod(v, 0.3), v ** 0.5 if v > 0 else 0, f'{v:.0f} {v:.10g} {v:e} {v:10.2f} {v:g} {v:n} {v:.3%}', str(v), hash(v), -v, v.is_integer())
# slices everywhere
s = 'abcdefgh'; l = list(range(8)); tu = tuple(l); r = range(8); by = bytes(l)
for a in [None, 0, -1, 5, 100]:
    for b in [None, 3, -3, -100]:
        for c in [None, 1, 2, -1, -2, 3]:
            sl = slice(a, b, c); print(s[sl], l[sl], list(r[sl]), sl.indices(8), end=' ')
        print()
x = list(range(10)); x[2:5] = []; x[1:1] = [7, 8]; x[::3] = [0] * len(x[::3]); x[-1:] = 'ab'; print(x); del x[1:4:2]; print(x)
for op in [lambda: l[1.5], lambda: s['a'], lambda: l[1:2:0], lambda: tu[8], lambda: r[8], lambda: by[8], lambda: l.__getitem__(slice(1, 'a')), lambda: l[None]]: t(op)
# dict views & ordering
d = {'b': 1, 'a': 2}; d['c'] = 3; del d['b']; d['b'] = 4; print(d, list(d), d.keys() | {'z'} >= {'a'}, d.items() & {('a', 2)}, sorted(d), max(d, key=d.get), dict(sorted(d.items())), {**d, 'a': 0}, d | {'q': 1}, list(d.values()), 'a' in d.keys(), ('a', 2) in d.items(), 2 in d.values(), len(d.items()), d == dict(reversed(d.items())), list(reversed(d)), d.keys() == {'a', 'b', 'c'}, d.keys().isdisjoint(['x']))
d |= [('n', 1)]; print(d); t(lambda: d.__or__(1)); t(lambda: d | [1]); t(lambda: dict([(1, 2, 3)])); t(lambda: dict(['ab'])); t(lambda: {}.fromkeys('ab')); t(lambda: {[1]: 2}); t(lambda: d.pop('nope')); t(lambda: d['nope']); t(lambda: d.get([])); t(lambda: dict(**{1: 2}))
# comparisons
import itertools
vals = [1, 1.0, 'a', (1,), [2], {1, 2}, frozenset([1]), None, 1j, b'a', range(2), {'a': 1}]
for a, b in itertools.product(vals, repeat=2):
    row = []
    for f in (lambda: a == b, lambda: a < b, lambda: a >= b):
        try: row.append(f())
        except TypeError as e: row.append(str(e))
    print(row)
