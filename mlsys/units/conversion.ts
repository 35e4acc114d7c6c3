/** Reading unit texts against a registry, and converting magnitudes. */
import { raise, Unsupported } from '../python/runtime/errors';
import { typeOf, type Value } from '../python/runtime/objects';
import { binary, call, callMethod, str, toFloat } from '../python/runtime/operations';
import { vm } from '../python/runtime/vm';
import { DIMENSIONLESS, UnitsContainer } from './container';
import { dimensionTexts, isMultiplicative, plainText } from './definitions';
import { cannotConvert } from './errors';
import { numberOf, scaledUnits } from './evaluate';
import { normalize, parseUnits, type UnitNode } from './expression';
import { multiplyScalars, type Scalar } from './numeric';
import { isArray } from './operands';
import { PyQuantity, type PyRegistry, type PyUnit, type RegistryState } from './registry';

/** What pint does to every text first. */
function spelledOut(text: string): string {
  return text.replaceAll('‰', ' permille ').replaceAll('%', ' percent ');
}

/** The units that a text such as `GB / s` stands for, under their canonical names. */
export function parseUnitText(registry: PyRegistry, text: string): UnitsContainer {
  return unitsOfText(registry.state, text, registry.state.defaultAsDelta);
}

function unitsOfText({ definitions }: RegistryState, text: string, asDelta: boolean): UnitsContainer {
  const key = asDelta ? text : `=${text}`;
  const known = definitions.texts.get(key);
  if (known !== undefined) return known;
  const trimmed = spelledOut(text).trim();
  const { scale, units } = scaledUnits(trimmed);
  if (Number(scale) !== 1) throw raise('ValueError', 'Unit expression cannot have a scaling factor.');
  let result = DIMENSIONLESS;
  for (const [spelling, exponent] of units.entries) {
    let name = definitions.name(spelling);
    if (name === '') continue;
    // an offset unit among others, or with a power, stands for its differences
    if (asDelta && (units.size > 1 || Number(exponent) !== 1) && !isMultiplicative(definitions.unit(name)))
      name = `delta_${name}`;
    result = result.add(name, exponent);
  }
  if (definitions.texts.size > 2048) definitions.texts.clear();
  definitions.texts.set(key, result);
  return result;
}

/** `ureg("...")`: the value of an expression of numbers and units; a plain number where it holds no units. */
export function parseQuantityText(registry: PyRegistry, text: string, values?: ReadonlyMap<string, Value>): Value {
  if (text === '') return new PyQuantity(registry, 1n, DIMENSIONLESS);
  return evaluate(registry, parsedText(text), values);
}

/** Texts that were read last: what is read from files is read again whenever one of them changes. */
const parsedTexts = new Map<string, UnitNode>();
const MOST_PARSED = 2048;

function parsedText(text: string): UnitNode {
  let known = parsedTexts.get(text);
  if (known === undefined) {
    known = parseUnits(normalize(spelledOut(text)));
    if (parsedTexts.size >= MOST_PARSED) parsedTexts.clear();
    parsedTexts.set(text, known);
  }
  return known;
}

function evaluate(registry: PyRegistry, node: UnitNode, values: ReadonlyMap<string, Value> | undefined): Value {
  switch (node.kind) {
    case 'number':
      return numberOf(node.text);
    case 'name': {
      const { name } = node;
      const lower = name.toLowerCase();
      if (name === 'dimensionless') return new PyQuantity(registry, 1n, DIMENSIONLESS);
      if (lower === 'inf' || lower === 'infinity') return Number.POSITIVE_INFINITY;
      if (lower === 'nan') return Number.NaN;
      const given = values?.get(name);
      if (given !== undefined)
        return given instanceof PyQuantity ? given : new PyQuantity(registry, given, DIMENSIONLESS);
      const canonical = registry.definitions.name(name);
      return new PyQuantity(registry, 1n, canonical === '' ? DIMENSIONLESS : UnitsContainer.one(canonical));
    }
    case 'unary': {
      const operand = evaluate(registry, node.operand, values);
      return node.op === '-' ? binary('*', operand, -1n) : operand;
    }
    case 'binary':
      return binary(node.op as '+', evaluate(registry, node.left, values), evaluate(registry, node.right, values));
  }
}

/** `value * factor` with the number type that pint lets win. */
export function scaled(value: Value, factor: Scalar): Value {
  if (typeof value === 'number') return value * Number(factor);
  if (typeof value === 'bigint') {
    if (typeof factor === 'bigint') return value * factor;
    if (value < 1n << 1000n && value > -(1n << 1000n)) return Number(value) * factor;
  } else if (typeof value === 'object' && value !== null) {
    // decimals and fractions take the factor as they would take its text
    const { name } = typeOf(value);
    if (name === 'Decimal' || name === 'Fraction') return binary('*', value, call(typeOf(value), [str(factor)]));
  }
  return binary('*', value, factor);
}

