/** `ValidationError`. */
import { PyDict } from '../../python/runtime/dict';
import { exceptionClassOf, PyException, raise, Unsupported } from '../../python/runtime/errors';
import { defineClassMethods, defineMethods, defineProperties } from '../../python/runtime/native';
import { type PyClass, PyList, PyTuple, typeOf, type Value } from '../../python/runtime/objects';
import { str } from '../../python/runtime/operations';
import { type LineError, messageOf, pageOf, placeOf, shownLine } from './errors';
import { libraryClass } from './support';

export const validationErrorClass = libraryClass('ValidationError', 'pydantic_core._pydantic_core', [
  exceptionClassOf('ValueError'),
]);

export class PyValidationError extends PyException {
  readonly title: string;
  readonly lines: readonly LineError[];
  readonly json: boolean;
  readonly hideInput: boolean;
  constructor(title: string, lines: readonly LineError[], json: boolean, hideInput = false) {
    super(validationErrorClass, []);
    this.title = title;
    this.lines = lines;
    this.json = json;
    this.hideInput = hideInput;
  }
}

function shown(self: PyValidationError): string {
  const count = self.lines.length;
  const lines = self.lines.map(line => shownLine(line, self.json, self.hideInput, value => typeOf(value).qualname));
  return `${count} validation error${count === 1 ? '' : 's'} for ${self.title}\n${lines.join('\n')}`;
}

function described(line: LineError, json: boolean, url: boolean, context: boolean, input: boolean): PyDict {
  const made = PyDict.from([
    ['type', line.kind],
    ['loc', placeOf(line)],
    ['msg', messageOf(line, json)],
  ]);
  if (input) made.set('input', line.input);
  if (context && line.context.size > 0) made.set('ctx', PyDict.from(line.context));
  if (url && line.custom !== true) made.set('url', pageOf(line));
  return made;
}

defineMethods(validationErrorClass, {
  '__str__()': shown,
  '__repr__()': shown,
  'error_count()': (self: PyValidationError) => BigInt(self.lines.length),
  'errors(*, include_url=True, include_context=True, include_input=True)': (
    self: PyValidationError,
    url: Value = true,
    context: Value = true,
    input: Value = true,
  ) => new PyList(self.lines.map(line => described(line, self.json, url === true, context === true, input === true))),
  'json(**options)': () => {
    throw new Unsupported('ValidationError.json');
  },
});
defineProperties(validationErrorClass, { title: (self: PyValidationError) => self.title });

/** One line of `from_exception_data`. */
function lineOf(given: Value): LineError {
  if (!(given instanceof PyDict))
    throw raise('TypeError', `'${typeOf(given).name}' object cannot be converted to 'PyDict'`);
  const kind = given.get('type') ?? null;
  const context = given.get('ctx');
  const steps = given.get('loc');
  if (typeof kind !== 'string') throw new Unsupported('an error of another kind in from_exception_data');
  return {
    kind,
    steps:
      steps instanceof PyTuple ? [...steps.items].reverse().map(one => (typeof one === 'bigint' ? one : str(one))) : [],
    input: given.get('input') ?? null,
    context: context instanceof PyDict ? new Map(context.entries() as Iterable<[string, Value]>) : new Map(),
  };
}

defineClassMethods(validationErrorClass, {
  "from_exception_data(title, line_errors, input_type='python', hide_input=False)": (
    _cls: PyClass,
    title: string,
    lines: Value,
    kind: Value = 'python',
    hide: Value = false,
  ) => new PyValidationError(title, (lines as PyList).items.map(lineOf), kind === 'json', hide === true),
});
validationErrorClass.construct = () => {
  throw raise('TypeError', 'No constructor defined for ValidationError');
};
