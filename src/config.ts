// What the environment says of the server: read once at the start, every fault told at once and in both languages.
import type { z } from 'zod'
import {
  isLoopback,
  type LogLevel,
  type Variable,
  type VariableName,
  variables,
} from './config-variables.ts'
import type { Sentence } from './domain/language.ts'

type Environment = Readonly<Record<string, string | undefined>>

export interface Limits {
  /** Of one person, a minute. */
  readonly writes: number
  /** Of one person, a minute. */
  readonly reads: number
  /** Of one address, a minute, where nobody needs to sign in. */
  readonly calls: number
  /** Open at once; more are shut without a word. */
  readonly connections: number
  /** Milliseconds a request may take to arrive whole; two minutes when left out. */
  readonly requestMs?: number
}

/** Where new heads go by mail. */
export interface Mail {
  readonly host: string
  readonly port: number
  /** Encrypted from the first byte; else by STARTTLS, which only this machine is spared. */
  readonly secure: boolean
  readonly user?: string
  readonly password?: string
  readonly from: string
  readonly to: readonly string[]
}

export interface Webhook {
  readonly urls: readonly string[]
  readonly secret: string
}

/** How new heads leave the house, daily. */
export interface Sending {
  /** `HH:mm` in Asia/Shanghai. */
  readonly at: string
  readonly mail?: Mail
  readonly webhook?: Webhook
}

export interface Config {
  readonly host: string
  readonly port: number
  /** Where browsers find us; that of the bound address when left out. */
  readonly url?: string
  /** Further origins whose pages may call. */
  readonly origins: readonly string[]
  /** So many proxies stand in front, and are believed about the client's address. */
  readonly proxies: number
  readonly log: LogLevel
  readonly limits: Limits
  /** Opens /metrics to others than this machine. */
  readonly metricsToken?: string
  /** Absent where nothing is sent. */
  readonly sending?: Sending
}

/**
 * Nobody but this machine reaches the server. A public address means that somebody carries calls from outside to us, whether
 * they say so or not.
 */
export const isPrivate = ({
  host,
  url,
  proxies,
}: Pick<Config, 'host' | 'url' | 'proxies'>): boolean =>
  isLoopback(host) && proxies === 0 && (url === undefined || isLoopback(new URL(url).hostname))

/** What is wrong with one variable. Never its value: it may be a secret put into the wrong place. */
export interface ConfigFault extends Sentence {
  readonly variable: string
}

/** The first line of a file only its owner can read; or why it is not taken. */
export type SecretFile = (path: string) => { readonly secret: string } | { readonly no: Sentence }

const noFiles: SecretFile = () => ({ no: { zh: '文件读不了', en: 'the file cannot be read' } })

class Reader {
  readonly faults: ConfigFault[] = []
  readonly #env: Environment
  readonly #files: SecretFile

  constructor(env: Environment, files: SecretFile) {
    this.#env = env
    this.#files = files
  }

  read<N extends VariableName>(name: N): z.output<(typeof variables)[N]['schema']> | undefined {
    const { schema, zh, en }: Variable = variables[name]
    const faultsBefore = this.faults.length
    const value = this.#given(name)
    if (this.faults.length > faultsBefore) return undefined
    const parsed = schema.safeParse(value)
    if (parsed.success) return parsed.data as z.output<(typeof variables)[N]['schema']>
    this.blame(name, { zh, en })
    return undefined
  }

  /** An empty variable is one that is not set. */
  isSet(name: string): boolean {
    return (this.#env[name] ?? '') !== ''
  }

  blame(variable: string, { zh, en }: Sentence): void {
    this.faults.push({ variable, zh: `${variable} ${zh}`, en: `${variable} ${en}` })
  }

  #given(name: VariableName): string | undefined {
    const known: Variable = variables[name]
    const own = this.isSet(name) ? this.#env[name] : undefined
    const path = this.#env[`${name}_FILE`] ?? ''
    if (known.secret !== true || path === '') return own
    if (own !== undefined) {
      this.blame(name, { zh: '与它的 _FILE 只能设一个', en: 'and its _FILE are not set both' })
      return undefined
    }
    const found = this.#files(path)
    if ('secret' in found) return found.secret
    this.blame(`${name}_FILE`, found.no)
    return undefined
  }
}

