/** The table of features. The server announces and wires what it holds; what a feature needs is loaded later. */
import { CodeActionKind } from 'vscode-languageserver';
import { CAUSE, CELL_SNIPPET, PROVENANCE, REACH, VALUE_CARD, VALUES } from '../protocol';
import { type Feature, FIX_ALL } from './feature';
import { TOKEN_MODIFIERS, TOKEN_TYPES } from './tokenLegend';

export type { Feature, FeatureContext, Handler } from './feature';

const LEGEND = { tokenTypes: [...TOKEN_TYPES], tokenModifiers: [...TOKEN_MODIFIERS] };

export const features: readonly Feature[] = [
  {
    method: CAUSE,
    capabilities: {},
    load: async () => (await import('./cause')).cause,
  },
  {
    method: PROVENANCE,
    capabilities: {},
    load: async () => (await import('./provenance')).provenance,
  },
  {
    method: REACH,
    capabilities: {},
    load: async () => (await import('./provenance')).reach,
  },
  {
    method: VALUES,
    capabilities: {},
    load: async () => (await import('./chapterValues')).chapterValues,
  },
  {
    method: 'textDocument/prepareCallHierarchy',
    capabilities: { callHierarchyProvider: true },
    load: async () => (await import('./callHierarchy')).prepareCallHierarchy,
  },
  {
    method: 'callHierarchy/outgoingCalls',
    capabilities: { callHierarchyProvider: true },
    load: async () => (await import('./callHierarchy')).outgoingCalls,
  },
  {
    method: 'callHierarchy/incomingCalls',
    capabilities: { callHierarchyProvider: true },
    load: async () => (await import('./callHierarchy')).incomingCalls,
  },
  {
    method: VALUE_CARD,
    capabilities: {},
    load: async () => (await import('./valueCard')).valueCard,
  },
  {
    method: 'textDocument/codeAction',
    capabilities: { codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix, FIX_ALL] } },
    load: async () => (await import('./codeAction')).codeAction,
  },
  {
    method: 'textDocument/completion',
    // Each counts in a few places alone: the contexts tell.
    capabilities: {
      completionProvider: {
        triggerCharacters: ['.', ' ', '@', '-', '^', '{', '<', ':', '"', "'", '(', '/'],
        resolveProvider: true,
      },
    },
    load: async () => (await import('./completion')).completion,
  },
  {
    method: 'completionItem/resolve',
    capabilities: {},
    load: async () => (await import('./completion/resolve')).completionResolve,
  },
  {
    method: 'textDocument/definition',
    capabilities: { definitionProvider: true },
    load: async () => (await import('./definition')).definition,
  },
  {
    method: 'textDocument/documentHighlight',
    capabilities: { documentHighlightProvider: true },
    load: async () => (await import('./documentHighlight')).documentHighlight,
  },
  {
    method: 'textDocument/documentSymbol',
    capabilities: { documentSymbolProvider: true },
    load: async () => (await import('./documentSymbol')).documentSymbol,
  },
  {
    method: 'textDocument/foldingRange',
    capabilities: { foldingRangeProvider: true },
    load: async () => (await import('./foldingRange')).foldingRange,
  },
  {
    method: 'textDocument/hover',
    capabilities: { hoverProvider: true },
    load: async () => (await import('./hover')).hover,
  },
  {
    method: 'textDocument/inlayHint',
    capabilities: { inlayHintProvider: true },
    load: async () => (await import('./inlayHint')).inlayHint,
  },
  {
    method: 'textDocument/prepareRename',
    capabilities: { renameProvider: { prepareProvider: true } },
    load: async () => (await import('./rename')).prepareRename,
  },
  {
    method: 'textDocument/references',
    capabilities: { referencesProvider: true },
    load: async () => (await import('./references')).references,
  },
  {
    method: 'textDocument/rename',
    capabilities: { renameProvider: { prepareProvider: true } },
    load: async () => (await import('./rename')).rename,
  },
  {
    method: 'textDocument/codeLens',
    capabilities: { codeLensProvider: {} },
    load: async () => (await import('./codeLens')).codeLens,
  },
  {
    method: 'textDocument/documentLink',
    capabilities: { documentLinkProvider: {} },
    load: async () => (await import('./documentLink')).documentLink,
  },
  {
    method: 'textDocument/implementation',
    capabilities: { implementationProvider: true },
    load: async () => (await import('./implementation')).implementation,
  },
  {
    method: 'textDocument/linkedEditingRange',
    capabilities: { linkedEditingRangeProvider: true },
    load: async () => (await import('./linkedEditingRange')).linkedEditingRange,
  },
  {
    method: 'textDocument/onTypeFormatting',
    capabilities: {
      documentOnTypeFormattingProvider: { firstTriggerCharacter: '\n', moreTriggerCharacter: ['`', '-'] },
    },
    load: async () => (await import('./onTypeFormatting')).onTypeFormatting,
  },
  {
    method: 'textDocument/selectionRange',
    capabilities: { selectionRangeProvider: true },
    load: async () => (await import('./selectionRange')).selectionRange,
  },
  {
    method: 'textDocument/semanticTokens/full',
    capabilities: { semanticTokensProvider: { legend: LEGEND, full: true, range: true } },
    load: async () => (await import('./semanticTokens')).semanticTokens,
  },
  {
    method: 'textDocument/semanticTokens/range',
    capabilities: {},
    load: async () => (await import('./semanticTokens')).semanticTokensInRange,
  },
  {
    method: 'textDocument/signatureHelp',
    capabilities: { signatureHelpProvider: { triggerCharacters: ['(', ','], retriggerCharacters: [')'] } },
    load: async () => (await import('./signatureHelp')).signatureHelp,
  },
  {
    method: CELL_SNIPPET,
    capabilities: {},
    load: async () => (await import('./cellSnippet')).insertCell,
  },
];
