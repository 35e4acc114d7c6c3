/** `dataclasses` */

import { makeClass } from '../../python/runtime/classes';
import { fn } from '../../python/runtime/native';
import { PyClass, type PyModule, PyObject, type Value } from '../../python/runtime/objects';
import { deepCopy } from './copy';
import { functionMaker, pythonModule } from './python';

const SOURCE = String.raw`
class _Missing:
    def __repr__(self): return '<dataclasses._MISSING_TYPE object>'
MISSING = _Missing()
class _KwOnly: pass
KW_ONLY = _KwOnly()
class _HasDefaultFactory:
    def __repr__(self): return '<factory>'
_HAS_DEFAULT_FACTORY = _HasDefaultFactory()


class FrozenInstanceError(AttributeError):
    pass


class InitVar:
    __slots__ = ('type',)
    def __init__(self, type): self.type = type
    def __repr__(self): return f'dataclasses.InitVar[{getattr(self.type, "__name__", None) or repr(self.type)}]'
    def __class_getitem__(cls, type): return InitVar(type)


class Field:
    def __init__(self, default, default_factory, init, repr, hash, compare, metadata, kw_only):
        self.name = None
        self.type = None
        self.default = default
        self.default_factory = default_factory
        self.init = init
        self.repr = repr
        self.hash = hash
        self.compare = compare
        self.metadata = {} if metadata is None else metadata
        self.kw_only = kw_only
        self._field_type = None

    def __repr__(self):
        return ('Field('
            f'name={self.name!r},type={self.type!r},default={self.default!r},default_factory={self.default_factory!r},'
            f'init={self.init!r},repr={self.repr!r},hash={self.hash!r},compare={self.compare!r},'
            f'metadata=mappingproxy({self.metadata!r}),kw_only={self.kw_only!r},_field_type={self._field_type})')


def field(*, default=MISSING, default_factory=MISSING, init=True, repr=True, hash=None, compare=True, metadata=None, kw_only=MISSING):
    if default is not MISSING and default_factory is not MISSING:
        raise ValueError('cannot specify both default and default_factory')
    return Field(default, default_factory, init, repr, hash, compare, metadata, kw_only)


def _is_class_var(hint):
    if isinstance(hint, str):
        return hint.replace(' ', '').startswith(('ClassVar', 'typing.ClassVar', 't.ClassVar'))
    return _is_special(hint, 'ClassVar')


def _is_init_var(hint):
    if isinstance(hint, str):
        return hint.replace(' ', '').startswith(('InitVar', 'dataclasses.InitVar'))
    return hint is InitVar or isinstance(hint, InitVar)


def _is_kw_only(hint):
    return hint is KW_ONLY or hint is _KwOnly or isinstance(hint, str) and hint in ('KW_ONLY', 'dataclasses.KW_ONLY')


def _own_field(cls, name, hint, kw_only):
    default = cls.__dict__.get(name, MISSING)
    if isinstance(default, Field):
        f = default
    else:
        if _is_member(default):
            default = MISSING
        f = field(default=default)
    f.name = name
    f.type = hint
    f._field_type = '_FIELD_CLASSVAR' if _is_class_var(hint) else '_FIELD_INITVAR' if _is_init_var(hint) else '_FIELD'
    if f._field_type != '_FIELD' and f.default_factory is not MISSING:
        raise TypeError(f'field {name} cannot have a default factory')
    if f._field_type == '_FIELD_CLASSVAR':
        if f.kw_only is not MISSING:
            raise TypeError(f'field {name} is a ClassVar but specifies kw_only')
    elif f.kw_only is MISSING:
        f.kw_only = kw_only
    if f._field_type == '_FIELD' and f.default.__class__.__hash__ is None:
        raise ValueError(f'mutable default {type(f.default)} for field {name} is not allowed: use default_factory')
    return f


def _init_parameter(f):
    if f.default is MISSING and f.default_factory is MISSING:
        return f.name
    if f.default is not MISSING:
        return f'{f.name}=_dflt_{f.name}'
    return f'{f.name}=_HAS_DEFAULT_FACTORY'


def _init_statement(f, frozen, self_name):
    if f.default_factory is not MISSING:
        if f.init:
            value = f'_dflt_{f.name}() if {f.name} is _HAS_DEFAULT_FACTORY else {f.name}'
        else:
            value = f'_dflt_{f.name}()'
    elif f.init:
        value = f.name
    elif f.default is not MISSING and _slots_wanted:
        value = f'_dflt_{f.name}'
    else:
        return None
    if f._field_type == '_FIELD_INITVAR':
        return None
    if frozen:
        return f'_object_setattr({self_name}, {f.name!r}, {value})'
    return f'{self_name}.{f.name} = {value}'


_slots_wanted = False


def _make_init(cls, fields, frozen, has_post_init):
    positional = [f for f in fields if f.init and not f.kw_only]
    keyword = [f for f in fields if f.init and f.kw_only]
    seen = None
    for f in positional:
        if f.default is not MISSING or f.default_factory is not MISSING:
            seen = f
        elif seen:
            raise TypeError(f'non-default argument {f.name!r} follows default argument {seen.name!r}')
    self_name = '__dataclass_self__' if any(f.name == 'self' for f in fields) else 'self'
    names = {'_HAS_DEFAULT_FACTORY': _HAS_DEFAULT_FACTORY, '_object_setattr': object.__setattr__}
    for f in fields:
        if f.default_factory is not MISSING:
            names[f'_dflt_{f.name}'] = f.default_factory
        elif f.default is not MISSING:
            names[f'_dflt_{f.name}'] = f.default
    body = [s for s in (_init_statement(f, frozen, self_name) for f in fields) if s]
    if has_post_init:
        extra = ', '.join(f.name for f in fields if f._field_type == '_FIELD_INITVAR')
        body.append(f'{self_name}.__post_init__({extra})')
    params = [self_name] + [_init_parameter(f) for f in positional]
    if keyword:
        params += ['*'] + [_init_parameter(f) for f in keyword]
    source = f'def __init__({", ".join(params)}):\n' + ''.join(f'    {line}\n' for line in body or ['pass'])
    made = _function('__init__', source, names)
    made.__qualname__ = f'{cls.__qualname__}.__init__'
    made.__annotations__ = {f.name: f.type for f in fields if f.init} | {'return': None}
    return made


def _compared(fields):
    return [f.name for f in fields if f._field_type == '_FIELD' and f.compare]


def _method(cls, name, source, names):
    made = _function(name, source, names)
    made.__qualname__ = f'{cls.__qualname__}.{name}'
    return made


def _tuple_source(owner, names):
    return '(' + ''.join(f'{owner}.{n},' for n in names) + ')'


def _make_comparison(cls, name, op, names):
    a, b = _tuple_source('self', names), _tuple_source('other', names)
    return _method(cls, name, f'def {name}(self, other):\n    if other.__class__ is self.__class__:\n        return {a} {op} {b}\n    return NotImplemented\n', {})


def _make_eq(cls, names):
    terms = ' and '.join(f'self.{n} == other.{n}' for n in names) or 'True'
    return _method(cls, '__eq__', f'def __eq__(self, other):\n    if self is other:\n        return True\n    if other.__class__ is self.__class__:\n        return {terms}\n    return NotImplemented\n', {})


def _make_repr(cls, fields):
    inner = ', '.join('%s={self.%s!r}' % (f.name, f.name) for f in fields if f._field_type == '_FIELD' and f.repr)
    source = 'def __repr__(self):\n    if _enter(self):\n        return "..."\n    try:\n        return f"{self.__class__.__qualname__}(' + inner + ')"\n    finally:\n        _leave(self)\n'
    return _method(cls, '__repr__', source, {'_enter': _enter, '_leave': _leave})


def _make_frozen(cls, names):
    scope = {'cls': cls, 'names': frozenset(names), 'FrozenInstanceError': FrozenInstanceError}
    setter = 'def __setattr__(self, name, value):\n    if type(self) is cls or name in names:\n        raise FrozenInstanceError(f"cannot assign to field {name!r}")\n    super(cls, self).__setattr__(name, value)\n'
    deleter = 'def __delattr__(self, name):\n    if type(self) is cls or name in names:\n        raise FrozenInstanceError(f"cannot delete field {name!r}")\n    super(cls, self).__delattr__(name)\n'
    return _method(cls, '__setattr__', setter, scope), _method(cls, '__delattr__', deleter, scope)


def _process(cls, init, repr, eq, order, unsafe_hash, frozen, match_args, kw_only, slots, weakref_slot):
    global _slots_wanted
    fields = {}
    any_frozen = False
    has_bases = False
    for base in cls.__mro__[-1:0:-1]:
        inherited = base.__dict__.get('__dataclass_fields__')
        if inherited is not None:
            has_bases = True
            fields.update(inherited)
            if base.__dict__['__dataclass_params__'].frozen:
                any_frozen = True
    own = []
    current_kw_only = kw_only
    annotations = cls.__dict__.get('__annotations__', {})
    for name, hint in annotations.items():
        if _is_kw_only(hint):
            current_kw_only = True
        else:
            own.append(_own_field(cls, name, hint, current_kw_only))
    for f in own:
        fields[f.name] = f
        if isinstance(cls.__dict__.get(f.name), Field):
            if f.default is MISSING:
                delattr(cls, f.name)
            else:
                setattr(cls, f.name, f.default)
    for name, value in cls.__dict__.items():
        if isinstance(value, Field) and name not in annotations:
            raise TypeError(f'{name!r} is a field but has no type annotation')
    if has_bases:
        if any_frozen and not frozen:
            raise TypeError('cannot inherit non-frozen dataclass from a frozen one')
        if frozen and not any_frozen:
            raise TypeError('cannot inherit frozen dataclass from a non-frozen one')
    if order and not eq:
        raise ValueError('eq must be true if order is true')
    cls.__dataclass_fields__ = fields
    cls.__dataclass_params__ = _Params(init, repr, eq, order, unsafe_hash, frozen, match_args, kw_only, slots, weakref_slot)
    has_explicit_hash = '__hash__' in cls.__dict__ and not (cls.__dict__['__hash__'] is None and '__eq__' in cls.__dict__)
    initial = [f for f in fields.values() if f._field_type in ('_FIELD', '_FIELD_INITVAR')]
    if init and '__init__' not in cls.__dict__ or init:
        made = _make_init(cls, initial, frozen, hasattr(cls, '__post_init__'))
        if '__init__' not in cls.__dict__:
            cls.__init__ = made
    shown = [f for f in fields.values() if f._field_type == '_FIELD']
    if repr and '__repr__' not in cls.__dict__:
        cls.__repr__ = _make_repr(cls, shown)
    names = _compared(shown)
    if eq and '__eq__' not in cls.__dict__:
        cls.__eq__ = _make_eq(cls, names)
    if order:
        for name, op in (('__lt__', '<'), ('__le__', '<='), ('__gt__', '>'), ('__ge__', '>=')):
            if name in cls.__dict__:
                raise TypeError(f'Cannot overwrite attribute {name} in class {cls.__name__}. Consider using functools.total_ordering')
            setattr(cls, name, _make_comparison(cls, name, op, names))
    if frozen:
        for name, made in zip(('__setattr__', '__delattr__'), _make_frozen(cls, [f.name for f in shown])):
            if name in cls.__dict__:
                raise TypeError(f'Cannot overwrite attribute {name} in class {cls.__name__}')
            setattr(cls, name, made)
    hashed = [f.name for f in shown if (f.compare if f.hash is None else f.hash)]
    if unsafe_hash and has_explicit_hash:
        raise TypeError(f'Cannot overwrite attribute __hash__ in class {cls.__name__}')
    if unsafe_hash or eq and frozen and not has_explicit_hash:
        cls.__hash__ = _method(cls, '__hash__', f'def __hash__(self):\n    return hash({_tuple_source("self", hashed)})\n', {})
    elif eq and not has_explicit_hash:
        cls.__hash__ = None
    cls.__match_args__ = tuple(f.name for f in initial if f.init and not f.kw_only) if match_args else ()
    if not getattr(cls, '__doc__', None):
        cls.__doc__ = cls.__name__ + '(' + ', '.join(f.name for f in initial if f.init) + ')'
    cls.__replace__ = _replace
    if slots:
        cls = _add_slots(cls, frozen, [f.name for f in shown])
    return cls


class _Params:
    def __init__(self, *values):
        names = ('init', 'repr', 'eq', 'order', 'unsafe_hash', 'frozen', 'match_args', 'kw_only', 'slots', 'weakref_slot')
        for name, value in zip(names, values):
            setattr(self, name, value)

    def __repr__(self):
        return '_DataclassParams(' + ','.join(f'{k}={v!r}' for k, v in self.__dict__.items()) + ')'


def _add_slots(cls, frozen, names):
    if '__slots__' in cls.__dict__:
        raise TypeError(f'{cls.__name__} already specifies __slots__')
    namespace = dict(cls.__dict__)
    inherited = {n for base in cls.__mro__[1:-1] for n in base.__dict__.get('__slots__', ())}
    namespace['__slots__'] = tuple(n for n in names if n not in inherited)
    for name in names:
        namespace.pop(name, None)
    namespace.pop('__dict__', None)
    namespace.pop('__weakref__', None)
    return _remake(cls, namespace)


def dataclass(cls=None, /, *, init=True, repr=True, eq=True, order=False, unsafe_hash=False, frozen=False, match_args=True,
              kw_only=False, slots=False, weakref_slot=False):
    def wrap(cls):
        return _process(cls, init, repr, eq, order, unsafe_hash, frozen, match_args, kw_only, slots, weakref_slot)
    return wrap if cls is None else wrap(cls)


def _fields_of(instance_or_class, message):
    found = getattr(instance_or_class, '__dataclass_fields__', None)
    if found is None:
        raise TypeError(message)
    return found


def fields(class_or_instance):
    found = _fields_of(class_or_instance, 'must be called with a dataclass type or instance')
    return tuple(f for f in found.values() if f._field_type == '_FIELD')


def is_dataclass(obj):
    cls = obj if isinstance(obj, type) else type(obj)
    return hasattr(cls, '__dataclass_fields__')


def _is_instance(obj):
    return hasattr(type(obj), '__dataclass_fields__')


def asdict(obj, *, dict_factory=dict):
    if not _is_instance(obj):
        raise TypeError('asdict() should be called on dataclass instances')
    return _as_dict(obj, dict_factory)


def _as_dict(obj, factory):
    if _is_instance(obj):
        return factory([(f.name, _as_dict(getattr(obj, f.name), factory)) for f in fields(obj)])
    if isinstance(obj, tuple) and hasattr(obj, '_fields'):
        return type(obj)(*[_as_dict(v, factory) for v in obj])
    if isinstance(obj, (list, tuple)):
        return type(obj)(_as_dict(v, factory) for v in obj)
    if isinstance(obj, dict):
        if hasattr(type(obj), 'default_factory') or hasattr(obj, 'default_factory'):
            made = type(obj)(obj.default_factory)
            for k, v in obj.items():
                made[_as_dict(k, factory)] = _as_dict(v, factory)
            return made
        return type(obj)((_as_dict(k, factory), _as_dict(v, factory)) for k, v in obj.items())
    return _deepcopy(obj)


def astuple(obj, *, tuple_factory=tuple):
    if not _is_instance(obj):
        raise TypeError('astuple() should be called on dataclass instances')
    return _as_tuple(obj, tuple_factory)


def _as_tuple(obj, factory):
    if _is_instance(obj):
        return factory([_as_tuple(getattr(obj, f.name), factory) for f in fields(obj)])
    if isinstance(obj, tuple) and hasattr(obj, '_fields'):
        return type(obj)(*[_as_tuple(v, factory) for v in obj])
    if isinstance(obj, (list, tuple)):
        return type(obj)(_as_tuple(v, factory) for v in obj)
    if isinstance(obj, dict):
        return type(obj)((_as_tuple(k, factory), _as_tuple(v, factory)) for k, v in obj.items())
    return _deepcopy(obj)


def make_dataclass(cls_name, fields, *, bases=(), namespace=None, **options):
    made = dict(namespace or {})
    annotations = {}
    for item in fields:
        if isinstance(item, str):
            name, hint = item, 'typing.Any'
        elif len(item) == 2:
            name, hint = item
        else:
            name, hint, made[item[0]] = item
        annotations[name] = hint
    made['__annotations__'] = annotations
    return dataclass(type(cls_name, bases, made), **options)


def replace(obj, /, **changes):
    if not _is_instance(obj):
        raise TypeError('replace() should be called on dataclass instances')
    return _replace(obj, **changes)


def _replace(self, /, **changes):
    for f in self.__dataclass_fields__.values():
        if f._field_type == '_FIELD_CLASSVAR':
            continue
        if not f.init:
            if f.name in changes:
                raise TypeError(f'field {f.name} is declared with init=False, it cannot be specified with replace()')
            continue
        if f.name not in changes:
            if f._field_type == '_FIELD_INITVAR' and f.default is MISSING:
                raise TypeError(f"InitVar {f.name!r} must be specified with replace()")
            changes[f.name] = getattr(self, f.name)
    return self.__class__(**changes)
`;

