/** `string` and `textwrap` */
import { raise } from '../../python/runtime/errors';
import { fn } from '../../python/runtime/native';
import { PyList, type PyModule, PyTuple, type Value } from '../../python/runtime/objects';
import { typeName } from '../../python/runtime/operations';
import { fieldPath, firstName, templateParts } from '../../python/runtime/text/template';
import { pythonModule } from './python';

const STRING = String.raw`
import re as _re

octdigits = '01234567'
digits = octdigits + '89'
hexdigits = digits + 'abcdefABCDEF'
ascii_lowercase = ''.join(map(chr, range(97, 123)))
ascii_uppercase = ascii_lowercase.upper()
ascii_letters = ascii_lowercase + ascii_uppercase
punctuation = ''.join(c for c in map(chr, range(33, 127)) if not c.isalnum())
whitespace = ' \t\n\r\v\f'
printable = digits + ascii_letters + punctuation + whitespace


def capwords(s, sep=None):
    words = [word.capitalize() for word in s.split(sep)]
    return (' ' if not sep else sep).join(words)


_KINDS = ('named', 'braced', 'escaped', 'invalid')
_NO_VALUES = {}


def _pattern_of(cls):
    mark = _re.escape(cls.delimiter)
    inner = cls.idpattern if cls.braceidpattern is None else cls.braceidpattern
    choices = (mark, cls.idpattern, inner, '')
    forms = ('(?P<escaped>%s)', '(?P<named>%s)', r'\{(?P<braced>%s)\}', '(?P<invalid>%s)')
    return mark + '(?:' + '|'.join(form % choice for form, choice in zip(forms, choices)) + ')'


class Template:
    flags = _re.IGNORECASE
    delimiter = '$'
    braceidpattern = None
    idpattern = '(?a:[_a-z][_a-z0-9]*)'

    def __init__(self, template):
        self.template = template

    def __init_subclass__(cls):
        super().__init_subclass__()
        # A class may have a pattern of its own, as a text.
        cls.pattern = _re.compile(vars(cls).get('pattern') or _pattern_of(cls), cls.flags | _re.VERBOSE)

    def _marks(self):
        """Every place that begins with the delimiter: what it is, its text and its match."""
        for found in self.pattern.finditer(self.template):
            groups = found.groupdict()
            for kind in _KINDS:
                if groups.get(kind) is not None:
                    yield kind, groups[kind], found
                    break
            else:
                raise ValueError('Unrecognized named group in pattern', self.pattern)

    def _render(self, values, extra, lenient):
        parts = []
        done = 0
        for kind, name, found in self._marks():
            shown = found[0]
            if kind == 'escaped':
                shown = self.delimiter
            elif kind != 'invalid':
                try:
                    shown = str((extra if name in extra else values)[name])
                except KeyError:
                    if not lenient:
                        raise
            elif not lenient:
                rows = self.template[:found.start(kind)].splitlines(True) or ['?']
                raise ValueError(f'Invalid placeholder in string: line {len(rows)}, col {len(rows[-1])}')
            parts += self.template[done:found.start()], shown
            done = found.end()
        return ''.join(parts) + self.template[done:]

    def substitute(self, values=_NO_VALUES, /, **extra):
        return self._render(values, extra, False)

    def safe_substitute(self, values=_NO_VALUES, /, **extra):
        return self._render(values, extra, True)

    def is_valid(self):
        return 'invalid' not in [kind for kind, _, _ in self._marks()]

    def get_identifiers(self):
        return list(dict.fromkeys(name for kind, name, _ in self._marks() if kind in _KINDS[:2]))


Template.__init_subclass__()


class Formatter:
    def format(self, format_string, /, *args, **kwargs):
        return self.vformat(format_string, args, kwargs)

    def vformat(self, format_string, args, kwargs):
        used = set()
        text, _ = self._filled(format_string, args, kwargs, used, 2, 0)
        self.check_unused_args(used, args, kwargs)
        return text

    def _filled(self, template, args, kwargs, used, depth, number):
        """The text with its fields written, and the number of the next field without a name (False: they have names)."""
        if depth < 0:
            raise ValueError('Max string recursion exceeded')
        parts = []
        for text, name, spec, conversion in self.parse(template):
            if text:
                parts.append(text)
            if name is None:
                continue
            if name == '':
                if number is False:
                    raise ValueError('cannot switch from manual field specification to automatic field numbering')
                name, number = str(number), number + 1
            elif name.isdigit():
                if number:
                    raise ValueError('cannot switch from manual field specification to automatic field numbering')
                number = False
            value, first = self.get_field(name, args, kwargs)
            used.add(first)
            value = self.convert_field(value, conversion)
            spec, number = self._filled(spec, args, kwargs, used, depth - 1, number)
            parts.append(self.format_field(value, spec))
        return ''.join(parts), number

    def get_value(self, key, args, kwargs):
        return args[key] if isinstance(key, int) else kwargs[key]

    def get_field(self, field_name, args, kwargs):
        first, path = _path_of(field_name)
        value = self.get_value(first, args, kwargs)
        for by_name, key in path:
            value = getattr(value, key) if by_name else value[key]
        return value, first

    def convert_field(self, value, conversion):
        if conversion is None:
            return value
        writers = {'s': str, 'r': repr, 'a': ascii}
        if conversion not in writers:
            raise ValueError(f'Unknown conversion specifier {conversion}')
        return writers[conversion](value)

    def format_field(self, value, format_spec):
        return format(value, format_spec)

    def check_unused_args(self, used_args, args, kwargs):
        pass

    def parse(self, format_string):
        return iter(_parts_of(format_string))
`;

