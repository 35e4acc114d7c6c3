/** The status bar item: how many values the chapter has, and what is wrong with them. */
import * as vscode from 'vscode';
import type { StatusParams } from '../server/protocol';
import { activeChapter, isChapter, previewedChapter } from './chapters';
import { COMMANDS } from './ids';
import type { Notice } from './notice';
import type { Notices } from './notices';
import type { Server } from './server';

export class StatusItem implements vscode.Disposable {
  readonly #item: vscode.StatusBarItem;
  readonly #known = new Map<string, StatusParams>();
  readonly #subscriptions: vscode.Disposable[];
  readonly #notices: Notices;

  constructor(server: Server, notices: Notices) {
    this.#notices = notices;
    this.#item = vscode.window.createStatusBarItem('reckoner.status', vscode.StatusBarAlignment.Right, 90);
    this.#item.name = 'Reckoner';
    this.#item.command = COMMANDS.showMenu;
    this.#subscriptions = [
      this.#item,
      server.onStatus(status => {
        this.#known.set(status.uri, status);
        this.update();
      }),
      server.onStateChanged(() => this.update()),
      vscode.window.onDidChangeActiveTextEditor(() => this.update()),
      vscode.workspace.onDidCloseTextDocument(document => this.#known.delete(document.uri.toString())),
    ];
  }

  /** What the server last said of a chapter. */
  of(uri: vscode.Uri): StatusParams | undefined {
    return this.#known.get(uri.toString());
  }

  update(): void {
    const chapter = activeChapter() ?? previewedChapter();
    if (chapter === undefined) {
      this.#item.hide();
      return;
    }
    const notice = isChapter(chapter) ? this.#notices.of(chapter.uri) : undefined;
    if (notice !== undefined) {
      this.#show(notice);
      return;
    }
    const status = this.of(chapter.uri);
    if (status === undefined || (status.cells + status.refs === 0 && status.quiet === undefined)) {
      this.#item.hide();
      return;
    }
    this.#item.text = textOf(status);
    this.#item.tooltip = tooltipOf(status);
    this.#item.accessibilityInformation = { label: `Reckoner: ${plainText(status)}`, role: 'button' };
    this.#item.backgroundColor =
      status.stuckCell === undefined ? undefined : new vscode.ThemeColor('statusBarItem.warningBackground');
    this.#item.show();
  }

  #show(notice: Notice): void {
    this.#item.text = `$(${notice.icon}) ${notice.short}`;
    this.#item.tooltip = tooltipOfNotice(notice);
    this.#item.accessibilityInformation = { label: `Reckoner: ${notice.text}`, role: 'button' };
    this.#item.backgroundColor = notice.isWarning
      ? new vscode.ThemeColor('statusBarItem.warningBackground')
      : undefined;
    this.#item.show();
  }

  dispose(): void {
    vscode.Disposable.from(...this.#subscriptions).dispose();
  }
}

const plural = (count: number, noun: string) => `${count} ${noun}${count === 1 ? '' : 's'}`;

/** Text of the item; icons only where there is something to see. */
export function textOf(status: StatusParams): string {
  const { values, refs, errors, warnings, pending, stale, quiet } = status;
  if (quiet !== undefined) return '$(circle-slash) no values';
  const parts = [
    `$(${pending ? 'loading~spin' : 'symbol-numeric'}) ${values === refs ? plural(refs, 'value') : `${values} of ${plural(refs, 'value')}`}`,
  ];
  if (errors > 0) parts.push(`$(error) ${errors}`);
  if (warnings > 0) parts.push(`$(warning) ${warnings}`);
  if (status.missing !== undefined) parts.push(`$(package) ${status.missing.map(({ module }) => module).join(', ')}`);
  if (stale) parts.push('$(history)');
  return parts.join('  ');
}

function plainText(status: StatusParams): string {
  const { values, refs, errors, warnings, cells, pending, quiet } = status;
  if (quiet !== undefined) return quiet;
  return `${values} of ${plural(refs, 'value')}${pending ? ' so far' : ''} from ${plural(cells, 'cell')}, ${plural(errors, 'error')}, ${plural(warnings, 'warning')}`;
}

function tooltipOf(status: StatusParams): vscode.MarkdownString {
  const lines = [plainText(status)];
  for (const { module, line } of status.missing ?? [])
    lines.push(
      `\`${module}\` (line ${line}) is not at hand, and what depends on it is unknown. If it is part of the book, name its folder in the setting \`reckoner.packageRoots\`.`,
    );
  if (status.pending) lines.push('Cells are being evaluated.');
  if (status.stale) lines.push('Some values are those before the present edit.');
  if (status.stuckCell !== undefined) lines.push(`Cell ${status.stuckCell + 1} ran too long and was given up.`);
  return new vscode.MarkdownString(lines.join('\n\n'));
}

/** The sentence, and links to what can be done. */
function tooltipOfNotice({ text, actions }: Notice): vscode.MarkdownString {
  const links = actions.map(({ title, command }) => `[${title}](command:${command})`);
  const tooltip = new vscode.MarkdownString(`${text}\n\n${links.join(' | ')}`);
  tooltip.isTrusted = { enabledCommands: actions.map(({ command }) => command) };
  return tooltip;
}
