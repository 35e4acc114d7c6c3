/** `threading` and `contextvars`: locks that nobody else wants, and values of a context that is the only one. */
import { Unsupported } from '../../python/runtime/errors';
import type { PyModule } from '../../python/runtime/objects';
import { refusing } from '../files/refusing';
import { pythonModule } from './python';
import { refusal } from './support';

const THREADING = `
class lock:
    __module__ = '_thread'
    __slots__ = ('_held',)

    def __init__(self):
        self._held = False

    def acquire(self, blocking=True, timeout=-1):
        if self._held:
            if blocking and timeout < 0:
                _refuse('a lock that is waited for without end')
            return False
        self._held = True
        return True

    def release(self):
        if not self._held:
            raise RuntimeError('release unlocked lock')
        self._held = False

    def locked(self):
        return self._held

    def __enter__(self):
        return self.acquire()

    def __exit__(self, *exc_info):
        self.release()

    def __repr__(self):
        return f"<{'locked' if self._held else 'unlocked'} _thread.lock object at {hex(id(self))}>"


Lock = lock


class _RLock:
    __module__ = '_thread'
    __qualname__ = 'RLock'
    __slots__ = ('_count',)

    def __init__(self):
        self._count = 0

    def acquire(self, blocking=True, timeout=-1):
        self._count += 1
        return True

    def release(self):
        if not self._count:
            raise RuntimeError('cannot release un-acquired lock')
        self._count -= 1

    def __enter__(self):
        return self.acquire()

    def __exit__(self, *exc_info):
        self.release()


_RLock.__name__ = 'RLock'
RLock = _RLock


class Event:
    def __init__(self):
        self._flag = False

    def is_set(self):
        return self._flag

    def set(self):
        self._flag = True

    def clear(self):
        self._flag = False

    def wait(self, timeout=None):
        if not self._flag and timeout is None:
            _refuse('an event that is waited for without end')
        return self._flag


class Semaphore:
    def __init__(self, value=1):
        if value < 0:
            raise ValueError('semaphore initial value must be >= 0')
        self._value = value

    def acquire(self, blocking=True, timeout=None):
        if self._value:
            self._value -= 1
            return True
        if blocking and timeout is None:
            _refuse('a semaphore that is waited for without end')
        return False

    def release(self, n=1):
        self._value += n

    def __enter__(self):
        return self.acquire()

    def __exit__(self, *exc_info):
        self.release()


class BoundedSemaphore(Semaphore):
    def __init__(self, value=1):
        Semaphore.__init__(self, value)
        self._initial = value

    def release(self, n=1):
        if self._value + n > self._initial:
            raise ValueError('Semaphore released too many times')
        self._value += n


class local:
    __module__ = '_thread'
    __qualname__ = '_local'


TIMEOUT_MAX = 9223372036.0
`;

const CONTEXTVARS = `
_missing = object()


class Token:
    __module__ = '_contextvars'
    __slots__ = ('var', 'old_value', '_used')
    MISSING = _missing


class ContextVar:
    __module__ = '_contextvars'
    __slots__ = ('name', '_default', '_value')

    def __init__(self, name, *, default=_missing):
        if not isinstance(name, str):
            raise TypeError('context variable name must be a str')
        self.name, self._default, self._value = name, default, _missing

    def get(self, default=_missing, /):
        if self._value is not _missing:
            return self._value
        if default is not _missing:
            return default
        if self._default is not _missing:
            return self._default
        raise LookupError(self)

    def set(self, value, /):
        token = Token()
        token.var, token.old_value, token._used = self, self._value, False
        self._value = value
        return token

    def reset(self, token, /):
        if not isinstance(token, Token):
            raise TypeError(f'expected an instance of Token, got {token!r}')
        if token._used:
            raise RuntimeError(f'{token!r} has already been used once')
        if token.var is not self:
            raise ValueError(f'{token!r} was created by a different ContextVar')
        token._used = True
        self._value = token.old_value
`;

export function loadThreading(): PyModule {
  const module = pythonModule('threading', THREADING, { _refuse: refusal });
  module.lazy = refusing(
    'threading',
    'Thread Timer Barrier Condition current_thread main_thread get_ident get_native_id active_count enumerate ' +
      'excepthook settrace setprofile stack_size ExceptHookArgs BrokenBarrierError',
    'cells start no threads',
  );
  return module;
}

export function loadContextvars(): PyModule {
  const module = pythonModule('contextvars', CONTEXTVARS);
  module.lazy = name => {
    if (name === 'Context' || name === 'copy_context')
      throw new Unsupported(`contextvars.${name}`, 'cells have one context');
    return undefined;
  };
  return module;
}
