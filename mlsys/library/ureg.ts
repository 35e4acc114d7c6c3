/** The unit registry that all of `mlsys` shares, with the package's own units. */
import customUnits from '../data/customUnits.json';
import { PyRegistry, parseDefinitions } from '../units/index';
import { lazily } from './build';

/** `mlsys.constants.ureg`; a session's definitions lie over it (see `PyRegistry.channel`). */
export const sharedRegistry: () => PyRegistry = lazily(() => {
  const registry = new PyRegistry({ defaultFormat: '~P' }, 'mlsys.ureg');
  registry.define(
    customUnits.units.map(({ name, definition }) => `${name} = ${definition}`).join('\n'),
    parseDefinitions,
  );
  return registry;
});
