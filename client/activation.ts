/** Sets up commands, status bar and preview, and starts the server with the first chapter. */
import * as vscode from 'vscode';
import { activeChapter, isChapter } from './chapters';
import { registerCommands } from './commands';
import { FenceTyping } from './fenceTyping';
import { FormerTexts } from './formerTexts';
import { CHAPTER_CONTEXT, OPENED_CONTEXT } from './ids';
import { Notices } from './notices';
import { Previews } from './preview/previews';
import { RulePages } from './rulePages';
import { Server } from './server';
import type { ServerHost } from './serverHost';
import { StatusItem } from './status';
import { SourceTreeView } from './views/sourceTree';
import { ValueList } from './views/valueList';
import { WhatIfMarks } from './whatIf/marks';
import { WhatIfPanel } from './whatIf/panel';
import { ScenarioStore } from './whatIf/scenarioStore';
import { WhatIfSession } from './whatIf/session';

/** What other extensions and tests get. */
export interface Api {
  /** Resolves when the server runs. */
  readonly ready: Promise<void>;
}

/** Makes all parts of the extension; `host` says where the server runs. */
export function activateWith(context: vscode.ExtensionContext, host: ServerHost): Api {
  const output = vscode.window.createOutputChannel('Reckoner', { log: true });
  const server = new Server(host, output);
  const notices = new Notices(server);
  const status = new StatusItem(server, notices);
  const previews = new Previews(context, server, notices);
  const sources = new SourceTreeView(server);
  const whatIf = new WhatIfSession(server);
  const scenarios = new ScenarioStore(context.workspaceState);
  const formerTexts = new FormerTexts(server);
  let ready: (() => void) | undefined;
  const api: Api = {
    ready: new Promise(resolve => {
      ready = resolve;
    }),
  };
  const start = (document: vscode.TextDocument | undefined) => {
    // A Quarto file may be about to become a chapter: what is typed into it is completed from its first line on.
    if (document === undefined || !(document.languageId === 'quarto' || isChapter(document))) return;
    server.start().then(ready, () => undefined);
  };
  const setContext = (key: string, value: boolean) => {
    vscode.commands.executeCommand('setContext', key, value).then(undefined, server.report);
  };
  const follow = () => {
    const chapter = activeChapter();
    const hasCells = chapter !== undefined && isChapter(chapter);
    setContext(CHAPTER_CONTEXT, hasCells);
    if (hasCells) setContext(OPENED_CONTEXT, true);
    start(chapter);
    status.update();
  };
  RulePages.register(context);
  context.subscriptions.push(
    output,
    server,
    notices,
    status,
    previews,
    sources,
    new ValueList(server),
    new FenceTyping(server),
    whatIf,
    formerTexts,
    new WhatIfPanel({ context, server, session: whatIf, scenarios }),
    new WhatIfMarks(whatIf, server),
    whatIf.onChanged(() => previews.showTried(whatIf.chapter, whatIf.numbers)),
    registerCommands({ server, formerTexts, previews, status, notices, sources, whatIf, scenarios, context, output }),
    vscode.workspace.onDidOpenTextDocument(start),
    vscode.window.onDidChangeActiveTextEditor(follow),
    // A plain document becomes a chapter when its first cell is typed.
    vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      if (
        server.state.kind === 'idle' &&
        contentChanges.some(change => change.text.includes('{') || change.text.includes('`'))
      )
        start(document);
    }),
  );
  for (const document of vscode.workspace.textDocuments) start(document);
  follow();
  return api;
}
