/** `IPython.display`: objects that say how they are shown, and `display` itself. */

import { addBuiltins } from '../../python/builtins';
import { PyError, raise, refusedPart, Unsupported } from '../../python/runtime/errors';
import { MAIN } from '../../python/runtime/namespaceNames';
import { defineConstructor, defineMethods, fn, type NativeBody } from '../../python/runtime/native';
import { changeNumberDisplay } from '../../python/runtime/numberDisplay';
import {
  nativeClass,
  type PyClass,
  PyInstance,
  PyList,
  PyModule,
  PyObject,
  PyTuple,
  type Value,
} from '../../python/runtime/objects';
import { callMethod, repr, str } from '../../python/runtime/operations';
import { vm } from '../../python/runtime/vm';
import { changesNumberDisplay, magicEffect } from '../../python/syntax/magic';
import { registerModule } from '../registry';
import { formatted } from './formatter';
import { prettyText } from './pretty';

const displayObjectClass = nativeClass('DisplayObject', undefined, 'IPython.core.display');

function textOf(self: PyInstance): string {
  const data = self.attrs?.get('data');
  return typeof data === 'string' ? data : '';
}

defineMethods(displayObjectClass, {
  '__repr__()': (self: PyInstance) => `<${self.cls.module}.${self.cls.name} object>`,
});

/** A class of objects that hold a text; `methods` say how it is shown. */
function define(name: string, methods: Readonly<Record<string, NativeBody>>): PyClass {
  const cls = nativeClass(name, [displayObjectClass], 'IPython.core.display');
  defineConstructor(
    cls,
    `${name}(data=None, url=None, filename=None, metadata=None)`,
    (made: PyClass, data?: Value, url?: Value, filename?: Value) => {
      const elsewhere = (url ?? null) !== null || (filename ?? null) !== null;
      if (elsewhere || (typeof data === 'string' && data.startsWith('http')))
        throw new Unsupported(`${name} of a file or an address`, 'give the text itself');
      if (data !== undefined && data !== null && typeof data !== 'string')
        throw raise('TypeError', `${name} expects text, not ${repr(data)}`);
      const shown = new PyInstance(made);
      shown.attrs!.set('data', data ?? null);
      return shown;
    },
  );
  defineMethods(cls, methods);
  return cls;
}

/** The text itself; None where there is none. */
const itself = (self: PyInstance): Value => self.attrs?.get('data') ?? null;

const classes = new Map<string, PyClass>([
  ['Markdown', define('Markdown', { '_repr_markdown_()': itself })],
  ['HTML', define('HTML', { '_repr_html_()': itself, '__html__()': itself })],
  ['Latex', define('Latex', { '_repr_latex_()': itself })],
  [
    'Math',
    define('Math', {
      '_repr_latex_()': (self: PyInstance) => `$\\displaystyle ${textOf(self).replace(/^\$+|\$+$/g, '')}$`,
    }),
  ],
  [
    'Pretty',
    define('Pretty', {
      '_repr_pretty_(p, cycle)': (self: PyInstance, printer: Value) => callMethod(printer, 'text', textOf(self)),
    }),
  ],
]);

/** The class of objects whose text is Markdown. */
export const markdownClass: PyClass = classes.get('Markdown')!;

/** A `Markdown` object. */
export function markdown(text: string): PyInstance {
  const made = new PyInstance(markdownClass);
  made.attrs!.set('data', text);
  return made;
}

/** Shows a value in the cell's output, in its richest form. */
export function displayValue(value: Value): void {
  const shown = formatted(value, ['text/html', 'text/markdown', 'text/latex', 'text/plain']);
  if (shown === undefined) return;
  const { mime, text } = shown;
  if (mime === 'text/plain') vm.display({ kind: 'value', value, text });
  else vm.display({ kind: KIND_OF[mime], text });
}

const KIND_OF = { 'text/html': 'html', 'text/markdown': 'markdown', 'text/latex': 'latex' } as const;

/**
 * Shows the value with which a cell ends. What is drawn is shown as a figure already; a value whose text fails leaves a
 * warning, and the cell is none the worse for it.
 */
export function displayLast(value: Value): void {
  if (isDrawn(value)) return;
  try {
    displayValue(value);
  } catch (error) {
    if (!(error instanceof PyError || error instanceof Unsupported)) throw error;
    vm.display({ kind: 'warning', text: `The value of the last line is not shown: ${messageOf(error)}` });
  }
}

function messageOf(error: PyError | Unsupported): string {
  return error instanceof PyError ? `${error.exception.cls.name}: ${str(error.exception)}` : error.message;
}

/** True for what a drawing function returns: the parts of a figure. */
function isDrawn(value: Value): boolean {
  if (value instanceof PyList || value instanceof PyTuple) return value.items.length > 0 && value.items.every(isDrawn);
  return value instanceof PyObject && value.cls.module.startsWith('matplotlib');
}

