/** `importlib`: `import_module`, files of packages, and the version of the project itself. */
import { raise, Unsupported } from '../../python/runtime/errors';
import { look } from '../../python/runtime/files';
import { fn } from '../../python/runtime/native';
import { PyModule, type Value } from '../../python/runtime/objects';
import { call, getAttribute, repr, str, typeName } from '../../python/runtime/operations';
import { entryOf } from '../../python/runtime/tables';
import { vm } from '../../python/runtime/vm';
import { deferred } from '../deferred';
import { primitives } from '../files/primitives';
import { refusing } from '../files/refusing';
import { builtinModule } from '../registry';
import { pythonModule } from './python';

/** Loads the module. */
export function loadImportlib(): PyModule {
  const module = new PyModule('importlib');
  module.attrs.set(
    'import_module',
    fn('import_module(name, package=None)', (name: Value, of: Value | undefined) => imported(absolute(name, of))),
  );
  module.lazy = name => {
    if (name === 'resources' || name === 'metadata') return vm.import(`importlib.${name}`);
    const advice = entryOf(ADVICE, name);
    return advice === undefined ? undefined : deferred(`importlib.${name}`, advice);
  };
  return module;
}

/** The module; where that is not to be had, the refusal says which one it would be. */
function imported(name: string): PyModule {
  try {
    return vm.import(name);
  } catch (error) {
    if (error instanceof Unsupported) error.path ??= name;
    throw error;
  }
}

function absolute(name: Value, of: Value | undefined): string {
  if (typeof name !== 'string')
    throw raise('AttributeError', `'${typeName(name)}' object has no attribute 'startswith'`);
  if (name === '') throw raise('ValueError', 'Empty module name');
  const dots = /^\.*/.exec(name)![0].length;
  if (dots === 0) return name;
  if (typeof of !== 'string' || of === '')
    throw raise('TypeError', `the 'package' argument is required to perform a relative import for ${repr(name)}`);
  const parts = of.split('.');
  if (dots > parts.length) throw raise('ImportError', 'attempted relative import beyond top-level package');
  const base = parts.slice(0, parts.length - dots + 1).join('.');
  return dots === name.length ? base : `${base}.${name.slice(dots)}`;
}

const ADVICE: Readonly<Record<string, string>> = {
  reload: 'a package is read again when it changes',
  invalidate_caches: 'a package is read again when it changes',
  util: 'use an import statement within try and except',
  machinery: 'cells have no access to the interpreter',
  abc: 'cells have no access to the interpreter',
  find_loader: 'cells have no access to the interpreter',
  __import__: 'use an import statement',
};

const RESOURCES = `
class _Opened:
    def __init__(self, path):
        self._path = path

    def __enter__(self):
        return self._path

    def __exit__(self, *exc_info):
        pass


def files(anchor=None):
    if anchor is None:
        _refuse_files('importlib.resources.files() without a package', 'name the package')
    return _folder(anchor)

def as_file(path):
    return _Opened(path)

def is_resource(anchor, *path_names):
    return files(anchor).joinpath(*path_names).is_file()

def contents(package):
    return (path.name for path in files(package).iterdir())

def read_text(anchor, *path_names, encoding='utf-8', errors='strict'):
    return files(anchor).joinpath(*path_names).read_text(encoding=encoding, errors=errors)

def read_binary(anchor, *path_names):
    return files(anchor).joinpath(*path_names).read_bytes()

def open_text(anchor, *path_names, encoding='utf-8', errors='strict'):
    return files(anchor).joinpath(*path_names).open('r', encoding=encoding, errors=errors)

def open_binary(anchor, *path_names):
    return files(anchor).joinpath(*path_names).open('rb')

def path(anchor, *path_names):
    return as_file(files(anchor).joinpath(*path_names))
`;

/** The folder of a package, or of the package that a module is in, as a path. */
const folderOf = fn('_folder(anchor)', (anchor: Value) => {
  const module = typeof anchor === 'string' ? vm.import(anchor) : anchor;
  if (!(module instanceof PyModule)) throw raise('TypeError', `${repr(anchor)} is no package`);
  const file = module.attrs.get('__file__');
  if (typeof file !== 'string')
    throw new Unsupported(`the files of ${module.name}`, 'it is no package of the workspace');
  const path = call(getAttribute(builtinModule('pathlib')!, 'Path'), [file]);
  return getAttribute(path, 'parent');
});

export function loadResources(): PyModule {
  const module = pythonModule('importlib.resources', RESOURCES, { ...primitives, _folder: folderOf });
  module.lazy = refusing('importlib.resources', 'abc readers simple Package Anchor', 'use files()');
  return module;
}

/** `importlib.metadata`: what the project's own `pyproject.toml` says; what else is installed, nobody knows. */
export function loadMetadata(): PyModule {
  const module = new PyModule('importlib.metadata');
  const missing = pythonModule('importlib.metadata', METADATA).attrs.get('PackageNotFoundError')!;
  module.attrs.set('PackageNotFoundError', missing);
  module.attrs.set(
    'version',
    fn('version(distribution_name)', (name: Value) => {
      const found = projectVersion(str(name));
      if (found !== undefined) return found;
      const refused = new Unsupported(`importlib.metadata.version(${repr(name)})`, 'nobody knows what is installed');
      refused.kind = 'environment';
      throw refused;
    }),
  );
  const LEFT_OUT =
    'distribution distributions metadata requires entry_points files packages_distributions EntryPoint Distribution';
  module.lazy = refusing('importlib.metadata', LEFT_OUT, 'nobody knows what is installed');
  return module;
}

const METADATA = `
class PackageNotFoundError(ModuleNotFoundError):
    def __str__(self):
        return f'No package metadata was found for {self.name}'
`;

const normal = (name: string): string => name.toLowerCase().replace(/[-_.]+/g, '-');

/** The version of a project whose `pyproject.toml` stands in the working directory or above, within the workspace. */
function projectVersion(name: string): string | undefined {
  if (vm.data === undefined) return undefined;
  const { files } = vm.data;
  const construct = `importlib.metadata.version(${JSON.stringify(name)})`;
  for (let folder = files.folder; folder.length >= files.root.length; folder = folder.replace(/\/[^/]*$/, '')) {
    const { bytes } = look('content', `${folder}/pyproject.toml`, construct);
    const text = bytes === undefined ? '' : String.fromCharCode(...bytes.subarray(0, 20_000));
    const section = /^\[project\]\s*$([\s\S]*?)(?=^\[|(?![\s\S]))/m.exec(text)?.[1] ?? '';
    const field = (key: string) => new RegExp(`^${key}\\s*=\\s*["']([^"']*)["']`, 'm').exec(section)?.[1];
    const version = field('version');
    if (version !== undefined && normal(field('name') ?? '') === normal(name)) return version;
  }
  return undefined;
}
