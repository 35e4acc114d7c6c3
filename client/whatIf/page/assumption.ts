/** One assumption of the panel: its name, a box for the value, a slider, and the values at which guards fail. */
import type { Edge, PanelRequest, TriedRow } from '../messages';
import { isWhole, numberIn, rangeOf, type SliderRange, valueAt } from '../range';
import { button, element, setText } from './elements';

/** While somebody types, the value is tried after so many milliseconds. */
const PAUSE = 80;

export class AssumptionRow {
  readonly root = element('li', 'assumption');
  readonly #send: (request: PanelRequest) => void;
  readonly #box: HTMLInputElement;
  readonly #slider: HTMLInputElement;
  readonly #was = element('span', 'was');
  readonly #marks = element('div', 'marks', '', { 'aria-hidden': 'true' });
  readonly #edges = element('ul', 'edges');
  #row: TriedRow;
  #range: SliderRange | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #shownEdges = '';

  constructor(row: TriedRow, send: (request: PanelRequest) => void) {
    const { name, unit } = row;
    this.#row = row;
    this.#send = send;
    const label = unit === '' ? name : `${name} in ${unit}`;
    this.#box = element('input', 'value', '', { type: 'text', spellcheck: 'false', 'aria-label': label });
    this.#slider = element('input', 'slider', '', { type: 'range', 'aria-label': `${label}, slider` });
    const head = element('div', 'head');
    const title = button(
      'name',
      shortName(name),
      () => this.#row.place && send({ type: 'go', place: this.#row.place }),
      '',
    );
    title.title = `${name}: go to where it is written`;
    head.append(
      title,
      button('icon', '↺', () => this.#try(this.#row.was), `Back to what the chapter says of ${name}`),
      button('icon', '×', () => send({ type: 'drop', name }), `Give up ${name}`),
    );
    const line = element('div', 'line');
    line.append(this.#box, element('span', 'unit', unit), this.#was);
    const track = element('div', 'track');
    track.append(this.#slider, this.#marks);
    this.root.append(head, line, track, this.#edges);
    this.#box.addEventListener('input', () => {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.#typed(), PAUSE);
    });
    // Who goes on to a button means what is typed.
    this.#box.addEventListener('change', () => this.#typed());
    this.#box.addEventListener('keydown', event => this.#key(event));
    this.#slider.addEventListener('input', () => this.#scrubbed());
    this.show(row);
  }

  show(row: TriedRow): void {
    this.#row = row;
    const { name, value, was, edges } = row;
    const isOther = value !== was;
    this.root.classList.toggle('changed', isOther);
    const file = fileOf(name);
    setText(this.#was, isOther ? `${file ?? 'chapter'}: ${was}` : `as in ${file ?? 'the chapter'}`);
    // What is being typed or scrubbed is ahead of what is told.
    if (document.activeElement !== this.#box || numberIn(this.#box.value) === undefined) this.#fill(value);
    this.#range = rangeOf(
      was,
      edges.map(edge => edge.value),
      value,
    );
    this.#place(value);
    const shown = JSON.stringify([edges, this.#range]);
    if (shown !== this.#shownEdges) this.#showEdges();
    this.#shownEdges = shown;
  }

  /** The keyboard goes on here. */
  focus(): void {
    (this.#slider.disabled ? this.#box : this.#slider).focus();
    this.root.scrollIntoView({ block: 'nearest' });
  }

  #fill(value: string): void {
    if (document.activeElement !== this.#box) this.#box.value = value;
  }

  #place(value: string): void {
    const range = this.#range;
    const number = numberIn(value);
    this.#slider.disabled = range === undefined;
    if (range === undefined || document.activeElement === this.#slider) {
      if (range !== undefined) this.#bound(range);
      return;
    }
    this.#bound(range);
    if (number !== undefined) this.#slider.value = String(number);
  }

  #bound({ min, max, step }: SliderRange): void {
    const slider = this.#slider;
    for (const [name, value] of Object.entries({ min, max, step })) slider.setAttribute(name, String(value));
  }

  #showEdges(): void {
    const { edges, was } = this.#row;
    const range = this.#range;
    this.#marks.replaceChildren();
    this.#edges.replaceChildren();
    const mark = (value: number, kind: string): void => {
      if (range === undefined || value < range.min || value > range.max) return;
      const one = element('span', kind);
      one.style.setProperty('--at', String((value - range.min) / (range.max - range.min)));
      this.#marks.append(one);
    };
    const now = numberIn(was);
    if (now !== undefined) mark(now, 'now');
    // A row for each guard, the nearest edge first.
    const distance = ({ value }: Edge) => Math.abs(value - (now ?? 0));
    const items = new Map<string, HTMLElement>();
    for (const { text, value, breaks } of [...edges].sort((a, b) => distance(a) - distance(b))) {
      mark(value, breaks ? 'breaks' : 'holds');
      let item = items.get(text);
      if (item === undefined) {
        item = element('li', breaks ? 'breaks' : 'holds', `${text} at `);
        items.set(text, item);
      } else item.append(' and ');
      const shown = isWhole(was) ? String(value) : String(Number(value.toPrecision(4)));
      item.append(button('link', shown, () => this.#try(pythonOf(value, was)), `Try ${shown}: ${text}`));
    }
    this.#edges.append(...items.values());
  }

  #key(event: KeyboardEvent): void {
    if (event.key === 'Enter') this.#typed();
    else if (event.key === 'Escape') this.#try(this.#row.was);
    else if ((event.key === 'ArrowUp' || event.key === 'ArrowDown') && this.#range !== undefined) {
      const now = numberIn(this.#box.value);
      if (now === undefined) return;
      event.preventDefault();
      const by = this.#range.step * (event.shiftKey ? 10 : 1) * (event.key === 'ArrowUp' ? 1 : -1);
      this.#try(valueAt(now + by, this.#range, this.#row.was));
    }
  }

  #typed(): void {
    clearTimeout(this.#timer);
    const value = this.#box.value.trim();
    if (value !== '') this.#set(value);
  }

  #scrubbed(): void {
    if (this.#range === undefined) return;
    const value = valueAt(this.#slider.valueAsNumber, this.#range, this.#row.was);
    this.#box.value = value;
    this.#slider.setAttribute('aria-valuetext', value);
    this.#set(value);
  }

  #try(value: string): void {
    this.#box.value = value;
    const number = numberIn(value);
    if (number !== undefined) this.#slider.value = String(number);
    this.#set(value);
  }

  #set(value: string): void {
    const { name, was } = this.#row;
    this.root.classList.toggle('changed', value !== was);
    this.#send({ type: 'set', name, value });
  }
}

/** `data/chips.yaml: h100.peak` */
const IN_FILE = /^[^"'[\]]*?([^/"'[\]]+\.\w+): (.*)$/;

/** Of a number in a data file, what stands behind the file's name. */
function shortName(name: string): string {
  return IN_FILE.exec(name)?.[2] ?? name;
}

/** The file of such a number, without its folder. */
function fileOf(name: string): string | undefined {
  return IN_FILE.exec(name)?.[1];
}

function pythonOf(value: number, was: string): string {
  const text = String(value);
  return isWhole(was) || /[.e]/.test(text) ? text.replace('e+', 'e') : `${text}.0`;
}
