"""What artists tell of themselves after they were changed."""
import matplotlib.pyplot as plt
import matplotlib.patheffects as effects

fig, ax = plt.subplots()
(line,) = ax.plot([1, 2, 3], [4, 5, 6], label="speed")
line.set_color("red")
line.set_linewidth(3)
line.set_linestyle("--")
line.set_marker("o")
line.set_markersize(4)
line.set_alpha(0.5)
line.set_zorder(7)
print(line.get_color(), line.get_alpha(), line.get_label(), list(line.get_xdata()), list(line.get_ydata()))
line.set_label("flow")
line.set_visible(False)
print(line.get_label(), line.axes is ax)
line.set_label("pressure")
print(line.get_label())

points = ax.scatter([1, 2], [3, 4], c=["red", "blue"])
points.set_alpha(None)
print(points.get_alpha())
points.set_label("points")
print(points.get_label())
points.set_edgecolor("black")
points.set_linewidth(2)
points.set_hatch("/")
points.set_color("green")

words = ax.text(1, 2, "before")
words.set_text("after")
words.set_fontsize(14)
words.set_fontweight("bold")
words.set_rotation(30)
words.set_color("blue")
words.set_path_effects([effects.withStroke(linewidth=2, foreground="white")])
print(words.get_text(), words.get_color())

bars = ax.bar(["a", "b", "c"], [1, 2, 3], bottom=[0, 1, 2], color="gray")
print(len(bars), bars[1].get_height(), bars[-1].get_y(), [bar.get_width() for bar in bars])
bars[0].set_color("red")
bars[1].set_facecolor("blue")
bars[2].set_edgecolor("black")
bars[1].set_hatch("x")
print(bars[0].get_xy(), bars[2].get_x() + bars[2].get_width() / 2)
for bar in bars:
    bar.set_linewidth(2)
    bar.set_alpha(0.5)

contours = ax.contour([[0, 1, 2], [1, 2, 3], [2, 3, 4]], levels=[1, 2, 3])
print(list(contours.levels))
ax.clabel(contours, fmt={1: "one", 2: "two", 3: "three"}, levels=[1, 2], colors="black")
ax.clabel(contours, fmt="%.1f", fontsize=8)
try:
    line.levels
except AttributeError as error:
    print(error)
try:
    ax.clabel(line)
except (TypeError, AttributeError) as error:
    print("not contours")

for spine in ax.spines.values():
    spine.set_linewidth(2)
for name, spine in ax.spines.items():
    spine.set_color("gray")
print(list(ax.spines.keys()), list(ax.spines))
ax.spines[:].set_edgecolor("black")
ax.spines["left"].set_position(("outward", 10))
ax.spines["bottom"].set_position("zero")
ax.spines[["top", "right"]].set_visible(False)
try:
    ax.spines["inner"]
except KeyError as error:
    print("KeyError", error)
try:
    ax.spines["left"].set_position(("beside", 3))
except ValueError as error:
    print(error)

legend = ax.legend(title="Kinds")
legend.set_title("Sorts")
print(legend.get_title().get_text(), [text.get_text() for text in legend.get_texts()], len(legend.get_lines()))
for text in legend.get_texts():
    text.set_fontsize(8)
legend.get_texts()[0].set_text("force")
print([text.get_text() for text in ax.get_legend().get_texts()])
for sample in legend.get_lines():
    sample.set_linewidth(4)
legend.get_frame().set_alpha(0.5)
legend.set_frame_on(False)
line.remove()
points.remove()

for numbers in [[1, 2, 3], [1.5, 2, 3], range(3)]:
    print(ax.plot(numbers)[0].get_xdata(), ax.plot(numbers, numbers)[0].get_ydata().dtype)
print([ax.plot([1], [2], **look)[0].get_color() for look in [{}, {"color": "C1"}, {"c": "0.5"}, {"color": "tab:red"}]])
print(ax.plot([1], [2], "g--")[0].get_color())
for bars in [
    ax.bar([10, 20], [1.5, 2.5]),
    ax.bar([10, 20], [1, 2], width=1, bottom=[0.5, 1]),
    ax.bar(["a", "b"], [1, 2], width=1, align="edge"),
    ax.bar([0.1, 0.2], [0.3, 0.4], bottom=0.7, align="edge", width=0.05),
    ax.barh(["a", "b"], [3, 4.5], left=1),
    ax.barh([1, 2], [3, 4], height=0.6),
    ax.hist([1, 2, 2, 5, 9], bins=3)[2],
    *ax.hist([[1, 2, 2], [2, 3, 9]], bins=2)[2],
]:
    print([(bar.get_x(), bar.get_y(), bar.get_width(), bar.get_height(), bar.get_xy()) for bar in bars])
