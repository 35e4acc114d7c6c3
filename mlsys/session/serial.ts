let last = 0;

/** A number for a run or a loaded module, unique in this process; objects carry that of their maker. */
export function nextSerial(): number {
  last++;
  return last;
}
