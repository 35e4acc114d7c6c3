/** `io`: texts in memory. What would open a file is refused. */
import { Unsupported } from '../../python/runtime/errors';
import type { PyModule } from '../../python/runtime/objects';
import { pythonModule } from './python';
import { refusal } from './support';

const SOURCE = String.raw`
class StringIO:
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

    def writelines(self, lines, /):
        for line in lines:
            self.write(line)

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

    def tell(self):
        self._check()
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

    def _yes(self):
        self._check()
        return True

    def readable(self): return self._yes()
    def writable(self): return self._yes()
    def seekable(self): return self._yes()

    def isatty(self):
        return not self._yes()

    def flush(self):
        self._check()

    def close(self):
        self._open = False

    @property
    def closed(self):
        return not self._open

    def __enter__(self):
        if not self._open:
            raise ValueError('I/O operation on closed file.')
        return self

    def __exit__(self, *exc_info):
        self.close()


def _count(value):
    if value is not None and not isinstance(value, int):
        raise TypeError(f'argument should be integer or None, not {type(value).__name__!r}')
    return value
`;

export function loadIo(): PyModule {
  const module = pythonModule('io', SOURCE, { _refuse: refusal });
  module.lazy = name => {
    if (MISSING.includes(name)) throw new Unsupported(`io.${name}`, 'cells have no files');
    return undefined;
  };
  return module;
}

const MISSING = (
  'BlockingIOError BufferedIOBase BufferedRWPair BufferedRandom BufferedReader BufferedWriter BytesIO ' +
  'DEFAULT_BUFFER_SIZE FileIO IOBase IncrementalNewlineDecoder RawIOBase SEEK_CUR SEEK_END SEEK_SET TextIOBase ' +
  'TextIOWrapper UnsupportedOperation open open_code text_encoding'
).split(' ');
