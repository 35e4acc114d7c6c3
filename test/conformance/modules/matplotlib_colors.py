import matplotlib.colors as mcolors
from matplotlib.colors import to_hex, to_rgb, to_rgba

print(to_rgb("g"), to_rgb("c"), to_rgb("0.5"), to_rgb("C1"), to_rgb("tab:blue"), to_rgb("orchid"))
print(to_rgba("#11223344"), to_rgba("none"), to_rgba("r", 0.3), to_rgba((0.1, 0.2, 0.3)), to_rgba("#abc"))
print(to_rgba(("blue", 0.25)), to_rgb([0.1, 0.2, 0.3]), to_rgba((1, 0, 0, 0.5)))
print(to_hex("g"), to_hex((0.1, 0.2, 0.3, 0.5), keep_alpha=True), to_hex("Orchid"), to_hex((0.5, 0.5, 0.5)))
print(len(mcolors.CSS4_COLORS), mcolors.CSS4_COLORS["rebeccapurple"], mcolors.BASE_COLORS["c"], list(mcolors.TABLEAU_COLORS)[:2])
print([mcolors.is_color_like(one) for one in ["red", "reddish", (1, 2, 3), (0, 0, 1), "0.5", None]])
for wrong in ["reddish", (1, 2, 3), (1, 2)]:
    try:
        to_rgb(wrong)
    except ValueError as error:
        print(error)
print(mcolors.ListedColormap, mcolors.TwoSlopeNorm)
