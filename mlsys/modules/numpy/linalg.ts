/** `numpy.linalg`. */
import { raise, Unsupported } from '../../python/runtime/errors';
import type { NativeBody } from '../../python/runtime/native';
import { type PyComplex, PyTuple, type Value } from '../../python/runtime/objects';
import { call, callMethod, listOf, smallIndex, toFloat } from '../../python/runtime/operations';
import { vm } from '../../python/runtime/vm';
import { allocate, castItems, floats, itemsOf, NdArray, resultOf, scalarOf } from './array';
import { asArray, axesOf } from './convert';
import {
  determinant,
  flat,
  identityRows,
  inverse,
  logarithmOfDeterminant,
  rowsOf,
  singularValues,
  solveRows,
  squareRows,
  sureLeastSquares,
  symmetricEigen,
} from './decompositions';
import { complex128, float64, type Item, int64, type Storage } from './dtype';
import { eigenvalues, eigenvectors } from './eigen';
import { linAlgErrorClass } from './errors';
import { hasNonFinite, OVER, quietly, report, type Site, within } from './flags';
import { orthogonal } from './hessenberg';
import { dot, matmul } from './products';
import { realItems, refuseObjects } from './reduceArguments';
import { sumOf } from './reductions';
import { ravel, reshape } from './shaping';
import { symmetricVectors } from './symmetric';
import { ufunc } from './ufuncs';

const LINES = (line: string): Site => ['numpy.linalg._linalg', line];

function norm(x: Value, ord: Value | undefined, axis: Value | undefined, keepdims: Value | undefined): Value {
  const array = asArray(x);
  refuseObjects(array);
  const kind = ord === undefined || ord === null ? undefined : ord;
  if (axis !== undefined && axis !== null) {
    const axes = axesOf(axis)!;
    const options = { axes, keepdims: keepdims === true };
    if (kind === undefined || kind === 2n || kind === 2) {
      return ufunc(
        'sqrt',
        resultOf(
          sumOf(
            asArray(
              array.dtype.kind === 'c' ? ufunc('square', ufunc('absolute', array)) : ufunc('multiply', array, array),
            ),
            options,
          ),
        ),
      );
    }
    if (kind === 1n || kind === 1) {
      const sizes = asArray(ufunc('absolute', array));
      return resultOf(sumOf(sizes.dtype.kind === 'f' ? sizes : asArray(sizes, float64), options));
    }
    throw new Unsupported('numpy.linalg.norm with this ord along an axis');
  }
  const values = castItems(
    itemsOf(asArray(ufunc('absolute', array))),
    array.dtype.kind === 'c' ? float64 : array.dtype,
    float64,
  ) as Float64Array;
  const root = (): number => Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));
  if (kind === undefined || (kind === 'fro' && array.ndim === 2)) return scalarOf(float64, root());
  if (array.ndim === 2) {
    const [n, m] = array.shape as [number, number];
    const sums = (byRow: boolean): number[] =>
      Array.from({ length: byRow ? n : m }, (_, i) =>
        Array.from({ length: byRow ? m : n }, (_, j) => (byRow ? values[i * m + j]! : values[j * m + i]!)).reduce(
          (a, b) => a + b,
          0,
        ),
      );
    const p = kind === 'nuc' ? 'nuc' : toFloat(kind);
    if (p === 1) return scalarOf(float64, Math.max(...sums(false)));
    if (p === -1) return scalarOf(float64, Math.min(...sums(false)));
    if (p === Number.POSITIVE_INFINITY) return scalarOf(float64, Math.max(...sums(true)));
    if (p === Number.NEGATIVE_INFINITY) return scalarOf(float64, Math.min(...sums(true)));
    const s = p === 2 ? singularValues(array) : realSingularValues('norm', array);
    if (p === 2) return scalarOf(float64, s[0] ?? 0);
    if (p === -2) return scalarOf(float64, s.at(-1) ?? 0);
    if (p === 'nuc')
      return scalarOf(
        float64,
        s.reduce((a, b) => a + b, 0),
      );
    throw raise('ValueError', 'Invalid norm order for matrices.');
  }
  const p = toFloat(kind);
  if (p === Number.POSITIVE_INFINITY)
    return scalarOf(
      float64,
      values.reduce((a, b) => Math.max(a, b), 0),
    );
  if (p === Number.NEGATIVE_INFINITY)
    return scalarOf(
      float64,
      values.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY),
    );
  if (p === 0) return scalarOf(float64, values.filter(value => value !== 0).length);
  if (p === 2) return scalarOf(float64, root());
  if (p === 1) return resultOf(sumOf(floats(values), { axes: undefined, keepdims: false }));
  const powers = asArray(p === -1 ? ufunc('reciprocal', floats(values)) : ufunc('power', floats(values), p));
  const sum = resultOf(sumOf(powers, { axes: undefined, keepdims: false }));
  return quietly(() => ufunc('power', sum, 1 / p));
}

