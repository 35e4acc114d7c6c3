import * as vscode from 'vscode';
import { DISAGREEMENTS, type QuantityValues } from '../../server/protocol';
import { activeChapter } from '../chapters';
import { COMMANDS } from '../ids';
import { openCommand } from '../views/place';
import type { Command } from './index';

type ValueItem = vscode.QuickPickItem & { readonly value?: QuantityValues['values'][number] };

/** Lists quantities that have different values in the chapters of the project; each value leads to its place. */
export const showDisagreements: Command = {
  id: COMMANDS.showDisagreements,
  run: async ({ server }) => {
    const chapter = activeChapter();
    if (chapter === undefined) return;
    const { uri } = chapter;
    const found = await vscode.window.withProgress(
      { location: vscode.ProgressLocation.Notification, title: 'Evaluating the chapters of the project…' },
      () => server.request<readonly QuantityValues[]>(DISAGREEMENTS, { textDocument: { uri: server.uriOf(uri) } }),
    );
    if (found === undefined) return;
    if (found.length === 0) {
      void vscode.window.showInformationMessage('No quantity has different values in the chapters of this project.');
      return;
    }
    const chosen = await vscode.window.showQuickPick(found.flatMap(itemsOf), {
      title: 'Same Quantity, Different Values',
      matchOnDescription: true,
    });
    if (chosen?.value === undefined) return;
    const { command, arguments: given = [] } = openCommand(chosen.value.place, uri, server);
    await vscode.commands.executeCommand(command, ...given);
  },
};

function itemsOf({ name, values }: QuantityValues): readonly ValueItem[] {
  const items = values.map((value): ValueItem => {
    const { text, kind, place } = value;
    const file = vscode.workspace.asRelativePath(vscode.Uri.parse(place.uri));
    return { label: `${name} = ${text}`, description: `${file}:${place.range.start.line + 1} ${kind}`, value };
  });
  return [{ label: name, kind: vscode.QuickPickItemKind.Separator }, ...items];
}