const refused = ['Image', 'SVG', 'Audio', 'Video', 'IFrame', 'YouTubeVideo', 'JSON', 'Javascript', 'FileLink'].map(
  name => [
    name,
    fn(`${name}(*args, **kwargs)`, () => {
      throw new Unsupported(`IPython.display.${name}`);
    }),
  ],
) satisfies [string, Value][];

const display = fn('display(*objs, **kwargs)', (objects: PyTuple) => {
  for (const each of objects.items) displayValue(each);
  return null;
});

/** IPython's shell in a notebook, as far as a cell may ask for it: magics without an effect pass, all else is refused. */
const shellClass = nativeClass('ZMQInteractiveShell', undefined, 'ipykernel.zmqshell');

function runMagic(sign: string, name: Value, line: Value): Value {
  if (typeof name !== 'string') throw raise('TypeError', `a magic is named by a text, not ${repr(name)}`);
  const text = `${sign}${name} ${typeof line === 'string' ? line : ''}`;
  const { names, anything, star = false } = magicEffect(text);
  if (anything || star || names.length > 0 || name === 'timeit' || name === 'time')
    throw new Unsupported(`the magic ${sign}${name}`);
  if (changesNumberDisplay(text)) changeNumberDisplay(`the magic ${sign}${name}`);
  return null;
}

const refusedOfShell = (name: string): NativeBody => {
  return () => {
    if (name === 'display_formatter') changeNumberDisplay('get_ipython().display_formatter');
    if (INDIFFERENT.has(name)) throw new Unsupported(`get_ipython().${name}`);
    throw refusedPart(MAIN, `get_ipython().${name}`);
  };
};

/** Parts of the shell that do not lead to the names of the chapter. */
const INDIFFERENT = new Set([
  ...['config', 'kernel', 'events', 'display_formatter', 'display_pub', 'set_custom_exc', 'ast_node_interactivity'],
  ...['execution_count', 'history_manager', 'showtraceback', 'set_next_input', 'colors', 'parent', 'banner', 'profile'],
]);

defineMethods(shellClass, {
  'run_line_magic(magic_name, line, _stack_depth=1)': (_self: PyInstance, name: Value, line: Value) =>
    runMagic('%', name, line),
  'magic(arg_s)': (_self: PyInstance, text: Value) => {
    const [name = '', ...rest] = str(text).split(' ');
    return runMagic('%', name.replace(/^%/, ''), rest.join(' '));
  },
  'run_cell_magic(magic_name, line, cell)': (_self: PyInstance, name: Value, line: Value) => runMagic('%%', name, line),
  'system(cmd)': () => null,
  'getoutput(cmd)': () => {
    throw new Unsupported('a shell command');
  },
  'run_cell(raw_cell, *args, **kwargs)': () => refusedOfShell('run_cell')(),
  'ex(cmd)': () => refusedOfShell('ex')(),
  'push(variables, interactive=True)': () => refusedOfShell('push')(),
  'safe_execfile(fname, *where, **kw)': () => refusedOfShell('safe_execfile')(),
  'enable_pylab(gui=None, import_all=True)': () => refusedOfShell('enable_pylab')(),
  '__getattr__(name)': (_self: PyInstance, name: Value) => refusedOfShell(str(name))(),
});

/** A new one for each call: what a cell puts on it is kept nowhere. */
const getIPython = fn('get_ipython()', () => new PyInstance(shellClass));

export function loadDisplay(): PyModule {
  return new PyModule(
    'IPython.display',
    new Map<string, Value>([
      ['DisplayObject', displayObjectClass],
      ...classes,
      ...(refused as [string, Value][]),
      ['display', display],
      ['clear_output', fn('clear_output(wait=False)', () => null)],
    ]),
  );
}

export function loadIPython(): PyModule {
  const module = new PyModule('IPython', new Map<string, Value>([['__path__', null]]));
  module.lazy = name => (name === 'display' || name === 'lib' ? vm.import(`IPython.${name}`) : undefined);
  module.attrs.set('get_ipython', getIPython);
  return module;
}

function loadPretty(): PyModule {
  return new PyModule(
    'IPython.lib.pretty',
    new Map<string, Value>([['pretty', fn('pretty(obj)', (value: Value) => prettyText(value))]]),
  );
}

function loadLib(): PyModule {
  const module = new PyModule('IPython.lib', new Map<string, Value>([['__path__', null]]));
  module.lazy = name => (name === 'pretty' ? vm.import('IPython.lib.pretty') : undefined);
  return module;
}

/** Makes IPython importable. */
export function registerIPython(): void {
  addBuiltins(() => [
    ['display', display],
    ['get_ipython', getIPython],
    // Quarto puts it beside them: it hands values to cells in Observable JavaScript.
    ['ojs_define', fn('ojs_define(**kwargs)', () => null)],
  ]);
  registerModule('IPython', loadIPython);
  registerModule('IPython.display', loadDisplay);
  registerModule('IPython.lib', loadLib);
  registerModule('IPython.lib.pretty', loadPretty);
}
