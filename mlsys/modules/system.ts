/**
 * `sys`, `os`, `os.path`, `pathlib`: what chapters and packages use of them without touching the machine.
 * Paths are texts; whatever would look at files, the environment or processes is refused by name.
 */
import { PyDict } from '../python/runtime/dict';
import { builtinExceptions, raise, Unsupported } from '../python/runtime/errors';
import { defineMethods, defineProperties, fn } from '../python/runtime/native';
import {
  nativeClass,
  type PyClass,
  PyInstance,
  PyList,
  PyModule,
  PyTuple,
  tupleClass,
  type Value,
} from '../python/runtime/objects';
import { call, getAttribute, indexOf, repr, smallIndex, str, typeName } from '../python/runtime/operations';
import { RECURSION_LIMIT, vm } from '../python/runtime/vm';
import { environment, type PyEnvironment, searchPath } from './live';
import { registerModule } from './registry';
import { pythonModule } from './standard/python';
import { loadWarnings } from './warnings';

const FILES = 'cells have no files';

function refuse(module: string, names: readonly string[], advice: string): (name: string) => Value | undefined {
  return name => {
    if (names.includes(name)) throw new Unsupported(`${module}.${name}`, advice);
    return undefined;
  };
}

// ---------------------------------------------------------------------------------------------------------- sys

/** What CPython has in `sys` and cells have not. */
const PLACES = (
  '_getframe _current_frames _debugmallocstats _git _xoptions abiflags activate_stack_trampoline addaudithook api_version ' +
  'audit base_exec_prefix base_prefix breakpointhook builtin_module_names call_tracing copyright ' +
  'deactivate_stack_trampoline displayhook dont_write_bytecode exc_info excepthook exception exec_prefix executable flags ' +
  'get_asyncgen_hooks get_coroutine_origin_tracking_depth getallocatedblocks getdlopenflags getfilesystemencodeerrors ' +
  'getfilesystemencoding getprofile getrefcount getsizeof getswitchinterval gettrace getunicodeinternedsize hash_info ' +
  'is_finalizing is_stack_trampoline_active last_exc meta_path monitoring orig_argv path_hooks ' +
  'path_importer_cache platlibdir prefix ps1 ps2 pycache_prefix set_asyncgen_hooks ' +
  'set_coroutine_origin_tracking_depth set_int_max_str_digits setdlopenflags setprofile setswitchinterval settrace stdin ' +
  'stdlib_module_names thread_info unraisablehook warnoptions'
).split(' ');

const implementationClass = nativeClass('SimpleNamespace', undefined, 'types');
const outputClass = nativeClass('TextIOWrapper', undefined, '_io');

function record(cls: PyClass, fields: Readonly<Record<string, Value>>): PyInstance {
  const made = new PyInstance(cls);
  for (const [name, value] of Object.entries(fields)) made.attrs!.set(name, value);
  return made;
}

