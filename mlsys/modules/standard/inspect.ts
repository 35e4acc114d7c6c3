/** `inspect`: signatures, doc texts and kinds of objects. What would look into the interpreter is refused by name. */

import { PyDict } from '../../python/runtime/dict';
import { Unsupported } from '../../python/runtime/errors';
import { PyFunction } from '../../python/runtime/function';
import { PyGenerator } from '../../python/runtime/generator';
import { PyParameterized, PyUnion } from '../../python/runtime/genericAlias';
import { fn } from '../../python/runtime/native';
import {
  BoundMethod,
  functionClass,
  methodClass,
  moduleClass,
  NativeFunction,
  PyClass,
  type PyModule,
  PyTuple,
  type Value,
} from '../../python/runtime/objects';
import { findAttribute, repr, truth } from '../../python/runtime/operations';
import { deferred } from '../deferred';
import { refusing } from '../files/refusing';
import { builtinModule } from '../registry';
import { FACTORY, MISSING, PyField, PyInitVar } from './dataclasses/field';
import { currentFrame } from './frameObjects';
import { partialClass } from './functools/partial';
import { PyMappingProxy } from './mappingProxy';
import { pythonModule } from './python';
import { refusal } from './support';

const SOURCE = `
class _empty:
    __module__ = 'inspect'


class _ParameterKind(_IntEnum):
    __module__ = 'inspect'
    POSITIONAL_ONLY = 0
    POSITIONAL_OR_KEYWORD = 1
    VAR_POSITIONAL = 2
    KEYWORD_ONLY = 3
    VAR_KEYWORD = 4

    def __str__(self):
        return self.name

    @property
    def description(self):
        return ('positional-only', 'positional or keyword', 'variadic positional', 'keyword-only', 'variadic keyword')[self]


_KINDS = list(_ParameterKind)
_same = object()


def formatannotation(annotation, base_module=None, *, quote_annotation_strings=True):
    if getattr(annotation, '__module__', None) == 'typing':
        return repr(annotation).replace('typing.', '')
    if _is_alias(annotation):
        return str(annotation)
    if isinstance(annotation, type):
        if annotation.__module__ in ('builtins', base_module):
            return annotation.__qualname__
        return annotation.__module__ + '.' + annotation.__qualname__
    return repr(annotation)


class Parameter:
    __module__ = 'inspect'
    __slots__ = ('_name', '_kind', '_default', '_annotation')
    POSITIONAL_ONLY, POSITIONAL_OR_KEYWORD, VAR_POSITIONAL, KEYWORD_ONLY, VAR_KEYWORD = _KINDS
    empty = _empty

    def __init__(self, name, kind, *, default=_empty, annotation=_empty):
        self._name, self._kind, self._default, self._annotation = name, _ParameterKind(kind), default, annotation
        if default is not _empty and self._kind in (_KINDS[2], _KINDS[4]):
            what = 'variadic positional' if self._kind == 2 else 'variadic keyword'
            raise ValueError(f'{what} parameters cannot have default values')

    name = property(lambda self: self._name)
    kind = property(lambda self: self._kind)
    default = property(lambda self: self._default)
    annotation = property(lambda self: self._annotation)

    def replace(self, *, name=_same, kind=_same, annotation=_same, default=_same):
        return type(self)(
            self._name if name is _same else name,
            self._kind if kind is _same else kind,
            default=self._default if default is _same else default,
            annotation=self._annotation if annotation is _same else annotation,
        )

    def __str__(self):
        text = self._name
        if self._annotation is not _empty:
            text += f': {formatannotation(self._annotation)}'
        if self._default is not _empty:
            text += f' = {self._default!r}' if self._annotation is not _empty else f'={self._default!r}'
        return {2: '*', 4: '**'}.get(int(self._kind), '') + text

    def __repr__(self):
        return f'<{type(self).__name__} "{self}">'

    def _key(self):
        return self._name, self._kind, self._default, self._annotation

    def __eq__(self, other):
        return self is other or self._key() == other._key() if isinstance(other, Parameter) else NotImplemented

    def __hash__(self):
        return hash(self._key())


class BoundArguments:
    __module__ = 'inspect'
    __slots__ = ('arguments', '_signature')

    def __init__(self, signature, arguments):
        self._signature, self.arguments = signature, arguments

    signature = property(lambda self: self._signature)

    @property
    def args(self):
        args = []
        for name, param in self._signature.parameters.items():
            if param.kind >= 3 or name not in self.arguments:
                break
            if param.kind == 2:
                args.extend(self.arguments[name])
            else:
                args.append(self.arguments[name])
        return tuple(args)

    @property
    def kwargs(self):
        kwargs, named = {}, False
        for name, param in self._signature.parameters.items():
            if not named:
                if param.kind >= 3:
                    named = True
                elif name not in self.arguments:
                    named = True
                    continue
            if not named or name not in self.arguments:
                continue
            if param.kind == 4:
                kwargs.update(self.arguments[name])
            else:
                kwargs[name] = self.arguments[name]
        return kwargs

    def apply_defaults(self):
        made = {}
        for name, param in self._signature.parameters.items():
            if name in self.arguments:
                made[name] = self.arguments[name]
            elif param.default is not _empty:
                made[name] = param.default
            elif param.kind == 2:
                made[name] = ()
            elif param.kind == 4:
                made[name] = {}
        self.arguments = made

    def __eq__(self, other):
        if not isinstance(other, BoundArguments):
            return NotImplemented
        return self._signature == other._signature and self.arguments == other.arguments

    def __repr__(self):
        return f"<BoundArguments ({', '.join(f'{k}={v!r}' for k, v in self.arguments.items())})>"


class Signature:
    __module__ = 'inspect'
    __slots__ = ('_parameters', '_return')
    empty = _empty

    def __init__(self, parameters=None, *, return_annotation=_empty):
        self._parameters = {param.name: param for param in parameters or ()}
        self._return = return_annotation

    @classmethod
    def from_callable(cls, obj, *, follow_wrapped=True, globals=None, locals=None, eval_str=False):
        return signature(obj, follow_wrapped=follow_wrapped, eval_str=eval_str)

    @property
    def parameters(self):
        return _proxy(self._parameters)

    return_annotation = property(lambda self: self._return)

    def replace(self, *, parameters=_same, return_annotation=_same):
        return type(self)(
            self._parameters.values() if parameters is _same else parameters,
            return_annotation=self._return if return_annotation is _same else return_annotation,
        )

    def __eq__(self, other):
        if not isinstance(other, Signature):
            return NotImplemented
        return list(self._parameters.values()) == list(other._parameters.values()) and self._return == other._return

    def __hash__(self):
        return hash((tuple(self._parameters.values()), self._return))

    def __str__(self):
        return self.format()

    def format(self, *, max_width=None, quote_annotation_strings=True):
        parts, slash, star = [], False, True
        for param in self._parameters.values():
            if param.kind == 0:
                slash = True
            elif slash:
                parts.append('/')
                slash = False
            if param.kind == 2:
                star = False
            elif param.kind == 3 and star:
                parts.append('*')
                star = False
            parts.append(str(param))
        if slash:
            parts.append('/')
        text = f"({', '.join(parts)})"
        return text if self._return is _empty else f'{text} -> {formatannotation(self._return)}'

    def __repr__(self):
        return f'<{type(self).__name__} {self}>'

    def _bind(self, args, kwargs, partial):
        arguments, rest, params = {}, list(args), list(self._parameters.values())
        while params:
            param = params[0]
            if rest:
                if param.kind >= 3:
                    raise TypeError('too many positional arguments')
                if param.kind == 2:
                    arguments[param.name] = tuple(rest)
                    rest = []
                    params.pop(0)
                    break
                if param.name in kwargs and param.kind != 0:
                    raise TypeError(f'multiple values for argument {param.name!r}')
                arguments[param.name] = rest.pop(0)
                params.pop(0)
                continue
            if param.kind == 2:
                params.pop(0)
                break
            if param.name in kwargs or param.kind >= 3 or param.default is not _empty:
                break
            if not partial:
                raise TypeError(f"missing a required{' positional-only' if param.kind == 0 else ''} argument: {param.name!r}")
            break
        if rest:
            raise TypeError('too many positional arguments')
        kwargs, variadic = dict(kwargs), None
        for param in params:
            if param.kind == 4:
                variadic = param
            elif param.kind == 2:
                continue
            elif param.kind != 0 and param.name in kwargs:
                arguments[param.name] = kwargs.pop(param.name)
            elif not partial and param.default is _empty:
                raise TypeError(f'missing a required argument: {param.name!r}')
        if kwargs:
            if variadic is None:
                raise TypeError(f'got an unexpected keyword argument {next(iter(kwargs))!r}')
            arguments[variadic.name] = kwargs
        return BoundArguments(self, arguments)

    def bind(self, /, *args, **kwargs):
        return self._bind(args, kwargs, False)

    def bind_partial(self, /, *args, **kwargs):
        return self._bind(args, kwargs, True)


def _without_first(sig):
    params = list(sig._parameters.values())
    if params and params[0].kind < 2:
        params = params[1:]
    elif not params or params[0].kind != 2:
        raise ValueError('invalid method signature')
    return Signature(params, return_annotation=sig._return)


def signature(obj, *, follow_wrapped=True, globals=None, locals=None, eval_str=False):
    if eval_str:
        _refuse('inspect.signature(eval_str=True)')
    if not callable(obj):
        raise TypeError(f'{obj!r} is not a callable object')
    if isinstance(obj, _method):
        return _without_first(signature(obj.__func__))
    if follow_wrapped and not isinstance(obj, type):
        obj = unwrap(obj)
    given = getattr(obj, '__signature__', None)
    if given is not None:
        return given if isinstance(given, Signature) else _refuse('inspect.signature of this object')
    if isinstance(obj, _function):
        params, returned = _parameters(obj, _empty)
        return Signature(
            [Parameter(name, kind, default=default, annotation=annotation) for name, kind, default, annotation in params],
            return_annotation=returned,
        )
    if isinstance(obj, _partial):
        return _of_partial(obj)
    if isinstance(obj, type):
        if '__call__' in type(obj).__dict__ and type(obj) is not type:
            _refuse('inspect.signature of a class of a metaclass')
        for base in obj.__mro__:
            for name in ('__new__', '__init__'):
                found = vars(base).get(name)
                if name == '__init__' and found is not None and '__dataclass_fields__' in vars(base) and not _is_written(found):
                    return _of_dataclass(base)
                found = getattr(found, '__func__', found)
                if isinstance(found, _function):
                    return _without_first(signature(found))
            if base is object:
                return Signature()
            if _is_native(base):
                break
        _refuse(f'inspect.signature of {obj.__name__}')
    call = type(obj).__call__
    if isinstance(call, _function):
        return _without_first(signature(call))
    _refuse(f"inspect.signature of {getattr(obj, '__name__', 'this object')}")


FullArgSpec = _namedtuple('FullArgSpec', 'args, varargs, varkw, defaults, kwonlyargs, kwonlydefaults, annotations')


def getfullargspec(func):
    if not callable(func):
        raise TypeError('unsupported callable')
    func = func.__func__ if isinstance(func, _method) else func
    if not isinstance(func, _function) or hasattr(func, '__signature__'):
        _refuse(f"inspect.getfullargspec of {getattr(func, '__name__', 'this object')}")
    params, returned = _parameters(func, _empty)
    args, defaults, kwonly, kwdefaults, rest = [], [], [], {}, {}
    annotations = {} if returned is _empty else {'return': returned}
    for name, kind, default, annotation in params:
        if kind < 2:
            args.append(name)
        elif kind == 3:
            kwonly.append(name)
        else:
            rest[kind] = name
        if default is not _empty:
            if kind == 3:
                kwdefaults[name] = default
            else:
                defaults.append(default)
        if annotation is not _empty:
            annotations[name] = annotation
    return FullArgSpec(args, rest.get(2), rest.get(4), tuple(defaults) or None, kwonly, kwdefaults or None, annotations)


def _of_dataclass(cls):
    made = [
        Parameter(name, _KINDS[kind], default=default, annotation=annotation)
        for name, kind, default, annotation in _dataclass_fields(cls, _empty)
    ]
    return Signature(sorted(made, key=lambda param: param.kind), return_annotation=None)


def _of_partial(obj):
    sig = signature(obj.func)
    sig.bind_partial(*obj.args, **obj.keywords)
    params, named = list(sig._parameters.values()), False
    made, given = [], len(obj.args)
    for param in params:
        if param.kind < 2 and given:
            given -= 1
            continue
        if param.name in obj.keywords and param.kind in (1, 3):
            named = True
            made.append(param.replace(kind=_KINDS[3], default=obj.keywords[param.name]))
        elif named and param.kind == 1:
            made.append(param.replace(kind=_KINDS[3]))
        elif not (named and param.kind == 2):
            made.append(param)
    return Signature(made, return_annotation=sig._return)


def unwrap(func, *, stop=None):
    while hasattr(func, '__wrapped__') and not isinstance(func, type) and (stop is None or not stop(func)):
        func = func.__wrapped__
    return func


def cleandoc(doc):
    lines = doc.expandtabs().split('\\n')
    margin = min((len(line) - len(line.lstrip(' ')) for line in lines[1:] if line.strip(' ')), default=0)
    lines = [lines[0].lstrip(' ')] + [line[margin:] for line in lines[1:]]
    while lines and not lines[-1]:
        lines.pop()
    while lines and not lines[0]:
        lines.pop(0)
    return '\\n'.join(lines)


def _inherited_doc(obj):
    if isinstance(obj, type):
        for base in obj.__mro__:
            if base is not object and vars(base).get('__doc__') is not None:
                return base.__doc__
        return None
    if isinstance(obj, _method):
        owner = obj.__self__ if isinstance(obj.__self__, type) else type(obj.__self__)
        name = obj.__name__
        return next((vars(base)[name].__doc__ for base in owner.__mro__ if name in vars(base) and vars(base)[name].__doc__), None)
    if isinstance(obj, _function) and '.' in obj.__qualname__ and '<locals>' not in obj.__qualname__:
        owner = _owner(obj)
        if owner is None:
            return None
        return next((vars(base)[obj.__name__].__doc__ for base in owner.__mro__ if obj.__name__ in vars(base) and vars(base)[obj.__name__].__doc__), None)
    return None


def getdoc(object):
    doc = object.__doc__ if not isinstance(object, type) else vars(object).get('__doc__')
    if doc is None:
        doc = _inherited_doc(object)
    return cleandoc(doc) if isinstance(doc, str) else None


def isclass(object): return isinstance(object, type)
def isfunction(object): return isinstance(object, _function)
def ismethod(object): return isinstance(object, _method)
def isbuiltin(object): return _is_builtin(object)
def isroutine(object): return isfunction(object) or ismethod(object) or isbuiltin(object)
def isgeneratorfunction(obj): return _is_generator_function(obj)
def isgenerator(object): return _is_generator(object)
def iscoroutinefunction(obj): return False
def iscoroutine(object): return False
def isawaitable(object): return False
def isasyncgenfunction(obj): return False
def ismodule(object): return isinstance(object, _module)


def isabstract(object):
    return isinstance(object, type) and bool(getattr(object, '__abstractmethods__', None))


def getmro(cls):
    return cls.__mro__


_NOT_HERE = ('__firstlineno__', '__getstate__', '__reduce__', '__reduce_ex__', '__static_attributes__')


def getmembers(object, predicate=None):
    found = []
    for name in dir(object):
        if name in _NOT_HERE:
            value = _left_out(name)
        else:
            try:
                value = getattr(object, name)
            except AttributeError:
                continue
        if predicate is None or predicate(value):
            found.append((name, value))
    return sorted(found, key=lambda pair: pair[0])


def get_annotations(obj, *, globals=None, locals=None, eval_str=False):
    if eval_str:
        _refuse('inspect.get_annotations(eval_str=True)')
    if isinstance(obj, type):
        return dict(vars(obj).get('__annotations__') or {})
    return dict(getattr(obj, '__annotations__', None) or {})
`;

