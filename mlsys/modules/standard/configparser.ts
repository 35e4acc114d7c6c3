/** `configparser`: sections of keys and texts, with interpolation. */
import type { PyModule } from '../../python/runtime/objects';
import { openFile } from '../files/pathlib';
import { refusing } from '../files/refusing';
import { builtinModule } from '../registry';
import { pythonModule } from './python';
import { refusal } from './support';

const SOURCE = String.raw`
DEFAULTSECT = 'DEFAULT'
MAX_INTERPOLATION_DEPTH = 10
_missing = object()


class Error(Exception):
    def __init__(self, msg=''):
        self.message = msg
        Exception.__init__(self, msg)

    def __repr__(self):
        return self.message

    __str__ = __repr__


class NoSectionError(Error):
    def __init__(self, section):
        Error.__init__(self, f'No section: {section!r}')
        self.section = section
        self.args = (section,)


class DuplicateSectionError(Error):
    def __init__(self, section, source=None, lineno=None):
        where = '' if source is None else f'While reading from {source!r}' + ('' if lineno is None else f' [line {lineno:2d}]') + ': section '
        message = where + f'{section!r} already exists' if where else f'Section {section!r} already exists'
        Error.__init__(self, message)
        self.section, self.source, self.lineno = section, source, lineno
        self.args = (section, source, lineno)


class DuplicateOptionError(Error):
    def __init__(self, section, option, source=None, lineno=None):
        where = '' if source is None else f'While reading from {source!r}' + ('' if lineno is None else f' [line {lineno:2d}]') + ': '
        what = f'option {option!r} in section {section!r} already exists'
        Error.__init__(self, where + what if where else what[0].upper() + what[1:])
        self.section, self.option, self.source, self.lineno = section, option, source, lineno
        self.args = (section, option, source, lineno)


class NoOptionError(Error):
    def __init__(self, option, section):
        Error.__init__(self, f'No option {option!r} in section: {section!r}')
        self.option, self.section = option, section
        self.args = (option, section)


class InterpolationError(Error):
    def __init__(self, option, section, msg):
        Error.__init__(self, msg)
        self.option, self.section = option, section
        self.args = (option, section, msg)


class InterpolationMissingOptionError(InterpolationError):
    def __init__(self, option, section, rawval, reference):
        msg = (f'Bad value substitution: option {option!r} in section {section!r} contains an interpolation key '
               f'{reference!r} which is not a valid option name. Raw value: {rawval!r}')
        InterpolationError.__init__(self, option, section, msg)
        self.reference = reference
        self.args = (option, section, rawval, reference)


class InterpolationSyntaxError(InterpolationError):
    pass


class InterpolationDepthError(InterpolationError):
    def __init__(self, option, section, rawval):
        msg = (f'Recursion limit exceeded in value substitution: option {option!r} in section {section!r} contains an '
               f'interpolation key which cannot be substituted in {MAX_INTERPOLATION_DEPTH} steps. Raw value: {rawval!r}')
        InterpolationError.__init__(self, option, section, msg)
        self.args = (option, section, rawval)


class ParsingError(Error):
    def __init__(self, source, *args):
        Error.__init__(self, f'Source contains parsing errors: {source!r}')
        self.source, self.errors = source, []
        self.args = (source,)

    def append(self, lineno, line):
        self.errors.append((lineno, line))
        self.message += f'\n\t[line {lineno:2d}]: {line!r}'


class MissingSectionHeaderError(ParsingError):
    def __init__(self, filename, lineno, line):
        Error.__init__(self, f'File contains no section headers.\nfile: {filename!r}, line: {lineno}\n{line!r}')
        self.source, self.lineno, self.line = filename, lineno, line
        self.args = (filename, lineno, line)


class Interpolation:
    def before_get(self, parser, section, option, value, defaults):
        return value


# Puts values in place of what stands behind a sign, which is doubled where it is meant as such.
class _Filling(Interpolation):
    def before_get(self, parser, section, option, value, defaults):
        parts = []
        self._fill(parser, option, parts, value, section, defaults, 1)
        return ''.join(parts)

    def _fill(self, parser, option, parts, rest, section, defaults, depth):
        sign, opening = self._sign, self._opening
        rawval = parser.get(section, option, raw=True, fallback=rest)
        if depth > MAX_INTERPOLATION_DEPTH:
            raise InterpolationDepthError(option, section, rawval)
        while rest:
            at = rest.find(sign)
            if at < 0:
                parts.append(rest)
                return
            if at > 0:
                parts.append(rest[:at])
                rest = rest[at:]
            c = rest[1:2]
            if c == sign:
                parts.append(sign)
                rest = rest[2:]
            elif c == opening:
                rest = self._variable(parser, option, parts, rest, section, defaults, depth, rawval)
            else:
                raise InterpolationSyntaxError(
                    option, section, f"{sign!r} must be followed by {sign!r} or {opening!r}, found: {rest!r}")


class BasicInterpolation(_Filling):
    _sign, _opening = '%', '('

    def _variable(self, parser, option, parts, rest, section, defaults, depth, rawval):
        end = rest.find(')s')
        if end < 3 or ')' in rest[2:end]:
            raise InterpolationSyntaxError(option, section, f'bad interpolation variable reference {rest!r}')
        var = parser.optionxform(rest[2:end])
        rest = rest[end + 2:]
        if var not in defaults:
            raise InterpolationMissingOptionError(option, section, rawval, var)
        value = defaults[var]
        if '%' in value:
            self._fill(parser, option, parts, value, section, defaults, depth + 1)
        else:
            parts.append(value)
        return rest


class ExtendedInterpolation(_Filling):
    _sign, _opening = '$', '{'

    def _variable(self, parser, option, parts, rest, section, defaults, depth, rawval):
        end = rest.find('}')
        if end < 3:
            raise InterpolationSyntaxError(option, section, f'bad interpolation variable reference {rest!r}')
        path = rest[2:end].split(':')
        rest = rest[end + 1:]
        sect, opt = section, option
        try:
            if len(path) == 1:
                opt = parser.optionxform(path[0])
                value = defaults[opt]
            elif len(path) == 2:
                sect, opt = path[0], parser.optionxform(path[1])
                value = parser.get(sect, opt, raw=True)
            else:
                raise InterpolationSyntaxError(option, section, f"More than one ':' found: {rest!r}")
        except (KeyError, NoSectionError, NoOptionError):
            raise InterpolationMissingOptionError(option, section, rawval, ':'.join(path)) from None
        if '$' in value:
            self._fill(parser, opt, parts, value, sect, dict(parser.items(sect, raw=True)), depth + 1)
        else:
            parts.append(value)
        return rest


class SectionProxy(_MutableMapping):
    def __init__(self, parser, name):
        self._parser, self._name = parser, name

    def __repr__(self):
        return f'<Section: {self._name}>'

    def __getitem__(self, key):
        if not self._parser.has_option(self._name, key):
            raise KeyError(key)
        return self._parser.get(self._name, key)

    def __setitem__(self, key, value):
        self._parser._check(value)
        return self._parser.set(self._name, key, value)

    def __delitem__(self, key):
        if not (self._parser.has_option(self._name, key) and self._parser.remove_option(self._name, key)):
            raise KeyError(key)

    def __contains__(self, key):
        return self._parser.has_option(self._name, key)

    def _options(self):
        return self._parser.options(self._name) if self._name != self._parser.default_section else list(self._parser.defaults())

    def __len__(self):
        return len(self._options())

    def __iter__(self):
        return iter(self._options())

    parser = property(lambda self: self._parser)
    name = property(lambda self: self._name)

    def get(self, option, fallback=None, *, raw=False, vars=None):
        return self._parser.get(self._name, option, raw=raw, vars=vars, fallback=fallback)

    def getint(self, option, fallback=None, *, raw=False, vars=None):
        return self._parser.getint(self._name, option, raw=raw, vars=vars, fallback=fallback)

    def getfloat(self, option, fallback=None, *, raw=False, vars=None):
        return self._parser.getfloat(self._name, option, raw=raw, vars=vars, fallback=fallback)

    def getboolean(self, option, fallback=None, *, raw=False, vars=None):
        return self._parser.getboolean(self._name, option, raw=raw, vars=vars, fallback=fallback)

    # Getters that the parser has beyond those above: of its converters, or of a class that is derived from it.
    def __getattr__(self, name):
        getter = getattr(self._parser, name, None) if name.startswith('get') else None
        if not callable(getter):
            raise AttributeError(f'{type(self).__name__!r} object has no attribute {name!r}')

        def get(option, fallback=None, *, raw=False, vars=None, **kwargs):
            return getter(self._name, option, raw=raw, vars=vars, fallback=fallback, **kwargs)
        return get


class RawConfigParser(_MutableMapping):
    _interpolation_class = Interpolation
    BOOLEAN_STATES = {'1': True, 'yes': True, 'true': True, 'on': True, '0': False, 'no': False, 'false': False, 'off': False}

    def __init__(self, defaults=None, dict_type=dict, allow_no_value=False, *, delimiters=('=', ':'), comment_prefixes=('#', ';'),
                 inline_comment_prefixes=None, strict=True, empty_lines_in_values=True, default_section=DEFAULTSECT,
                 interpolation=_missing, converters=None, allow_unnamed_section=False):
        if allow_unnamed_section:
            _refuse('ConfigParser with an unnamed section')
        for name, conv in dict(converters or {}).items():
            setattr(self, 'get' + name, self._getter(conv))
        self._sections, self._defaults, self.default_section = {}, {}, default_section
        self._delimiters, self._comments = tuple(delimiters), tuple(comment_prefixes or ())
        self._inline, self._strict = tuple(inline_comment_prefixes or ()), strict
        self._no_value, self._empty_lines = allow_no_value, empty_lines_in_values
        self._interpolation = self._interpolation_class() if interpolation is _missing else interpolation or Interpolation()
        if defaults:
            self.read_dict({default_section: defaults})

    def optionxform(self, optionstr):
        return optionstr.lower()

    def defaults(self):
        return self._defaults

    def sections(self):
        return list(self._sections)

    def add_section(self, section):
        if section in self._sections:
            raise DuplicateSectionError(section)
        if section == self.default_section:
            raise ValueError(f'Invalid section name: {section!r}')
        self._sections[section] = {}

    def has_section(self, section):
        return section in self._sections

    def options(self, section):
        if section not in self._sections:
            raise NoSectionError(section)
        return list({**self._sections[section], **self._defaults})

    def read(self, filenames, encoding=None):
        if isinstance(filenames, (str, bytes)) or hasattr(filenames, '__fspath__'):
            filenames = [filenames]
        found = []
        for filename in filenames:
            try:
                fp = _open(filename, 'r', -1, encoding)
            except OSError:
                continue
            with fp:
                self._read(fp, str(filename))
            found.append(str(filename) if hasattr(filename, '__fspath__') else filename)
        return found

    def read_file(self, f, source=None):
        self._read(f, source if source is not None else getattr(f, 'name', '<???>'))

    def read_string(self, string, source='<string>'):
        self._read(string.splitlines(keepends=True), source)

    def read_dict(self, dictionary, source='<dict>'):
        added = set()
        for section, keys in dictionary.items():
            section = str(section)
            if section != self.default_section:
                if self._strict and section in added:
                    raise DuplicateSectionError(section)
                self._sections.setdefault(section, {})
            added.add(section)
            options = set()
            for key, value in keys.items():
                key = self.optionxform(str(key))
                if value is not None:
                    value = str(value)
                if self._strict and (section, key) in options:
                    raise DuplicateOptionError(section, key, source)
                options.add((section, key))
                self.set(section, key, value)

    def _check_patterns(self):
        for cls in type(self).__mro__:
            if cls is RawConfigParser:
                break
            for name in cls.__dict__:
                if name.endswith('CRE') or name == 'OPTCRE_NV':
                    _refuse(f'{name} of a parser')
        for name in self.__dict__:
            if name.endswith('CRE') or name == 'OPTCRE_NV':
                _refuse(f'{name} of a parser')

    def _read(self, lines, source):
        self._check_patterns()
        cursect, sectname, optname, indent_level, errors = None, None, None, 0, None
        seen_sections, seen_options = set(), set()
        for lineno, line in enumerate(lines, start=1):
            text = line
            starts = [at for prefix in self._inline for at in range(len(text)) if text.startswith(prefix, at) and (at == 0 or text[at - 1].isspace())]
            comment = min(starts) if starts else None
            if any(text.strip().startswith(prefix) for prefix in self._comments):
                comment = 0
            value = text[:comment].strip()
            if not value:
                if self._empty_lines:
                    if comment is None and cursect is not None and optname and cursect[optname] is not None:
                        cursect[optname].append('')
                else:
                    indent_level = 2 ** 62
                continue
            indent = len(text) - len(text.lstrip())
            if cursect is not None and optname and indent > indent_level:
                if cursect[optname] is None:
                    _refuse('a value that goes on where there is none')
                cursect[optname].append(value)
                continue
            indent_level = indent
            if value.startswith('[') and ']' in value[2:]:
                sectname = value[1:value.rindex(']')]
                if sectname in self._sections:
                    if self._strict and sectname in seen_sections:
                        raise DuplicateSectionError(sectname, source, lineno)
                    cursect = self._sections[sectname]
                    seen_sections.add(sectname)
                elif sectname == self.default_section:
                    cursect = self._defaults
                else:
                    cursect = self._sections[sectname] = {}
                    seen_sections.add(sectname)
                optname = None
                continue
            if cursect is None:
                raise MissingSectionHeaderError(source, lineno, line)
            ends = [(value.find(d), d) for d in self._delimiters if d in value]
            if ends:
                at, delimiter = min(ends)
                name, optval = value[:at].rstrip(), value[at + len(delimiter):].strip()
            elif self._no_value:
                name, optval = value, None
            else:
                name = None
            if not name:
                errors = errors or ParsingError(source)
                errors.append(lineno, repr(line)) if False else errors.append(lineno, line)
                continue
            optname = self.optionxform(name)
            if self._strict and (sectname, optname) in seen_options:
                raise DuplicateOptionError(sectname, optname, source, lineno)
            seen_options.add((sectname, optname))
            cursect[optname] = None if optval is None else [optval]
        if errors:
            raise errors
        for options in [self._defaults, *self._sections.values()]:
            for name, parts in options.items():
                if isinstance(parts, list):
                    options[name] = '\n'.join(parts).rstrip()

    def _unified(self, section, vars):
        if section in self._sections:
            own = self._sections[section]
        elif section == self.default_section:
            own = {}
        else:
            raise NoSectionError(section)
        given = {self.optionxform(key): None if value is None else str(value) for key, value in (vars or {}).items()}
        return {**self._defaults, **own, **given}

    def get(self, section, option, *, raw=False, vars=None, fallback=_missing):
        try:
            known = self._unified(section, vars)
        except NoSectionError:
            if fallback is _missing:
                raise
            return fallback
        option = self.optionxform(option)
        if option not in known:
            if fallback is _missing:
                raise NoOptionError(option, section)
            return fallback
        value = known[option]
        if raw or value is None:
            return value
        return self._interpolation.before_get(self, section, option, value, known)

    def _converted(self, section, conv, option, raw, vars, fallback):
        try:
            return conv(self.get(section, option, raw=raw, vars=vars))
        except (NoSectionError, NoOptionError):
            if fallback is _missing:
                raise
            return fallback

    def _getter(self, conv):
        def get(section, option, *, raw=False, vars=None, fallback=_missing):
            return self._converted(section, conv, option, raw, vars, fallback)
        return get

    def getint(self, section, option, *, raw=False, vars=None, fallback=_missing):
        return self._converted(section, int, option, raw, vars, fallback)

    def getfloat(self, section, option, *, raw=False, vars=None, fallback=_missing):
        return self._converted(section, float, option, raw, vars, fallback)

    def getboolean(self, section, option, *, raw=False, vars=None, fallback=_missing):
        return self._converted(section, self._boolean, option, raw, vars, fallback)

    def _boolean(self, value):
        if value.lower() not in self.BOOLEAN_STATES:
            raise ValueError(f'Not a boolean: {value}')
        return self.BOOLEAN_STATES[value.lower()]

    def items(self, section=_missing, raw=False, vars=None):
        if section is _missing:
            return _MutableMapping.items(self)
        known = {**self._defaults}
        if section in self._sections:
            known.update(self._sections[section])
        elif section != self.default_section:
            raise NoSectionError(section)
        names = list(known)
        known.update({self.optionxform(key): value for key, value in (vars or {}).items()})
        if raw:
            return [(name, known[name]) for name in names]
        return [(name, self._interpolation.before_get(self, section, name, known[name], known)) for name in names]

    def has_option(self, section, option):
        option = self.optionxform(option)
        if not section or section == self.default_section:
            return option in self._defaults
        return section in self._sections and (option in self._sections[section] or option in self._defaults)

    def set(self, section, option, value=None):
        if not section or section == self.default_section:
            into = self._defaults
        elif section in self._sections:
            into = self._sections[section]
        else:
            raise NoSectionError(section)
        into[self.optionxform(option)] = value

    def _check(self, value):
        pass

    def remove_option(self, section, option):
        if section in self._sections:
            own = self._sections[section]
        elif section == self.default_section:
            own = self._defaults
        else:
            raise NoSectionError(section)
        return own.pop(self.optionxform(option), _missing) is not _missing

    def remove_section(self, section):
        return self._sections.pop(section, _missing) is not _missing

    def write(self, fp, space_around_delimiters=True):
        between = f' {self._delimiters[0]} ' if space_around_delimiters else self._delimiters[0]
        for name, options in [(self.default_section, self._defaults)] * bool(self._defaults) + list(self._sections.items()):
            fp.write(f'[{name}]\n')
            for key, value in options.items():
                text = '' if value is None and self._no_value else between + str(value).replace('\n', '\n\t')
                fp.write(f'{key}{text}\n')
            fp.write('\n')

    def __getitem__(self, key):
        if key != self.default_section and not self.has_section(key):
            raise KeyError(key)
        return SectionProxy(self, key)

    def __setitem__(self, key, value):
        if key in self and self[key] is value:
            return
        if key == self.default_section:
            self._defaults.clear()
        elif key in self._sections:
            self._sections[key].clear()
        self.read_dict({key: value})

    def __delitem__(self, key):
        if key == self.default_section:
            raise ValueError('Cannot remove the default section.')
        if not self.has_section(key):
            raise KeyError(key)
        self.remove_section(key)

    def __contains__(self, key):
        return key == self.default_section or self.has_section(key)

    def __len__(self):
        return len(self._sections) + 1

    def __iter__(self):
        return iter([self.default_section, *self._sections])


class ConfigParser(RawConfigParser):
    _interpolation_class = BasicInterpolation

    def _check(self, value):
        if not isinstance(value, str) and not (self._no_value and value is None):
            raise TypeError('option values must be strings')

    def set(self, section, option, value=None):
        self._check(value)
        if isinstance(value, str) and type(self._interpolation) is BasicInterpolation:
            rest = value.replace('%%', '')
            while '%(' in rest and ')s' in rest[rest.find('%('):]:
                at = rest.find('%(')
                rest = rest[:at] + rest[rest.find(')s', at) + 2:]
            if '%' in rest:
                raise ValueError(f'invalid interpolation syntax in {value!r} at position {rest.find("%")}')
        RawConfigParser.set(self, section, option, value)

    def add_section(self, section):
        if not isinstance(section, str):
            raise TypeError('section names must be strings')
        RawConfigParser.add_section(self, section)
`;

export function loadConfigparser(): PyModule {
  const module = pythonModule('configparser', SOURCE, {
    _refuse: refusal,
    _open: openFile,
    _MutableMapping: builtinModule('collections.abc')!.attrs.get('MutableMapping')!,
  });
  module.lazy = refusing(
    'configparser',
    'UNNAMED_SECTION UnnamedSectionDisabledError MultilineContinuationError ConverterMapping',
    'give the section a name',
  );
  return module;
}
