import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { COMMANDS } from '../../../client/ids';
import { eventually, hoverText, openChapter, positionOf } from '../support';

async function hintTexts(document: vscode.TextDocument): Promise<string[]> {
  const whole = new vscode.Range(0, 0, document.lineCount, 0);
  const hints = await vscode.commands.executeCommand<vscode.InlayHint[]>(
    'vscode.executeInlayHintProvider',
    document.uri,
    whole,
  );
  return hints.map(({ label }) => (typeof label === 'string' ? label : label.map(part => part.value).join('')));
}

describe('features', () => {
  it('shows the value of a reference in a hover', async () => {
    const { document } = await openChapter('trip.qmd');
    const position = positionOf(document, '`{python} hours_str`', 12);
    const text = await eventually('a hover', async () => {
      const found = await hoverText(document.uri, position);
      return found.includes('6.0') ? found : undefined;
    });
    assert.match(text, /trip/, 'the hover names the cell');
  });

  it('shows values behind references, and hides them on demand', async () => {
    const { document } = await openChapter('trip.qmd');
    await eventually('inlay hints', async () => {
      const hints = await hintTexts(document);
      return hints.some(hint => hint.includes('480')) ? true : undefined;
    });
    await vscode.commands.executeCommand(COMMANDS.toggleInlayHints);
    await eventually('no inlay hints', async () => ((await hintTexts(document)).length === 0 ? true : undefined));
    await vscode.commands.executeCommand(COMMANDS.toggleInlayHints);
    await eventually('inlay hints again', async () => ((await hintTexts(document)).length > 0 ? true : undefined));
  });

  it('goes from a reference to where its value is made', async () => {
    const { document } = await openChapter('trip.qmd');
    const found = await eventually('a definition', async () => {
      const places = await vscode.commands.executeCommand<(vscode.Location | vscode.LocationLink)[]>(
        'vscode.executeDefinitionProvider',
        document.uri,
        positionOf(document, '`{python} hours_str`', 12),
      );
      return places[0];
    });
    const range = 'targetUri' in found ? (found.targetSelectionRange ?? found.targetRange) : found.range;
    assert.match(document.lineAt(range.start.line).text, /hours_str =/);
  });

  it('changes what follows when a number changes', async () => {
    const { document } = await openChapter('trip.qmd');
    const edit = new vscode.WorkspaceEdit();
    const at = positionOf(document, 'speed_kmh = 80', 'speed_kmh = '.length);
    edit.replace(document.uri, new vscode.Range(at, at.translate(0, 2)), '96');
    await vscode.workspace.applyEdit(edit);
    await eventually('the new value', async () => {
      const hints = await hintTexts(document);
      return hints.some(hint => hint.includes('5.0')) ? true : undefined;
    });
  });
});
