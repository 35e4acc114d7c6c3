import * as vscode from 'vscode';
import { ASSUMPTIONS, type AssumptionValue, SENSITIVITY, type SensitivityResult } from '../../server/protocol';
import { COMMANDS } from '../ids';
import type { Tried } from '../whatIf/session';
import type { Command, Services } from './index';

interface Spot {
  readonly uri: vscode.Uri;
  readonly position: vscode.Position;
}

/**
 * Lets the author try another value of an assumption: of the one at a place, else of one behind the number there. The place is
 * the given one, or the cursor in the active editor.
 */
export const whatIf: Command = {
  id: COMMANDS.whatIf,
  run: async (services, given) => {
    const spot = spotOf(given, services) ?? cursor(services);
    const chosen = spot && (await choose(spot, services));
    return chosen && services.whatIf.pick(chosen.chapter, chosen.tried);
  },
};

/** The place of a line in the tree of a number, or of a number on a page. */
function spotOf(given: unknown, { sources }: Services): Spot | undefined {
  if (typeof given !== 'object' || given === null) return undefined;
  if ('uri' in given && given.uri instanceof vscode.Uri && 'position' in given)
    return { uri: given.uri, position: given.position as vscode.Position };
  return sources.spotOf(given);
}

/** While the panel has the focus: the editor of its chapter. */
function cursor({ whatIf: session }: Services): Spot | undefined {
  const { activeTextEditor, visibleTextEditors } = vscode.window;
  const editor =
    activeTextEditor ??
    visibleTextEditors.find(({ document }) => document.uri.toString() === session.chapter?.toString()) ??
    visibleTextEditors[0];
  return editor && { uri: editor.document.uri, position: editor.selection.active };
}

/** The one assumption at a position, or the one that the author picks among those behind the number there. */
async function choose({ uri, position }: Spot, { server }: Services): Promise<Chosen | undefined> {
  const params = { textDocument: { uri: server.uriOf(uri) }, position };
  const found = (await server.request<readonly AssumptionValue[]>(ASSUMPTIONS, params)) ?? [];
  const [only, ...more] = found;
  if (only === undefined) {
    void vscode.window.showInformationMessage('Put the cursor on a number that a cell sets, or on a reference.');
    return undefined;
  }
  const chosen = more.length === 0 ? only : await pickAssumption(found, server.request(SENSITIVITY, params));
  if (chosen === undefined) return undefined;
  const { name, value, unit, place, chapter } = chosen;
  const tried = { name, value, was: value, unit, place };
  return { chapter: chapter === undefined ? uri : server.editorUri(chapter), tried };
}

/** An assumption, and the chapter in which it is tried. */
interface Chosen {
  readonly chapter: vscode.Uri;
  readonly tried: Tried;
}

/** By how much a number grows or falls, in three digits. */
function strengthText(elasticity: number): string {
  const percent = told(Math.abs(elasticity));
  return percent === 0 ? 'no other' : `${percent} % ${elasticity < 0 ? 'less' : 'more'}`;
}

const told = (percent: number): number => Number(percent.toPrecision(3));

type AssumptionItem = vscode.QuickPickItem & { readonly assumption: AssumptionValue };

/** The strongest first, once it is known which these are. */
function pickAssumption(
  found: readonly AssumptionValue[],
  asked: Promise<readonly SensitivityResult[] | undefined>,
): Promise<AssumptionValue | undefined> {
  const pick = vscode.window.createQuickPick<AssumptionItem>();
  const show = (strengths: readonly SensitivityResult[] = []): void => {
    const strengthOf = ({ name }: AssumptionValue) => strengths.find(one => one.name === name)?.elasticity;
    const weight = (one: AssumptionValue) => told(Math.abs(strengthOf(one) ?? 0));
    pick.items = [...found]
      .sort((a, b) => weight(b) - weight(a))
      .map(assumption => {
        const { name, value, unit, source } = assumption;
        const strength = strengthOf(assumption);
        const detail = strength === undefined ? undefined : `1 % more makes it ${strengthText(strength)}`;
        const label = `${name} = ${value}${unit === '' ? '' : ` ${unit}`}`;
        return { label, description: source, assumption, ...(detail === undefined ? {} : { detail }) };
      });
  };
  pick.title = 'What if … were another one?';
  pick.placeholder = 'What the number is made of';
  pick.busy = true;
  show();
  asked
    .then(show, () => undefined)
    .finally(() => {
      pick.busy = false;
    });
  return new Promise(resolve => {
    pick.onDidAccept(() => {
      resolve(pick.selectedItems[0]?.assumption);
      pick.hide();
    });
    pick.onDidHide(() => {
      resolve(undefined);
      pick.dispose();
    });
    pick.show();
  });
}
