/** What the attributes of a div make of it. */
import { entryOf } from '../../mlsys';
import { labelKind } from '../chapter/labels';
import type { Attributes } from '../chapter/model';

/** Kinds of labels that make a div a theorem or the like, with its class on the page. */
const THEOREMS: Readonly<Record<string, string>> = {
  thm: 'theorem',
  lem: 'lemma',
  cor: 'corollary',
  prp: 'proposition',
  cnj: 'conjecture',
  def: 'definition',
  exm: 'example',
  exr: 'exercise',
  alg: 'algorithm',
};

/** Classes of divs that belong to a theorem, with what they begin with. */
const PROOFS: Readonly<Record<string, string>> = { proof: 'Proof', remark: 'Remark', solution: 'Solution' };
const PROOF_KINDS: Readonly<Record<string, string>> = { prf: 'proof', rem: 'remark', sol: 'solution' };

/** `theorem`, `lemma`, … where the div is one. */
export function theoremOf({ id }: Attributes): string | undefined {
  const kind = id === undefined ? undefined : labelKind(id);
  return kind === undefined ? undefined : entryOf(THEOREMS, kind);
}

/** `proof`, `remark` or `solution` where the div is one, with its name. */
export function proofOf({ id, classes }: Attributes): { readonly name: string; readonly title: string } | undefined {
  const kind = id === undefined ? undefined : labelKind(id);
  const name =
    (kind === undefined ? undefined : entryOf(PROOF_KINDS, kind)) ??
    classes.find(one => entryOf(PROOFS, one) !== undefined);
  return name === undefined ? undefined : { name, title: entryOf(PROOFS, name)! };
}

/** `note`, `tip`, … of a `callout-…` class. */
export function calloutOf({ classes }: Attributes): string | undefined {
  return classes.find(name => name.startsWith('callout-'))?.slice('callout-'.length);
}

/** True for a div whose first heading is its title, or whose headings are those of its tabs. */
export function isTitled(own: Attributes): boolean {
  if (own.classes.includes('panel-tabset')) return true;
  if (calloutOf(own) !== undefined) return own.get('title') === undefined;
  return (theoremOf(own) !== undefined || proofOf(own) !== undefined) && own.get('name') === undefined;
}
