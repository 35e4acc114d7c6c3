/** The configuration of models. */
import { PyDict } from '../../python/runtime/dict';
import { raise, Unsupported } from '../../python/runtime/errors';
import { PyClass, type Value } from '../../python/runtime/objects';
import { getAttribute, repr } from '../../python/runtime/operations';
import { refuseUnknown } from '../../python/runtime/unknown';
import { userError } from './userErrors';

/** Keys that change nothing here: JSON schemas, plugins, texts. */
const IDLE = new Set([
  'title',
  'json_schema_extra',
  'protected_namespaces',
  'json_schema_mode_override',
  'cache_strings',
  'plugin_settings',
  'schema_generator',
  'json_schema_serialization_defaults_required',
  'hide_input_in_errors',
  'validation_error_cause',
  'defer_build',
  'from_attributes',
]);

const KNOWN = new Set([
  'arbitrary_types_allowed',
  'frozen',
  'extra',
  'validate_assignment',
  'populate_by_name',
  'str_strip_whitespace',
  'str_to_lower',
  'str_to_upper',
  'str_min_length',
  'str_max_length',
  'strict',
  'use_enum_values',
  'validate_default',
  'coerce_numbers_to_str',
  'allow_inf_nan',
  'alias_generator',
  'revalidate_instances',
  'ignored_types',
  'validate_return',
  'use_attribute_docstrings',
]);

/** What `ConfigDict` takes and this library does with these values alone. */
const LIMITED: ReadonlyMap<string, readonly Value[]> = new Map<string, readonly Value[]>([
  ['json_encoders', [null]],
  ['ser_json_timedelta', ['iso8601', 'float']],
  ['ser_json_bytes', ['utf8']],
  ['ser_json_inf_nan', ['null']],
  ['val_json_bytes', ['utf8']],
  ['regex_engine', ['rust-regex']],
  ['loc_by_alias', [true]],
  ['field_title_generator', [null]],
  ['model_title_generator', [null]],
]);

/** The names that a class statement may give as keyword arguments. */
export const isConfigKey = (name: string): boolean => IDLE.has(name) || KNOWN.has(name) || LIMITED.has(name);

/** The configuration of a class: that of its bases, its own, and its keyword arguments. */
export function configOf(
  bases: readonly PyClass[],
  namespace: ReadonlyMap<string, Value>,
  keywords: ReadonlyMap<string, Value>,
): PyDict {
  const made = new PyDict();
  for (const base of bases) {
    const known = base.lookup('model_config');
    if (known instanceof PyDict) for (const [key, value] of known.entries()) made.set(key, value);
  }
  const own = namespace.get('model_config');
  const legacy = namespace.get('Config');
  if (own !== undefined && legacy !== undefined)
    throw userError('config-both', '"Config" and "model_config" cannot be used together');
  refuseUnknown(own);
  refuseUnknown(legacy);
  if (legacy instanceof PyClass) for (const [key, value] of legacySettings(legacy)) made.set(key, value);
  else if (legacy !== undefined) throw new Unsupported('a Config of a model that is no class', 'use model_config');
  const annotations = namespace.get('__annotations__');
  if (annotations instanceof PyDict && annotations.has('model_config') && own === undefined)
    throw userError(
      'model-config-invalid-field-name',
      '`model_config` cannot be used as a model field name. Use `model_config` for model configuration.',
    );
  if (own instanceof PyDict) for (const [key, value] of own.entries()) made.set(key, value);
  else if (own !== undefined) throw raise('TypeError', `'${String(own)}' object is not iterable`);
  for (const [key, value] of keywords) made.set(key, value);
  for (const [key, value] of made.entries())
    if (LIMITED.get(key as string)?.includes(value) === false)
      throw new Unsupported(`model_config with ${key as string}=${repr(value)}`);
  return made;
}

/** What a `class Config` within a model says, its bases included. */
function legacySettings(cls: PyClass): Map<string, Value> {
  const found = new Map<string, Value>();
  for (const one of [...cls.mro].reverse())
    if (!one.native)
      for (const key of one.attrs.keys()) if (!key.startsWith('__')) found.set(key, getAttribute(cls, key));
  return new Map([...found].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** A key's value; undefined where it is not set or None. */
export function setting(config: PyDict, key: string): Value | undefined {
  return config.get(key) ?? undefined;
}

export const isOn = (config: PyDict, key: string): boolean => config.get(key) === true;
