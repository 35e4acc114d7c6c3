/**
 * Lines of at most 79 columns: brackets whose content does not fit end the line after each comma, the outermost first.
 * Facts from `IPython.lib.pretty` 8, its quirks included.
 */
import { codePoints } from '../../python/runtime/operations';
import { vm } from '../../python/runtime/vm';

const WIDTH = 79;

/** Items between brackets, which break all together or not at all. */
interface Group {
  readonly depth: number;
  /** Places of it that are still undecided. */
  open: number;
  broken: boolean;
}

/** A place where the line may end, with the group that decides. */
interface Break {
  readonly group: Group;
  readonly indent: number;
  /** What stands there where the line goes on. */
  readonly separator: string;
}

/** Puts text together as it comes; whatever does not fit makes the outermost group that is undecided break. */
export class Layout {
  #done = '';
  /** Columns of the last line of `#done`. */
  #column = 0;
  /** What follows it: texts, and places that are undecided. */
  #pending: (string | Break)[] = [];
  #width = 0;
  #indent = 0;
  readonly #stack: Group[] = [{ depth: 0, open: 0, broken: false }];
  /** Groups that may break, by depth. */
  readonly #queue: Group[][] = [[]];

  text(text: string): void {
    vm.work(text.length);
    if (this.#pending.length === 0) {
      this.#done += text;
      this.#column += codePoints(text);
      return;
    }
    this.#pending.push(text);
    this.#width += codePoints(text);
    this.#fit();
  }

  /** A separator, or the end of the line in its place. */
  blank(separator = ' '): void {
    const group = this.#stack.at(-1)!;
    if (group.broken) {
      this.#flush();
      this.#endLine(this.#indent);
      return;
    }
    group.open++;
    this.#pending.push({ group, indent: this.#indent, separator });
    this.#width += codePoints(separator);
    this.#fit();
  }

  /** The end of the line, whatever stands there; the outermost group breaks with it. */
  line(): void {
    const group = this.#outermost();
    if (group !== undefined) this.#break(group);
    this.#flush();
    this.#endLine(this.#indent);
  }

  group(open: string, indent: number, close: string, inside: () => void): void {
    this.begin(open, indent);
    inside();
    this.end(indent, close);
  }

  begin(open: string, indent: number): void {
    if (open !== '') this.text(open);
    const depth = this.#stack.at(-1)!.depth + 1;
    const group: Group = { depth, open: 0, broken: false };
    this.#stack.push(group);
    while (this.#queue.length <= depth) this.#queue.push([]);
    this.#queue[depth]!.push(group);
    this.#indent += indent;
  }

  /** Ends the group that was begun last. */
  end(indent: number, close: string): void {
    this.#indent -= indent;
    const group = this.#stack.pop()!;
    if (group.open === 0) this.#forget(group);
    if (close !== '') this.text(close);
  }

  finish(): string {
    this.#flush();
    return this.#done;
  }

  #endLine(indent: number): void {
    this.#done += `\n${' '.repeat(indent)}`;
    this.#column = indent;
  }

  /** Breaks groups until the line is short enough. */
  #fit(): void {
    while (WIDTH < this.#column + this.#width) {
      const group = this.#outermost();
      if (group === undefined) return;
      this.#break(group);
    }
  }

  #break(group: Group): void {
    while (group.open > 0) this.#putFirst();
    while (typeof this.#pending[0] === 'string') this.#putFirst();
  }

  /**
   * The outermost group that has undecided places, the last of its depth; it breaks from here on. IPython then drops the
   * group that stands as far from the start of the queue as this one from its end, and so do we.
   */
  #outermost(): Group | undefined {
    for (const groups of this.#queue) {
      for (let at = groups.length - 1; at >= 0; at--) {
        const group = groups[at]!;
        if (group.open === 0) continue;
        groups.splice(groups.length - 1 - at, 1);
        group.broken = true;
        return group;
      }
      for (const group of groups) group.broken = true;
      groups.length = 0;
    }
    return undefined;
  }

  #putFirst(): void {
    const first = this.#pending.shift()!;
    if (typeof first === 'string') {
      this.#done += first;
      const width = codePoints(first);
      this.#column += width;
      this.#width -= width;
      return;
    }
    const { group, indent, separator } = first;
    const width = codePoints(separator);
    group.open--;
    this.#width -= width;
    if (group.broken) {
      this.#endLine(indent);
      return;
    }
    if (group.open === 0) this.#forget(group);
    this.#done += separator;
    this.#column += width;
  }

  #flush(): void {
    while (this.#pending.length > 0) this.#putFirst();
    this.#width = 0;
  }

  #forget(group: Group): void {
    const groups = this.#queue[group.depth]!;
    const at = groups.indexOf(group);
    if (at >= 0) groups.splice(at, 1);
  }
}
