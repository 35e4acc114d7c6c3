/** `sys`: what chapters and packages use of it. Whatever would look into the interpreter is refused by name. */

import { LEAST_RECURSION_LIMIT } from '../python/runtime/budgets';
import { callingModule } from '../python/runtime/callers';
import { builtinExceptions, raise, refusedPart, Unsupported } from '../python/runtime/errors';
import { MAIN } from '../python/runtime/namespaceNames';
import { defineMethods, defineProperties, fn, type NativeBody } from '../python/runtime/native';
import {
  nativeClass,
  type PyClass,
  PyInstance,
  PyModule,
  PyTuple,
  tupleClass,
  type Value,
} from '../python/runtime/objects';
import { indexOf, repr, smallIndex, str, typeName } from '../python/runtime/operations';
import { causeOfRefusal, PyUnknown, quietCause } from '../python/runtime/unknown';
import { refine } from '../python/runtime/unknownMethods';
import { vm } from '../python/runtime/vm';
import { loadFnmatch, loadGlob } from './files/glob';
import { loadOs } from './files/os';
import { loadPathlib } from './files/pathlib';
import { loadPosixPath } from './files/posixpath';
import { refusing } from './files/refusing';
import { searchPath } from './live';
import { registerModule } from './registry';
import { loadWarnings } from './warnings';

/** What CPython has in `sys` and cells have not. */
const PLACES =
  'argv _getframe _current_frames _debugmallocstats _git _xoptions abiflags activate_stack_trampoline addaudithook api_version ' +
  'audit base_exec_prefix base_prefix breakpointhook builtin_module_names call_tracing copyright ' +
  'deactivate_stack_trampoline displayhook dont_write_bytecode exc_info excepthook exception exec_prefix executable flags ' +
  'get_asyncgen_hooks get_coroutine_origin_tracking_depth getallocatedblocks getdlopenflags getfilesystemencodeerrors ' +
  'getfilesystemencoding getprofile getrefcount getsizeof getswitchinterval gettrace getunicodeinternedsize hash_info ' +
  'is_finalizing is_stack_trampoline_active last_exc meta_path monitoring orig_argv path_hooks ' +
  'path_importer_cache platlibdir prefix ps1 ps2 pycache_prefix set_asyncgen_hooks ' +
  'set_coroutine_origin_tracking_depth set_int_max_str_digits setdlopenflags setprofile setswitchinterval settrace stdin ' +
  'stdlib_module_names thread_info unraisablehook warnoptions';

const implementationClass = nativeClass('SimpleNamespace', undefined, 'types');
const outputClass = nativeClass('TextIOWrapper', undefined, '_io');

function record(cls: PyClass, fields: Readonly<Record<string, Value>>): PyInstance {
  const made = new PyInstance(cls);
  for (const [name, value] of Object.entries(fields)) made.attrs!.set(name, value);
  return made;
}

/** `sys.version`: of its text no more is known than that it is CPython's. */
class VersionText extends PyUnknown {}

function versionText(): VersionText {
  return new VersionText(causeOfRefusal(new Unsupported('sys.version', 'cells have no access to the interpreter')));
}

refine('__contains__', ([text, part]) =>
  text instanceof VersionText && /^(?:PyPy|Jython|IronPython|GraalVM)$/i.test(String(part)) ? false : undefined,
);

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

/** Methods that are refused; with `path`, what they would give leads to that. */
function refusingAll(signatures: readonly string[], path?: string): Record<string, NativeBody> {
  const refuse = () => {
    throw refusedModules(path);
  };
  return Object.fromEntries(signatures.map(signature => [signature, refuse]));
}

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
  ...refusingAll([
    'keys()',
    '__len__()',
    '__iter__()',
    '__reversed__()',
    '__setitem__(key, value, /)',
    '__delitem__(key, /)',
  ]),
  ...refusingAll(
    [
      ...['values()', 'items()', 'copy()', 'popitem()', 'setdefault(key, default=None, /)', 'update(*args, **kwargs)'],
      ...['clear()', '__or__(other, /)', '__ror__(other, /)'],
    ],
    MAIN,
  ),
  'pop(key, default=None, /)': (_self: PyInstance, name: Value) => {
    throw refusedModules(typeof name === 'string' ? name : MAIN);
  },
});

