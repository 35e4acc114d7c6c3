/** What a class statement makes of a model: its fields, private attributes, validators and configuration. */

import { annotationEntries } from '../../python/runtime/annotations';
import { PySuper } from '../../python/runtime/attributes';
import { PyDict } from '../../python/runtime/dict';
import { raise, Unsupported } from '../../python/runtime/errors';
import { touch } from '../../python/runtime/mutation';
import {
  type Attributes,
  type Keywords,
  NativeFunction,
  objectClass,
  PyCallable,
  PyClass,
  PyClassMethod,
  PyObject,
  PyProperty,
  PyStaticMethod,
  PyTuple,
  type Value,
} from '../../python/runtime/objects';
import { address, call, getAttribute, getItem, hash, identity, repr } from '../../python/runtime/operations';
import { shownHash } from '../../python/runtime/shownHash';
import { PyUnknown, quietCause } from '../../python/runtime/unknown';
import { vm } from '../../python/runtime/vm';
import { abcMeta, makeAbstractClass } from '../standard/abc';
import { MadeFunction } from '../standard/madeFunction';
import { PyForm } from '../standard/typing/forms';
import { applyGenerator, generatedOutput, PyAlias } from './aliases';
import { evaluated, isClassVariable, type Place, presentPlace, substituted, UndefinedName } from './annotations';
import { annotatedSchema, type Surroundings, schemaOf } from './build';
import { configOf, isConfigKey, isOn, setting } from './config';
import { HOOK, hasHook } from './coreSchema';
import { type Decorated, decorationsOf, type PyDecorations, returnAnnotation, takeDecorations } from './decorators';
import { fieldOfAnnotation, fieldOfAttribute, PyFieldInfo, PyPrivateAttribute } from './field';
import { FunctionSchema } from './functions';
import { PyGenericMetadata } from './genericMetadata';
import {
  type ComputedPart,
  DefaultSchema,
  type ExtraBehavior,
  type FieldPart,
  FieldSet,
  type Lookup,
} from './modelFields';

import { CoreModelSchema, type ModelInfo, models, type PyModel } from './modelSchema';
import { AnySchema } from './scalars';
import type { Schema } from './schema';
import type { Serializer } from './serializers';
import { classFrom, libraryClass, UNDEFINED } from './support';
import { undefinedAnnotationClass, userError } from './userErrors';

export const modelMeta = libraryClass('ModelMetaclass', 'pydantic._internal._model_construction', [abcMeta]);
export const baseModel: PyClass = libraryClass('BaseModel', 'pydantic.main');
baseModel.cls = modelMeta;
/** `RootModel`, once the module is loaded. */
export const root: { model: PyClass | undefined } = { model: undefined };

/** Where model classes were written. */
const places = new WeakMap<PyClass, Place>();
/** What is known of complete models. */
const complete = new WeakMap<PyClass, ModelInfo>();
/** The name for which an incomplete model waits. */
const waiting = new WeakMap<PyClass, string>();

export function genericMetadata(cls: PyClass): PyGenericMetadata | undefined {
  const known = cls.attrs.get('__pydantic_generic_metadata__');
  return known instanceof PyGenericMetadata ? known : undefined;
}

const isValidName = (name: string): boolean => !name.startsWith('_');
const isPrivateName = (name: string): boolean => name.startsWith('_') && !name.startsWith('__');

export const isModelClass = (value: Value): value is PyClass =>
  value instanceof PyClass && value.isSubclassOf(baseModel);

export function fieldsOf(cls: PyClass): Map<string, PyFieldInfo> {
  const known = cls.lookup('__pydantic_fields__');
  return known instanceof PyDict ? new Map([...known.entries()] as [string, PyFieldInfo][]) : new Map();
}

export function privatesOf(cls: PyClass): Map<string, PyPrivateAttribute> {
  const known = cls.lookup('__private_attributes__');
  return known instanceof PyDict ? new Map([...known.entries()] as [string, PyPrivateAttribute][]) : new Map();
}

