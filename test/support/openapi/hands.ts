// The simulated people of the demonstration at the API: what they do goes over HTTP, and what they know of the ledgers comes from
// there, by clients that know the OpenAPI document and nothing else.
import { Agent } from 'node:http'
import type { Ballot } from '../../../src/app/cast-ballot.ts'
import type { Counting } from '../../../src/app/count-ballots.ts'
import type { Door, Hands } from '../../../src/app/demo/hands.ts'
import { drawnPage } from '../../../src/app/demo/papers.ts'
import type { Command } from '../../../src/domain/command.ts'
import { type Entry, entrySchema } from '../../../src/domain/entry.ts'
import {
  meetingStream,
  type Origin,
  sha256HexSchema,
  type StreamId,
} from '../../../src/domain/ids.ts'
import type { Refusal } from '../../../src/domain/refusal.ts'
import type { Outcome, Receipt, StoredEntry } from '../../../src/domain/store.ts'
import { parseCanonical } from '../../../src/ledger/canonical.ts'
import { type Answer, ApiClient } from './client.ts'
import { Description, type Operation } from './document.ts'
import { type Account, must, Person } from './person.ts'

/** What a page said of an act that then went otherwise. */
interface Misled {
  readonly command: string
  readonly stream: StreamId
  readonly said: string
  readonly came: string
}

export interface Figures {
  commands: number
  refused: number
  signatures: number
  /** Of those: with an If-Match of the page looked at. */
  seen: number
  /** Papers brought. */
  files: number
}

export interface HttpDoor extends Door {
  readonly figures: Figures
  readonly misled: readonly Misled[]
  /** Operations that were used. */
  readonly used: ReadonlySet<string>
  close(): void
}

type Wanted = Omit<Command, 'by'> & {
  readonly by: Pick<Command['by'], 'person'> & Partial<Command['by']>
}

const codeOf = (ledger: Origin): string => ledger.slice(-12)

/** One act after another, in the order they came: what two of the same moment do stays told apart. */
export function inTurn(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve()
  return (work) => {
    const next = last.then(work, work)
    last = next.catch(() => {})
    return next
  }
}

export async function httpDoor(url: string): Promise<HttpDoor> {
  const described = await Description.at(url)
  const agent = new Agent({ keepAlive: true, maxSockets: 4 })
  const people = await People.at(url, described, agent)
  const acting = new Acts(described, people)
  const turn = inTurn()
  const hands: Hands = {
    perform: (command) => turn(() => acting.act(command)),
    castBallot: (ballot) => turn(() => acting.ballot(ballot)),
    countBallots: (counting) => turn(() => acting.count(counting)),
  }
  return {
    hands,
    entries: { follow: (ledger, from) => follow(people, acting, { ledger, from }) },
    figures: acting.figures,
    misled: acting.misled,
    used: people.used,
    close: () => agent.destroy(),
  }
}

/** Everybody's browser. Whoever has no account yet is given one by the administrator, over the API as well. */
class People {
  readonly used = new Set<string>()
  readonly #url: string
  readonly #described: Description
  readonly #agent: Agent
  readonly #known = new Map<string, Account>()
  readonly #persons = new Map<string, Person>()

