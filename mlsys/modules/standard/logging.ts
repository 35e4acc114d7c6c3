/**
 * `logging`, as far as packages use it without a clock or files: loggers with levels, the one handler of `basicConfig`, and
 * handlers, formatters and classes of loggers of a package. What a logger lets through is shown as a warning of the cell,
 * where Python writes to standard error; of what handlers of a package make of it only that there is something.
 */
import { Unsupported } from '../../python/runtime/errors';
import { fn } from '../../python/runtime/native';
import { creation, PyList, PyModule, type Value } from '../../python/runtime/objects';
import { call, str } from '../../python/runtime/operations';
import { UNKNOWN_TEXT } from '../../python/runtime/unknown';
import { vm } from '../../python/runtime/vm';
import { deferred } from '../deferred';
import { runPython } from './python';

/** Levels that were set, by logger; the root's name is empty. */
interface State {
  readonly levels: ReadonlyMap<string, bigint>;
  /** Of the root's handler; undefined while it has none. */
  readonly format: string | undefined;
  /** Handlers that were added, by logger. */
  readonly handlers: ReadonlyMap<string, readonly Value[]>;
  /** Loggers that pass nothing on to those above, and those that are disabled. */
  readonly flags: ReadonlySet<string>;
  /** The class of loggers that a package has set, and those that were made of one. */
  readonly loggerClass: Value | undefined;
  readonly made: ReadonlyMap<string, Value>;
  /** The level up to which all loggers are silent. */
  readonly silent: bigint;
}

const CHANNEL = 'logging';
const START: State = {
  levels: new Map([['', 30n]]),
  format: undefined,
  handlers: new Map(),
  flags: new Set(),
  loggerClass: undefined,
  made: new Map(),
  silent: 0n,
};

const state = (): State => vm.readState(CHANNEL, START);

/** Methods of loggers and of adapters, one for each level. */
const LEVELS = `    def debug(self, msg, *args, **kwargs):
        self.log(DEBUG, msg, *args, **kwargs)

    def info(self, msg, *args, **kwargs):
        self.log(INFO, msg, *args, **kwargs)

    def warning(self, msg, *args, **kwargs):
        self.log(WARNING, msg, *args, **kwargs)

    def error(self, msg, *args, **kwargs):
        self.log(ERROR, msg, *args, **kwargs)

    def critical(self, msg, *args, **kwargs):
        self.log(CRITICAL, msg, *args, **kwargs)

    def exception(self, msg, *args, exc_info=True, **kwargs):
        self.log(ERROR, msg, *args, exc_info=exc_info, **kwargs)
`;

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
    def __init__(self):
        self.filters = []

    def addFilter(self, filter):
        if filter not in self.filters:
            self.filters.append(filter)

    def removeFilter(self, filter):
        if filter in self.filters:
            self.filters.remove(filter)


class Filter:
    def __init__(self, name=""):
        self.name = name
        self.nlen = len(name)

    def filter(self, record):
        _refuse("a log record")


class Formatter:
    def __init__(self, fmt=None, datefmt=None, style="%", validate=True, *, defaults=None):
        if style not in ("%", "{", "$"):
            raise ValueError("Style must be one of: %,{,$")
        self._fmt = fmt or {"%": "%(message)s", "{": "{message}", "$": "\${message}"}[style]
        self.datefmt = datefmt

    def format(self, record):
        _refuse("a log record")

    formatTime = formatMessage = usesTime = formatException = formatStack = format


class Handler(Filterer):
    def __init__(self, level=NOTSET):
        Filterer.__init__(self)
        self.level = _checked(level)
        self.formatter = None
        self.name = None

    def setLevel(self, level):
        self.level = _checked(level)

    def setFormatter(self, fmt):
        self.formatter = fmt

    def format(self, record):
        _refuse("a log record")

    emit = handle = handleError = format

    def get_name(self):
        return self.name

    def set_name(self, name):
        self.name = name

    def acquire(self):
        pass

    createLock = release = flush = close = acquire


