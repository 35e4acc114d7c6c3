"""Texts in memory: io.StringIO."""
import io


def show(*computations):
    for compute in computations:
        try:
            print(repr(compute()))
        except Exception as error:
            print(type(error).__name__, error)


out = io.StringIO()
print('a', 1, file=out)
print('b', 2.5, sep=';', end='!', file=out, flush=True)
print(repr(out.getvalue()), out.tell(), io.StringIO)

s = io.StringIO('abc\ndef')
show(
    lambda: s.write('X'), s.getvalue, s.tell, lambda: s.read(1), s.readline, s.readlines, s.read, lambda: s.write(5),
    lambda: s.seek(-1), lambda: s.seek(1, 1), lambda: s.seek(0, 2), lambda: s.seek(0, 1), lambda: s.seek(0, 5),
    lambda: s.truncate(2), s.getvalue, s.tell, lambda: s.truncate(-1), lambda: s.read('a'), lambda: s.seek('a'),
    lambda: s.seek(10), lambda: s.write('z'), s.getvalue, lambda: (s.closed, s.newlines, s.encoding, s.line_buffering),
    lambda: (s.seekable(), s.readable(), s.writable(), s.isatty(), s.flush()), lambda: s.writelines(['p', 'q']), s.getvalue,
    lambda: s.seek(1), s.truncate, s.getvalue, lambda: s.write(''),
)
with s as same:
    print(same is s)
show(s.read, s.getvalue, lambda: s.closed, lambda: next(s), s.__enter__, lambda: s.write('a'), s.close)
show(
    lambda: io.StringIO(5), lambda: io.StringIO('a', newline='x'), lambda: list(io.StringIO('a\nb\n\nc')),
    lambda: io.StringIO('a\r\nb\rc').readlines(), lambda: io.StringIO('abc').readline(2), lambda: io.StringIO(None).getvalue(),
    lambda: io.StringIO('a\nb\nc').readlines(1), lambda: io.StringIO('a\nb').read(None), lambda: io.StringIO('a\nb').readlines(None),
    lambda: [line.split(',') for line in io.StringIO('1,2\n3,4\n')], lambda: next(io.StringIO('')),
)
