/** How values read: in a sentence, in a hover. */
import { PyError, Refusal } from '../python/runtime/errors';
import { asOwnError } from '../python/runtime/frame';
import { PyInstance, PyObject, typeOf, type Value } from '../python/runtime/objects';
import { findAttribute, getAttribute, repr, str } from '../python/runtime/operations';
import { DEFAULT_BUDGETS, RunRecord, vm } from '../python/runtime/vm';

/** Small, since it runs once for each value that is shown. */
const BUDGETS = { ...DEFAULT_BUDGETS, steps: 1_000_000, milliseconds: 500, bytes: 50_000_000 };

/** Runs what may call an author's `__repr__` or `__str__` within a budget of its own. */
export function guarded<T>(body: () => T): T {
  return vm.during(new RunRecord(), undefined, BUDGETS, body);
}

/** The text of an object that says itself how it is displayed: `Markdown`, `HTML`, `Latex`. */
function ownText(value: Value): string | undefined {
  if (!(value instanceof PyObject)) return undefined;
  for (const name of ['_repr_markdown_', '_repr_html_', '_repr_latex_'])
    if (typeOf(value).lookup(name) !== undefined) {
      const data = value instanceof PyInstance ? value.attrs?.get('data') : undefined;
      const text = data ?? findAttribute(value, 'data');
      if (typeof text === 'string') return text;
    }
  return undefined;
}

/** How a value reads in a sentence, where code runs already; raises what the value's `__str__` raises. */
export function sentenceText(value: Value): string {
  return typeof value === 'string' ? value : (ownText(value) ?? str(value));
}

/** What an inline reference shows in the sentence. Raises what the value's `__str__` raises. */
export function displayText(value: Value): string {
  return typeof value === 'string' ? value : guarded(() => sentenceText(value));
}

/** A value for a hover. */
export interface Description {
  readonly repr: string;
  readonly type: string;
  /** Units of a quantity in their short form. */
  readonly unit?: string;
}

/** `repr`, type name and unit; a value whose repr fails, or is too much, by its type alone. */
export function describeValue(value: Value): Description {
  const type = typeOf(value).name;
  return guarded(() => {
    try {
      const text = repr(value);
      return type === 'Quantity' ? { repr: text, type, unit: str(getAttribute(value, 'units')) } : { repr: text, type };
    } catch (thrown) {
      const error = asOwnError(thrown);
      if (error instanceof PyError || error instanceof Refusal) return { repr: `<${type} object>`, type };
      throw error;
    }
  });
}
