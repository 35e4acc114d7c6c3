/**
 * `sys`, `os`, `os.path`, `pathlib`, `warnings`: what chapters and packages use of them without touching the machine.
 * Paths are texts; whatever would look at files, the environment or processes is refused by name.
 */
import { builtinExceptions, raise, Unsupported } from '../python/runtime/errors';
import { defineConstructor, defineMethods, fn } from '../python/runtime/native';
import {
  nativeClass,
  type PyClass,
  PyInstance,
  PyList,
  PyModule,
  PyTuple,
  type Value,
} from '../python/runtime/objects';
import { indexOf, iteratorOf, listOf, repr, smallIndex, str, typeName } from '../python/runtime/operations';
import { RECURSION_LIMIT, vm } from '../python/runtime/vm';
import { environment, searchPath } from './live';
import { registerModule } from './registry';
import { pythonModule } from './standard/python';

const FILES = 'cells have no files';

function refuse(module: string, names: readonly string[], advice: string): (name: string) => Value | undefined {
  return name => {
    if (names.includes(name)) throw new Unsupported(`${module}.${name}`, advice);
    return undefined;
  };
}

// ---------------------------------------------------------------------------------------------------------- sys

const PLACES = ['stdin', 'getsizeof', '_getframe', 'settrace', 'setprofile', 'gettrace', 'executable', 'exc_info'];

const implementationClass = nativeClass('SimpleNamespace', undefined, 'types');
const versionClass = nativeClass('version_info', undefined, 'sys');
const floatInfoClass = nativeClass('float_info', undefined, 'sys');
const outputClass = nativeClass('TextIOWrapper', undefined, '_io');

function record(cls: PyClass, fields: Readonly<Record<string, Value>>): PyInstance {
  const made = new PyInstance(cls);
  for (const [name, value] of Object.entries(fields)) made.attrs!.set(name, value);
  return made;
}

const items = (self: PyInstance): Value[] => [...self.attrs!.values()];
for (const cls of [versionClass, floatInfoClass])
  defineMethods(cls, {
    '__repr__()': (self: PyInstance) =>
      `sys.${cls.name}(${[...self.attrs!].map(([name, value]) => `${name}=${repr(value)}`).join(', ')})`,
    '__getitem__(index, /)': (self: PyInstance, index: Value) => items(self)[Number(index)] ?? new PyTuple(items(self)),
    '__iter__()': (self: PyInstance) => iteratorOf(new PyTuple(items(self))),
    '__ge__(value, /)': (self: PyInstance, other: Value) => compareVersion(items(self), other) >= 0,
    '__gt__(value, /)': (self: PyInstance, other: Value) => compareVersion(items(self), other) > 0,
    '__le__(value, /)': (self: PyInstance, other: Value) => compareVersion(items(self), other) <= 0,
    '__lt__(value, /)': (self: PyInstance, other: Value) => compareVersion(items(self), other) < 0,
  });

function compareVersion(own: readonly Value[], other: Value): number {
  const parts = listOf(other);
  for (let at = 0; at < Math.max(own.length, parts.length); at++) {
    const [a, b] = [own[at], parts[at]];
    if (a === undefined) return -1;
    if (b === undefined) return 1;
    if (typeof a === 'bigint' && typeof b === 'bigint' && a !== b) return a < b ? -1 : 1;
    if (typeof a === 'string' && typeof b === 'string' && a !== b) return a < b ? -1 : 1;
  }
  return 0;
}

defineMethods(outputClass, {
  'write(text, /)': (_self: PyInstance, text: Value) => {
    if (typeof text !== 'string') throw raise('TypeError', `write() argument must be str, not ${typeName(text)}`);
    vm.print(text);
    return BigInt([...text].length);
  },
  'flush()': () => null,
  'isatty()': () => false,
});

/**
 * `sys.modules` knows the modules of the workspace whose code runs at this moment, for `sys.modules[__name__]`: what else is
 * loaded depends on which cells ran before.
 */
const modulesClass = nativeClass('dict', undefined, 'builtins');
defineMethods(modulesClass, {
  '__getitem__(name, /)': (_self: PyInstance, name: Value) => loadingModule(name),
  'get(name, default=None, /)': (_self: PyInstance, name: Value) => loadingModule(name),
  '__contains__(name, /)': (_self: PyInstance, name: Value) => {
    loadingModule(name);
    return true;
  },
});

function loadingModule(name: Value): PyModule {
  if (typeof name === 'string' && vm.isLoading(name)) return vm.import(name);
  throw new Unsupported('sys.modules', 'a module finds itself there while it is imported, and no other');
}

