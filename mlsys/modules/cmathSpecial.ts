/**
 * Complex functions of infinities and NaN, as C's Annex G has them: limits where there are some, NaN where the angle is
 * lost. Each takes the two parts of a number that is not finite and gives those of the result; undefined is a domain
 * error.
 */
import { isNegative } from '../python/runtime/numbers/decimal';
import { arcTangent2, cosine, sine } from '../python/runtime/numbers/elementary/trigonometric';

/** Real and imaginary part. */
export type Parts = readonly [number, number];

type Special = (re: number, im: number) => Parts | undefined;

const INF = Number.POSITIVE_INFINITY;
const NAN = Number.NaN;

const isInf = (x: number): boolean => x === INF || x === -INF;
const withSign = (size: number, sign: number): number => (isNegative(sign) ? -size : size);

/** The angle of the point, lost with either part. */
const angle = (im: number, re: number): number => (Number.isNaN(re) || Number.isNaN(im) ? NAN : arcTangent2(im, re));

const acos: Special = (re, im) => {
  if (!isInf(re) && !isInf(im)) return [re === 0 ? Math.PI / 2 : NAN, NAN];
  if (Number.isNaN(im)) return [NAN, INF];
  return [angle(Math.abs(im), re), withSign(INF, -im)];
};

const acosh: Special = (re, im) => {
  if (!isInf(re) && !isInf(im)) return [NAN, NAN];
  return [INF, angle(im, re)];
};

const asinh: Special = (re, im) => {
  if (!isInf(re) && !isInf(im)) return [NAN, Number.isNaN(re) && im === 0 ? im : NAN];
  return [Number.isNaN(re) ? INF : withSign(INF, re), angle(im, Math.abs(re))];
};

const atanh: Special = (re, im) => {
  if (!isInf(re) && !isInf(im)) return [re === 0 ? re : NAN, NAN];
  const real = Number.isNaN(re) ? 0 : withSign(0, re);
  return [real, Number.isNaN(im) ? NAN : withSign(Math.PI / 2, im)];
};

const exp: Special = (re, im) => {
  if (isInf(im) && re !== -INF && !Number.isNaN(re)) return undefined;
  if (Number.isNaN(re)) return [NAN, im === 0 ? im : NAN];
  if (!isInf(re)) return [NAN, NAN];
  const size = re > 0 ? INF : 0;
  if (im === 0) return [size, im];
  if (Number.isFinite(im)) return [withSign(size, cosine(im)), withSign(size, sine(im))];
  return re > 0 ? [INF, NAN] : [0, 0];
};

const cosh: Special = (re, im) => {
  if (isInf(im) && !Number.isNaN(re)) return undefined;
  if (isInf(re)) {
    if (im === 0) return [INF, re > 0 ? im : -im];
    if (Number.isFinite(im)) return [withSign(INF, cosine(im)), withSign(withSign(INF, sine(im)), re)];
    return [INF, NAN];
  }
  return [NAN, re === 0 || im === 0 ? 0 : NAN];
};

const sinh: Special = (re, im) => {
  if (isInf(im) && !Number.isNaN(re)) return undefined;
  if (isInf(re)) {
    if (im === 0) return [re, im];
    if (Number.isFinite(im)) return [withSign(withSign(INF, cosine(im)), re), withSign(INF, sine(im))];
    return [INF, NAN];
  }
  return [re === 0 ? 0 : NAN, im === 0 ? im : NAN];
};

const tanh: Special = (re, im) => {
  if (isInf(im) && Number.isFinite(re)) return undefined;
  if (isInf(re)) {
    const imaginary = Number.isFinite(im) && im !== 0 ? withSign(0, 2 * sine(im) * cosine(im)) : 0;
    return [withSign(1, re), im === 0 ? im : imaginary];
  }
  return [NAN, im === 0 ? im : NAN];
};

/** f(i z) / i for the functions of angles. */
function turned(body: Special): Special {
  return (re, im) => {
    const parts = body(-im, re);
    return parts && [parts[1], -parts[0]];
  };
}

/** By the names of the functions. */
export const SPECIAL: Readonly<Record<string, Special>> = {
  acos,
  acosh,
  asin: turned(asinh),
  asinh,
  atan: turned(atanh),
  atanh,
  cos: (re, im) => cosh(-im, re),
  cosh,
  exp,
  sin: turned(sinh),
  sinh,
  tan: turned(tanh),
  tanh,
};

/** `rect(r, phi)` where one of them is not finite. */
export const rectangular: Special = (r, phi) => {
  if (isInf(phi)) {
    if (r !== 0 && !Number.isNaN(r)) return undefined;
    return r === 0 ? [0, 0] : [NAN, NAN];
  }
  if (Number.isNaN(phi)) return r === 0 ? [0, 0] : isInf(r) ? [INF, NAN] : [NAN, NAN];
  if (Number.isNaN(r)) return [NAN, phi === 0 ? 0 : NAN];
  if (phi === 0) return [r, withSign(phi, r)];
  return [withSign(withSign(INF, cosine(phi)), r), withSign(withSign(INF, sine(phi)), r)];
};
