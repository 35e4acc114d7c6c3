/** Places of code that bind, store, call and read, as `facts.ts` finds them. */
import type { Expression } from '../syntax/ast';

/** Where a name's value may come from: an expression, an item of one, or (undefined) anything that the code mentions. */
export interface Flow {
  readonly from: Expression | undefined;
  readonly item: boolean;
}

/** An assignment to an attribute or an item, or its deletion. */
export interface StoreInto {
  readonly object: Expression;
  readonly attribute: string | undefined;
  /** What is stored; undefined for a deletion. */
  readonly value: Expression | undefined;
  /** The constant key of an item; undefined where it is computed. */
  readonly key: string | number | bigint | boolean | null | undefined;
}

/** A call, of a decorator too. */
export interface CallSite {
  readonly func: Expression;
  readonly args: readonly Expression[];
  /** The argument `out=`, in which functions of the library put what they give. */
  readonly out?: Expression | undefined;
}

/** A class statement: its bases and its metaclass get all that stands in its body. */
export interface ClassSite {
  readonly makers: readonly Expression[];
  /** What keywords give them. */
  readonly given: readonly Expression[];
  /** Names that the body binds. */
  readonly names: ReadonlySet<string>;
}

export interface AttributeUse {
  readonly object: Expression;
  readonly name: string;
  /** True where it is called at once, or set. */
  readonly called: boolean;
}
