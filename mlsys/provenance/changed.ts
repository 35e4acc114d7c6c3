/** What methods and assignments gave the attributes of an object since it was made: the statements that name it, once more. */
import { PyFunction } from '../python/runtime/function';
import type { PyInstance } from '../python/runtime/objects';
import type { Binding } from '../python/runtime/provenance';
import type { Attribute, Call, Expression, Name, Statement } from '../python/syntax/ast';
import { nodesIn } from '../python/syntax/nodes';
import type { Program } from '../python/syntax/program';
import { argumentsOf, Body, givenWithin, type LocalEnvironment } from './bodies';
import { performed } from './functions';
import type { Part } from './graph';
import { NotFollowed } from './refusals';
import type { Sources } from './sources';
import type { Read, Tracer } from './tracer';

/** An object that a cell made and gave a name. */
export interface ChangedObject {
  readonly binding: Binding;
  readonly program: Program;
  readonly value: PyInstance;
  /** What its attributes had when it was made. */
  readonly fields: ReadonlyMap<string, Part>;
}

/**
 * What the attributes of an object have by the statements of its cell that end before an offset. Whoever asks compares the values:
 * what is passed over may have changed it as well. Throws `NotFollowed` where a statement is not followed.
 */
export function changedFields(object: ChangedObject, until: number, tracer: Tracer): ReadonlyMap<string, Part> {
  const { binding, program } = object;
  const environment = new ChangeEnvironment(object, tracer);
  const body = new Body(tracer, environment);
  let isMade = false;
  let followed = 0;
  for (const statement of program.module.body) {
    if (isMade && statement.end <= until && names(statement, binding.name)) {
      if (++followed > MOST) throw new NotFollowed('many statements');
      body.run([changing(statement)]);
    }
    isMade ||= statement.start <= binding.span.start && binding.span.end <= statement.end;
  }
  return environment.fields;
}

/** So many statements that name the object are followed. */
const MOST = 200;

/** Of an assignment to another name, what it calls may have changed the object. */
function changing(statement: Statement): Statement {
  const isOther = statement.kind === 'Assign' && statement.targets.every(({ kind }) => kind !== 'Attribute');
  return isOther
    ? { kind: 'ExprStatement', value: statement.value, start: statement.start, end: statement.end }
    : statement;
}

function names(statement: Statement, name: string): boolean {
  for (const node of nodesIn(statement)) if (node.kind === 'Name' && node.id === name) return true;
  return false;
}

class ChangeEnvironment implements LocalEnvironment {
  readonly locals = new Map<string, Part>();
  readonly fields: Map<string, Part>;
  /** The object goes by its own name, as it does in a function. */
  readonly depth = 1;
  readonly isLibrary = false;
  readonly file: string;
  readonly text: string;
  readonly #object: ChangedObject;
  readonly #tracer: Tracer;
  readonly #sources: Sources;

  constructor(object: ChangedObject, tracer: Tracer) {
    this.#object = object;
    this.#tracer = tracer;
    this.#sources = tracer.sources;
    this.fields = new Map(object.fields);
    this.file = object.program.file;
    this.text = object.program.source;
  }

  fieldsOf(node: Expression): Map<string, Part> | undefined {
    return node.kind === 'Name' && node.id === this.#object.binding.name ? this.fields : undefined;
  }

  /** `tank.fill(5).fill(2.5)` */
  performs(node: Expression): void {
    if (node.kind === 'Call') this.#call(node);
  }

  /** True for a call of a method of the object that gives the object again. */
  #call(node: Call): boolean {
    const { func } = node;
    if (func.kind !== 'Attribute') return false;
    const { value } = this.#object;
    const isOn = this.fieldsOf(func.value) !== undefined || (func.value.kind === 'Call' && this.#call(func.value));
    const method = isOn ? value.cls.lookup(func.attr.name) : undefined;
    if (!(method instanceof PyFunction)) return false;
    const passed = argumentsOf(node, this.#tracer, this);
    if (passed === undefined) throw new NotFollowed('a call');
    const self: Part = { kind: 'object', code: this.#object.binding.name, value, at: undefined };
    const given = performed(this.#tracer, method, [self, ...passed.args], passed.keywords, this.fields);
    return given?.value === value;
  }

  read(node: Name | Attribute): Read | undefined {
    const own = givenWithin(node, this);
    if (own !== undefined || node.kind !== 'Name') return own;
    // A name that has another value by now leads to another value of the object.
    const value = this.#sources.valueOf(node.id);
    return value === undefined ? undefined : { value, part: this.#sources.global(node.id, value, undefined) };
  }
}
