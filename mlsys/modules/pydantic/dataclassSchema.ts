/** Schemas of the standard library's data classes as types of fields. */
import { isinstance } from '../../python/runtime/classes';
import { PyDict } from '../../python/runtime/dict';
import { Unsupported } from '../../python/runtime/errors';
import { type PyClass, PyInstance, type Value } from '../../python/runtime/objects';
import { callMethod, findAttribute } from '../../python/runtime/operations';
import { noteAttribute } from '../../python/runtime/origins';
import { allFields } from '../standard/dataclasses/copies';
import { MISSING } from '../standard/dataclasses/field';
import { annotatedSchema, type Surroundings } from './build';
import { setting } from './config';
import { Invalid, invalid } from './errors';
import { fieldOfAnnotation, fieldOfAttribute, type PyFieldInfo } from './field';
import { DefaultSchema, type FieldPart, FieldSet } from './modelFields';
import { annotationsOf } from './recordTypes';
import { Exactness, Schema, type State } from './schema';

export class DataclassSchema extends Schema {
  readonly cls: PyClass;
  readonly #around: Surroundings;
  #fields: FieldSet | undefined = undefined;
  constructor(cls: PyClass, around: Surroundings) {
    super();
    this.cls = cls;
    this.#around = around;
    if (cls.slotted || cls.lookup('__pydantic_fields__') !== undefined)
      throw new Unsupported('a data class of this kind as a type of a field');
    for (const field of allFields(cls) ?? [])
      if (field.kind === '_FIELD_INITVAR' || field.options.init !== true)
        throw new Unsupported('a data class of this kind as a type of a field');
  }
  get name(): string {
    return this.cls.name;
  }

  /** The fields, read when they are first needed: a data class may stand in itself. */
  get fields(): FieldSet {
    this.#fields ??= new FieldSet({
      cls: this.cls,
      fields: (allFields(this.cls) ?? [])
        .filter(field => field.kind === '_FIELD')
        .map(field => this.#part(field.name!, field.type, field.default, field.factory)),
      extra: 'ignore',
      extraSchema: undefined,
      computed: [],
      strict: false,
      fromAttributes: false,
    });
    return this.#fields;
  }

  #part(name: string, type: Value, value: Value, factory: Value): FieldPart {
    const read = typeof type === 'string' ? annotationsOf(this.cls).get(name) : type;
    const annotation = typeof read === 'string' ? this.#around.resolve(read) : (read ?? type);
    let info: PyFieldInfo = value === MISSING ? fieldOfAnnotation(annotation) : fieldOfAttribute(annotation, value);
    if (factory !== MISSING) {
      info = info.copy();
      info.attributes.set('default_factory', factory);
    }
    const inner = annotatedSchema(info.annotation, info.metadata, { ...this.#around, field: name });
    return {
      name,
      info,
      schema: info.isRequired ? inner : new DefaultSchema(inner, info, false),
      lookups: [[name]],
      validationAlias: null,
      outputName: name,
      frozen: false,
      exclude: false,
      serializer: undefined,
    };
  }

  validate(input: Value, state: State): Value | Invalid {
    if (isinstance(input, this.cls)) {
      if (String(setting(this.#around.config, 'revalidate_instances') ?? 'never') !== 'never')
        throw new Unsupported('revalidate_instances of a data class');
      return input;
    }
    if (state.isStrict(false) && !state.json)
      return invalid('dataclass_exact_type', input, { class_name: this.cls.name });
    if (!(input instanceof PyDict)) return invalid('dataclass_type', input, { class_name: this.cls.name });
    state.floor(Exactness.Lax);
    const parts = this.fields.validate(input, state);
    if (parts instanceof Invalid) return parts;
    const made = new PyInstance(this.cls);
    for (const [name, value] of parts.values.entries()) made.attrs!.set(name as string, value);
    if (findAttribute(made, '__post_init__') !== undefined) callMethod(made, '__post_init__');
    for (const [name, origin] of parts.origins ?? []) noteAttribute(made, name, origin);
    return made;
  }
  override accepts(value: Value): boolean {
    return isinstance(value, this.cls);
  }
}
