/** Special forms such as `Literal`, and types with arguments: `List[int]`, `Union[int, str]`, `Callable[[int], str]`. */
import { isinstance, issubclass } from '../../../python/runtime/classes';
import { raise } from '../../../python/runtime/errors';
import { PyFunction } from '../../../python/runtime/function';
import {
  distinctMembers,
  isTypeVariable,
  PyParameterized,
  PyUnion,
  sameMembers,
  sameTypes,
  substituted,
  typeHash,
  typeVariables,
  unionOf,
} from '../../../python/runtime/genericAlias';
import { defineMethods, defineProperties } from '../../../python/runtime/native';
import {
  Ellipsis,
  type Keywords,
  NotImplemented,
  nativeClass,
  noneClass,
  PyClass,
  PyInstance,
  PyList,
  PyObject,
  PyTuple,
  typeOf,
  type Value,
} from '../../../python/runtime/objects';
import { call, equals, findAttribute, getAttribute, hash, repr } from '../../../python/runtime/operations';
import { vm } from '../../../python/runtime/vm';
import { forwardReference } from './variables';

export const specialFormClass = nativeClass('_SpecialForm', undefined, 'typing');
export const formClass = nativeClass('_GenericAlias', undefined, 'typing');

/** A special form of this name. */
export function specialForm(name: string): PyInstance {
  const made = new PyInstance(specialFormClass);
  made.attrs!.set('_name', name);
  made.attrs!.set('__name__', name);
  return made;
}

export const nameOf = (form: PyObject): string => String(form.attrs?.get('_name') ?? form.cls.name);

/** How `typing` writes an argument. */
export function argumentText(value: Value): string {
  if (value instanceof PyClass)
    return value.module === 'builtins' ? value.qualname : `${value.module}.${value.qualname}`;
  if (value === Ellipsis) return '...';
  if (value instanceof PyFunction) return value.name;
  if (value instanceof PyTuple || value instanceof PyList) return `[${value.items.map(argumentText).join(', ')}]`;
  return repr(value);
}

/** A type with arguments: of a special form, of an alias such as `List`, or of a generic class. */
export class PyForm extends PyParameterized {
  /** The special form, or what the alias stands for. */
  readonly origin: Value;
  /** The alias's own name; undefined for a generic class. */
  readonly alias: string | undefined;
  /** What `Annotated` adds. */
  readonly metadata: readonly Value[];
  constructor(origin: Value, args: readonly Value[], alias?: string, metadata: readonly Value[] = []) {
    super(formClass, args);
    this.origin = origin;
    this.alias = alias;
    this.metadata = metadata;
  }

  override withArgs(args: readonly Value[]): Value {
    return isUnion(this) ? unionOfTypes(args) : new PyForm(this.origin, args, this.alias, this.metadata);
  }

  /** The special form's name; undefined for aliases and generic classes. */
  get formName(): string | undefined {
    return this.origin instanceof PyObject && this.origin.cls === specialFormClass ? nameOf(this.origin) : undefined;
  }
}

/** The one `typing.Union`. */
export const unionForm = specialForm('Union');

export function isUnion(value: Value): boolean {
  return value instanceof PyForm && value.origin === unionForm;
}

/** An argument as forms keep it: `None` as its class, a text as a reference to what it names. */
export function asArgument(value: Value, message: string): Value {
  if (value === null) return noneClass;
  if (typeof value === 'string') return forwardReference(value);
  if (value instanceof PyTuple) throw raise('TypeError', `${message} Got ${repr(value).slice(0, 100)}.`);
  const name = value instanceof PyForm ? value.formName : undefined;
  if (name === 'ClassVar' || name === 'Final') throw raise('TypeError', `${repr(value)} is not valid as type argument`);
  const plain = value instanceof PyObject && value.cls === specialFormClass ? nameOf(value) : undefined;
  if (plain !== undefined && !ALONE.has(plain))
    throw raise('TypeError', `Plain typing.${plain} is not valid as type argument`);
  return value;
}

/** Forms that mean something without arguments. */
const ALONE = new Set(['Any', 'LiteralString', 'NoReturn', 'Never', 'Self', 'TypeAlias']);

/** A union of types, each once; unions among them give their members. */
export function unionOfTypes(given: readonly Value[]): Value {
  if (given.length === 0) throw raise('TypeError', 'Cannot take a Union of no types.');
  const parts: Value[] = [];
  for (const one of given) {
    const nested = one instanceof PyForm && isUnion(one) ? one.args : one instanceof PyUnion ? one.members : [one];
    for (const part of nested) parts.push(asArgument(part, 'Union[arg, ...]: each arg must be a type.'));
  }
  vm.charge(16 * parts.length);
  const members = distinctMembers(parts);
  return members.length === 1 ? members[0]! : new PyForm(unionForm, members);
}

/** `a | b` where one of them is of `typing`; `Any` counts as a class, as it is one in CPython. */
export function joined(a: Value, b: Value): Value {
  const isAny = [a, b].some(one => one instanceof PyObject && one.cls === specialFormClass && nameOf(one) === 'Any');
  const known = (one: Value): boolean =>
    one === null || typeof one === 'string' || one instanceof PyObject || typeof one === 'function';
  if (!known(a) || !known(b)) return NotImplemented;
  return isAny ? unionOf(a, b) : unionOfTypes([a, b]);
}