function loadSys(): PyModule {
  const module = new PyModule('sys');
  const stdout = new PyInstance(outputClass);
  const discarded = new PyInstance(nativeClass('TextIOWrapper', [outputClass], '_io'));
  defineMethods(discarded.cls, { 'write(text, /)': (_self: PyInstance, text: Value) => BigInt([...str(text)].length) });
  const members: Readonly<Record<string, Value>> = {
    version: '3.13.0 (Reckoner)',
    version_info: record(versionClass, { major: 3n, minor: 13n, micro: 0n, releaselevel: 'final', serial: 0n }),
    maxsize: 9223372036854775807n,
    maxunicode: 1114111n,
    byteorder: 'little',
    platform: 'linux',
    float_info: record(floatInfoClass, {
      max: Number.MAX_VALUE,
      max_exp: 1024n,
      max_10_exp: 308n,
      min: 2.2250738585072014e-308,
      min_exp: -1021n,
      min_10_exp: -307n,
      dig: 15n,
      mant_dig: 53n,
      epsilon: Number.EPSILON,
      radix: 2n,
      rounds: 1n,
    }),
    stdout,
    stderr: discarded,
    exit: fn('exit(status=None, /)', (status: Value | undefined) => {
      throw raise(builtinExceptions().get('SystemExit')!, ...(status === undefined ? [] : [status]));
    }),
    implementation: record(implementationClass, { name: 'cpython', cache_tag: 'cpython-313' }),
    getrecursionlimit: fn('getrecursionlimit()', () => BigInt(vm.readState(RECURSION_LIMIT, vm.budgets.recursion))),
    setrecursionlimit: fn('setrecursionlimit(limit, /)', (value: Value) => {
      const limit = smallIndex(indexOf(value));
      if (limit < 1) throw raise('ValueError', 'recursion limit must be greater or equal than 1');
      if (limit < vm.budgets.recursion) throw new Unsupported(`a recursion limit below ${vm.budgets.recursion}`);
      vm.writeState(RECURSION_LIMIT, limit);
      return null;
    }),
    intern: fn('intern(string, /)', (text: Value) => {
      if (typeof text !== 'string') throw raise('TypeError', `intern() argument must be str, not ${typeName(text)}`);
      return text;
    }),
    getdefaultencoding: fn('getdefaultencoding()', () => 'utf-8'),
    get_int_max_str_digits: fn('get_int_max_str_digits()', () => 4300n),
  };
  for (const [name, value] of Object.entries(members)) module.attrs.set(name, value);
  const refused = refuse('sys', PLACES, 'cells have no access to the interpreter');
  module.lazy = name => {
    if (name === 'path') return searchPath();
    if (name === 'argv') return new PyList(['']);
    if (name === 'modules') return new PyInstance(modulesClass);
    return refused(name);
  };
  return module;
}

// ----------------------------------------------------------------------------------------------------- os, pathlib

const OS_REFUSED = [
  'system',
  'popen',
  'listdir',
  'scandir',
  'walk',
  'stat',
  'mkdir',
  'makedirs',
  'remove',
  'unlink',
  'rename',
  'rmdir',
  'open',
  'getpid',
  'fork',
  'kill',
  'exec',
  'execv',
  'urandom',
  'cpu_count',
  'uname',
  'getlogin',
  'chdir',
  'putenv',
];

const PATH_SOURCE = `
sep = "/"
curdir = "."
pardir = ".."
extsep = "."

def isabs(path):
    return str(path).startswith("/")

def join(path, *paths):
    path = str(path)
    for part in map(str, paths):
        if part.startswith("/"):
            path = part
        elif not path or path.endswith("/"):
            path += part
        else:
            path += "/" + part
    return path

def split(path):
    path = str(path)
    at = path.rfind("/") + 1
    head, tail = path[:at], path[at:]
    if head and head != "/" * len(head):
        head = head.rstrip("/")
    return head, tail

def basename(path):
    return split(path)[1]

def dirname(path):
    return split(path)[0]

def splitext(path):
    path = str(path)
    dot = path.rfind(".")
    start = path.rfind("/") + 1
    if dot > start and path[start:dot].strip("."):
        return path[:dot], path[dot:]
    return path, ""

def normpath(path):
    path = str(path)
    if not path:
        return "."
    root = "/" if path.startswith("/") else ""
    parts = []
    for part in path.split("/"):
        if part in ("", "."):
            continue
        if part != ".." or (not root and not parts) or (parts and parts[-1] == ".."):
            parts.append(part)
        elif parts:
            parts.pop()
    return root + "/".join(parts) or "."

abspath = realpath = normpath

def commonprefix(paths):
    paths = list(paths)
    if not paths:
        return ""
    low, high = min(paths), max(paths)
    for i, c in enumerate(low):
        if c != high[i]:
            return low[:i]
    return low
`;

