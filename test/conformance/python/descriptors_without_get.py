class Stored:
    def __set_name__(self, owner, name):
        self.name = name

    def __set__(self, instance, value):
        instance.__dict__[self.name] = value * 2


class Meta(type):
    size = Stored()


class Item(metaclass=Meta):
    weight = Stored()
    price = Stored()

    def __init__(self, weight, price):
        self.weight = weight
        self.price = price


class Heavy(Item):
    def __getattribute__(self, name):
        return super().__getattribute__(name)


item = Item(5, 1.5)
print(item.weight, item.price, item.weight * item.price, vars(item))
item.weight = 7
print(item.weight, getattr(item, 'weight'), type(Item.weight).__name__)
del item.__dict__['weight']
print(type(item.weight).__name__)
print(Heavy(2, 3).weight)