const NOT_THERE =
  'stack trace getouterframes getinnerframes getframeinfo getsource getsourcelines getsourcefile getfile getmodule ' +
  'getabsfile getcomments getcallargs getclosurevars getargvalues isframe iscode istraceback ' +
  'isdatadescriptor ismethoddescriptor isgetsetdescriptor ismemberdescriptor classify_class_attrs getattr_static ' +
  'getgeneratorstate getgeneratorlocals getcoroutinestate getblock findsource indentsize formatargvalues FrameInfo ' +
  'Traceback markcoroutinefunction';

const KIND = { positionalOnly: 0n, positional: 1n, rest: 2n, keywordOnly: 3n, keywords: 4n };

/** Name, kind, default and annotation of each parameter of a function, and what it returns; `empty` where there is none. */
const parameters = fn('_parameters(func, empty)', (func: Value, empty: Value) => {
  if (!(func instanceof PyFunction)) throw new Unsupported(`inspect.signature of ${repr(func)}`);
  const { signature } = func.code;
  const annotation = (name: string): Value => func.annotations?.get(name) ?? empty;
  const found: Value[] = [];
  const add = (name: string, kind: bigint, fallback: Value = empty): void => {
    found.push(new PyTuple([name, kind, fallback, annotation(name)]));
  };
  const { positional, positionalOnly, rest, keywordOnly, keywords } = signature;
  const first = positional.length - func.defaults.length;
  positional.forEach((name, at) => {
    add(name, at < positionalOnly ? KIND.positionalOnly : KIND.positional, func.defaults[at - first]);
  });
  if (rest !== undefined) add(rest, KIND.rest);
  for (const name of keywordOnly) add(name, KIND.keywordOnly, func.keywordDefaults?.get(name));
  if (keywords !== undefined) add(keywords, KIND.keywords);
  return new PyTuple([new PyTuple(found), annotation('return')]);
});

