/**
 * What functions of the library may change, by their names: where a call of one does not happen, or not as a whole, this
 * becomes unknown.
 */
import { PyDict } from './dict';
import { CURRENT_DRAWING, drawings } from './drawings';
import { isNamespacePath, RUNS_TEXT } from './namespaceNames';
import {
  BoundMethod,
  functionClass,
  type Keywords,
  NativeFunction,
  PyBytes,
  PyCallable,
  PyClass,
  PyComplex,
  PyInstance,
  PyList,
  PyModule,
  PyObject,
  PyProperty,
  PyRange,
  PySlice,
  PyTuple,
  type Value,
} from './objects';
import {
  escapes,
  leadingTo,
  loseAttributes,
  losesAttributes,
  PyUnknown,
  spread,
  taint,
  UNKNOWN_TEXT,
  type UnknownCause,
  UnknownReached,
} from './unknown';
import { vm } from './vm';

/** Methods that change the object that they belong to. */
const CHANGING_METHODS = new Set(
  (
    'append extend insert remove pop popitem clear sort reverse update setdefault add discard difference_update ' +
    'intersection_update symmetric_difference_update appendleft popleft extendleft rotate subtract fill put resize partition ' +
    'itemset setflags byteswap setfield move_to_end __setitem__ __delitem__ __setattr__ __delattr__ __iadd__ __isub__ __imul__ __itruediv__ ' +
    '__ifloordiv__ __imod__ __ipow__ __iand__ __ior__ __ixor__ __ilshift__ __irshift__ __imatmul__ __next__ send throw close register ' +
    // of exceptions, of parsers, and of readers and writers
    'add_note read read_string read_dict read_file set add_section remove_section remove_option writerow writerows writeheader readline'
  ).split(' '),
);

/** Methods by which the code of an iterator goes on. */
const RESUMING = new Set(['__next__', 'send', 'throw', 'close']);

/** Functions that change their arguments. */
const CHANGING_FUNCTIONS = new Set(
  (
    'setattr delattr next heappush heappop heapify heappushpop heapreplace insort insort_left insort_right shuffle copyto put ' +
    'place fill_diagonal put_along_axis putmask nan_to_num at setitem delitem iadd isub imul itruediv ifloordiv imod ipow iand ior ixor ' +
    'ilshift irshift iconcat register'
  ).split(' '),
);

/** Classes of the library whose instances never change. */
const UNCHANGING = new Set(
  (
    'Decimal Fraction date time datetime timedelta timezone Unit Quantity ellipsis NotImplementedType GenericAlias UnionType ' +
    'Markdown HTML Latex Math PosixPath Path PurePath PurePosixPath Pattern Match frozenset UnitsContainer member_descriptor ' +
    'TypeVar ParamSpec TypeVarTuple ForwardRef _GenericAlias _SpecialGenericAlias _SpecialForm'
  ).split(' '),
);

/** Classes of built-in containers, which only their changing methods change. */
const CONTAINERS = new Set('list dict set bytearray deque ndarray defaultdict Counter OrderedDict'.split(' '));

/** True for a value that nothing can change, itself, whatever it holds. */
export function isUnchanging(value: Value): boolean {
  if (!(value instanceof PyObject) || value.owner === 0) return true;
  if (value instanceof PyTuple || value instanceof PyRange || value instanceof PySlice || value instanceof PyComplex)
    return true;
  if (value instanceof PyUnknown || value instanceof NativeFunction || value instanceof PyModule) return true;
  if (value instanceof PyProperty || value instanceof BoundMethod || value instanceof PyCallable) return true;
  if (value instanceof PyBytes) return value.cls.name === 'bytes';
  if (value instanceof PyClass || value.cls.unchanging) return true;
  return value.cls.native && (UNCHANGING.has(value.cls.name) || value.cls.module.startsWith('matplotlib'));
}

/** True for what can be changed, and for what leads to that, or calls a method of it. */
export function leadsOn(value: Value): boolean {
  if (!isUnchanging(value)) return true;
  const holds = value instanceof PyTuple || value instanceof BoundMethod || value instanceof PyUnknown;
  return holds || (value instanceof PyCallable && value.cls.native && value.cls !== functionClass && value.owner !== 0);
}

/** True for an object of the library that stands for a picture or a part of one, which stays known when that does not. */
export function isDrawn(value: Value): boolean {
  return (
    value instanceof PyObject && value.owner !== 0 && value.cls.native && value.cls.module.startsWith('matplotlib')
  );
}

/** True where a method may draw on the picture that its object belongs to. */
export function drawsOn(receiver: Value, name: string): boolean {
  return isDrawn(receiver) && !name.startsWith('get_');
}

/** True where a method of the library may change its object. */
export function changesReceiver(receiver: Value, name: string): boolean {
  if (isUnchanging(receiver)) return false;
  // A key that is missing is put there.
  if (name === '__getitem__' && (receiver as PyObject).cls.name === 'defaultdict') return true;
  if (receiver instanceof PyInstance || CONTAINERS.has((receiver as PyObject).cls.name))
    return CHANGING_METHODS.has(name);
  return !(isOfRegistry(receiver as PyObject) && TELLS.test(name));
}

/** Methods of a registry of units, and of what formats for it, that tell something and leave it as it is. */
const TELLS = /^(?:get_|parse_|is_|format_|pi_theorem$|Measurement$)/;

