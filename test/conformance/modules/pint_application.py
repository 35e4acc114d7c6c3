"""The stand-in for the registry of an application, and classes of pint's insides."""
import pint
ureg = pint.get_application_registry()
fresh = isinstance(ureg.get(), pint.registry.LazyRegistry)
if fresh:
    ureg = pint.UnitRegistry()
    ureg.define('foo = 3 m')
    pint.set_application_registry(ureg)
from pint.facets.plain import PlainQuantity, PlainUnit
a = pint.get_application_registry()
for part in (fresh, isinstance(a.get(), pint.registry.LazyRegistry), a.get() is ureg, isinstance(3 * ureg.m, PlainQuantity), isinstance(ureg.m, PlainUnit), isinstance(3, PlainQuantity), pint.Quantity(2, 'foo').to('m'), str(ureg('3 foo'))):
    print(part)
