# Reprs of containers that hold themselves.
from reprlib import recursive_repr
import reprlib


class Shelf:
    def __init__(self, *boxes):
        self.boxes = list(boxes)

    @recursive_repr()
    def __repr__(self):
        'What lies on it.'
        return f"Shelf({', '.join(map(repr, self.boxes))})"

    @reprlib.recursive_repr(fillvalue='<again>')
    def told(self, mark):
        return mark.join(box.told(mark) if isinstance(box, Shelf) else str(box) for box in self.boxes)


shelf = Shelf(1, 'b')
print(shelf, [shelf])
shelf.boxes.append(shelf)
print(shelf)
shelf.boxes.append(Shelf(2, shelf))
print(shelf)
print(Shelf.__repr__.__name__, Shelf.__repr__.__qualname__, Shelf.__repr__.__doc__, Shelf.__repr__.__wrapped__(Shelf(3)))


class Broken:
    parts = 0

    @recursive_repr('?')
    def __repr__(self):
        Broken.parts += 1
        if Broken.parts == 1:
            raise ValueError('once')
        return f'Broken({self.__dict__})'


broken = Broken()
broken.self = broken
try:
    repr(broken)
except ValueError as error:
    print(error)
print(broken)
try:
    print(shelf.told('-'))
except TypeError as error:
    print(error)
