/** What a program's text binds, whether it runs or not: names of the module and attributes of its classes. */
import type { ExceptHandler, Expression, Span, Statement } from '../syntax/ast';
import type { BindingKind, ImportSource, Occurrence } from '../syntax/occurrences';
import { isLocal, receiverOf, type ScopePaths } from './paths';

/** One binding in the text; spans are offsets into the program's source. */
export interface StaticDefinition {
  /** `x`, or `Cls.attr` for an attribute of a class. */
  readonly name: string;
  readonly kind: BindingKind;
  readonly span: Span;
  readonly statement: Statement | ExceptHandler;
  /** The expression whose value it takes, where it takes one as a whole. */
  readonly value: Expression | undefined;
  readonly annotation: Expression | undefined;
  /** For an import: the module, with the dots of a relative one, and the name in it. */
  readonly from: { readonly module: string; readonly name: string | undefined } | undefined;
}

/** What one program's text binds. */
export interface Definitions {
  /** In source order. Star imports bind no name here. */
  readonly all: readonly StaticDefinition[];
  /** Those of one name. */
  of(name: string): readonly StaticDefinition[];
  /** Attributes of instances (`self.x = …` in methods), and names that are annotated and get no value. */
  readonly fields: readonly StaticDefinition[];
  /** Those of one name. */
  field(name: string): readonly StaticDefinition[];
}

export function definitionsIn(occurrences: readonly Occurrence[], paths: ScopePaths): Definitions {
  const all: StaticDefinition[] = [];
  const fields: StaticDefinition[] = [];
  for (const one of occurrences) {
    if (one.binding === undefined) continue;
    const definition = definitionAt(one, paths);
    if (definition !== undefined) all.push(definition);
    else {
      const field = fieldAt(one, paths);
      if (field !== undefined) fields.push(field);
    }
  }
  all.sort((a, b) => a.span.start - b.span.start);
  let byName: ReadonlyMap<string, readonly StaticDefinition[]> | undefined;
  let fieldsByName: ReadonlyMap<string, readonly StaticDefinition[]> | undefined;
  return {
    all,
    fields,
    of: name => {
      byName ??= groupBy(all, definition => definition.name);
      return byName.get(name) ?? NONE;
    },
    field: name => {
      fieldsByName ??= groupBy(fields, field => field.name);
      return fieldsByName.get(name) ?? NONE;
    },
  };
}

const NONE: readonly StaticDefinition[] = [];

function definitionAt(one: Occurrence, paths: ScopePaths): StaticDefinition | undefined {
  const { name, scope, access, attributes } = one;
  if (access === 'read') {
    // `Cls.attr = …` behind the class body
    const [attribute, ...more] = attributes;
    if (attribute === undefined || more.length > 0 || scope.parent !== undefined) return undefined;
    return definitionMade(one, `${name}.${attribute.name}`, attribute);
  }
  if (access !== 'write' && access !== 'update') return undefined;
  const owner = scope.ownerOf(name);
  return isLocal(owner) ? undefined : definitionMade(one, paths.prefixOf(owner) + name, one.span);
}

function fieldAt(one: Occurrence, paths: ScopePaths): StaticDefinition | undefined {
  const { name, scope, access, attributes, span } = one;
  const owner = scope.ownerOf(name);
  if (access === 'annotate')
    return isLocal(owner) ? undefined : definitionMade(one, paths.prefixOf(owner) + name, span);
  const [attribute, ...more] = attributes;
  if (access !== 'read' || attribute === undefined || more.length > 0) return undefined;
  const receiver = receiverOf(owner, name);
  if (receiver === undefined || isLocal(receiver.cls)) return undefined;
  return definitionMade(one, paths.prefixOf(receiver.cls) + attribute.name, attribute);
}

/** The definition that an occurrence makes; for a local name, `path` is of no use to others. */
export function definitionMade(
  { name, binding, statement }: Occurrence,
  path: string,
  { start, end }: Span,
): StaticDefinition {
  const { kind, value, source, annotation } = binding!;
  const from = source === undefined ? undefined : sourceOf(source, name);
  return { name: path, kind, span: { start, end }, statement, value, annotation, from };
}

function sourceOf({ module, level, name, alias }: ImportSource, bound: string): StaticDefinition['from'] {
  if (name !== undefined) return { module: '.'.repeat(level) + module, name };
  // `import a.b` binds the package `a`, `import a.b as c` the module.
  return { module: alias.asname === undefined ? bound : module, name: undefined };
}

/** Items by a key, in order. */
export function groupBy<T>(items: Iterable<T>, keyOf: (item: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}
