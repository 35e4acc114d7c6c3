/** What functions declare: their parameters, and names of the code around them. */
import type { Expression, Parameters } from '../syntax/ast';
import { forEachChild } from '../syntax/nodes';

interface ParameterNode {
  readonly name: { readonly name: string };
  readonly defaultValue: Expression | undefined;
}

/** The nodes of parameters, in the order in which they are written. */
export function parameterNodes(params: object | undefined): ParameterNode[] {
  if (params === undefined) return [];
  return (Object.values(params) as unknown[])
    .flat()
    .filter(one => one !== undefined && one !== null) as ParameterNode[];
}

/** Names of the parameters, those by position first, in order. */
export function parametersOf(params: object | undefined): string[] {
  if (params === undefined) return [];
  const { positionalOnly, positional, rest, keywordOnly, keywords } = params as Parameters;
  const nodes = [...positionalOnly, ...positional, rest, ...keywordOnly, keywords];
  return nodes.filter(parameter => parameter !== undefined).map(parameter => parameter.name.name);
}

/** Notes the names that the body of a function declares `global` and `nonlocal`. */
export function findDeclarations(node: object, found: { global: Set<string>; nonlocal: Set<string> }): void {
  const { kind, names } = node as { kind?: string; names?: { name: string }[] };
  if (kind === 'FunctionDef' || kind === 'Lambda' || kind === 'ClassDef') return;
  if (kind === 'Global') for (const { name } of names!) found.global.add(name);
  else if (kind === 'Nonlocal') for (const { name } of names!) found.nonlocal.add(name);
  else
    forEachChild(node, child => {
      findDeclarations(child, found);
    });
}
