"""`nonlocal __class__` in methods: what stands there for the class."""


class A:
    def set(self):
        def inner():
            nonlocal __class__
            __class__ = 5
            return __class__

        return inner(), __class__

    def get(self):
        nonlocal __class__
        found = __class__
        __class__ = int
        return found


print(A().get() is A, A().get(), A().set())
