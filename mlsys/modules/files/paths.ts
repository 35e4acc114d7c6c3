/** Paths as Python code gives them. */
import { raise, Unsupported } from '../../python/runtime/errors';
import { PyBytes, typeOf, unwrap, type Value } from '../../python/runtime/objects';
import { call, typeName } from '../../python/runtime/operations';
import { refuseUnknown } from '../../python/runtime/unknown';

/** The text of a path, as `os.fspath` has it. */
export function pathText(value: Value): string {
  const plain = unwrap(value);
  if (typeof plain === 'string') return plain;
  if (plain instanceof PyBytes) throw new Unsupported('a path of bytes', 'give it as a text');
  const method = typeOf(plain).lookup('__fspath__');
  if (method === undefined)
    throw raise('TypeError', `expected str, bytes or os.PathLike object, not ${typeName(value)}`);
  const text = unwrap(call(method, [plain]));
  if (typeof text === 'string') return text;
  refuseUnknown(text);
  throw raise('TypeError', `expected ${typeName(value)}.__fspath__() to return str or bytes, not ${typeName(text)}`);
}
