/** Functions written in Python: `def`, `lambda`, and what a generator function calls to make its generator. */
import type { Span } from '../syntax/ast';
import { bindArguments, type Signature } from './arguments';
import { PyDict } from './dict';
import { PyError, raise, Unsupported } from './errors';
import { Cell, Frame, locate, type Slot, type SourceText } from './frame';
import type { Globals } from './globals';
import { type Guard, guardCalls, namedGuards } from './guards';
import { method } from './native';
import { withheld } from './nativeEffects';
import { creation, functionClass, type Keywords, PyCallable, PyProperty, PyTuple, type Value } from './objects';
import {
  causeOf,
  causeOfThrown,
  isUnknown,
  keepMember,
  lostMember,
  spread,
  taintAttribute,
  UnknownRaised,
  UnknownReached,
} from './unknown';
import { vm } from './vm';

/** What the compiler makes of a function once; each `def` that runs makes a `PyFunction` of it. */
export interface FunctionCode {
  readonly name: string;
  readonly signature: Signature;
  readonly file: string;
  readonly span: Span;
  /** The function's text: two functions with equal text, closure and defaults do the same. */
  readonly source: string;
  /** The whole text that it stands in. */
  readonly text: SourceText;
  readonly doc: string | undefined;
  /** Size of a frame: parameters, local variables, cells, free variables, temporaries. */
  readonly size: number;
  /** Parameters that inner functions share. */
  readonly cellParameters: readonly number[];
  /** Other variables that inner functions share: their slots start with an empty cell. */
  readonly cells: readonly number[];
  /** Names of the free variables; their cells go to the slots from `firstFree` on. */
  readonly free: readonly string[];
  readonly firstFree: number;
  readonly isGenerator: boolean;
  /** For a function that guards. */
  readonly guard: Guard | undefined;
  /** Runs the body in a frame whose parameters are bound. */
  readonly run: (frame: Frame) => Value;
}

export class PyFunction extends PyCallable {
  readonly code: FunctionCode;
  readonly globals: Globals;
  name: string;
  qualname: string;
  module: Value;
  doc: Value;
  defaults: readonly Value[];
  #keywordDefaults: ReadonlyMap<string, Value> | undefined;
  /** Holds the defaults of keywords from then on when somebody asks for it: who changes it changes them. */
  #keywordDict: PyDict | undefined;
  readonly closure: readonly Cell[];
  annotations: PyDict | undefined = undefined;
  typeParams: PyTuple | undefined = undefined;

  constructor(
    code: FunctionCode,
    globals: Globals,
    options: {
      qualname: string;
      defaults: readonly Value[];
      keywordDefaults: Map<string, Value> | undefined;
      closure: readonly Cell[];
    },
  ) {
    super(functionClass);
    this.code = code;
    this.globals = globals;
    this.name = code.name;
    this.qualname = options.qualname;
    this.module = globals.get('__name__') ?? null;
    this.doc = code.doc ?? null;
    this.defaults = options.defaults;
    this.#keywordDefaults = options.keywordDefaults;
    this.closure = options.closure;
  }