/** The same of the parameters by which a data class makes its instances. */
const dataclassFields = fn('_dataclass_fields(cls, empty)', (cls: PyClass, empty: Value) => {
  const fields = cls.attrs.get('__dataclass_fields__');
  if (!(fields instanceof PyDict)) throw new Unsupported(`inspect.signature of ${cls.name}`);
  const found: Value[] = [];
  for (const field of fields.values()) {
    if (!(field instanceof PyField) || field.kind === '_FIELD_CLASSVAR' || !truth(field.options.init)) continue;
    const fallback = field.default !== MISSING ? field.default : field.factory !== MISSING ? FACTORY : empty;
    const kind = field.keywordOnly === true ? KIND.keywordOnly : KIND.positional;
    const type = field.type instanceof PyInitVar ? field.type.type : field.type;
    found.push(new PyTuple([field.name!, kind, fallback, type]));
  }
  return new PyTuple(found);
});

/** The class of a method, found by its qualified name. */
const owner = fn('_owner(func)', (func: Value) => {
  if (!(func instanceof PyFunction)) return null;
  const path = func.qualname.split('.').slice(0, -1);
  let at: Value | undefined = func.globals.get(path[0]!);
  for (const name of path.slice(1)) at = at === undefined ? undefined : findAttribute(at, name);
  return at instanceof PyClass ? at : null;
});

