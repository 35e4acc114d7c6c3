/** The class UnitRegistry as Python sees it. */

import { pathText } from '../modules/files/paths';
import { raise, Unsupported } from '../python/runtime/errors';
import { sequenceIteratorClass } from '../python/runtime/iteration';
import {
  defineConstructor,
  defineMethods,
  defineProperties,
  fn,
  method,
  refuseAttributes,
} from '../python/runtime/native';
import {
  NativeFunction,
  nativeClass,
  objectClass,
  type PyClass,
  PyIterator,
  PyList,
  PyObject,
  PyProperty,
  PyTuple,
  type Value,
} from '../python/runtime/objects';
import { call, getAttribute, iterateItems, str, truth, typeName } from '../python/runtime/operations';
import { PyFrozenSet, PySet } from '../python/runtime/set';
import { type Sharing, taint, type UnknownCause } from '../python/runtime/unknown';
import { UnitsContainer } from './container';
import { contextMethods, contextsIn, transformed } from './contexts';
import { convert, parseQuantityText, parseUnitText } from './conversion';
import { inDefaultSystem, noDefinitions } from './defaults';
import { definitionLines, readDefinitions } from './definitionFile';
import { parseDefinitions } from './evaluate';
import { formatQuantity, formatUnits } from './format';
import { watch } from './notices';
import { makeQuantity } from './quantity';
import { applicationRegistry, PyQuantity, PyRegistry, PyUnit, quantityBase, registryClass, unitBase } from './registry';
import { unitNamed } from './unit';
import { PyUnitsContainer, unitsContainerClass, unitsLike } from './unitsContainer';
import { check, wraps } from './wraps';

/** Options of the constructor that change nothing here, or name what is not computed. */
const IGNORED = new Set(['cache_folder', 'fmt_locale', 'preprocessors', 'autoconvert_to_preferred', 'filename']);

function optionsOf(keywords: ReadonlyMap<string, Value>) {
  const options: {
    -readonly [key in keyof import('./registry').RegistryState]?: import('./registry').RegistryState[key];
  } = {};
  for (const [name, value] of keywords) {
    if (name === 'on_redefinition') options.onRedefinition = str(value) as 'warn';
    else if (name === 'autoconvert_offset_to_baseunit') options.autoconvertOffset = truth(value);
    else if (name === 'default_as_delta') options.defaultAsDelta = truth(value);
    else if (name === 'auto_reduce_dimensions') options.autoReduce = truth(value);
    else if (name === 'separate_format_defaults') options.separateDefaults = value !== null && truth(value);
    else if (name === 'system' && value !== null) options.system = str(value);
    else if (name === 'case_sensitive' || name === 'force_ndarray' || name === 'force_ndarray_like') {
      const usual = name === 'case_sensitive';
      if (truth(value) !== usual) throw new Unsupported(`UnitRegistry(${name}=${usual ? 'False' : 'True'})`);
    } else if (name === 'non_int_type') {
      if (!(value instanceof PyObject && value === floatClassOf()))
        throw new Unsupported('UnitRegistry(non_int_type=...)');
    } else if (IGNORED.has(name)) {
      if (value !== null && value !== '' && value !== false && name !== 'cache_folder')
        throw new Unsupported(`UnitRegistry(${name}=...)`);
    } else throw raise('TypeError', `UnitRegistry.__init__() got an unexpected keyword argument '${name}'`);
  }
  return options;
}

const floatClassOf = (): Value => getAttribute(1.5, '__class__');

defineConstructor(
  registryClass,
  "UnitRegistry(filename='', **kwargs)",
  (cls: PyClass, filename: Value | undefined, keywords: ReadonlyMap<string, Value>) => {
    refuseOwnClasses(cls);
    const options = optionsOf(keywords);
    if (filename === undefined || filename === '') return new PyRegistry(options, undefined, cls);
    if (filename instanceof PyList || filename instanceof PyTuple)
      throw new Unsupported('UnitRegistry() of lines', 'define the units by .define()');
    // In place of pint's own definitions; `None` stands for none at all.
    const text = filename === null ? '' : readDefinitions(pathText(filename));
    const definitions = noDefinitions().extendedBy(text, parseDefinitions);
    const system = definitionLines(text).defaults.get('system') ?? '';
    const contexts = contextsIn(text);
    return new PyRegistry({ definitions, system, contexts, hasOwnContexts: false, ...options }, undefined, cls);
  },
);

