/** All commands, one file each. */
import * as vscode from 'vscode';
import type { FormerTexts } from '../formerTexts';
import type { Notices } from '../notices';
import type { Previews } from '../preview/previews';
import type { Server } from '../server';
import type { StatusItem } from '../status';
import type { SourceTreeView } from '../views/sourceTree';
import type { ScenarioStore } from '../whatIf/scenarioStore';
import type { WhatIfSession } from '../whatIf/session';
import { compareNumbers } from './compareNumbers';
import { discardWhatIf } from './discardWhatIf';
import { goToSource } from './goToSource';
import { insertCell } from './insertCell';
import { keepWhatIf } from './keepWhatIf';
import { openPreview } from './openPreview';
import { openPreviewToSide } from './openPreviewToSide';
import { previewBack } from './previewBack';
import { previewForward } from './previewForward';
import { restartServer } from './restartServer';
import { runChapter } from './runChapter';
import { scenarios } from './scenarios';
import { setRuleLevel } from './setRuleLevel';
import { showDisagreements } from './showDisagreements';
import { showMenu } from './showMenu';
import { showOutput } from './showOutput';
import { showProblems } from './showProblems';
import { showProvenance } from './showProvenance';
import { showReach } from './showReach';
import { showReport } from './showReport';
import { showRule } from './showRule';
import { showUses } from './showUses';
import { toggleInlayHints } from './toggleInlayHints';
import { togglePreviewLock } from './togglePreviewLock';
import { togglePreviewNumbers } from './togglePreviewNumbers';
import { togglePreviewScroll } from './togglePreviewScroll';
import { whatIf } from './whatIf';

/** What commands work with. */
export interface Services {
  readonly server: Server;
  readonly formerTexts: FormerTexts;
  readonly previews: Previews;
  readonly status: StatusItem;
  readonly notices: Notices;
  readonly sources: SourceTreeView;
  readonly whatIf: WhatIfSession;
  readonly scenarios: ScenarioStore;
  readonly context: vscode.ExtensionContext;
  readonly output: vscode.LogOutputChannel;
}

export interface Command {
  readonly id: string;
  run(services: Services, ...args: unknown[]): unknown;
}

const COMMAND_TABLE: readonly Command[] = [
  compareNumbers,
  goToSource,
  insertCell,
  openPreview,
  openPreviewToSide,
  previewBack,
  previewForward,
  restartServer,
  runChapter,
  setRuleLevel,
  showDisagreements,
  showMenu,
  showOutput,
  showProblems,
  showProvenance,
  showReach,
  showReport,
  showRule,
  showUses,
  toggleInlayHints,
  whatIf,
  keepWhatIf,
  discardWhatIf,
  scenarios,
  togglePreviewLock,
  togglePreviewNumbers,
  togglePreviewScroll,
];

/** Has the editor run all commands of the table. */
export function registerCommands(services: Services): vscode.Disposable {
  return vscode.Disposable.from(
    ...COMMAND_TABLE.map(command =>
      vscode.commands.registerCommand(command.id, (...args: unknown[]) => command.run(services, ...args)),
    ),
  );
}
