/** `csv`: rows of texts, by dialects. */
import { textOf } from '../../python/builtins/support';
import { PyDict } from '../../python/runtime/dict';
import { raise, Unsupported } from '../../python/runtime/errors';
import { changesState } from '../../python/runtime/nativeEffects';
import { type PyClass, PyList, type PyModule, type Value } from '../../python/runtime/objects';
import { call } from '../../python/runtime/operations';
import { passRow } from '../../python/runtime/origins';
import { vm } from '../../python/runtime/vm';
import { csvRowAt } from '../files/csvRow';
import { isTextFile, noteOrigins, type Place } from '../files/origins';
import { refusing } from '../files/refusing';
import { runPython } from './python';
import { functions, moduleOf, refusal } from './support';

const SOURCE = String.raw`
QUOTE_MINIMAL, QUOTE_ALL, QUOTE_NONNUMERIC, QUOTE_NONE, QUOTE_STRINGS, QUOTE_NOTNULL = range(6)


class Error(Exception):
    __module__ = '_csv'


class Dialect:
    delimiter = quotechar = escapechar = doublequote = skipinitialspace = lineterminator = quoting = None
    strict = False


class excel(Dialect):
    delimiter, quotechar, doublequote, skipinitialspace, lineterminator, quoting = ',', '"', True, False, '\r\n', QUOTE_MINIMAL


class excel_tab(excel):
    delimiter = '\t'


class unix_dialect(Dialect):
    delimiter, quotechar, doublequote, skipinitialspace, lineterminator, quoting = ',', '"', True, False, '\n', QUOTE_ALL


_dialects = {'excel': excel, 'excel-tab': excel_tab, 'unix': unix_dialect}
_OPTIONS = ('delimiter', 'doublequote', 'escapechar', 'lineterminator', 'quotechar', 'quoting', 'skipinitialspace', 'strict')
_DEFAULTS = {'delimiter': ',', 'doublequote': True, 'escapechar': None, 'lineterminator': '\r\n', 'quotechar': '"',
             'quoting': QUOTE_MINIMAL, 'skipinitialspace': False, 'strict': False}


def get_dialect(name):
    known = _registered().get(name) or _dialects.get(name)
    if known is None:
        raise Error('unknown dialect')
    return known


def list_dialects():
    return [*_dialects, *(name for name in _registered() if name not in _dialects)]


def field_size_limit(new_limit=None):
    if new_limit is not None:
        _refuse('csv.field_size_limit with a limit')
    return 131072


def _one(name, value):
    if not isinstance(value, str):
        raise TypeError(f'"{name}" must be string{"" if name == "delimiter" else " or None"}, not {type(value).__name__}')
    if len(value) != 1:
        raise TypeError(f'"{name}" must be a 1-character string')
    return value


class _Rules:
    def __init__(self, dialect, options):
        if isinstance(dialect, str):
            dialect = get_dialect(dialect)
        for name in options:
            if name not in _OPTIONS:
                raise TypeError(f"this function got an unexpected keyword argument {name!r}")
        for name in _OPTIONS:
            value = options[name] if name in options else getattr(dialect, name, None) if dialect is not None else None
            if value is None and name not in options and name != 'escapechar' and name != 'quotechar':
                value = _DEFAULTS[name]
            if value is None and name == 'quotechar' and name not in options:
                value = '"'
            setattr(self, name, value)
        _one('delimiter', self.delimiter)
        if self.quotechar is not None:
            _one('quotechar', self.quotechar)
        if self.escapechar is not None:
            _one('escapechar', self.escapechar)
        if self.quoting != QUOTE_NONE and self.quotechar is None:
            if 'quotechar' in options and 'quoting' not in options:
                self.quoting = QUOTE_NONE
            else:
                raise TypeError('quotechar must be set if quoting enabled')


class reader:
    __module__ = '_csv'

    def __init__(self, iterable, dialect='excel', **options):
        self.dialect = _Rules(dialect, options)
        self._lines = iter(iterable)
        self._file = iterable if _is_file(iterable) else None
        self.line_num = 0

    def __iter__(self):
        return self

    def _value(self, text, quoted):
        quoting = self.dialect.quoting
        if not quoted:
            if quoting in (QUOTE_NOTNULL, QUOTE_STRINGS) and text == '':
                return None
            if quoting in (QUOTE_NONNUMERIC, QUOTE_STRINGS) and text != '':
                return float(text)
        return text

    def __next__(self):
        file = self._file
        if file is None:
            return self._row()
        start = file._at
        row = self._row()
        _place_row(row, file._text, start, file._at, self.dialect.delimiter)
        return row

    def _row(self):
        rules = self.dialect
        delimiter, quote, escape = rules.delimiter, rules.quotechar, rules.escapechar
        quotes = rules.quoting != QUOTE_NONE
        fields, text, quoted, state = [], '', False, 'start'
        while True:
            try:
                line = next(self._lines)
            except StopIteration:
                if state == 'start' and not fields:
                    raise
                if text or state in ('quoted', 'escaped-quoted'):
                    if rules.strict:
                        raise Error('unexpected end of data') from None
                    fields.append(self._value(text, quoted))
                    return fields
                raise
            if not isinstance(line, str):
                raise Error(f'iterator should return strings, not {type(line).__name__} (the file should be opened in text mode)')
            self.line_num += 1
            if state == 'start' and not fields and '"' not in line and escape is None and quote == '"' and not rules.skipinitialspace and rules.quoting in (QUOTE_MINIMAL, QUOTE_ALL):
                body = line.rstrip('\r\n')
                if '\r' in body or '\n' in body:
                    raise Error('new-line character seen in unquoted field - do you need to open the file with newline=\'\'?')
                if body == '':
                    return []
                return body.split(delimiter)
            at, size = 0, len(line)
            while at < size:
                c = line[at]
                at += 1
                if state == 'end':
                    if c not in '\r\n':
                        raise Error('new-line character seen in unquoted field - do you need to open the file with newline=\'\'?')
                elif state in ('escaped', 'escaped-quoted'):
                    text += c
                    state = 'field' if state == 'escaped' else 'quoted'
                elif state == 'quoted':
                    if escape is not None and c == escape:
                        state = 'escaped-quoted'
                    elif c == quote and quotes:
                        if rules.doublequote:
                            state = 'quote'
                        else:
                            state = 'field'
                    else:
                        text += c
                elif state == 'quote' and c == quote and quotes:
                    text += c
                    state = 'quoted'
                elif state == 'quote' and c not in '\r\n' and c != delimiter:
                    if rules.strict:
                        raise Error(f"'{delimiter}' expected after '{quote}'")
                    text += c
                    state = 'field'
                elif c in '\r\n':
                    if not (state == 'start' and not fields):
                        fields.append(self._value(text, quoted))
                        text, quoted = '', False
                    state = 'end'
                elif state in ('start', 'begin') and c == ' ' and rules.skipinitialspace:
                    state = 'begin'
                elif c == delimiter:
                    fields.append(self._value(text, quoted))
                    text, quoted, state = '', False, 'begin'
                elif escape is not None and c == escape:
                    state = 'escaped'
                elif state in ('start', 'begin') and c == quote and quotes:
                    quoted, state = True, 'quoted'
                else:
                    text += c
                    state = 'field'
            if state in ('quoted', 'escaped-quoted'):
                continue
            if state == 'escaped':
                text += '\n'
                state = 'field'
                continue
            if state not in ('start', 'end'):
                fields.append(self._value(text, quoted))
            return fields


class writer:
    __module__ = '_csv'

    def __init__(self, fileobj, dialect='excel', **options):
        self.dialect = _Rules(dialect, options)
        self._write = fileobj.write

    def writerow(self, row):
        rules = self.dialect
        delimiter, quote, escape, quoting = rules.delimiter, rules.quotechar, rules.escapechar, rules.quoting
        try:
            values = list(row)
        except TypeError:
            raise Error(f'iterable expected, not {type(row).__name__}') from None
        special = delimiter + (quote or '') + (escape or '') + '\r\n' + rules.lineterminator
        parts = []
        for value in values:
            text = '' if value is None else value if isinstance(value, str) else str(value)
            numeric = isinstance(value, (int, float)) or (not isinstance(value, str) and value is not None and hasattr(value, '__float__'))
            quoted = (quoting == QUOTE_ALL or (quoting == QUOTE_NONNUMERIC and not numeric)
                      or (quoting == QUOTE_STRINGS and isinstance(value, str)) or (quoting == QUOTE_NOTNULL and value is not None))
            if quoting == QUOTE_NONE:
                if any(c in special for c in text):
                    if escape is None:
                        raise Error('need to escape, but no escapechar set')
                    text = ''.join(escape + c if c in special else c for c in text)
            else:
                quoted = quoted or (text.startswith(' ') and rules.skipinitialspace and delimiter == ' ')
                if any(c in special for c in text):
                    quoted = quoted or any(c in special and c != quote and c != escape for c in text)
                    if escape is not None:
                        text = text.replace(escape, escape + escape)
                    if quote and quote in text:
                        if rules.doublequote:
                            quoted = True
                            text = text.replace(quote, quote + quote)
                        elif escape is None:
                            raise Error('need to escape, but no escapechar set')
                        else:
                            text = text.replace(quote, escape + quote)
                if quoted:
                    text = quote + text + quote
            parts.append(text)
        if len(parts) == 1 and parts[0] == '':
            if quoting == QUOTE_NONE or (quoting in (QUOTE_STRINGS, QUOTE_NOTNULL) and values[0] is None):
                raise Error('single empty field record must be quoted')
            parts = [quote + quote]
        return self._write(delimiter.join(parts) + rules.lineterminator)

    def writerows(self, rows):
        for row in rows:
            self.writerow(row)


class DictReader:
    def __init__(self, f, fieldnames=None, restkey=None, restval=None, dialect='excel', *args, **kwds):
        if fieldnames is not None and iter(fieldnames) is fieldnames:
            fieldnames = list(fieldnames)
        self._fieldnames, self.restkey, self.restval = fieldnames, restkey, restval
        self.reader = reader(f, dialect, *args, **kwds)
        self.dialect, self.line_num = dialect, 0

    def __iter__(self):
        return self

    @property
    def fieldnames(self):
        if self._fieldnames is None:
            try:
                self._fieldnames = next(self.reader)
            except StopIteration:
                pass
        self.line_num = self.reader.line_num
        return self._fieldnames

    @fieldnames.setter
    def fieldnames(self, value):
        self._fieldnames = value

    def __next__(self):
        if self.line_num == 0:
            self.fieldnames
        row = next(self.reader)
        self.line_num = self.reader.line_num
        while row == []:
            row = next(self.reader)
        names = self.fieldnames
        made = dict(zip(names, row))
        _place_record(made, row, names)
        if len(names) < len(row):
            made[self.restkey] = row[len(names):]
        elif len(names) > len(row):
            for name in names[len(row):]:
                made[name] = self.restval
        return made


class DictWriter:
    def __init__(self, f, fieldnames, restval='', extrasaction='raise', dialect='excel', *args, **kwds):
        if fieldnames is not None and iter(fieldnames) is fieldnames:
            fieldnames = list(fieldnames)
        self.fieldnames, self.restval = fieldnames, restval
        extrasaction = extrasaction.lower()
        if extrasaction not in ('raise', 'ignore'):
            raise ValueError(f"extrasaction ({extrasaction}) must be 'raise' or 'ignore'")
        self.extrasaction = extrasaction
        self.writer = writer(f, dialect, *args, **kwds)

    def writeheader(self):
        return self.writerow(dict(zip(self.fieldnames, self.fieldnames)))

    def _list(self, rowdict):
        if self.extrasaction == 'raise':
            wrong = [key for key in rowdict if key not in self.fieldnames]
            if wrong:
                raise ValueError('dict contains fields not in fieldnames: ' + ', '.join(repr(x) for x in wrong))
        return [rowdict.get(key, self.restval) for key in self.fieldnames]

    def writerow(self, rowdict):
        return self.writer.writerow(self._list(rowdict))

    def writerows(self, rowdicts):
        return self.writer.writerows(map(self._list, rowdicts))
`;

