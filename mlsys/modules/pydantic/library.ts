/** Schemas of classes of other modules: Decimal, Fraction, Path, patterns, mappings. */

import { isinstance } from '../../python/runtime/classes';
import { PyDict } from '../../python/runtime/dict';
import { exceptionClassOf, PyError, PyException } from '../../python/runtime/errors';
import { isInstance, PyBytes, type PyClass, type PyTuple, typeOf, type Value } from '../../python/runtime/objects';
import { binary, call, callMethod, compare, equals, str, truth } from '../../python/runtime/operations';
import { DictSchema, type LengthOptions, mappingEntries } from './containers';
import { customInvalid, Invalid, invalid } from './errors';
import { plain } from './scalars';
import { type Dump, Exactness, Schema, type State } from './schema';
import { classFrom, guarded } from './support';

export interface DecimalOptions {
  readonly strict?: boolean | undefined;
  readonly finite: boolean;
  readonly bounds?: ReadonlyMap<string, Value>;
  readonly max_digits?: bigint;
  readonly decimal_places?: bigint;
}

const DECIMAL_BOUNDS = [
  ['le', '<=', 'less_than_equal'],
  ['lt', '<', 'less_than'],
  ['ge', '>=', 'greater_than_equal'],
  ['gt', '>', 'greater_than'],
] as const;

export class DecimalSchema extends Schema {
  readonly name = 'decimal';
  readonly options: DecimalOptions;
  readonly #class = classFrom('decimal', 'Decimal');
  constructor(options: DecimalOptions) {
    super();
    this.options = options;
  }

