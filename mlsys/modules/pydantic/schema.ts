/** What an annotation becomes: a schema, which validates inputs and dumps values. */
import type { PyDict } from '../../python/runtime/dict';
import { PyObject, type Value } from '../../python/runtime/objects';
import type { Invalid } from './errors';

/** How near an accepted input is to what the schema asks for; unions prefer the nearest. */
export const Exactness = { Lax: 0, Strict: 1, Exact: 2 } as const;
export type Exactness = (typeof Exactness)[keyof typeof Exactness];

/** An argument of the author's, as far as it was given. */
type Given = Value | undefined;

/** What holds during one validation. */
export class State {
  /** What the caller asked for; undefined leaves it to each schema. */
  strict: boolean | undefined;
  readonly context: Value;
  readonly json: boolean;
  readonly fromAttributes: boolean | undefined;
  /** The fields of the model that were validated up to now. */
  data: PyDict | null = null;
  /** The instance that its own `__init__` fills. */
  self: Value | undefined = undefined;
  exactness: Exactness | undefined = undefined;
  /** How many fields were given, as far as models were made. */
  fieldsSet: number | undefined = undefined;
  /** By the schema of a model, what it validates at the moment. */
  readonly #open = new Map<Schema, Set<Value>>();

  constructor(options: { strict?: boolean; context?: Value; json?: boolean; fromAttributes?: boolean } = {}) {
    this.strict = options.strict;
    this.context = options.context ?? null;
    this.json = options.json ?? false;
    this.fromAttributes = options.fromAttributes;
  }

  /** For the options of `model_validate` and its kin, of which None says nothing. */
  static of(
    json: boolean,
    {
      strict,
      fromAttributes,
      context,
    }: { readonly strict?: Given; readonly fromAttributes?: Given; readonly context?: Given },
  ): State {
    return new State({
      json,
      context: context ?? null,
      ...(strict === undefined || strict === null ? {} : { strict: strict === true }),
      ...(fromAttributes === undefined || fromAttributes === null ? {} : { fromAttributes: fromAttributes === true }),
    });
  }

  /** What `body` makes of an input; undefined where the schema is at it already, so that the input holds itself. */
  once<T>(schema: Schema, input: Value, body: () => T): T | undefined {
    if (!(input instanceof PyObject)) return body();
    const open = this.#open.get(schema) ?? new Set();
    if (open.has(input)) return undefined;
    this.#open.set(schema, open.add(input));
    try {
      return body();
    } finally {
      open.delete(input);
    }
  }

  isStrict(own: boolean | undefined): boolean {
    return this.strict ?? own ?? false;
  }

  /** Notes that what was accepted is no nearer than this. */
  floor(exactness: Exactness): void {
    if (this.exactness !== undefined && exactness < this.exactness) this.exactness = exactness;
  }

  addFieldsSet(count: number): void {
    this.fieldsSet = (this.fieldsSet ?? 0) + count;
  }
}

/** How a value is dumped. */
export interface Dump {
  /** True for values that JSON can hold. */
  readonly json: boolean;
  /** True where the text of JSON is written at once, in which some values have another form. */
  readonly text: boolean;
  readonly include: Value;
  readonly exclude: Value;
  readonly byAlias: boolean;
  readonly excludeUnset: boolean;
  readonly excludeDefaults: boolean;
  readonly excludeNone: boolean;
  readonly roundTrip: boolean;
  readonly asAny: boolean;
  readonly context: Value;
  /** Values that are being dumped, which must not be met again. */
  readonly open: Set<Value>;
}

/** How values are dumped by what they are; `infer.ts` sets it. */
export const inference: { dump: (value: Value, dump: Dump) => Value } = { dump: value => value };

export abstract class Schema {
  /** What the places of errors in unions and messages call it. */
  abstract readonly name: string;
  abstract validate(input: Value, state: State): Value | Invalid;
  /** Dumps a value of the schema; most leave it to the value alone. */
  dump(value: Value, dump: Dump): Value {
    return inference.dump(value, dump);
  }
  /** True where a value is surely of this schema; for unions when they dump. */
  accepts(_value: Value): boolean {
    return true;
  }
}

/** A schema that lets another one validate. */
export abstract class ValidatingSchema extends Schema {
  readonly schema: Schema;
  constructor(schema: Schema) {
    super();
    this.schema = schema;
  }
  get name(): string {
    return this.schema.name;
  }
  validate(input: Value, state: State): Value | Invalid {
    return this.schema.validate(input, state);
  }
  override accepts(value: Value): boolean {
    return this.schema.accepts(value);
  }
}