function literal(args: readonly Value[]): PyForm {
  const items = args.flatMap(arg => (arg instanceof PyForm && arg.formName === 'Literal' ? arg.args : [arg]));
  vm.charge(16 * items.length);
  const distinct = distinctMembers(items, sameLiteral, item => new PyTuple([typeOf(item), item]));
  return new PyForm(literalForm, distinct);
}

export const literalForm = specialForm('Literal');
export const annotatedForm = specialForm('Annotated');

/** `Literal[1]` and `Literal[True]` differ. */
const sameLiteral = (a: Value, b: Value): boolean => typeOf(a) === typeOf(b) && equals(a, b);

function annotated(args: readonly Value[], given: Value): PyForm {
  if (!(given instanceof PyTuple) || args.length < 2)
    throw raise('TypeError', 'Annotated[...] should be used with at least two arguments (a type and an annotation).');
  const [type, ...notes] = args;
  if (type instanceof PyForm && type.formName === 'Annotated')
    return new PyForm(annotatedForm, type.args, undefined, [...type.metadata, ...notes]);
  return new PyForm(annotatedForm, [asArgument(type!, 'Annotated[t, ...]: t must be a type.')], undefined, notes);
}

/** Forms that take one type. */
const SINGLE = new Set(['ClassVar', 'Final', 'Required', 'NotRequired', 'ReadOnly', 'TypeGuard', 'TypeIs', 'Unpack']);

function subscript(form: PyObject, given: Value): Value {
  const name = nameOf(form);
  const args = given instanceof PyTuple ? given.items : [given];
  if (name === 'Union') return unionOfTypes(args);
  if (name === 'Literal') return literal(args);
  if (name === 'Annotated') return annotated(args, given);
  if (name === 'Optional') return unionOfTypes([asArgument(given, 'typing.Optional requires a single type.'), null]);
  if (name === 'Concatenate') return new PyForm(form, args);
  if (!SINGLE.has(name))
    throw raise('TypeError', `${name === 'Any' ? "type 'Any'" : `typing.${name}`} is not subscriptable`);
  const article = name === 'Unpack' ? 'Unpack accepts only single type.' : `typing.${name} accepts only single type.`;
  return new PyForm(form, [asArgument(given, article)]);
}

/** `int` and `str` of `Callable[[int], str]`, which keeps them in one row. */
function callableText(args: readonly Value[]): string {
  const before = args.slice(0, -1);
  const [first] = before;
  const plain = before.length === 1 && (first === Ellipsis || isParameterSpecification(first!));
  const inner = plain ? argumentText(first!) : `[${before.map(argumentText).join(', ')}]`;
  return `${inner}, ${argumentText(args.at(-1)!)}`;
}

export const isParameterSpecification = (value: Value): boolean =>
  (value instanceof PyObject && isTypeVariable(value) && value.cls.name === 'ParamSpec') ||
  (value instanceof PyForm && value.formName === 'Concatenate');

function formText(self: PyForm): string {
  const name = self.formName ?? self.alias;
  if (name === undefined) return `${argumentText(self.origin)}[${self.args.map(argumentText).join(', ')}]`;
  if (name === 'Annotated')
    return `typing.Annotated[${[argumentText(self.args[0]!), ...self.metadata.map(repr)].join(', ')}]`;
  if (name === 'Callable') return `typing.Callable[${callableText(self.args)}]`;
  if (isUnion(self) && self.args.length === 2) {
    // A union of one thing and None goes by its other name.
    const at = self.args.indexOf(noneClass);
    if (at >= 0) return `typing.Optional[${argumentText(self.args[1 - at]!)}]`;
  }
  return `typing.${name}[${self.args.length === 0 ? '()' : self.args.map(argumentText).join(', ')}]`;
}

function sameForm(self: PyForm, other: Value): boolean {
  if (isUnion(self)) {
    const members =
      other instanceof PyForm && isUnion(other) ? other.args : other instanceof PyUnion ? other.members : undefined;
    return members !== undefined && sameTypes(self, other as PyObject, () => sameMembers(self.args, members));
  }
  if (!(other instanceof PyForm) || self.origin !== other.origin) return false;
  if (self.formName === 'Literal') return sameMembers(self.args, other.args, sameLiteral);
  const same = (a: readonly Value[], b: readonly Value[]): boolean =>
    a.length === b.length && a.every((one, at) => equals(one, b[at]!));
  return sameTypes(self, other, () => same(self.args, other.args) && same(self.metadata, other.metadata));
}

/** `G[int](1)`: the instance knows what it was asked for, where it can. */
function construct(self: PyForm, args: readonly Value[], keywords: Keywords): Value {
  const { formName, alias } = self;
  if (formName === 'Annotated') return call(self.args[0]!, [...args], keywords);
  if (formName !== undefined) throw raise('TypeError', `Cannot instantiate ${repr(self.origin)}`);
  if (alias !== undefined && self.origin instanceof PyClass)
    throw raise('TypeError', `Type ${alias} cannot be instantiated; use ${self.origin.name}() instead`);
  const made = call(self.origin, [...args], keywords);
  if (made instanceof PyObject && !made.cls.native && made.attrs !== undefined && !made.cls.slotted)
    made.attrs.set('__orig_class__', self);
  return made;
}

