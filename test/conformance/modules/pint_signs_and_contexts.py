"""Signs of money as units, names in texts that are not ASCII, and contexts whose parameters stand in the wrong place."""
import pint

ureg = pint.UnitRegistry()
ureg.load_definitions("""
euro = [currency] = € = EUR
sterling = 1.2 euro = £
zoll_größe = 2.54 cm
@context heatvalue(h=10)
    [length] ** 3 -> [energy]: value * h * kilowatt_hour / meter ** 3
@end
@context(h=9) other = oth
    [length] ** 3 -> [energy]: value * h * kilowatt_hour / meter ** 3
@end
""".strip().splitlines())
for text in ("€", "3 €", "k€", "€/h", "5 €/h + 2 €/h", "3€", "£ * m", "2 zoll_größe"):
    print(text, "|", repr(ureg.parse_expression(text)))
print(ureg.Quantity(10, "sterling").to("€"), f"{ureg.Quantity(3, 'EUR/kWh'):~P}")
for text in ("€2", "3 ¢"):
    try:
        ureg.parse_expression(text)
    except pint.UndefinedUnitError as error:
        print(error)
print(ureg.Quantity(5, "m^3").to("kWh", "heatvalue", h=11))
print(ureg.Quantity(5, "m^3").to("kWh", "other"), ureg.Quantity(5, "m^3").to("kWh", "oth", h=2))
