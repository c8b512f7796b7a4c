// The environment: read whole, every fault told at once, never a value.
import { describe, expect, test } from 'vitest'
import { readConfig, type SecretFile } from '../src/config.ts'
import { isLoopback, variables } from '../src/config-variables.ts'

type Environment = Readonly<Record<string, string>>

const preset = {
  host: '127.0.0.1',
  port: 8080,
  origins: [],
  proxies: 0,
  log: 'info',
  limits: { writes: 600, reads: 3000, calls: 1200, connections: 1000 },
}

/** Names of the variables that are blamed. */
const blamed = (env: Environment, files?: SecretFile): readonly string[] => {
  const read = readConfig(env, files)
  return 'faults' in read ? read.faults.map(({ variable }) => variable).sort() : []
}

describe('the environment', () => {
  test('left alone binds this machine only, at 8080, and sends nothing', () => {
    expect(readConfig({})).toEqual({ config: preset })
  })

  test('is taken as it is given; an empty variable is none', () => {
    const env = {
      PORT: '443',
      FIVE_MUSTS_HOST: '0.0.0.0',
      FIVE_MUSTS_URL: 'https://ledger.example.cn',
      FIVE_MUSTS_ORIGINS: 'https://a.example, https://b.example:8443',
      FIVE_MUSTS_PROXIES: '2',
      FIVE_MUSTS_LOG: '',
      FIVE_MUSTS_WRITES: '30',
      FIVE_MUSTS_READS: '33',
      FIVE_MUSTS_CALLS: '31',
      FIVE_MUSTS_CONNECTIONS: '32',
      FIVE_MUSTS_METRICS_TOKEN: 'a token of the operator'.replaceAll(' ', '-'),
    }
    expect(readConfig(env)).toEqual({
      config: {
        host: '0.0.0.0',
        port: 443,
        url: 'https://ledger.example.cn',
        origins: ['https://a.example', 'https://b.example:8443'],
        proxies: 2,
        log: 'info',
        limits: { writes: 30, reads: 33, calls: 31, connections: 32 },
        metricsToken: 'a-token-of-the-operator',
      },
    })
  })

  test('tells every fault at once, in both languages, without the values', () => {
    // a control character is of the form of no variable
    const env = Object.fromEntries(Object.keys(variables).map((name) => [name, `secret\n${name}`]))
    const read = readConfig(env)
    const faults = 'faults' in read ? read.faults : []
    const free = ['FIVE_MUSTS_SMTP_PASSWORD']
    const named = Object.keys(variables).filter((name) => !free.includes(name))
    expect(faults.map(({ variable }) => variable).sort()).toEqual(named.sort())
    for (const { variable, zh, en } of faults) {
      expect(zh).toMatch(/\p{Script=Han}/u)
      expect(en).toContain(variable)
      expect(zh + en).not.toContain('secret\n')
    }
  })

  test.each(['PORT', 'FIVE_MUSTS_PROXIES', 'FIVE_MUSTS_WRITES', 'FIVE_MUSTS_CONNECTIONS'])(
    '%s is a whole number within its bounds',
    (name) => {
      for (const value of ['-1', '1.5', '7000000', '0x10', ' 1', '1e3'])
        expect(blamed({ [name]: value }), value).toEqual([name])
    },
  )

  test.each([
    'FIVE_MUSTS_WRITES',
    'FIVE_MUSTS_READS',
    'FIVE_MUSTS_CALLS',
    'FIVE_MUSTS_CONNECTIONS',
  ])('%s of nothing would shut everybody out', (name) =>
    expect(blamed({ [name]: '0' })).toEqual([name]),
  )

  test.each([
    'ftp://a.example',
    'https://a.example/',
    'https://a.example/x',
    'a.example',
    'https://u@a.example',
  ])('browsers do not find us at %s', (url) => {
    expect(blamed({ FIVE_MUSTS_URL: url })).toEqual(['FIVE_MUSTS_URL'])
  })

  test('bound to more than this machine, must name its address', () => {
    expect(blamed({ FIVE_MUSTS_HOST: '192.168.1.5' })).toEqual(['FIVE_MUSTS_URL'])
    const named = { FIVE_MUSTS_HOST: '192.168.1.5', FIVE_MUSTS_URL: 'http://192.168.1.5:8080' }
    expect(blamed(named)).toEqual([])
  })
})

const mail = {
  FIVE_MUSTS_HEADS_MAIL: 'jiwei@example.cn, county@example.cn',
  FIVE_MUSTS_SMTP: 'smtps://ledger%40example.cn@mail.example.cn',
  FIVE_MUSTS_SMTP_PASSWORD: 'the password',
  FIVE_MUSTS_MAIL_FROM: 'ledger@example.cn',
}
const webhook = {
  FIVE_MUSTS_HEADS_WEBHOOK: 'https://witness.example.cn/heads?of=bali',
  FIVE_MUSTS_WEBHOOK_SECRET: 'shared-by-two-houses',
}

