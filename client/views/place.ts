/** Places that the server tells, for tree items. */
import * as vscode from 'vscode';
import type { CausePlace } from '../../server/protocol';
import type { Server } from '../server';

/** The command of a tree item that shows a place; `chapter` is the document that was asked about. */
export function openCommand(place: CausePlace, chapter: vscode.Uri, server: Server): vscode.Command {
  const uri = place.uri === server.uriOf(chapter) ? chapter : vscode.Uri.parse(place.uri);
  const { start, end } = place.range;
  const selection = new vscode.Range(start.line, start.character, end.line, end.character);
  return { command: 'vscode.open', title: 'Show', arguments: [uri, { selection, preserveFocus: true }] };
}
