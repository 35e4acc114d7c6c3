/** `pathlib`: paths of POSIX, and what stands at them. */
import { Unsupported } from '../../python/runtime/errors';
import { fn } from '../../python/runtime/native';
import { PyClass, type PyModule, type Value } from '../../python/runtime/objects';
import { call } from '../../python/runtime/operations';
import { builtinModule } from '../registry';
import { pythonModule } from '../standard/python';
import { pathParts } from './pathParts';
import { loadPosixPath } from './posixpath';
import { primitives } from './primitives';

const SOURCE = `
class UnsupportedOperation(NotImplementedError):
    pass


class PurePath:
    __slots__ = ('_raw', '_text', '_root', '_tail')
    parser = path

    def __new__(cls, *args, **kwargs):
        return object.__new__(PurePosixPath if cls is PurePath else PosixPath if cls is Path else cls)

    def __init__(self, *args):
        self._raw, self._root, self._tail, self._text = _parsed(PurePath, *args)

    def with_segments(self, *pathsegments):
        return type(self)(*pathsegments)

    def _made(self, root, tail):
        return self.with_segments(root + '/'.join(tail))

    def __str__(self):
        return self._text

    def __fspath__(self):
        return self._text

    def as_posix(self):
        return self._text

    def __bytes__(self):
        return self._text.encode()

    def __repr__(self):
        return f'{type(self).__name__}({self._text!r})'

    def __hash__(self):
        return hash(self._text)

    def __eq__(self, other):
        return self._text == other._text if isinstance(other, PurePath) else NotImplemented

    def __lt__(self, other):
        return _ordered('<', self._text, other._text) if isinstance(other, PurePath) else NotImplemented

    def __le__(self, other):
        return _ordered('<=', self._text, other._text) if isinstance(other, PurePath) else NotImplemented

    def __gt__(self, other):
        return _ordered('>', self._text, other._text) if isinstance(other, PurePath) else NotImplemented

    def __ge__(self, other):
        return _ordered('>=', self._text, other._text) if isinstance(other, PurePath) else NotImplemented

    def joinpath(self, *pathsegments):
        return self.with_segments(self, *pathsegments)

    def __truediv__(self, key):
        try:
            return self.with_segments(self, key)
        except TypeError:
            return NotImplemented

    def __rtruediv__(self, key):
        try:
            return self.with_segments(key, self)
        except TypeError:
            return NotImplemented

    @property
    def drive(self):
        return ''

    @property
    def root(self):
        return self._root

    @property
    def anchor(self):
        return self._root

    @property
    def parts(self):
        return (self._root,) + self._tail if self._root else self._tail

    @property
    def parent(self):
        return self._made(self._root, self._tail[:-1]) if self._tail else self

    @property
    def parents(self):
        return _PathParents(self)

    @property
    def name(self):
        return self._tail[-1] if self._tail else ''

    @property
    def suffix(self):
        name = self.name
        dot = name.rfind('.')
        return name[dot:] if 0 < dot < len(name) - 1 else ''

    @property
    def suffixes(self):
        name = self.name
        return [] if name.endswith('.') else ['.' + part for part in name.lstrip('.').split('.')[1:]]

    @property
    def stem(self):
        name = self.name
        dot = name.rfind('.')
        return name[:dot] if 0 < dot < len(name) - 1 else name

    def with_name(self, name):
        if not name or '/' in name or name == '.':
            raise ValueError(f'Invalid name {name!r}')
        if not self._tail:
            raise ValueError(f'{self!r} has an empty name')
        return self._made(self._root, self._tail[:-1] + (name,))

    def with_stem(self, stem):
        suffix = self.suffix
        if suffix and not stem:
            raise ValueError(f'{self!r} has a non-empty suffix')
        return self.with_name(stem + suffix)

    def with_suffix(self, suffix):
        stem = self.stem
        if not stem:
            raise ValueError(f'{self!r} has an empty name')
        if suffix and not (suffix.startswith('.') and len(suffix) > 1):
            raise ValueError(f'Invalid suffix {suffix!r}')
        return self.with_name(stem + suffix)

    def relative_to(self, other, /, *, walk_up=False):
        if not isinstance(other, PurePath):
            other = self.with_segments(other)
        step = 0
        for base in [other, *other.parents]:
            if base == self or base in self.parents:
                return self._made('', ('..',) * step + self._tail[len(base._tail):])
            if not walk_up:
                raise ValueError(f'{str(self)!r} is not in the subpath of {str(other)!r}')
            if base.name == '..':
                raise ValueError(f"'..' segment in {str(other)!r} cannot be walked")
            step += 1
        raise ValueError(f'{str(self)!r} and {str(other)!r} have different anchors')

    def is_relative_to(self, other, /):
        if not isinstance(other, PurePath):
            other = self.with_segments(other)
        return other == self or other in self.parents

    def is_absolute(self):
        return self._root != ''

    def match(self, path_pattern, *, case_sensitive=None):
        if case_sensitive is not None:
            _refuse_files('Path.match(case_sensitive=...)', 'leave it out')
        if not isinstance(path_pattern, PurePath):
            path_pattern = self.with_segments(path_pattern)
        own, wanted = self.parts[::-1], path_pattern.parts[::-1]
        if not wanted:
            raise ValueError('empty pattern')
        if len(own) < len(wanted) or (len(own) > len(wanted) and path_pattern._root):
            return False
        return all(_match(part, pattern) for part, pattern in zip(own, wanted))


class _PathParents:
    __slots__ = ('_path', '_count')

    def __init__(self, of):
        self._path = of
        self._count = len(of._tail)

    def __len__(self):
        return self._count

    def __getitem__(self, idx):
        if isinstance(idx, slice):
            return tuple(self[i] for i in range(*idx.indices(len(self))))
        if idx >= len(self) or idx < -len(self):
            raise IndexError(idx)
        if idx < 0:
            idx += len(self)
        return self._path._made(self._path._root, self._path._tail[:-idx - 1])

    def __repr__(self):
        return f'<{type(self._path).__name__}.parents>'


class PurePosixPath(PurePath):
    __slots__ = ()


def _slash(text):
    return text if not text or text.endswith('/') else text + '/'


class Path(PurePath):
    __slots__ = ()

    @classmethod
    def cwd(cls):
        return cls(_cwd('Path.cwd'))

    @classmethod
    def home(cls):
        _refuse_files('Path.home', 'cells have no home folder')

    def expanduser(self):
        if not self._root and self._tail and self._tail[0].startswith('~'):
            _refuse_files('Path.expanduser', 'cells have no home folder')
        return self

    def absolute(self):
        if self._root:
            return self
        return self.with_segments(_cwd('Path.absolute'), self)

    def resolve(self, strict=False):
        if strict and _kind(self._text, 'Path.resolve') == 'missing':
            _bytes(path.abspath(self._text), 'Path.resolve')
        return self.with_segments(_resolve(self._text, 'Path.resolve'))

    def exists(self, *, follow_symlinks=True):
        return _kind(self._text, 'Path.exists') != 'missing'

    def is_file(self, *, follow_symlinks=True):
        return _kind(self._text, 'Path.is_file') == 'file'

    def is_dir(self, *, follow_symlinks=True):
        return _kind(self._text, 'Path.is_dir') == 'folder'

    def samefile(self, other_path):
        return path.samefile(self, other_path)

    def open(self, mode='r', buffering=-1, encoding=None, errors=None, newline=None):
        return _open(self, mode, buffering, encoding, errors, newline)

    def read_text(self, encoding=None, errors=None, newline=None):
        if errors is None and newline is None and encoding in (None, 'utf-8', 'utf8', 'UTF-8'):
            text = _text(self._text)
            if text is not None:
                return text
        with _open(self, 'r', -1, encoding, errors, newline) as f:
            return f.read()

    def read_bytes(self):
        return _bytes(self._text, 'Path.read_bytes')

    def write_text(self, data, encoding=None, errors=None, newline=None):
        _refuse_writing('Path.write_text', self._text)

    def write_bytes(self, data):
        _refuse_writing('Path.write_bytes', self._text)

    def touch(self, mode=438, exist_ok=True):
        _refuse_writing('Path.touch', self._text)

    def mkdir(self, mode=511, parents=False, exist_ok=False):
        if exist_ok and _kind(self._text, 'Path.mkdir') == 'folder':
            return
        _refuse_writing('Path.mkdir', self._text)

    def rmdir(self):
        _refuse_writing('Path.rmdir', self._text)

    def unlink(self, missing_ok=False):
        if missing_ok and _kind(self._text, 'Path.unlink') == 'missing':
            return
        _refuse_writing('Path.unlink', self._text)

    def rename(self, target):
        _refuse_writing('Path.rename', self._text, target)

    def replace(self, target):
        _refuse_writing('Path.replace', self._text, target)

    def symlink_to(self, target, target_is_directory=False):
        _refuse_writing('Path.symlink_to', self._text)

    def hardlink_to(self, target):
        _refuse_writing('Path.hardlink_to', self._text)

    def chmod(self, mode, *, follow_symlinks=True):
        _refuse_writing('Path.chmod', self._text)

    def iterdir(self):
        base = '' if self._text == '.' else _slash(self._text)
        return iter([self.with_segments(base + name) for name, _, _ in _entries(self._text, 'Path.iterdir')])

    def glob(self, pattern, *, case_sensitive=None, recurse_symlinks=False):
        if case_sensitive is not None:
            _refuse_files('Path.glob(case_sensitive=...)', 'leave it out')
        if not isinstance(pattern, PurePath):
            pattern = self.with_segments(pattern)
        if pattern._root:
            raise NotImplementedError('Non-relative patterns are unsupported')
        if not pattern._tail:
            raise ValueError(f'Unacceptable pattern: {pattern!r}')
        if pattern._raw.endswith('/'):
            _refuse_files('Path.glob with a pattern that ends in /', 'use is_dir')
        found = _selected(self._text, recurse_symlinks, *pattern._tail)
        if pattern._tail[-1] == '**':
            found = [one[:-1] if one.endswith('/') and one != '/' else one for one in found]
        strip = 2 if self._text == '.' else 0
        return iter([self.with_segments(one[strip:]) for one in found])

    def rglob(self, pattern, *, case_sensitive=None, recurse_symlinks=False):
        if not isinstance(pattern, PurePath):
            pattern = self.with_segments(pattern)
        return self.glob('**' / pattern, case_sensitive=case_sensitive, recurse_symlinks=recurse_symlinks)

    def walk(self, top_down=True, on_error=None, follow_symlinks=False):
        for at, folders, files in _walk(self._text, top_down, on_error, follow_symlinks, 'Path.walk'):
            yield self.with_segments(at), folders, files

    def stat(self, *, follow_symlinks=True):
        _refuse_files('Path.stat', 'the times of files are not told; len(path.read_bytes()) is the size')

    lstat = stat

    def is_symlink(self):
        _refuse_files('Path.is_symlink', 'links are followed')

    def owner(self, *, follow_symlinks=True):
        _refuse_files('Path.owner', 'cells have no access to the machine')

    group = owner


class PosixPath(Path, PurePosixPath):
    __slots__ = ()


class PureWindowsPath(PurePath):
    __slots__ = ()

    def __new__(cls, *args, **kwargs):
        _refuse_files('PureWindowsPath', 'paths are those of POSIX')


class WindowsPath(Path, PureWindowsPath):
    __slots__ = ()
`;