  static async at(url: string, described: Description, agent: Agent): Promise<People> {
    const people = new People(url, described, agent)
    const answer = must(await people.#client().call('listDemoAccounts'), 200)
    const { password, accounts } = answer.body as {
      readonly password: string
      readonly accounts: readonly { readonly username: string; readonly person?: string }[]
    }
    for (const { username, person = 'administrator' } of accounts) {
      if (!people.#known.has(person)) people.#known.set(person, { username, password })
    }
    return people
  }

  private constructor(url: string, described: Description, agent: Agent) {
    this.#url = url
    this.#described = described
    this.#agent = agent
  }

  #client(): ApiClient {
    return new ApiClient(this.#url, this.#described, this.#agent)
  }

  /** Whoever may see every village and the township. */
  get watcher(): Promise<Person> {
    const found = [...this.#known].find(([, { username }]) => username === 'centre-head')
    if (found === undefined) throw new Error('nobody heads the centre')
    return this.of(found[0])
  }

  async of(person: string): Promise<Person> {
    const open = this.#persons.get(person)
    if (open !== undefined) return open
    const account = this.#known.get(person) ?? (await this.#added(person))
    const made = new Person(this.#client(), this.#described, account)
    this.#persons.set(person, made)
    return made
  }

  async #added(person: string): Promise<Account> {
    const administrator = await this.of('administrator')
    const username = `u.${person.slice(2).toLowerCase()}`
    const made = await administrator.call('addAccount', { body: { username, person } })
    const { url } = must(made, 201).body as { readonly url: string }
    const token = url.slice(url.indexOf('#') + 1)
    const password = '南塘的水闸在清早打开 2024'
    must(await this.#client().call('useSetUpLink', { body: { token, password } }), 200)
    const account = { username, password }
    this.#known.set(person, account)
    return account
  }
}

class Acts {
  readonly figures: Figures = {
    commands: 0,
    refused: 0,
    signatures: 0,
    seen: 0,
    files: 0,
  }
  readonly misled: Misled[] = []
  /** As far as each ledger is known to reach. */
  readonly sizes = new Map<Origin, number>()
  readonly #brought = new Set<string>()
  readonly #described: Description
  readonly #people: People

  constructor(described: Description, people: People) {
    this.#described = described
    this.#people = people
  }

  act(command: Command): Promise<Outcome> {
    return this.#send(command, command.input)
  }

  ballot({ id, ledger, meeting, person, choices }: Ballot): Promise<Outcome> {
    const stream = meetingStream(meeting)
    const wanted = { id, ledger, stream, type: 'ballot.take', by: { person }, input: {} }
    return this.#send(wanted, { choices })
  }

  count({ id, ledger, meeting, by, paper, tellers, sheet, reason }: Counting): Promise<Outcome> {
    const stream = meetingStream(meeting)
    const body = { ...paper, tellers, sheet, ...(reason === undefined ? {} : { reason }) }
    return this.#send({ id, ledger, stream, type: 'tally.record', by, input: {} }, body)
  }

  async #send(wanted: Wanted, body: unknown): Promise<Outcome> {
    const { figures } = this
    const { id, by } = wanted
    const operation = this.#operation(wanted)
    const person = await this.#people.of(by.person)
    const place = placeIn(operation, wanted)
    await this.#bring(person, wanted.ledger, body)
    const looked = operation.signature ? await person.look(operation, place) : undefined
    const answer = await person.call(operation, {
      parameters: {
        ...place,
        'Idempotency-Key': id,
        ...(by.office === undefined ? {} : { 'Acting-Office': by.office }),
        ...(by.mandate === undefined ? {} : { 'Acting-Mandate': by.mandate }),
        ...(looked?.tag === undefined ? {} : { 'If-Match': looked.tag }),
      },
      body,
    })
    figures.commands += 1
    if (operation.signature) figures.signatures += 1
    if (looked?.tag !== undefined) figures.seen += 1
    this.#people.used.add(operation.operationId)
    const outcome = this.#outcome(wanted, answer)
    if (looked?.tag !== undefined) this.#compare(wanted, looked.said, outcome)
    return outcome
  }

  /** The papers a form names are brought before it is sent, once each. */
  async #bring(person: Person, ledger: Origin, body: unknown): Promise<void> {
    const named = JSON.stringify(body).matchAll(/"([0-9a-f]{64})"/g)
    for (const [, sha256 = ''] of named) {
      const key = `${ledger} ${sha256}`
      const page = this.#brought.has(key) ? undefined : drawnPage(sha256HexSchema.parse(sha256))
      if (page === undefined) continue
      const answer = await person.call('addAttachment', {
        parameters: { village: codeOf(ledger), name: '附件.pdf' },
        file: { media: 'application/pdf', bytes: page.bytes },
      })
      if (must(answer, 201).body['sha256'] !== sha256) throw new Error(`${sha256} became another`)
      this.#brought.add(key)
      this.figures.files += 1
    }
  }

  #operation({ type, ledger }: Wanted): Operation {
    const all = this.#described.ofCommand(type)
    const inVillage = (one: Operation): boolean => one.parameters.some(isVillage)
    const township = codeOf(ledger).endsWith('000')
    const found = all.find((one) => inVillage(one) !== township)
    if (found === undefined) throw new Error(`${type} has no place in the document`)
    return found
  }

  #outcome({ type, ledger, stream }: Wanted, { status, body }: Answer): Outcome {
    if (status === 201) {
      const receipt = body as unknown as Receipt & { readonly stream: StreamId }
      // a number is the server's to give: it must be the one the people counted on
      if (receipt.stream !== stream) throw new Error(`${type}: ${receipt.stream}, not ${stream}`)
      this.sizes.set(ledger, Math.max(receipt.size, this.sizes.get(ledger) ?? 0))
      const { command, entries, at, size } = receipt
      return { receipt: { command, ledger, entries, at, size } }
    }
    this.figures.refused += 1
    const { code, params } = body as unknown as Refusal
    if (![403, 404, 409, 412, 422].includes(status) || code === undefined || isDoors(code)) {
      throw new Error(`${type} of ${stream}: ${status} ${JSON.stringify(body)}`)
    }
    return { refused: { code, params } }
  }

