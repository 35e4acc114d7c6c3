/** The panel of what is tried: a view with a slider for each assumption, what follows from them, and the scenarios. */
import * as vscode from 'vscode';
import type { CausePlace, GuardEdgeResult } from '../../server/protocol';
import { COMMANDS, VIEWS } from '../ids';
import type { Server } from '../server';
import { openCommand } from '../views/place';
import { distFolder, webviewDocument } from '../webviewDocument';
import { compareScenarios, type NamedOutcome } from './compare';
import type { Edge, PanelMessage, PanelRequest } from './messages';
import type { ScenarioStore } from './scenarioStore';
import type { WhatIfSession } from './session';

export interface PanelServices {
  readonly context: vscode.ExtensionContext;
  readonly server: Server;
  readonly session: WhatIfSession;
  readonly scenarios: ScenarioStore;
}

/** Milliseconds without another step after which it is looked where guards fail. */
const QUIET = 300;

export class WhatIfPanel implements vscode.Disposable, vscode.WebviewViewProvider {
  readonly #services: PanelServices;
  readonly #subscriptions: vscode.Disposable;
  #view: vscode.WebviewView | undefined;
  #isReady = false;
  /** The assumption that is to be changed next, once the page is there. */
  #focus: string | undefined;
  /** By assumption, with what they were found for. */
  readonly #edges = new Map<string, { readonly key: string; readonly edges: readonly Edge[] }>();
  #edgesTimer: NodeJS.Timeout | undefined;

  constructor(services: PanelServices) {
    this.#services = services;
    const { session } = services;
    this.#subscriptions = vscode.Disposable.from(
      vscode.window.registerWebviewViewProvider(VIEWS.whatIf, this),
      session.onChanged(() => this.#tell()),
      session.onPicked(name => this.#inBackground(this.#enter(name))),
    );
  }

  resolveWebviewView(view: vscode.WebviewView): void {
    const { webview } = view;
    this.#view = view;
    this.#isReady = false;
    webview.options = { enableScripts: true, localResourceRoots: [distFolder(this.#services.context)] };
    webview.onDidReceiveMessage((request: PanelRequest) => this.#inBackground(this.#receive(request)));
    view.onDidDispose(() => {
      this.#view = undefined;
      this.#isReady = false;
    });
    const body = '<body>\n<main id="what-if"></main>';
    webview.html = webviewDocument(this.#services.context, webview, { name: 'whatif', title: 'What If', body });
  }

  dispose(): void {
    clearTimeout(this.#edgesTimer);
    this.#subscriptions.dispose();
  }

  async #receive(request: PanelRequest): Promise<void> {
    const { session, scenarios } = this.#services;
    const { chapter } = session;
    switch (request.type) {
      case 'ready':
        this.#isReady = true;
        this.#tell();
        return;
      case 'pick':
        await vscode.commands.executeCommand(COMMANDS.whatIf);
        return;
      case 'set':
        return session.set(request.name, request.value);
      case 'drop':
        return session.drop(request.name);
      case 'go':
        return this.#go(request.place);
      case 'keep':
        return session.keep();
      case 'discard':
        return session.discard();
      case 'save':
        await vscode.commands.executeCommand(COMMANDS.scenarios, 'save');
        this.#tellTried();
        return;
      case 'try':
        if (chapter !== undefined) await session.replace(chapter, scenarios.of(chapter)[request.scenario] ?? []);
        return;
      case 'forget':
        if (chapter !== undefined) await scenarios.forget(chapter, request.scenario);
        this.#tellTried();
        return;
      case 'compare':
        return this.#compare();
    }
  }

  async #go(place: CausePlace): Promise<void> {
    const { session, server } = this.#services;
    if (session.chapter === undefined) return;
    const { command, arguments: rest = [] } = openCommand(place, session.chapter, server);
    await vscode.commands.executeCommand(command, ...rest);
  }

  /** Brings the panel to the front, with the keyboard at an assumption. */
  async #enter(name: string): Promise<void> {
    this.#focus = name;
    await vscode.commands.executeCommand(`${VIEWS.whatIf}.focus`);
    this.#tellTried();
    await this.#findEdges(name);
  }

  /** Where guards fail is found out beside the rest: it takes many evaluations. */
  async #findEdges(name: string): Promise<void> {
    const { session } = this.#services;
    const key = session.edgesKey(name);
    if (this.#edges.get(name)?.key === key) return;
    this.#edges.set(name, { key, edges: [] });
    try {
      const edges = (await session.edgesOf(name)).map(edge => edgeOf(edge));
      if (this.#edges.get(name)?.key === key) this.#edges.set(name, { key, edges });
    } catch {
      // What is no number has none; of a chapter that is edited meanwhile, they are looked for another time.
      if (this.#edges.get(name)?.key === key) this.#edges.delete(name);
      return;
    }
    if (session.edgesKey(name) === key) this.#tellTried();
  }

  /** The chapter, or other values that are tried, may have moved them: once all is quiet, they are looked for again. */
  #findEdgesLater(): void {
    clearTimeout(this.#edgesTimer);
    this.#edgesTimer = setTimeout(() => {
      const { tried } = this.#services.session;
      this.#inBackground(Promise.all(tried.map(({ name }) => this.#findEdges(name))));
    }, QUIET);
  }

  async #compare(): Promise<void> {
    const { session, scenarios } = this.#services;
    const { chapter } = session;
    if (chapter === undefined) return;
    const outcomes: NamedOutcome[] = [];
    for (const [name, tried] of Object.entries(scenarios.of(chapter))) {
      // Each as the chapter is now.
      const result = await session.outcome(chapter, tried, false).catch(() => undefined);
      outcomes.push({ name, tried, result });
    }
    this.#post({ type: 'comparison', comparison: compareScenarios(outcomes) });
  }

  #tell(): void {
    const { result, isWhole } = this.#services.session;
    this.#tellTried();
    this.#post({ type: 'outcome', outcome: result, isWhole });
    if (isWhole) this.#findEdgesLater();
  }

  #tellTried(): void {
    const { session, scenarios } = this.#services;
    const { chapter, tried } = session;
    const focus = this.#isReady ? this.#focus : undefined;
    this.#post({
      type: 'tried',
      chapter: chapter?.path.split('/').at(-1) ?? '',
      rows: tried.map(({ name, value, was, unit, place }) => {
        const found = this.#edges.get(name);
        const edges = found?.key === session.edgesKey(name) ? found.edges : [];
        return { name, value, was, unit, place, edges };
      }),
      scenarios: chapter === undefined ? [] : Object.keys(scenarios.of(chapter)),
      focus,
    });
    if (this.#isReady) this.#focus = undefined;
  }

  #post(message: PanelMessage): void {
    if (this.#isReady && this.#view !== undefined) this.#inBackground(this.#view.webview.postMessage(message));
  }

  #inBackground(work: Thenable<unknown>): void {
    work.then(undefined, this.#services.server.report);
  }
}

function edgeOf({ guard, holdsNow, holds, fails }: GuardEdgeResult): Edge {
  const value = Number((holdsNow ? fails : holds).toPrecision(6));
  return { text: `${guard} ${holdsNow ? 'breaks' : 'holds'}`, value, breaks: holdsNow };
}