const annotationsOf = (namespace: ReadonlyMap<string, Value>): Map<string, Value> =>
  new Map(annotationEntries(namespace.get('__annotations__')));

/** Methods and the like, which are no fields without annotation. */
function isIgnored(value: Value, ignored: Value): boolean {
  if (
    value instanceof PyCallable ||
    value instanceof PyProperty ||
    value instanceof PyClassMethod ||
    value instanceof PyStaticMethod
  )
    return true;
  if (value instanceof PyObject && value.cls.module === 'functools') return true;
  if (value instanceof PyObject && value.cls.name === 'TypeAliasType') return true;
  return (
    ignored instanceof PyTuple &&
    ignored.items.some(cls => cls instanceof PyClass && value instanceof PyObject && value.cls.isSubclassOf(cls))
  );
}

/** Takes the private attributes out of a class body, and refuses what looks like a field and is none. */
function takePrivates(
  namespace: Attributes,
  config: PyDict,
  classVars: ReadonlySet<string>,
  baseFields: ReadonlySet<string>,
): Map<string, PyPrivateAttribute> {
  const annotations = annotationsOf(namespace);
  const privates = new Map<string, PyPrivateAttribute>();
  const ignoredNames = new Set<string>();
  if (annotations.has('__root__') || namespace.has('__root__'))
    throw raise('TypeError', "To define root models, use `pydantic.RootModel` rather than a field called '__root__'");
  for (const [name, value] of [...namespace]) {
    vm.step();
    if (name === 'model_config' || name === '__pydantic_extra__') continue;
    if (value instanceof PyClass && isNestedIn(value, namespace)) continue;
    if (isIgnored(value, config.get('ignored_types') ?? null)) {
      ignoredNames.add(name);
      continue;
    }
    if (value instanceof PyPrivateAttribute) {
      refusePrivateName(name);
      privates.set(name, value);
      namespace.delete(name);
    } else if (value instanceof PyFieldInfo && !isValidName(name)) {
      throw raise(
        'NameError',
        `Fields must not use names with leading underscores; e.g., use ${repr(name.replace(/^_+/, '') || 'my_field')} instead of ${repr(name)}.`,
      );
    } else if (name.startsWith('__')) continue;
    else if (isPrivateName(name)) {
      if (annotations.has(name) && isClassVariable(annotations.get(name)!)) continue;
      privates.set(name, new PyPrivateAttribute(value));
      namespace.delete(name);
    } else if (!classVars.has(name) && !annotations.has(name)) refuseUnannotated(name, value, baseFields);
  }
  for (const [name, annotation] of annotations) {
    if (!isPrivateName(name) || privates.has(name) || ignoredNames.has(name) || isClassVariable(annotation)) continue;
    const given =
      annotation instanceof PyForm ? annotation.metadata.find(one => one instanceof PyPrivateAttribute) : undefined;
    privates.set(name, given instanceof PyPrivateAttribute ? given : new PyPrivateAttribute());
  }
  return privates;
}

/** True for a class that the body of another one defines. */
function isNestedIn(cls: PyClass, namespace: Attributes): boolean {
  const qualname = namespace.get('__qualname__');
  return (
    cls.module === namespace.get('__module__') && typeof qualname === 'string' && cls.qualname.startsWith(qualname)
  );
}

/** Refuses a name that `PrivateAttr` cannot stand for. */
function refusePrivateName(name: string): void {
  if (name.startsWith('__'))
    throw raise(
      'NameError',
      `Private attributes must not use dunder names; use a single underscore prefix instead of ${repr(name)}.`,
    );
  if (isValidName(name))
    throw raise(
      'NameError',
      `Private attributes must not use valid field names; use sunder names, e.g. ${repr(`_${name}`)} instead of ${repr(name)}.`,
    );
}

