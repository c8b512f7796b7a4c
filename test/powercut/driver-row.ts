/** Content that tells its row, and a torn one: no two sectors of it are alike. */
export function bodyOf(id: number): Buffer {
  const body = Buffer.alloc(1400)
  for (let at = 0; at < body.length; at += 4) body.writeUInt32LE(id * 1000 + at, at)
  return body
}
