/** `os`: folders, paths and an environment that is empty. What would change files or start processes is refused by name. */
import { fn } from '../../python/runtime/native';
import type { PyModule } from '../../python/runtime/objects';
import { pythonModule } from '../standard/python';
import { environ, getenv } from './environment';
import { WALK } from './pathlib';
import { loadAbstractPathLike } from './pathlike';
import { loadPosixPath } from './posixpath';
import { primitives } from './primitives';
import { refusing } from './refusing';

const SOURCE = `
sep = '/'
altsep = None
extsep = '.'
linesep = '\\n'
pathsep = ':'
curdir = '.'
pardir = '..'
devnull = '/dev/null'
name = 'posix'
error = OSError
F_OK, R_OK, W_OK, X_OK = 0, 4, 2, 1

def getcwd():
    return _cwd('os.getcwd')

def fspath(path):
    return _fspath(path)

def fsdecode(filename):
    return _fspath(filename)

def listdir(path=None):
    return [name for name, _, _ in _entries('.' if path is None else path, 'os.listdir')]

def walk(top, topdown=True, onerror=None, followlinks=False):
    return _walk(top, topdown, onerror, followlinks, 'os.walk')

def access(path, mode, *, dir_fd=None, effective_ids=False, follow_symlinks=True):
    if mode == F_OK:
        return _kind(path, 'os.access') != 'missing'
    _refuse_files('os.access', 'os.path.exists tells whether it is there')


class DirEntry:
    __module__ = 'posix'

    def __init__(self):
        raise TypeError("cannot create 'posix.DirEntry' instances")

    def __repr__(self):
        return f'<DirEntry {self.name!r}>'

    def __fspath__(self):
        return self.path

    def is_dir(self, *, follow_symlinks=True):
        return self._kind == 'folder' and (follow_symlinks or not self._link)

    def is_file(self, *, follow_symlinks=True):
        return self._kind == 'file' and (follow_symlinks or not self._link)

    def is_symlink(self):
        return self._link

    def stat(self, *, follow_symlinks=True):
        _refuse_files('os.DirEntry.stat', 'the times of files are not told')


class _Scan:
    def __init__(self, items):
        self._items = iter(items)

    def __iter__(self):
        return self

    def __next__(self):
        return next(self._items)

    def __enter__(self):
        return self

    def __exit__(self, *exc_info):
        pass

    def close(self):
        pass


def scandir(path=None):
    base = '.' if path is None else _fspath(path)
    found = []
    for name, kind, link in _entries(base, 'os.scandir'):
        made = object.__new__(DirEntry)
        made.name, made.path, made._kind, made._link = name, _path.join(base, name), kind, link
        found.append(made)
    return _Scan(found)


def mkdir(path, mode=511, *, dir_fd=None):
    _refuse_writing('os.mkdir', path)

def makedirs(name, mode=511, exist_ok=False):
    if exist_ok and _kind(name, 'os.makedirs') == 'folder':
        return
    _refuse_writing('os.makedirs', name)

def remove(path, *, dir_fd=None):
    _refuse_writing('os.remove', path)

def unlink(path, *, dir_fd=None):
    _refuse_writing('os.unlink', path)

def rmdir(path, *, dir_fd=None):
    _refuse_writing('os.rmdir', path)

def rename(src, dst, *, src_dir_fd=None, dst_dir_fd=None):
    _refuse_writing('os.rename', src, dst)

def replace(src, dst, *, src_dir_fd=None, dst_dir_fd=None):
    _refuse_writing('os.replace', src, dst)

def system(command):
    _refuse_writing('os.system')

def popen(cmd, mode='r', buffering=-1):
    _refuse_writing('os.popen')

def chdir(path):
    _refuse_writing('os.chdir')
`;

const REFUSED =
  'stat lstat open getpid getppid fork kill exec execv execve urandom cpu_count process_cpu_count uname getlogin putenv ' +
  'unsetenv symlink link readlink chmod chown utime truncate get_terminal_size times getloadavg getuid getgid umask environb ' +
  'fsencode get_exec_path spawnl spawnv startfile removedirs renames fwalk pipe dup read write close';

let made: PyModule | undefined;

export function loadOs(): PyModule {
  if (made !== undefined) return made;
  const paths = loadPosixPath();
  made = pythonModule('os', WALK + SOURCE, { ...primitives, _path: paths });
  made.attrs.set('path', paths);
  made.attrs.set('PathLike', loadAbstractPathLike());
  made.attrs.set('getenv', fn('getenv(key, default=None)', getenv));
  const refused = refusing('os', REFUSED, 'cells have no access to the machine');
  made.lazy = name => (name === 'environ' ? environ() : refused(name));
  return made;
}