/** A tuple whose places have names, such as `sys.version_info`. */
function namedPlaces(name: string, fields: Readonly<Record<string, Value>>): PyTuple {
  const cls = nativeClass(name, [tupleClass], 'sys');
  const names = Object.keys(fields);
  defineProperties(cls, Object.fromEntries(names.map((field, at) => [field, (self: PyTuple) => self.items[at]!])));
  defineMethods(cls, {
    '__repr__()': (self: PyTuple) =>
      `sys.${name}(${names.map((field, at) => `${field}=${repr(self.items[at]!)}`).join(', ')})`,
  });
  cls.construct = () => {
    throw raise('TypeError', `cannot create 'sys.${name}' instances`);
  };
  return new PyTuple(Object.values(fields), cls);
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

/** 3.13.0 */
const HEX_VERSION = 0x030d00f0n;

function loadSys(): PyModule {
  const module = new PyModule('sys');
  const stdout = new PyInstance(outputClass);
  const discarded = new PyInstance(nativeClass('TextIOWrapper', [outputClass], '_io'));
  defineMethods(discarded.cls, { 'write(text, /)': (_self: PyInstance, text: Value) => BigInt([...str(text)].length) });
  const version = namedPlaces('version_info', { major: 3n, minor: 13n, micro: 0n, releaselevel: 'final', serial: 0n });
  const members: Readonly<Record<string, Value>> = {
    version: '3.13.0 (Reckoner)',
    version_info: version,
    maxsize: 9223372036854775807n,
    maxunicode: 1114111n,
    byteorder: 'little',
    platform: 'linux',
    float_info: namedPlaces('float_info', {
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
    int_info: namedPlaces('int_info', {
      bits_per_digit: 30n,
      sizeof_digit: 4n,
      default_max_str_digits: 4300n,
      str_digits_check_threshold: 640n,
    }),
    float_repr_style: 'short',
    hexversion: HEX_VERSION,
    stdout,
    stderr: discarded,
    exit: fn('exit(status=None, /)', (status: Value | undefined) => {
      throw raise(builtinExceptions().get('SystemExit')!, ...(status === undefined ? [] : [status]));
    }),
    implementation: record(implementationClass, {
      name: 'cpython',
      cache_tag: 'cpython-313',
      version,
      hexversion: HEX_VERSION,
    }),
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


class PurePosixPath(PurePath):
    pass


class PosixPath(PurePosixPath):
    pass


Path = PosixPath
`;

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

/** `os.environ`: variables that the chapter has set, and no others. */
const environClass = nativeClass('_Environ', undefined, 'os');

function variable(key: Value): string {
  if (typeof key !== 'string') throw raise('TypeError', `str expected, not ${typeName(key)}`);
  return key;
}

/** A variable that the chapter has set, null where it has deleted it; any other one is not known. */
function variableOf({ set }: PyEnvironment, name: string, construct = `os.environ[${repr(name)}]`): string | null {
  const known = set?.get(name);
  if (known === undefined) throw new Unsupported(construct, 'the environment is not read');
  return known;
}

defineMethods(environClass, {
  '__getitem__(key, /)': (self: PyEnvironment, key: Value) => {
    const found = variableOf(self, variable(key));
    if (found === null) throw raise('KeyError', key);
    return found;
  },
  '__contains__(key, /)': (self: PyEnvironment, key: Value) =>
    typeof key === 'string' && variableOf(self, key) !== null,
  'get(key, default=None)': (self: PyEnvironment, key: Value, fallback: Value | undefined) =>
    variableOf(self, variable(key)) ?? fallback ?? null,
  '__setitem__(key, value, /)': (self: PyEnvironment, key: Value, value: Value) => {
    self.set?.set(variable(key), variable(value));
    return null;
  },
  '__delitem__(key, /)': (self: PyEnvironment, key: Value) => {
    if (variableOf(self, variable(key)) === null) throw raise('KeyError', key);
    self.set?.set(variable(key), null);
    return null;
  },
  'setdefault(key, value)': (self: PyEnvironment, key: Value, value: Value) => {
    const found = variableOf(self, variable(key));
    if (found === null) self.set?.set(variable(key), variable(value));
    return found ?? value;
  },
  'pop(key, default=None)': (self: PyEnvironment, key: Value, fallback: Value | undefined) => {
    const found = variableOf(self, variable(key));
    if (found === null && fallback === undefined) throw raise('KeyError', key);
    self.set?.set(variable(key), null);
    return found ?? fallback!;
  },
  'update(other=(), /, **kwds)': (self: PyEnvironment, other: Value | undefined, named: Map<string, Value>) => {
    const made = new PyDict();
    if (other !== undefined) call(getAttribute(made, 'update'), [other]);
    for (const [key, value] of [...made.entries(), ...named]) self.set?.set(variable(key), variable(value));
    return null;
  },
});

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
    getenv: fn('getenv(key, default=None)', (key: Value, fallback: Value | undefined) => {
      const name = variable(key);
      return variableOf(environment(environClass), name, `os.getenv(${repr(name)})`) ?? fallback ?? null;
    }),
  };
  for (const [name, value] of Object.entries(members)) module.attrs.set(name, value);
  const refused = refuse('os', OS_REFUSED, 'cells have no access to files and processes');
  module.lazy = name => (name === 'environ' ? environment(environClass) : refused(name));
  return module;
}

function loadPathlib(): PyModule {
  return pythonModule('pathlib', PATHLIB_SOURCE, { path: sharedPath() });
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
