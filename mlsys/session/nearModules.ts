/** Modules of which a name that is not found may be a misspelling, and names of packages that it may be as well. */
import packages from '../data/packages.json';
import { isOneEditFrom } from '../python/runtime/suggestions';

let listed: ReadonlySet<string> | undefined;

/**
 * True for the top-level name of a module that many have installed: one of CPython's own, of any version that is in use
 * (`sys.stdlib_module_names`), or of a well-known package. No list is complete: a name that is not in it may be a package's too.
 */
export function isPackageName(name: string): boolean {
  listed ??= new Set([...packages.standard.split(' '), ...packages.published.split(' ')]);
  return listed.has(name);
}

/** Shorter modules are like too many others. */
const SHORTEST_MODULE = 4;
/** Of shorter names, and of those that begin otherwise, most are packages: `bson`, `ujson`, `cupy`. */
const SHORTEST_NAME = 5;

/** True where a slip of the fingers is all that two names differ in: neighbours that changed places, or a letter typed twice. */
function isSlip(name: string, other: string): boolean {
  if (name.length === other.length) return [...name].sort().join('') === [...other].sort().join('');
  return name.replace(/(.)\1/g, '$1') === other.replace(/(.)\1/g, '$1');
}

/** True where `name`, which is one edit from `module`, is hardly a package of its own: no other version (`glob2`) and no variant. */
function isMistake(name: string, module: string): boolean {
  return isSlip(name, module) || (name.length >= SHORTEST_NAME && name[0] === module[0] && !/\d$/.test(name));
}

/**
 * Those of some modules for one of which a name was surely written by mistake, the likeliest first: the name is one edit away and no
 * package's that is known. `within` a package all of whose modules are at hand any that is one edit away is named.
 */
export function nearMisses(name: string, modules: Iterable<string>, within: boolean): readonly string[] {
  if (!within && isPackageName(name.split('.', 1)[0]!) && !name.includes('.')) return [];
  const near = [...new Set(modules)].filter(
    one => one.length >= SHORTEST_MODULE && isOneEditFrom(name, one) && (within || isMistake(name, one)),
  );
  return near.sort((a, b) => Number(a[0] !== name[0]) - Number(b[0] !== name[0]) || (a < b ? -1 : 1));
}