class StreamHandler(Handler):
    terminator = "\\n"

    def __init__(self, stream=None):
        Handler.__init__(self)

    @property
    def stream(self):
        _refuse("the stream of a handler")

    def setStream(self, stream):
        _refuse("the stream of a handler")

    def __repr__(self):
        _refuse("the stream of a handler")


class NullHandler(Handler):
    def __repr__(self):
        return f"<NullHandler ({getLevelName(self.level)})>"


class Logger(Filterer):
    def __init__(self, name, level=NOTSET):
        Filterer.__init__(self)
        self.name = name
        if level:
            self.setLevel(level)

    @property
    def level(self):
        return _own_level(self)

    @property
    def parent(self):
        if self is not root:
            _refuse("the parent of a logger")

    @property
    def handlers(self):
        if self is root and _format() is not None:
            _refuse("the handler of logging.basicConfig")
        return _handlers(_key(self))

    @property
    def propagate(self):
        return not _flag(_key(self) + " alone", None)

    @propagate.setter
    def propagate(self, value):
        _flag(_key(self) + " alone", not value)

    @property
    def disabled(self):
        return _flag(_key(self) + " disabled", None)

    @disabled.setter
    def disabled(self, value):
        _flag(_key(self) + " disabled", bool(value))

    def setLevel(self, level):
        _set_level(_key(self), _checked(level))

    def getEffectiveLevel(self):
        at = self
        while at is not None:
            if at.level:
                return at.level
            at = None if at is root else _parent(at.name)
        return NOTSET

    def isEnabledFor(self, level):
        return not self.disabled and level > _silent(None) and level >= self.getEffectiveLevel()

    def getChild(self, suffix):
        return getLogger(suffix if self is root else self.name + "." + suffix)

    def addHandler(self, handler):
        _set_handlers(_key(self), handler, True)

    def removeHandler(self, handler):
        _set_handlers(_key(self), handler, False)

    def hasHandlers(self):
        at = self
        while at is not None:
            if _handlers(_key(at)) or at is root and _format() is not None:
                return True
            at = None if at is root or not at.propagate else _parent(at.name)
        return False

    def log(self, level, msg, *args, exc_info=None, stack_info=False, stacklevel=1, extra=None):
        if not isinstance(level, int):
            raise TypeError("level must be an integer")
        if not self.isEnabledFor(level):
            return
        form = None
        heard = 0
        at = self
        while at is not None:
            for handler in _handlers(_key(at)):
                heard += 1
                if not isinstance(handler, NullHandler):
                    _emit(None)
                    return
            if at is root:
                form = _format()
            at = None if at is root or not at.propagate else _parent(at.name)
        if form is None and (heard or level < WARNING):
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

${LEVELS}
    fatal = critical

    def __repr__(self):
        return f"<{type(self).__name__} {self.name} ({getLevelName(self.getEffectiveLevel())})>"


class RootLogger(Logger):
    pass


root = RootLogger("root")


def _key(logger):
    return "" if logger is root else logger.name


class LoggerAdapter:
    def __init__(self, logger, extra=None, merge_extra=False):
        self.logger = logger
        self.extra = extra

    def process(self, msg, kwargs):
        kwargs["extra"] = self.extra
        return msg, kwargs

    def log(self, level, msg, *args, **kwargs):
        if self.isEnabledFor(level):
            msg, kwargs = self.process(msg, kwargs)
            self.logger.log(level, msg, *args, **kwargs)

    def isEnabledFor(self, level):
        return self.logger.isEnabledFor(level)

    def setLevel(self, level):
        self.logger.setLevel(level)

    def getEffectiveLevel(self):
        return self.logger.getEffectiveLevel()

    def hasHandlers(self):
        return self.logger.hasHandlers()

    @property
    def name(self):
        return self.logger.name

${LEVELS}

def _parent(name):
    return getLogger(name.rpartition(".")[0] or None)


def getLogger(name=None):
    if not name or isinstance(name, str) and name == root.name:
        return root
    if not isinstance(name, str):
        raise TypeError("A logger name must be a string")
    return _logger(name)


def getLoggerClass():
    return _logger_class(None) or Logger