const PATHLIB_SOURCE = `
class PurePath:
    def __init__(self, *parts):
        self._path = path.normpath(path.join(*map(str, parts))) if parts else "."

    def __str__(self):
        return self._path

    def __fspath__(self):
        return self._path

    def __repr__(self):
        return f"{type(self).__name__}({self._path!r})"

    def __eq__(self, other):
        return self._path == other._path if isinstance(other, PurePath) else NotImplemented

    def __lt__(self, other):
        return self._path < other._path if isinstance(other, PurePath) else NotImplemented

    def __hash__(self):
        return hash(self._path)

    def __truediv__(self, other):
        return type(self)(self._path, other)

    def __rtruediv__(self, other):
        return type(self)(other, self._path)

    def joinpath(self, *others):
        return type(self)(self._path, *others)

    @property
    def parts(self):
        found = tuple(part for part in self._path.split("/") if part not in ("", "."))
        return ("/",) + found if self._path.startswith("/") else found

    @property
    def name(self):
        return "" if self._path in (".", "/") else path.basename(self._path)

    @property
    def suffix(self):
        return path.splitext(self.name)[1]

    @property
    def stem(self):
        return path.splitext(self.name)[0]

    @property
    def parent(self):
        return type(self)(path.dirname(self._path) or ".")

    @property
    def parents(self):
        found, here = [], self
        while here.parent != here:
            here = here.parent
            found.append(here)
        return tuple(found)

    def as_posix(self):
        return self._path

    def is_absolute(self):
        return path.isabs(self._path)

    def with_suffix(self, suffix):
        return type(self)(path.join(str(self.parent), self.stem + suffix))

    def with_name(self, name):
        return type(self)(path.join(str(self.parent), name))

    def resolve(self, strict=False):
        return self

    absolute = resolve

    def __getattr__(self, name):
        refuse(name)
        raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")


class PurePosixPath(PurePath):
    pass


class PosixPath(PurePosixPath):
    pass


Path = PosixPath
`;

const PATH_REFUSED = [
  'exists',
  'is_file',
  'is_dir',
  'read_text',
  'read_bytes',
  'write_text',
  'write_bytes',
  'open',
  'mkdir',
  'iterdir',
  'glob',
  'rglob',
  'stat',
  'unlink',
  'rename',
  'touch',
  'home',
  'cwd',
  'expanduser',
];

function loadPath(): PyModule {
  const module = pythonModule('posixpath', PATH_SOURCE);
  module.lazy = refuse(
    'os.path',
    ['exists', 'isfile', 'isdir', 'getsize', 'getmtime', 'expanduser', 'expandvars', 'islink', 'samefile', 'relpath'],
    FILES,
  );
  return module;
}

let path: PyModule | undefined;
function sharedPath(): PyModule {
  path ??= loadPath();
  return path;
}

function loadOs(): PyModule {
  const module = new PyModule('os');
  const members: Readonly<Record<string, Value>> = {
    path: sharedPath(),
    sep: '/',
    linesep: '\n',
    pathsep: ':',
    curdir: '.',
    pardir: '..',
    name: 'posix',
    getcwd: fn('getcwd()', () => '.'),
    fspath: fn('fspath(path)', (value: Value) => str(value)),
    getenv: fn(
      'getenv(key, default=None)',
      (key: Value, fallback: Value | undefined) => environment().get(key) ?? fallback ?? null,
    ),
  };
  for (const [name, value] of Object.entries(members)) module.attrs.set(name, value);
  const refused = refuse('os', OS_REFUSED, 'cells have no access to files and processes');
  module.lazy = name => (name === 'environ' ? environment() : refused(name));
  return module;
}

function loadPathlib(): PyModule {
  const refusal = fn('refuse(name, /)', (name: Value) => {
    if (PATH_REFUSED.includes(String(name))) throw new Unsupported(`Path.${String(name)}`, FILES);
    return null;
  });
  return pythonModule('pathlib', PATHLIB_SOURCE, { path: sharedPath(), refuse: refusal });
}

// ----------------------------------------------------------------------------------------------------- warnings

const catchClass = nativeClass('catch_warnings', undefined, 'warnings');
defineConstructor(
  catchClass,
  'catch_warnings(*, record=False, **kwargs)',
  (cls: PyClass, record: Value | undefined) => {
    const made = new PyInstance(cls);
    made.payload = record ?? false;
    return made;
  },
);
defineMethods(catchClass, {
  '__enter__()': (self: PyInstance) => (self.payload === true ? new PyList([]) : null),
  '__exit__(*args)': () => null,
});

function loadWarnings(): PyModule {
  const module = new PyModule('warnings');
  const nothing = (signature: string) => fn(signature, () => null);
  const members: Readonly<Record<string, Value>> = {
    warn: fn(
      'warn(message, category=None, stacklevel=1, source=None)',
      (message: Value, category: Value | undefined) => {
        const kind =
          message instanceof PyInstance ? typeName(message) : category === undefined ? 'UserWarning' : nameOf(category);
        vm.display({ kind: 'warning', text: `${kind}: ${str(message)}` });
        return null;
      },
    ),
    simplefilter: nothing('simplefilter(action, category=None, lineno=0, append=False)'),
    filterwarnings: nothing('filterwarnings(action, message="", category=None, module="", lineno=0, append=False)'),
    resetwarnings: nothing('resetwarnings()'),
    catch_warnings: catchClass,
  };
  for (const [name, value] of Object.entries(members)) module.attrs.set(name, value);
  return module;
}

function nameOf(category: Value): string {
  return category !== null && typeof category === 'object' && 'name' in category
    ? String(category.name)
    : 'UserWarning';
}

/** Makes these modules known to `import`. */
export function registerSystemModules(): void {
  registerModule('sys', loadSys);
  registerModule('os', loadOs);
  registerModule('os.path', sharedPath);
  registerModule('posixpath', sharedPath);
  registerModule('pathlib', loadPathlib);
  registerModule('warnings', loadWarnings);
}