/** Objects whose repr is being made. */
const showing = new Set<Value>();

export function loadDataclasses(): PyModule {
  return pythonModule('dataclasses', SOURCE, {
    _function: functionMaker,
    _enter: fn('_enter(obj)', (obj: Value) => {
      if (showing.has(obj)) return true;
      showing.add(obj);
      return false;
    }),
    _leave: fn('_leave(obj)', (obj: Value) => {
      showing.delete(obj);
      return null;
    }),
    _is_member: fn('_is_member(obj)', (obj: Value) => obj instanceof PyObject && obj.cls.name === 'member_descriptor'),
    _is_special: fn('_is_special(hint, name)', (hint: Value, name: Value) => {
      const origin = hint instanceof PyObject && 'origin' in hint ? (hint.origin as Value) : hint;
      return origin instanceof PyObject && origin.attrs?.get('_name') === name;
    }),
    _remake: fn('_remake(cls, namespace)', (cls: Value, namespace: Value) => {
      if (!(cls instanceof PyClass)) throw new TypeError('a class is remade');
      const attributes = new Map<string, Value>();
      for (const [key, value] of (namespace as unknown as { entries(): Iterable<[string, Value]> }).entries())
        attributes.set(key, value);
      attributes.set('__qualname__', cls.qualname);
      return makeClass(cls.name, cls.bases, attributes);
    }),
    _deepcopy: fn('_deepcopy(obj)', (obj: Value) => deepCopy(obj)),
  });
}