const TEXTWRAP = String.raw`
import re as _re
from collections import deque as _deque

_BLANKS = '\t\n\v\f\r '
_RUNS = _re.compile(f'[{_BLANKS}]+|[^{_BLANKS}]+')


def _in_word(c):
    return c == '_' or c.isalnum()


def _letter(c):
    return _in_word(c) and not c.isdecimal()


def _dash_end(word, at):
    """Where the dash of two or more hyphens at this place ends, or 0 if there is none between words."""
    if word[at] != '-' or not (_in_word(word[at - 1]) or word[at - 1] in '!"\'&.,?'):
        return 0
    end = at
    while word[end:end + 1] == '-':
        end += 1
    return end if end - at > 1 and _in_word(word[end:end + 1]) else 0


def _splits_after(word, at):
    """Whether a line may end with the hyphen at this place: letters must be on both sides of it."""
    if word[at] != '-':
        return False
    before, after = word[max(0, at - 3):at], word[at + 1:at + 4]
    if not _letter(before[-1:]) or not _letter(after[:1]):
        return False
    left = _letter(before[-2:-1]) or before[-2:-1] == '-' and _letter(before[-3:-2])
    right = _letter(after[1:2]) or after[1:2] == '-' and _letter(after[2:3])
    return left and right


def _hyphen_parts(word):
    start = 0
    at = 1
    while at < len(word):
        dash = _dash_end(word, at)
        if dash:
            yield word[start:at]
            yield word[at:dash]
            start, at = dash, dash + 1
        elif at > start and _splits_after(word, at):
            yield word[start:at + 1]
            start = at + 1
            at = start if start < len(word) and _dash_end(word, start) else start + 1
        else:
            at += 1
    yield word[start:]


def _ends_sentence(word):
    if word[-1] in '"\'':
        word = word[:-1]
    return len(word) > 1 and word[-1] in '.!?' and 'a' <= word[-2] <= 'z'


def _blank(piece):
    return not piece.strip()


class TextWrapper:
    def __init__(self, width=70, initial_indent='', subsequent_indent='', expand_tabs=True, replace_whitespace=True,
                 fix_sentence_endings=False, break_long_words=True, drop_whitespace=True, break_on_hyphens=True,
                 tabsize=8, *, max_lines=None, placeholder=' [...]'):
        self.width, self.tabsize = width, tabsize
        self.initial_indent, self.subsequent_indent = initial_indent, subsequent_indent
        self.expand_tabs, self.replace_whitespace = expand_tabs, replace_whitespace
        self.drop_whitespace, self.fix_sentence_endings = drop_whitespace, fix_sentence_endings
        self.break_long_words, self.break_on_hyphens = break_long_words, break_on_hyphens
        self.max_lines, self.placeholder = max_lines, placeholder

    def _pieces(self, text):
        if self.expand_tabs:
            text = text.expandtabs(self.tabsize)
        if self.replace_whitespace:
            for c in _BLANKS:
                text = text.replace(c, ' ')
        pieces = []
        for run in _RUNS.findall(text):
            if self.fix_sentence_endings and run == ' ' and pieces and _ends_sentence(pieces[-1]):
                pieces.append('  ')
            elif self.break_on_hyphens and '-' in run:
                pieces.extend(_hyphen_parts(run))
            else:
                pieces.append(run)
        return pieces

    def _check(self):
        if self.width <= 0:
            raise ValueError(f'invalid width {self.width!r} (must be > 0)')
        if self.max_lines is None:
            return
        only = self.initial_indent if self.max_lines <= 1 else self.subsequent_indent
        if len(only + self.placeholder.lstrip()) > self.width:
            raise ValueError('placeholder too large for max width')

    def _head(self, word, room):
        """How many characters of a word too long for its line go on it."""
        if self.break_on_hyphens and len(word) > room:
            hyphen = word.rfind('-', 0, room)
            if hyphen > 0 and word[:hyphen].strip('-'):
                return hyphen + 1
        return room

    def _row(self, queue, width, first):
        """Takes the pieces of the next line from the queue."""
        if self.drop_whitespace and not first and _blank(queue[0]):
            queue.popleft()
        row = []
        room = width
        full = False
        while queue and len(queue[0]) <= room:
            room -= len(queue[0])
            row.append(queue.popleft())
        if queue and len(queue[0]) > width:
            if width < 1:
                room = 1
            if self.break_long_words and room > 0:
                cut = self._head(queue[0], room)
                row.append(queue[0][:cut])
                queue[0] = queue[0][cut:]
            elif self.break_long_words:
                # Nothing of the word fits: it takes the place of the blank that would go.
                full = bool(row)
            elif not row:
                row.append(queue.popleft())
        if self.drop_whitespace and not full and row and _blank(row[-1]):
            row.pop()
        return row

    def _is_rest(self, queue):
        return not queue or self.drop_whitespace and len(queue) == 1 and _blank(queue[0])

    def _shorten(self, lines, row, indent, width):
        """Ends the text here, with the placeholder where it fits."""
        while row and (_blank(row[-1]) or len(''.join(row) + self.placeholder) > width):
            row.pop()
        if row:
            lines.append(indent + ''.join(row) + self.placeholder)
            return
        if lines:
            joined = lines[-1].rstrip() + self.placeholder
            if len(joined) <= self.width:
                lines[-1] = joined
                return
        lines.append(indent + self.placeholder.lstrip())

    def wrap(self, text):
        queue = _deque(self._pieces(text))
        self._check()
        lines = []
        while queue:
            indent = self.subsequent_indent if lines else self.initial_indent
            width = self.width - len(indent)
            row = self._row(queue, width, not lines)
            if not row:
                continue
            last = self.max_lines is not None and len(lines) + 1 >= self.max_lines
            if last and not (self._is_rest(queue) and len(''.join(row)) <= width):
                self._shorten(lines, row, indent, width)
                break
            lines.append(indent + ''.join(row))
        return lines

    def fill(self, text):
        return '\n'.join(self.wrap(text))


def wrap(text, width=70, **kwargs):
    return TextWrapper(width, **kwargs).wrap(text)


def fill(text, width=70, **kwargs):
    return '\n'.join(wrap(text, width, **kwargs))


def shorten(text, width, **kwargs):
    return fill(' '.join(text.split()), width, max_lines=1, **kwargs)


def dedent(text):
    rows = [row if row.strip(' \t') else '' for row in text.split('\n')]
    margins = [row[:len(row) - len(row.lstrip(' \t'))] for row in rows if row]
    low, high = min(margins, default=''), max(margins, default='')
    # What the first and the last in order share, all share.
    size = 0
    while size < min(len(low), len(high)) and low[size] == high[size]:
        size += 1
    return '\n'.join(row[size:] for row in rows)


def indent(text, prefix, predicate=None):
    chosen = predicate or str.strip
    return ''.join(prefix + row if chosen(row) else row for row in text.splitlines(True))
`;

/** `_parts_of(template)`: what `Formatter.parse` goes through. */
const partsOf = fn('_parts_of(template)', (template: Value) => {
  if (typeof template !== 'string') throw raise('TypeError', `expected str, got ${typeName(template)}`);
  const parts = [...templateParts(template)].map(({ text, field }) => {
    if (field === undefined) return new PyTuple([text, null, null, null]);
    return new PyTuple([text, field.name, field.spec, field.conversion === '' ? null : field.conversion]);
  });
  return new PyList(parts);
});

/** `_path_of(name)`: the first part of a field's name, and what follows it. */
const pathOf = fn('_path_of(name)', (name: string) => {
  const first = firstName(name);
  const steps = [...fieldPath(name.slice(first.length))].map(({ attribute, key }) => new PyTuple([attribute, key]));
  return new PyTuple([/^\d+$/.test(first) ? BigInt(first) : first, new PyList(steps)]);
});

export function loadString(): PyModule {
  return pythonModule('string', STRING, { _parts_of: partsOf, _path_of: pathOf });
}

export function loadTextwrap(): PyModule {
  return pythonModule('textwrap', TEXTWRAP);
}
