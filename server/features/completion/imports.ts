/** Modules behind `import` and `from`, and what a module has behind `from m import`. */
import { type CompletionItem, CompletionItemKind } from 'vscode-languageserver';
import { libraryMembers, libraryModules } from '../../../mlsys';
import type { Analysis } from '../../evaluation/analysis';
import type { NameSymbol } from '../../evaluation/symbols/symbol';
import { libraryItem } from './attributes';
import type { Context } from './context';
import { assigned } from './importable';
import { documented, valued } from './items';
import type { CodePlace, Place } from './place';

/** `from m import (a,` may go on over lines. */
const MEMBERS = /(?:^|\n)[ \t]*from[ \t]+([\w.]+)[ \t]+import[ \t]*(?:\(\s*)?(?:[\w\s,]*[\s,(])?\w*$/;
const MODULE = /(?:^|\n)[ \t]*(?:from|import)[ \t]+(?:[\w. ]+,[ \t]*)*([\w.]*)$/;

export const imports: Context = {
  opensOn: ' .',
  items(place) {
    const { code, typed } = place;
    if (code?.cell === undefined || code.at.string !== undefined) return undefined;
    const { source } = code;
    const members = MEMBERS.exec(source.slice(-LONGEST));
    // Behind a name that stands alone, a blank begins `as` or the next line.
    if (typed === ' ' && !/(?:\b(?:import|from)|,) $/.test(source)) return members === null ? undefined : [];
    if (members !== null && isOneStatement(members[0]!)) return memberItems(members[1]!, place, code);
    const module = MODULE.exec(source.slice(-LONGEST));
    return module === null ? undefined : moduleItems(module[1]!, code.analysis);
  },
};

const LONGEST = 4000;

/** Over several lines only within parentheses. */
function isOneStatement(text: string): boolean {
  return text.includes('(') || !text.trimStart().includes('\n');
}

/** What can be imported from a module: of a package beside the chapter, though no cell has run it, or of the library. */
function memberItems(module: string, place: Place, { analysis }: CodePlace): CompletionItem[] {
  const names = analysis.packages.names(module);
  if (names.size > 0)
    return [...names]
      .filter(([name]) => !name.startsWith('_'))
      .map(([label, symbol]) => {
        const detail = assigned(symbol);
        return detail === undefined
          ? { label, kind: KINDS[symbol.kind] }
          : valued(label, CompletionItemKind.Constant, detail);
      });
  const parts = submodules(module, analysis).map(label => ({ label, kind: CompletionItemKind.Module }));
  const members = libraryMembers(module).map(({ name, detail }) => {
    const what = module.startsWith('mlsys')
      ? ({ kind: 'library', name } as const)
      : ({ kind: 'signature', path: `${module}.${name}` } as const);
    return documented(libraryItem(name, detail), place, what);
  });
  return [...members, ...parts.filter(({ label }) => !members.some(one => one.label === label))];
}

/** Modules by the path that is being typed: the part behind its last dot. */
function moduleItems(typed: string, analysis: Analysis): CompletionItem[] {
  const dot = typed.lastIndexOf('.');
  const owner = dot < 0 ? '' : typed.slice(0, dot);
  return submodules(owner, analysis).map(label => {
    // The book's own come first.
    const isOwn = analysis.packages.has(owner === '' ? label : owner);
    return { label, kind: CompletionItemKind.Module, sortText: `${isOwn ? 0 : 1}${label}` };
  });
}

/** Names of the modules directly in one, or of all top-level ones. */
function submodules(owner: string, { packages }: Analysis): string[] {
  const all = [...libraryModules(), ...packages.imported().map(({ name }) => name)];
  const prefix = owner === '' ? '' : `${owner}.`;
  const found = all.filter(name => name.startsWith(prefix)).map(name => name.slice(prefix.length).split('.', 1)[0]!);
  return [...new Set(found)].filter(name => name !== '' && !name.startsWith('_')).sort();
}

const KINDS: Readonly<Record<NameSymbol['kind'], CompletionItemKind>> = {
  assignment: CompletionItemKind.Constant,
  import: CompletionItemKind.Module,
  module: CompletionItemKind.Module,
  function: CompletionItemKind.Function,
  class: CompletionItemKind.Class,
  loop: CompletionItemKind.Variable,
  other: CompletionItemKind.Variable,
};
