/** Frames, by which packages ask who calls them: the names of the calling module, and the frame behind. */
import { globalsOf } from '../../python/compiler/namespaces';
import { isOfLibrary } from '../../python/runtime/callers';
import { Unsupported } from '../../python/runtime/errors';
import { type Frame, moduleFrames } from '../../python/runtime/frame';
import { defineProperties, refuseAttributes } from '../../python/runtime/native';
import { nativeClass, PyObject, type Value } from '../../python/runtime/objects';
import { vm } from '../../python/runtime/vm';

const frameClass = nativeClass('frame', undefined, 'builtins');

class PyFrameObject extends PyObject {
  readonly frame: Frame;
  constructor(frame: Frame) {
    super(frameClass);
    this.frame = frame;
  }
}

const objects = new WeakMap<Frame, PyFrameObject>();

/** CPython may have code of its own there, or none, where the library has some here. */
function objectOf(frame: Frame | undefined, of: string): Value {
  if (frame === undefined || isOfLibrary(frame)) throw new Unsupported(of, 'code of the library calls it');
  const known = objects.get(frame) ?? new PyFrameObject(frame);
  objects.set(frame, known);
  return known;
}

defineProperties(frameClass, {
  f_back: ({ frame }: PyFrameObject) => {
    if (moduleFrames.has(frame))
      throw new Unsupported('f_back of a frame of a module or cell', 'the interpreter calls it');
    return objectOf(frame.back, 'f_back of this frame');
  },
  f_globals: ({ frame }: PyFrameObject) => globalsOf(frame),
});
refuseAttributes(
  frameClass,
  'f_builtins f_code f_lasti f_lineno f_locals f_trace f_trace_lines f_trace_opcodes f_generator clear __repr__ __str__ __format__',
);

/** `inspect.currentframe()` */
export const currentFrame = (): Value => objectOf(vm.running, 'inspect.currentframe()');