def setLoggerClass(klass):
    if klass is not Logger and not issubclass(klass, Logger):
        raise TypeError("logger not derived from logging.Logger: " + klass.__name__)
    _logger_class(klass)


def disable(level=CRITICAL):
    _silent(_checked(level))


def shutdown(handlerList=None):
    pass


def basicConfig(*, level=None, format=BASIC_FORMAT, force=False, style="%", datefmt=None, **kwargs):
    if kwargs or style != "%":
        _refuse("an argument of logging.basicConfig")
    if force and _handlers(""):
        _refuse("an argument of logging.basicConfig")
    if _format() is None and not _handlers("") or force:
        _set_format(format)
        if level is not None:
            root.setLevel(level)


def _by_root(method):
    def at_root(msg, *args, **kwargs):
        if _format() is None and not _handlers(""):
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
    if _format() is None and not _handlers(""):
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
    _emit: fn('_emit(text)', (text: string | null) => {
      vm.display({ kind: 'warning', text: text ?? UNKNOWN_TEXT });
      return null;
    }),
    // Nobody changes the list in place.
    _handlers: fn('_handlers(name)', (name: string) =>
      shared(() => new PyList([...(state().handlers.get(name) ?? [])])),
    ),
    _set_handlers: fn('_set_handlers(name, handler, add)', (name: string, handler: Value, add: boolean) => {
      const known = state();
      const others = (known.handlers.get(name) ?? []).filter(one => one !== handler);
      const had = others.length < (known.handlers.get(name)?.length ?? 0);
      if (had !== add)
        vm.writeState<State>(CHANNEL, {
          ...known,
          handlers: new Map([...known.handlers, [name, add ? [...others, handler] : others]]),
        });
      return null;
    }),
    _flag: fn('_flag(name, value)', (name: string, value: boolean | null) => {
      const { flags } = state();
      if (value === null) return flags.has(name);
      if (value !== flags.has(name))
        vm.writeState<State>(CHANNEL, {
          ...state(),
          flags: value ? new Set([...flags, name]) : new Set([...flags].filter(one => one !== name)),
        });
      return null;
    }),
    _silent: fn('_silent(level)', (level: bigint | null) => {
      if (level !== null) vm.writeState<State>(CHANNEL, { ...state(), silent: level });
      return state().silent;
    }),
    _logger_class: fn('_logger_class(cls)', (cls: Value) => {
      if (cls !== null) vm.writeState<State>(CHANNEL, { ...state(), loggerClass: cls });
      return state().loggerClass ?? null;
    }),
    _refuse: fn('_refuse(what)', (what: string) => {
      throw new Unsupported(what, 'use print');
    }),
    _logger: fn('_logger(name)', (name: string) => {
      const { loggerClass, made } = state();
      let known = made.get(name);
      if (known !== undefined) return known;
      if (loggerClass !== undefined && loggerClass !== names.get('Logger')) {
        // Perhaps this session had it before it set the class.
        if (loggers.has(name)) throw new Unsupported('the class of a logger that may have been there before');
        known = call(loggerClass, [name]);
        vm.writeState<State>(CHANNEL, { ...state(), made: new Map([...state().made, [name, known]]) });
        return known;
      }
      known = loggers.get(name);
      if (known === undefined) {
        // All sessions share the loggers: what may differ between them is in the state.
        known = shared(() => call(names.get('Logger')!, [name]));
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

/** Something that all sessions share, which nobody changes. */
function shared<T extends Value>(make: () => T): T {
  const { owner } = creation;
  creation.owner = 0;
  try {
    return make();
  } finally {
    creation.owner = owner;
  }
}

function attribute(value: Value, name: string): Value {
  return (value as { attrs: ReadonlyMap<string, Value> }).attrs.get(name)!;
}

const REFUSED: ReadonlySet<string> = new Set(
  (
    'BufferingFormatter FileHandler LogRecord Manager PercentStyle StrFormatStyle StringTemplateStyle addLevelName ' +
    'currentframe getHandlerByName getHandlerNames getLogRecordFactory lastResort makeLogRecord raiseExceptions ' +
    'setLogRecordFactory warn handlers config'
  ).split(' '),
);
