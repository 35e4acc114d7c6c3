"""Where locators put ticks, and what formatters write."""
import matplotlib.pyplot as plt
from matplotlib import ticker

for locator in [
    ticker.MultipleLocator(2.5),
    ticker.FixedLocator([1, 2, 4, 8]),
    ticker.FixedLocator([1, 2, 4, 8, 16, 32], nbins=3),
    ticker.MaxNLocator(4),
    ticker.MaxNLocator(nbins=5, integer=True),
    ticker.LinearLocator(5),
]:
    print(type(locator).__name__, [round(float(at), 6) for at in locator.tick_values(1, 9)])

fig, ax = plt.subplots()
ax.plot([1, 2, 3], [10, 200, 3000])
for formatter in [
    ticker.StrMethodFormatter("{x:,.0f} W"),
    ticker.FormatStrFormatter("%d km"),
    ticker.PercentFormatter(xmax=10, decimals=1),
    ticker.FixedFormatter(["a", "b", "c"]),
    ticker.FuncFormatter(lambda value, at: f"<{value:g}>"),
    ticker.ScalarFormatter(),
    ticker.NullFormatter(),
    ticker.LogFormatterSciNotation(),
]:
    ax.yaxis.set_major_formatter(formatter)
ax.yaxis.set_major_formatter("{x:.1f}")
ax.yaxis.set_major_formatter(lambda value, at: str(value))
ax.xaxis.set_major_locator(ticker.MaxNLocator(3))
ax.xaxis.set_minor_locator(ticker.AutoMinorLocator())
ax.yaxis.set_major_locator(ticker.AutoLocator())
print(ticker.StrMethodFormatter("{x:,.0f} W")(1234.5, 0), ticker.FormatStrFormatter("%d km")(5, 0))
print(ticker.FuncFormatter(lambda value, at: f"<{value:g}>")(2.5, 1))
try:
    ax.yaxis.set_major_formatter(3)
except TypeError as error:
    print("TypeError")
