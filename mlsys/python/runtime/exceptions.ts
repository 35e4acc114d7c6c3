/** What exception classes offer to Python: arguments, texts, notes, causes. Loads as `objectMethods.ts` does. */

import { getAttribute } from './attributes';
import { call } from './calls';
import { truth } from './comparison';
import { addNote, baseExceptionClass, builtinExceptions, exceptionClass, PyException, raise } from './errors';
import { iterate, listOf } from './iteration';
import { touch } from './mutation';
import { defineMethods, defineProperties, method } from './native';
import {
  isInstance,
  type Keywords,
  nativeClass,
  PyBytes,
  PyClass,
  PyInstance,
  PyList,
  PyProperty,
  PyTuple,
  typeOf,
  type Value,
} from './objects';
import { repr, reprItems, str } from './representation';
import { reprString } from './text/repr';
import { typeName } from './typeName';
import { announce, isUnknown, PyUnknown, type UnknownCause } from './unknown';
import { vm } from './vm';

const classOf = (name: string): PyClass => builtinExceptions().get(name)!;

baseExceptionClass.construct = (cls, args, keywords) => {
  if (
    keywords !== undefined &&
    keywords.size > 0 &&
    cls.lookup('__init__') === baseExceptionClass.attrs.get('__init__')
  )
    throw raise('TypeError', `${cls.name}() takes no keyword arguments`);
  return new PyException(cls, args);
};

function accessor(
  cls: PyClass,
  name: string,
  get: (self: PyException) => Value,
  set: (self: PyException, value: Value) => void,
): void {
  const setter = method(`${name}(value, /)`, (self: PyException, value: Value) => {
    touch(self);
    set(self, value);
    return null;
  });
  cls.setAttribute(name, new PyProperty(method(`${name}()`, get), setter));
}

defineMethods(baseExceptionClass, {
  '__init__(*args, **kwargs)': (self: PyException, args: PyTuple, kwargs: Map<string, Value>) => {
    if (kwargs.size > 0) throw raise('TypeError', `${self.cls.name}() takes no keyword arguments`);
    touch(self);
    self.args = new PyTuple(args.items);
    return null;
  },
  '__repr__()': (self: PyException) => `${self.cls.name}(${reprItems(self.args.items)})`,
  '__str__()': (self: PyException) => {
    const { items } = self.args;
    if (items.length === 0) return '';
    return items.length === 1 ? str(items[0]!) : repr(self.args);
  },
  'add_note(note, /)': (self: PyException, note: Value) => {
    if (typeof note !== 'string') throw raise('TypeError', `note must be a str, not '${typeName(note)}'`);
    touch(self);
    addNote(self, note);
    return null;
  },
  'with_traceback(tb, /)': (self: PyException, traceback: Value) => {
    setTraceback(self, traceback);
    return self;
  },
  '__setstate__(state, /)': () => null,
});

accessor(
  baseExceptionClass,
  'args',
  self => self.args,
  (self, value) => {
    self.args = new PyTuple(listOf(value));
  },
);
accessor(
  baseExceptionClass,
  '__cause__',
  self => self.cause,
  (self, value) => {
    if (value !== null && !(value instanceof PyException || isUnknown(value)))
      throw raise('TypeError', 'exception cause must be None or derive from BaseException');
    self.cause = value;
    self.suppressContext = true;
  },
);
accessor(
  baseExceptionClass,
  '__context__',
  self => self.context,
  (self, value) => {
    if (value !== null && !(value instanceof PyException || isUnknown(value)))
      throw raise('TypeError', 'exception context must be None or derive from BaseException');
    self.context = value;
    self.contextKnown = true;
  },
);
accessor(
  baseExceptionClass,
  '__suppress_context__',
  self => self.suppressContext,
  (self, value) => {
    self.suppressContext = isUnknown(value) ? value : value === true;
  },
);
/** Makes unknown what an exception remembers of being raised: what was handled, what it came from, where that was. */
export function loseChain(exception: PyException, cause: UnknownCause, may: readonly Value[]): void {
  if (!announce(exception)) return;
  const lost = new PyUnknown(cause, { may });
  exception.cause = lost;
  exception.context = lost;
  exception.suppressContext = lost;
}

/** What `__traceback__` is: an object that tells nothing, since its frames lead into the interpreter. */
const tracebackClass = nativeClass('traceback');
/** What each has, or was given, while its trace was so long: raising it again makes another one. */
const tracebacks = new WeakMap<PyException, { readonly traceback: Value; readonly length: number }>();

function tracebackOf(exception: PyException): Value {
  const { length } = exception.trace;
  const known = tracebacks.get(exception);
  if (known?.length === length) return known.traceback;
  if (length === 0) return isUnknown(exception.context) ? exception.context : null;
  const traceback = new PyInstance(tracebackClass);
  tracebacks.set(exception, { traceback, length });
  return traceback;
}

function setTraceback(exception: PyException, traceback: Value): void {
  if (traceback !== null && !isUnknown(traceback) && typeOf(traceback) !== tracebackClass)
    throw raise('TypeError', '__traceback__ must be a traceback or None');
  touch(exception);
  tracebacks.set(exception, { traceback, length: exception.trace.length });
}

