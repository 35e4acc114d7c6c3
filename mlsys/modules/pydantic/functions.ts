/** Validators that authors write: what they are called with, and schemas around them. */
import { PyDict } from '../../python/runtime/dict';
import { exceptionClassOf, PyError, PyException, raise, Unsupported } from '../../python/runtime/errors';
import { PyFunction } from '../../python/runtime/function';
import { defineConstructor, defineMethods, defineProperties } from '../../python/runtime/native';
import {
  BoundMethod,
  isInstance,
  NativeFunction,
  PyClass,
  PyClassMethod,
  PyObject,
  PyStaticMethod,
  type Value,
} from '../../python/runtime/objects';
import { call, findAttribute, repr, special, str } from '../../python/runtime/operations';
import { vm } from '../../python/runtime/vm';
import { MadeFunction } from '../standard/madeFunction';
import { customInvalid, fill, Invalid, invalid, isKnownKind, messageOf } from './errors';
import { type Dump, Schema, type State } from './schema';
import { libraryClass } from './support';
import { userError } from './userErrors';
import { PyValidationError } from './validationError';

export type ValidatorMode = 'before' | 'after' | 'wrap' | 'plain';

const infoClass = libraryClass('ValidationInfo', 'pydantic_core._pydantic_core');

/** What a validator is told besides its input. */
class PyValidationInfo extends PyObject {
  readonly context: Value;
  readonly data: Value;
  readonly fieldName: Value;
  readonly mode: string;
  readonly config: Value;
  constructor(state: State, fieldName: Value, config: Value) {
    super(infoClass);
    this.context = state.context;
    this.data = state.data;
    this.fieldName = fieldName;
    this.mode = state.json ? 'json' : 'python';
    this.config = config;
  }
}

defineProperties(infoClass, {
  context: (self: PyValidationInfo) => self.context,
  field_name: (self: PyValidationInfo) => self.fieldName,
  mode: (self: PyValidationInfo) => self.mode,
  config: ({ config }: PyValidationInfo) => {
    // Pydantic adds the name of the class, and leaves out what its core does not know.
    if (config instanceof PyDict) throw new Unsupported('ValidationInfo.config');
    return config;
  },
  data: (self: PyValidationInfo) => {
    // Validators of whole models have no data, not even None.
    if (self.data === null) throw raise('AttributeError', "No attribute named 'data'");
    return self.data;
  },
});
export const validationInfoClass = infoClass;

export const customErrorClass = libraryClass('PydanticCustomError', 'pydantic_core._pydantic_core', [
  exceptionClassOf('ValueError'),
]);
defineConstructor(
  customErrorClass,
  'PydanticCustomError(error_type, message_template, context=None)',
  (own: PyClass, kind: Value, template: Value, context: Value = null) => {
    const made = new PyException(own, []);
    made.attrs!.set('type', kind);
    made.attrs!.set('message_template', template);
    made.attrs!.set('context', context);
    return made;
  },
);
const contextOf = (error: PyException): ReadonlyMap<string, Value> => {
  const context = error.attrs?.get('context');
  return context instanceof PyObject && 'entries' in context
    ? new Map((context as unknown as { entries(): Iterable<[string, Value]> }).entries())
    : new Map();
};
defineMethods(customErrorClass, {
  'message()': (self: PyException) => fill(str(self.attrs!.get('message_template')!), contextOf(self)),
  '__str__()': (self: PyException) => fill(str(self.attrs!.get('message_template')!), contextOf(self)),
  '__repr__()': (self: PyException) =>
    `${fill(str(self.attrs!.get('message_template')!), contextOf(self))} [type=${str(self.attrs!.get('type')!)}, context=${repr(self.attrs!.get('context')!)}]`,
});
export const knownErrorClass = libraryClass('PydanticKnownError', 'pydantic_core._pydantic_core', [
  exceptionClassOf('ValueError'),
]);
defineConstructor(
  knownErrorClass,
  'PydanticKnownError(error_type, context=None)',
  (own: PyClass, kind: Value, context: Value = null) => {
    if (typeof kind !== 'string' || !isKnownKind(kind)) throw raise('KeyError', `Invalid error type: '${str(kind)}'`);
    const made = new PyException(own, []);
    made.attrs!.set('type', kind);
    made.attrs!.set('context', context);
    return made;
  },
);
defineMethods(knownErrorClass, {
  '__str__()': (self: PyException) =>
    messageOf({ kind: str(self.attrs!.get('type')!), steps: [], input: null, context: contextOf(self) }, false),
});