/** Of a longer file, the rows before this place alone have places. */
const LONGEST = 2_000_000;

/** What tells where the fields of rows stand in their file; it changes nothing that a program sees. */
const origins = functions({
  '_is_file(stream)': isTextFile,
  '_place_row(row, text, start, end, delimiter)': (
    row: Value,
    text: Value,
    start: Value,
    end: Value,
    delimiter: Value,
  ) => {
    if (row instanceof PyList && typeof text === 'string' && Number(end) < LONGEST)
      noteOrigins(row, text, placesOf(row.items, text, [Number(start), Number(end)], String(delimiter)));
    return null;
  },
  '_place_record(record, row, names)': (record: Value, row: Value, names: Value) => {
    if (record instanceof PyDict && row instanceof PyList && names instanceof PyList) passRow(row, record, names.items);
    return null;
  },
});

/** Each field where its text stands in the row; the whole row where it is not cut as usual. */
function placesOf(
  items: readonly Value[],
  text: string,
  [start, end]: readonly [number, number],
  delimiter: string,
): ReadonlyMap<Value, Place> {
  const { fields } = csvRowAt(text, start, delimiter);
  const isUsual = fields.length === items.length && fields.every((field, at) => field.text === items[at]);
  const whole: Place = [start, start + text.slice(start, end).trimEnd().length];
  return new Map(
    [...items.keys()].map(index => {
      const field = isUsual ? fields[index] : undefined;
      return [BigInt(index), field === undefined ? whole : [field.start, field.end]];
    }),
  );
}

