/**
 * The error function by the rational approximations that C libraries have used since Sun's fdlibm, so that the last
 * digit is theirs.
 */
import { exp } from './exponential';

const ERX = 0.8450629115104675;
const EFX = 0.1283791670955126;
const P = [
  0.12837916709551256, -0.3250421072470015, -0.02848174957559851, -0.005770270296489442, -0.000023763016656650163,
];
const Q = [
  1, 0.39791722395915535, 0.0650222499887673, 0.005081306281875766, 0.00013249473800432164, -0.000003960228278775368,
];
const PA = [
  -0.0023621185607526594, 0.41485611868374833, -0.3722078760357013, 0.31834661990116175, -0.11089469428239668,
  0.035478304325618236, -0.002166375594868791,
];
const QA = [
  1, 0.10642088040084423, 0.540397917702171, 0.07182865441419627, 0.12617121980876164, 0.01363708391202905,
  0.011984499846799107,
];
const RA = [
  -0.009864944034847148, -0.6938585727071818, -10.558626225323291, -62.375332450326006, -162.39666946257347,
  -184.60509290671104, -81.2874355063066, -9.814329344169145,
];
const SA = [
  1, 19.651271667439257, 137.65775414351904, 434.56587747522923, 645.3872717332679, 429.00814002756783,
  108.63500554177944, 6.570249770319282, -0.0604244152148581,
];
const RB = [
  -0.0098649429247001, -0.799283237680523, -17.757954917754752, -160.63638485582192, -637.5664433683896,
  -1025.0951316110772, -483.5191916086514,
];
const SB = [
  1, 30.33806074348246, 325.7925129965739, 1536.729586084437, 3199.8582195085955, 2553.0504064331644,
  474.52854120695537, -22.44095244658582,
];

/** A polynomial whose terms are taken in pairs, lowest first. */
function polynomial(coefficients: readonly number[], x: number): number {
  const square = x * x;
  const fourth = square * square;
  const powers = [1, square, fourth, fourth * square, fourth * fourth];
  let total = 0;
  for (let at = 0; at < coefficients.length; at += 2) {
    const odd = coefficients[at + 1];
    const term = odd === undefined ? coefficients[at]! : coefficients[at]! + x * odd;
    total = at === 0 ? term : total + powers[at / 2]! * term;
  }
  return total;
}

const view = new DataView(new ArrayBuffer(8));

/** erfc x for x of 1.25 or more, times x. */
function tail(x: number): number {
  const s = 1 / (x * x);
  const ratio = x < 1 / 0.35 ? polynomial(RA, s) / polynomial(SA, s) : polynomial(RB, s) / polynomial(SB, s);
  view.setFloat64(0, x);
  view.setUint32(4, 0);
  const z = view.getFloat64(0);
  return exp(-z * z - 0.5625) * exp((z - x) * (z + x) + ratio);
}

/** erf x - erf 1, for an x near 1. */
function nearOne(x: number): number {
  return polynomial(PA, x - 1) / polynomial(QA, x - 1);
}

function small(x: number): number {
  const z = x * x;
  return polynomial(P, z) / polynomial(Q, z);
}

/** `math.erf` */
export function erf(x: number): number {
  if (Number.isNaN(x) || x === 0) return x;
  const size = Math.abs(x);
  if (size < 0.84375) {
    if (size < 2 ** -28) return size < 2 ** -1013 ? 0.0625 * (16 * x + 16 * EFX * x) : x + EFX * x;
    return x + x * small(x);
  }
  const result = size < 1.25 ? ERX + nearOne(size) : size >= 6 ? 1 : 1 - tail(size) / size;
  return x < 0 ? -result : result;
}

/** `math.erfc` */
export function erfc(x: number): number {
  if (Number.isNaN(x)) return x;
  const size = Math.abs(x);
  if (size < 0.84375) {
    if (size < 2 ** -56) return 1 - x;
    const y = small(x);
    return x < 0.25 ? 1 - (x + x * y) : 0.5 - (x * y + (x - 0.5));
  }
  if (size < 1.25) return x < 0 ? 1 + (ERX + nearOne(size)) : 1 - ERX - nearOne(size);
  if (x < -6) return 2;
  if (x > 28) return 0;
  return x < 0 ? 2 - tail(size) / size : tail(size) / size;
}
