# A function that is cached, and an object that is called, take one frame a call.
from functools import cache, lru_cache


@cache
def ways(coins, total):
    if total == 0:
        return 1
    if total < 0 or not coins:
        return 0
    return ways(coins[1:], total) + ways(coins, total - coins[0])


print(ways((1, 2, 5), 400))
print(ways.cache_info().currsize)


@lru_cache(maxsize=None)
def depth(n):
    return n and 1 + depth(n - 1)


print(depth(450))
print(depth.cache_info())


class Countdown:
    def __call__(self, n):
        return n and 1 + self(n - 1)


print(Countdown()(450))


class Itself:
    pass


loop = Itself
Itself.__call__ = Itself()
try:
    Itself()()
except RecursionError:
    print("no end")
