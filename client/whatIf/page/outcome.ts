/** What follows from what is tried: guards, claims, numbers, each with links to where they stand. */
import type { CausePlace } from '../../../server/protocol';
import type { Outcome, PanelRequest } from '../messages';
import { button, element, isFormula } from './elements';

/** So many different numbers are listed. */
const MOST = 200;
const NO_VALUE = 'no value';

/** A row of a list, with what tells it from others. */
interface Row {
  readonly key: string;
  make(): HTMLElement;
}

export class OutcomeList {
  readonly root = element('div', 'outcome');
  readonly #send: (request: PanelRequest) => void;
  readonly #guards: Section;
  readonly #claims: Section;
  readonly #numbers: Section;

  constructor(send: (request: PanelRequest) => void) {
    this.#send = send;
    this.#guards = new Section('Guards');
    this.#claims = new Section('Claims');
    this.#numbers = new Section('Numbers');
    this.root.append(this.#guards.root, this.#claims.root, this.#numbers.root);
  }

  /** Until claims were looked for, those that were found before stay, and are marked as old. */
  show(outcome: Outcome | undefined, isWhole: boolean): void {
    const { guards = [], findings = [], numbers = [] } = outcome ?? {};
    this.#guards.show(
      guards.map(({ text, holds, message, place }) => ({
        key: JSON.stringify([text, holds, message, place]),
        make: () => this.#told(holds ? '✓' : '✗', `${text} ${holds ? 'holds' : 'breaks'}`, holds ? '' : message, place),
      })),
    );
    this.#claims.setBusy(!isWhole);
    if (isWhole) this.#claims.show(this.#claimRows(findings), findings.length);
    this.#numbers.show(this.#numberRows(numbers), numbers.length);
  }

  #told(sign: string, text: string, more: string, place: CausePlace): HTMLElement {
    const item = element('li', sign === '✗' ? 'bad' : 'good');
    const words = element('span', '');
    words.append(button('link', text, () => this.#send({ type: 'go', place })));
    if (more !== '') words.append(element('span', 'more below', more));
    item.append(element('span', 'sign', sign, { 'aria-hidden': 'true' }), words);
    return item;
  }

  /** The same claim at several places is one row. */
  #claimRows(findings: Outcome['findings']): Row[] {
    return atPlaces(findings, ({ message, appears }) => [message, appears]).map(({ key, one, places }) => ({
      key,
      make: () => {
        const { message, appears } = one;
        const item = this.#told(appears ? '✗' : '✓', message, appears ? '' : 'no longer', places[0]!);
        const where = element('span', 'where below');
        this.#addLines(where, message, places);
        item.lastElementChild!.append(where);
        return item;
      },
    }));
  }

  /** A link for each line. */
  #addLines(where: HTMLElement, what: string, places: readonly CausePlace[]): void {
    where.append(places.length > 1 ? ' lines ' : ' line ');
    places.forEach((place, at) => {
      if (at > 0) where.append(' ');
      const line = String(place.range.start.line + 1);
      where.append(button('link', line, () => this.#send({ type: 'go', place }), `${what} in line ${line}`));
    });
  }

  /** What reads the same is one row, with a link for each line. */
  #numberRows(numbers: Outcome['numbers']): Row[] {
    const all = atPlaces(numbers, ({ expr, before = NO_VALUE, after = NO_VALUE }) => [expr, before, after]).map(
      ({ key, one, places }): Row => ({ key, make: () => this.#number(one, places) }),
    );
    if (all.length <= MOST) return all;
    const more = all.length - MOST;
    return [...all.slice(0, MOST), { key: `more ${more}`, make: () => element('li', 'more', `and ${more} more`) }];
  }

  #number(
    { expr, before = NO_VALUE, after = NO_VALUE }: Outcome['numbers'][number],
    places: readonly CausePlace[],
  ): HTMLElement {
    const item = element('li', 'number');
    const [first] = places;
    const change = button('link change', '', () => this.#send({ type: 'go', place: first! }));
    if (isFormula(before) && isFormula(after)) change.append(element('strong', '', 'the formula changes'));
    else change.append(element('span', 'old', before), ' → ', element('strong', '', after));
    const where = element('span', 'where');
    where.append(element('code', '', expr));
    this.#addLines(where, expr, places);
    item.append(change, where);
    return item;
  }
}

/** What reads the same, once, with all its places, and a key that tells these as well. */
function atPlaces<T extends { readonly place: CausePlace }>(
  items: readonly T[],
  read: (item: T) => readonly unknown[],
): readonly { readonly key: string; readonly one: T; readonly places: readonly CausePlace[] }[] {
  const found = new Map<string, { readonly one: T; readonly places: CausePlace[] }>();
  for (const one of items) {
    const text = JSON.stringify(read(one));
    const known = found.get(text);
    if (known === undefined) found.set(text, { one, places: [one.place] });
    else known.places.push(one.place);
  }
  return [...found].map(([text, { one, places }]) => {
    const lines = places.map(({ range }) => range.start.line);
    return { key: `${text} ${lines.join()}`, one, places };
  });
}

/** A list with a heading; rows that stay the same are left alone. */
class Section {
  readonly root = element('section', '');
  readonly #title: string;
  readonly #heading = element('h2', '');
  readonly #list = element('ul', '');
  #rows = new Map<string, HTMLElement>();

  constructor(title: string) {
    this.#title = title;
    this.root.append(this.#heading, this.#list);
    this.root.hidden = true;
  }

  setBusy(isBusy: boolean): void {
    this.#list.setAttribute('aria-busy', String(isBusy));
  }

  /** `count` of what is told, where several are one row. */
  show(rows: readonly Row[], count = rows.length): void {
    this.root.hidden = rows.length === 0;
    this.#heading.textContent = `${this.#title} (${count})`;
    const next = new Map<string, HTMLElement>();
    for (const { key, make } of rows) next.set(key, this.#rows.get(key) ?? make());
    this.#rows = next;
    let at = this.#list.firstElementChild;
    for (const item of next.values()) {
      if (item === at) at = at.nextElementSibling;
      else this.#list.insertBefore(item, at);
    }
    while (at !== null) {
      const gone = at;
      at = at.nextElementSibling;
      gone.remove();
    }
  }
}
