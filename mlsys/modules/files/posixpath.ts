/** `os.path`: paths as texts, and what stands at them. */
import type { PyModule } from '../../python/runtime/objects';
import { pythonModule } from '../standard/python';
import { primitives } from './primitives';
import { refusing } from './refusing';

const SOURCE = `
sep = '/'
curdir = '.'
pardir = '..'
extsep = '.'
altsep = None
pathsep = ':'
defpath = '/bin:/usr/bin'
devnull = '/dev/null'
supports_unicode_filenames = False

def normcase(s):
    return _fspath(s)

def isabs(s):
    return _fspath(s).startswith('/')

def join(a, *p):
    path = _fspath(a)
    for part in p:
        part = _fspath(part)
        if part.startswith('/') or not path:
            path = part
        elif path.endswith('/'):
            path += part
        else:
            path += '/' + part
    return path

def split(p):
    p = _fspath(p)
    at = p.rfind('/') + 1
    head, tail = p[:at], p[at:]
    if head and head != '/' * len(head):
        head = head.rstrip('/')
    return head, tail

def basename(p):
    p = _fspath(p)
    return p[p.rfind('/') + 1:]

def dirname(p):
    return split(p)[0]

def splitdrive(p):
    p = _fspath(p)
    return p[:0], p

def splitroot(p):
    p = _fspath(p)
    slashes = len(p) - len(p.lstrip('/'))
    root = '//' if slashes == 2 else '/' if slashes else ''
    return '', root, p[len(root):]

def splitext(p):
    p = _fspath(p)
    dot = p.rfind('.')
    start = p.rfind('/') + 1
    if dot > start and p[start:dot].strip('.'):
        return p[:dot], p[dot:]
    return p, ''

def normpath(path):
    path = _fspath(path)
    if not path:
        return '.'
    root = splitroot(path)[1]
    parts = []
    for part in path.split('/'):
        if part in ('', '.'):
            continue
        if part != '..' or (not root and not parts) or (parts and parts[-1] == '..'):
            parts.append(part)
        elif parts:
            parts.pop()
    return root + '/'.join(parts) or '.'

def abspath(path):
    path = _fspath(path)
    return normpath(path if path.startswith('/') else join(_cwd('os.path.abspath'), path))

def realpath(filename, *, strict=False):
    if strict and not exists(filename):
        _bytes(abspath(filename), 'os.path.realpath')
    return _resolve(filename, 'os.path.realpath')

def relpath(path, start=None):
    path = _fspath(path)
    if not path:
        raise ValueError('no path specified')
    here = [part for part in abspath('.' if start is None else start).split('/') if part]
    there = [part for part in abspath(path).split('/') if part]
    shared = 0
    while shared < min(len(here), len(there)) and here[shared] == there[shared]:
        shared += 1
    return '/'.join(['..'] * (len(here) - shared) + there[shared:]) or '.'

def commonprefix(m):
    m = list(m)
    if not m:
        return ''
    if not isinstance(m[0], (list, tuple)):
        m = [_fspath(one) for one in m]
    low, high = min(m), max(m)
    for i, c in enumerate(low):
        if c != high[i]:
            return low[:i]
    return low

def commonpath(paths):
    paths = [_fspath(path) for path in paths]
    if not paths:
        raise ValueError('commonpath() arg is an empty sequence')
    absolute = {path.startswith('/') for path in paths}
    if len(absolute) > 1:
        raise ValueError("Can't mix absolute and relative paths")
    lists = [[part for part in path.split('/') if part and part != '.'] for path in paths]
    return ('/' if True in absolute else '') + '/'.join(commonprefix(lists))

def exists(path):
    return _kind(path, 'os.path.exists') != 'missing'

lexists = exists

def isfile(path):
    return _kind(path, 'os.path.isfile') == 'file'

def isdir(s):
    return _kind(s, 'os.path.isdir') == 'folder'

def getsize(filename):
    return len(_bytes(filename, 'os.path.getsize'))

def samefile(f1, f2):
    for one in (f1, f2):
        if not exists(one):
            _bytes(one, 'os.path.samefile')
    return _resolve(f1, 'os.path.samefile') == _resolve(f2, 'os.path.samefile')

def expandvars(path):
    path = _fspath(path)
    if '$' in path:
        _refuse_files('os.path.expandvars', 'cells have no environment')
    return path

def expanduser(path):
    path = _fspath(path)
    if path.startswith('~'):
        _refuse_files('os.path.expanduser', 'cells have no home folder')
    return path
`;

let made: PyModule | undefined;

export function loadPosixPath(): PyModule {
  if (made === undefined) {
    made = pythonModule('posixpath', SOURCE, primitives);
    made.lazy = refusing(
      'os.path',
      'getmtime getatime getctime islink ismount isjunction sameopenfile samestat',
      'cells have no files',
    );
  }
  return made;
}