/** What an exception of a validator makes of its input; others than those for faults go on. */
export function faultOf(error: PyException, input: Value): Invalid {
  if (error instanceof PyValidationError)
    return new Invalid(error.lines.map(line => ({ ...line, steps: [...line.steps] })));
  if (isInstance(error, customErrorClass))
    return customInvalid(
      str(error.attrs!.get('type')!),
      str(error.attrs!.get('message_template')!),
      input,
      contextOf(error),
    );
  if (isInstance(error, knownErrorClass))
    return invalid(str(error.attrs!.get('type')!), input, Object.fromEntries(contextOf(error)));
  if (isInstance(error, exceptionClassOf('ValueError'))) return invalid('value_error', input, { error });
  if (isInstance(error, exceptionClassOf('AssertionError'))) return invalid('assertion_error', input, { error });
  throw new PyError(error);
}

/** Calls a validator; an exception for a fault becomes one. */
export function callValidator(func: Value, args: Value[], input: Value): Value | Invalid {
  try {
    return call(func, args);
  } catch (error) {
    if (!(error instanceof PyError)) throw error;
    return faultOf(error.exception, input);
  }
}

/** The positional parameters that a callable needs; undefined where nothing tells. */
export function requiredParameters(func: Value): number | undefined {
  if (func instanceof BoundMethod) {
    const inner = requiredParameters(func.func);
    return inner === undefined ? undefined : inner - 1;
  }
  if (func instanceof PyClassMethod || func instanceof PyStaticMethod) {
    const inner = requiredParameters(func.func);
    return inner === undefined || func instanceof PyStaticMethod ? inner : inner - 1;
  }
  if (func instanceof PyFunction) {
    const count = func.code.signature.positional.length;
    // The first one is the value and may have a default.
    return Math.max(count - func.defaults.length, count > 0 ? 1 : 0);
  }
  if (func instanceof NativeFunction || func instanceof MadeFunction) return undefined;
  if (func instanceof PyClass) {
    const init = func.native ? undefined : func.lookup('__init__');
    return init instanceof PyFunction ? (requiredParameters(init) ?? 1) - 1 : undefined;
  }
  if (func instanceof PyObject && func.cls.name === 'partial') {
    const inner = requiredParameters(findAttribute(func, 'func')!);
    const bound = findAttribute(func, 'args') as unknown as { items: readonly Value[] };
    return inner === undefined ? undefined : inner - bound.items.length;
  }
  const method = special(func, '__call__');
  const inner = method === undefined || method === null ? undefined : requiredParameters(method);
  return inner === undefined ? undefined : inner - 1;
}

/** True where a validator takes the information as well. */
export function takesInfo(func: Value, mode: ValidatorMode): boolean {
  const count = requiredParameters(func);
  if (count === undefined) return false;
  const least = mode === 'wrap' ? 2 : 1;
  if (count === least || (count === 0 && mode !== 'wrap')) return false;
  if (count === least + 1) return true;
  throw userError(
    'validator-signature',
    `Unrecognized field_validator function signature for ${repr(func)} with \`mode=${mode}\`:${signatureText(func)}`,
  );
}

function signatureText(func: Value): string {
  const inner = func instanceof BoundMethod ? func.func : func;
  if (!(inner instanceof PyFunction)) return '(...)';
  const skip = func instanceof BoundMethod ? 1 : 0;
  return `(${inner.code.signature.positional.slice(skip).join(', ')})`;
}

/** What names of schemas call a function. */
function functionName(func: Value): string {
  const name = findAttribute(func, '__name__');
  if (typeof name === 'string') return name;
  const inner = func instanceof PyObject && func.cls.name === 'partial' ? findAttribute(func, 'func') : undefined;
  return inner === undefined ? repr(func) : functionName(inner);
}

const handlerClass = libraryClass('ValidatorCallable', 'pydantic_core._pydantic_core');

/** What a wrapping validator calls to go on. */
class PyHandler extends PyObject {
  readonly proceed: (input: Value) => Value | Invalid;
  constructor(proceed: (input: Value) => Value | Invalid) {
    super(handlerClass);
    this.proceed = proceed;
  }
}

defineMethods(handlerClass, {
  '__call__(input_value, outer_location=None, /)': (self: PyHandler, input: Value, outer: Value = null) => {
    const made = self.proceed(input);
    if (!(made instanceof Invalid)) return made;
    if (outer !== null) made.within(typeof outer === 'bigint' ? outer : str(outer));
    throw new PyError(new PyValidationError('ValidatorCallable', made.lines, false));
  },
});

