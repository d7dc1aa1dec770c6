/** What is used of the runtime's own zlib; all of Node's types would let code use what Workers do not have. */
declare module 'node:zlib' {
  /** Throws a RangeError where there would be more than `maxOutputLength` bytes. */
  export function gunzipSync(bytes: Uint8Array, options: { maxOutputLength: number }): Uint8Array;
}
