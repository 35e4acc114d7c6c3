/**
 * Matches by backtracking over a program of simple instructions. The stack of places to come back to is an array of
 * our own, so a long text cannot overflow JavaScript's; every instruction counts as work of the cell.
 */
import { vm } from '../../../python/runtime/vm';
import { foldCode, type Test } from './characters';
import { type Place, type Regex, type RegexNode, widthOf } from './nodes';

type Instruction =
  | { readonly op: 'char'; readonly test: Test }
  | { readonly op: 'fail' }
  | { readonly op: 'match' }
  | { readonly op: 'jump'; to: number }
  /** Goes on at `first`, and at `second` when that fails. */
  | { readonly op: 'split'; first: number; second: number }
  | { readonly op: 'save'; readonly slot: number }
  | { readonly op: 'at'; readonly where: Place; readonly test: Test }
  | { readonly op: 'reference'; readonly index: number; readonly fold: boolean }
  | { readonly op: 'look'; readonly behind: number; readonly negative: boolean; readonly body: Instruction[] }
  | { readonly op: 'atomic'; readonly body: Instruction[] }
  | { readonly op: 'branch'; readonly index: number; no: number }
  /** As many characters as pass the test, within bounds. */
  | { readonly op: 'run'; readonly test: Test; readonly min: number; readonly max: number; readonly mode: Mode }
  /** Sets a counter and the place of the last iteration. */
  | { readonly op: 'begin'; readonly register: number }
  | {
      readonly op: 'loop';
      readonly register: number;
      readonly min: number;
      readonly max: number;
      readonly lazy: boolean;
      body: number;
      exit: number;
    };

type Mode = 'greedy' | 'lazy' | 'possessive';

/** A compiled pattern. */
export interface RegexProgram {
  readonly code: readonly Instruction[];
  /** Registers of loops. */
  readonly registers: number;
  readonly slots: number;
}

/** The text that is searched, by code points. */
export interface Subject {
  readonly text: string;
  readonly length: number;
  at(index: number): number;
  slice(start: number, end: number): string;
}

export function subjectOf(text: string): Subject {
  if (!/[\ud800-\udfff]/.test(text))
    return {
      text,
      length: text.length,
      at: index => text.charCodeAt(index),
      slice: (start, end) => text.slice(start, end),
    };
  const codes = Uint32Array.from(text, char => char.codePointAt(0)!);
  return {
    text,
    length: codes.length,
    at: index => codes[index]!,
    slice: (start, end) => String.fromCodePoint(...codes.slice(start, Math.max(start, end))),
  };
}

