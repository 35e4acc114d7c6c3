"""What class and static methods keep of their own beside their function."""


class Base:
    @classmethod
    def made(cls):
        "of the class"
        return cls.__name__

    @staticmethod
    def plain():
        "of nobody"
        return 1


made, plain = vars(Base)["made"], vars(Base)["plain"]
print(made.__doc__, made.__name__, made.__qualname__, plain.__doc__, plain.__name__)
made.__doc__ = "another text"
plain.__name__ = "renamed"
made.note = [1]
made.note.append(2)
print(made.__doc__, Base.made.__doc__, made.__func__.__doc__)
print(plain.__name__, Base.plain.__name__, made.note)
for attempt in ("__func__", "__wrapped__"):
    print(getattr(made, attempt) is made.__func__)
print(Base.made(), Base.plain(), plain())
try:
    print(made.missing)
except AttributeError as error:
    print(error)
