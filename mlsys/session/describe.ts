/** How values read: in a sentence, in a hover. */
import { formatted } from '../modules/ipython/formatter';
import { PyError, Refusal, raise } from '../python/runtime/errors';
import { asOwnError } from '../python/runtime/frame';
import { typeOf, type Value } from '../python/runtime/objects';
import { getAttribute, repr, str } from '../python/runtime/operations';
import { DEFAULT_BUDGETS, RunRecord, vm } from '../python/runtime/vm';

/** Small, since it runs once for each value that is shown. */
const BUDGETS = { ...DEFAULT_BUDGETS, steps: 1_000_000, milliseconds: 500, bytes: 50_000_000 };

/** Runs what may call an author's `__repr__` or `__str__` within a budget of its own. */
export function guarded<T>(body: () => T): T {
  return vm.during(new RunRecord(), undefined, BUDGETS, body);
}

/** What an inline reference leaves in its sentence. */
export interface Display {
  readonly mime: 'text/html' | 'text/markdown' | 'text/plain';
  /** In that form. Of a text, the inside of its repr: a line break in it is the two characters `\\n`. */
  readonly text: string;
  /** True for plain text that stood in quotes: its characters count as they are, none of them as markup. */
  readonly quoted: boolean;
}

const QUOTED = /^(['"])[\s\S]*\1$/;

/**
 * How a value reads in a sentence of an HTML book, where code runs already: as Quarto's Jupyter engine takes it from
 * IPython. Raises what the value's `__repr__` raises.
 */
export function sentenceDisplay(value: Value): Display {
  const shown = formatted(value, ['text/html', 'text/markdown', 'text/plain']);
  if (shown === undefined)
    throw raise('KeyError', 'the value shows itself (_ipython_display_) and leaves no text for the sentence');
  const { mime, text } = shown;
  if (mime === 'text/html' || mime === 'text/markdown') return { mime, text, quoted: false };
  const quoted = text.length > 1 && QUOTED.test(text);
  return { mime: 'text/plain', text: quoted ? text.slice(1, -1) : text, quoted };
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
