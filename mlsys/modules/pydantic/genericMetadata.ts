/** What a generic model knows of its type variables and arguments. */
import { objectClass, type PyClass, PyObject, type Value } from '../../python/runtime/objects';

/** How a generic model was given its arguments. */
export class PyGenericMetadata extends PyObject {
  readonly origin: PyClass | null;
  readonly args: readonly Value[];
  readonly parameters: readonly Value[];
  /** Told of the class before its fields are read, in which it may occur. */
  readonly begin: ((cls: PyClass) => void) | undefined;
  constructor(
    origin: PyClass | null,
    args: readonly Value[],
    parameters: readonly Value[],
    begin?: (cls: PyClass) => void,
  ) {
    super(objectClass);
    this.origin = origin;
    this.args = args;
    this.parameters = parameters;
    this.begin = begin;
  }
}
