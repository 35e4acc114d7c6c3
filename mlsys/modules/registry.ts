/** Which modules cells can import: those of the library, made on first use, and those that are known but refused. */
import { creation, type PyModule } from '../python/runtime/objects';
import { vm } from '../python/runtime/vm';

const loaders = new Map<string, () => PyModule>();
const loaded = new Map<string, PyModule>();

/** Adds a module to what `import` finds; `load` runs when it is first imported. */
export function registerModule(name: string, load: () => PyModule): void {
  loaders.set(name, load);
}

/** The library's module of that dotted name, or undefined. All sessions share it. */
export function builtinModule(name: string): PyModule | undefined {
  const known = loaded.get(name);
  if (known !== undefined) return known;
  const load = loaders.get(name);
  if (load === undefined) return undefined;
  const { owner } = creation;
  creation.owner = 0;
  try {
    const module = load();
    loaded.set(name, module);
    return module;
  } finally {
    creation.owner = owner;
  }
}

vm.library = builtinModule;

/** Names of all modules of the library, for completion. */
export function builtinModules(): readonly string[] {
  return [...loaders.keys()].sort();
}

/** Names of all modules that `import` knows: the library's, and those that it refuses by name. */
export function knownModules(): readonly string[] {
  return [...loaders.keys(), ...REFUSED.keys()].sort();
}

/** Modules that authors may reach for and that a cell cannot have, with what to do instead. */
const REFUSED: ReadonlyMap<string, string> = new Map([
  ['pandas', 'use lists, dicts or numpy arrays'],
  ['polars', 'use lists, dicts or numpy arrays'],
  ['scipy', 'write the formula, or use numpy'],
  ['sklearn', 'compute the numbers outside and enter them'],
  ['torch', 'compute the numbers outside and enter them'],
  ['tensorflow', 'compute the numbers outside and enter them'],
  ['jax', 'compute the numbers outside and enter them'],
  ['sympy', 'write the formula out'],
  ['seaborn', 'use matplotlib'],
  ['plotly', 'use matplotlib'],
  ['altair', 'use matplotlib'],
  ['bokeh', 'use matplotlib'],
  ['networkx', 'compute the numbers outside and enter them'],
  ['statsmodels', 'write the formula, or use numpy'],
  ['xarray', 'use lists, dicts or numpy arrays'],
  ['pyarrow', 'use lists, dicts or numpy arrays'],
  ['numba', 'leave it out: it changes no value'],
  ['toml', 'enter the values as Python literals'],
  ['openpyxl', 'enter the values as Python literals'],
  ['attrs', 'use dataclasses'],
  ['attr', 'use dataclasses'],
  ['uncertainties', 'write the formula out'],
  ['astropy', 'use pint'],
  ['PIL', 'cells have no files'],
  ['tqdm', 'loop without it'],
  ['rich', 'use print'],
  ['requests', 'cells have no network'],
  ['urllib', 'cells have no network'],
  ['http', 'cells have no network'],
  ['socket', 'cells have no network'],
  ['ssl', 'cells have no network'],
  ['ftplib', 'cells have no network'],
  ['smtplib', 'cells have no network'],
  ['subprocess', 'cells start no processes'],
  ['multiprocessing', 'cells start no processes'],
  ['concurrent', 'cells start no threads'],
  ['asyncio', 'cells are not asynchronous'],
  ['time', 'cells have no clock'],
  ['timeit', 'cells have no clock'],
  ['shutil', 'cells have no files'],
  ['tempfile', 'cells have no files'],
  ['pickle', 'cells have no files'],
  ['shelve', 'cells have no files'],
  ['sqlite3', 'cells have no files'],
  ['gzip', 'cells have no files'],
  ['zipfile', 'cells have no files'],
  ['ctypes', 'cells have no access to the machine'],
  ['signal', 'cells have no access to the machine'],
  ['getpass', 'cells have no access to the machine'],
  ['importlib', 'import_module is all there is of it'],
  ['gc', 'cells have no access to the interpreter'],
  ['ast', 'cells have no access to the interpreter'],
  ['dis', 'cells have no access to the interpreter'],
  ['builtins', 'cells have no access to the interpreter'],
  ['code', 'cells have no access to the interpreter'],
  ['marshal', 'cells have no access to the interpreter'],
  ['secrets', 'use random with a seed'],
  ['uuid', 'use random with a seed'],
  ['logging', 'its handlers and configuration are left out'],
  ['argparse', 'cells have no command line'],
]);

/** Which of these are part of Python itself. */
const REFUSED_STANDARD: ReadonlySet<string> = new Set(
  (
    'urllib http socket ssl ftplib smtplib subprocess multiprocessing concurrent asyncio time timeit shutil ' +
    'tempfile io pickle shelve sqlite3 gzip zipfile ctypes signal getpass importlib gc ast dis ' +
    'builtins code marshal secrets uuid logging argparse'
  ).split(' '),
);

/** The rest of Python 3.13's standard library: it exists, but not for cells. */
const OTHER_STANDARD_MODULES: ReadonlySet<string> = new Set(
  (
    'antigravity array atexit base64 bdb binascii bz2 cProfile cmd codecs codeop colorsys compileall ' +
    'copyreg curses dbm difflib doctest email encodings ensurepip errno ' +
    'faulthandler fcntl filecmp fileinput getopt grp hashlib hmac html idlelib ' +
    'imaplib ipaddress keyword linecache locale lzma mailbox mimetypes mmap modulefinder netrc opcode ' +
    'optparse pdb pickletools pkgutil plistlib poplib posix pprint profile pstats pty pwd py_compile ' +
    'pyclbr pydoc queue quopri readline resource rlcompleter runpy sched select selectors shlex ' +
    'site socketserver stat stringprep struct symtable sysconfig syslog tabnanny tarfile termios this ' +
    'tkinter token tokenize trace traceback tracemalloc tty turtle unicodedata unittest venv wave ' +
    'weakref webbrowser wsgiref xml xmlrpc zipapp zipimport zlib zoneinfo'
  ).split(' '),
);

/** Advice for a module that exists in Python but not for cells; undefined for a module unknown here. */
export function refusedModule(name: string): string | undefined {
  const dot = name.indexOf('.');
  const top = dot < 0 ? name : name.slice(0, dot);
  const standard = OTHER_STANDARD_MODULES.has(top) ? 'this part of the standard library is left out' : undefined;
  return REFUSED.get(name) ?? REFUSED.get(top) ?? standard;
}

/** Packages beside Python that this library has. */
const PACKAGES = new Set(
  'numpy pint matplotlib mpl_toolkits pydantic pydantic_core yaml IPython mlsys typing_extensions annotated_types'.split(
    ' ',
  ),
);

/** True for the name of a module that is part of Python, whether it is supported or not. */
export function isOfPython(top: string): boolean {
  return isStandardModule(top) || (loaders.has(top) && !PACKAGES.has(top));
}

/** True for a module that every Python has, so that importing it never fails there. */
export function isStandardModule(name: string): boolean {
  const dot = name.indexOf('.');
  const top = dot < 0 ? name : name.slice(0, dot);
  return OTHER_STANDARD_MODULES.has(top) || REFUSED_STANDARD.has(top);
}
