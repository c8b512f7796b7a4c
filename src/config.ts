// What the environment says of the server: read once at the start, every fault told at once and in both languages.
import { z } from 'zod'
import type { Sentence } from './domain/language.ts'

type Environment = Readonly<Record<string, string | undefined>>

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
}

const levels = ['debug', 'info', 'warn', 'error', 'silent'] as const
export type LogLevel = (typeof levels)[number]

/** What is wrong with one variable. Never its value: it may be a secret put into the wrong place. */
export interface ConfigFault extends Sentence {
  readonly variable: string
}

const whole = (most: number) =>
  z
    .string()
    .regex(/^\d{1,5}$/)
    .transform(Number)
    .refine((value) => value <= most)

const origin = z
  .url({ protocol: /^https?$/ })
  .refine((text) => URL.canParse(text) && new URL(text).origin === text)

const PORT_MAX = 65_535
const PROXIES_MAX = 8

interface Variable extends Sentence {
  readonly schema: z.ZodType
}

const variables = {
  PORT: {
    schema: whole(PORT_MAX).default(8080),
    zh: `应为 0 到 ${PORT_MAX} 的端口号`,
    en: `must be a port, 0 to ${PORT_MAX}`,
  },
  FIVE_MUSTS_HOST: {
    schema: z.union([z.ipv4(), z.ipv6(), z.hostname()]).default('127.0.0.1'),
    zh: '应为要绑定的地址，例如 127.0.0.1 或 0.0.0.0',
    en: 'must be the address to bind, as 127.0.0.1 or 0.0.0.0',
  },
  FIVE_MUSTS_URL: {
    schema: origin.optional(),
    zh: '应为浏览器访问的网址，例如 https://ledger.example.cn，末尾不带斜杠和路径',
    en: 'must be where browsers find the server, as https://ledger.example.cn, without a path or slash',
  },
  FIVE_MUSTS_ORIGINS: {
    schema: z
      .string()
      .transform((text) => text.split(/[\s,]+/).filter((one) => one !== ''))
      .pipe(z.array(origin))
      .default([]),
    zh: '应为以逗号分隔的网址，末尾不带斜杠和路径',
    en: 'must be addresses with commas between them, without paths or slashes',
  },
  FIVE_MUSTS_PROXIES: {
    schema: whole(PROXIES_MAX).default(0),
    zh: `应为前置代理的个数，0 到 ${PROXIES_MAX}`,
    en: `must be how many proxies stand in front, 0 to ${PROXIES_MAX}`,
  },
  FIVE_MUSTS_LOG: {
    schema: z.enum(levels).default('info'),
    zh: `应为 ${levels.join('、')} 之一`,
    en: `must be one of ${levels.join(', ')}`,
  },
} as const satisfies Record<string, Variable>
type Name = keyof typeof variables

/** Bound to this machine alone: nobody else reaches it. */
export const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || /^127\.\d+\.\d+\.\d+$/.test(host)

/** The settings, or everything that is wrong with them. An empty variable is one that is not set. */
export function readConfig(
  env: Environment,
): { readonly config: Config } | { readonly faults: readonly ConfigFault[] } {
  const faults: ConfigFault[] = []
  const read = <N extends Name>(name: N): z.output<(typeof variables)[N]['schema']> | undefined => {
    const { schema, zh, en }: Variable = variables[name]
    const parsed = schema.safeParse(env[name] === '' ? undefined : env[name])
    if (parsed.success) return parsed.data as z.output<(typeof variables)[N]['schema']>
    faults.push({ variable: name, zh: `${name} ${zh}`, en: `${name} ${en}` })
    return undefined
  }
  const host = read('FIVE_MUSTS_HOST') ?? '127.0.0.1'
  const url = read('FIVE_MUSTS_URL')
  const config: Config = {
    host,
    port: read('PORT') ?? 0,
    ...(url === undefined ? {} : { url }),
    origins: read('FIVE_MUSTS_ORIGINS') ?? [],
    proxies: read('FIVE_MUSTS_PROXIES') ?? 0,
    log: read('FIVE_MUSTS_LOG') ?? 'info',
  }
  const unreachable = url === undefined && !isLoopback(host) && env['FIVE_MUSTS_URL'] === undefined
  if (unreachable) faults.push(urlMissing)
  return faults.length > 0 ? { faults } : { config }
}

const urlMissing: ConfigFault = {
  variable: 'FIVE_MUSTS_URL',
  zh: 'FIVE_MUSTS_URL 未设置：绑定到本机以外的地址时，须写明浏览器访问的网址',
  en: 'FIVE_MUSTS_URL is missing: bound to more than this machine, the address browsers use must be named',
}