/** A zero among the entries of vectors may be a rounding error in numpy, but for a matrix that is a triangle. */
function refuseZeros(name: string, rows: readonly Float64Array[], vectors: readonly Float64Array[]): void {
  const triangle = (upper: boolean): boolean =>
    rows.every((row, i) => row.every((item, j) => item === 0 || (upper ? j >= i : j <= i)));
  if (vectors.some(row => row.includes(0)) && !triangle(true) && !triangle(false))
    throw new Unsupported(`numpy.linalg.${name} whose result is a rounding error`);
}

/** Numbers that are rounding errors beside the others: numpy prints its own. */
function refuseNoise(name: string, numbers: readonly number[]): void {
  const most = numbers.reduce((size, number) => Math.max(size, Math.abs(number)), 0);
  if (numbers.some(number => number !== 0 && Math.abs(number) < 1e-13 * most))
    throw new Unsupported(`numpy.linalg.${name} whose result is a rounding error`);
}

/** Singular values, where none of them is a rounding error; a diagonal has none of these. */
function realSingularValues(name: string, matrix: NdArray): number[] {
  const s = Array.from(singularValues(matrix));
  const rows = rowsOf(matrix);
  const diagonal = rows.every((row, i) => row.every((item, j) => i === j || item === 0));
  if (!diagonal && s.some(value => value < 1e-13 * s[0]!))
    throw new Unsupported(`numpy.linalg.${name} whose result is a rounding error`);
  return s;
}

function realOrComplex(values: readonly PyComplex[]): NdArray {
  if (values.every(value => value.im === 0)) return floats(values.map(value => value.re));
  const data = allocate(complex128, values.length) as Item[];
  values.forEach((value, i) => {
    data[i] = value;
  });
  return new NdArray(complex128, data as Storage, [values.length]);
}

function isSymmetric(rows: Float64Array[]): boolean {
  return rows.every((row, i) => row.every((item, j) => item === rows[j]![i]));
}

const resultClasses = new Map<string, Value>();

/** The named tuple in which a function of `numpy.linalg` gives its results. */
function namedResult(name: string, fields: readonly string[], items: readonly Value[]): Value {
  let cls = resultClasses.get(name);
  if (cls === undefined) {
    cls = callMethod(vm.import('collections'), 'namedtuple', name, new PyTuple([...fields]));
    resultClasses.set(name, cls);
  }
  return call(cls, [...items]);
}

