/** What is evaluated when somebody asks for it for the first time: bounds of type parameters, values of type aliases. */
import { touch } from './mutation';
import { objectClass, PyObject, type Value } from './objects';

export class Deferred extends PyObject {
  evaluate: (() => Value) | undefined;
  result: Value = null;

  constructor(evaluate: () => Value) {
    super(objectClass);
    this.evaluate = evaluate;
  }
}

/** The value, which from then on is the same; any other value as it is. */
export function settled(value: Value): Value {
  if (!(value instanceof Deferred)) return value;
  if (value.evaluate !== undefined) {
    const result = value.evaluate();
    touch(value);
    value.result = result;
    value.evaluate = undefined;
  }
  return value.result;
}
