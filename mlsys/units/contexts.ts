/** Contexts: rules by which a registry converts between dimensions while a chapter has them enabled. */
import { PyDict } from '../python/runtime/dict';
import { raise, Unsupported } from '../python/runtime/errors';
import { touch } from '../python/runtime/mutation';
import { defineConstructor, defineMethods, defineProperties, refuseAttributes } from '../python/runtime/native';
import {
  nativeClass,
  objectClass,
  type PyClass,
  PyList,
  PyObject,
  PyTuple,
  type Value,
} from '../python/runtime/objects';
import { call, str } from '../python/runtime/operations';
import type { UnitsContainer } from './container';
import { parseQuantityText } from './conversion';
import { numberOf } from './evaluate';
import { type ActiveContext, PyQuantity, type PyRegistry, type UnitContext } from './registry';
import { unitsLike } from './unitsContainer';

/** Of the rules that pint's own definitions have: parameters with their defaults, and from, to and formula of each. */
type OwnContext = readonly [
  parameters: string,
  rules: readonly (readonly [from: string, to: string, formula: string])[],
];

const PER_VOLUME = '[substance] / [volume]';
const PER_MASS = '[substance] / [mass]';

const OWN: Readonly<Record<string, OwnContext>> = {
  'spectroscopy = sp': [
    'n=1',
    [
      ['[length]', '[frequency]', 'speed_of_light / n / value'],
      ['[frequency]', '[length]', 'speed_of_light / n / value'],
      ['[frequency]', '[energy]', 'planck_constant * value'],
      ['[energy]', '[frequency]', 'value / planck_constant'],
      ['[wavenumber]', '[length]', '1 / value'],
      ['[length]', '[wavenumber]', '1 / value'],
    ],
  ],
  boltzmann: [
    '',
    [
      ['[temperature]', '[energy]', 'boltzmann_constant * value'],
      ['[energy]', '[temperature]', 'value / boltzmann_constant'],
    ],
  ],
  energy: [
    '',
    [
      ['[energy]', '[energy] / [substance]', 'value * N_A'],
      ['[energy] / [substance]', '[energy]', 'value / N_A'],
      ['[energy]', '[mass]', 'value / c ** 2'],
      ['[mass]', '[energy]', 'value * c ** 2'],
    ],
  ],
  'chemistry = chem': [
    'mw=0,volume=0,solvent_mass=0',
    [
      ['[substance]', '[mass]', 'value * mw'],
      ['[mass]', '[substance]', 'value / mw'],
      [PER_VOLUME, '[mass] / [volume]', 'value * mw'],
      ['[mass] / [volume]', PER_VOLUME, 'value / mw'],
      [PER_MASS, '[mass] / [mass]', 'value * mw'],
      ['[mass] / [mass]', PER_MASS, 'value / mw'],
      [PER_VOLUME, '[substance]', 'value * volume'],
      ['[substance]', PER_VOLUME, 'value / volume'],
      [PER_MASS, '[substance]', 'value * solvent_mass'],
      ['[substance]', PER_MASS, 'value / solvent_mass'],
      [PER_MASS, PER_VOLUME, 'value * solvent_mass / volume'],
      [PER_VOLUME, PER_MASS, 'value / solvent_mass * volume'],
    ],
  ],
  textile: [
    '',
    [
      ['[mass] / [length]', '[length] / [mass]', '1 / value'],
      ['[length] / [mass]', '[mass] / [length]', '1 / value'],
    ],
  ],
  'Gaussian = Gau': ['', []],
  'ESU = esu': ['', []],
};

/** Those of the electromagnetic systems. */
const NOT_HERE = new Set(['Gaussian', 'ESU']);

const contextClass = nativeClass('Context', [objectClass], 'pint');

/** `pint.Context(...)`, and what definitions name. */
class PyContext extends PyObject implements UnitContext {
  readonly name: string | undefined;
  readonly aliases: readonly string[];
  readonly defaults: ReadonlyMap<string, Value>;
  readonly rules: UnitContext['rules'][number][] = [];
  readonly refused: string | undefined = undefined;

  constructor(name: string | undefined, aliases: readonly string[], defaults: ReadonlyMap<string, Value>) {
    super(contextClass);
    this.name = name;
    this.aliases = aliases;
    this.defaults = defaults;
  }
}

function parametersOf(text: string): ReadonlyMap<string, Value> {
  const pairs = text.split(',').filter(part => part.includes('='));
  return new Map(
    pairs.map(pair => {
      const [name = '', value = ''] = pair.split('=').map(part => part.trim());
      if (!/^[\d._eE+-]+$/.test(value)) throw new Unsupported(`the default ${value} of a pint context`);
      return [name, numberOf(value)];
    }),
  );
}

function register(contexts: Map<string, UnitContext>, names: string, context: Omit<UnitContext, 'name'>): void {
  const [name = '', ...aliases] = names.split('=').map(part => part.trim());
  for (const one of [name, ...aliases]) contexts.set(one, { ...context, name });
}

