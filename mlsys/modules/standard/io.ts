/** `io`: streams of texts and bytes, in memory or of files that are read. What would write a file is refused. */
import { Unsupported } from '../../python/runtime/errors';
import type { PyModule } from '../../python/runtime/objects';
import { primitives } from '../files/primitives';
import { pythonModule } from './python';
import { refusal } from './support';

const SOURCE = String.raw`
# What streams have in common; each has its own _check, which raises where it is closed.
class _IOBase:
    __module__ = '_io'
    __slots__ = ()

    def writelines(self, lines, /):
        for line in lines:
            self.write(line)

    def readlines(self, hint=-1, /):
        hint = _count(hint)
        lines, length = [], 0
        for line in self:
            lines.append(line)
            length += len(line)
            if hint is not None and 0 < hint <= length:
                break
        return lines

    def __iter__(self):
        self._check()
        return self

    def __next__(self):
        line = self.readline()
        if not line:
            raise StopIteration
        return line

    def tell(self):
        self._check()
        return self._at

    def _yes(self):
        self._check()
        return True

    def readable(self): return self._yes()
    def writable(self): return self._yes()
    def seekable(self): return self._yes()

    def isatty(self):
        return not self._yes()

    def flush(self):
        self._yes()

    def close(self):
        self._open = False

    @property
    def closed(self):
        return not self._open

    def __enter__(self):
        self._yes()
        return self

    def __exit__(self, *exc_info):
        self.close()


class StringIO(_IOBase):
    __module__ = '_io'
    __slots__ = ('_text', '_at', '_open', '__dict__')
    encoding = errors = newlines = None
    line_buffering = False

    def __init__(self, initial_value='', newline='\n'):
        if newline not in (None, '', '\n', '\r', '\r\n'):
            raise ValueError(f'illegal newline value: {newline!r}')
        if newline != '\n':
            _refuse('StringIO with another newline')
        if initial_value is not None and not isinstance(initial_value, str):
            raise TypeError(f'initial_value must be str or None, not {type(initial_value).__name__}')
        self._text, self._at, self._open = initial_value or '', 0, True

    def _check(self):
        if not self._open:
            raise ValueError('I/O operation on closed file')

    def write(self, s, /):
        if not isinstance(s, str):
            raise TypeError(f'string argument expected, got {type(s).__name__!r}')
        self._check()
        if s:
            before, after = self._text[:self._at], self._text[self._at + len(s):]
            self._text = before + '\0' * (self._at - len(before)) + s + after
            self._at += len(s)
        return len(s)

    def getvalue(self):
        self._check()
        return self._text

    def _take(self, end):
        taken = self._text[self._at:end]
        self._at += len(taken)
        return taken

    def read(self, size=-1, /):
        size = _count(size)
        self._check()
        return self._take(None if size is None or size < 0 else self._at + size)

    def readline(self, size=-1, /):
        size = _count(size)
        self._check()
        stop = self._text.find('\n', self._at) + 1 or len(self._text)
        return self._take(stop if size is None or size < 0 else min(stop, self._at + size))

    def seek(self, pos, whence=0, /):
        if not isinstance(pos, int):
            raise TypeError(f'{type(pos).__name__!r} object cannot be interpreted as an integer')
        self._check()
        if whence not in (0, 1, 2):
            raise ValueError(f'Invalid whence ({whence}, should be 0, 1 or 2)')
        if whence == 0 and pos < 0:
            raise ValueError(f'Negative seek position {pos}')
        if whence != 0 and pos != 0:
            raise OSError("Can't do nonzero cur-relative seeks")
        self._at = (pos, self._at, len(self._text))[whence]
        return self._at

    def truncate(self, pos=None, /):
        pos = _count(pos)
        self._check()
        if pos is None:
            pos = self._at
        if pos < 0:
            raise ValueError(f'Negative size value {pos}')
        self._text = self._text[:pos]
        return pos

    def __enter__(self):
        if not self._open:
            raise ValueError('I/O operation on closed file.')
        return self


def _count(value):
    if value is not None and not isinstance(value, int):
        raise TypeError(f'argument should be integer or None, not {type(value).__name__!r}')
    return value


class UnsupportedOperation(OSError, ValueError):
    pass


def _not_writable(self, *args):
    self._check()
    raise UnsupportedOperation('not writable')


class BytesIO(_IOBase):
    __module__ = '_io'
    __slots__ = ('_data', '_at', '_open', '__dict__')

    def __init__(self, initial_bytes=b''):
        self._data, self._at, self._open = bytes(initial_bytes or b''), 0, True

    def _check(self):
        if not self._open:
            raise ValueError('I/O operation on closed file.')

    def getvalue(self):
        self._check()
        return self._data

    def write(self, b, /):
        self._check()
        b = bytes(b)
        if b:
            before, after = self._data[:self._at], self._data[self._at + len(b):]
            self._data = before + b'\0' * (self._at - len(before)) + b + after
            self._at += len(b)
        return len(b)

    def _take(self, end):
        taken = self._data[self._at:end]
        self._at += len(taken)
        return taken

    def read(self, size=-1, /):
        size = _count(size)
        self._check()
        return self._take(None if size is None or size < 0 else self._at + size)

    read1 = read

    def _end_of_line(self):
        size = 64
        while True:
            place = self._data[self._at:self._at + size].find(b'\n') + 1
            if place:
                return self._at + place
            if self._at + size >= len(self._data):
                return len(self._data)
            size *= 2

    def readline(self, size=-1, /):
        size = _count(size)
        self._check()
        stop = self._end_of_line()
        return self._take(stop if size is None or size < 0 else min(stop, self._at + size))

    def seek(self, pos, whence=0, /):
        self._check()
        if whence not in (0, 1, 2):
            raise ValueError(f'invalid whence ({whence}, should be 0, 1 or 2)')
        if whence == 0 and pos < 0:
            raise ValueError(f'negative seek value {pos}')
        self._at = max(0, (0, self._at, len(self._data))[whence] + pos)
        return self._at


class BufferedReader(BytesIO):
    __module__ = '_io'
    __slots__ = ('name', 'mode')

    def __init__(self, raw, buffer_size=8192):
        _refuse('BufferedReader of a stream')

    def __repr__(self):
        return f'<_io.BufferedReader name={self.name!r}>'

    def peek(self, size=0, /):
        self._check()
        return self._data[self._at:]

    getvalue = property(lambda self: _no_attribute(self, 'getvalue'))
    write = writelines = truncate = _not_writable

    def writable(self):
        return not self._yes()


class TextIOWrapper(_IOBase):
    __module__ = '_io'
    __slots__ = ('name', 'mode', 'encoding', 'errors', '_data', '_newline', '_text', '_at', '_open', '_named')
    line_buffering = False
    newlines = None

    def __init__(self, buffer, encoding=None, errors=None, newline=None, line_buffering=False, write_through=False):
        if not isinstance(buffer, BytesIO):
            _refuse('TextIOWrapper of another stream')
        self._begin(buffer.read(), encoding, errors, newline)
        self._named = isinstance(buffer, BufferedReader)
        if self._named:
            self.name, self.mode = buffer.name, 'r'

    def _begin(self, data, encoding, errors, newline):
        if newline not in (None, '', '\n', '\r', '\r\n'):
            raise ValueError(f'illegal newline value: {newline}')
        self._data, self._newline = data, newline
        self.encoding = 'UTF-8' if encoding is None or encoding == 'locale' else encoding
        self.errors = 'strict' if errors is None else errors
        self._text, self._at, self._open = None, 0, True

    def __repr__(self):
        of = f' name={self.name!r} mode={self.mode!r}' if self._named else ''
        return f'<_io.TextIOWrapper{of} encoding={self.encoding!r}>'

    def _check(self):
        if not self._open:
            raise ValueError('I/O operation on closed file.')
        if self._text is None:
            data, encoding = self._data, self.encoding
            if encoding.lower().replace('_', '-') in ('utf-8-sig', 'utf8-sig'):
                data, encoding = data.removeprefix(b'\xef\xbb\xbf'), 'utf-8'
            text = data.decode(encoding, self.errors)
            if self._newline is None and '\r' in text:
                text = text.replace('\r\n', '\n').replace('\r', '\n')
            self._text = text
            if self._named:
                _note_text(text, self.name)

    def _take(self, end):
        taken = self._text[self._at:end]
        self._at += len(taken)
        return taken

    def read(self, size=-1, /):
        size = _count(size)
        self._check()
        return self._take(None if size is None or size < 0 else self._at + size)

    def _end_of_line(self):
        if self._newline in (None, '\n'):
            return self._text.find('\n', self._at) + 1
        if self._newline:
            place = self._text.find(self._newline, self._at)
            return place + len(self._newline) if place >= 0 else 0
        line = self._text.find('\n', self._at)
        carriage = self._text.find('\r', self._at, line if line >= 0 else len(self._text))
        if carriage >= 0:
            return carriage + (2 if line == carriage + 1 else 1)
        return line + 1

    def readline(self, size=-1, /):
        size = _count(size)
        self._check()
        stop = self._end_of_line() or len(self._text)
        return self._take(stop if size is None or size < 0 else min(stop, self._at + size))

    def __next__(self):
        self._check()
        line = self._take(self._end_of_line() or None)
        if not line:
            raise StopIteration
        return line

    def seek(self, cookie, whence=0, /):
        self._check()
        if whence == 1 and cookie != 0:
            raise UnsupportedOperation("can't do nonzero cur-relative seeks")
        if whence == 2 and cookie != 0:
            raise UnsupportedOperation("can't do nonzero end-relative seeks")
        if whence not in (0, 1, 2):
            raise ValueError(f'invalid whence ({whence}, should be 0, 1 or 2)')
        if whence == 0 and cookie != 0:
            _refuse('seek in a file of text')
        self._at = (0, self._at, len(self._text))[whence]
        return self.tell()

    def tell(self):
        self._check()
        if self._at == len(self._text):
            return len(self._data)
        if self._at != 0:
            _refuse('tell in a file of text')
        return 0

    write = writelines = truncate = _not_writable

    def _yes(self):
        if not self._open:
            raise ValueError('I/O operation on closed file.')
        return True

    def writable(self):
        return not self._yes()

    @property
    def buffer(self):
        return _reader(self._data, self.name)


def _no_attribute(self, name):
    raise AttributeError(f'{type(self).__module__ + "." + type(self).__name__!r} object has no attribute {name!r}')


def _reader(data, name):
    made = object.__new__(BufferedReader)
    made._data, made._at, made._open = data, 0, True
    made.name, made.mode = name, 'rb'
    return made


def open(file, mode='r', buffering=-1, encoding=None, errors=None, newline=None, closefd=True, opener=None):
    if isinstance(file, int):
        _refuse_files('open() of a descriptor', 'name the file')
    file = _fspath(file)
    if mode != 'r' or opener is not None:
        if not isinstance(mode, str):
            raise TypeError(f"open() argument 'mode' must be str, not {type(mode).__name__}")
        if opener is not None:
            _refuse_files('open(opener=...)', 'leave it out')
        kinds = [c for c in mode if c in 'rwax']
        if set(mode) - set('rwaxbt+') or len(mode) > len(set(mode)):
            raise ValueError(f'invalid mode: {mode!r}')
        if 'b' in mode and 't' in mode:
            raise ValueError("can't have text and binary mode at once")
        if len(kinds) > 1 or not kinds:
            if len(kinds) > 1:
                raise ValueError('must have exactly one of create/read/write/append mode')
            raise ValueError('Must have exactly one of create/read/write/append mode and at most one plus')
        if 'b' in mode:
            for name, value in (('an encoding', encoding), ('an errors', errors), ('a newline', newline)):
                if value is not None:
                    raise ValueError(f"binary mode doesn't take {name} argument")
        if kinds != ['r'] or '+' in mode:
            _refuse_writing('open', file)
    data = _bytes(file, 'open')
    if 'b' in mode:
        return _reader(data, file)
    made = object.__new__(TextIOWrapper)
    made._begin(data, encoding, errors, newline)
    made.name, made.mode, made._named = file, mode, True
    return made


SEEK_SET, SEEK_CUR, SEEK_END = 0, 1, 2
DEFAULT_BUFFER_SIZE = 8192
`;

export function loadIo(): PyModule {
  const module = pythonModule('io', SOURCE, { ...primitives, _refuse: refusal });
  module.lazy = name => {
    if (MISSING.includes(name)) throw new Unsupported(`io.${name}`);
    return undefined;
  };
  return module;
}

const MISSING = (
  'BlockingIOError BufferedIOBase BufferedRWPair BufferedRandom BufferedWriter FileIO IOBase ' +
  'IncrementalNewlineDecoder RawIOBase TextIOBase open_code text_encoding'
).split(' ');