describe('sending new heads', () => {
  test('is told whole', () => {
    expect(readConfig({ ...mail, ...webhook, FIVE_MUSTS_HEADS_AT: '23:05' })).toEqual({
      config: {
        ...preset,
        sending: {
          at: '23:05',
          mail: {
            host: 'mail.example.cn',
            port: 465,
            secure: true,
            user: 'ledger@example.cn',
            password: 'the password',
            from: 'ledger@example.cn',
            to: ['jiwei@example.cn', 'county@example.cn'],
          },
          webhook: {
            urls: ['https://witness.example.cn/heads?of=bali'],
            secret: 'shared-by-two-houses',
          },
        },
      },
    })
  })

  test.each([
    ['smtp://mail.example.cn', { host: 'mail.example.cn', port: 587, secure: false }],
    ['smtp://[::1]:2525', { host: '::1', port: 2525, secure: false }],
  ])('mail leaves by %s', (given, expected) => {
    const { FIVE_MUSTS_SMTP_PASSWORD: _, ...rest } = mail
    const read = readConfig({ ...rest, FIVE_MUSTS_SMTP: given })
    expect(read).toMatchObject({ config: { sending: { mail: expected } } })
  })

  test('mail needs a server and a sender, and a user and a password go together', () => {
    const { FIVE_MUSTS_HEADS_MAIL, FIVE_MUSTS_SMTP } = mail
    expect(blamed({ FIVE_MUSTS_HEADS_MAIL })).toEqual(['FIVE_MUSTS_MAIL_FROM', 'FIVE_MUSTS_SMTP'])
    const { FIVE_MUSTS_SMTP_PASSWORD: _, ...open } = mail
    expect(blamed(open)).toEqual(['FIVE_MUSTS_SMTP_PASSWORD'])
    const nobody = { ...mail, FIVE_MUSTS_SMTP: FIVE_MUSTS_SMTP.replace('ledger%40example.cn@', '') }
    expect(blamed(nobody)).toEqual(['FIVE_MUSTS_SMTP_PASSWORD'])
  })

  test.each([
    'http://mail.example.cn',
    'smtps://user:password@mail.example.cn',
    'smtps://%zz@mail.example.cn',
    'smtps://mail.example.cn/path',
    'smtps:',
  ])('no mail leaves by %s', (given) => {
    expect(blamed({ ...mail, FIVE_MUSTS_SMTP: given })).toContain('FIVE_MUSTS_SMTP')
  })

  test('a webhook needs a secret', () => {
    const { FIVE_MUSTS_HEADS_WEBHOOK } = webhook
    expect(blamed({ FIVE_MUSTS_HEADS_WEBHOOK })).toEqual(['FIVE_MUSTS_WEBHOOK_SECRET'])
  })

  test.each([
    ['https://a.example/x', true],
    ['http://127.0.0.1:9/x', true],
    ['http://[::1]:9/x', true],
    ['http://a.example/x', false],
    ['http://127.evil.example/x', false],
    ['https://u:p@a.example/x', false],
    ['https://u@a.example/x', false],
    ['file:///etc/passwd', false],
  ])('is posted to %s: %s', (given, taken) => {
    const found = blamed({ ...webhook, FIVE_MUSTS_HEADS_WEBHOOK: given })
    expect(found).toEqual(taken ? [] : ['FIVE_MUSTS_HEADS_WEBHOOK'])
  })

  test.each(['24:00', '7:30', '07:60', 'noon'])('there is no time of day %s', (at) => {
    expect(blamed({ FIVE_MUSTS_HEADS_AT: at })).toEqual(['FIVE_MUSTS_HEADS_AT'])
  })
})

describe('a secret', () => {
  const files: SecretFile = (path) =>
    path === '/secrets/webhook'
      ? { secret: 'kept in a file of its own'.replaceAll(' ', '-') }
      : { no: { zh: '可被他人读取', en: 'can be read by others' } }

  test('may lie in a file', () => {
    const { FIVE_MUSTS_WEBHOOK_SECRET: _, ...rest } = webhook
    const env = { ...rest, FIVE_MUSTS_WEBHOOK_SECRET_FILE: '/secrets/webhook' }
    expect(readConfig(env, files)).toMatchObject({
      config: { sending: { webhook: { secret: 'kept-in-a-file-of-its-own' } } },
    })
  })

  test('in a file that is not taken is told by the variable, once', () => {
    const { FIVE_MUSTS_WEBHOOK_SECRET: _, ...rest } = webhook
    const env = { ...rest, FIVE_MUSTS_WEBHOOK_SECRET_FILE: '/exposed' }
    expect(blamed(env, files)).toEqual(['FIVE_MUSTS_WEBHOOK_SECRET_FILE'])
  })

  test('is not given in two ways', () => {
    const env = { ...webhook, FIVE_MUSTS_WEBHOOK_SECRET_FILE: '/secrets/webhook' }
    expect(blamed(env, files)).toEqual(['FIVE_MUSTS_WEBHOOK_SECRET'])
  })

  test('is long enough', () => {
    const short = { ...webhook, FIVE_MUSTS_WEBHOOK_SECRET: 'short' }
    expect(blamed(short)).toEqual(['FIVE_MUSTS_WEBHOOK_SECRET'])
    expect(blamed({ FIVE_MUSTS_METRICS_TOKEN: 'short' })).toEqual(['FIVE_MUSTS_METRICS_TOKEN'])
  })

  test('never stands in the settings of anything else', () => {
    // only what is marked may be read from a file: an address in a file would be a way round the list
    expect(
      blamed({ FIVE_MUSTS_URL_FILE: '/secrets/webhook' }, () => ({ secret: 'https://a.example' })),
    ).toEqual([])
    const read = readConfig({ FIVE_MUSTS_URL_FILE: '/secrets/webhook' }, files)
    expect(read).toEqual({ config: preset })
  })
})

test.each([
  ['127.0.0.1', true],
  ['127.8.9.1', true],
  ['localhost', true],
  ['::1', true],
  ['0.0.0.0', false],
  ['::', false],
  ['192.168.1.5', false],
  ['127.evil.example', false],
])('%s is this machine alone: %s', (host, expected) => {
  expect(isLoopback(host)).toBe(expected)
})
