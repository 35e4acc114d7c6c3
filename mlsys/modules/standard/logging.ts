/**
 * `logging`, as far as packages use it without a clock or files: loggers with levels, and the one handler of
 * `basicConfig`. What a logger lets through is shown as a warning of the cell, where Python writes to standard error.
 */
import { Unsupported } from '../../python/runtime/errors';
import { fn } from '../../python/runtime/native';
import { creation, PyModule, type Value } from '../../python/runtime/objects';
import { call, str } from '../../python/runtime/operations';
import { vm } from '../../python/runtime/vm';
import { deferred } from '../deferred';
import { runPython } from './python';

/** Levels that were set, by logger; the root's name is empty. */
interface State {
  readonly levels: ReadonlyMap<string, bigint>;
  /** Of the root's handler; undefined while it has none. */
  readonly format: string | undefined;
}

const CHANNEL = 'logging';
const START: State = { levels: new Map([['', 30n]]), format: undefined };

const state = (): State => vm.readState(CHANNEL, START);

const SOURCE = `
CRITICAL = FATAL = 50
ERROR = 40
WARNING = WARN = 30
INFO = 20
DEBUG = 10
NOTSET = 0
BASIC_FORMAT = "%(levelname)s:%(name)s:%(message)s"

_names = {50: "CRITICAL", 40: "ERROR", 30: "WARNING", 20: "INFO", 10: "DEBUG", 0: "NOTSET"}
_numbers = {"CRITICAL": 50, "FATAL": 50, "ERROR": 40, "WARN": 30, "WARNING": 30, "INFO": 20, "DEBUG": 10, "NOTSET": 0}


def getLevelName(level):
    if level in _names:
        return _names[level]
    return _numbers.get(level, f"Level {level}")


def getLevelNamesMapping():
    return dict(_numbers)


def _checked(level):
    if isinstance(level, int):
        return level
    if not isinstance(level, str):
        raise TypeError(f"Level not an integer or a valid string: {level!r}")
    if level not in _numbers:
        raise ValueError(f"Unknown level: {level!r}")
    return _numbers[level]


class Filterer:
    pass


class Handler(Filterer):
    pass


class NullHandler(Handler):
    def __init__(self, level=NOTSET):
        pass

    def __repr__(self):
        return "<NullHandler (NOTSET)>"


class Logger(Filterer):
    def __init__(self, name, level=NOTSET):
        self.name = name

    @property
    def level(self):
        return _own_level(self)

    @property
    def parent(self):
        if self is not root:
            _refuse("the parent of a logger")

    @property
    def handlers(self):
        return []

    def setLevel(self, level):
        _set_level("" if self is root else self.name, _checked(level))

    def getEffectiveLevel(self):
        at = self
        while at is not None:
            if at.level:
                return at.level
            at = None if at is root else _parent(at.name)
        return NOTSET

    def isEnabledFor(self, level):
        return level >= self.getEffectiveLevel()

    def getChild(self, suffix):
        return getLogger(suffix if self is root else self.name + "." + suffix)

    def addHandler(self, handler):
        if not isinstance(handler, NullHandler):
            _refuse("a handler of logging")

    def removeHandler(self, handler):
        pass

    def hasHandlers(self):
        return _format() is not None

    def log(self, level, msg, *args, exc_info=None, stack_info=False, stacklevel=1, extra=None):
        if not isinstance(level, int):
            raise TypeError("level must be an integer")
        if not self.isEnabledFor(level):
            return
        form = _format()
        if form is None and level < WARNING:
            return
        if exc_info or stack_info or extra:
            _refuse("the details of a log record")
        text = str(msg)
        if args:
            given = args[0] if len(args) == 1 and isinstance(args[0], dict) and args[0] else args
            text = text % given
        if form is not None:
            text = form % {"levelname": getLevelName(level), "levelno": level, "name": self.name, "message": text}
        _emit(text)

    def debug(self, msg, *args, **kwargs):
        self.log(DEBUG, msg, *args, **kwargs)

    def info(self, msg, *args, **kwargs):
        self.log(INFO, msg, *args, **kwargs)

    def warning(self, msg, *args, **kwargs):
        self.log(WARNING, msg, *args, **kwargs)

    def error(self, msg, *args, **kwargs):
        self.log(ERROR, msg, *args, **kwargs)

    def critical(self, msg, *args, **kwargs):
        self.log(CRITICAL, msg, *args, **kwargs)

    fatal = critical

    def exception(self, msg, *args, exc_info=True, **kwargs):
        self.log(ERROR, msg, *args, exc_info=exc_info, **kwargs)

    def __repr__(self):
        return f"<{type(self).__name__} {self.name} ({getLevelName(self.getEffectiveLevel())})>"


class RootLogger(Logger):
    pass


root = RootLogger("root")


def _parent(name):
    return getLogger(name.rpartition(".")[0] or None)


def getLogger(name=None):
    if not name or isinstance(name, str) and name == root.name:
        return root
    if not isinstance(name, str):
        raise TypeError("A logger name must be a string")
    return _logger(name)


def basicConfig(*, level=None, format=BASIC_FORMAT, force=False, style="%", datefmt=None, **kwargs):
    if kwargs or style != "%":
        _refuse("an argument of logging.basicConfig")
    if _format() is None or force:
        _set_format(format)
        if level is not None:
            root.setLevel(level)


def _by_root(method):
    def at_root(msg, *args, **kwargs):
        if _format() is None:
            basicConfig()
        method(root, msg, *args, **kwargs)
    return at_root


debug = _by_root(Logger.debug)
info = _by_root(Logger.info)
warning = _by_root(Logger.warning)
error = _by_root(Logger.error)
critical = fatal = _by_root(Logger.critical)
exception = _by_root(Logger.exception)


def log(level, msg, *args, **kwargs):
    if _format() is None:
        basicConfig()
    root.log(level, msg, *args, **kwargs)


def captureWarnings(capture):
    if capture:
        _refuse("logging.captureWarnings")
`;

