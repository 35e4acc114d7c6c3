# Classes of the interpreter have no private names, so that hooks and defaults answer for them.
class Measure(float):
    def __getattr__(self, name):
        return f"hook for {name}"


print(Measure(2.5)._unit, Measure(1)._unit.upper())
print(getattr(Measure, "_unit", "none"), getattr(list, "_x", 8), hasattr("text", "_y"), hasattr({}, "__z"))
try:
    (1)._secret
except AttributeError as error:
    print(error)
