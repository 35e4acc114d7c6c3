/** `contextlib` */

import { Unsupported } from '../../python/runtime/errors';
import { fn } from '../../python/runtime/native';
import type { PyModule } from '../../python/runtime/objects';
import { loadAbc } from './abc';
import { pythonModule } from './python';

const SOURCE = String.raw`
from functools import wraps as _wraps


class AbstractContextManager(_ABC):
    def __enter__(self): return self
    @_abstractmethod
    def __exit__(self, exc_type, exc_value, traceback): return None


class ContextDecorator:
    def _recreate_cm(self): return self

    def __call__(self, func):
        @_wraps(func)
        def inner(*args, **kwds):
            with self._recreate_cm():
                return func(*args, **kwds)
        return inner


class _GeneratorContextManager(ContextDecorator):
    def __init__(self, func, args, kwds):
        self.gen = func(*args, **kwds)
        self.func, self.args, self.kwds = func, args, kwds

    def _recreate_cm(self):
        return self.__class__(self.func, self.args, self.kwds)

    def __enter__(self):
        try:
            return next(self.gen)
        except StopIteration:
            raise RuntimeError("generator didn't yield") from None

    def __exit__(self, typ, value, traceback):
        if typ is None:
            try:
                next(self.gen)
            except StopIteration:
                return False
            try:
                raise RuntimeError("generator didn't stop")
            finally:
                self.gen.close()
        if value is None:
            value = typ()
        try:
            self.gen.throw(value)
        except StopIteration as exc:
            return exc is not value
        except RuntimeError as exc:
            if exc is value:
                return False
            if isinstance(value, StopIteration) and exc.__cause__ is value:
                return False
            raise
        except BaseException as exc:
            if exc is not value:
                raise
            return False
        try:
            raise RuntimeError("generator didn't stop after throw()")
        finally:
            self.gen.close()


def contextmanager(func):
    @_wraps(func)
    def helper(*args, **kwds):
        return _GeneratorContextManager(func, args, kwds)
    return helper


class closing(AbstractContextManager):
    def __init__(self, thing): self.thing = thing
    def __enter__(self): return self.thing
    def __exit__(self, *exc_info): self.thing.close()


class suppress(AbstractContextManager):
    def __init__(self, *exceptions): self._exceptions = exceptions
    def __enter__(self): pass
    def __exit__(self, exctype, excinst, exctb): return exctype is not None and issubclass(exctype, self._exceptions)


class nullcontext(AbstractContextManager):
    def __init__(self, enter_result=None): self.enter_result = enter_result
    def __enter__(self): return self.enter_result
    def __exit__(self, *excinfo): pass


class ExitStack(AbstractContextManager):
    def __init__(self): self._callbacks = []

    def pop_all(self):
        new = type(self)()
        new._callbacks, self._callbacks = self._callbacks, []
        return new

    def push(self, exit):
        if hasattr(type(exit), '__exit__'):
            self._callbacks.append(exit.__exit__)
        else:
            self._callbacks.append(exit)
        return exit

    def enter_context(self, cm):
        if not (hasattr(type(cm), '__enter__') and hasattr(type(cm), '__exit__')):
            cls = type(cm)
            raise TypeError(f"'{cls.__module__}.{cls.__qualname__}' object does not support the context manager protocol")
        result = cm.__enter__()
        self._callbacks.append(cm.__exit__)
        return result

    def callback(self, callback, /, *args, **kwds):
        def exit(exc_type, exc, tb):
            callback(*args, **kwds)
        self._callbacks.append(exit)
        return callback

    def close(self): self.__exit__(None, None, None)

    def __exit__(self, *exc_details):
        received = exc_details[0] is not None
        exc = exc_details[1]
        suppressed = False
        pending = False
        while self._callbacks:
            callback = self._callbacks.pop()
            try:
                if callback(None if exc is None else type(exc), exc, None):
                    suppressed = True
                    pending = False
                    exc = None
            except BaseException as new:
                pending = True
                exc = new
        if pending:
            raise exc
        return received and suppressed
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
