// Rows of a request that are not made anew with every step.
import type { Request } from '../../../workflows/request/v1/fold.ts'

/**
 * Rows made once for what they are made of, which every step hands on as the very same object: rows that are the same objects
 * need not be compared with those that are stored.
 */
export function remembered<K extends object, V>(
  make: (id: string, request: Request) => V,
  of: (request: Request) => K,
  mark: (request: Request) => string,
): (id: string, request: Request) => V {
  const known = new WeakMap<K, { readonly mark: string; readonly made: V }>()
  return (id, request) => {
    const source = of(request)
    const marked = `${id} ${mark(request)}`
    const found = known.get(source)
    if (found?.mark === marked) return found.made
    const made = make(id, request)
    known.set(source, { mark: marked, made })
    return made
  }
}