export class FunctionSchema extends Schema {
  readonly mode: ValidatorMode;
  readonly func: Value;
  readonly schema: Schema | undefined;
  readonly withInfo: boolean;
  readonly fieldName: Value;
  readonly config: Value;
  constructor(
    mode: ValidatorMode,
    func: Value,
    schema: Schema | undefined,
    fieldName: Value,
    config: Value,
    withInfo = takesInfo(func, mode),
  ) {
    super();
    this.mode = mode;
    this.func = func;
    this.schema = schema;
    this.fieldName = fieldName;
    this.config = config;
    this.withInfo = withInfo;
  }

  get name(): string {
    const own = `function-${this.mode}[${functionName(this.func)}()`;
    return this.mode === 'before' || this.mode === 'after' ? `${own}, ${this.schema!.name}]` : `${own}]`;
  }

  validate(input: Value, state: State): Value | Invalid {
    return this.run(input, state, one => this.schema!.validate(one, state));
  }

  /** The same around another way to go on, such as an assignment. */
  run(input: Value, state: State, proceed: (input: Value) => Value | Invalid): Value | Invalid {
    vm.step();
    if (this.mode === 'after') {
      const made = proceed(input);
      return made instanceof Invalid ? made : this.#call([made], input, state);
    }
    if (this.mode === 'plain') return this.#call([input], input, state);
    if (this.mode === 'wrap') return this.#call([input, new PyHandler(proceed)], input, state);
    const changed = this.#call([input], input, state);
    return changed instanceof Invalid ? changed : proceed(changed);
  }

  #call(args: Value[], input: Value, state: State): Value | Invalid {
    if (this.withInfo) args.push(new PyValidationInfo(state, this.fieldName, this.config));
    return callValidator(this.func, args, input);
  }

  override dump(value: Value, dump: Dump): Value {
    return this.schema === undefined || this.mode === 'plain' ? super.dump(value, dump) : this.schema.dump(value, dump);
  }
  override accepts(value: Value): boolean {
    return this.mode === 'plain' ? true : (this.schema?.accepts(value) ?? true);
  }
}

/** A constraint that is checked after another schema: bounds of a Decimal, lengths of anything. */
export class CheckedSchema extends Schema {
  readonly schema: Schema;
  readonly #check: (value: Value) => Value | Invalid;
  readonly #label: string;
  constructor(schema: Schema, label: string, check: (value: Value) => Value | Invalid) {
    super();
    this.schema = schema;
    this.#check = check;
    this.#label = label;
  }
  get name(): string {
    return `function-after[${this.#label}(), ${this.schema.name}]`;
  }
  validate(input: Value, state: State): Value | Invalid {
    const made = this.schema.validate(input, state);
    if (made instanceof Invalid) return made;
    const checked = this.#check(made);
    return checked instanceof Invalid ? new Invalid(checked.lines.map(line => ({ ...line, input }))) : checked;
  }
  override dump(value: Value, dump: Dump): Value {
    return this.schema.dump(value, dump);
  }
  override accepts(value: Value): boolean {
    return this.schema.accepts(value);
  }
}

// ------------------------------------------------------------------- validators and serializers in `Annotated`

const MODES = {
  BeforeValidator: 'before',
  AfterValidator: 'after',
  WrapValidator: 'wrap',
  PlainValidator: 'plain',
} as const;

/** `BeforeValidator(func)` and its kin. */
export class PyAnnotatedValidator extends PyObject {
  readonly mode: ValidatorMode;
  readonly func: Value;
  constructor(cls: PyClass, mode: ValidatorMode, func: Value) {
    super(cls);
    this.mode = mode;
    this.func = func;
  }
}

export function annotatedValidatorClasses(): Record<string, PyClass> {
  const made: Record<string, PyClass> = {};
  for (const [name, mode] of Object.entries(MODES)) {
    const cls = libraryClass(name, 'pydantic.functional_validators');
    defineConstructor(
      cls,
      `${name}.__init__(func, json_schema_input_type=None)`,
      (own: PyClass, func: Value) => new PyAnnotatedValidator(own, mode, func),
    );
    defineProperties(cls, { func: (self: PyAnnotatedValidator) => self.func });
    defineMethods(cls, {
      '__repr__()': (self: PyAnnotatedValidator) =>
        `${name}(func=${repr(self.func)}${mode === 'before' || mode === 'plain' ? `, json_schema_input_type=${mode === 'plain' ? 'typing.Any' : 'PydanticUndefined'}` : ''})`,
    });
    made[name] = cls;
  }
  return made;
}