/** A module of the workspace that runs, or whose code asks; any other may be the chapter itself, unless its name says more. */
function loadingModule(name: Value): PyModule {
  if (typeof name !== 'string') throw refusedModules(MAIN);
  if (vm.isLoading(name) || (name !== MAIN && name === callingModule())) return vm.import(name);
  throw refusedModules(name);
}

function refusedModules(path?: string): Unsupported {
  const advice = 'a module finds itself there while it is imported, and no other';
  return path === undefined ? new Unsupported('sys.modules', advice) : refusedPart(path, 'sys.modules', advice);
}

/** Which release of Python 3.13 the author has is unknown; what compares no more than `(3, 13)` is not. */
const unreleased = (name: string): Unsupported => new Unsupported(name, 'cells have no access to the interpreter');

/** Whose release is unknown, `sys.hexversion`: what sets it apart from other versions than 3.13 is known. */
class ReleaseNumber extends PyUnknown {}

const LEAST_RELEASE = 0x030d0000;
const NEXT_VERSION = 0x030e0000;

/** Whether what holds for all releases of 3.13 holds for a number of another version. */
const ORDERS: Readonly<Record<string, boolean>> = { __lt__: false, __le__: false, __gt__: true, __ge__: true };
for (const [name, ofOlder] of Object.entries(ORDERS))
  refine(name, ([release, other]) => {
    if (!(release instanceof ReleaseNumber) || typeof other !== 'bigint') return undefined;
    return other < LEAST_RELEASE ? ofOlder : other >= NEXT_VERSION ? !ofOlder : undefined;
  });
refine('__rshift__', ([release, bits]) =>
  release instanceof ReleaseNumber && typeof bits === 'bigint' && bits >= 16n
    ? BigInt(LEAST_RELEASE) >> bits
    : undefined,
);

/** What tells of the release, made when somebody asks. */
function versions(): Readonly<Record<string, Value>> {
  const micro = new PyUnknown(quietCause(unreleased('sys.version_info.micro')));
  const version = namedPlaces('version_info', { major: 3n, minor: 13n, micro, releaselevel: 'final', serial: 0n });
  const hexversion = new ReleaseNumber(quietCause(unreleased('sys.hexversion')));
  const implementation = { name: 'cpython', cache_tag: 'cpython-313', version, hexversion };
  return { version_info: version, implementation: record(implementationClass, implementation), hexversion };
}

function loadSys(): PyModule {
  const module = new PyModule('sys');
  const stdout = new PyInstance(outputClass);
  const discarded = new PyInstance(nativeClass('TextIOWrapper', [outputClass], '_io'));
  defineMethods(discarded.cls, { 'write(text, /)': (_self: PyInstance, text: Value) => BigInt([...str(text)].length) });
  const members: Readonly<Record<string, Value>> = {
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
    stdout,
    stderr: discarded,
    exit: fn('exit(status=None, /)', (status: Value | undefined) => {
      throw raise(builtinExceptions().get('SystemExit')!, ...(status === undefined ? [] : [status]));
    }),
    getrecursionlimit: fn('getrecursionlimit()', () => BigInt(vm.recursionLimit)),
    setrecursionlimit: fn('setrecursionlimit(limit, /)', (value: Value) => {
      const limit = smallIndex(indexOf(value));
      if (limit < 1) throw raise('ValueError', 'recursion limit must be greater or equal than 1');
      const least = Math.max(LEAST_RECURSION_LIMIT, vm.depth + 1);
      if (limit < least) throw new Unsupported(`a recursion limit below ${least}`);
      vm.recursionLimit = limit;
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
  let release: Readonly<Record<string, Value>> | undefined;
  const refused = refusing('sys', PLACES, 'cells have no access to the interpreter');
  module.lazy = name => {
    if (name === 'version') return versionText();
    if (name === 'version_info' || name === 'implementation' || name === 'hexversion') {
      release ??= versions();
      return release[name];
    }
    if (name === 'path') return searchPath();
    if (name === 'modules') return new PyInstance(modulesClass);
    return refused(name);
  };
  return module;
}

/** Makes these modules known to `import`. */
export function registerSystemModules(): void {
  registerModule('sys', loadSys);
  registerModule('os', loadOs);
  registerModule('os.path', loadPosixPath);
  registerModule('posixpath', loadPosixPath);
  registerModule('pathlib', loadPathlib);
  registerModule('glob', loadGlob);
  registerModule('fnmatch', loadFnmatch);
  registerModule('warnings', loadWarnings);
}