function refuseUnannotated(name: string, value: Value, baseFields: ReadonlySet<string>): never {
  if (baseFields.has(name))
    throw userError(
      'model-field-overridden',
      `Field ${repr(name)} defined on a base class was overridden by a non-annotated attribute. All field definitions, including overrides, require a type annotation.`,
    );
  if (value instanceof PyFieldInfo)
    throw userError('model-field-missing-annotation', `Field ${repr(name)} requires a type annotation`);
  throw userError(
    'model-field-missing-annotation',
    `A non-annotated attribute was detected: \`${name} = ${repr(value)}\`. All model fields require a type annotation; if \`${name}\` is not meant to be a field, you may be able to resolve this error by annotating it as a \`ClassVar\` or updating \`model_config['ignored_types']\`.`,
  );
}

/** What a class statement with a model among its bases makes. */
export function makeModel(
  name: string,
  bases: readonly PyClass[],
  namespace: Attributes,
  keywords: Keywords,
  generic?: PyGenericMetadata,
  metaclass = modelMeta,
): PyClass {
  const options = new Map([...(keywords ?? [])].filter(([key]) => isConfigKey(key)));
  const rest = new Map([...(keywords ?? [])].filter(([key]) => !isConfigKey(key)));
  const config = configOf(bases, namespace, options);
  namespace.set('model_config', config);
  const classVars = new Set<string>();
  const privates = new Map<string, PyPrivateAttribute>();
  const baseFields = new Set<string>();
  for (const base of bases) {
    if (!base.isSubclassOf(baseModel) || base === baseModel) continue;
    for (const field of fieldsOf(base).keys()) baseFields.add(field);
    for (const one of classVarsOf(base)) classVars.add(one);
    for (const [key, one] of privatesOf(base)) privates.set(key, one);
  }
  const own = takeDecorations(namespace);
  for (const [key, one] of takePrivates(namespace, config, classVars, baseFields)) privates.set(key, one);
  namespace.set('__private_attributes__', PyDict.from(privates));
  const place = presentPlace();
  const cls = makeAbstractClass(name, bases, namespace, rest.size === 0 ? undefined : rest, metaclass);
  if (place !== undefined) places.set(cls, place);
  cls.setAttribute('__pydantic_decorators__', decorationsOf(cls, own));
  cls.setAttribute('__pydantic_generic_metadata__', generic ?? parametersOf(cls));
  generic?.begin?.(cls);
  collectFields(cls, own, generic);
  if (isOn(config, 'frozen') && !namespace.has('__hash__')) offerHash(cls, bases);
  cls.setAttribute('__pydantic_complete__', false);
  completeModel(cls);
  const hook = cls.mro.slice(1).find(base => base.attrs.has('__pydantic_init_subclass__'));
  if (hook !== undefined && !hook.native)
    call(getAttribute(new PySuper(cls, cls), '__pydantic_init_subclass__'), [], rest.size === 0 ? undefined : rest);
  return cls;
}

const makeSubclass: NonNullable<PyClass['makeSubclass']> = (name, bases, namespace, keywords, metaclass) =>
  makeModel(name, bases, namespace, keywords, undefined, metaclass);
modelMeta.makeSubclass = makeSubclass;
baseModel.makeSubclass = makeSubclass;

function parametersOf(cls: PyClass): PyGenericMetadata {
  const known = cls.attrs.get('__parameters__');
  const own = known instanceof PyTuple ? known.items : [];
  const inherited = cls.bases.map(genericMetadata).find(one => one !== undefined)?.parameters ?? [];
  return new PyGenericMetadata(null, [], own.length > 0 ? own : inherited);
}

function classVarsOf(cls: PyClass): readonly string[] {
  const known = cls.lookup('__class_vars__');
  return known instanceof PyTuple ? (known.items as string[]) : [];
}

