/** Names of the arguments of a call that is being typed. */
import { type CompletionItem, CompletionItemKind } from 'vscode-languageserver';
import { type Parameter, signatureOfCall } from '../signatures';
import { rank } from './items';
import type { CodePlace } from './place';

/** The call around the place, where an argument of it begins. */
export interface CallAround {
  /** Parameters that no argument before gives. */
  readonly open: readonly Parameter[];
  /** The one that the argument would be for. */
  readonly expected: string | undefined;
  /** True where nothing must be given any more. */
  readonly isComplete: boolean;
  /** True where the name of the parameter stands there already. */
  readonly isNamed: boolean;
}

export async function callAround(code: CodePlace): Promise<CallAround | undefined> {
  const call = code.at.brackets.at(-1);
  if (call?.kind !== '(' || (call.owner === '' && call.method === undefined)) return undefined;
  const typed = code.source.slice(call.argument).trim();
  const named = /^([\p{L}_][\p{L}\p{N}_]*)\s*=\s*/u.exec(typed);
  if (typed.slice(named?.[0].length ?? 0) !== code.path) return undefined;
  const signature = await signatureOfCall(call, code);
  if (signature === undefined) return undefined;
  const before = named === null ? call.keywords : call.keywords.filter(name => name !== named[1]);
  const positional = call.commas - before.length;
  const open = signature.parameters.filter(({ name }, at) => at >= positional && !before.includes(name));
  const expected = named?.[1] ?? open[0]?.name;
  const isComplete = open.every(({ fallback, name }) => fallback !== undefined || !IDENTIFIER.test(name));
  return { open, expected, isComplete, isNamed: named !== null };
}

const IDENTIFIER = /^[\p{L}_][\p{L}\p{N}_]*$/u;

/** Names of arguments that the call around the place still takes. */
export function argumentItems(call: CallAround | undefined): CompletionItem[] {
  if (call === undefined || call.isNamed) return [];
  return call.open
    .filter(({ name, isNamed }) => isNamed && IDENTIFIER.test(name))
    .map(({ name, doc, fallback }, at) => ({
      label: `${name}=`,
      kind: CompletionItemKind.Property,
      // Where a value must still be given, it comes first.
      sortText: `${call.isComplete ? '!' : ''}${rank(0, at)}`,
      ...(fallback === undefined ? {} : { detail: `${name}=${fallback}` }),
      ...(doc === undefined ? {} : { documentation: doc }),
    }));
}