/** Translates a pattern into instructions. */
export function compileRegex(regex: Regex): RegexProgram {
  let registers = 0;
  const emit = (node: RegexNode, code: Instruction[]): void => {
    switch (node.kind) {
      case 'empty':
        return;
      case 'fail':
        code.push({ op: 'fail' });
        return;
      case 'char':
        code.push({ op: 'char', test: node.test });
        return;
      case 'sequence':
        for (const part of node.parts) emit(part, code);
        return;
      case 'choice': {
        const jumps: Extract<Instruction, { op: 'jump' }>[] = [];
        node.options.forEach((option, at) => {
          if (at === node.options.length - 1) {
            emit(option, code);
            return;
          }
          const split: Extract<Instruction, { op: 'split' }> = { op: 'split', first: code.length + 1, second: 0 };
          code.push(split);
          emit(option, code);
          const jump: Extract<Instruction, { op: 'jump' }> = { op: 'jump', to: 0 };
          jumps.push(jump);
          code.push(jump);
          split.second = code.length;
        });
        for (const jump of jumps) jump.to = code.length;
        return;
      }
      case 'group':
        code.push({ op: 'save', slot: node.index * 2 });
        emit(node.body, code);
        code.push({ op: 'save', slot: node.index * 2 + 1 });
        return;
      case 'at':
        code.push({ op: 'at', where: node.where, test: node.test });
        return;
      case 'look':
        code.push({
          op: 'look',
          // They have one width, which the parser checked.
          behind: node.behind ? widthOf(node.body, regex.bodies)[0] : -1,
          negative: node.negative,
          body: closed(node.body),
        });
        return;
      case 'atomic':
        code.push({ op: 'atomic', body: closed(node.body) });
        return;
      case 'reference':
        code.push({ op: 'reference', index: node.index, fold: node.fold });
        return;
      case 'conditional': {
        const branch: Extract<Instruction, { op: 'branch' }> = { op: 'branch', index: node.index, no: 0 };
        code.push(branch);
        emit(node.yes, code);
        const jump: Extract<Instruction, { op: 'jump' }> = { op: 'jump', to: 0 };
        code.push(jump);
        branch.no = code.length;
        emit(node.no, code);
        jump.to = code.length;
        return;
      }
      case 'repeat':
        repeat(node, code);
    }
  };
  const closed = (node: RegexNode): Instruction[] => {
    const body: Instruction[] = [];
    emit(node, body);
    body.push({ op: 'match' });
    return body;
  };
  const repeat = (node: Extract<RegexNode, { kind: 'repeat' }>, code: Instruction[]): void => {
    const { body, min, max, mode } = node;
    if (body.kind === 'char') {
      code.push({ op: 'run', test: body.test, min, max, mode });
      return;
    }
    if (mode === 'possessive') {
      code.push({ op: 'atomic', body: closed({ ...node, mode: 'greedy' }) });
      return;
    }
    const register = registers++;
    code.push({ op: 'begin', register });
    const loop: Extract<Instruction, { op: 'loop' }> = {
      op: 'loop',
      register,
      min,
      max,
      lazy: mode === 'lazy',
      body: code.length + 1,
      exit: 0,
    };
    const start = code.length;
    code.push(loop);
    emit(body, code);
    code.push({ op: 'jump', to: start });
    loop.exit = code.length;
  };
  const code = closed(regex.node);
  return { code, registers, slots: (regex.groups + 1) * 2 };
}

/** Where to go on after a failure, and what to undo before: an entry is a group of numbers on the stack. */
const RESUME = 0;
const SHRINK = 1;
const GROW = 2;
const SLOT = 3;
const REGISTER = 4;
const LAZY = 5;

/** What a number on a stack that grows by halves takes. */
const STACK_BYTES = 16;

/** So many numbers on the stack are not worth a charge. */
const UNCHARGED = 50_000;

export class Matcher {
  readonly #program: RegexProgram;
  readonly #subject: Subject;
  readonly #end: number;
  readonly #whole: boolean;
  /** Start and end of each group, -1 where it did not take part. */
  slots: Int32Array;
  readonly #counts: Int32Array;
  readonly #places: Int32Array;
  #lastGroup = -1;
  /** Instructions since work was counted last: a search starts many runs, and each may be short. */
  #work = 0;
  /** Numbers on the stack that memory was charged for. */
  #charged = UNCHARGED;
  /** A match that is empty at this place does not count. */
  #nonEmptyAt = -1;

  constructor(program: RegexProgram, subject: Subject, end: number, whole: boolean) {
    this.#program = program;
    this.#subject = subject;
    this.#end = end;
    this.#whole = whole;
    this.slots = new Int32Array(program.slots).fill(-1);
    this.#counts = new Int32Array(program.registers);
    this.#places = new Int32Array(program.registers);
  }

  /** The group that was closed last, or -1. */
  get lastGroup(): number {
    return this.#lastGroup;
  }

  /** Matches at `start`; an empty match does not count where `nonEmpty`. */
  matchAt(start: number, nonEmpty: boolean): boolean {
    this.slots.fill(-1);
    this.#lastGroup = -1;
    this.#nonEmptyAt = nonEmpty ? start : -1;
    const end = this.#run(this.#program.code, start, true);
    if (end < 0) return false;
    this.slots[0] = start;
    this.slots[1] = end;
    return true;
  }

