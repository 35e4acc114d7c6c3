/**
 * How IPython shows a value: in each form that the value offers, by a method such as `_repr_html_`, and as plain text.
 * Facts from `IPython.core.formatters` 8. A method that fails offers nothing; only the plain text of a value must not fail.
 */

import { PyDict } from '../../python/runtime/dict';
import { exceptionClass, PyError, Unsupported } from '../../python/runtime/errors';
import { requireNumberDisplay } from '../../python/runtime/numberDisplay';
import {
  BoundMethod,
  isInstance,
  PyClass,
  PyInstance,
  PyObject,
  PyTuple,
  typeOf,
  type Value,
} from '../../python/runtime/objects';
import { call, findAttribute, getAttribute, isCallable, repr } from '../../python/runtime/operations';
import { refuseUnknown } from '../../python/runtime/unknown';
import { hasOwnPrinter, prettyText } from './pretty';

export type DisplayMime = 'text/html' | 'text/markdown' | 'text/latex' | 'text/plain';

export interface DisplayData {
  readonly mime: DisplayMime;
  readonly text: string;
}

const METHODS: Readonly<Record<Exclude<DisplayMime, 'text/plain'>, string>> = {
  'text/html': '_repr_html_',
  'text/markdown': '_repr_markdown_',
  'text/latex': '_repr_latex_',
};

/**
 * The value in the first of the wanted forms that it offers; undefined where it shows itself (`_ipython_display_`).
 * Raises what the `__repr__` of a value raises that offers nothing else.
 */
export function formatted(value: Value, wanted: readonly DisplayMime[]): DisplayData | undefined {
  if (!(value instanceof PyObject)) {
    if (typeof value === 'number') requireNumberDisplay();
    return { mime: 'text/plain', text: repr(value) };
  }
  if (attempt(value, '_ipython_display_', []) !== undefined) return undefined;
  const bundle = bundleOf(value);
  for (const mime of wanted) {
    const text = inForm(value, mime, bundle);
    if (text !== undefined) return { mime, text };
  }
  return undefined;
}

function inForm(value: PyObject, mime: DisplayMime, bundle: PyDict | undefined): string | undefined {
  const given = bundle?.get(mime);
  if (mime === 'text/plain') {
    if (typeof given === 'string' && !hasOwnPrinter(value)) return given;
    requireNumberDisplay();
    return prettyText(value);
  }
  if (given !== undefined) return typeof given === 'string' ? given : undefined;
  return textOf(withoutMetadata(attempt(value, METHODS[mime], []), METHODS[mime]));
}

/** What `_repr_mimebundle_` gives, by form. */
function bundleOf(value: PyObject): PyDict | undefined {
  const name = '_repr_mimebundle_';
  const keywords = new Map<string, Value>([
    ['include', null],
    ['exclude', null],
  ]);
  const bundle = withoutMetadata(attempt(value, name, [], keywords), name);
  return bundle instanceof PyDict ? bundle : undefined;
}

/** A method may give its result with metadata, as a pair. */
function withoutMetadata(result: Value | undefined, method: string): Value | undefined {
  if (!(result instanceof PyTuple)) return result;
  if (result.items.length !== 2) throw new Unsupported(`a tuple of ${result.items.length} from ${method}`);
  return result.items[0];
}

function textOf(value: Value | undefined): string | undefined {
  if (typeof value === 'string') return value;
  return value instanceof PyInstance && typeof value.payload === 'string' ? value.payload : undefined;
}

/** The result of a method that shows the value; undefined where the value has none, or where it raises an exception. */
function attempt(value: PyObject, name: string, args: Value[], keywords?: Map<string, Value>): Value | undefined {
  try {
    const method = methodOf(value, name);
    const result = method === undefined ? undefined : call(method, args, keywords);
    refuseUnknown(result);
    return result;
  } catch (error) {
    if (error instanceof PyError && isInstance(error.exception, exceptionClass)) return undefined;
    throw error;
  }
}

/** What an object that makes up every attribute on demand has as well. */
const CANARY = '_ipython_canary_method_should_not_exist_';

function methodOf(value: PyObject, name: string): Value | undefined {
  if (typeOf(value).native && !(value instanceof PyClass))
    return typeOf(value).lookup(name) === undefined ? undefined : getAttribute(value, name);
  if ((findAttribute(value, CANARY) ?? null) !== null) return undefined;
  const method = findAttribute(value, name);
  if (method === undefined || !isCallable(method)) return undefined;
  // A class is not shown by the methods of its objects.
  return value instanceof PyClass && !(method instanceof BoundMethod) ? undefined : method;
}
