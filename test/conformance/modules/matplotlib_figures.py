"""What figures, grids and pyplot's own state tell."""
import matplotlib.pyplot as plt
from matplotlib.gridspec import GridSpec

fig = plt.figure(figsize=(4, 3))
print(fig.get_figwidth(), fig.get_figheight(), list(fig.get_size_inches()))
fig.set_size_inches(6, 2)
print(list(fig.get_size_inches()))
fig.set_size_inches((5, 4))
fig.set_figwidth(8)
fig.set_figheight(3)
print(list(fig.get_size_inches()), plt.get_fignums())
fig.set_facecolor("white")
fig.set_dpi(150)
ax = fig.gca()
print(len(fig.axes), fig.gca() is ax, len(fig.get_axes()))
inset = ax.inset_axes([0.5, 0.5, 0.4, 0.4])
print(len(fig.axes))
upper = ax.twiny()
print(len(fig.axes))
fig.delaxes(upper)
print(len(fig.axes))
fig.clf()
print(len(fig.axes))
try:
    plt.figure(figsize=(-1, 3))
except ValueError as error:
    print(type(error).__name__)
again = plt.figure(1)
print(again is fig, plt.gcf() is fig)
try:
    fig.add_subplot(2, 2, 5)
except ValueError as error:
    print(error)
low = fig.add_subplot(2, 2, (3, 4))
high = fig.add_subplot(221)
print(plt.gca() is high)
plt.sca(low)
print(plt.gca() is low)
plt.sca(high)
print(plt.gca() is high)
axes = fig.subplots(1, 2, sharey=True)
print(len(axes))
plt.clf()
plt.axes([0.1, 0.1, 0.5, 0.5])
plt.cla()
plt.draw()
plt.ion()
plt.ioff()
plt.suptitle("Everything")
plt.figtext(0.5, 0.5, "middle")
plt.gca().add_patch(plt.Rectangle((0, 0), 1, 1))
plt.close(fig)
print(plt.get_fignums() == [])
plt.close("all")

grid = GridSpec(2, 3, width_ratios=[1, 2, 1])
print(grid.get_geometry(), grid.nrows, grid.ncols, grid.figure)
fig = plt.figure()
grid = fig.add_gridspec(2, 2, hspace=0.5)
print(grid.figure is fig)
wide = fig.add_subplot(grid[0, :])
small = fig.add_subplot(grid[1, -1])
print(grid[0, :].get_gridspec() is grid)
for make in [
    lambda: GridSpec(0, 2),
    lambda: grid[3, 0],
    lambda: grid[1:1, 0],
    lambda: grid[0, 0, 0],
    lambda: GridSpec(2, 2, gap=3),
    lambda: GridSpec(1, 2).subplots(),
    lambda: GridSpec(1, 2, width_ratios=[1]),
]:
    try:
        make()
    except (ValueError, IndexError, TypeError) as error:
        print(type(error).__name__, error)
parts = plt.figure().subplot_mosaic([["a", "b"], ["a", "c"]])
print(sorted(parts))
try:
    plt.figure().subplot_mosaic([["a", "b"], ["c"]])
except ValueError as error:
    print(type(error).__name__)
try:
    plt.figure().subplot_mosaic([["a", "b"], ["b", "a"]])
except ValueError as error:
    print(type(error).__name__)

for layout in ["tight", "constrained", "compressed", "none", None]:
    plt.figure(layout=layout)
try:
    plt.figure(layout="loose")
except ValueError as error:
    print(error)
fig = plt.figure()
fig.set_tight_layout(True)
fig.set_constrained_layout(True)
fig.set_layout_engine("tight")
fig, ax = plt.subplots(subplot_kw={"projection": "polar"})
ax.set_theta_offset(1.5)
ax.set_theta_direction(-1)
ax.set_rlabel_position(30)
ax.set_rlim(0, 3)
ax.set_rmax(4)
ax.set_rgrids([1, 2, 3], angle=40)
ax.set_thetagrids([0, 90, 180], labels=["E", "N", "W"])
print(ax.get_ylim()[1] == 4, [float(at) for at in ax.get_yticks()], [label.get_text() for label in ax.get_xticklabels()])
plt.polar([0, 1], [1, 2])
plt.close("all")
