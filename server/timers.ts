/** Timers that work in Node and in a browser, and that keep no process alive. */

export type Timer = ReturnType<typeof setTimeout>;

/** Calls back after some milliseconds, unless the program has ended by then; `clearTimeout` calls it off. */
export function later(callback: () => void, milliseconds: number): Timer {
  return released(setTimeout(callback, milliseconds));
}

/** Calls back again and again; `clearInterval` ends that. */
export function every(callback: () => void, milliseconds: number): Timer {
  return released(setInterval(callback, milliseconds));
}

/** In Node a timer keeps its process alive unless it is told not to; in a browser it is a number. */
function released(timer: Timer): Timer {
  if (typeof timer === 'object') timer.unref();
  return timer;
}

const waiting: (() => void)[] = [];
let channel: InstanceType<typeof MessageChannel> | undefined;

/** Calls back once messages and timers that are due have had their turn. */
export const soon: (callback: () => void) => void =
  typeof setImmediate === 'function'
    ? callback => void setImmediate(callback)
    : callback => {
        if (channel === undefined) {
          channel = new MessageChannel();
          const { port1 } = channel as { readonly port1: { onmessage?: () => void } };
          port1.onmessage = () => waiting.shift()!();
        }
        waiting.push(callback);
        channel.port2.postMessage(null);
      };
