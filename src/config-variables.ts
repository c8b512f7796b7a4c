// Every variable of the environment the server heeds: what it is for, what it must be, and what it is when nobody sets it.
import { z } from 'zod'
import type { Sentence } from './domain/language.ts'

const levels = ['debug', 'info', 'warn', 'error', 'silent'] as const
export type LogLevel = (typeof levels)[number]

const whole = (least: number, most: number) =>
  z
    .string()
    .regex(/^\d{1,6}$/)
    .transform(Number)
    .refine((value) => value >= least && value <= most)

const several = <S extends z.ZodType<unknown, string>>(one: S) =>
  z
    .string()
    .transform((text) => text.split(/[\s,]+/).filter((part) => part !== ''))
    .pipe(z.array(one).max(20))
    .default([])

const origin = z
  .url({ protocol: /^https?$/ })
  .refine((text) => URL.canParse(text) && new URL(text).origin === text)

/** Bound to this machine alone: nobody else reaches it. */
export const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || host === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(host)

/** Encrypted on the way, unless it does not leave this machine. */
const isReceiver = ({ protocol, hostname, username, password, hash }: URL): boolean =>
  [username, password, hash].every((part) => part === '') &&
  (protocol === 'https:' || isLoopback(hostname))

const receiver = z
  .url({ protocol: /^https?$/ })
  .refine((text) => URL.canParse(text) && isReceiver(new URL(text)))

/** A password here would be shown with the address. */
const isMailServer = ({ hostname, username, password, pathname, search, hash }: URL): boolean =>
  hostname !== '' &&
  /^(?:[^%]|%[0-7][\da-f])*$/i.test(username) &&
  [password, pathname.replace('/', ''), search, hash].every((part) => part === '')

const smtp = z
  .url({ protocol: /^smtps?$/ })
  .refine((text) => URL.canParse(text) && isMailServer(new URL(text)))
  .transform((text) => new URL(text))

const SECRET_LEAST = 16
const secret = z
  .string()
  .regex(/^[\x21-\x7e]+$/)
  .min(SECRET_LEAST)
  .max(500)

const PORT_MAX = 65_535
const PROXIES_MAX = 8

export interface Variable extends Sentence {
  readonly schema: z.ZodType
  /** What it is for, before what it must be. */
  readonly about: Sentence
  /** May also be given as `<name>_FILE`, which only its owner can read. */
  readonly secret?: true
  readonly preset?: string
}

const about = (zh: string, en: string): Sentence => ({ zh, en })
const number = (least: number, most: number, preset: number) => ({
  schema: whole(least, most).default(preset),
  preset: String(preset),
  zh: `应为 ${least} 到 ${most} 的整数`,
  en: `must be a whole number, ${least} to ${most}`,
})

