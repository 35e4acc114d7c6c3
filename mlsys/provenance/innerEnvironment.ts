/** Names that an expression has besides those around it. */
import type { Attribute, Name } from '../python/syntax/ast';
import type { Environment, Read } from './tracer';

/** Passes on what it does not have itself. */
export abstract class InnerEnvironment implements Environment {
  protected readonly outer: Environment;

  constructor(outer: Environment) {
    this.outer = outer;
  }

  get file(): string {
    return this.outer.file;
  }

  get text(): string {
    return this.outer.text;
  }

  get isLibrary(): boolean {
    return this.outer.isLibrary;
  }

  get depth(): number {
    return this.outer.depth;
  }

  isTurned(name: Name): boolean {
    return this.outer.isTurned?.(name) === true;
  }

  abstract read(node: Name | Attribute): Read | undefined;
}