const formatterClass = nativeClass('FullFormatter', [objectClass], 'pint');

/** `ureg.formatter`: a view of the registry's formats. */
class PyFormatter extends PyObject implements Sharing {
  readonly registry: PyRegistry;
  constructor(registry: PyRegistry) {
    super(formatterClass);
    this.registry = registry;
  }

  get contents(): PyRegistry {
    return this.registry;
  }

  loseContents(cause: UnknownCause): void {
    taint(this.registry, cause);
  }
}

function settable(
  cls: PyClass,
  name: string,
  get: (self: PyObject) => Value,
  set: (self: PyObject, value: Value) => void,
) {
  cls.setAttribute(
    name,
    new PyProperty(
      method(`${name}()`, get),
      method(`${name}(value)`, (self: PyObject, value: Value) => {
        set(self, value);
        return null;
      }),
    ),
  );
}

const registryIn = (self: PyObject) => (self instanceof PyFormatter ? self.registry : (self as PyRegistry));

for (const cls of [formatterClass, registryClass])
  settable(
    cls,
    'default_format',
    self => registryIn(self).state.defaultFormat,
    (self, value) => registryIn(self).update({ defaultFormat: str(value) }),
  );
settable(
  registryClass,
  'autoconvert_offset_to_baseunit',
  self => registryIn(self).state.autoconvertOffset,
  (self, value) => registryIn(self).update({ autoconvertOffset: truth(value) }),
);
settable(
  registryClass,
  'separate_format_defaults',
  self => registryIn(self).state.separateDefaults,
  (self, value) => registryIn(self).update({ separateDefaults: truth(value) }),
);
settable(
  registryClass,
  'default_system',
  self => registryIn(self).state.system,
  (self, value) => {
    const name = str(value);
    if (!registryIn(self).definitions.systems.has(name)) throw raise('ValueError', `Unknown system ${name}`);
    registryIn(self).update({ system: name });
  },
);

defineMethods(formatterClass, {
  "format_quantity(quantity, spec='', *, use_plural!=None, length!=None, locale!=None)": (
    self: PyFormatter,
    q: PyQuantity,
    spec?: Value,
  ) => formatQuantity(self.registry.state, q, str(spec ?? '')),
  "format_unit(unit, uspec='', sort_func!=None, *, use_plural!=None, length!=None, locale!=None)": (
    self: PyFormatter,
    unit: PyUnit,
    spec?: Value,
  ) => formatUnits(self.registry.state, unit.units, str(spec ?? '')),
});

settable(
  registryClass,
  'formatter',
  self => new PyFormatter(registryIn(self)),
  refuse('setting formatter of a unit registry'),
);
/** A class that each registry makes of its own from the one that stands on the class of registries. */
class BoundClass extends PyProperty {
  readonly #base: PyClass;
  constructor(name: 'Quantity' | 'Unit', base: PyClass) {
    super(new NativeFunction(name, ([self]) => (self as PyRegistry)[name]));
    this.#base = base;
  }

  override onClass(): PyClass {
    return this.#base;
  }
}

const boundClasses: ReadonlyMap<string, BoundClass> = new Map([
  ['Quantity', new BoundClass('Quantity', quantityBase)],
  ['Unit', new BoundClass('Unit', unitBase)],
]);
for (const [name, bound] of boundClasses) registryClass.setAttribute(name, bound);

/** Quantities and units of a class of the author's own are not made here. */
function refuseOwnClasses(cls: PyClass): void {
  if (cls === registryClass) return;
  for (const [name, bound] of boundClasses)
    if (cls.lookup(name) !== bound) throw new Unsupported(`a registry with a ${name} of its own`);
}

defineProperties(registryClass, {
  UnitsContainer: () => unitsContainerClass,
});

function defineIn(registry: PyRegistry, text: string): void {
  registry.define(text, parseDefinitions);
  const contexts = contextsIn(text);
  if (contexts.size > 0) registry.update({ contexts: new Map([...registry.state.contexts, ...contexts]) });
}

