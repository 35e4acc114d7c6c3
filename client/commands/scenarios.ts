import * as vscode from 'vscode';
import { COMMANDS } from '../ids';
import type { Tried } from '../whatIf/session';
import type { Command } from './index';

/** Values that were tried together, under a name, by chapter. */
type Scenarios = Readonly<Record<string, readonly Tried[]>>;

const STORED = 'reckoner.scenarios';

interface Item extends vscode.QuickPickItem {
  readonly scenario?: string;
}

/** Keeps the values that are tried under a name, compares such scenarios, and tries one again. */
export const scenarios: Command = {
  id: COMMANDS.scenarios,
  run: async ({ whatIf: session, context }) => {
    const chapter = session.chapter ?? vscode.window.activeTextEditor?.document.uri;
    if (chapter === undefined) return;
    const all = context.workspaceState.get<Readonly<Record<string, Scenarios>>>(STORED, {});
    const known = all[chapter.toString()] ?? {};
    const store = (changed: Scenarios) =>
      context.workspaceState.update(STORED, { ...all, [chapter.toString()]: changed });
    const save: Item = { label: '$(add) Name the Values That Are Tried …', alwaysShow: true };
    const items = await Promise.all(
      Object.entries(known).map(async ([name, tried]): Promise<Item> => {
        // Each is evaluated as the chapter is now: that compares them.
        const outcome = await session.outcome(chapter, tried).catch(() => undefined);
        const numbers = (outcome?.numbers ?? []).map(
          ({ before, after }) => `${before ?? '…'} → ${after ?? 'no value'}`,
        );
        return {
          label: name,
          description: tried.map(one => `${one.name} = ${one.value}`).join(', '),
          detail: [outcome?.summary ?? 'It cannot be evaluated', ...numbers.slice(0, MOST)].join('; '),
          scenario: name,
        };
      }),
    );
    const chosen = await vscode.window.showQuickPick<Item>([...items, ...(session.tried.length > 0 ? [save] : [])], {
      title: 'Scenarios of the Chapter',
      placeHolder: items.length === 0 ? 'Try a value first' : 'Try a scenario again',
      matchOnDescription: true,
    });
    if (chosen?.scenario !== undefined) await session.replace(chapter, known[chosen.scenario]!);
    else if (chosen === save) {
      const name = await vscode.window.showInputBox({ prompt: 'Name of the scenario' });
      if (name !== undefined && name !== '') await store({ ...known, [name]: session.tried });
    }
  },
};

/** Numbers of a scenario that are shown. */
const MOST = 6;
