"""Contexts of pint: its own, those of definitions, and those that a program makes."""
import pint
ureg = pint.UnitRegistry()
q = 532 * ureg.nm
print(q.to("THz", "spectroscopy"))
with ureg.context("sp"):
    print(q.to("eV"))
    print((1 * ureg.eV).to("nm"))
    print((3*ureg.THz).to("1/cm"))
print((300*ureg.K).to("eV", "boltzmann"))
with ureg.context("sp", n=1.33):
    print(q.to("THz"))
c = pint.Context("ab")
c.add_transformation("[length]", "[time]", lambda ureg, x: x / ureg.speed_of_light)
ureg.add_context(c)
print((3 * ureg.km).to("us", "ab"))
ureg.enable_contexts("ab")
print((6 * ureg.km).to("us"))
ureg.disable_contexts()
print((1*ureg.mol).to("g", "chemistry", mw=18*ureg("g/mol")))
try:
    print((1*ureg.km).to("s", "nope"))
except KeyError as e:
    print("KeyError", e)
try:
    print((1*ureg.km).to("s", "sp"))
except pint.DimensionalityError as e:
    print(e)
with ureg.context("energy"):
    print((1*ureg.kg).to("joule"), (1*ureg.eV).to("kJ/mol"))
with ureg.context("sp", n=1.5):
    with ureg.context("boltzmann"):
        print((500 * ureg.nm).to("THz"), (300*ureg.K).m_as("meV"))
print((0.5*ureg.mol/ureg.l).to("g/l", "chem", mw=58.44*ureg("g/mol")))
print((20 * ureg.tex).to("km/kg", "textile"))
ureg.load_definitions(["@context(k=2) odd = o", "    [time] <-> [length]: value * speed_of_light / k", "@end"])
print((1*ureg.s).to("km", "odd"), (1*ureg.s).to("km", "o", k=4))
ureg.enable_contexts("o")
print(ureg.convert(1, "s", "m"), (2*ureg.s).to("m"))
ureg.disable_contexts(1)
q = 3 * ureg.s
q.ito("m", "o")
print(q)
d = pint.Context("d", aliases=("dd",), defaults={"f": 3})
d.add_transformation("[mass]", "[length]", lambda reg, v, f: v * f * reg("m/kg"))
ureg.add_context(d)
print((2*ureg.kg).to("m", "dd"), (2*ureg.kg).to("m", "d", f=4), d.name)

length, again = 3 * ureg.km, ureg.Unit("km")
print(length.is_compatible_with("hour"), length.is_compatible_with("hour", "sp"), length.is_compatible_with("THz", "sp"), again.is_compatible_with("THz", "sp"), again.is_compatible_with(ureg.THz))
with ureg.context("sp"):
    print(length.is_compatible_with("THz"), ureg.is_compatible_with("3 km", "THz"), ureg.is_compatible_with(again, "kg"), ureg.is_compatible_with(3, 4))
print(ureg.is_compatible_with(length, "kg", "d"), ureg.is_compatible_with("2 kg", length, "d", f=3), length.is_compatible_with(length, n=3))
