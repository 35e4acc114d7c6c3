/** `IPython.display`: objects that say how they are shown, and `display` itself. */
import { PyError, raise, Unsupported } from '../python/runtime/errors';
import { defineConstructor, defineMethods, fn } from '../python/runtime/native';
import {
  nativeClass,
  type PyClass,
  PyInstance,
  PyList,
  PyModule,
  PyObject,
  PyTuple,
  typeOf,
  type Value,
} from '../python/runtime/objects';
import { callMethod, repr, str } from '../python/runtime/operations';
import { vm } from '../python/runtime/vm';
import { prettyText } from './pretty';
import { registerModule } from './registry';

const displayObjectClass = nativeClass('DisplayObject', undefined, 'IPython.core.display');

const KINDS = [
  ['Markdown', 'markdown', '_repr_markdown_'],
  ['HTML', 'html', '_repr_html_'],
  ['Latex', 'latex', '_repr_latex_'],
  ['Math', 'latex', '_repr_latex_'],
  ['Pretty', 'text', '__repr__'],
] as const;

function textOf(self: PyInstance): string {
  const data = self.attrs?.get('data');
  return typeof data === 'string' ? data : '';
}

function define(name: string, shows: string): PyClass {
  const cls = nativeClass(name, [displayObjectClass], 'IPython.core.display');
  defineConstructor(cls, `${name}(data=None, **kwargs)`, (made: PyClass, data: Value | undefined) => {
    if (data !== undefined && data !== null && typeof data !== 'string')
      throw raise('TypeError', `${name} expects text, not ${repr(data)}`);
    const shown = new PyInstance(made);
    shown.attrs!.set('data', data ?? null);
    return shown;
  });
  defineMethods(cls, {
    [`${shows}()`]: (self: PyInstance) => (name === 'Math' ? `$\\displaystyle ${textOf(self)}$` : textOf(self)),
  });
  return cls;
}

const classes = new Map<string, PyClass>(KINDS.map(([name, , shows]) => [name, define(name, shows)]));

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
  for (const [kind, special] of [
    ['markdown', '_repr_markdown_'],
    ['html', '_repr_html_'],
    ['latex', '_repr_latex_'],
  ] as const) {
    const text = typeOf(value).lookup(special) === undefined ? undefined : callMethod(value, special);
    if (typeof text === 'string') {
      vm.display({ kind, text });
      return;
    }
  }
  vm.display({ kind: 'value', value, text: prettyText(value) });
}

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

export function loadDisplay(): PyModule {
  return new PyModule(
    'IPython.display',
    new Map<string, Value>([
      ['DisplayObject', displayObjectClass],
      ...classes,
      ...(refused as [string, Value][]),
      [
        'display',
        fn('display(*objs, **kwargs)', (objects: PyTuple) => {
          for (const each of objects.items) displayValue(each);
          return null;
        }),
      ],
      ['clear_output', fn('clear_output(wait=False)', () => null)],
    ]),
  );
}

export function loadIPython(): PyModule {
  const module = new PyModule('IPython', new Map<string, Value>([['__path__', null]]));
  module.lazy = name => (name === 'display' || name === 'lib' ? vm.import(`IPython.${name}`) : undefined);
  module.attrs.set(
    'get_ipython',
    fn('get_ipython()', () => {
      throw new Unsupported('get_ipython', 'cells run without IPython');
    }),
  );
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
  registerModule('IPython', loadIPython);
  registerModule('IPython.display', loadDisplay);
  registerModule('IPython.lib', loadLib);
  registerModule('IPython.lib.pretty', loadPretty);
}