export function loadInspect(): PyModule {
  const module = pythonModule('inspect', SOURCE, {
    _refuse: refusal,
    _parameters: parameters,
    _owner: owner,
    _dataclass_fields: dataclassFields,
    _function: functionClass,
    _method: methodClass,
    _module: moduleClass,
    _partial: partialClass,
    _IntEnum: builtinModule('enum')!.attrs.get('IntEnum')!,
    _namedtuple: builtinModule('collections')!.attrs.get('namedtuple')!,
    _proxy: fn('_proxy(dict)', (dict: PyDict) => new PyMappingProxy(dict)),
    _is_alias: fn('_is_alias(value)', (value: Value) => value instanceof PyParameterized || value instanceof PyUnion),
    _left_out: fn('_left_out(name)', (name: Value) => deferred(`object.${name as string}`)),
    _is_written: fn('_is_written(value)', (value: Value) => value instanceof PyFunction),
    _is_native: fn('_is_native(cls)', (cls: Value) => cls instanceof PyClass && cls.native),
    _is_builtin: fn(
      '_is_builtin(value)',
      (value: Value) =>
        value instanceof NativeFunction || (value instanceof BoundMethod && value.func instanceof NativeFunction),
    ),
    _is_generator: fn('_is_generator(value)', (value: Value) => value instanceof PyGenerator),
    _is_generator_function: fn('_is_generator_function(value)', (value: Value) => {
      const func = value instanceof BoundMethod ? value.func : value;
      return func instanceof PyFunction && func.code.isGenerator;
    }),
  });
  module.lazy = refusing('inspect', NOT_THERE, 'cells have no access to the interpreter');
  module.attrs.set('currentframe', fn('currentframe()', currentFrame));
  return module;
}
