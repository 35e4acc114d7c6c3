/**
 * Unit registries. A registry's state is immutable and replaced as a whole: by `ureg.define`, by a new default format.
 * That of the library's shared registry is kept per session, so that no chapter changes what another one sees; a registry
 * that a cell made is an object of that cell.
 */
import { construct } from '../python/runtime/classes';
import { mutations, touch } from '../python/runtime/mutation';
import { nativeClass, objectClass, PyClass, PyObject, type Value } from '../python/runtime/objects';
import { refuseUnknown, unknowns } from '../python/runtime/unknown';
import { type RunRecord, vm } from '../python/runtime/vm';
import { UnitsContainer } from './container';
import { defaultDefinitions } from './defaults';
import type { Definition, Definitions, UnitFacts } from './definitions';
import { redefined } from './errors';

/** Rules by which quantities of some dimensions are converted to others. */
export interface UnitContext {
  readonly name: string | undefined;
  /** Parameters of its formulas. */
  readonly defaults: ReadonlyMap<string, Value>;
  /** Each with a formula of `value`, or a function of registry and value. */
  readonly rules: readonly { readonly from: string; readonly to: string; readonly apply: string | Value }[];
  /** What is refused of it; undefined for one that can be enabled. */
  readonly refused: string | undefined;
}

export interface ActiveContext {
  readonly context: UnitContext;
  readonly parameters: ReadonlyMap<string, Value>;
}

const NO_CONTEXTS: ReadonlyMap<string, UnitContext> = new Map();

export interface RegistryState {
  readonly definitions: Definitions;
  /** `ureg.formatter.default_format` */
  readonly defaultFormat: string;
  /** `separate_format_defaults`: whether a spec with only a number part takes its unit part from the default. */
  readonly separateDefaults: boolean;
  readonly onRedefinition: 'warn' | 'raise' | 'ignore';
  readonly autoconvertOffset: boolean;
  readonly defaultAsDelta: boolean;
  readonly autoReduce: boolean;
  readonly caseSensitive: boolean;
  readonly system: string;
  /** Contexts by their names and aliases, beside those of pint's own definitions. */
  readonly contexts: ReadonlyMap<string, UnitContext>;
  readonly hasOwnContexts: boolean;
  /** Those that are enabled, the latest first. */
  readonly active: readonly ActiveContext[];
}

export const registryClass = nativeClass('UnitRegistry', [objectClass], 'pint.registry');
/** `pint.Quantity` and `pint.Unit`: bases of the classes that each registry has of its own. */
export const quantityBase = nativeClass('Quantity', [objectClass], 'pint.registry');
export const unitBase = nativeClass('Unit', [objectClass], 'pint.registry');

/** Classes of pint's insides that books name to tell quantities and units, or a registry that nobody has set up. */
export const plainQuantityClass = nativeClass('PlainQuantity', [objectClass], 'pint.facets.plain.quantity');
export const plainUnitClass = nativeClass('PlainUnit', [objectClass], 'pint.facets.plain.unit');
export const lazyRegistryClass = nativeClass('LazyRegistry', [objectClass], 'pint.registry');
plainQuantityClass.instanceCheck = value => value instanceof PyQuantity;
plainUnitClass.instanceCheck = value => value instanceof PyUnit;
lazyRegistryClass.instanceCheck = value => value instanceof PyRegistry && value === fallback;
lazyRegistryClass.construct = (_cls, args, keywords) => construct(registryClass, args, keywords);

/** True while objects of the library are made: they must not depend on what a session defined. */
export const building = { library: false };

/** What a registry of a cell takes. */
const REGISTRY_BYTES = 20_000;
const REGISTRY_STEPS = 500;

/** What making a quantity takes, and finding out about its units before. */
const QUANTITY_STEPS = 8;

export class PyRegistry extends PyObject {
  readonly Quantity: PyClass;
  readonly Unit: PyClass;
  /** Where sessions keep this registry's state; undefined for a registry that a cell made. */
  readonly channel: string | undefined;
  #state: RegistryState;
  /** The run that `#seen` and `#orders` were read for. */
  #record: RunRecord | undefined = undefined;
  #seen: RegistryState;
  readonly #orders = new Map<UnitsContainer, UnitsContainer>();
  /** What an inline reference sees that enables contexts. */
  #within: { readonly record: RunRecord; readonly state: RegistryState } | undefined = undefined;

