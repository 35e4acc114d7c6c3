/** What a program does with names: each place of one, in the order in which Python comes by. */
import type {
  Alias,
  Attribute,
  ExceptHandler,
  Expression,
  Identifier,
  Import,
  ImportFrom,
  Keyword,
  Magic,
  Name,
  Span,
  Statement,
} from './ast';
import type { Scope } from './scope';

/** `update` reads and writes (`x += 1`); `annotate` is `x: int`; `declare` is `global` and `nonlocal`. */
export type Access = 'read' | 'write' | 'update' | 'delete' | 'annotate' | 'declare';

export type BindingKind = 'assignment' | 'import' | 'function' | 'class' | 'loop' | 'other';

/** What an import takes. */
export interface ImportSource {
  /** Dotted name, without the dots of a relative import. */
  readonly module: string;
  readonly level: number;
  /** The name taken from the module; undefined in `import module`. */
  readonly name: string | undefined;
  /** `a.b as c` */
  readonly alias: Alias;
}

/** How a name, or an attribute, gets its value. */
export interface NameBinding {
  readonly kind: BindingKind;
  /** The expression whose value it takes; undefined where it takes a part of one, or something else. */
  readonly value: Expression | undefined;
  readonly source: ImportSource | undefined;
  readonly annotation?: Expression | undefined;
}

/** An attribute of something that has no name: `rate` in `Pump(3).rate`. */
export interface LooseAttribute {
  readonly attribute: Identifier;
  readonly object: Expression;
  readonly scope: Scope;
  readonly statement: Statement | ExceptHandler;
}

/** A call, which may pass arguments by their names. */
export type NamedCall = Extract<Expression, { kind: 'Call' }>;

/** A name by which an argument is passed. */
export interface PassedKeyword {
  readonly name: Identifier;
  /** What is called, or the class of a pattern; undefined in the list of a class's bases. */
  readonly callee: Expression | undefined;
  /** The first argument of the call without a name. */
  readonly first: Expression | undefined;
  readonly scope: Scope;
  readonly statement: Statement | ExceptHandler;
}

/** One place at which a scope names a variable. */
export interface Occurrence {
  readonly name: string;
  readonly span: Span;
  /** The scope that looks the name up, or binds it. */
  readonly scope: Scope;
  /** What happens to the name. */
  readonly access: Access;
  /** The attributes that are taken of it right there: `b` and `c` in `a.b.c`. */
  readonly attributes: readonly Identifier[];
  /** Of the name where it is written; where it is read, of the last attribute if that is (`a.b = 1`). */
  readonly binding: NameBinding | undefined;
  /** Within a target that is no name, such as `a.b` or `a[i]`: what is done there may change the object. */
  readonly inTarget: boolean;
  readonly inAnnotation: boolean;
  /** The innermost statement, or the handler of an exception whose name it is. */
  readonly statement: Statement | ExceptHandler;
}

const NO_ATTRIBUTES: readonly Identifier[] = [];

/** Takes occurrences down while scopes are found. */
export class Recorder {
  readonly occurrences: Occurrence[] = [];
  readonly imports: (Import | ImportFrom)[] = [];
  readonly magics: Magic[] = [];
  /** Names by which calls, and lists of base classes, pass arguments. */
  readonly keywords: PassedKeyword[] = [];
  readonly looseAttributes: LooseAttribute[] = [];
  /** The scopes of the occurrences, by the nodes that open them. */
  scopes: ReadonlyMap<object, Scope> = new Map();
  /** Depth of annotations around what is visited. */
  annotations = 0;
  #statement: Statement | ExceptHandler | undefined;
  #target: { readonly node: Expression; readonly kind: BindingKind | undefined } | undefined;

  /** Goes into a statement; gives the one around it. */
  enter(statement: Statement | ExceptHandler | undefined): Statement | ExceptHandler | undefined {
    const around = this.#statement;
    this.#statement = statement;
    return around;
  }

  /** Goes into a target that is no name. */
  enterTarget(node: Expression, kind: BindingKind | undefined): void {
    this.#target = { node, kind };
  }

  leaveTarget(): void {
    this.#target = undefined;
  }

  read(node: Name, scope: Scope): void {
    this.#add(node.id, node, scope, 'read', NO_ATTRIBUTES, undefined);
  }

  /** Takes down `a.b.c`; false where it is no name that the attributes are taken of. */
  readPath(node: Attribute, scope: Scope): boolean {
    const attributes: Identifier[] = [node.attr];
    let base = node.value;
    for (; base.kind === 'Attribute'; base = base.value) attributes.push(base.attr);
    if (base.kind !== 'Name') {
      this.looseAttributes.push({ attribute: node.attr, object: node.value, scope, statement: this.#statement! });
      return false;
    }
    scope.touch(base.id, base).used = true;
    const kind = this.#target?.node === node ? this.#target.kind : undefined;
    const binding = kind === undefined ? undefined : { kind, value: undefined, source: undefined };
    this.#add(base.id, base, scope, 'read', attributes.reverse(), binding);
    return true;
  }

  bound(name: string, span: Span, scope: Scope, binding: NameBinding, access: Access = 'write'): void {
    this.#add(name, span, scope, access, NO_ATTRIBUTES, binding);
  }

  /** `import a.b` binds `a`. */
  imported(name: string, { start, end }: Span, scope: Scope, source: ImportSource): void {
    const span = { start, end: Math.min(end, start + name.length) };
    this.bound(name, span, scope, { kind: 'import', value: undefined, source });
  }

  declared(name: string, span: Span, scope: Scope): void {
    this.#add(name, span, scope, 'declare', NO_ATTRIBUTES, undefined);
  }

  passed(
    keywords: readonly Pick<Keyword, 'name'>[],
    callee: Expression | undefined,
    scope: Scope,
    first?: Expression,
  ): void {
    for (const { name } of keywords)
      if (name !== undefined) this.keywords.push({ name, callee, first, scope, statement: this.#statement! });
  }

  #add(
    name: string,
    span: Span,
    scope: Scope,
    access: Access,
    attributes: readonly Identifier[],
    binding: NameBinding | undefined,
  ): void {
    this.occurrences.push({
      name,
      span,
      scope,
      access,
      attributes,
      binding,
      inTarget: this.#target !== undefined,
      inAnnotation: this.annotations > 0,
      statement: this.#statement!,
    });
  }
}
