// The environment: read whole, every fault told at once, never a value.
import { describe, expect, test } from 'vitest'
import { isLoopback, readConfig } from '../src/config.ts'

describe('the environment', () => {
  test('left alone binds this machine only, at 8080', () => {
    expect(readConfig({})).toEqual({
      config: { host: '127.0.0.1', port: 8080, origins: [], proxies: 0, log: 'info' },
    })
  })

  test('is taken as it is given; an empty variable is none', () => {
    const env = {
      PORT: '443',
      FIVE_MUSTS_HOST: '0.0.0.0',
      FIVE_MUSTS_URL: 'https://ledger.example.cn',
      FIVE_MUSTS_ORIGINS: 'https://a.example, https://b.example:8443',
      FIVE_MUSTS_PROXIES: '2',
      FIVE_MUSTS_LOG: '',
    }
    expect(readConfig(env)).toEqual({
      config: {
        host: '0.0.0.0',
        port: 443,
        url: 'https://ledger.example.cn',
        origins: ['https://a.example', 'https://b.example:8443'],
        proxies: 2,
        log: 'info',
      },
    })
  })

  test('tells every fault at once, in both languages, without the values', () => {
    const env = {
      PORT: 'secret-1',
      FIVE_MUSTS_HOST: 'secret 2',
      FIVE_MUSTS_URL: 'https://secret.example/3/',
      FIVE_MUSTS_ORIGINS: 'secret-4',
      FIVE_MUSTS_PROXIES: '99',
      FIVE_MUSTS_LOG: 'secret-6',
    }
    const read = readConfig(env)
    const faults = 'faults' in read ? read.faults : []
    expect(faults.map(({ variable }) => variable).sort()).toEqual(Object.keys(env).sort())
    for (const { variable, zh, en } of faults) {
      expect(zh).toMatch(/\p{Script=Han}/u)
      expect(en).toContain(variable)
      expect(zh + en).not.toContain('secret')
    }
  })

  test.each(['PORT', 'FIVE_MUSTS_PROXIES'])('%s is a whole number within its bounds', (name) => {
    for (const value of ['-1', '1.5', '70000', '0x10', ' 1', '1e3']) {
      expect(readConfig({ [name]: value }), value).toHaveProperty('faults')
    }
  })

  test.each([
    'ftp://a.example',
    'https://a.example/',
    'https://a.example/x',
    'a.example',
    'https://u@a.example',
  ])('browsers do not find us at %s', (url) => {
    expect(readConfig({ FIVE_MUSTS_URL: url })).toHaveProperty('faults')
  })

  test('bound to more than this machine, must name its address', () => {
    const read = readConfig({ FIVE_MUSTS_HOST: '192.168.1.5' })
    expect(read).toMatchObject({ faults: [{ variable: 'FIVE_MUSTS_URL' }] })
    const named = { FIVE_MUSTS_HOST: '192.168.1.5', FIVE_MUSTS_URL: 'http://192.168.1.5:8080' }
    expect(readConfig(named)).toHaveProperty('config')
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