/** Dialects that the chapter registers, by their names. */
const DIALECTS = 'csv.dialects';

type Dialects = ReadonlyMap<string, Value>;

const registered = (): Dialects => vm.readState<Dialects>(DIALECTS, new Map());

function dialectName(name: Value): string {
  const text = textOf(name);
  if (text === undefined) throw raise('TypeError', 'dialect name must be a string');
  return text;
}

export function loadCsv(): PyModule {
  const lookup = functions({ '_registered()': () => PyDict.from(registered()) });
  const names = runPython('csv', SOURCE, { _refuse: refusal, ...lookup, ...origins }, true);
  const rules = names.get('_Rules')!;
  const registry = functions({
    'register_dialect(name, dialect=None, /, **fmtparams)': (
      name: Value,
      dialect: Value | undefined,
      options: ReadonlyMap<string, Value>,
    ) => {
      const key = dialectName(name);
      const made = call(rules, [dialect ?? null, PyDict.from(options)]);
      vm.writeState(DIALECTS, new Map([...registered(), [key, made]]));
      return null;
    },
    'unregister_dialect(name, /)': (name: Value) => {
      const left = new Map(registered());
      if (!left.delete(dialectName(name))) {
        if ((names.get('_dialects') as PyDict).has(name))
          throw new Unsupported('unregistering a dialect of csv itself');
        throw raise(names.get('Error') as PyClass, 'unknown dialect');
      }
      vm.writeState(DIALECTS, left);
      return null;
    },
  });
  changesState(DIALECTS, ...Object.values(registry));
  const shown = [...names].filter(([name]) => !name.startsWith('_'));
  const module = moduleOf('csv', { ...Object.fromEntries(shown), ...registry });
  module.lazy = refusing('csv', 'Sniffer', 'name the options where you read');
  return module;
}