/** Every variable the server heeds; the reference page is made from here. */
export const variables = {
  PORT: { ...number(0, PORT_MAX, 8080), about: about('监听端口', 'port to listen at') },
  FIVE_MUSTS_HOST: {
    schema: z.union([z.ipv4(), z.ipv6(), z.hostname()]).default('127.0.0.1'),
    preset: '127.0.0.1',
    about: about('监听地址', 'address to bind'),
    zh: '应为要绑定的地址，例如 127.0.0.1 或 0.0.0.0',
    en: 'must be the address to bind, as 127.0.0.1 or 0.0.0.0',
  },
  FIVE_MUSTS_URL: {
    schema: origin.optional(),
    about: about('浏览器访问的网址', 'where browsers find the server'),
    zh: '应为浏览器访问的网址，例如 https://ledger.example.cn，末尾不带斜杠和路径',
    en: 'must be where browsers find the server, as https://ledger.example.cn, without a path or slash',
  },
  FIVE_MUSTS_ORIGINS: {
    schema: several(origin),
    about: about('还有哪些网址的页面可以调用', 'further origins whose pages may call'),
    zh: '应为以逗号分隔的网址，末尾不带斜杠和路径',
    en: 'must be addresses with commas between them, without paths or slashes',
  },
  FIVE_MUSTS_PROXIES: {
    ...number(0, PROXIES_MAX, 0),
    about: about('前面有几层代理', 'how many proxies stand in front'),
  },
  FIVE_MUSTS_LOG: {
    schema: z.enum(levels).default('info'),
    preset: 'info',
    about: about('日志级别', 'how much the log tells'),
    zh: `应为 ${levels.join('、')} 之一`,
    en: `must be one of ${levels.join(', ')}`,
  },
  FIVE_MUSTS_WRITES: {
    ...number(1, 600_000, 600),
    about: about('每人每分钟最多办理次数', 'writes of one person, a minute'),
  },
  FIVE_MUSTS_READS: {
    ...number(1, 600_000, 3000),
    about: about('每人每分钟最多查看次数', 'reads of one person, a minute'),
  },
  FIVE_MUSTS_CALLS: {
    ...number(1, 600_000, 1200),
    about: about(
      '公开接口每个地址每分钟最多次数',
      'calls from one address, a minute, where nobody signs in',
    ),
  },
  FIVE_MUSTS_CONNECTIONS: {
    ...number(1, 100_000, 1000),
    about: about('同时连接数上限', 'connections open at once'),
  },
  FIVE_MUSTS_METRICS_TOKEN: {
    schema: secret.optional(),
    secret: true,
    about: about('读取 /metrics 的口令', 'lets whoever bears it read /metrics'),
    zh: `应为至少 ${SECRET_LEAST} 个字符，不含空格`,
    en: `must be of at least ${SECRET_LEAST} characters, without spaces`,
  },
  FIVE_MUSTS_HEADS_AT: {
    schema: z
      .string()
      .regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/)
      .default('07:30'),
    preset: '07:30',
    about: about('每天几点外送新检查点（北京时间）', 'when new heads are sent (Asia/Shanghai)'),
    zh: '应为时刻，例如 07:30',
    en: 'must be a time of day, as 07:30',
  },
  FIVE_MUSTS_HEADS_MAIL: {
    schema: several(z.email()),
    about: about('新检查点寄往哪些邮箱', 'mail addresses new heads are sent to'),
    zh: '应为以逗号分隔的邮箱地址',
    en: 'must be mail addresses with commas between them',
  },
  FIVE_MUSTS_SMTP: {
    schema: smtp.optional(),
    about: about('发信服务器', 'the server mail leaves by'),
    zh: '应为 smtps://用户@主机:端口 或 smtp://…（STARTTLS），不带密码',
    en: 'must be smtps://user@host:port, or smtp://… (STARTTLS), without the password',
  },
  FIVE_MUSTS_SMTP_PASSWORD: {
    schema: z.string().min(1).max(500).optional(),
    secret: true,
    about: about('发信密码', 'the password for it'),
    zh: '应为发信服务器的密码',
    en: 'must be the password of the mail server',
  },
  FIVE_MUSTS_MAIL_FROM: {
    schema: z.email().optional(),
    about: about('寄信人地址', 'whom mail comes from'),
    zh: '应为邮箱地址',
    en: 'must be a mail address',
  },
  FIVE_MUSTS_HEADS_WEBHOOK: {
    schema: several(receiver),
    about: about('新检查点推送到哪些网址', 'addresses new heads are posted to'),
    zh: '应为以逗号分隔的 https 网址',
    en: 'must be https addresses with commas between them',
  },
  FIVE_MUSTS_WEBHOOK_SECRET: {
    schema: secret.optional(),
    secret: true,
    about: about('推送签名用的共享密钥', 'signs what is posted; shared with the receivers'),
    zh: `应为至少 ${SECRET_LEAST} 个字符，不含空格`,
    en: `must be of at least ${SECRET_LEAST} characters, without spaces`,
  },
} as const satisfies Record<string, Variable>
export type VariableName = keyof typeof variables
