import sys


def deep(n):
    return n and 1 + deep(n - 1)


def tried(n):
    try:
        return deep(n)
    except RecursionError as error:
        return str(error)


sys.setrecursionlimit(3000)
print(sys.getrecursionlimit(), tried(2900), tried(3100))
sys.setrecursionlimit(1500)
print(sys.getrecursionlimit(), tried(1400), tried(1600))
sys.setrecursionlimit(2000)
print(tried(1600), tried(2100))
for limit in (0, -5):
    try:
        sys.setrecursionlimit(limit)
    except ValueError as error:
        print(error)
