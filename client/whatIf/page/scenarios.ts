/** The scenarios of the chapter, and what each of them makes of its numbers, side by side. */
import type { Comparison, PanelRequest } from '../messages';
import { button, element, isFormula } from './elements';

export class ScenarioList {
  readonly root = element('details', 'scenarios');
  readonly #send: (request: PanelRequest) => void;
  readonly #summary = element('summary', '', 'Scenarios');
  readonly #body = element('div', 'comparison');
  #names = '';

  constructor(send: (request: PanelRequest) => void) {
    this.#send = send;
    this.root.append(this.#summary, this.#body);
    this.root.hidden = true;
    this.root.addEventListener('toggle', () => this.#compare());
  }

  show(names: readonly string[]): void {
    const now = JSON.stringify(names);
    if (now === this.#names) return;
    this.#names = now;
    this.root.hidden = names.length === 0;
    this.#summary.textContent = `Scenarios (${names.length})`;
    this.#compare();
  }

  /** Evaluated only for somebody who looks. */
  #compare(): void {
    if (!this.root.open || this.root.hidden) return;
    if (this.#body.childElementCount === 0) this.#body.textContent = '…';
    this.#send({ type: 'compare' });
  }

  compare({ rows, columns, more }: Comparison): void {
    const table = element('table', '');
    const head = element('tr', '');
    head.append(element('th', '', 'Number', { scope: 'col' }), element('th', '', 'Chapter', { scope: 'col' }));
    for (const { name, values, summary } of columns) {
      const cell = element('th', '', '', { scope: 'col', title: `${values}: ${summary}` });
      cell.append(
        button('link', name, () => this.#send({ type: 'try', scenario: name })),
        button('icon', '×', () => this.#send({ type: 'forget', scenario: name }), `Forget ${name}`),
        element('span', 'more below', values),
      );
      head.append(cell);
    }
    table.append(element('thead', ''), element('tbody', ''));
    table.tHead!.append(head);
    rows.forEach(({ label, now, place }, at) => {
      const row = element('tr', '');
      const name = element('th', '', '', { scope: 'row' });
      const link = button('link', label, () => this.#send({ type: 'go', place }));
      link.title = label;
      name.append(link);
      row.append(name, element('td', '', shown(now)));
      for (const { readings } of columns) {
        const then = readings[at] ?? null;
        row.append(then === null ? element('td', 'same', shown(now)) : element('td', 'other', shown(then)));
      }
      table.tBodies[0]!.append(row);
    });
    this.#body.replaceChildren(table);
    if (rows.length === 0) this.#body.append(element('p', 'more', 'None of them changes anything in the prose.'));
    if (more > 0) this.#body.append(element('p', 'more', `and ${more} more`));
  }
}

function shown(text: string): string {
  return isFormula(text) ? 'formula' : text;
}
