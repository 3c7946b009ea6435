/** The bytes of a text that `decode` read: UTF-8, with the byte order mark it had. */
export function encode(text: string, bom: boolean): Uint8Array {
  return new TextEncoder().encode(bom ? `\ufeff${text}` : text)
}
