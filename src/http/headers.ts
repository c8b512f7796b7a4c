// What the headers of a command look like, for the document, its pages and whoever sent another.

/** The same in either language: what stands there, letter by letter. */
const forms: Readonly<Record<string, string>> = {
  'Idempotency-Key': 'UUIDv7 (xxxxxxxx-xxxx-7xxx-8xxx-xxxxxxxxxxxx, 0-9 a-f)',
  'Acting-Office': 'o_… (o_[A-Za-z0-9]{4,32})',
  'Acting-Mandate': 'd_… (d_[A-Za-z0-9]{4,32})',
  'If-Match': '"7" (ETag), *',
  'From-Draft': 'SHA-256 (64 × 0-9 a-f)',
}

export const formOf = (header: string): string => forms[header] ?? header

/** A new UUIDv7, in a shell and in JavaScript: most tools make only v4, which bears no time and is refused. */
export const keyRecipes = {
  shell: [
    `ms=$(printf '%012x' "$(date +%s)000") random=$(od -An -N10 -tx1 /dev/urandom | tr -d ' \\n')`,
    'echo "${ms:0:8}-${ms:8}-7${random:0:3}-8${random:3:3}-${random:6:12}"',
  ].join('\n'),
  javascript: [
    'function uuidv7() {',
    "  const ms = Date.now().toString(16).padStart(12, '0')",
    '  return `${ms.slice(0, 8)}-${ms.slice(8)}-7${crypto.randomUUID().slice(15)}`',
    '}',
  ].join('\n'),
} as const
