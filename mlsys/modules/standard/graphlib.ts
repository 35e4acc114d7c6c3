/** `graphlib`: orders of tasks that depend on each other. */
import type { PyModule } from '../../python/runtime/objects';
import { pythonModule } from './python';

const SOURCE = `
class CycleError(ValueError):
    pass


class _Task:
    def __init__(self, node):
        self.node = node
        self.waits_for = 0
        self.followers = []
        self.stage = "waiting"


class TopologicalSorter:
    def __init__(self, graph=None):
        self._tasks = {}
        self._ready = None
        self._given_out = 0
        self._finished = 0
        if graph is not None:
            for node, predecessors in graph.items():
                self.add(node, *predecessors)

    def _task(self, node):
        if node not in self._tasks:
            self._tasks[node] = _Task(node)
        return self._tasks[node]

    def add(self, node, *predecessors):
        if self._ready is not None:
            raise ValueError("Nodes cannot be added after a call to prepare()")
        task = self._task(node)
        task.waits_for += len(predecessors)
        for one in predecessors:
            self._task(one).followers.append(node)

    def prepare(self):
        if self._ready is not None:
            raise ValueError("cannot prepare() more than once")
        self._ready = [node for node, task in self._tasks.items() if task.waits_for == 0]
        for node in self._ready:
            self._tasks[node].stage = "ready"
        cycle = self._find_cycle()
        if cycle:
            raise CycleError("nodes are in a cycle", cycle)

    def _prepared(self):
        if self._ready is None:
            raise ValueError("prepare() must be called first")

    def get_ready(self):
        self._prepared()
        given = tuple(self._ready)
        for node in given:
            self._tasks[node].stage = "given out"
        self._ready.clear()
        self._given_out += len(given)
        return given

    def is_active(self):
        self._prepared()
        return self._finished < self._given_out or bool(self._ready)

    def __bool__(self):
        return self.is_active()

    def done(self, *nodes):
        self._prepared()
        for node in nodes:
            if node not in self._tasks:
                raise ValueError(f"node {node!r} was not added using add()")
            task = self._tasks[node]
            if task.stage == "done":
                raise ValueError(f"node {node!r} was already marked done")
            if task.stage != "given out":
                raise ValueError(f"node {node!r} was not passed out (still not ready)")
            task.stage = "done"
            self._finished += 1
            for follower in task.followers:
                after = self._tasks[follower]
                after.waits_for -= 1
                if after.waits_for == 0:
                    after.stage = "ready"
                    self._ready.append(follower)

    def _find_cycle(self):
        seen = set()
        for start in self._tasks:
            if start in seen:
                continue
            seen.add(start)
            path = [start]
            rest = [iter(self._tasks[start].followers)]
            while path:
                for node in rest[-1]:
                    if node in path:
                        return path[path.index(node):] + [node]
                    if node not in seen:
                        seen.add(node)
                        path.append(node)
                        rest.append(iter(self._tasks[node].followers))
                        break
                else:
                    path.pop()
                    rest.pop()
        return None

    def static_order(self):
        self.prepare()
        while self.is_active():
            group = self.get_ready()
            yield from group
            self.done(*group)

    def __class_getitem__(cls, item):
        import types
        return types.GenericAlias(cls, item)
`;

/** Loads the module. */
export function loadGraphlib(): PyModule {
  return pythonModule('graphlib', SOURCE);
}
