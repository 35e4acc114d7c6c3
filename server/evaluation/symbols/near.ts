/** Names that are spelled nearly like one that an object or a module does not have. */
import { libraryMembers, type Span } from '../../../mlsys';
import { similarNames } from '../../diagnostics/similar';
import type { PackageIndex } from '../packageIndex';
import { Resolver } from './resolver';
import type { SymbolText } from './symbol';

/** How many are suggested. */
const MOST = 3;

/** Attributes near the missing one that a part of a text takes; none where the text does not tell whose it is. */
export function nearAttributes(name: string, within: Span, text: SymbolText, modules: PackageIndex): string[] {
  const use = text.index.uses.find(({ span, attributes }) => {
    return attributes.at(-1) === name && within.start <= span.start && span.end <= within.end;
  });
  if (use === undefined) return [];
  const resolver = new Resolver(modules);
  const owner = resolver.use({ ...use, attributes: use.attributes.slice(0, -1) }, text);
  return owner === undefined ? [] : similarNames(name, resolver.attributesOf(owner), MOST);
}

/** Names near the missing one that a module at hand has, by the message of an AttributeError. */
export function nearMembers(message: string): string[] {
  const [, module, name] = /^module '([\w.]+)' has no attribute '(\w+)'/.exec(message) ?? [];
  if (module === undefined || name === undefined) return [];
  const members = libraryMembers(module).map(member => member.name);
  return similarNames(name, members, MOST);
}

/** Names near the missing one that a module of the workspace has, by the message of an ImportError. */
export function nearImports(message: string, modules: PackageIndex): string[] {
  const [, name, module] = /^cannot import name '([^']+)' from '([\w.]+)'/.exec(message) ?? [];
  return name === undefined ? [] : similarNames(name, modules.names(module!).keys(), MOST);
}
