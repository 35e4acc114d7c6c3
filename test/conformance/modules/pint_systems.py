import pint

# base units follow the system of each registry, one after the other and as it is set
for system in ('mks', 'cgs', 'imperial', 'US', 'SI', 'atomic', 'Planck'):
    ureg = pint.UnitRegistry(system=system)
    for units in ('m/s', 'newton', 'kg', 'foot', 'mol/liter', 'W/m**2'):
        print(system, units, repr(ureg.Quantity(2.5, units).to_base_units()), ureg.get_base_units(units)[1])
ureg = pint.UnitRegistry()
q = 3600.0 * ureg.meter / ureg.hour
print(q.to_base_units())
ureg.default_system = 'cgs'
print(q.to_base_units(), ureg.get_base_units('km')[1], q.to_root_units())
ureg.default_system = 'imperial'
print(f'{q.to_base_units():.3f}')