function offerHash(cls: PyClass, bases: readonly PyClass[]): void {
  const known = bases.map(base => base.lookup('__hash__')).find(one => one !== undefined) ?? null;
  if (known !== null && known !== objectClass.attrs.get('__hash__') && !(known instanceof MadeFunction)) return;
  const body = ([self]: Value[]): Value => {
    const values = [...fieldsOf(cls).keys()].map(name => (self as PyModel).attrs!.get(name) ?? UNDEFINED);
    return values.length === 0 ? hash(0n) : shownHash(values.length === 1 ? values[0]! : new PyTuple(values));
  };
  cls.setAttribute('__hash__', new MadeFunction('hash_func', body));
}

/** Finds the fields of a class among the annotations of it and its bases. */
function collectFields(
  cls: PyClass,
  decorated: ReadonlyMap<string, Decorated>,
  generic: PyGenericMetadata | undefined,
): void {
  const parents = new Map<string, PyFieldInfo>();
  for (const base of [...cls.bases].reverse()) for (const [name, field] of fieldsOf(base)) parents.set(name, field);
  const fields = new Map<string, PyFieldInfo>();
  const classVars = new Set(cls.bases.flatMap(classVarsOf));
  const own = annotationsOf(cls.attrs);
  for (const [name, annotation] of allAnnotations(cls)) {
    vm.step();
    if (name === 'model_config') continue;
    refuseProtected(name);
    const value = cls.lookup(name);
    const isOwn = own.has(name);
    if (isClassVariable(annotation) || isConstant(annotation, value)) {
      classVars.add(name);
      continue;
    }
    if (!isValidName(name)) continue;
    if (isRoot(cls) && name !== 'root')
      throw raise(
        'NameError',
        `Unexpected field with name ${repr(name)}; only 'root' is allowed as a field of a \`RootModel\``,
      );
    if (decorated.get(name)?.decoration.kind === 'computed_field')
      throw raise('ValueError', "you can't override a field with a computed field");
    let field: PyFieldInfo;
    const inherited = parents.get(name);
    if (value === undefined || (!isOwn && inherited !== undefined)) {
      field = isOwn || inherited === undefined ? readField(cls, annotation) : inherited.copy();
    } else {
      field = readField(cls, annotation, value);
      cls.deleteAttribute(name);
    }
    fields.set(name, field);
  }
  if (generic !== undefined && generic.origin !== null) substituteFields(cls, fields, generic);
  cls.setAttribute('__pydantic_fields__', PyDict.from(fields));
  cls.setAttribute('__class_vars__', new PyTuple([...classVars]));
}

function isConstant(annotation: Value, value: Value | undefined): boolean {
  const isFinal =
    (annotation instanceof PyForm && annotation.formName === 'Final') ||
    (annotation instanceof PyObject && annotation.attrs?.get('_name') === 'Final') ||
    (typeof annotation === 'string' && /^\s*(?:\w+\s*\.\s*)?Final\b/.test(annotation));
  return isFinal && value !== undefined && !(value instanceof PyFieldInfo && value.isRequired);
}

const isRoot = (cls: PyClass): boolean => root.model !== undefined && cls.isSubclassOf(root.model);

/** Annotations of a class and its bases, the farthest base's first, each name at its first place. */
function allAnnotations(cls: PyClass): Map<string, Value> {
  const all = new Map<string, Value>();
  for (const one of [...cls.mro].reverse())
    if (!one.native) for (const [name, annotation] of annotationsOf(one.attrs)) all.set(name, annotation);
    else if (one === root.model) all.set('root', rootAnnotation());
  return all;
}

let rootVariable: Value | undefined;
/** The annotation of `RootModel.root`: its type variable. */
export function rootAnnotation(): Value {
  rootVariable ??= call(classFrom('typing', 'TypeVar'), ['RootModelRootType']);
  return rootVariable;
}

const PROTECTED = ['model_validate', 'model_dump'];

function refuseProtected(name: string): void {
  if (!PROTECTED.some(prefix => name.startsWith(prefix))) return;
  const member = baseModel.lookup(name);
  if (member !== undefined)
    throw raise(
      'NameError',
      `Field "${name}" conflicts with member <function BaseModel.${name} at ${address(member as PyObject)}> of protected namespace "${PROTECTED.find(prefix => name.startsWith(prefix))}".`,
    );
}

