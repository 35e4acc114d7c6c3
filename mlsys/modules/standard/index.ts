/** Python's standard modules: each is made when it is first imported. */
import { registerModule } from '../registry';
import { loadAbc } from './abc';
import { loadCollectionsAbc } from './abstractCollections';
import { loadCollections } from './collections';
import { loadFunctools } from './functools';
import { loadItertools } from './itertools';
import { loadOperator } from './operator';

/** Makes the standard modules known to `import`. */
export function registerStandardModules(): void {
  registerModule('abc', loadAbc);
  registerModule('collections', loadCollections);
  registerModule('collections.abc', loadCollectionsAbc);
  registerModule('functools', loadFunctools);
  registerModule('itertools', loadItertools);
  registerModule('operator', loadOperator);
}
