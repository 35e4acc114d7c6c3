/** The values at the points of figures: at the pointer, and by arrow keys where a figure has the focus. */

const FIGURE = 'svg.reckoner-figure';
/** How far from a point the pointer may be, in pixels. */
const NEAR = 24;
const SVG = 'http://www.w3.org/2000/svg';

interface Point {
  /** In the units of the figure. */
  readonly x: number;
  readonly y: number;
  readonly text: string;
  readonly series: number;
}

/** Points by the figure that they were read from; an update makes them anew where it changes the figure. */
const known = new WeakMap<Element, { readonly source: string; readonly points: readonly Point[] }>();

function pointsOf(figure: Element): readonly Point[] {
  const parts = [...figure.querySelectorAll<SVGElement>('[data-points]')].map(part => part.dataset.points ?? '');
  const source = parts.join('\n\n');
  const before = known.get(figure);
  if (before?.source === source) return before.points;
  let series = 0;
  const points = parts.flatMap(part => {
    const [names = '', ...lines] = part.split('\n');
    const [xName, yName] = names.split('\t');
    return lines.flatMap(line => {
      const [label, ...fields] = line.split('\t');
      const own = series++;
      const found: Point[] = [];
      for (let at = 0; at + 3 < fields.length; at += 4) {
        const [x, y, xText, yText] = fields.slice(at, at + 4);
        const text = `${label === '' ? '' : `${label}: `}${xName} ${xText}, ${yName} ${yText}`;
        found.push({ x: Number(x), y: Number(y), text, series: own });
      }
      return found;
    });
  });
  known.set(figure, { source, points });
  return points;
}

export class FigurePoints {
  readonly #tip = document.createElement('div');
  #figure: SVGSVGElement | undefined;
  #mark: SVGElement | undefined;
  #at = -1;

  constructor(root: HTMLElement) {
    this.#tip.className = 'reckoner-tip';
    this.#tip.setAttribute('role', 'status');
    this.#tip.hidden = true;
    document.body.append(this.#tip);
    root.addEventListener('pointermove', event => this.#move(event));
    root.addEventListener('pointerleave', () => this.#hide());
    root.addEventListener('focusout', () => this.#hide());
    root.addEventListener('keydown', event => this.#key(event));
    window.addEventListener('scroll', () => this.#scrolled(), { passive: true });
  }

  #move({ target, clientX, clientY, pointerType }: PointerEvent): void {
    const figure = (target as Element).closest<SVGSVGElement>(FIGURE);
    const matrix = figure?.getScreenCTM()?.inverse();
    if (figure === null || matrix === undefined || pointerType === 'touch') {
      if (this.#figure !== undefined && this.#figure !== document.activeElement) this.#hide();
      return;
    }
    const { x, y } = new DOMPoint(clientX, clientY).matrixTransform(matrix);
    const near = NEAR * matrix.a;
    let best = -1;
    let least = near * near;
    const points = pointsOf(figure);
    for (const [at, point] of points.entries()) {
      const distance = (point.x - x) ** 2 + (point.y - y) ** 2;
      if (distance < least) [best, least] = [at, distance];
    }
    if (best >= 0) this.#show(figure, points, best);
    else this.#hide();
  }

  /** Left and right go along a series, up and down to the next one. */
  #key(event: KeyboardEvent): void {
    const figure = (event.target as Element).closest<SVGSVGElement>(FIGURE);
    if (figure === null || event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === 'Escape') {
      this.#hide();
      return;
    }
    const points = pointsOf(figure);
    const next = this.#next(event.key, points, this.#figure === figure ? this.#at : -1);
    if (next === undefined) return;
    event.preventDefault();
    this.#show(figure, points, next);
  }

  #next(key: string, points: readonly Point[], at: number): number | undefined {
    if (points.length === 0) return undefined;
    const here = points[at];
    switch (key) {
      case 'ArrowRight':
        return Math.min(at + 1, points.length - 1);
      case 'ArrowLeft':
        return Math.max(at - 1, 0);
      case 'Home':
        return 0;
      case 'End':
        return points.length - 1;
      case 'ArrowDown':
      case 'ArrowUp': {
        if (here === undefined) return 0;
        const series = here.series + (key === 'ArrowDown' ? 1 : -1);
        let best: number | undefined;
        for (const [index, point] of points.entries())
          if (
            point.series === series &&
            (best === undefined || Math.abs(point.x - here.x) < Math.abs(points[best]!.x - here.x))
          )
            best = index;
        return best ?? at;
      }
      default:
        return undefined;
    }
  }

  #show(figure: SVGSVGElement, points: readonly Point[], at: number): void {
    const point = points[at]!;
    if (this.#figure !== figure || this.#mark?.isConnected !== true) {
      this.#mark?.remove();
      this.#mark = document.createElementNS(SVG, 'circle');
      this.#mark.setAttribute('class', 'reckoner-point');
      this.#mark.setAttribute('r', '5');
      figure.append(this.#mark);
    }
    this.#figure = figure;
    this.#at = at;
    this.#mark!.setAttribute('cx', String(point.x));
    this.#mark!.setAttribute('cy', String(point.y));
    this.#tip.hidden = false;
    if (this.#tip.textContent !== point.text) this.#tip.textContent = point.text;
    this.#place(figure, point);
  }

  #place(figure: SVGSVGElement, point: Point): void {
    const matrix = figure.getScreenCTM();
    if (matrix === null) return;
    const place = new DOMPoint(point.x, point.y).matrixTransform(matrix);
    const { clientWidth } = document.documentElement;
    const left = Math.max(4, Math.min(place.x + 10, clientWidth - this.#tip.offsetWidth - 4));
    const above = place.y - this.#tip.offsetHeight - 10;
    this.#tip.style.left = `${left}px`;
    this.#tip.style.top = `${above < 4 ? place.y + 12 : above}px`;
  }

  /** The pointer is elsewhere then; what was reached by keys stays. */
  #scrolled(): void {
    const figure = this.#figure;
    const point = figure === undefined ? undefined : pointsOf(figure)[this.#at];
    if (figure === undefined || point === undefined || document.activeElement !== figure) this.#hide();
    else this.#place(figure, point);
  }

  #hide(): void {
    if (this.#figure === undefined) return;
    this.#mark?.remove();
    this.#mark = undefined;
    this.#figure = undefined;
    this.#at = -1;
    this.#tip.hidden = true;
    this.#tip.textContent = '';
  }
}