  get keywordDefaults(): ReadonlyMap<string, Value> | undefined {
    if (this.#keywordDict === undefined) return this.#keywordDefaults;
    const dict = this.#keywordDict;
    const lost = isUnknown(dict) ? spread(causeOf(dict)) : undefined;
    const entries = [...dict.entries()];
    return new Map(entries.flatMap(([name, value]) => (typeof name === 'string' ? [[name, lost ?? value]] : [])));
  }

  /** `__kwdefaults__`, which belongs to whoever the function belongs to. */
  get keywordDict(): PyDict | undefined {
    if (this.#keywordDict !== undefined || this.#keywordDefaults === undefined) return this.#keywordDict;
    const { owner } = creation;
    creation.owner = this.owner;
    this.#keywordDict = PyDict.from(this.#keywordDefaults.entries());
    creation.owner = owner;
    return this.#keywordDict;
  }

  /** Calls the function. */
  invoke(args: Value[], keywords: Keywords): Value {
    const code = this.code;
    const frame = new Frame(new Array<Slot>(code.size), this.globals, code.text);
    const signature = code.signature;
    const slots = frame.slots;
    if (
      keywords === undefined &&
      args.length === signature.positional.length &&
      signature.rest === undefined &&
      signature.keywords === undefined &&
      signature.keywordOnly.length === 0
    )
      for (let at = 0; at < args.length; at++) slots[at] = args[at];
    else bindArguments(slots, signature, this, args, keywords);
    if (code.cellParameters.length > 0)
      for (const at of code.cellParameters) slots[at] = new Cell(slots[at] as Value | undefined);
    if (code.cells.length > 0) for (const at of code.cells) slots[at] = new Cell(undefined);
    const closure = this.closure;
    for (let at = 0, slot = code.firstFree; at < closure.length; at++, slot++) slots[slot] = closure[at];
    // A generator function only makes the generator here; the body's frames are entered when it is resumed.
    if (code.isGenerator) return code.run(frame);
    vm.step();
    vm.enter();
    const outer = vm.running;
    const { pending, allocated } = vm;
    frame.back = outer;
    vm.running = frame;
    let result: Value | undefined;
    try {
      result =
        code.guard === undefined && namedGuards.names.size === 0 ? code.run(frame) : guardCalls.run(code, frame, outer);
      return result;
    } catch (error) {
      if (code.text.library === true && !(error instanceof PyError)) throw error;
      // A block of the body has seen to what it may have changed.
      if (error instanceof UnknownReached && !(error instanceof UnknownRaised))
        return spread(error.cause, { may: error.may });
      throw locate(error, frame, code.name, code.file);
    } finally {
      vm.running = outer;
      if (vm.allocated !== allocated) vm.settle(pending, allocated, result);
      vm.leave();
    }
  }
}

/** A function of the library's own code. What it cannot do makes the call of an author unknown, as a whole. */
export class PyLibraryFunction extends PyFunction {
  override invoke(args: Value[], keywords: Keywords): Value {
    if (vm.running?.text.library === true) return super.invoke(args, keywords);
    try {
      return super.invoke(args, keywords);
    } catch (error) {
      // A place in the library's code is none that an author knows.
      if (error instanceof Unsupported) error.span = undefined;
      const cause = causeOfThrown(error);
      if (cause === undefined) throw error;
      const { name, signature } = this.code;
      const unknown = withheld(name, args, keywords, signature.positional[0] === 'self' ? 1 : 0, cause);
      // Whoever calls a special method needs an answer.
      if (/^__\w+__$/.test(name)) throw new UnknownReached(cause);
      return unknown;
    }
  }
}

/** `__dict__` of a function, made when something is first stored there. */
function property(
  name: string,
  get: (self: PyFunction) => Value,
  set?: (self: PyFunction, value: Value) => void,
): void {
  const store = (self: PyFunction, value: Value): null => {
    set!(self, value);
    if (isUnknown(value)) taintAttribute(self, name, causeOf(value), [value], true);
    else keepMember(self, name);
    return null;
  };
  const changes = set !== undefined;
  functionClass.setAttribute(
    name,
    new PyProperty(
      method(`${name}()`, (self: PyFunction) => lostMember(self, name) ?? get(self)),
      changes ? method(`${name}(value, /)`, store) : null,
      // That puts its default there, or raises what setting it to None does.
      changes ? method(`${name}()`, (self: PyFunction) => store(self, null)) : null,
    ),
  );
}

function text(value: Value, name: string): string {
  if (typeof value !== 'string') throw raise('TypeError', `${name} must be set to a string object`);
  return value;
}

property(
  '__name__',
  self => self.name,
  (self, value) => {
    self.name = text(value, '__name__');
  },
);
property(
  '__qualname__',
  self => self.qualname,
  (self, value) => {
    self.qualname = text(value, '__qualname__');
  },
);
property(
  '__module__',
  self => self.module,
  (self, value) => {
    self.module = value;
  },
);
property(
  '__doc__',
  self => {
    // The texts of the library's own functions are not kept.
    if (self.doc === null && self.code.text.library === true) throw new Unsupported(`__doc__ of ${self.name}()`);
    return self.doc;
  },
  (self, value) => {
    self.doc = value;
  },
);
property(
  '__defaults__',
  self => (self.defaults.length === 0 ? null : new PyTuple(self.defaults)),
  (self, value) => {
    if (isUnknown(value)) {
      self.defaults = self.defaults.map(() => spread(causeOf(value)));
      return;
    }
    if (value !== null && !(value instanceof PyTuple))
      throw raise('TypeError', '__defaults__ must be set to a tuple object');
    self.defaults = value === null ? [] : value.items;
  },
);
property(
  '__kwdefaults__',
  self => self.keywordDict ?? null,
  () => {
    throw new Unsupported('setting __kwdefaults__');
  },
);
property(
  '__annotations__',
  self => {
    self.annotations ??= new PyDict();
    return self.annotations;
  },
  (self, value) => {
    if (value !== null && !(value instanceof PyDict))
      throw raise('TypeError', '__annotations__ must be set to a dict object');
    self.annotations = value ?? new PyDict();
  },
);
property(
  '__type_params__',
  self => self.typeParams ?? new PyTuple([]),
  (self, value) => {
    if (!(value instanceof PyTuple)) throw raise('TypeError', '__type_params__ must be set to a tuple');
    self.typeParams = value;
  },
);
