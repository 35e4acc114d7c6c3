/** `numpy.random`: seeded generators only, with numpy's own streams. */
import { Unsupported } from '../../../python/runtime/errors';
import { fn } from '../../../python/runtime/native';
import { changesState } from '../../../python/runtime/nativeEffects';
import { PyModule, type Value } from '../../../python/runtime/objects';
import { REFUSED } from './distributions';
import { generatorClass, makeGenerator } from './generator';
import { LEGACY, legacyFunction, randomStateClass, seedModule } from './legacy';

export function randomModule(): PyModule {
  const module = new PyModule('numpy.random');
  for (const [signature, body] of Object.entries(LEGACY)) {
    const made = fn(signature, legacyFunction(body));
    module.attrs.set(made.name, made);
  }
  module.attrs.set(
    'default_rng',
    fn('default_rng(seed=None)', (seed: Value | undefined) => makeGenerator(seed)),
  );
  module.attrs.set(
    'seed',
    fn('seed(seed=None)', (seed: Value | undefined) => seedModule(seed)),
  );
  for (const [name, made] of module.attrs) if (name !== 'default_rng') changesState('numpy.random', made);
  module.attrs.set('Generator', generatorClass);
  module.attrs.set('RandomState', randomStateClass);
  module.lazy = name => {
    if (REFUSED.includes(name)) throw new Unsupported(`numpy.random.${name}`);
    return undefined;
  };
  return module;
}
