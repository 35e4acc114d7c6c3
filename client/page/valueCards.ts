/** Cards of computed numbers: the value as it was computed, what it was computed from, and what guards it. */
import type { CardLine, CardPlace, CardValue, ValueCard } from '../../server/protocol';
import type { CardContent, CardSource } from './card';

/** Asks the host, by the position of a reference; undefined where it knows nothing of it. */
export type AskForCard = (number: HTMLElement) => Promise<ValueCard | undefined>;

/** What can be done beside an editor. */
export interface EditorLinks {
  go(place: CardPlace): void;
  /** Tries other values of what the number of a reference is made of. */
  whatIf(reference: CardPlace): void;
}

/** Cards of the numbers on a page; without an editor they lead nowhere. */
export function valueCards(ask: AskForCard, editor: EditorLinks | undefined): CardSource {
  return {
    selector: '.reckoner-value',
    async content(number): Promise<CardContent | undefined> {
      const card = await ask(number);
      if (card === undefined) return undefined;
      return { label: `Number ${card.shown ?? card.expression}`, nodes: new Writer(editor).card(card) };
    },
  };
}

class Writer {
  readonly #editor: EditorLinks | undefined;

  constructor(editor: EditorLinks | undefined) {
    this.#editor = editor;
  }

  card(card: ValueCard): Node[] {
    const { shown, raw, formula, made } = card;
    const head = element('div', 'reckoner-card-head');
    head.append(element('code', '', card.expression));
    if (shown !== undefined) head.append(' = ', element('strong', '', shown));
    const parts: Node[] = [head];
    for (const note of card.notes) parts.push(this.#line('p', 'reckoner-card-note', note));
    if (raw !== undefined) parts.push(section('Computed value', rawValue(raw)));
    if (formula !== undefined) parts.push(...formulaSections(formula));
    if (made !== undefined) {
      const code = element('pre', '', made.source);
      const where = element('p', 'reckoner-card-where');
      if (this.#editor !== undefined) where.append(this.#link('Line that computes it', made.place), ' ');
      where.append(`in ${made.cell}`);
      parts.push(section('Computed by', code, where));
    }
    if (card.inputs.length > 0) parts.push(section('From', this.#inputs(card)));
    if (card.guards.length > 0) parts.push(section('Guards', this.#guards(card)));
    const editor = this.#editor;
    if (editor !== undefined) {
      const where = element('p', 'reckoner-card-where');
      where.append(this.#link('Reference in the text', card.reference));
      if (card.formula !== undefined)
        where.append(
          ' · ',
          act('What if…', () => editor.whatIf(card.reference)),
        );
      parts.push(where);
    }
    return parts;
  }

  #inputs({ inputs }: ValueCard): HTMLElement {
    const table = element('table', 'reckoner-card-inputs');
    for (const input of inputs) {
      const row = element('tr', '');
      const name = element('th', '');
      name.setAttribute('scope', 'row');
      const code = element('code', '');
      code.append(input.place === undefined ? input.name : this.#link(input.name, input.place));
      name.append(code);
      const cell = element('td', '');
      cell.append(...value(input).childNodes);
      row.append(name, cell, element('td', 'reckoner-card-source', input.source ?? ''));
      table.append(row);
    }
    return table;
  }

  #guards({ guards }: ValueCard): HTMLElement {
    const list = element('ul', 'reckoner-card-guards');
    for (const guard of guards) {
      const item = this.#line('li', guard.passed ? 'reckoner-holds' : 'reckoner-fails', guard);
      item.prepend(element('span', '', guard.passed ? '✓ ' : '✗ '));
      list.append(item);
    }
    return list;
  }

  #line(tag: string, className: string, { text, place }: CardLine): HTMLElement {
    const made = element(tag, className);
    made.append(place === undefined ? text : this.#link(text, place));
    return made;
  }

  /** A text that leads to a place in the editor; without an editor, the text alone. */
  #link(text: string, place: CardPlace): Node {
    const editor = this.#editor;
    return editor === undefined ? document.createTextNode(text) : act(text, () => editor.go(place));
  }
}

function formulaSections({ names, numbers, set, simplified }: NonNullable<ValueCard['formula']>): HTMLElement[] {
  const list = element('div', 'reckoner-card-formula');
  list.append(set === undefined ? element('code', '', names) : typeset(set.names));
  if (numbers !== names) list.append(set === undefined ? element('code', '', `= ${numbers}`) : typeset(set.numbers));
  const sections = [section('Formula', list)];
  if (simplified !== undefined) sections.push(section('By what it ends in', typeset(simplified)));
  return sections;
}

/** A formula that the server has set. */
function typeset(html: string): HTMLElement {
  const made = element('div', 'reckoner-card-math');
  made.innerHTML = html;
  return made;
}

function act(text: string, act: () => void): HTMLElement {
  const button = element('button', 'reckoner-card-link', text);
  button.setAttribute('type', 'button');
  button.addEventListener('click', act);
  return button;
}

function section(title: string, ...content: Node[]): HTMLElement {
  const made = element('section', '');
  made.append(element('div', 'reckoner-card-title', title), ...content);
  return made;
}

function value({ value, unit }: CardValue): HTMLElement {
  const made = element('p', '');
  made.append(element('code', '', value));
  if (unit !== undefined) made.append(` ${unit}`);
  return made;
}

function rawValue(raw: NonNullable<ValueCard['raw']>): HTMLElement {
  const made = value(raw);
  if (raw.name !== undefined) made.prepend(element('code', '', raw.name), ' = ');
  made.append(' ', element('em', '', raw.type));
  return made;
}

function element(tag: string, className: string, words = ''): HTMLElement {
  const made = document.createElement(tag);
  if (className !== '') made.className = className;
  made.textContent = words;
  return made;
}
