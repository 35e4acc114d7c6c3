import * as vscode from 'vscode';
import { COMMANDS } from '../ids';
import type { Tried } from '../whatIf/session';
import type { Command, Services } from './index';

interface Item extends vscode.QuickPickItem {
  readonly scenario?: string;
}

/** Keeps the values that are tried under a name, which `save` does at once; compares such scenarios, and tries one again. */
export const scenarios: Command = {
  id: COMMANDS.scenarios,
  run: async (services, what) => {
    const { whatIf: session, scenarios: store } = services;
    const chapter = session.chapter ?? vscode.window.activeTextEditor?.document.uri;
    if (chapter === undefined) return;
    if (what === 'save') return save(chapter, services);
    const known = store.of(chapter);
    const naming: Item = { label: '$(add) Name the Values That Are Tried …', alwaysShow: true };
    const items = await Promise.all(
      Object.entries(known).map(async ([name, tried]): Promise<Item> => {
        // Each is evaluated as the chapter is now: that compares them.
        const outcome = await session.outcome(chapter, tried).catch(() => undefined);
        const numbers = (outcome?.numbers ?? []).map(
          ({ before, after }) => `${before ?? '…'} → ${after ?? 'no value'}`,
        );
        return {
          label: name,
          description: valuesOf(tried),
          detail: [outcome?.summary ?? 'It cannot be evaluated', ...numbers.slice(0, MOST)].join('; '),
          scenario: name,
        };
      }),
    );
    const chosen = await vscode.window.showQuickPick<Item>([...items, ...(session.tried.length > 0 ? [naming] : [])], {
      title: 'Scenarios of the Chapter',
      placeHolder: items.length === 0 ? 'Try a value first' : 'Try a scenario again',
      matchOnDescription: true,
    });
    if (chosen?.scenario !== undefined) await session.replace(chapter, known[chosen.scenario]!);
    else if (chosen === naming) await save(chapter, services);
  },
};

async function save(chapter: vscode.Uri, { whatIf: { tried }, scenarios: store }: Services): Promise<void> {
  const name = await vscode.window.showInputBox({ prompt: `Name of the scenario: ${valuesOf(tried)}` });
  if (name !== undefined && name.trim() !== '') await store.set(chapter, name.trim(), tried);
}

function valuesOf(tried: readonly Tried[]): string {
  return tried.map(one => `${one.name} = ${one.value}`).join(', ');
}

/** Numbers of a scenario that are shown. */
const MOST = 6;