  /** Runs instructions from a place; the place where they end, or -1. */
  #run(code: readonly Instruction[], start: number, top: boolean): number {
    const stack: number[] = [];
    const subject = this.#subject;
    let pc = 0;
    let at = start;
    let work = this.#work;
    for (;;) {
      if (++work >= 256) {
        vm.step(128);
        work = 0;
        if (stack.length > this.#charged) {
          vm.charge((stack.length - this.#charged) * STACK_BYTES);
          this.#charged = stack.length;
        }
      }
      const instruction = code[pc]!;
      let failed = false;
      switch (instruction.op) {
        case 'char':
          if (at < this.#end && instruction.test(subject.at(at))) {
            at++;
            pc++;
          } else failed = true;
          break;
        case 'run': {
          const { test, min, max, mode } = instruction;
          const limit = max === Number.POSITIVE_INFINITY ? this.#end : Math.min(this.#end, at + max);
          const least = at + min;
          const eager = mode === 'lazy' ? Math.min(least, limit) : limit;
          let to = at;
          while (to < eager && test(subject.at(to))) to++;
          if (to - at > 64) vm.step((to - at) >> 3);
          if (to < least) {
            failed = true;
            break;
          }
          pc++;
          if (mode === 'greedy' && to > least) stack.push(to, least, pc, SHRINK);
          else if (mode === 'lazy') stack.push(limit, to, pc, GROW);
          at = to;
          break;
        }
        case 'split':
          stack.push(at, instruction.second, RESUME);
          pc = instruction.first;
          break;
        case 'jump':
          pc = instruction.to;
          break;
        case 'save':
          stack.push(this.slots[instruction.slot]!, this.#lastGroup, instruction.slot, SLOT);
          this.slots[instruction.slot] = at;
          if (instruction.slot & 1) this.#lastGroup = instruction.slot >> 1;
          pc++;
          break;
        case 'at':
          if (this.#isAt(instruction.where, instruction.test, at)) pc++;
          else failed = true;
          break;
        case 'reference': {
          const length = this.#sameAgain(instruction.index, instruction.fold, at);
          if (length < 0) failed = true;
          else {
            at += length;
            pc++;
          }
          break;
        }
        case 'begin':
          this.#setRegister(instruction.register, 0, -1, stack);
          pc++;
          break;
        case 'loop': {
          const { register, min, max, lazy } = instruction;
          const count = this.#counts[register]!;
          // An iteration that matched nothing would go on for ever.
          const stuck = count > min && this.#places[register] === at;
          if (count < min) {
            this.#setRegister(register, count + 1, at, stack);
            pc = instruction.body;
          } else if (count >= max || stuck) pc = instruction.exit;
          else if (lazy) {
            stack.push(register, count, this.#places[register]!, at, pc, LAZY);
            pc = instruction.exit;
          } else {
            stack.push(at, instruction.exit, RESUME);
            this.#setRegister(register, count + 1, at, stack);
            pc = instruction.body;
          }
          break;
        }
        case 'branch':
          if (this.slots[instruction.index * 2 + 1]! >= 0) pc++;
          else pc = instruction.no;
          break;
        case 'look':
          if (this.#look(instruction, at, stack)) pc++;
          else failed = true;
          break;
        case 'atomic': {
          const before = this.slots.slice();
          const end = this.#run(instruction.body, at, false);
          if (end < 0) {
            this.slots.set(before);
            failed = true;
          } else {
            this.#noteSlots(before, stack);
            at = end;
            pc++;
          }
          break;
        }
        case 'fail':
          failed = true;
          break;
        case 'match':
          if (top && ((this.#whole && at !== this.#end) || at === this.#nonEmptyAt)) failed = true;
          else {
            this.#work = work;
            return at;
          }
      }
      if (!failed) continue;
      // Undo until a place to go on is found.
      for (;;) {
        const kind = stack.pop();
        if (kind === undefined) {
          this.#work = work;
          return -1;
        }
        if (kind === RESUME) {
          pc = stack.pop()!;
          at = stack.pop()!;
          break;
        }
        if (kind === SLOT) {
          const slot = stack.pop()!;
          this.#lastGroup = stack.pop()!;
          this.slots[slot] = stack.pop()!;
        } else if (kind === REGISTER) {
          const register = stack.pop()!;
          this.#places[register] = stack.pop()!;
          this.#counts[register] = stack.pop()!;
        } else if (kind === SHRINK) {
          pc = stack.pop()!;
          const least = stack.pop()!;
          at = stack.pop()! - 1;
          if (at > least) stack.push(at, least, pc, SHRINK);
          break;
        } else if (kind === GROW) {
          pc = stack.pop()!;
          at = stack.pop()!;
          const limit = stack.pop()!;
          const run = code[pc - 1] as Extract<Instruction, { op: 'run' }>;
          if (at < limit && run.test(subject.at(at))) {
            at++;
            stack.push(limit, at, pc, GROW);
            break;
          }
        } else {
          // A lazy loop takes one more iteration after all.
          const loop = stack.pop()!;
          at = stack.pop()!;
          const place = stack.pop()!;
          const count = stack.pop()!;
          const register = stack.pop()!;
          this.#counts[register] = count;
          this.#places[register] = place;
          this.#setRegister(register, count + 1, at, stack);
          pc = (code[loop] as Extract<Instruction, { op: 'loop' }>).body;
          break;
        }
      }
    }
  }

  #setRegister(register: number, count: number, place: number, stack: number[]): void {
    stack.push(this.#counts[register]!, this.#places[register]!, register, REGISTER);
    this.#counts[register] = count;
    this.#places[register] = place;
  }

  /** Remembers how groups were before a sub-match changed them. */
  #noteSlots(before: Int32Array, stack: number[]): void {
    for (let slot = 0; slot < before.length; slot++)
      if (before[slot] !== this.slots[slot]) stack.push(before[slot]!, this.#lastGroup, slot, SLOT);
  }

  #look(instruction: Extract<Instruction, { op: 'look' }>, at: number, stack: number[]): boolean {
    const { behind, negative, body } = instruction;
    const start = behind < 0 ? at : at - behind;
    const before = this.slots.slice();
    const found = start >= 0 && this.#run(body, start, false) >= 0;
    if (negative || !found) this.slots.set(before);
    else this.#noteSlots(before, stack);
    return found !== negative;
  }

  #isAt(where: Place, isWord: Test, at: number): boolean {
    const subject = this.#subject;
    const end = this.#end;
    switch (where) {
      case 'start':
        return at === 0;
      case 'lineStart':
        return at === 0 || subject.at(at - 1) === 10;
      case 'end':
        return at === end;
      case 'endLine':
        return at === end || (at === end - 1 && subject.at(at) === 10);
      case 'lineEnd':
        return at === end || subject.at(at) === 10;
      default: {
        const before = at > 0 && isWord(subject.at(at - 1));
        const after = at < end && isWord(subject.at(at));
        // An empty text has no place that is no boundary, until Python 3.14.
        if (where === 'notBoundary' && this.#end === 0) return false;
        return (before !== after) === (where === 'boundary');
      }
    }
  }

  /** Length of the text of a group where it stands again, or -1. */
  #sameAgain(index: number, fold: boolean, at: number): number {
    const start = this.slots[index * 2]!;
    const length = this.slots[index * 2 + 1]! - start;
    if (start < 0 || length < 0 || at + length > this.#end) return -1;
    for (let ahead = 0; ahead < length; ahead++) {
      const a = this.#subject.at(start + ahead);
      const b = this.#subject.at(at + ahead);
      if (a !== b && !(fold && foldCode(a) === foldCode(b))) return -1;
    }
    return length;
  }
}
