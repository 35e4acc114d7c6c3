/** `glob` and `fnmatch`: names by patterns of the shell. */
import type { PyModule } from '../../python/runtime/objects';
import { pythonModule } from '../standard/python';
import { loadPosixPath } from './posixpath';
import { primitives } from './primitives';
import { refusing } from './refusing';

const FNMATCH = `
def fnmatch(name, pat):
    return _match(_fspath(name), _fspath(pat))

def fnmatchcase(name, pat):
    return _match(name, pat)

def filter(names, pat):
    return [name for name in names if _match(_fspath(name), pat)]
`;

const GLOB = `
def _is_magic(s):
    return '*' in s or '?' in s or '[' in s

def has_magic(s):
    return _is_magic(s)

def escape(pathname):
    return ''.join(f'[{c}]' if c in '*?[' else c for c in pathname)

def _list(at, dironly):
    try:
        return [name for name, kind, link in _entries(at or '.', 'glob.glob') if kind == 'folder' or not dironly]
    except OSError:
        return []

def _is_hidden(name):
    return name.startswith('.')

def _all(at, dironly, hidden):
    for name in _list(at, dironly):
        if hidden or not _is_hidden(name):
            yield name
            for below in _all(_path.join(at, name), dironly, hidden):
                yield _path.join(name, below)

def _in(at, name, recursive, dironly, hidden):
    if not _is_magic(name):
        if name:
            return [name] if _kind(_path.join(at, name) or '.', 'glob.glob') != 'missing' else []
        return [name] if _kind(at or '.', 'glob.glob') == 'folder' else []
    if recursive and name == '**':
        if not at or _kind(at, 'glob.glob') == 'folder':
            return ['', *_all(at, dironly, hidden)]
        return []
    shown = hidden or _is_hidden(name)
    return [one for one in _list(at, dironly) if (shown or not _is_hidden(one)) and _match(one, name)]

def _select(pathname, root, recursive, dironly, hidden):
    dirname, basename = _path.split(pathname)
    if not _is_magic(pathname):
        at = _path.join(root, pathname if basename else dirname)
        kind = _kind(at, 'glob.glob')
        if kind == 'folder' or (basename and kind != 'missing'):
            yield pathname
        return
    if not dirname:
        yield from _in(root, basename, recursive, dironly, hidden)
        return
    dirs = _select(dirname, root, recursive, True, hidden) if dirname != pathname and _is_magic(dirname) else [dirname]
    for one in dirs:
        for name in _in(_path.join(root, one), basename, recursive, dironly, hidden):
            yield _path.join(one, name)

def iglob(pathname, *, root_dir=None, dir_fd=None, recursive=False, include_hidden=False):
    root = '' if root_dir is None else _fspath(root_dir)
    found = list(_select(pathname, root, recursive, False, include_hidden))
    if (not pathname or (recursive and pathname[:2] == '**')) and found and not found[0]:
        found = found[1:]
    return iter(found)

def glob(pathname, *, root_dir=None, dir_fd=None, recursive=False, include_hidden=False):
    return list(iglob(pathname, root_dir=root_dir, dir_fd=dir_fd, recursive=recursive, include_hidden=include_hidden))
`;

export function loadFnmatch(): PyModule {
  const module = pythonModule('fnmatch', FNMATCH, primitives);
  module.lazy = refusing('fnmatch', 'translate filterfalse', 'use fnmatch');
  return module;
}

export function loadGlob(): PyModule {
  const module = pythonModule('glob', GLOB, { ...primitives, _path: loadPosixPath() });
  module.lazy = refusing('glob', 'translate glob0 glob1', 'use glob');
  return module;
}
