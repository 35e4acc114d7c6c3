import itertools


class One:
    def __index__(self):
        return 1


print(list(itertools.islice([1, 2, 3], One())), list(itertools.islice([1, 2, 3], One(), None)))
try:
    itertools.islice([1], 1.5)
except ValueError as error:
    print(error)
