// Somebody at the API: signed in, confirming anew when a signature asks for it, looking at a thing before they sign it. All of it
// from what the document says and the server answers.
import type { Answer, ApiClient, Given } from './client.ts'
import type { Description, Operation } from './document.ts'

export interface Account {
  readonly username: string
  readonly password: string
}

/** What the page of a thing says of an act. */
interface Can {
  readonly command: string
  readonly allowed: boolean
  readonly no?: { readonly code: string }
}

export interface Looked {
  readonly tag: string | undefined
  /** What the page says of the act: `yes`, the code of its no, or nothing at all. */
  readonly said: string
}

export class Person {
  readonly #client: ApiClient
  readonly #described: Description
  readonly #account: Account
  #signedIn = false

  constructor(client: ApiClient, described: Description, account: Account) {
    this.#client = client
    this.#described = described
    this.#account = account
  }

  /** Signs in, or confirms, where the answer says that it is needed, and asks again. */
  async call(operation: string | Operation, given: Given = {}): Promise<Answer> {
    if (!this.#signedIn) await this.#signIn()
    const answer = await this.#client.call(operation, given)
    const { code } = answer.body
    if (answer.status === 401 && code === 'notSignedIn') {
      await this.#signIn()
      return this.#client.call(operation, given)
    }
    if (answer.status === 403 && code === 'reauthenticationNeeded') {
      const { password } = this.#account
      must(await this.#client.call('reauthenticate', { body: { password } }), 200)
      return this.#client.call(operation, given)
    }
    return answer
  }

  async #signIn(): Promise<void> {
    const { username, password } = this.#account
    must(await this.#client.call('signIn', { body: { username, password } }), 200)
    this.#signedIn = true
  }

  /** The page an act is done from, the nearest above it that says what one can do: its ETag, and what it says of the act. */
  async look(act: Operation, parameters: Readonly<Record<string, string>>): Promise<Looked> {
    for (const page of this.#pagesOf(act.path)) {
      const taken = new Set(page.parameters.map(({ name }) => name))
      const own = Object.fromEntries(Object.entries(parameters).filter(([name]) => taken.has(name)))
      const { status, headers, body } = await this.call(page, { parameters: own })
      const can = body['can'] as readonly Can[] | undefined
      if (status !== 200 || can === undefined) continue
      const found = can.find(({ command }) => command === act.command)
      return { tag: headers.etag, said: found?.allowed === true ? 'yes' : (found?.no?.code ?? '') }
    }
    return { tag: undefined, said: '' }
  }

  /** What can be read above a path, the nearest first. */
  #pagesOf(path: string): readonly Operation[] {
    const parts = path.split('/')
    const above = parts.map((_, i) => parts.slice(0, parts.length - i).join('/'))
    return above.flatMap((one) => this.#described.get(one) ?? [])
  }
}

export function must(answer: Answer, status: number): Answer {
  if (answer.status === status) return answer
  throw new Error(`answered ${answer.status}: ${answer.bytes.toString('utf8').slice(0, 500)}`)
}
