/** `PydanticSerializationError`. */
import { exceptionClassOf, PyError, PyException } from '../../python/runtime/errors';
import { libraryClass } from './support';

export const serializationErrorClass = libraryClass('PydanticSerializationError', 'pydantic_core._pydantic_core', [
  exceptionClassOf('ValueError'),
]);

/** What cannot be dumped. */
export function userSerializationError(message: string): PyError {
  return new PyError(new PyException(serializationErrorClass, [message]));
}
