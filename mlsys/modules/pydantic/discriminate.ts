/** Unions that a field tells apart. */

import { raise } from '../../python/runtime/errors';
import type { PyClass, Value } from '../../python/runtime/objects';
import { repr } from '../../python/runtime/operations';
import { canonical, memberValue } from '../standard/enum';
import { EnumSchema, LiteralSchema, NullableSchema, TaggedUnionSchema, UnionSchema } from './choices';
import { FunctionSchema } from './functions';
import { CalledUnionSchema, PyMark } from './marks';
import { DefaultSchema } from './modelFields';
import { isModelSchema } from './modelSchema';
import type { Schema } from './schema';
import { userError } from './userErrors';

/** The union as one whose members are told by a field. */
export function discriminated(schema: Schema, discriminator: Value): Schema {
  if (discriminator instanceof PyMark) return discriminated(schema, discriminator.value);
  if (typeof discriminator !== 'string') return new CalledUnionSchema(schema, discriminator);
  if (schema instanceof NullableSchema) return new NullableSchema(discriminated(schema.schema, discriminator));
  const choices = schema instanceof UnionSchema ? schema.members : [schema];
  const members = new Map<Value, Schema>();
  let alias: string | undefined;
  for (const choice of choices.flatMap(one => (one instanceof UnionSchema ? one.members : [one]))) {
    if (choice instanceof TaggedUnionSchema) {
      for (const [value, member] of choice.members) addMember(members, value, member, discriminator);
      continue;
    }
    const inner = modelOf(choice);
    const field = inner.fieldNamed(discriminator);
    if (field === undefined)
      throw userError(
        'discriminator-no-field',
        `Model '${inner.cls.name}' needs a discriminator field for key '${discriminator}'`,
      );
    const own = typeof field.validationAlias === 'string' ? field.validationAlias : discriminator;
    if (alias !== undefined && alias !== own)
      throw userError(
        'discriminator-alias',
        `Aliases for discriminator '${discriminator}' must be the same (got ${own}, ${alias})`,
      );
    alias = own;
    for (const value of literals(field.schema, discriminator, inner.cls))
      addMember(members, value, choice, discriminator);
  }
  return new TaggedUnionSchema(
    members,
    discriminator,
    alias === undefined || alias === discriminator ? [discriminator] : [discriminator, alias],
  );
}

function addMember(members: Map<Value, Schema>, value: Value, schema: Schema, discriminator: string): void {
  if (members.has(value) && members.get(value) !== schema)
    throw raise('TypeError', `Value ${repr(value)} for discriminator '${discriminator}' mapped to multiple choices`);
  members.set(value, schema);
}

function modelOf(schema: Schema) {
  if (schema instanceof FunctionSchema && schema.schema !== undefined && schema.mode !== 'plain')
    return modelOf(schema.schema);
  if (isModelSchema(schema)) return schema;
  throw raise(
    'TypeError',
    `'${schema.name}' is not a valid discriminated union variant; should be a \`BaseModel\` or \`dataclass\``,
  );
}

/** The values of a discriminator field. */
function literals(schema: Schema, discriminator: string, cls: PyClass): readonly Value[] {
  if (schema instanceof LiteralSchema) return schema.values;
  if (schema instanceof DefaultSchema) return literals(schema.schema, discriminator, cls);
  if (schema instanceof EnumSchema) return canonical(schema.cls).map(memberValue);
  if (schema instanceof UnionSchema) return schema.members.flatMap(member => literals(member, discriminator, cls));
  throw userError(
    'discriminator-needs-literal',
    `Model '${cls.name}' needs field '${discriminator}' to be of type \`Literal\``,
  );
}
