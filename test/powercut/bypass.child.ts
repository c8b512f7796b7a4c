/** Changes the watched directory by a call the shim does not journal: a copy in the kernel. */
import { copyFileSync } from 'node:fs'
import { join } from 'node:path'

const [dir = ''] = process.argv.slice(2)
copyFileSync(import.meta.filename, join(dir, 'unseen'))
