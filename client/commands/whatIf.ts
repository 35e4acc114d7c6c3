import * as vscode from 'vscode';
import { ASSUMPTIONS, type AssumptionValue, SENSITIVITY, type SensitivityResult } from '../../server/protocol';
import { COMMANDS } from '../ids';
import { pickValue } from '../whatIf/pick';
import type { Tried } from '../whatIf/session';
import type { Command, Services } from './index';

/** Tries another value of an assumption: of the one that is given, else of one at the cursor or behind the number there. */
export const whatIf: Command = {
  id: COMMANDS.whatIf,
  run: async (services, given) => {
    const { whatIf: session, server } = services;
    if (isTried(given) && session.chapter !== undefined) return pickValue(session.chapter, given, session, server);
    const editor = vscode.window.activeTextEditor;
    if (editor === undefined) return undefined;
    const chapter = editor.document.uri;
    const chosen = await choose(chapter, editor.selection.active, services);
    return chosen && pickValue(chapter, chosen, session, server);
  },
};

function isTried(given: unknown): given is Tried {
  return typeof given === 'object' && given !== null && 'name' in given && 'was' in given;
}

/** The one assumption at a position, or the one that the author picks among those behind the number there. */
async function choose(
  chapter: vscode.Uri,
  position: vscode.Position,
  { server, whatIf: session }: Services,
): Promise<Tried | undefined> {
  const params = { textDocument: { uri: server.uriOf(chapter) }, position };
  const found = (await server.request<readonly AssumptionValue[]>(ASSUMPTIONS, params)) ?? [];
  const [only, ...more] = found;
  if (only === undefined) {
    void vscode.window.showInformationMessage('Put the cursor on a number that a cell sets, or on a reference.');
    return undefined;
  }
  const chosen = more.length === 0 ? only : await pickAssumption(found, server.request(SENSITIVITY, params));
  if (chosen === undefined) return undefined;
  const { name, value, unit } = chosen;
  const before =
    session.chapter?.toString() === chapter.toString() ? session.tried.find(one => one.name === name) : undefined;
  return before ?? { name, value, was: value, unit };
}

type AssumptionItem = vscode.QuickPickItem & { readonly assumption: AssumptionValue };

/** The strongest first, once it is known which these are. */
function pickAssumption(
  found: readonly AssumptionValue[],
  asked: Promise<readonly SensitivityResult[] | undefined>,
): Promise<AssumptionValue | undefined> {
  const pick = vscode.window.createQuickPick<AssumptionItem>();
  const show = (strengths: readonly SensitivityResult[] = []): void => {
    const strengthOf = ({ name }: AssumptionValue) => strengths.find(one => one.name === name)?.elasticity;
    const weight = (one: AssumptionValue) => Math.abs(strengthOf(one) ?? 0);
    pick.items = [...found]
      .sort((a, b) => weight(b) - weight(a))
      .map(assumption => {
        const { name, value, unit, source } = assumption;
        const strength = strengthOf(assumption);
        const detail =
          strength === undefined ? undefined : `1 % more makes it ${Number(strength.toPrecision(3))} % more`;
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
