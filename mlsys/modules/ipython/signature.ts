/** `str(inspect.signature(function))` of functions that are written in Python. */
import { PyFunction } from '../../python/runtime/function';
import { PyClass, PyObject, typeOf, type Value } from '../../python/runtime/objects';
import { findAttribute, repr, str } from '../../python/runtime/operations';

/** More functions than this around one another are a cycle. */
const MOST_WRAPPERS = 100;

/** `(x, *, unit='s') -> float`; undefined for a function that is not written in Python. */
export function signatureText(value: Value): string | undefined {
  let inner = value;
  for (let depth = 0; depth < MOST_WRAPPERS; depth++) {
    const wrapped = inner instanceof PyObject ? findAttribute(inner, '__wrapped__') : undefined;
    if (wrapped === undefined) return inner instanceof PyFunction ? ofFunction(inner) : undefined;
    inner = wrapped;
  }
  return undefined;
}

function ofFunction({ code, defaults, keywordDefaults, annotations }: PyFunction): string {
  const { positional, positionalOnly, keywordOnly, rest, keywords } = code.signature;
  const parts: string[] = [];
  const add = (name: string, marks: string, preset: Value | undefined): void => {
    const annotation = annotations?.get(name);
    const type = annotation === undefined ? '' : `: ${annotationText(annotation)}`;
    const gap = annotation === undefined ? '=' : ' = ';
    parts.push(`${marks}${name}${type}${preset === undefined ? '' : `${gap}${repr(preset)}`}`);
  };
  positional.forEach((name, at) => {
    add(name, '', defaults[at - positional.length + defaults.length]);
    if (at + 1 === positionalOnly) parts.push('/');
  });
  if (rest !== undefined) add(rest, '*', undefined);
  else if (keywordOnly.length > 0) parts.push('*');
  for (const name of keywordOnly) add(name, '', keywordDefaults?.get(name));
  if (keywords !== undefined) add(keywords, '**', undefined);
  const returns = annotations?.get('return');
  return `(${parts.join(', ')})${returns === undefined ? '' : ` -> ${annotationText(returns)}`}`;
}

/** A type by its name, anything else by its repr, without the module `typing`. */
function annotationText(value: Value): string {
  if (value instanceof PyObject && findAttribute(value, '__module__') === 'typing')
    return repr(value).replaceAll(/[\w.]+/g, name => name.replace(/^typing\./, ''));
  if (typeOf(value).name === 'GenericAlias') return str(value);
  if (!(value instanceof PyClass)) return repr(value);
  return value.module === 'builtins' ? value.qualname : `${value.module}.${value.qualname}`;
}