accessor(baseExceptionClass, '__traceback__', tracebackOf, setTraceback);

/** Adds attributes that a kind of exception has: from its arguments unless somebody set them. */
function derived(cls: PyClass, fields: Readonly<Record<string, (self: PyException) => Value>>): void {
  for (const [name, get] of Object.entries(fields))
    accessor(
      cls,
      name,
      self => {
        const own = self.attrs?.get(name);
        return own === undefined ? get(self) : own;
      },
      (self, value) => self.attrs?.set(name, value),
    );
}

const first = (self: PyException): Value => self.args.items[0] ?? null;

derived(classOf('StopIteration'), { value: first });
derived(classOf('SystemExit'), { code: first });
derived(classOf('NameError'), { name: () => null });
derived(classOf('AttributeError'), { name: () => null, obj: () => null });
derived(classOf('ImportError'), { name: () => null, name_from: () => null, path: () => null, msg: first });
derived(classOf('SyntaxError'), {
  msg: first,
  lineno: () => null,
  offset: () => null,
  text: () => null,
  filename: () => null,
});
derived(classOf('OSError'), {
  errno: self => (self.args.items.length >= 2 ? first(self) : null),
  strerror: self => (self.args.items.length >= 2 ? self.args.items[1]! : null),
  filename: self => self.args.items[2] ?? null,
});
/** The classes that `OSError(errno, text)` makes, by error number. */
const OS_ERRORS: ReadonlyMap<bigint, string> = new Map([
  [1n, 'PermissionError'],
  [2n, 'FileNotFoundError'],
  [3n, 'ProcessLookupError'],
  [4n, 'InterruptedError'],
  [10n, 'ChildProcessError'],
  [11n, 'BlockingIOError'],
  [17n, 'FileExistsError'],
  [20n, 'NotADirectoryError'],
  [21n, 'IsADirectoryError'],
  [32n, 'BrokenPipeError'],
  [103n, 'ConnectionAbortedError'],
  [104n, 'ConnectionResetError'],
  [111n, 'ConnectionRefusedError'],
  [13n, 'PermissionError'],
  [110n, 'TimeoutError'],
]);
classOf('OSError').construct = (cls: PyClass, args: Value[], keywords: Keywords) => {
  if (keywords !== undefined && cls.lookup('__init__') === baseExceptionClass.attrs.get('__init__'))
    throw raise('TypeError', `${cls.name}() takes no keyword arguments`);
  const [errno] = args;
  const special = cls === classOf('OSError') && args.length >= 2 && typeof errno === 'bigint' && OS_ERRORS.get(errno);
  return new PyException(special ? classOf(special) : cls, args);
};
defineMethods(classOf('OSError'), {
  '__str__()': (self: PyException) => {
    const { items } = self.args;
    if (items.length < 2) return items.length === 0 ? '' : str(items[0]!);
    const path = items[2];
    return `[Errno ${str(items[0]!)}] ${str(items[1]!)}${path === undefined || path === null ? '' : `: ${repr(path)}`}`;
  },
});
defineMethods(classOf('KeyError'), {
  '__str__()': (self: PyException) => {
    const { items } = self.args;
    return items.length === 1 ? repr(items[0]!) : items.length === 0 ? '' : repr(self.args);
  },
});
const unicodeFields = ['encoding', 'object', 'start', 'end', 'reason'];
for (const name of ['UnicodeDecodeError', 'UnicodeEncodeError'])
  derived(
    classOf(name),
    Object.fromEntries(unicodeFields.map((field, at) => [field, (self: PyException) => self.args.items[at] ?? null])),
  );

/** `'ascii' codec can't encode character '\\xe9' in position 0: ordinal not in range(128)` */
function codecText(self: PyException): string {
  const [codec, source, start, end, reason] = self.args.items;
  if (typeof start !== 'bigint' || typeof end !== 'bigint' || typeof codec !== 'string') return repr(self.args);
  const from = Number(start);
  const many = end - start !== 1n;
  const where = many ? `${start}-${end - 1n}` : String(start);
  if (typeof source === 'string') {
    const char = reprString(Array.from(source)[from] ?? '', true);
    const what = many ? 'characters' : `character ${char}`;
    return `'${codec}' codec can't encode ${what} in position ${where}: ${str(reason ?? null)}`;
  }
  const byte = source instanceof PyBytes ? (source.data[from] ?? 0) : 0;
  const what = many ? 'bytes' : `byte 0x${byte.toString(16).padStart(2, '0')}`;
  return `'${codec}' codec can't decode ${what} in position ${where}: ${str(reason ?? null)}`;
}
for (const name of ['UnicodeDecodeError', 'UnicodeEncodeError'])
  defineMethods(classOf(name), { '__str__()': codecText });

