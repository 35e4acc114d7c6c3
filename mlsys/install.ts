/** Puts the built-in names and the library's modules where compiled code and imports find them. */
import { registerLibrary } from './library';
import { registerIPython } from './modules/ipython';
import { registerMatplotlib } from './modules/matplotlib';
import { registerPint } from './modules/pint';
import { registerStandardModules } from './modules/standard';
import { builtins } from './python/builtins';
import { builtinScope } from './python/runtime/globals';

builtinScope.names = builtins();
registerPint();
registerStandardModules();
registerIPython();
registerMatplotlib();
registerLibrary();
