# The defaults of keywords are a dict that belongs to the function.


def price(amount, *, rate=0.2, fee=3):
    return amount * rate + fee


def plain(amount):
    return amount


print(price.__kwdefaults__, plain.__kwdefaults__)
price.__kwdefaults__["rate"] = 0.5
print(price(10))
print(price.__kwdefaults__ is price.__kwdefaults__)
del price.__kwdefaults__["fee"]
try:
    print(price(10))
except TypeError as error:
    print(error)
price.__kwdefaults__.update(fee=1, other=2)
print(price(10), price.__kwdefaults__)
