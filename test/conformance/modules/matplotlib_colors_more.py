"""Colours in all their forms, and what cannot be one."""
import matplotlib
import matplotlib.pyplot as plt
from matplotlib import colors

for color in ["C1", "tab:blue", "0.5", "#abc", (1, 0, 0), (0, 0.5, 1, 0.5), ("red", 0.25), "none", [0.2, 0.4, 0.6]]:
    print(color, colors.to_hex(color, keep_alpha=True))
for wrong in ["no colour", "C", (1, 2), (1, 0, 0, 0, 0), 3, "#12345"]:
    try:
        colors.to_rgb(wrong)
    except ValueError as error:
        print(error)
print(colors.is_color_like("red"), colors.is_color_like((1, 0)))
norm = colors.Normalize(vmin=10, vmax=20)
print(float(norm(15)), float(norm(30)), float(colors.LogNorm(vmin=1, vmax=100)(10)))
fig, ax = plt.subplots()
ax.plot([1, 2], [1, 2], linestyle=(0, (5, 2)), color=(0.1, 0.2, 0.3))
ax.plot([1, 2], [1, 2], linestyle=(0, None))
ax.bar([1, 2], [1, 2], hatch="//")
for wrong in [
    lambda: ax.plot([1], [1], linestyle="wavy"),
    lambda: ax.plot([1, 2], [1, 2, 3]),
    lambda: ax.plot([1], [2], "zq"),
    lambda: ax.plot([1], [2], "rb"),
    lambda: ax.plot([1], [2], "ox"),
    lambda: ax.plot([1], [2], "--:"),
    lambda: ax.plot([1], [2], "oC"),
    lambda: ax.fill([1, 2, 3], [1, 2, 1], "?"),
]:
    try:
        wrong()
    except ValueError as error:
        print(error)
shares, edges, _ = ax.hist([[1, 2, 2], [2, 3, 3]], bins=[0, 1, 2, 3, 4], stacked=True)
print([[float(one) for one in row] for row in shares], [float(edge) for edge in edges])
shares, edges, _ = ax.hist([[1, 2, 2], [2, 3, 3]], bins=2, stacked=True, density=True, color=["red", "blue"])
print([[round(float(one), 6) for one in row] for row in shares])
counts, edges, _ = ax.hist([1, 2, 2, 3, 9], bins=3, range=(0, 6), align="left", rwidth=0.5)
print([float(count) for count in counts], [round(float(edge), 6) for edge in edges])
try:
    ax.hist([[1], [2]], color=["red"])
except ValueError as error:
    print("ValueError")
for wrong in [
    lambda: ax.boxplot([[1, 2], [3, 4]], positions=[1]),
    lambda: ax.violinplot([[1, 2], [3, 4]], positions=[1]),
    lambda: ax.violinplot([[1, 2, 3]], quantiles=[[0.5], [0.5]]),
]:
    try:
        wrong()
    except ValueError as error:
        print(error)
boxes = ax.boxplot([[1, 2, 3], [2, 3, 9]], sym="r+", patch_artist=True)
print(sorted(boxes), [len(boxes[key]) for key in sorted(boxes)])
ax.violinplot([[1, 2, 3]], bw_method="silverman")
ax.violinplot([[1, 2, 3]], bw_method=0.5)