  constructor(options: Partial<RegistryState> = {}, channel?: string, cls: PyClass = registryClass) {
    super(cls);
    if (channel === undefined) {
      vm.charge(REGISTRY_BYTES);
      vm.step(REGISTRY_STEPS);
    }
    this.channel = channel;
    this.#state = {
      definitions: defaultDefinitions(),
      defaultFormat: '',
      separateDefaults: false,
      onRedefinition: 'warn',
      autoconvertOffset: false,
      defaultAsDelta: true,
      autoReduce: false,
      caseSensitive: true,
      system: 'mks',
      contexts: NO_CONTEXTS,
      hasOwnContexts: true,
      active: [],
      ...options,
    };
    this.#seen = this.#state;
    this.Quantity = registryBound('Quantity', quantityBase, this);
    this.Unit = registryBound('Unit', unitBase, this);
  }

  get state(): RegistryState {
    refuseUnknown(this);
    if (this.#within !== undefined && this.#within.record === vm.record) return this.#within.state;
    if (this.channel === undefined || building.library) return this.#state;
    const { record } = vm;
    if (record !== this.#record) {
      this.#record = record;
      this.#seen = vm.readState(this.channel, this.#state);
      this.#orders.clear();
    } else if (unknowns.met) vm.readState(this.channel, this.#state);
    return this.#seen;
  }

  get definitions(): Definitions {
    return this.state.definitions;
  }

  facts(units: UnitsContainer): UnitFacts {
    return this.definitions.facts(units);
  }

  /**
   * The order of units that decides the last digits of their factor: that in which the session met them first, as in
   * a Python process that ran the chapter from its beginning.
   */
  ordered(units: UnitsContainer): UnitsContainer {
    if (building.library || !this.definitions.orderMatters(units)) return units;
    if (this.channel === undefined && vm.record !== this.#record) {
      this.#record = vm.record;
      this.#orders.clear();
    }
    const known = this.#orders.get(units);
    if (known !== undefined) return known;
    const channel = `${this.channel ?? 'pint'}.order ${units.key}`;
    const first = vm.readState<string | undefined>(channel, undefined);
    if (first === undefined) vm.writeState(channel, units.text);
    const order = first === undefined ? units : UnitsContainer.fromText(first);
    this.#orders.set(units, order);
    return order;
  }

  /** Sets the contexts that are enabled. An inline reference, which changes nothing, sees them alone. */
  enable(active: readonly ActiveContext[]): void {
    if (mutations.frozen) this.#within = { record: vm.record, state: { ...this.state, active } };
    else this.update({ active });
  }

  update(change: Partial<RegistryState>): void {
    const next = { ...this.state, ...change };
    if (this.channel !== undefined && !building.library) {
      vm.writeState(this.channel, next);
      this.#seen = next;
    } else {
      touch(this);
      this.#state = next;
    }
  }

  define(text: string, parse: (text: string) => readonly Definition[]): void {
    const { definitions: known, onRedefinition } = this.state;
    if (onRedefinition === 'raise')
      this.update({
        definitions: known.extend(parse(text), name => {
          throw redefined(name);
        }),
      });
    else this.update({ definitions: known.extendedBy(text, parse) });
  }
}

const registries = new WeakMap<PyClass, PyRegistry>();

function registryBound(name: string, base: PyClass, registry: PyRegistry): PyClass {
  const cls = new PyClass(name, [base], new Map(), { native: true, module: 'pint' });
  registries.set(cls, registry);
  return cls;
}

/** The registry that a class of quantities or units belongs to; undefined for `pint.Quantity` itself. */
export function registryOf(cls: PyClass): PyRegistry | undefined {
  for (const one of cls.mro) {
    const found = registries.get(one);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The state that `set_application_registry` changes. */
export const APPLICATION = 'pint.application';

let fallback: PyRegistry | undefined;

/** The registry that `pint.Quantity` and `pint.Unit` use. */
export function applicationRegistry(): PyRegistry {
  const chosen = building.library ? undefined : vm.readState<PyRegistry | undefined>(APPLICATION, undefined);
  if (chosen !== undefined) return chosen;
  fallback ??= new PyRegistry({ onRedefinition: 'raise' }, 'pint.default');
  return fallback;
}

/** `pint.set_application_registry` */
export function setApplicationRegistry(registry: PyRegistry): void {
  if (building.library) fallback = registry;
  else vm.writeState(APPLICATION, registry);
}

/** A quantity: a magnitude, which may be any number or array, in units. */
export class PyQuantity extends PyObject {
  magnitude: Value;
  units: UnitsContainer;
  readonly registry: PyRegistry;
  /** Name of the library constant that this is, for messages. */
  origin: string | undefined = undefined;

  constructor(registry: PyRegistry, magnitude: Value, units: UnitsContainer, cls: PyClass = registry.Quantity) {
    super(cls);
    vm.step(QUANTITY_STEPS);
    this.registry = registry;
    this.magnitude = magnitude;
    this.units = units;
  }
}

export class PyUnit extends PyObject {
  readonly units: UnitsContainer;
  readonly registry: PyRegistry;

  constructor(registry: PyRegistry, units: UnitsContainer, cls: PyClass = registry.Unit) {
    super(cls);
    vm.step(QUANTITY_STEPS);
    this.registry = registry;
    this.units = units;
  }
}
