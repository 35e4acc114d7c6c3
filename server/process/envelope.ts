/**
 * How messages travel between a program and the thread that evaluates for it: packed once and unpacked once, however often
 * they are handed on between.
 */
import { deserialize, serialize } from 'node:v8';

export interface Envelope {
  /** The kind of the message, for whoever hands it on. */
  readonly kind: string;
  readonly content: Uint8Array;
}

export function packed(message: { readonly kind: string }): Envelope {
  return { kind: message.kind, content: serialize(message) };
}

export function unpacked<M>({ content }: Envelope): M {
  return deserialize(content) as M;
}
