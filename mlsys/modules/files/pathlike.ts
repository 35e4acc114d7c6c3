/** `os.PathLike`: whatever has an `__fspath__`. */
import { nativeClass, type PyClass, typeOf } from '../../python/runtime/objects';

let made: PyClass | undefined;

export function loadAbstractPathLike(): PyClass {
  if (made === undefined) {
    made = nativeClass('PathLike', undefined, 'os');
    made.instanceCheck = value => typeOf(value).lookup('__fspath__') !== undefined;
    made.subclassCheck = cls => cls.lookup('__fspath__') !== undefined;
  }
  return made;
}