/** Functions of `numpy.linalg` by signature. */
export const LINALG: Readonly<Record<string, NativeBody>> = {
  'solve(a, b)': (a: Value, b: Value) => {
    const { rows, n } = squareRows(a);
    const right = asArray(b);
    if (right.shape[0] !== n)
      throw raise(
        'ValueError',
        `solve${right.ndim === 1 ? '1' : ''}: Input operand 1 has a mismatch in its core dimension 0, with gufunc signature (m,m),(m${right.ndim === 1 ? '' : ',n'})->(m${right.ndim === 1 ? '' : ',n'}) (size ${right.shape[0]} is different from ${n})`,
      );
    const columns = right.ndim === 1 ? reshape(right, [n, 1]) : right;
    return flat(solveRows(rows, n, rowsOf(columns)), right.shape);
  },
  'inv(a)': inverse,
  'det(a)': (a: Value) => {
    const d = determinant(a);
    if (Math.abs(d) === Number.POSITIVE_INFINITY && !hasNonFinite(realItems(asArray(a))))
      report(OVER, 'det', LINES('det'));
    return scalarOf(float64, d);
  },
  'slogdet(a)': (a: Value) => {
    const { sign, logarithm } = logarithmOfDeterminant(a);
    return namedResult('SlogdetResult', ['sign', 'logabsdet'], [scalarOf(float64, sign), scalarOf(float64, logarithm)]);
  },
  'norm(x, ord=None, axis=None, keepdims=False)': (
    x: Value,
    ord: Value | undefined,
    axis: Value | undefined,
    keepdims: Value | undefined,
  ) => within(LINES('norm'), () => norm(x, ord, axis, keepdims)),
  'matrix_norm(x, *, keepdims!=False, ord!="fro")': (x: Value) => norm(x, 'fro', undefined, undefined),
  'vector_norm(x, *, axis=None, keepdims!=False, ord!=2)': (x: Value, axis: Value | undefined) =>
    norm(axis === undefined || axis === null ? ravel(asArray(x)) : x, 2n, axis, undefined),
  'matrix_power(a, n)': (a: Value, n: Value) => {
    const power = smallIndex(n);
    let base: Value = power < 0 ? inverse(a) : asArray(a);
    const size = asArray(a).shape[0]!;
    let result: Value | undefined;
    for (let left = Math.abs(power); left > 0; left = Math.floor(left / 2)) {
      if (left % 2 === 1) result = result === undefined ? base : matmul(result, base);
      base = matmul(base, base);
    }
    if (result !== undefined) return result;
    const { dtype } = asArray(a);
    return new NdArray(dtype, castItems(flat(identityRows(size), [size, size]).data, float64, dtype), [size, size]);
  },
  'matrix_rank(A, tol!=None, hermitian!=False, *, rtol!=None)': (a: Value) => {
    const array = asArray(a);
    if (array.ndim < 2) return realItems(array).some(item => item !== 0) ? 1n : 0n;
    const s = singularValues(array);
    const tolerance = (s[0] ?? 0) * Math.max(...array.shape) * 2.220446049250313e-16;
    return scalarOf(int64, BigInt(s.filter(value => value > tolerance).length));
  },
  'cond(x, p!=None)': (x: Value) => {
    const s = realSingularValues('cond', asArray(x));
    const ratio = s[0]! / s.at(-1)!;
    const unknown = realItems(asArray(x)).some(Number.isNaN);
    return scalarOf(float64, Number.isNaN(ratio) && !unknown ? Number.POSITIVE_INFINITY : ratio);
  },
  'svdvals(x, /)': (x: Value) => floats(realSingularValues('svdvals', asArray(x))),
  'svd(a, full_matrices=True, compute_uv=True, hermitian=False)': (a: Value, _full: Value, uv: Value | undefined) => {
    if (uv !== false)
      throw new Unsupported('numpy.linalg.svd with vectors', 'compute_uv=False gives the singular values');
    return floats(realSingularValues('svd', asArray(a)));
  },
  'eigvals(a)': (a: Value) => {
    const values = eigenvalues(squareRows(a).rows);
    refuseNoise(
      'eigvals',
      values.map(value => Math.hypot(value.re, value.im)),
    );
    return realOrComplex(values);
  },
  'eig(a)': (a: Value) => {
    const { rows, n } = squareRows(a);
    const { values, vectors } = eigenvectors(rows);
    if (vectors === undefined) throw new Unsupported('numpy.linalg.eig with complex vectors');
    refuseNoise(
      'eig',
      values.map(value => value.re),
    );
    refuseNoise(
      'eig',
      vectors.flatMap(row => Array.from(row)),
    );
    refuseZeros('eig', rows, vectors);
    return namedResult('EigResult', ['eigenvalues', 'eigenvectors'], [realOrComplex(values), flat(vectors, [n, n])]);
  },
  'eigvalsh(a, UPLO!="L")': (a: Value) => {
    const { rows, n } = squareRows(a);
    return floats(symmetricEigen(mirrored(rows), n).values);
  },
  'eigh(a, UPLO="L")': (a: Value, uplo: Value | undefined) => {
    const { rows, n } = squareRows(a);
    // Beyond, the order of steps differs, and with it the signs of vectors.
    if (n > 25)
      throw new Unsupported('numpy.linalg.eigh of more than 25 rows', 'numpy.linalg.eigvalsh gives the values');
    if (uplo === 'U') throw new Unsupported('numpy.linalg.eigh of the upper triangle');
    const { values, vectors } = symmetricVectors(mirrored(rows));
    refuseNoise('eigh', values);
    refuseNoise(
      'eigh',
      vectors.flatMap(row => Array.from(row)),
    );
    refuseZeros('eigh', rows, vectors);
    return namedResult('EighResult', ['eigenvalues', 'eigenvectors'], [floats(values), flat(vectors, [n, n])]);
  },
  'qr(a, mode="reduced")': (a: Value, mode: Value | undefined) => {
    if (mode !== undefined && mode !== 'reduced') throw new Unsupported('numpy.linalg.qr with this mode');
    const matrix = asArray(a);
    if (matrix.ndim !== 2 || matrix.dtype.kind === 'c') throw new Unsupported('numpy.linalg.qr of this array');
    const [m, n] = matrix.shape as [number, number];
    const k = Math.min(m, n);
    const rows = rowsOf(matrix);
    const { q, r } = orthogonal(rows, k);
    refuseZeros('qr', rows, q);
    refuseNoise(
      'qr',
      [...q, ...r].flatMap(row => Array.from(row)),
    );
    return namedResult('QRResult', ['Q', 'R'], [flat(q, [m, k]), flat(r, [k, n])]);
  },
  'cholesky(a, /, *, upper!=False)': (a: Value) => {
    const { rows, n } = squareRows(a);
    const l = identityRows(n).map(row => row.fill(0));
    for (let j = 0; j < n; j++) {
      for (let i = j; i < n; i++) {
        let sum = rows[i]![j]!;
        for (let k = 0; k < j; k++) sum -= l[i]![k]! * l[j]![k]!;
        if (i === j) {
          if (!(sum > 0)) throw raise(linAlgErrorClass, 'Matrix is not positive definite');
          l[i]![j] = Math.sqrt(sum);
        } else l[i]![j] = sum / l[j]![j]!;
      }
    }
    return flat(l, [n, n]);
  },
  'lstsq(a, b, rcond!=None)': (a: Value, b: Value) => {
    const matrix = asArray(a);
    const right = asArray(b);
    const columns = right.ndim === 1 ? reshape(right, [right.size, 1]) : right;
    const [m, n] = matrix.shape as [number, number];
    const rows = rowsOf(matrix);
    const s = singularValues(matrix);
    const { x, rank } = sureLeastSquares(rows, rowsOf(columns), 2.220446049250313e-16 * Math.max(m, n));
    const solution = flat(x, right.ndim === 1 ? [n] : [n, columns.shape[1]!]);
    const difference = quietly(() => asArray(ufunc('subtract', matmul(matrix, solution), right)));
    const residuals =
      m > n && rank === n
        ? quietly(() => sumOf(asArray(ufunc('square', difference)), { axes: [0], keepdims: right.ndim === 1 }))
        : floats([]);
    return new PyTuple([solution, residuals, BigInt(rank), floats(s)]);
  },
  'pinv(a, rcond!=None, hermitian!=False, *, rtol!=None)': (a: Value) => {
    const matrix = asArray(a);
    const [m, n] = matrix.shape as [number, number];
    return flat(sureLeastSquares(rowsOf(matrix), identityRows(m), 1e-15).x, [n, m]);
  },
  'multi_dot(arrays, *, out!=None)': (arrays: Value) => {
    const items = listOf(arrays);
    if (items.length < 2) throw raise('ValueError', 'Expecting at least two arrays.');
    return items.slice(1).reduce<Value>((product, item) => dot(product, item), items[0]!);
  },
};

function mirrored(rows: Float64Array[]): Float64Array[] {
  return isSymmetric(rows) ? rows : rows.map((row, i) => row.map((item, j) => (j > i ? rows[j]![i]! : item)));
}
