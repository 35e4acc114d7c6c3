/** Python's standard modules: each is made when it is first imported. */
import { registerModule } from '../registry';
import { loadAbc } from './abc';
import { loadCollectionsAbc } from './abstract';
import { loadBisect, loadHeapq } from './bisect';
import { loadCalendar } from './calendar';
import { loadCollections } from './collections';
import { loadContextlib } from './contextlib';
import { loadCopy } from './copy';
import { loadDataclasses } from './dataclasses';
import { loadDatetime } from './datetime';
import { loadDecimal } from './decimal';
import { loadEnum } from './enum';
import { loadFractions } from './fractions';
import { loadFunctools } from './functools';
import { loadItertools } from './itertools';
import { loadJson } from './json';
import { loadNumbers } from './numbers';
import { loadOperator } from './operator';
import { loadRandom } from './random';
import { loadRe } from './re';
import { loadStatistics } from './statistics';
import { loadString, loadTextwrap } from './text';
import { loadFuture, loadTime, loadTypes } from './types';
import { loadTyping } from './typing';

/** Makes the standard modules known to `import`. */
export function registerStandardModules(): void {
  registerModule('abc', loadAbc);
  registerModule('collections', loadCollections);
  registerModule('collections.abc', loadCollectionsAbc);
  registerModule('copy', loadCopy);
  registerModule('dataclasses', loadDataclasses);
  registerModule('enum', loadEnum);
  registerModule('functools', loadFunctools);
  registerModule('itertools', loadItertools);
  registerModule('operator', loadOperator);
  registerModule('bisect', loadBisect);
  registerModule('heapq', loadHeapq);
  registerModule('statistics', loadStatistics);
  registerModule('fractions', loadFractions);
  registerModule('numbers', loadNumbers);
  registerModule('random', loadRandom);
  registerModule('re', loadRe);
  registerModule('json', loadJson);
  registerModule('string', loadString);
  registerModule('textwrap', loadTextwrap);
  registerModule('contextlib', loadContextlib);
  registerModule('types', loadTypes);
  registerModule('time', loadTime);
  registerModule('__future__', loadFuture);
  registerModule('decimal', loadDecimal);
  registerModule('datetime', loadDatetime);
  registerModule('calendar', loadCalendar);
  registerModule('typing', loadTyping);
  registerModule('typing_extensions', loadTyping);
}
