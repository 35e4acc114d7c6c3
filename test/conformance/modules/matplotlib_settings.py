"""Settings of matplotlib: what is read is what was set, and styles change what they name."""
import matplotlib
import matplotlib.pyplot as plt

print(plt.rcParams["figure.figsize"], plt.rcParams["lines.linewidth"], plt.rcParams["font.family"])
plt.rcParams["lines.linewidth"] = 3
plt.rcParams["figure.figsize"] = (4, 3)
plt.rcParams["axes.grid"] = True
print(plt.rcParams["figure.figsize"], plt.rcParams["lines.linewidth"], plt.rcParams["axes.grid"])
print("axes.grid" in plt.rcParams, "nothing" in plt.rcParams, plt.rcParams.get("nothing", 4))
try:
    plt.rcParams["nothing"]
except KeyError as error:
    print("KeyError", error)
plt.rc("lines", linewidth=5)
matplotlib.rc("axes", linewidth=2)
plt.rcParams.update({"font.size": 12, "axes.titlesize": 20})
print(plt.rcParams["lines.linewidth"], plt.rcParams["axes.linewidth"], plt.rcParams["font.size"])
with plt.rc_context({"lines.linewidth": 9}):
    print(plt.rcParams["lines.linewidth"])
print(plt.rcParams["lines.linewidth"])
plt.rcdefaults()
print(plt.rcParams["lines.linewidth"])
matplotlib.use("agg")

for name in (
    "ggplot bmh fivethirtyeight Solarize_Light2 dark_background grayscale tableau-colorblind10 seaborn-v0_8 seaborn-v0_8-darkgrid "
    "seaborn-v0_8-dark seaborn-v0_8-whitegrid seaborn-v0_8-white seaborn-v0_8-ticks seaborn-v0_8-paper seaborn-v0_8-notebook "
    "seaborn-v0_8-talk seaborn-v0_8-poster seaborn-v0_8-deep seaborn-v0_8-muted seaborn-v0_8-pastel seaborn-v0_8-bright "
    "seaborn-v0_8-dark-palette seaborn-v0_8-colorblind fast"
).split():
    with plt.style.context(name):
        seen = [plt.rcParams[key] for key in ["axes.facecolor", "figure.facecolor", "axes.grid", "lines.linewidth"]]
        print(name, seen[2], float(seen[3]), *[matplotlib.colors.to_hex(color) for color in seen[:2]])
print(plt.rcParams["axes.grid"])
plt.style.use(["ggplot", {"lines.linewidth": 4}])
print(plt.rcParams["axes.grid"], plt.rcParams["lines.linewidth"])
try:
    plt.style.use("gplot")
except OSError as error:
    print(str(error)[:8])
plt.style.use("default")
print(plt.rcParams["axes.grid"])
