/** `pint`: registries, quantities and errors, on the library's own units. */
import { raise, Unsupported } from '../python/runtime/errors';
import { fn } from '../python/runtime/native';
import { changesState } from '../python/runtime/nativeEffects';
import { PyModule, type Value } from '../python/runtime/objects';
import {
  APPLICATION,
  applicationRegistry,
  contextClass,
  lazyRegistryClass,
  OWN_FORMATS,
  PyRegistry,
  pintErrors,
  plainQuantityClass,
  plainUnitClass,
  quantityBase,
  registryClass,
  setApplicationRegistry,
  unitBase,
  unitsContainerClass,
} from '../units/index';
import { registerModule } from './registry';

function refused(name: string): Value {
  return fn(`${name}(*args, **kwargs)`, () => {
    throw new Unsupported(`pint.${name}`);
  });
}

function load(): PyModule {
  const module = new PyModule(
    'pint',
    new Map<string, Value>([
      ['UnitRegistry', registryClass],
      ['Quantity', quantityBase],
      ['Unit', unitBase],
      ...[...pintErrors].filter(([name]) => name !== 'DefinitionError' && name !== 'PintTypeError'),
      ['get_application_registry', fn('get_application_registry()', () => applicationRegistry())],
      [
        'set_application_registry',
        changesState(
          APPLICATION,
          fn('set_application_registry(registry)', (registry: Value) => {
            if (!(registry instanceof PyRegistry))
              throw raise('TypeError', 'Expected UnitRegistry; got something else');
            setApplicationRegistry(registry);
            return null;
          }),
        ),
      ],
      ['Measurement', refused('Measurement')],
      ['Context', contextClass],
      ['LazyRegistry', lazyRegistryClass],
      ['pi_theorem', refused('pi_theorem')],
      ['register_unit_format', changesState(OWN_FORMATS, refused('register_unit_format'))],
    ]),
  );
  module.lazy = name => (name === 'application_registry' ? applicationRegistry() : undefined);
  module.attrs.set('errors', new PyModule('pint.errors', new Map<string, Value>([...pintErrors])));
  module.attrs.set(
    'util',
    new PyModule('pint.util', new Map<string, Value>([['UnitsContainer', unitsContainerClass]])),
  );
  const registry: [string, Value][] = [
    ['UnitRegistry', registryClass],
    ['LazyRegistry', lazyRegistryClass],
    ['Quantity', quantityBase],
    ['Unit', unitBase],
  ];
  module.attrs.set('registry', new PyModule('pint.registry', new Map(registry)));
  const plain: [string, Value][] = [
    ['PlainQuantity', plainQuantityClass],
    ['PlainUnit', plainUnitClass],
  ];
  const facets = new PyModule('pint.facets', new Map([['plain', new PyModule('pint.facets.plain', new Map(plain))]]));
  module.attrs.set('facets', facets);
  return module;
}

let made: PyModule | undefined;

function pint(): PyModule {
  made ??= load();
  return made;
}

/** Makes the package known to `import`. */
export function registerPint(): void {
  registerModule('pint', pint);
  registerModule('pint.errors', () => pint().attrs.get('errors') as PyModule);
  registerModule('pint.registry', () => pint().attrs.get('registry') as PyModule);
  registerModule('pint.facets', () => pint().attrs.get('facets') as PyModule);
  registerModule('pint.facets.plain', () => (pint().attrs.get('facets') as PyModule).attrs.get('plain') as PyModule);
  registerModule('pint.util', () => pint().attrs.get('util') as PyModule);
}
