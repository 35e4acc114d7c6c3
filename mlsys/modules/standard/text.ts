/** `string` and `textwrap` */
import type { PyModule } from '../../python/runtime/objects';
import { pythonModule } from './python';

const STRING = String.raw`
import re as _re
from collections import ChainMap as _ChainMap

whitespace = ' \t\n\r\v\f'
ascii_lowercase = 'abcdefghijklmnopqrstuvwxyz'
ascii_uppercase = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'
ascii_letters = ascii_lowercase + ascii_uppercase
digits = '0123456789'
hexdigits = digits + 'abcdef' + 'ABCDEF'
octdigits = '01234567'
punctuation = r"""!"#$%&'()*+,-./:;<=>?@[\]^_${'`'}{|}~"""
printable = digits + ascii_letters + punctuation + whitespace


def capwords(s, sep=None):
    return (sep or ' ').join(map(str.capitalize, s.split(sep)))


class Template:
    delimiter = '$'
    idpattern = r'(?a:[_a-z][_a-z0-9]*)'
    braceidpattern = None
    flags = _re.IGNORECASE

    def __init__(self, template):
        self.template = template

    @property
    def pattern(self):
        delim = _re.escape(self.delimiter)
        bid = self.braceidpattern or self.idpattern
        return _re.compile(rf'{delim}(?:(?P<escaped>{delim})|(?P<named>{self.idpattern})|{{(?P<braced>{bid})}}|(?P<invalid>))', self.flags)

    def _invalid(self, mo):
        i = mo.start('invalid')
        lines = self.template[:i].splitlines(keepends=True)
        if not lines:
            colno, lineno = 1, 1
        else:
            colno = i - len(''.join(lines[:-1]))
            lineno = len(lines)
        raise ValueError('Invalid placeholder in string: line %d, col %d' % (lineno, colno))

    def _mapping(self, args, kws):
        if not args:
            return kws
        return _ChainMap(kws, args[0]) if kws else args[0]

    def substitute(self, /, *args, **kws):
        mapping = self._mapping(args, kws)

        def convert(mo):
            named = mo.group('named') or mo.group('braced')
            if named is not None:
                return str(mapping[named])
            if mo.group('escaped') is not None:
                return self.delimiter
            self._invalid(mo)
        return self.pattern.sub(convert, self.template)

    def safe_substitute(self, /, *args, **kws):
        mapping = self._mapping(args, kws)

        def convert(mo):
            named = mo.group('named') or mo.group('braced')
            if named is not None:
                try:
                    return str(mapping[named])
                except KeyError:
                    return mo.group()
            if mo.group('escaped') is not None:
                return self.delimiter
            return mo.group()
        return self.pattern.sub(convert, self.template)

    def is_valid(self):
        return all(mo.group('invalid') is None for mo in self.pattern.finditer(self.template))

    def get_identifiers(self):
        ids = []
        for mo in self.pattern.finditer(self.template):
            named = mo.group('named') or mo.group('braced')
            if named is not None and named not in ids:
                ids.append(named)
        return ids


class Formatter:
    def format(self, format_string, /, *args, **kwargs):
        return self.vformat(format_string, args, kwargs)

    def vformat(self, format_string, args, kwargs):
        return format_string.format(*args, **kwargs)
`;

const TEXTWRAP = String.raw`
import re as _re

_WHITESPACE = '\t\n\x0b\x0c\r '
_SPLIT = _re.compile(r'''([\t\n\x0b\x0c\r ]+|(?<=[\w!"'&.,?])-{2,}(?=\w)|[^\t\n\x0b\x0c\r ]+?(?:-(?:(?<=[^\d\W]{2}-)|(?<=[^\d\W]-[^\d\W]-))(?=[^\d\W]-?[^\d\W])|(?=[\t\n\x0b\x0c\r ]|\Z)|(?<=[\w!"'&.,?])(?=-{2,}\w)))''')
_SIMPLE = _re.compile(r'([\t\n\x0b\x0c\r ]+)')
_SENTENCE_END = _re.compile(r'[a-z][\.\!\?][\"\']?\Z')