/** The settings, or everything that is wrong with them. */
export function readConfig(
  env: Environment,
  files: SecretFile = noFiles,
): { readonly config: Config } | { readonly faults: readonly ConfigFault[] } {
  const from = new Reader(env, files)
  const host = from.read('FIVE_MUSTS_HOST') ?? '127.0.0.1'
  const url = from.read('FIVE_MUSTS_URL')
  const port = from.read('PORT') ?? 0
  const origins = from.read('FIVE_MUSTS_ORIGINS') ?? []
  const proxies = from.read('FIVE_MUSTS_PROXIES') ?? 0
  const log = from.read('FIVE_MUSTS_LOG') ?? 'info'
  const limits = {
    writes: from.read('FIVE_MUSTS_WRITES') ?? 0,
    reads: from.read('FIVE_MUSTS_READS') ?? 0,
    calls: from.read('FIVE_MUSTS_CALLS') ?? 0,
    connections: from.read('FIVE_MUSTS_CONNECTIONS') ?? 0,
  }
  const metricsToken = from.read('FIVE_MUSTS_METRICS_TOKEN')
  const sending = sendingIn(from)
  if (url === undefined && !isLoopback(host) && !from.isSet('FIVE_MUSTS_URL'))
    from.blame('FIVE_MUSTS_URL', urlMissing)
  if (from.faults.length > 0) return { faults: from.faults }
  const base = { host, port, origins, proxies, log, limits }
  const more = { ...defined({ url }), ...defined({ metricsToken }), ...defined({ sending }) }
  return { config: { ...base, ...more } }
}

const urlMissing: Sentence = {
  zh: '未设置：绑定到本机以外的地址时，须写明浏览器访问的网址',
  en: 'is missing: bound to more than this machine, the address browsers use must be named',
}

const SMTP_PORT = 587
const SMTPS_PORT = 465

/** What is sent, and what else must then be set. */
function sendingIn(from: Reader): Sending | undefined {
  const at = from.read('FIVE_MUSTS_HEADS_AT') ?? ''
  const mail = mailIn(from)
  const webhook = webhookIn(from)
  return mail === undefined && webhook === undefined
    ? undefined
    : { at, ...defined({ mail }), ...defined({ webhook }) }
}

function mailIn(from: Reader): Mail | undefined {
  const to = from.read('FIVE_MUSTS_HEADS_MAIL') ?? []
  const smtp = from.read('FIVE_MUSTS_SMTP')
  const sender = from.read('FIVE_MUSTS_MAIL_FROM')
  const password = from.read('FIVE_MUSTS_SMTP_PASSWORD')
  if (to.length === 0) return undefined
  for (const name of ['FIVE_MUSTS_SMTP', 'FIVE_MUSTS_MAIL_FROM'])
    if (!from.isSet(name)) from.blame(name, neededBy('FIVE_MUSTS_HEADS_MAIL'))
  if (smtp === undefined || sender === undefined) return undefined
  const secure = smtp.protocol === 'smtps:'
  const user = smtp.username === '' ? undefined : decodeURIComponent(smtp.username)
  if ((user === undefined) !== (password === undefined))
    from.blame('FIVE_MUSTS_SMTP_PASSWORD', userAndPassword)
  const port = smtp.port === '' ? (secure ? SMTPS_PORT : SMTP_PORT) : Number(smtp.port)
  const account = { ...defined({ user }), ...defined({ password }) }
  const host = smtp.hostname.replaceAll(/^\[|\]$/g, '')
  return { host, port, secure, from: sender, to, ...account }
}

function webhookIn(from: Reader): Webhook | undefined {
  const urls = from.read('FIVE_MUSTS_HEADS_WEBHOOK') ?? []
  const secret = from.read('FIVE_MUSTS_WEBHOOK_SECRET')
  if (urls.length === 0) return undefined
  const isSet = ['', '_FILE'].some((end) => from.isSet(`FIVE_MUSTS_WEBHOOK_SECRET${end}`))
  if (!isSet) from.blame('FIVE_MUSTS_WEBHOOK_SECRET', neededBy('FIVE_MUSTS_HEADS_WEBHOOK'))
  return secret === undefined ? undefined : { urls, secret }
}

const neededBy = (name: string): Sentence => ({
  zh: `未设置：设了 ${name} 就须设它`,
  en: `is missing: ${name} needs it`,
})

const userAndPassword: Sentence = {
  zh: '与 FIVE_MUSTS_SMTP 里的用户名须同时设或同时不设',
  en: 'and the user in FIVE_MUSTS_SMTP are set both or neither',
}

/** Without what is undefined. */
const defined = <T extends object>(given: T): { [K in keyof T]?: NonNullable<T[K]> } =>
  Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: NonNullable<T[K]>
  }
