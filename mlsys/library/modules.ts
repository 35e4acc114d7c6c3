/** The modules of the `mlsys` package (also under its later name, `mlsysim`), each made when first imported. */
import { builtinModule, registerModule } from '../modules/registry';
import { PyModule, PyTuple, type Value } from '../python/runtime/objects';
import { asLibrary } from './build';
import { constants } from './constants';
import { FORMATTING } from './formatting';
import { FORMULA_NAMES, formula } from './formulas';
import { registerGuards } from './guards';
import { TAPE_FUNCTIONS, tape } from './tape';
import { TOP_LEVEL, TWIN_MODULES, twinNames } from './twins';
import { sharedRegistry } from './ureg';
import { colours, vizFunctions } from './viz';

/** Where `mlsys` itself finds each of its names. */
const HOMES: Readonly<Record<string, string>> = {
  Hardware: 'hardware',
  Models: 'models',
  Tiers: 'deployment',
  Systems: 'systems',
  Archetypes: 'systems',
  Clusters: 'clusters',
  Nodes: 'clusters',
  ClusterSpec: 'clusters',
  NodeSpec: 'clusters',
  Datacenters: 'datacenters',
  Grids: 'datacenters',
  Racks: 'datacenters',
  GridProfile: 'datacenters',
  RackProfile: 'datacenters',
  Engine: 'engine',
  Scenarios: 'scenarios',
  Applications: 'scenarios',
  FleetScenarios: 'scenarios',
  Fleet: 'scenarios',
  ureg: 'constants',
  Q_: 'constants',
  start_chapter: 'registry',
  end_chapter: 'registry',
};

function named(functions: readonly { readonly name: string }[]): [string, Value][] {
  return functions.map(one => [one.name, one as unknown as Value]);
}

/** Names of each submodule; made together when the module is first imported. */
const CONTENTS: Readonly<Record<string, () => Iterable<readonly [string, Value]>>> = {
  constants: () => [['pint', builtinModule('pint')!] as const, ...constants()],
  formatting: () => [...named(FORMATTING), ['ureg', sharedRegistry()] as const],
  formulas: () => [
    ...constants(),
    ['math', builtinModule('math')!] as const,
    ['pint', builtinModule('pint')!] as const,
  ],
  registry: () => named(TAPE_FUNCTIONS),
  viz: () => {
    const palette = colours();
    // importing the module imports matplotlib
    const plt = builtinModule('matplotlib.pyplot');
    return [['COLORS', palette] as const, ...named(vizFunctions(palette)), ...(plt ? [['plt', plt] as const] : [])];
  },
  engine: () => twinNames('mlsys.engine'),
};
for (const module of Object.keys(TWIN_MODULES)) {
  const name = module.slice('mlsys.'.length);
  (CONTENTS as Record<string, () => Iterable<readonly [string, Value]>>)[name] = () => twinNames(module);
}

/** Submodules by name, for completion. */
export const SUBMODULES: readonly string[] = Object.keys(CONTENTS).sort();

function submodule(name: string): PyModule {
  return asLibrary(() => {
    const module = new PyModule(`mlsys.${name}`, new Map(CONTENTS[name]!()));
    // the tape belongs to the session, so it is asked for each time
    if (name === 'formulas') {
      module.lazy = formula;
      module.attrs.set('__all__', new PyTuple([...module.attrs.keys(), ...FORMULA_NAMES]));
    }
    if (name === 'registry') module.lazy = attribute => (attribute === 'TAPE' ? tape() : undefined);
    return module;
  });
}

function topLevel(): PyModule {
  return asLibrary(() => {
    const module = new PyModule('mlsys', new Map<string, Value>([['__all__', new PyTuple([...TOP_LEVEL])]]));
    module.lazy = name => {
      if (Object.hasOwn(CONTENTS, name)) return builtinModule(`mlsys.${name}`);
      const home = Object.hasOwn(HOMES, name) ? HOMES[name] : undefined;
      return home === undefined ? undefined : builtinModule(`mlsys.${home}`)?.attrs.get(name);
    };
    return module;
  });
}

/** Makes the package known to `import`. */
export function registerLibrary(): void {
  registerGuards();
  for (const root of ['mlsys', 'mlsysim']) {
    registerModule(root, () => (root === 'mlsys' ? topLevel() : builtinModule('mlsys')!));
    for (const name of SUBMODULES)
      registerModule(`${root}.${name}`, () => (root === 'mlsys' ? submodule(name) : builtinModule(`mlsys.${name}`)!));
  }
}
