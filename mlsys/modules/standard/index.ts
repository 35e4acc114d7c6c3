/** Python's standard modules: each is made when it is first imported. */
import { Unsupported } from '../../python/runtime/errors';
import type { PyModule } from '../../python/runtime/objects';
import { registerModule } from '../registry';
import { loadAbc } from './abc';
import { loadCollectionsAbc } from './abstract';
import { loadBisect, loadHeapq } from './bisect';
import { loadCalendar } from './calendar';
import { loadCollections } from './collections';
import { loadConfigparser } from './configparser';
import { loadContextlib } from './contextlib';
import { loadCopy } from './copy';
import { loadCsv } from './csv';
import { loadDataclasses } from './dataclasses';
import { loadDatetime } from './datetime';
import { loadDecimal } from './decimal';
import { loadEnum } from './enum';
import { loadFractions } from './fractions';
import { loadFunctools } from './functools';
import { loadGettext } from './gettext';
import { loadGraphlib } from './graphlib';
import { loadImportlib, loadMetadata, loadResources } from './importlib';
import { loadInspect } from './inspect';
import { loadIo } from './io';
import { loadItertools } from './itertools';
import { loadJson } from './json';
import { loadLogging } from './logging';
import { loadNumbers } from './numbers';
import { loadOperator } from './operator';
import { loadPlatform } from './platform';
import { loadRandom } from './random';
import { loadRe } from './re';
import { loadReprlib } from './reprlib';
import { loadStatistics } from './statistics';
import { loadString, loadTextwrap } from './text';
import { loadContextvars, loadThreading } from './threading';
import { loadTomli, loadTomllib } from './tomllib';
import { loadFuture, loadTime, loadTypes } from './types';
import { loadTyping } from './typing';
import { loadTypingExtensions } from './typing/extensions';

/** Names that modules have in CPython and not here: refused rather than called unknown. */
const MISSING: Readonly<Record<string, string>> = {
  'collections.abc': 'AsyncGenerator',
  calendar: 'HTMLCalendar LocaleHTMLCalendar LocaleTextCalendar',
  contextlib: 'AbstractAsyncContextManager AsyncExitStack aclosing asynccontextmanager',
  enum: 'EnumCheck EnumDict FlagBoundary NAMED_FLAGS global_enum_repr global_flag_repr global_str pickle_by_enum_name pickle_by_global_name',
  types:
    'AsyncGeneratorType CellType ClassMethodDescriptorType CodeType CoroutineType DynamicClassAttribute FrameType GetSetDescriptorType MemberDescriptorType MethodDescriptorType MethodWrapperType TracebackType WrapperDescriptorType get_original_bases prepare_class resolve_bases',
  typing:
    'AsyncGenerator BinaryIO IO ParamSpecArgs ParamSpecKwargs TextIO TypeAliasType clear_overloads get_overloads no_type_check_decorator',
};

/** Registers a module with what it lacks. */
function register(name: string, load: () => PyModule): void {
  const missing = new Set(MISSING[name]?.split(' '));
  registerModule(name, () => {
    const module = load();
    const { lazy } = module;
    if (missing.size > 0)
      module.lazy = attribute => {
        if (missing.has(attribute)) throw new Unsupported(`${name}.${attribute}`);
        return lazy?.(attribute);
      };
    return module;
  });
}

/** Makes the standard modules known to `import`. */
export function registerStandardModules(): void {
  register('abc', loadAbc);
  register('collections', loadCollections);
  register('collections.abc', loadCollectionsAbc);
  register('copy', loadCopy);
  register('dataclasses', loadDataclasses);
  register('enum', loadEnum);
  register('functools', loadFunctools);
  register('importlib', loadImportlib);
  register('importlib.resources', loadResources);
  register('importlib.metadata', loadMetadata);
  register('itertools', loadItertools);
  register('operator', loadOperator);
  register('bisect', loadBisect);
  register('gettext', loadGettext);
  register('graphlib', loadGraphlib);
  register('heapq', loadHeapq);
  register('statistics', loadStatistics);
  register('fractions', loadFractions);
  register('logging', loadLogging);
  register('numbers', loadNumbers);
  register('random', loadRandom);
  register('reprlib', loadReprlib);
  register('re', loadRe);
  register('json', loadJson);
  register('string', loadString);
  register('textwrap', loadTextwrap);
  register('contextlib', loadContextlib);
  register('types', loadTypes);
  register('io', loadIo);
  register('time', loadTime);
  register('__future__', loadFuture);
  register('decimal', loadDecimal);
  register('datetime', loadDatetime);
  register('calendar', loadCalendar);
  register('typing', loadTyping);
  register('typing_extensions', loadTypingExtensions);
  register('csv', loadCsv);
  register('tomllib', loadTomllib);
  register('tomli', loadTomli);
  register('configparser', loadConfigparser);
  register('threading', loadThreading);
  register('contextvars', loadContextvars);
  register('inspect', loadInspect);
  register('platform', loadPlatform);
}
