/** Puts the built-in names and the library's modules where compiled code and imports find them. */
import members from './data/members.json';
import { registerLibrary } from './library';
import { registerCmath } from './modules/cmath';
import { registerIPython } from './modules/ipython';
import { registerMath } from './modules/math';
import { registerMatplotlib } from './modules/matplotlib';
import { registerNumpy } from './modules/numpy';
import { registerPint } from './modules/pint';
import { registerPydantic } from './modules/pydantic';
import { isOfPython } from './modules/registry';
import { registerStandardModules } from './modules/standard';
import { registerSystemModules } from './modules/system';
import { registerYaml } from './modules/yaml';
import { builtins } from './python/builtins';
import { builtinScope } from './python/runtime/globals';
import { memberRecord, pythonLibrary } from './python/runtime/members';

memberRecord.read = () => members;
pythonLibrary.has = isOfPython;
registerMath();
registerCmath();
registerNumpy();
registerPint();
registerStandardModules();
registerSystemModules();
registerIPython();
// IPython adds to them.
builtinScope.names = builtins();
registerMatplotlib();
registerPydantic();
registerYaml();
registerLibrary();