class TextWrapper:
    def __init__(self, width=70, initial_indent='', subsequent_indent='', expand_tabs=True, replace_whitespace=True,
                 fix_sentence_endings=False, break_long_words=True, drop_whitespace=True, break_on_hyphens=True,
                 tabsize=8, *, max_lines=None, placeholder=' [...]'):
        self.width = width
        self.initial_indent = initial_indent
        self.subsequent_indent = subsequent_indent
        self.expand_tabs = expand_tabs
        self.replace_whitespace = replace_whitespace
        self.fix_sentence_endings = fix_sentence_endings
        self.break_long_words = break_long_words
        self.drop_whitespace = drop_whitespace
        self.break_on_hyphens = break_on_hyphens
        self.tabsize = tabsize
        self.max_lines = max_lines
        self.placeholder = placeholder

    def _chunks(self, text):
        if self.expand_tabs:
            text = text.expandtabs(self.tabsize)
        if self.replace_whitespace:
            text = text.translate({ord(c): ' ' for c in _WHITESPACE})
        pattern = _SPLIT if self.break_on_hyphens else _SIMPLE
        chunks = [c for c in pattern.split(text) if c]
        if self.fix_sentence_endings:
            for i in range(len(chunks) - 1):
                if chunks[i + 1] == ' ' and _SENTENCE_END.search(chunks[i]):
                    chunks[i + 1] = '  '
        return chunks

    def wrap(self, text):
        if self.width <= 0:
            raise ValueError('invalid width %r (must be > 0)' % self.width)
        if self.max_lines is not None:
            indent = self.subsequent_indent if self.max_lines > 1 else self.initial_indent
            if len(indent) + len(self.placeholder.lstrip()) > self.width:
                raise ValueError('placeholder too large for max width')
        lines = []
        chunks = self._chunks(text)[::-1]
        while chunks:
            line = []
            size = 0
            indent = self.subsequent_indent if lines else self.initial_indent
            width = self.width - len(indent)
            if self.drop_whitespace and chunks[-1].strip() == '' and lines:
                del chunks[-1]
            while chunks:
                length = len(chunks[-1])
                if size + length > width:
                    break
                line.append(chunks.pop())
                size += length
            if chunks and len(chunks[-1]) > width:
                self._long_word(chunks, line, size, width)
                size = sum(map(len, line))
            if self.drop_whitespace and line and line[-1].strip() == '':
                size -= len(line[-1])
                del line[-1]
            if line:
                if (self.max_lines is None or len(lines) + 1 < self.max_lines or
                        (not chunks or self.drop_whitespace and len(chunks) == 1 and not chunks[0].strip()) and size <= width):
                    lines.append(indent + ''.join(line))
                else:
                    while line:
                        if line[-1].strip() and size + len(self.placeholder) <= width:
                            line.append(self.placeholder)
                            lines.append(indent + ''.join(line))
                            break
                        size -= len(line[-1])
                        del line[-1]
                    else:
                        if lines:
                            last = lines[-1].rstrip()
                            if len(last) + len(self.placeholder) <= self.width:
                                lines[-1] = last + self.placeholder
                                break
                        lines.append(indent + self.placeholder.lstrip())
                    break
        return lines

    def _long_word(self, chunks, line, size, width):
        space = 1 if width < 1 else width - size
        if self.break_long_words and space > 0:
            end = space
            chunk = chunks[-1]
            if self.break_on_hyphens and len(chunk) > space:
                hyphen = chunk.rfind('-', 0, space)
                if hyphen > 0 and any(c != '-' for c in chunk[:hyphen]):
                    end = hyphen + 1
            line.append(chunk[:end])
            chunks[-1] = chunk[end:]
        elif not line:
            line.append(chunks.pop())

    def fill(self, text):
        return '\n'.join(self.wrap(text))


def wrap(text, width=70, **kwargs):
    return TextWrapper(width=width, **kwargs).wrap(text)


def fill(text, width=70, **kwargs):
    return TextWrapper(width=width, **kwargs).fill(text)


def shorten(text, width, **kwargs):
    return TextWrapper(width=width, max_lines=1, **kwargs).fill(' '.join(text.strip().split()))


def dedent(text):
    lines = [line if line.strip(' \t\r\x0b\x0c') else '' for line in text.split('\n')]
    margin = None
    for line in lines:
        if not line:
            continue
        indent = line[:len(line) - len(line.lstrip(' \t'))]
        if margin is None:
            margin = indent
        else:
            same = 0
            while same < min(len(margin), len(indent)) and margin[same] == indent[same]:
                same += 1
            margin = margin[:same]
    size = len(margin or '')
    return '\n'.join(line[size:] if line else line for line in lines)


def indent(text, prefix, predicate=None):
    lines = []
    for line in text.splitlines(True):
        if predicate(line) if predicate is not None else line.strip():
            lines.append(prefix)
        lines.append(line)
    return ''.join(lines)
`;

export function loadString(): PyModule {
  return pythonModule('string', STRING);
}

export function loadTextwrap(): PyModule {
  return pythonModule('textwrap', TEXTWRAP);
}
