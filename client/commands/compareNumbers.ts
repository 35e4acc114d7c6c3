import * as vscode from 'vscode';
import type { Comparison, NumberChange } from '../../server/protocol';
import { activeChapter } from '../chapters';
import { COMMANDS } from '../ids';
import { openCommand } from '../views/place';
import type { Command } from './index';

type ChangeItem = vscode.QuickPickItem & { readonly change?: NumberChange };

const KINDS: Readonly<Record<NumberChange['kind'], string>> = {
  number: 'Numbers that changed',
  cell: 'Cells',
  guard: 'Guards',
  appeared: 'New references',
  vanished: 'References that are gone',
};

/** Lists what differs between the numbers of the active chapter and those of the last commit; each leads to its place. */
export const compareNumbers: Command = {
  id: COMMANDS.compareNumbers,
  run: async ({ formerTexts, server }) => {
    const chapter = activeChapter();
    if (chapter === undefined) return;
    const found = await formerTexts.compare(chapter);
    if (typeof found === 'string') {
      void vscode.window.showInformationMessage(found);
      return;
    }
    if (found.changes.length === 0) {
      void vscode.window.showInformationMessage(`No number differs from the last commit.${unseenText(found)}`);
      return;
    }
    const chosen = await vscode.window.showQuickPick(itemsOf(found), {
      title: 'Since the Last Commit',
      placeHolder: unseenText(found).trim() || 'Numbers of this chapter, and what changed them',
      matchOnDescription: true,
      matchOnDetail: true,
    });
    const place = chosen?.change?.place;
    if (place === undefined) return;
    const { command, arguments: given = [] } = openCommand(place, chapter.uri, server);
    await vscode.commands.executeCommand(command, ...given);
  },
};

function unseenText({ unseen }: Comparison): string {
  if (unseen.length === 0) return '';
  const names = unseen.join(', ');
  return ` ${names} ${unseen.length === 1 ? 'has' : 'have'} changed as well; \`reckoner diff\` tells what of that shows.`;
}

function itemsOf({ changes }: Comparison): ChangeItem[] {
  const items: ChangeItem[] = [];
  let kind: NumberChange['kind'] | undefined;
  for (const change of changes) {
    if (change.kind !== kind) items.push({ label: KINDS[change.kind], kind: vscode.QuickPickItemKind.Separator });
    kind = change.kind;
    const { label, sentence, because, place } = change;
    const line = place === undefined ? '' : `line ${place.range.start.line + 1}`;
    // A row is cut at its end: what made the change says more than the sentence.
    items.push({ label, description: line, detail: [because, sentence].filter(one => one !== '').join(' · '), change });
  }
  return items;
}
