/** TeX's program with its inner variables in sight, so that it can be stopped in one place and go on in another. */

const GLOBALS = 6;
const EXPORTS = 7;
const GLOBAL = 3;
const CONSTANT = 0x41;
const END = 0x0b;

/** Name under which a global variable is exported. */
export function globalName(index: number): string {
  return `g${index}`;
}

/** The program with an export for each of its global variables, all of them integers of 32 bits. */
export function exposeGlobals(wasm: Uint8Array): Uint8Array {
  const parts: Uint8Array[] = [wasm.subarray(0, 8)];
  let names: number[][] = [];
  for (let at = 8; at < wasm.length; ) {
    const [size, from] = unsigned(wasm, at + 1);
    const end = from + size;
    if (wasm[at] === GLOBALS) names = globalsOf(wasm, from);
    if (wasm[at] === EXPORTS) {
      const [count, first] = unsigned(wasm, from);
      const content = [...bytesOf(count + names.length), ...wasm.subarray(first, end), ...names.flat()];
      parts.push(Uint8Array.of(EXPORTS, ...bytesOf(content.length)), Uint8Array.from(content));
    } else parts.push(wasm.subarray(at, end));
    at = end;
  }
  return Buffer.concat(parts);
}

/** An export for each global, as bytes. */
function globalsOf(wasm: Uint8Array, from: number): number[][] {
  const [count, first] = unsigned(wasm, from);
  let at = first;
  return Array.from({ length: count }, (_none, index) => {
    // Type, mutability, and a constant as the first value.
    if (wasm[at + 2] !== CONSTANT) throw new Error('a global variable of another kind');
    at = unsigned(wasm, at + 3)[1] + 1;
    if (wasm[at - 1] !== END) throw new Error('a global variable of another kind');
    const name = [...Buffer.from(globalName(index))];
    return [name.length, ...name, GLOBAL, ...bytesOf(index)];
  });
}

/** A number in the variable length that WebAssembly uses, and where it ends. */
function unsigned(bytes: Uint8Array, from: number): [number, number] {
  let value = 0;
  for (let at = from, shift = 0; ; at++, shift += 7) {
    const byte = bytes[at]!;
    value |= (byte & 0x7f) << shift;
    if (byte < 0x80) return [value, at + 1];
  }
}

function bytesOf(value: number): number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...bytesOf(value >>> 7)];
}
