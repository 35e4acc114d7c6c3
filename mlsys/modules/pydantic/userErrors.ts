/** Errors of whoever writes a model wrongly. */
import { exceptionClassOf, PyError, PyException } from '../../python/runtime/errors';
import { defineMethods, defineProperties } from '../../python/runtime/native';
import type { Value } from '../../python/runtime/objects';
import { libraryClass } from './support';

export const userErrorClass = libraryClass('PydanticUserError', 'pydantic.errors', [exceptionClassOf('TypeError')]);
export const schemaErrorClass = libraryClass('PydanticSchemaGenerationError', 'pydantic.errors', [userErrorClass]);
export const undefinedAnnotationClass = libraryClass('PydanticUndefinedAnnotation', 'pydantic.errors', [
  exceptionClassOf('NameError'),
]);

for (const cls of [userErrorClass, undefinedAnnotationClass]) {
  defineProperties(cls, {
    code: (self: PyException) => self.attrs?.get('code') ?? null,
    message: (self: PyException) => self.args.items[0] ?? null,
  });
  defineMethods(cls, {
    '__str__()': (self: PyException) => {
      const message = String(self.args.items[0] ?? '');
      const code = self.attrs?.get('code');
      return typeof code === 'string'
        ? `${message}\n\nFor further information visit https://errors.pydantic.dev/2.10/u/${code}`
        : message;
    },
  });
}

/** A `PydanticUserError` ready to throw; `code` names its page. */
export function userError(code: string | undefined, message: string, cls = userErrorClass): PyError {
  const made = new PyException(cls, [message]);
  if (code !== undefined) made.attrs!.set('code', code as Value);
  return new PyError(made);
}
