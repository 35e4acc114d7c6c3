# Sorting asks for the same comparisons as CPython, so that what has no order comes out the same.
import statistics

nan, inf = float('nan'), float('inf')
numbers = [3.5, 2, inf, nan, 2, 3.5, -1, nan, 7, 7, 0.5, -inf, 9, 8, 8, 8, 1, nan, 4]
for size in range(2, len(numbers) + 1):
    print(sorted(numbers[:size]), sorted(numbers[-size:], reverse=True))
print(statistics.median(numbers), statistics.quantiles(numbers, n=4), min(numbers), max(numbers), sorted((numbers * 3)[:50]))
asked = []


class Item:
    def __init__(self, value, place):
        self.value, self.place = value, place

    def __lt__(self, other):
        asked.append((self.place, other.place))
        return self.value < other.value

    def __repr__(self):
        return f'{self.value}{"abcdefghijklmnopqrstuvwxyz"[self.place % 26]}'


for values in ([1, 1, 1, 0], [3, 2, 2, 1, 1, 5], [2, 2, 1, 1, 0, 0, 4, 4, 3], [5, 4, 4, 4, 3, 9, 1], [1, 2, 3, 3, 2, 1], [0] * 5, list(range(9, 0, -1)), [7, 1, 8, 2, 9, 3] * 3):
    asked.clear()
    print(sorted(Item(value, place) for place, value in enumerate(values)), asked)
