/** Asks for the value of an assumption while what follows from it shows below. */
import * as vscode from 'vscode';
import { BREAK_EVEN, type GuardEdgeResult, type WhatIfResult } from '../../server/protocol';
import type { Server } from '../server';
import type { Tried, WhatIfSession } from './session';

interface Item extends vscode.QuickPickItem {
  /** Takes this value. */
  readonly value?: string;
}

const STEPS = [-10, -1, 1, 10] as const;

/** How long somebody types before the server is asked, in milliseconds. */
const PAUSE = 60;

/** Lets the author choose a value; what is chosen is tried in the chapter. */
export function pickValue(
  chapter: vscode.Uri,
  { name, value, was, unit }: Tried,
  session: WhatIfSession,
  server: Server,
): void {
  const pick = vscode.window.createQuickPick<Item>();
  let edges: readonly GuardEdgeResult[] = [];
  let asked = 0;
  let timer: NodeJS.Timeout | undefined;
  pick.title = `What if ${name} were …${unit === '' ? '' : ` ${unit}`} (now ${was})`;
  pick.placeholder = 'A number in its unit, or any Python expression';
  pick.value = value;
  pick.matchOnDescription = false;
  const others =
    session.chapter?.toString() === chapter.toString() ? session.tried.filter(one => one.name !== name) : [];
  const show = (result: WhatIfResult | undefined): void => {
    pick.items = [...outcomeItems(result), ...edgeItems(edges, name), ...numberItems(result), ...stepItems(pick.value)];
  };
  const look = async (): Promise<void> => {
    const mine = ++asked;
    pick.busy = true;
    try {
      const result = await session.outcome(chapter, [...others, { name, value: pick.value }]);
      if (mine === asked) show(result);
    } catch {
      // An expression that is half typed, or a chapter that is being edited: the next look tells.
    } finally {
      if (mine === asked) pick.busy = false;
    }
  };
  pick.onDidChangeValue(() => {
    clearTimeout(timer);
    timer = setTimeout(() => void look(), PAUSE);
  });
  pick.onDidAccept(() => {
    const [chosen] = pick.selectedItems;
    if (chosen?.value !== undefined) {
      pick.value = chosen.value;
      void look();
      return;
    }
    pick.hide();
    session.set(chapter, { name, value: pick.value, was, unit }).catch(server.report);
  });
  pick.onDidHide(() => {
    clearTimeout(timer);
    pick.dispose();
  });
  show(undefined);
  pick.show();
  void look();
  server.request<readonly GuardEdgeResult[]>(BREAK_EVEN, { textDocument: { uri: server.uriOf(chapter) }, name }).then(
    found => {
      edges = found ?? [];
      void look();
    },
    () => undefined,
  );
}

/**
 * A row. Its text is no label: what is typed would be looked for in that, and rows that hold it would come first.
 */
function row(icon: string, description: string, more: Partial<Item> = {}): Item {
  return { label: `$(${icon})`, description, alwaysShow: true, ...more };
}

function outcomeItems(result: WhatIfResult | undefined): Item[] {
  if (result === undefined) return [row('loading~spin', '…')];
  return [
    row('check', result.problems[0] ?? result.summary, { detail: 'Enter tries it in the text and the preview' }),
    ...result.guards.map(({ text, holds, message }) =>
      row(holds ? 'pass' : 'shield', `${text} ${holds ? 'holds' : `breaks: ${message}`}`),
    ),
    ...result.findings.map(({ message, appears }) => row(appears ? 'warning' : 'pass', message)),
  ];
}

/** What reads otherwise, each name once. */
function numberItems(result: WhatIfResult | undefined): Item[] {
  if (result === undefined || result.numbers.length === 0) return [];
  const rows = new Map<string, number>();
  for (const { expr, before, after } of result.numbers) {
    const text = `${before ?? 'no value'} → ${after ?? 'no value'}   ${expr}`;
    rows.set(text, (rows.get(text) ?? 0) + 1);
  }
  return [
    { label: 'Numbers', kind: vscode.QuickPickItemKind.Separator },
    ...[...rows].map(([text, count]) => row('whole-word', count === 1 ? text : `${text}, ${count} times`)),
  ];
}

/** A little less, a little more. */
function stepItems(text: string): Item[] {
  const now = Number(text.replaceAll('_', ''));
  if (!Number.isFinite(now) || text.trim() === '') return [];
  const isWhole = /^[-+]?\d+$/.test(text.trim());
  return [
    { label: 'Steps', kind: vscode.QuickPickItemKind.Separator },
    ...STEPS.map(step => {
      const moved = now * (1 + step / 100);
      const whole = Math.round(moved) === now ? now + Math.sign(step) : Math.round(moved);
      const value = isWhole ? String(whole) : String(Number(moved.toPrecision(6)));
      return row(step > 0 ? 'add' : 'remove', `${Math.abs(step)} %: ${value}`, { value });
    }),
  ];
}

function edgeItems(edges: readonly GuardEdgeResult[], name: string): Item[] {
  if (edges.length === 0) return [];
  return [
    { label: 'Break-even', kind: vscode.QuickPickItemKind.Separator },
    ...edges.map(({ guard, holdsNow, holds, fails }) => {
      const value = String(Number((holdsNow ? fails : holds).toPrecision(6)));
      return row('symbol-ruler', `${guard} ${holdsNow ? 'breaks' : 'holds'} at ${name} = ${value}`, { value });
    }),
  ];
}