/** The description of a field; its annotation may wait for names. */
function readField(cls: PyClass, annotation: Value, value?: Value): PyFieldInfo {
  const known = evaluated(annotation, cls, places.get(cls));
  const type = known instanceof UndefinedName ? annotation : known;
  const field = value === undefined ? fieldOfAnnotation(type) : fieldOfAttribute(type, value);
  field.evaluated = !(known instanceof UndefinedName);
  // The texts below the fields are in the source, which nothing here reads.
  if (isOn(cls.lookup('model_config') as PyDict, 'use_attribute_docstrings') && field.get('description') === null)
    field.attributes.set('description', new PyUnknown(quietCause(new Unsupported('use_attribute_docstrings'))));
  return field;
}

function substituteFields(cls: PyClass, fields: ReadonlyMap<string, PyFieldInfo>, generic: PyGenericMetadata): void {
  const parameters =
    generic.origin === root.model ? [rootAnnotation()] : (genericMetadata(generic.origin!)?.parameters ?? []);
  const values = new Map(parameters.map((one, at) => [one, generic.args[at]!]));
  for (const field of fields.values()) {
    const annotation = substituted(field.annotation, values, withArguments);
    if (annotation === field.annotation) continue;
    // An argument may name, as a text, the class that is to be derived.
    const known = evaluated(annotation, cls, places.get(cls));
    field.annotation = known instanceof UndefinedName ? annotation : known;
    field.evaluated = !(known instanceof UndefinedName);
  }
}

/** A generic model among the types of another one, with that one's arguments. */
export function withArguments(cls: PyClass, values: ReadonlyMap<Value, Value>): PyClass {
  const parameters = isModelClass(cls) ? (genericMetadata(cls)?.parameters ?? []) : [];
  if (parameters.length === 0) return cls;
  const args = parameters.map(one => substituted(one, values, withArguments));
  return args.every((one, at) => one === parameters[at]) ? cls : (getItem(cls, new PyTuple(args)) as PyClass);
}

// ------------------------------------------------------------------------------------------------------- completion

/** Tries to make the schemas of a class; false where names that it uses are not defined yet. */
export function completeModel(cls: PyClass, raises = false): boolean {
  const fields = fieldsOf(cls);
  for (const [, field] of fields) {
    if (field.evaluated) continue;
    const known = evaluated(field.annotation, cls, places.get(cls));
    if (known instanceof UndefinedName) {
      waiting.set(cls, known.name);
      if (raises)
        throw userError('undefined-annotation', `name ${repr(known.name)} is not defined`, undefinedAnnotationClass);
      return false;
    }
    adopt(field, known);
  }
  if (cls.owner !== 0) touch(cls);
  complete.set(cls, describe(cls, fields));
  cls.setAttribute('__pydantic_complete__', true);
  return true;
}

/** Takes over an annotation that could be read at last. */
function adopt(field: PyFieldInfo, annotation: Value): void {
  const read = fieldOfAnnotation(annotation);
  field.annotation = read.annotation;
  for (const [name, value] of read.attributes)
    if (!field.given.has(name) && value !== null) field.attributes.set(name, value);
  field.metadata = [...read.metadata, ...field.metadata];
  field.evaluated = true;
}

/** The information of a model, which is completed first if it must. */
export function infoOf(cls: PyClass): ModelInfo {
  const known = complete.get(cls);
  if (known !== undefined) return known;
  if (cls === baseModel)
    throw userError(
      'base-model-instantiated',
      'Pydantic models should inherit from BaseModel, BaseModel cannot be instantiated directly',
    );
  if (!completeModel(cls)) {
    const name = `\`${waiting.get(cls)}\``;
    throw userError(
      'class-not-fully-defined',
      `\`${cls.name}\` is not fully defined; you should define ${name}, then call \`${cls.name}.model_rebuild()\`.`,
    );
  }
  return complete.get(cls)!;
}
models.info = infoOf;