function refuse(what: string): () => never {
  return () => {
    throw new Unsupported(what);
  };
}

defineMethods(registryClass, {
  'define(definition)': (self: PyRegistry, definition: Value) => {
    if (typeof definition !== 'string') throw new Unsupported('ureg.define of anything but text');
    defineIn(self, definition);
    return null;
  },
  'load_definitions(file, is_resource!=False)': (self: PyRegistry, file: Value) => {
    const lines = file instanceof PyList || file instanceof PyTuple ? file.items.map(line => str(line)) : undefined;
    defineIn(self, lines?.join('\n') ?? readDefinitions(pathText(file)));
    return null;
  },
  'parse_expression(input_string, case_sensitive!=None, **values)': parse,
  '__call__(input_string, case_sensitive!=None, **values)': parse,
  'parse_units(input_string, as_delta=None, case_sensitive!=None)': (self: PyRegistry, text: Value, delta?: Value) => {
    if (delta !== undefined && delta !== null && !truth(delta))
      throw new Unsupported('the argument as_delta= of parse_units');
    return new PyUnit(self, unitsLike(self, str(text)));
  },
  'get_name(name_or_alias, case_sensitive!=None)': (self: PyRegistry, name: Value) => self.definitions.name(str(name)),
  'get_symbol(name_or_alias, case_sensitive!=None)': (self: PyRegistry, name: Value) =>
    self.definitions.unit(str(name)).symbol,
  'get_dimensionality(input_units)': (self: PyRegistry, units: Value) =>
    new PyUnitsContainer(self.definitions.dimensionality(unitsLike(self, units, true))),
  'get_root_units(input_units, check_nonmult!=True)': (self: PyRegistry, units: Value) => {
    const { factor, units: root } = self.facts(self.ordered(unitsLike(self, units))).root;
    return new PyTuple([factor, new PyUnit(self, root)]);
  },
  'get_base_units(input_units, check_nonmult!=True, system=None)': (
    self: PyRegistry,
    units: Value,
    _c?: Value,
    system?: Value,
  ) => {
    const container = unitsLike(self, units);
    const name = system === undefined || system === null ? self.state.system : str(system);
    const base = self.definitions.baseUnits(container, name);
    return new PyTuple([
      convert(self, self.facts(container).root.factor, self.facts(container).root.units, base),
      new PyUnit(self, base),
    ]);
  },
  'get_compatible_units(input_units, group_or_system=None)': (self: PyRegistry, units: Value) => {
    const wanted = self.definitions.dimensionality(unitsLike(self, units, true));
    const names = new Set<string>();
    if (wanted.size === 0) return frozen([]);
    for (const key of self.definitions.keys()) {
      const { name } = self.definitions.unit(key);
      if (inDefaultSystem(name) && self.facts(UnitsContainer.one(name)).dimensionality.equals(wanted)) names.add(name);
    }
    return frozen([...names].map(name => new PyUnit(self, UnitsContainer.one(name))));
  },
  'is_compatible_with(obj1, obj2, *contexts, **parameters)': (
    self: PyRegistry,
    a: Value,
    b: Value,
    contexts: PyTuple,
    parameters: ReadonlyMap<string, Value>,
  ) => {
    if (typeof a === 'string' || a instanceof PyQuantity || a instanceof PyUnit)
      return call(
        getAttribute(typeof a === 'string' ? makeQuantity(self, a, undefined) : a, 'is_compatible_with'),
        [b, ...contexts.items],
        parameters,
      );
    return !(b instanceof PyQuantity) && !(b instanceof PyUnit);
  },
  'convert(value, src, dst, inplace!=False)': (self: PyRegistry, value: Value, from: Value, to: Value) => {
    const [source, target] = [unitsLike(self, from), unitsLike(self, to)];
    const given = new PyQuantity(self, value, source);
    const { magnitude, units } = transformed(given, target, self.state.active);
    const converted = convert(self, magnitude, units, target);
    if (units === source) watch(self, 'convert', given, undefined, target);
    return converted;
  },
  'wraps(ret, args, strict=True)': wraps,
  'check(*args)': check,
  ...contextMethods,
  'with_context(name, **parameters)': refuse('a pint context'),
  'get_system(name)': refuse('ureg.get_system'),
  'get_group(name)': refuse('ureg.get_group'),
  'pi_theorem(quantities)': refuse('ureg.pi_theorem'),
  'setup_matplotlib(enable=True)': () => null,
  'Measurement(*args)': refuse('a pint measurement'),
  '__contains__(item, /)': (self: PyRegistry, item: Value) => {
    try {
      parseUnitText(self, str(item));
      return true;
    } catch {
      return false;
    }
  },
  '__iter__()': (self: PyRegistry) =>
    new PyIterator(iterateItems([...self.definitions.keys()].sort()), sequenceIteratorClass),
  '__getitem__(item, /)': (self: PyRegistry, item: Value) => parseQuantityText(self, str(item)),
  '__dir__()': (self: PyRegistry) => new PyList([...self.definitions.keys()].sort()),
  '__getattr__(name, /)': (self: PyRegistry, name: Value) => {
    if (typeof name !== 'string') throw raise('TypeError', `attribute name must be string, not '${typeName(name)}'`);
    // `get_application_registry()` gives a stand-in, whose method `get` gives the registry itself.
    if (name === 'get' && self === applicationRegistry()) return fn('get()', () => self);
    // units may start with an underscore before a digit, as in `_100km`; other such names are none
    if (name.endsWith('__') || /^_+($|[^_0-9])/.test(name))
      throw raise('AttributeError', `'UnitRegistry' object has no attribute '${name}'`);
    return unitNamed(self, name);
  },
  '__setattr__(name, value, /)': (_self: PyRegistry, name: string) => {
    throw new Unsupported(`setting ${name} of a unit registry`);
  },
  '__repr__()': () => '<pint.registry.UnitRegistry object>',
});