  #compare({ type: command, stream }: Wanted, said: string, outcome: Outcome): void {
    const came = 'refused' in outcome ? outcome.refused.code : 'yes'
    if (said !== came) this.misled.push({ command, stream, said, came })
  }
}

/** What the door says, and not the law. */
const doors = [
  'inputInvalid',
  'notAllowed',
  'noSuchThing',
  'officeAmbiguous',
  'reauthenticationNeeded',
  'enrolmentNeeded',
]
const isDoors = (code: string): boolean => doors.includes(code)

const isVillage = ({ name }: { readonly name: string }): boolean => name === 'village'

/** The village by its code; the thing by what stands behind its kind. */
function placeIn({ parameters }: Operation, { ledger, stream }: Wanted): Record<string, string> {
  const [kind = '', id = ''] = stream.split('/')
  const known: Readonly<Record<string, string>> = { village: codeOf(ledger), [kind]: id }
  const taken = parameters.filter((one) => one.in === 'path').map(({ name }) => name)
  return Object.fromEntries(taken.map((name) => [name, known[name] ?? '']))
}

const BUNDLE = 256

/** Entries as a monitor reads them: bundle by bundle, to where a receipt has said that the ledger reaches. */
async function* follow(
  people: People,
  { sizes }: Acts,
  { ledger, from }: { readonly ledger: Origin; readonly from: number },
): AsyncIterable<StoredEntry> {
  const size = sizes.get(ledger) ?? (await sizeOf(people, ledger))
  sizes.set(ledger, size)
  for (let next = from; next < size;) {
    const index = Math.floor(next / BUNDLE)
    const width = Math.min(BUNDLE, size - index * BUNDLE)
    const bundle = await bundleOf(people, ledger, { index, width })
    for (const bytes of bundle.slice(next - index * BUNDLE)) yield { entry: entryIn(bytes), bytes }
    next = index * BUNDLE + width
  }
}

const entryIn = (bytes: Uint8Array): Entry => entrySchema.parse(parseCanonical(bytes))

async function sizeOf(people: People, ledger: Origin): Promise<number> {
  const answer = must(await (await people.watcher).call('listLedgers'), 200)
  const { ledgers } = answer.body as {
    readonly ledgers: readonly { readonly origin: string; readonly size: number }[]
  }
  return ledgers.find(({ origin }) => origin === ledger)?.size ?? 0
}

/** tlog-tiles: `x001/x234/067.p/12`; an entry behind two bytes of its length. */
async function bundleOf(
  people: People,
  ledger: Origin,
  { index, width }: { readonly index: number; readonly width: number },
): Promise<readonly Uint8Array[]> {
  const digits = [Math.floor(index / 1000), index % 1000].map((part) =>
    String(part).padStart(3, '0'),
  )
  const [thousands = '', rest = ''] = digits
  const path = index < 1000 ? rest : `x${thousands}/${rest}`
  const tile = width === BUNDLE ? path : `${path}.p/${width}`
  const parameters = { village: codeOf(ledger), tile }
  const { bytes } = must(await (await people.watcher).call('entryBundle', { parameters }), 200)
  const entries: Uint8Array[] = []
  for (let at = 0; at < bytes.length;) {
    const length = bytes.readUInt16BE(at)
    entries.push(Uint8Array.from(bytes.subarray(at + 2, at + 2 + length)))
    at += 2 + length
  }
  return entries
}