function describe(cls: PyClass, fields: ReadonlyMap<string, PyFieldInfo>): ModelInfo {
  const config = cls.lookup('model_config') as PyDict;
  const decorations = cls.lookup('__pydantic_decorators__') as PyDecorations;
  if (hasHook(cls)) throw new Unsupported(`${HOOK} of a model`);
  checkDecorated(cls, fields, decorations);
  const around = (field?: string): Surroundings => ({
    config,
    field,
    resolve: text => {
      const made = evaluated(text, cls, places.get(cls));
      if (made instanceof UndefinedName)
        throw userError('undefined-annotation', `name ${repr(made.name)} is not defined`, undefinedAnnotationClass);
      return made;
    },
  });
  const parts = [...fields].map(([name, field]) => fieldPart(cls, name, field, decorations, around(name)));
  const computed = decorations.of('computed_field').map(one => computedPart(cls, one, decorations, around(one.name)));
  const extra = (setting(config, 'extra') ?? 'ignore') as ExtraBehavior;
  if (!['ignore', 'allow', 'forbid'].includes(extra))
    throw raise('ValueError', `Invalid extra_behavior: \`${String(extra)}\``);
  const fieldSet = new FieldSet({
    cls,
    fields: parts,
    extra,
    extraSchema: extra === 'allow' ? extraSchema(cls, around()) : undefined,
    computed,
    strict: isOn(config, 'strict'),
    fromAttributes: isOn(config, 'from_attributes'),
  });
  const validators = decorations.of('model_validator').map(one => modelValidator(cls, one, config));
  const before = validators.filter(one => one.mode === 'before');
  const core = new CoreModelSchema(cls, () => infoOf(cls));
  let outer: Schema = core;
  for (const one of validators)
    if (one.mode !== 'before') outer = new FunctionSchema(one.mode, one.func, outer, null, config, one.withInfo);
  const serializer = decorations.of('model_serializer').at(-1);
  const init = cls.lookup('__init__');
  const postInit = cls.lookup('model_post_init');
  return {
    cls,
    fieldSet,
    config,
    before,
    outer,
    serializer: serializer === undefined ? undefined : serializerOf(cls, serializer),
    privates: privatesOf(cls),
    postInit: postInit !== undefined && !(postInit instanceof NativeFunction),
    customInit: init !== undefined && !(init instanceof NativeFunction),
    isRoot: isRoot(cls),
    origin: genericMetadata(cls)?.origin ?? undefined,
    frozen: isOn(config, 'frozen'),
    revalidate: String(setting(config, 'revalidate_instances') ?? 'never'),
  };
}

/** The annotation of `__pydantic_extra__` says what further inputs must be. */
function extraSchema(cls: PyClass, around: Surroundings): Schema | undefined {
  for (const one of cls.mro) {
    const annotation = one.native ? undefined : annotationsOf(one.attrs).get('__pydantic_extra__');
    if (annotation === undefined) continue;
    const known = typeof annotation === 'string' ? around.resolve(annotation) : annotation;
    const args = known instanceof PyObject && 'args' in known ? (known.args as readonly Value[]) : [];
    if (args.length !== 2) throw new Unsupported('this annotation of __pydantic_extra__');
    const schema = schemaOf(args[1]!, around);
    return schema instanceof AnySchema ? undefined : schema;
  }
  return undefined;
}

function checkDecorated(cls: PyClass, fields: ReadonlyMap<string, PyFieldInfo>, decorations: PyDecorations): void {
  const computed = new Set(decorations.of('computed_field').map(one => one.name));
  for (const one of [...decorations.of('field_validator'), ...decorations.of('field_serializer')]) {
    const { decoration } = one;
    if (decoration.fields.includes('*') || !decoration.checkFields) continue;
    for (const field of decoration.fields)
      if (!fields.has(field) && !computed.has(field))
        throw userError(
          'decorator-missing-field',
          `Decorators defined with incorrect fields: ${cls.module}.${cls.qualname}:${identity(cls)}.${one.name} (use check_fields=False if you're inheriting from the model and intended this)`,
        );
  }
}