/** Goes through a folder and those below it, as `os.walk` does. */
export const WALK = `
def _walk(top, topdown, onerror, followlinks, construct):
    top = _fspath(top)
    stack = [top]
    while stack:
        here = stack.pop()
        if isinstance(here, tuple):
            yield here
            continue
        try:
            entries = _entries(here, construct)
        except OSError as error:
            if onerror is not None:
                onerror(error)
            continue
        folders = [name for name, kind, link in entries if kind == 'folder']
        files = [name for name, kind, link in entries if kind != 'folder']
        links = {name for name, kind, link in entries if link}
        if topdown:
            yield here, folders, files
        else:
            stack.append((here, folders, files))
        for name in reversed(folders):
            if followlinks or name not in links:
                stack.append(here + name if here.endswith('/') else here + '/' + name)
`;

/** `io.open`, whose module loads on its first use. */
export const openFile = fn('_open(*args)', args => {
  const io = builtinModule('io')?.attrs.get('open');
  if (io === undefined) throw new Unsupported('open()');
  return call(io, [...(args as { items: readonly Value[] }).items]);
});

export function loadPathlib(): PyModule {
  const given = { ...primitives, ...pathParts, path: loadPosixPath(), _open: openFile };
  const module = pythonModule('pathlib', WALK + SOURCE, given);
  for (const one of module.attrs.values()) if (one instanceof PyClass) one.unchanging = true;
  return module;
}