/** Keyword arguments that some exceptions take beside their arguments. */
for (const [name, fields] of [
  ['ImportError', ['name', 'name_from', 'path']],
  ['NameError', ['name']],
  ['AttributeError', ['name', 'obj']],
] as const)
  classOf(name).construct = (cls: PyClass, args: Value[], keywords: Keywords) => {
    const made = new PyException(cls, args);
    for (const [key, value] of keywords ?? []) {
      if (!(fields as readonly string[]).includes(key)) {
        if (cls.lookup('__init__') !== baseExceptionClass.attrs.get('__init__')) continue;
        throw raise('TypeError', `${name}() got an unexpected keyword argument '${key}'`);
      }
      made.attrs?.set(key, value);
    }
    return made;
  };

// ------------------------------------------------------------------------------------------------------- groups

const groupClass = classOf('BaseExceptionGroup');

groupClass.construct = (cls, args) => {
  if (args.length !== 2)
    throw raise('TypeError', `BaseExceptionGroup.__new__() takes exactly 2 arguments (${args.length} given)`);
  const [message, exceptions] = args as [Value, Value];
  if (typeof message !== 'string')
    throw raise('TypeError', `BaseExceptionGroup.__new__() argument 1 must be str, not ${typeName(message)}`);
  if (!(exceptions instanceof PyList || exceptions instanceof PyTuple))
    throw raise('TypeError', 'second argument (exceptions) must be a sequence');
  if (exceptions.items.length === 0)
    throw raise('ValueError', 'second argument (exceptions) must be a non-empty sequence');
  exceptions.items.forEach((item, at) => {
    if (!isInstance(item, baseExceptionClass))
      throw raise('ValueError', `Item ${at} of second argument (exceptions) is not an exception`);
    if (!isInstance(item, exceptionClass) && cls.isSubclassOf(exceptionClass))
      throw raise('TypeError', 'Cannot nest BaseExceptions in an ExceptionGroup');
  });
  const every = exceptions.items.every(item => isInstance(item, exceptionClass));
  return new PyException(cls === groupClass && every ? classOf('ExceptionGroup') : cls, args);
};

/** The exceptions of a group. */
export function groupMembers(group: PyException): readonly PyException[] {
  const list = group.args.items[1];
  return list instanceof PyTuple || list instanceof PyList ? (list.items as readonly PyException[]) : [];
}

function regroup(group: PyException, members: readonly PyException[]): PyException {
  const made = call(getAttribute(group, 'derive'), [new PyList([...members])]);
  if (!isInstance(made, groupClass)) throw raise('TypeError', `derive must return an instance of BaseExceptionGroup`);
  return withContextOf(group, made as PyException);
}

/** What a part of a group takes over from the whole. */
function withContextOf(group: PyException, made: PyException): PyException {
  made.trace.push(...group.trace);
  setTraceback(made, tracebackOf(group));
  made.cause = group.cause;
  made.context = group.context;
  const notes = group.attrs?.get('__notes__');
  if (notes instanceof PyList) made.attrs?.set('__notes__', new PyList([...notes.items]));
  return made;
}

/** Splits a group into what matches and the rest, keeping its nesting; null for an empty part. */
export function splitGroup(
  error: PyException,
  matches: (one: PyException) => boolean,
): [PyException | null, PyException | null] {
  vm.step(10);
  if (matches(error)) return [error, null];
  if (!isInstance(error, groupClass)) return [null, error];
  const yes: PyException[] = [];
  const no: PyException[] = [];
  for (const member of groupMembers(error)) {
    const [left, right] = splitGroup(member, matches);
    if (left !== null) yes.push(left);
    if (right !== null) no.push(right);
  }
  if (no.length === 0) return [error, null];
  if (yes.length === 0) return [null, error];
  return [regroup(error, yes), regroup(error, no)];
}

function condition(test: Value): (one: PyException) => boolean {
  if (test instanceof PyClass && test.isSubclassOf(baseExceptionClass)) return one => isInstance(one, test);
  if (
    typeof test === 'object' &&
    test !== null &&
    !(test instanceof PyClass) &&
    test.cls.lookup('__call__') !== undefined
  )
    return one => truth(call(test, [one]));
  if (test instanceof PyTuple) return one => test.items.some(cls => cls instanceof PyClass && isInstance(one, cls));
  throw raise(
    'TypeError',
    'expected an exception type, a tuple of exception types, or a callable (other than a class)',
  );
}

defineProperties(groupClass, {
  message: (self: PyException) => self.args.items[0]!,
  exceptions: (self: PyException) => new PyTuple(groupMembers(self)),
});
defineMethods(groupClass, {
  '__init__(*args)': () => null,
  '__str__()': (self: PyException) => {
    const count = groupMembers(self).length;
    return `${str(self.args.items[0]!)} (${count} sub-exception${count === 1 ? '' : 's'})`;
  },
  '__repr__()': (self: PyException) => `${self.cls.name}(${reprItems(self.args.items)})`,
  'split(condition, /)': (self: PyException, test: Value) => new PyTuple(splitGroup(self, condition(test))),
  'subgroup(condition, /)': (self: PyException, test: Value) => splitGroup(self, condition(test))[0],
  'derive(excs, /)': (self: PyException, exceptions: Value) => {
    const members: Value[] = [];
    const next = iterate(exceptions);
    for (let item = next(); item !== undefined; item = next()) members.push(item);
    return call(groupClass, [self.args.items[0]!, new PyList(members)]);
  },
});
