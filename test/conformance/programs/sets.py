# Sets of numbers show their items in the order of CPython's hash table.
print({3, 1, 2}, {10, 5, 1, 100}, {-1, -2, 0}, {8, 16, 0}, {1.5, 2.5, 0.25}, {None, 1}, set(range(20)))
print(frozenset([64, 32, 16, 8, 4, 2, 1]), {True, False, 2}, {(1, 2), (0, 1)}, {2**61, 5, 2**70})
for size in (16, 64, 1000, 7):
    print(list({size * n for n in range(1, 9)}))
print([*{7, 70, 700, 7000, 70000}], max({3, 9, 1}), sorted({5, 1, 3}), sum({1, 2, 3}))
s = {9, 4}
s.add(1)
print(s, s.pop(), s)
print({1, 2, 3} & {3, 2, 9}, {1, 2, 3} - {2}, {40, 3} | {1}, {1, 8} ^ {8, 16})
for item in {33, 1, 65, 97}:
    print(item, end=" ")
print()
print({i * i % 31 for i in range(31)})
print({1 / n for n in range(1, 8)})
print(len({"a", "b"}), sorted({"b", "a"}), {"only"})