/** What a format may name; the rest speaks of time, threads and places. */
const FIELDS = /%\((?!(?:levelname|levelno|name|message)\))[^)]*\)/;

/** Loads the module. */
export function loadLogging(): PyModule {
  const loggers = new Map<string, Value>();
  const names = runPython('logging', SOURCE, {
    _own_level: fn('_own_level(logger)', (logger: Value) => {
      const key = logger === names.get('root') ? '' : str(attribute(logger, 'name'));
      return state().levels.get(key) ?? 0n;
    }),
    _set_level: fn('_set_level(name, level)', (name: string, level: bigint) => {
      const known = state();
      vm.writeState<State>(CHANNEL, { ...known, levels: new Map([...known.levels, [name, level]]) });
      return null;
    }),
    _format: fn('_format()', () => state().format ?? null),
    _set_format: fn('_set_format(format)', (format: Value) => {
      if (typeof format !== 'string' || FIELDS.test(format))
        throw new Unsupported('this format of logging.basicConfig');
      vm.writeState<State>(CHANNEL, { ...state(), format });
      return null;
    }),
    _emit: fn('_emit(text)', (text: string) => {
      vm.display({ kind: 'warning', text });
      return null;
    }),
    _refuse: fn('_refuse(what)', (what: string) => {
      throw new Unsupported(what, 'use print');
    }),
    _logger: fn('_logger(name)', (name: string) => {
      let known = loggers.get(name);
      if (known === undefined) {
        // All sessions share the loggers: what may differ between them is in the state.
        const { owner } = creation;
        creation.owner = 0;
        known = call(names.get('Logger')!, [name]);
        creation.owner = owner;
        loggers.set(name, known);
      }
      return known;
    }),
  });
  const module = new PyModule('logging');
  for (const [name, value] of names) if (name === '__name__' || !name.startsWith('_')) module.attrs.set(name, value);
  module.lazy = name => (REFUSED.has(name) ? deferred(`logging.${name}`, 'use print') : undefined);
  return module;
}

function attribute(value: Value, name: string): Value {
  return (value as { attrs: ReadonlyMap<string, Value> }).attrs.get(name)!;
}

const REFUSED: ReadonlySet<string> = new Set(
  (
    'BufferingFormatter FileHandler Filter Formatter LogRecord LoggerAdapter Manager PercentStyle StrFormatStyle ' +
    'StreamHandler StringTemplateStyle addLevelName currentframe disable getHandlerByName getHandlerNames ' +
    'getLogRecordFactory getLoggerClass lastResort makeLogRecord raiseExceptions setLogRecordFactory setLoggerClass ' +
    'shutdown warn handlers config'
  ).split(' '),
);