let own: ReadonlyMap<string, UnitContext> | undefined;

/** The contexts of pint's own definitions. */
function ownContexts(): ReadonlyMap<string, UnitContext> {
  if (own !== undefined) return own;
  const made = new Map<string, UnitContext>();
  for (const [names, [parameters, rules]] of Object.entries(OWN)) {
    const [name = ''] = names.split(' ');
    register(made, names, {
      defaults: parametersOf(parameters),
      rules: rules.map(([from, to, apply]) => ({ from, to, apply })),
      refused: NOT_HERE.has(name) ? `the pint context ${name}` : undefined,
    });
  }
  own = made;
  return own;
}

/** What stands behind the name, such as parameters in the wrong place, pint does not read. */
const HEAD = /^@context\s*(?:\((.*)\))?\s+([\p{L}\p{N}_]+)\s*(?:=(.*))?/u;
const RULE = /^(\[[^:]*?)\s*(<->|->)\s*(\[[^:]*?)\s*:\s*(.*)$/;

/** The contexts that a text of definitions holds. */
export function contextsIn(text: string): ReadonlyMap<string, UnitContext> {
  const found = new Map<string, UnitContext>();
  let open: { names: string; defaults: string; rules: UnitContext['rules'][number][]; refused?: string } | undefined;
  for (const whole of text.split(/\r\n|\r|\n/)) {
    const line = whole.replace(/#.*$/, '').trim();
    const [, defaults, name, aliases] = HEAD.exec(line) ?? [];
    if (name !== undefined) {
      const names = aliases === undefined ? name : `${name}=${aliases}`;
      open = { names, defaults: defaults ?? '', rules: [] };
    } else if (line === '@end' && open !== undefined) {
      const { names: all, defaults: given, rules, refused } = open;
      register(found, all, { defaults: parametersOf(given), rules, refused });
      open = undefined;
    } else if (open !== undefined && line !== '') {
      const [, from, arrow, to, apply] = RULE.exec(line) ?? [];
      if (apply === undefined) open.refused = 'a pint context that redefines units';
      else {
        open.rules.push({ from: from!, to: to!, apply });
        if (arrow === '<->') open.rules.push({ from: to!, to: from!, apply });
      }
    }
  }
  return found;
}

function contextNamed(registry: PyRegistry, given: Value): UnitContext {
  if (given instanceof PyContext) return given;
  if (typeof given !== 'string') throw new Unsupported('a pint context of another kind');
  const { contexts, hasOwnContexts } = registry.state;
  const found = contexts.get(given) ?? (hasOwnContexts ? ownContexts().get(given) : undefined);
  if (found === undefined) throw raise('KeyError', given);
  return found;
}

interface Edge extends ActiveContext {
  readonly start: UnitsContainer;
  readonly goal: UnitsContainer;
  readonly apply: string | Value;
}

/** The rules that are enabled, the latest contexts first. */
function edgesOf(registry: PyRegistry, active: readonly ActiveContext[]): Edge[] {
  const dimensions = (text: string) => registry.definitions.dimensionality(unitsLike(registry, text, true));
  return active.flatMap(one =>
    one.context.rules.map(({ from, to, apply }) => ({ ...one, apply, start: dimensions(from), goal: dimensions(to) })),
  );
}

/** The contexts that are active once some more are enabled. */
export function enabled(
  registry: PyRegistry,
  names: readonly Value[],
  parameters: ReadonlyMap<string, Value>,
): readonly ActiveContext[] {
  const { active } = registry.state;
  const known = edgesOf(registry, active);
  // What the outermost one was given holds within it.
  const outermost = edgesOf(registry, active.slice(-1))[0];
  const inherited =
    outermost && known.find(({ start, goal }) => start.equals(outermost.start) && goal.equals(outermost.goal));
  const given = new Map([...(inherited?.parameters ?? []), ...parameters]);
  const added = names.map(name => {
    const context = contextNamed(registry, name);
    if (context.refused !== undefined) throw new Unsupported(context.refused);
    return { context, parameters: new Map([...context.defaults, ...given]) };
  });
  return [...added.reverse(), ...active];
}

/** The ways of fewest steps between two dimensions. */
function shortestWays(
  edges: readonly Edge[],
  start: UnitsContainer,
  goal: UnitsContainer,
): readonly UnitsContainer[][] {
  let ways: UnitsContainer[][] = [[start]];
  for (let length = 0; length < edges.length && ways.length > 0; length++) {
    const next: UnitsContainer[][] = [];
    for (const way of ways) {
      const seen = new Set<string>();
      for (const edge of edges) {
        if (!edge.start.equals(way.at(-1)!) || seen.has(edge.goal.key)) continue;
        seen.add(edge.goal.key);
        if (!way.some(one => one.equals(edge.goal))) next.push([...way, edge.goal]);
      }
    }
    const arrived = next.filter(way => way.at(-1)!.equals(goal));
    if (arrived.length > 0) return arrived;
    ways = next;
  }
  return [];
}

/** A quantity after the rules that lead to the dimensions of other units; itself where no rule is needed or leads there. */
export function transformed(q: PyQuantity, units: UnitsContainer, active: readonly ActiveContext[]): PyQuantity {
  if (active.length === 0) return q;
  const { registry } = q;
  const start = registry.facts(q.units).dimensionality;
  const goal = registry.facts(units).dimensionality;
  if (start.equals(goal)) return q;
  const edges = edgesOf(registry, active);
  const [way, ...others] = shortestWays(edges, start, goal);
  if (way === undefined) return q;
  if (others.length > 0) throw new Unsupported('a pint context that leads there in several ways');
  let value: Value = new PyQuantity(registry, q.magnitude, q.units);
  for (const [at, dimensions] of way.slice(1).entries()) {
    const edge = edges.find(one => one.start.equals(way[at]!) && one.goal.equals(dimensions))!;
    value =
      typeof edge.apply === 'string'
        ? parseQuantityText(registry, edge.apply, new Map([['value', value], ...edge.parameters]))
        : call(edge.apply, [registry, value], new Map(edge.parameters));
    if (!(value instanceof PyQuantity)) throw new Unsupported('a pint context whose rule gives no quantity');
  }
  return value as PyQuantity;
}

defineConstructor(
  contextClass,
  'Context(name=None, aliases=(), defaults=None)',
  (_cls: PyClass, name: Value | undefined, aliases: Value | undefined, defaults: Value | undefined) => {
    const names = aliases instanceof PyTuple || aliases instanceof PyList ? aliases.items.map(one => str(one)) : [];
    const given = new Map<string, Value>();
    if (defaults instanceof PyDict) for (const [key, value] of defaults.entries()) given.set(str(key), value);
    return new PyContext(name === undefined || name === null ? undefined : str(name), names, given);
  },
);
defineProperties(contextClass, {
  name: (self: PyContext) => self.name ?? null,
  aliases: (self: PyContext) => new PyTuple([...self.aliases]),
});
defineMethods(contextClass, {
  'add_transformation(src, dst, func)': (self: PyContext, from: Value, to: Value, func: Value) => {
    if (typeof from !== 'string' || typeof to !== 'string')
      throw new Unsupported('a pint context of dimensions by units');
    touch(self);
    self.rules.push({ from, to, apply: func });
    return null;
  },
  'redefine(definition)': () => {
    throw new Unsupported('a pint context that redefines units');
  },
});
refuseAttributes(
  contextClass,
  'checked defaults from_context from_definition from_lines funcs hashable redefinitions relation_to_context ' +
    'remove_transformation transform _redefine',
);

const managerClass = nativeClass('_GeneratorContextManager', undefined, 'contextlib');

/** What `with ureg.context(...)` enters. */
class ContextManager extends PyObject {
  readonly registry: PyRegistry;
  readonly names: readonly Value[];
  readonly parameters: ReadonlyMap<string, Value>;

  constructor(registry: PyRegistry, names: readonly Value[], parameters: ReadonlyMap<string, Value>) {
    super(managerClass);
    this.registry = registry;
    this.names = names;
    this.parameters = parameters;
  }
}

const disable = (registry: PyRegistry, count: number): void => registry.enable(registry.state.active.slice(count));

defineMethods(managerClass, {
  '__enter__()': ({ registry, names, parameters }: ContextManager) => {
    registry.enable(enabled(registry, names, parameters));
    return registry;
  },
  '__exit__(*exc_info)': ({ registry, names }: ContextManager) => {
    disable(registry, names.length);
    return null;
  },
});

/** The methods of a registry that have to do with contexts. */
export const contextMethods = {
  'context(*names, **parameters)': (self: PyRegistry, { items }: PyTuple, parameters: ReadonlyMap<string, Value>) =>
    new ContextManager(self, items, parameters),
  'enable_contexts(*names, **parameters)': (
    self: PyRegistry,
    { items }: PyTuple,
    parameters: ReadonlyMap<string, Value>,
  ) => {
    self.enable(enabled(self, items, parameters));
    return null;
  },
  'disable_contexts(n=None)': (self: PyRegistry, count: Value | undefined) => {
    disable(self, count === undefined || count === null ? self.state.active.length : Number(count));
    return null;
  },
  'add_context(context)': (self: PyRegistry, context: Value) => {
    if (!(context instanceof PyContext)) throw new Unsupported('a pint context of another kind');
    const { name, aliases } = context;
    if (name === undefined) throw raise('ValueError', "Can't add unnamed context to registry");
    const contexts = new Map(self.state.contexts);
    for (const one of [name, ...aliases]) contexts.set(one, context);
    self.update({ contexts });
    return null;
  },
} as const;

export { contextClass };