// They count for `to_preferred`, which is not here.
settable(registryClass, 'default_preferred_units', refuse('default_preferred_units'), () => null);
// Some others are set on a registry as well.
refuseAttributes(
  registryClass,
  'Context Group Measurement System auto_reduce_dimensions autoconvert_to_preferred cache_folder case_sensitive default_as_delta ' +
    'fmt_locale force_ndarray force_ndarray_like mpl_formatter non_int_type parse_pattern ' +
    'parse_unit_name parse_units_as_container preprocessors remove_context set_fmt_locale sys ' +
    // What pint calls its own, and code that goes deeper reads all the same.
    '_active_ctx _add_alias _add_defaults _add_derived_dimension _add_dimension _add_group _add_prefix ' +
    '_add_ref_of_log_or_offset_unit _add_system _add_unit _adders _after_init _base_units _base_units_cache _build_cache _cache ' +
    '_caches _context_units _contexts _convert _dedup_candidates _def_parser _default_system_name _defaults _dimensions ' +
    '_diskcache _eval_token _filename _get_base_units _get_compatible_units _get_conversion_factor _get_dimensionality ' +
    '_get_dimensionality_ratio _get_dimensionality_recurse _get_root_units _get_root_units_recurse _get_symbol _groups ' +
    '_helper_adder _helper_dispatch_adder _helper_single_adder _init_dynamic_classes _initialized _is_multiplicative ' +
    '_non_int_type _on_redefinition _parse_unit_name _parse_units_as_container _prefixes _redefine _register_adder ' +
    '_register_definition_adders _suffixes _switch_context_cache_and_units _systems _units _units_casei _validate_and_extract ' +
    '_yield_unit_triplets',
);
refuseAttributes(
  formatterClass,
  'default_sort_func dim_order format_magnitude format_measurement format_quantity_babel format_unit_babel get_formatter locale ' +
    'set_locale',
);

function parse(self: PyRegistry, text: Value, _case: Value | undefined, values: ReadonlyMap<string, Value>): Value {
  if (typeof text !== 'string')
    throw raise(
      'AttributeError',
      `'${str(getAttribute(getAttribute(text, '__class__'), '__name__'))}' object has no attribute 'replace'`,
    );
  return parseQuantityText(self, text, values);
}

function frozen(items: Value[]): Value {
  return new PyFrozenSet(PySet.from(items).map);
}