const concerns = (one: Decorated, field: string): boolean =>
  one.decoration.fields.includes('*') || one.decoration.fields.includes(field);

/** The method behind a decoration, as the class has it. */
const methodOf = (cls: PyClass, name: string): Value => getAttribute(cls, name);

function modelValidator(cls: PyClass, one: Decorated, config: PyDict): FunctionSchema {
  return new FunctionSchema(one.decoration.mode, methodOf(cls, one.name), undefined, null, config);
}

function serializerOf(cls: PyClass, one: Decorated): Serializer {
  const { mode, whenUsed, returnType } = one.decoration;
  return { func: methodOf(cls, one.name), wraps: mode === 'wrap', whenUsed, returnType };
}

function fieldPart(
  cls: PyClass,
  name: string,
  field: PyFieldInfo,
  decorations: PyDecorations,
  around: Surroundings,
): FieldPart {
  const { config } = around;
  let schema = annotatedSchema(field.annotation, field.metadata, around, field.get('discriminator'));
  for (const one of decorations.of('field_validator'))
    if (concerns(one, name))
      schema = new FunctionSchema(one.decoration.mode, methodOf(cls, one.name), schema, name, config);
  if (!field.isRequired) {
    const own = field.get('validate_default');
    schema = new DefaultSchema(schema, field, own === null ? isOn(config, 'validate_default') : own === true);
  }
  const serializers = decorations.of('field_serializer').filter(one => concerns(one, name));
  const last = serializers.at(-1);
  const generator = setting(config, 'alias_generator');
  if (generator !== undefined) applyGenerator(generator, name, field);
  const validation = field.get('validation_alias');
  const output = field.get('serialization_alias');
  return {
    name,
    info: field,
    schema,
    lookups: lookupsOf(name, validation, isOn(config, 'populate_by_name')),
    validationAlias: validation,
    outputName: typeof output === 'string' ? output : name,
    frozen: field.get('frozen') === true,
    exclude: field.get('exclude') === true,
    serializer: last === undefined ? undefined : serializerOf(cls, last),
  };
}

function lookupsOf(name: string, alias: Value, byName: boolean): readonly Lookup[] {
  if (alias === null) return [[name]];
  const lookups: Lookup[] =
    typeof alias === 'string' ? [[alias]] : alias instanceof PyAlias ? [...alias.lookups] : [[name]];
  return byName && !lookups.some(one => one.length === 1 && one[0] === name) ? [...lookups, [name]] : lookups;
}

function computedPart(cls: PyClass, one: Decorated, decorations: PyDecorations, around: Surroundings): ComputedPart {
  const { returnType, alias } = one.decoration;
  const property = cls.lookup(one.name)!;
  const annotation = returnType === UNDEFINED ? returnAnnotation(property) : returnType;
  if (annotation === undefined)
    throw userError(
      'model-field-missing-annotation',
      'Computed field is missing return type annotation or specifying `return_type` to the `@computed_field` decorator (e.g. `@computed_field(return_type=int|str)`)',
    );
  const last = decorations
    .of('field_serializer')
    .filter(other => concerns(other, one.name))
    .at(-1);
  const generator = setting(around.config, 'alias_generator');
  const output = alias === null && generator !== undefined ? generatedOutput(generator, one.name) : alias;
  return {
    name: one.name,
    outputName: typeof output === 'string' ? output : one.name,
    schema: schemaOf(annotation, around),
    serializer: last === undefined ? undefined : serializerOf(cls, last),
  };
}

/** Forgets what is known of a model, and completes it again. */
export function rebuild(cls: PyClass, raises: boolean): boolean {
  touch(cls);
  return completeModel(cls, raises);
}

export const isComplete = (cls: PyClass): boolean => complete.has(cls);