/** The class of `typing.List` and its kin. */
export const aliasClass = nativeClass('_SpecialGenericAlias', undefined, 'typing');

const isAlias = (value: Value): boolean => value instanceof PyObject && value.cls === aliasClass;

/** The bases that a form among `bases` stands for. */
function basesFor(self: PyForm, bases: Value, generic: PyClass): readonly Value[] {
  const all = bases instanceof PyTuple ? bases.items : [];
  const after = all.slice(all.indexOf(self) + 1);
  const isGeneric = (one: Value): boolean =>
    one instanceof PyForm || isAlias(one) || (one instanceof PyClass && one.isSubclassOf(generic));
  if (self.formName !== undefined) throw raise('TypeError', `Cannot subclass ${repr(self)}`);
  if (self.origin === generic) return after.some(one => one instanceof PyForm) ? [] : [generic];
  if (self.alias === undefined || after.some(isGeneric)) return [self.origin];
  return [self.origin, generic];
}

/** Gives forms their methods; `generic` is `typing.Generic`. */
export function setUpForms(generic: PyClass): void {
  defineMethods(specialFormClass, {
    '__repr__()': (self: PyObject) => `typing.${nameOf(self)}`,
    '__getitem__(parameters, /)': subscript,
    '__or__(other, /)': joined,
    '__ror__(other, /)': (self: Value, other: Value) => joined(other, self),
    '__call__(*args, **kwargs)': (self: PyObject) => {
      const name = nameOf(self);
      throw raise('TypeError', name === 'Any' ? 'Any cannot be instantiated' : `Cannot instantiate typing.${name}`);
    },
    '__mro_entries__(bases, /)': (self: PyObject) => {
      if (nameOf(self) === 'Any') return new PyTuple([]);
      throw raise('TypeError', `Cannot subclass ${repr(self)}`);
    },
    '__instancecheck__(obj, /)': (self: PyObject) => {
      throw raise('TypeError', `${repr(self)} cannot be used with isinstance()`);
    },
    '__subclasscheck__(cls, /)': (self: PyObject) => {
      throw raise('TypeError', `${repr(self)} cannot be used with issubclass()`);
    },
  });
  defineMethods(formClass, {
    '__repr__()': formText,
    '__eq__(other, /)': sameForm,
    '__hash__()': (self: PyForm) => typeHash(self, () => self.args.reduce<bigint>((sum, arg) => sum ^ hash(arg), 7n)),
    '__or__(other, /)': joined,
    '__ror__(other, /)': (self: Value, other: Value) => joined(other, self),
    '__call__(*args, **kwargs)': (self: PyForm, args: PyTuple, kwargs: Map<string, Value>) =>
      construct(self, args.items, kwargs.size > 0 ? kwargs : undefined),
    '__mro_entries__(bases, /)': (self: PyForm, bases: Value) => new PyTuple(basesFor(self, bases, generic)),
    '__getitem__(parameters, /)': (self: PyForm, given: Value) => {
      const items = given instanceof PyTuple ? given.items : [given];
      const checked = items.map(item =>
        item instanceof PyList ? item : asArgument(item, 'Parameters to generic types must be types.'),
      );
      return substituted(self, new PyTuple(checked));
    },
    '__getattr__(name, /)': (self: PyForm, name: string) => {
      if (name.startsWith('__') && name.endsWith('__')) throw raise('AttributeError', name);
      return getAttribute(self.formName === 'Annotated' ? self.args[0]! : self.origin, name);
    },
    '__instancecheck__(obj, /)': (self: PyForm, obj: Value) => {
      if (isUnion(self)) return self.args.some(arg => isinstance(obj, arg));
      throw raise('TypeError', 'Subscripted generics cannot be used with class and instance checks');
    },
    '__subclasscheck__(cls, /)': (self: PyForm, cls: Value) => {
      if (isUnion(self)) return self.args.some(arg => issubclass(cls, arg));
      throw raise('TypeError', 'Subscripted generics cannot be used with class and instance checks');
    },
  });
  defineProperties(formClass, {
    __origin__: (self: PyForm) => (self.formName === 'Annotated' ? self.args[0]! : self.origin),
    __args__: (self: PyForm) => new PyTuple(self.args),
    __parameters__: (self: PyForm) => new PyTuple(typeVariables(self.args)),
    __metadata__: (self: PyForm) => {
      if (self.formName !== 'Annotated') throw raise('AttributeError', '__metadata__');
      return new PyTuple(self.metadata);
    },
    __module__: (self: PyForm) => (self.alias === undefined ? findAttribute(self.origin, '__module__')! : 'typing'),
    _name: (self: PyForm) => self.alias ?? self.formName ?? null,
    __name__: (self: PyForm) => self.alias ?? self.formName ?? getAttribute(self.origin, '__name__'),
  });
}
