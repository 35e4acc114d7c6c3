/** `contextlib` */

import { Unsupported } from '../../python/runtime/errors';
import { fn } from '../../python/runtime/native';
import type { PyModule } from '../../python/runtime/objects';
import { loadAbc } from './abc';
import { pythonModule } from './python';

const SOURCE = String.raw`
from functools import wraps as _wraps


class AbstractContextManager(_ABC):
    def __enter__(self):
        return self

    @_abstractmethod
    def __exit__(self, kind, error, trace):
        pass

    @classmethod
    def __subclasshook__(cls, other):
        if cls is not AbstractContextManager:
            return NotImplemented
        if getattr(other, '__enter__', None) is None or getattr(other, '__exit__', None) is None:
            return NotImplemented
        return True


class ContextDecorator:
    def _for_call(self):
        return self

    def __call__(self, target):
        def guarded(*args, **named):
            with self._for_call():
                return target(*args, **named)
        return _wraps(target)(guarded)


def _outcome(left, error):
    """What __exit__ returns when the generator ended with this exception; None to pass the exception on."""
    if left is error:
        return False
    if isinstance(left, StopIteration):
        return error is not None
    if isinstance(left, RuntimeError) and isinstance(error, StopIteration) and left.__cause__ is error:
        return False
    return None


class _GeneratorContextManager(ContextDecorator):
    def __init__(self, func, args, kwds):
        self.gen = func(*args, **kwds)
        self.func, self.args, self.kwds = func, args, kwds
        doc = getattr(func, '__doc__', None)
        if doc is not None:
            self.__doc__ = doc

    def _for_call(self):
        return type(self)(self.func, self.args, self.kwds)

    def __enter__(self):
        # Nothing of the call is kept, so that it cannot be entered a second time.
        del self.args, self.kwds, self.func
        try:
            value = next(self.gen)
        except StopIteration:
            raise RuntimeError("generator didn't yield") from None
        return value

    def __exit__(self, kind, error, trace):
        complaint = "generator didn't stop"
        try:
            if kind is None:
                next(self.gen)
            else:
                complaint += ' after throw()'
                if error is None:
                    error = kind()
                self.gen.throw(error)
        except BaseException as left:
            outcome = _outcome(left, error)
            if outcome is None:
                raise
            return outcome
        try:
            raise RuntimeError(complaint)
        finally:
            self.gen.close()


def contextmanager(func):
    def make(*args, **named):
        return _GeneratorContextManager(func, args, named)
    return _wraps(func)(make)


class nullcontext(AbstractContextManager):
    def __init__(self, enter_result=None):
        self.enter_result = enter_result

    def __enter__(self):
        return self.enter_result

    def __exit__(self, *details):
        return None


class closing(AbstractContextManager):
    def __init__(self, thing):
        self.thing = thing

    def __enter__(self):
        return self.thing

    def __exit__(self, *details):
        self.thing.close()


class suppress(AbstractContextManager):
    def __init__(self, *exceptions):
        self._quiet = exceptions

    def __enter__(self):
        return None

    def __exit__(self, kind, error, trace):
        if kind is None or issubclass(kind, self._quiet):
            return kind is not None
        if not issubclass(kind, BaseExceptionGroup):
            return False
        _, rest = error.split(self._quiet)
        if rest is not None:
            raise rest
        return True


def _follow(raised, previous, handled):
    first = raised
    while first.__context__ is not handled:
        if first.__context__ is None or first.__context__ is previous:
            return
        first = first.__context__
    if handled is not None and first is not previous:
        first.__context__ = previous


class ExitStack(AbstractContextManager):
    def __init__(self):
        self._pending = []

    def enter_context(self, cm):
        kind = type(cm)
        if not all(hasattr(kind, name) for name in ('__enter__', '__exit__')):
            raise TypeError(
                f"'{kind.__module__}.{kind.__qualname__}' object does not support the context manager protocol")
        entered = cm.__enter__()
        self.push(cm)
        return entered

    def push(self, exit):
        self._pending.append(exit.__exit__ if hasattr(type(exit), '__exit__') else exit)
        return exit

    def callback(self, callback, /, *args, **kwds):
        def run(*details):
            callback(*args, **kwds)
        self._pending.append(run)
        return callback

    def pop_all(self):
        heir = type(self)()
        heir._pending = self._pending
        self._pending = []
        return heir

    def close(self):
        self.__exit__(None, None, None)

    def __exit__(self, kind, error, trace):
        current = error
        # What is being handled as the stack unwinds: errors of the exits come with it as their first cause.
        try:
            raise LookupError
        except LookupError as probe:
            handled = probe.__context__
        while self._pending:
            leave = self._pending.pop()
            try:
                quiet = leave(*((None, None) if current is None else (type(current), current)), None)
            except BaseException as raised:
                _follow(raised, current, handled)
                current = raised
            else:
                if quiet:
                    current = None
        if current is not None and current is not error:
            before = current.__context__
            try:
                raise current
            finally:
                current.__context__ = before
        return error is not None and current is None
`;

export function loadContextlib(): PyModule {
  const abc = loadAbc();
  const refuse = (name: string) =>
    fn(`${name}(new_target)`, () => {
      throw new Unsupported(`contextlib.${name}`, 'print what you want to show');
    });
  const module = pythonModule('contextlib', SOURCE, {
    _ABC: abc.attrs.get('ABC') ?? null,
    _abstractmethod: abc.attrs.get('abstractmethod') ?? null,
  });
  for (const name of ['redirect_stdout', 'redirect_stderr', 'chdir', 'asynccontextmanager'])
    module.attrs.set(name, refuse(name));
  return module;
}
