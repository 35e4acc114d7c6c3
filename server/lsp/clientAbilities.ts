/** What a client says that it can do, as far as it matters beyond the library's own dealings. */
import type { InitializeParams } from 'vscode-languageserver';
import type { ClientAbilities } from '../features/feature';
import { SHOW_RULE } from '../protocol';
import { ruleLink } from '../workspace/ruleLinks';
import type { RuleLinks } from './diagnostics';
import type { Platform } from './platform';

/** What a client said in its first request. */
export function abilitiesOf({ capabilities, initializationOptions }: InitializeParams): ClientAbilities {
  const { commands } = (initializationOptions ?? {}) as { readonly commands?: unknown };
  const edits = capabilities.workspace?.workspaceEdit;
  return {
    hasCommands: commands === true,
    takesSnippetEdits: edits?.snippetEditSupport === true && edits.documentChanges === true,
    createsFiles: edits?.documentChanges === true && edits.resourceOperations?.includes('create') === true,
  };
}

/** Where the page of a rule is: on the web, else by a command of the client, else in the program's own folder. */
export function ruleLinks(params: InitializeParams, { rulePage }: Platform): RuleLinks {
  if (params.capabilities.textDocument?.publishDiagnostics?.codeDescriptionSupport !== true) return () => undefined;
  const { hasCommands } = abilitiesOf(params);
  const byCommand = (code: string) => `command:${SHOW_RULE}?${encodeURIComponent(JSON.stringify([code]))}`;
  return code => ruleLink(code) ?? (hasCommands ? byCommand(code) : rulePage?.(code));
}