const OF_REGISTRIES = new Set(['UnitRegistry', 'FullFormatter']);

function isOfRegistry({ cls }: PyObject): boolean {
  return cls.mro.some(one => one.native && OF_REGISTRIES.has(one.name));
}

/** True where a function of the library may change what it is given. */
export function changesArguments(name: string): boolean {
  return CHANGING_FUNCTIONS.has(name);
}

/** True for the name of a function or method of the library that may change an object. */
export function mayChange(name: string): boolean {
  return CHANGING_METHODS.has(name) || CHANGING_FUNCTIONS.has(name);
}

/** True for functions that set attributes of what they are given first, of which classes and modules are otherwise not changed. */
export function setsAttributes(name: string): boolean {
  return name === 'setattr' || name === 'delattr' || name === '__setattr__' || name === '__delattr__';
}

/** Functions of the library that change a state of the session, or hand out what does, with the channel of that. */
export const channels = new WeakMap<NativeFunction, string>();

/** Notes that functions of the library change the state of a channel; returns the last of them. */
export function changesState<T extends Value>(channel: string, ...functions: readonly T[]): T {
  for (const one of functions) if (one instanceof NativeFunction) channels.set(one, channel);
  return functions.at(-1)!;
}

/** The channel of the state that a shared object of the library, or a function, stands for. */
export function channelOf(value: Value): string | undefined {
  if (value instanceof NativeFunction) return channels.get(value);
  if (!(value instanceof PyObject)) return undefined;
  const { channel } = value as { readonly channel?: unknown };
  return typeof channel === 'string' ? channel : undefined;
}

/**
 * The unknown result of a call of the library that did not happen, or not as a whole; what it may have changed is unknown from
 * now on. `skip` is 1 for a method, whose object is the first argument.
 */
export function withheld(
  name: string,
  args: readonly Value[],
  keywords: Keywords,
  skip: number,
  cause: UnknownCause,
  channel?: string,
): Value {
  const [receiver] = args;
  const given = [...args.slice(skip), ...(keywords?.values() ?? [])];
  if (skip === 1 && receiver !== undefined) {
    if (receiver instanceof PyUnknown) escapes.method(name, receiver.may, given, cause);
    else if (changesReceiver(receiver, name)) taint(receiver as PyObject, cause, given);
    // An object of the library that calls a function: one with a memory, or with some of its arguments.
    if (name === '__call__') escapes.call(receiver, given, cause);
    // The code of a generator, which goes on.
    if (RESUMING.has(name)) escapes.handler([receiver], cause);
    // An item that is not there may be put there.
    if (name === '__getitem__' && receiver instanceof PyDict) escapes.method('__missing__', [receiver], given, cause);
    drawings.missed(receiver, name, given, cause);
    loseState(channelOf(receiver), cause);
  }
  if (channel === CURRENT_DRAWING) drawings.missed(undefined, name, given, cause);
  else loseState(channel, cause);
  if (setsAttributes(name) && receiver !== undefined && losesAttributes(receiver))
    loseAttributes(receiver, cause, given);
  const key = keywords?.get('key');
  if (key instanceof PyUnknown) escapes.handler([key, ...args.flatMap(itemsOf)], cause);
  // Where numpy's functions may sort what they are given in its place.
  const changes = changesArguments(name) || keywords?.has('overwrite_input') === true;
  if (changes) escapes.handler(given.flatMap(withMagnitude), cause);
  else escapes.use(given, cause);
  // Where numpy's functions put what they give.
  const out = keywords?.get('out');
  if (out !== undefined) escapes.handler(withMagnitude(out), cause);
  if (RUNS_TEXT.has(name)) escapes.everything(cause);
  if (SCALARS.has(name)) return spread(cause);
  // What is made of the chapter's own names may lead to them.
  const named = [...args, ...given].find(
    one => one instanceof PyUnknown && one.path !== undefined && isNamespacePath(one.path),
  );
  return spread(cause, { may: leadingTo([...args, ...given]), path: (named as PyUnknown | undefined)?.path });
}

/** What a list or tuple holds, which a key function is called with. */
function itemsOf(value: Value): readonly Value[] {
  return value instanceof PyList || value instanceof PyTuple ? value.items : [];
}

/** A value, and the array of a quantity, which is what numpy's functions change of one. */
export function withMagnitude(value: Value): readonly Value[] {
  const magnitude = value instanceof PyObject && 'magnitude' in value ? (value.magnitude as Value) : undefined;
  return magnitude === undefined ? [value] : [value, magnitude];
}

/** Makes the state of a channel unknown, if there is one. */
export function loseState(channel: string | undefined, cause: UnknownCause): void {
  if (channel === CURRENT_DRAWING) drawings.touched(undefined, cause);
  else if (channel !== undefined) vm.loseState(channel, new UnknownReached(cause));
}

/** Functions whose results hold none of their arguments. */
const SCALARS = new Set(
  'len int float str bool repr round abs format ord chr hash id isinstance issubclass hasattr print check fmt any all bin hex oct'.split(
    ' ',
  ),
);

const PRINTING = new Set(['print', 'display', 'help', 'exec']);

/** True for functions of the library of that name whose output stands in the page. */
export function prints(name: string): boolean {
  return PRINTING.has(name);
}

/** Stands for what may have been printed there. */
export function markOutput(): void {
  vm.print(`${UNKNOWN_TEXT}\n`);
}
