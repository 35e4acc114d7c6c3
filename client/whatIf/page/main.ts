/** The page of the what-if panel. */
import type { Outcome, PanelMessage, PanelRequest, TriedRow } from '../messages';
import { AssumptionRow } from './assumption';
import { button, element, setText } from './elements';
import { OutcomeList } from './outcome';
import { ScenarioList } from './scenarios';

interface VsCodeApi {
  postMessage(message: PanelRequest): void;
}

declare const acquireVsCodeApi: () => VsCodeApi;

/** A screen reader is told of an outcome once the values have been left alone for so long, in milliseconds. */
const QUIET = 400;

class Panel {
  readonly #send: (request: PanelRequest) => void;
  readonly #rows = new Map<string, AssumptionRow>();
  readonly #intro = element(
    'p',
    'intro',
    'What would the text say if an assumption were another one? Put the cursor on a number.',
  );
  readonly #list = element('ul', 'assumptions');
  readonly #summary = element('p', 'summary');
  /** The summary for who hears it: not each step of a slider. */
  readonly #said = element('p', 'heard', '', { role: 'status' });
  readonly #problems = element('ul', 'problems');
  readonly #actions = element('div', 'actions');
  readonly #outcome: OutcomeList;
  readonly #scenarios: ScenarioList;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(api: VsCodeApi, root: HTMLElement) {
    this.#send = request => api.postMessage(request);
    this.#outcome = new OutcomeList(this.#send);
    this.#scenarios = new ScenarioList(this.#send);
    this.#actions.append(
      button('main', 'Keep', () => this.#send({ type: 'keep' }), 'Write the values into the chapter, as one edit'),
      button('', 'Give Up', () => this.#send({ type: 'discard' }), 'Give up the values that are tried'),
      button('', 'Name…', () => this.#send({ type: 'save' }), 'Give the values that are tried a name, as a scenario'),
    );
    const more = button(
      '',
      'Try an Assumption…',
      () => this.#send({ type: 'pick' }),
      'Try the assumption at the cursor, or one behind the number there',
    );
    more.classList.add('pick');
    root.append(
      this.#intro,
      this.#list,
      // In a low view, what follows from a value shows below its slider.
      this.#summary,
      this.#said,
      this.#problems,
      this.#actions,
      more,
      this.#outcome.root,
      this.#scenarios.root,
    );
    window.addEventListener('message', ({ data }: MessageEvent<PanelMessage>) => this.#receive(data));
    this.#send({ type: 'ready' });
  }

  #receive(message: PanelMessage): void {
    switch (message.type) {
      case 'tried':
        this.#showRows(message.rows);
        this.#scenarios.show(message.scenarios);
        if (message.focus !== undefined) this.#rows.get(message.focus)?.focus();
        return;
      case 'outcome':
        this.#showOutcome(message.outcome, message.isWhole);
        return;
      case 'comparison':
        this.#scenarios.compare(message.comparison);
    }
  }

  #showRows(rows: readonly TriedRow[]): void {
    const names = new Set(rows.map(({ name }) => name));
    for (const [name, row] of this.#rows)
      if (!names.has(name)) {
        row.root.remove();
        this.#rows.delete(name);
      }
    for (const row of rows) {
      const known = this.#rows.get(row.name);
      if (known !== undefined) known.show(row);
      else {
        const made = new AssumptionRow(row, this.#send);
        this.#rows.set(row.name, made);
        this.#list.append(made.root);
      }
    }
    const isEmpty = rows.length === 0;
    this.#intro.hidden = !isEmpty;
    for (const part of [this.#summary, this.#actions]) part.hidden = isEmpty;
    const isChanged = rows.some(({ value, was }) => value !== was);
    for (const one of this.#actions.querySelectorAll('button')) one.disabled = !isChanged;
    // What is not changed can be given up as well.
    this.#actions.querySelectorAll('button')[1]!.disabled = false;
  }

  #showOutcome(outcome: Outcome | undefined, isWhole: boolean): void {
    const problems = outcome?.problems ?? [];
    const text = outcome === undefined ? '' : `${outcome.summary}.`;
    setText(this.#summary, text);
    this.#problems.hidden = problems.length === 0;
    this.#problems.replaceChildren(...problems.map(problem => element('li', '', problem)));
    this.#outcome.show(outcome, isWhole);
    clearTimeout(this.#timer);
    if (isWhole) this.#timer = setTimeout(() => setText(this.#said, [text, ...problems].join(' ')), QUIET);
  }
}

new Panel(acquireVsCodeApi(), document.getElementById('what-if')!);