/** Factor between two products of multiplicative units, by the order that the session met first. */
function factorBetween(registry: PyRegistry, from: UnitsContainer, to: UnitsContainer, checked = true): Scalar {
  const { definitions } = registry;
  const known = definitions.factor(from, to, checked);
  const quotient = from.divide(to);
  const ordered = registry.ordered(quotient);
  return ordered === quotient ? known : definitions.facts(ordered).root.factor;
}

/** Converts a magnitude from one product of units to another; equal units return it untouched. */
export function convert(registry: PyRegistry, value: Value, from: UnitsContainer, to: UnitsContainer): Value {
  if (from.equals(to)) return value;
  const { definitions, autoconvertOffset } = registry.state;
  const source = definitions.facts(from).nonMultiplicative;
  const target = definitions.facts(to).nonMultiplicative;
  if (source.length === 0 && target.length === 0) return scaled(value, factorBetween(registry, from, to));
  return convertOffset(registry, value, from, to, autoconvertOffset);
}

/** A magnitude whose logarithm is taken. */
function plainNumber(value: Value): number {
  if (isArray(value)) throw new Unsupported('arrays of logarithmic units');
  return toFloat(value);
}

/** What pint takes with numpy's functions stays a scalar of numpy. */
const numpyFloat = (value: number): Value => callMethod(vm.import('numpy'), 'float64', value);

/** The offset unit of a product, if it may be converted at all. */
function offsetUnit(units: UnitsContainer, offsets: readonly string[], autoconvert: boolean): string | undefined {
  if (offsets.length === 0) return undefined;
  if (offsets.length > 1) throw new Error('more than one offset unit.');
  if (Number(units.get(offsets[0]!)) !== 1) throw new Error('offset units in higher order.');
  if (units.size > 1 && !autoconvert) throw new Error('offset unit used in multiplicative context.');
  return offsets[0];
}

function convertOffset(
  registry: PyRegistry,
  value: Value,
  from: UnitsContainer,
  to: UnitsContainer,
  autoconvert: boolean,
): Value {
  const { definitions } = registry;
  const names = [from, to].map((units, at) => {
    try {
      return offsetUnit(units, definitions.facts(units).nonMultiplicative, autoconvert);
    } catch (problem) {
      const where = at === 0 ? 'source' : 'destination';
      throw cannotConvert(
        plainText(from),
        plainText(to),
        '',
        '',
        ` - In ${where} units, ${(problem as Error).message}`,
      );
    }
  });
  const [sourceName, targetName] = names;
  definitions.requireSame(from, to);
  let source = from;
  let target = to;
  let result = value;
  if (sourceName !== undefined) {
    if (definitions.facts(to).hasDelta) throw cannotConvert(plainText(from), plainText(to));
    result = toReference(registry, sourceName, result);
    source = withReference(registry, sourceName, source.remove(sourceName));
  }
  if (targetName !== undefined) {
    if (definitions.facts(source).hasDelta) throw cannotConvert(plainText(from), plainText(to));
    target = withReference(registry, targetName, target.remove(targetName));
  }
  result = scaled(result, factorBetween(registry, source, target, false));
  return targetName === undefined ? result : fromReference(registry, targetName, result);
}

function withReference(registry: PyRegistry, name: string, rest: UnitsContainer): UnitsContainer {
  const unit = registry.definitions.unit(name);
  if (unit.logarithm === undefined) return unit.reference;
  return unit.reference.size === 0 ? rest : rest.multiply(unit.reference);
}

function toReference(registry: PyRegistry, name: string, value: Value): Value {
  const { scale, offset, logarithm } = registry.definitions.unit(name);
  if (logarithm !== undefined) {
    const exponent = Math.log(logarithm.base) * (plainNumber(value) / logarithm.factor);
    return numpyFloat(Number(multiplyScalars(scale, Math.exp(exponent))));
  }
  return binary('+', binary('*', value, scale), offset!);
}

function fromReference(registry: PyRegistry, name: string, value: Value): Value {
  const { scale, offset, logarithm } = registry.definitions.unit(name);
  if (logarithm !== undefined)
    return numpyFloat((logarithm.factor * Math.log(plainNumber(value) / Number(scale))) / Math.log(logarithm.base));
  return binary('/', binary('-', value, offset!), scale);
}

/** Raises pint's error for two quantities whose dimensions differ. */
export function requireSameDimensions(a: PyQuantity, b: PyQuantity | PyUnit): void {
  const left = a.registry.facts(a.units).dimensionality;
  const right = b.registry.facts(b.units).dimensionality;
  if (!left.equals(right)) throw cannotConvert(plainText(a.units), plainText(b.units), ...dimensionTexts(left, right));
}
