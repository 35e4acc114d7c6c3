/**
 * Mutable objects of the library that each run has for itself, such as `sys.path`: what a cell leaves in one is kept as
 * state of the session, and the next cell gets an object with the same contents.
 */
import { type PyClass, PyList, PyObject, type Value } from '../python/runtime/objects';
import { isUnknown } from '../python/runtime/unknown';
import { type RunRecord, vm } from '../python/runtime/vm';

/** Where modules are looked up, as long as no cell has said otherwise. */
const SEARCH_PATH = 'sys.path';
const ENVIRONMENT = 'os.environ';

interface Live {
  readonly path?: PyList;
  readonly environment?: PyEnvironment;
}

const objects = new WeakMap<RunRecord, Live>();

/** True for the state on which it depends what an import finds. */
export function decidesImports(channel: string): boolean {
  return channel === SEARCH_PATH;
}

/** `sys.path` of the present run; it starts with the folder of the chapter, as the empty text that Python has for it. */
export function searchPath(): PyList {
  const known = objects.get(vm.record);
  if (known?.path !== undefined) return known.path;
  const path = new PyList([...vm.readState<readonly Value[]>(SEARCH_PATH, [''])]);
  objects.set(vm.record, { ...known, path });
  return path;
}

/** The variables that the chapter has set; null for those that it has deleted. */
type Variables = Map<string, string | null>;

/** `os.environ` of the present run: what the chapter has not set is not known. */
export class PyEnvironment extends PyObject {
  /** Undefined after a change that nobody knows. */
  readonly set: Variables | undefined;
  constructor(set: Variables | undefined, cls: PyClass) {
    super(cls);
    this.set = set;
  }
}

type Entries = readonly (readonly [string, string | null])[];
const LOST = 'lost';

/** `os.environ` of the present run. */
export function environment(cls: PyClass): PyEnvironment {
  const known = objects.get(vm.record);
  if (known?.environment !== undefined) return known.environment;
  const state = vm.readState<Entries | typeof LOST>(ENVIRONMENT, []);
  const made = new PyEnvironment(state === LOST ? undefined : new Map(state), cls);
  objects.set(vm.record, { ...known, environment: made });
  return made;
}

/** The folders of `sys.path`, or undefined where nobody has touched it. */
export function searchedFolders(): readonly string[] | undefined {
  const items =
    objects.get(vm.record)?.path?.items ?? vm.readState<readonly Value[] | undefined>(SEARCH_PATH, undefined);
  return items?.filter((item): item is string => typeof item === 'string');
}

/** Keeps what the present run left in these objects. */
export function keepLive(): void {
  const { path, environment: variables } = objects.get(vm.record) ?? {};
  if (path !== undefined) keep(SEARCH_PATH, [''], [...path.items]);
  if (variables === undefined) return;
  if (variables.set === undefined || isUnknown(variables)) vm.writeState(ENVIRONMENT, LOST);
  else keep(ENVIRONMENT, [], [...variables.set]);
}

function keep(channel: string, initial: readonly unknown[], now: readonly unknown[]): void {
  const before = vm.readState(channel, initial);
  const flat = (items: readonly unknown[]) => items.flat();
  const [old, made] = [flat(before), flat(now)];
  if (old.length !== made.length || old.some((item, at) => !Object.is(item, made[at]))) vm.writeState(channel, now);
}
