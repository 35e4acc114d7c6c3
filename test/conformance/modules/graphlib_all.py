# Orders of tasks that depend on each other.
from graphlib import CycleError, TopologicalSorter

graph = {"page": ["values", "text"], "values": ["data"], "text": [], "figure": ["values", "data"]}
order = TopologicalSorter(graph)
print(tuple(order.static_order()))

steps = TopologicalSorter()
steps.add("c", "a", "b")
steps.add("b", "a")
steps.add("d")
steps.add("c", "d")
for attempt in (steps.get_ready, steps.is_active, lambda: steps.done("a"), lambda: bool(steps)):
    try:
        attempt()
    except ValueError as error:
        print(error)
steps.prepare()
for attempt in (steps.prepare, lambda: steps.add("e"), lambda: steps.done("c"), lambda: steps.done("x")):
    try:
        attempt()
    except ValueError as error:
        print(error)
while steps:
    ready = steps.get_ready()
    print(ready, steps.get_ready(), steps.is_active())
    steps.done(*ready)
print(steps.is_active(), bool(steps))
try:
    steps.done("a")
except ValueError as error:
    print(error)

for circle in ({"a": ["b"], "b": ["c"], "c": ["a"], "d": ["a"]}, {1: [1]}, {"x": [], "y": ["x", "z"], "z": ["y"]}):
    try:
        TopologicalSorter(circle).prepare()
    except CycleError as error:
        print(error, error.args[1], isinstance(error, ValueError))

broken = TopologicalSorter({"a": ["b"], "b": ["a"], "c": []})
try:
    broken.prepare()
except CycleError:
    print(broken.get_ready())
print(list(TopologicalSorter({}).static_order()), list(TopologicalSorter({"a": ["a1", "a1"]}).static_order()))
print(TopologicalSorter[str])
