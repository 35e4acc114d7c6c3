/** Functions that the library makes at run time and that look to Python like functions written there. */
import type { PyDict } from '../../python/runtime/dict';
import { functionClass, type Keywords, PyCallable, type PyTuple, type Value } from '../../python/runtime/objects';
import { vm } from '../../python/runtime/vm';

export class MadeFunction extends PyCallable {
  name: string;
  qualname: string;
  module: Value = null;
  doc: Value = null;
  defaults: readonly Value[] = [];
  keywordDefaults: Map<string, Value> | undefined = undefined;
  annotations: PyDict | undefined = undefined;
  typeParams: PyTuple | undefined = undefined;
  readonly #body: (args: Value[], keywords: Keywords) => Value;

  constructor(name: string, body: (args: Value[], keywords: Keywords) => Value, qualname = name) {
    super(functionClass);
    this.name = name;
    this.qualname = qualname;
    this.#body = body;
  }

  invoke(args: Value[], keywords: Keywords): Value {
    vm.step();
    vm.enter();
    try {
      return this.#body(args, keywords);
    } finally {
      vm.leave();
    }
  }
}