  constrained(name: string, value: Value): DecimalSchema {
    if (name === 'allow_inf_nan') return new DecimalSchema({ ...this.options, finite: value !== true });
    if (name === 'max_digits' || name === 'decimal_places')
      return new DecimalSchema({ ...this.options, [name]: plain(value) as bigint });
    const bound = typeof value === 'number' ? call(this.#class, [str(value)]) : call(this.#class, [value]);
    return new DecimalSchema({ ...this.options, bounds: new Map([...(this.options.bounds ?? []), [name, bound]]) });
  }

  validate(input: Value, state: State): Value | Invalid {
    const made = this.#decimal(input, state);
    return made instanceof Invalid ? made : (this.#fault(made, input) ?? made);
  }

  #decimal(input: Value, state: State): Value | Invalid {
    if (typeOf(input) === this.#class) return input;
    const strict = state.isStrict(this.options.strict) && !state.json;
    const known = plain(input);
    if (!strict && (typeof known === 'string' || typeof known === 'bigint' || typeof known === 'number')) {
      state.floor(Exactness.Lax);
      const made = guarded(() => call(this.#class, [typeof known === 'number' ? str(known) : known]));
      return made instanceof PyException ? invalid('decimal_parsing', input) : made;
    }
    if (isInstance(input, this.#class)) {
      state.floor(Exactness.Strict);
      return call(this.#class, [input]);
    }
    return strict ? invalid('is_instance_of', input, { class: 'Decimal' }) : invalid('decimal_type', input);
  }

  #fault(value: Value, input: Value): Invalid | undefined {
    const { finite, bounds, max_digits, decimal_places } = this.options;
    const checksDigits = max_digits !== undefined || decimal_places !== undefined;
    if ((finite || checksDigits) && !truth(callMethod(value, 'is_finite'))) return invalid('finite_number', input);
    if (checksDigits) {
      const fault = this.#digitFault(value, input);
      if (fault !== undefined) return fault;
    }
    const multiple = bounds?.get('multiple_of');
    if (multiple !== undefined && !equals(binary('%', binary('/', value, multiple), 1n), 0n))
      return invalid('multiple_of', input, { multiple_of: multiple });
    for (const [name, operator, kind] of DECIMAL_BOUNDS) {
      const bound = bounds?.get(name);
      if (bound !== undefined && (truth(callMethod(value, 'is_nan')) || !truth(compare(operator, value, bound))))
        return invalid(kind, input, { [name]: bound });
    }
    return undefined;
  }

  #digitFault(value: Value, input: Value): Invalid | undefined {
    const { max_digits, decimal_places } = this.options;
    const [places, digits] = digitsOf(value);
    const [shortPlaces, shortDigits] = digitsOf(callMethod(value, 'normalize'));
    if (max_digits !== undefined && digits > max_digits && shortDigits > max_digits)
      return invalid('decimal_max_digits', input, { max_digits });
    if (decimal_places === undefined) return undefined;
    if (places > decimal_places && shortPlaces > decimal_places)
      return invalid('decimal_max_places', input, { decimal_places });
    if (max_digits === undefined) return undefined;
    const rest = (of: bigint, less: bigint): bigint => (of > less ? of - less : 0n);
    const most = rest(max_digits, decimal_places);
    return rest(digits, places) > most && rest(shortDigits, shortPlaces) > most
      ? invalid('decimal_whole_digits', input, { whole_digits: most })
      : undefined;
  }

  override accepts(value: Value): boolean {
    return isInstance(value, this.#class);
  }
}

/** Decimal places and digits of a number. */
function digitsOf(value: Value): [bigint, bigint] {
  const [, digits, exponent] = (callMethod(value, 'as_tuple') as PyTuple).items as [Value, PyTuple, bigint];
  const count = BigInt(digits.items.length);
  if (exponent >= 0n) return [0n, count + exponent];
  return [-exponent, count > -exponent ? count : -exponent];
}

export class FractionSchema extends Schema {
  readonly #class: PyClass;
  constructor(cls: PyClass) {
    super();
    this.#class = cls;
  }
  get name(): string {
    return 'lax-or-strict[lax=function-plain[fraction_validator()],strict=json-or-python[json=function-plain[fraction_validator()],python=is-instance[Fraction]]]';
  }
  validate(input: Value, state: State): Value | Invalid {
    if (isInstance(input, this.#class)) return input;
    if (state.isStrict(false)) return invalid('is_instance_of', input, { class: 'Fraction' });
    const made = guarded(() => call(this.#class, [input]));
    if (!(made instanceof PyException)) return made;
    if (!isInstance(made, exceptionClassOf('ValueError'))) throw new PyError(made);
    return customInvalid('fraction_parsing', 'Input is not a valid fraction', input);
  }
  override dump(value: Value): Value {
    // Fractions are dumped as texts in every mode.
    return str(value);
  }
  override accepts(value: Value): boolean {
    return isInstance(value, this.#class);
  }
}

export class PathSchema extends Schema {
  readonly #class: PyClass;
  constructor(cls: PyClass) {
    super();
    this.#class = cls;
  }
  get name(): string {
    return 'lax-or-strict[lax=union[json-or-python[json=function-after[path_validator(), str],python=is-instance[Path]],function-after[path_validator(), str]],strict=json-or-python[json=function-after[path_validator(), str],python=is-instance[Path]]]';
  }
  validate(input: Value, state: State): Value | Invalid {
    if (isinstance(input, this.#class)) return input;
    if (state.isStrict(false) && !state.json) return invalid('is_instance_of', input, { class: 'Path' });
    state.floor(Exactness.Lax);
    const text = plain(input);
    if (typeof text === 'string') return call(this.#class, [text]);
    return customInvalid('path_type', 'Input is not a valid path', input);
  }
  override accepts(value: Value): boolean {
    return isinstance(value, this.#class);
  }
}

/** `re.Pattern` */
export class PatternSchema extends Schema {
  readonly name = 'function-plain[pattern_either_validator()]';
  validate(input: Value): Value | Invalid {
    if (typeOf(input).name === 'Pattern') return input;
    if (typeof input !== 'string' && !(input instanceof PyBytes))
      return customInvalid('pattern_type', 'Input should be a valid pattern', input);
    const made = guarded(() => call(classFrom('re', 'compile'), [input]));
    return made instanceof PyException
      ? customInvalid('pattern_regex', 'Input should be a valid regular expression', input)
      : made;
  }
}

/** `Mapping[str, int]`: a dict of valid entries, or another mapping made anew. */
export class MappingSchema extends Schema {
  readonly dict: DictSchema;
  readonly #class: PyClass;
  constructor(dict: DictSchema, cls: PyClass) {
    super();
    this.dict = dict;
    this.#class = cls;
  }
  get name(): string {
    return this.dict.name;
  }
  constrained(limit: LengthOptions): MappingSchema {
    return new MappingSchema(
      new DictSchema(this.dict.key, this.dict.value, { ...this.dict.options, ...limit }),
      this.#class,
    );
  }
  validate(input: Value, state: State): Value | Invalid {
    if (!(input instanceof PyDict) && !isinstance(input, this.#class)) {
      const entries = mappingEntries(input, false);
      if (entries === undefined) return invalid('dict_type', input);
    }
    return this.dict.validate(input, state);
  }
  override dump(value: Value, dump: Dump): Value {
    return this.dict.dump(value, dump);
  }
  override accepts(value: Value): boolean {
    return isinstance(value, this.#class);
  }
}
