// What a password must be, and how it is kept.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { scryptSync } from 'node:crypto'
import { hashOfNothing, scryptHashing } from '../../../src/http/identity/hashing.ts'
import { acceptablePassword } from '../../../src/http/identity/password.ts'
import { codeOf, done, type House, openHouse, sessionIn } from './house.ts'

describe('a password', () => {
  const refused: readonly (readonly [password: string, code: string])[] = [
    ['', 'passwordTooShort'],
    ['tide mill', 'passwordTooShort'],
    ['村口老槐树下见', 'passwordTooShort'],
    // an astral character is one character
    ['𠀀𠀁𠀂𠀃𠀄𠀅𠀆𠀇𠀈', 'passwordTooShort'],
    ['x'.repeat(129), 'passwordTooLong'],
    // the list
    ['1234567890', 'passwordCommon'],
    ['qwertyuiop', 'passwordCommon'],
    ['password123', 'passwordCommon'],
    ['PassWord123', 'passwordCommon'],
    ['ｐａｓｓｗｏｒｄ１２３', 'passwordCommon'],
    ['1qaz2wsx3edc', 'passwordCommon'],
    ['qq123456789', 'passwordCommon'],
    // and what is as easily guessed
    ['p@ssw0rd123', 'passwordCommon'],
    ['woaini1314520', 'passwordCommon'],
    ['aaaaaaaaaaaa', 'passwordCommon'],
    ['abcdefghijkl', 'passwordCommon'],
    ['13805720001', 'passwordCommon'],
    ['330502199001011234', 'passwordCommon'],
    ['1990-01-01 1990', 'passwordCommon'],
    ['shen.guoliang1', 'passwordCommon'],
    ['shen.guoliangshen.guoliang', 'passwordCommon'],
  ]
  test.each(refused)('%s: %s', (password, code) => {
    expect(codeOf(acceptablePassword(password, 'shen.guoliang'))).toBe(code)
  })

  test.each([
    'sluice gate at dawn',
    '我家门前有两棵树一条河',
    'onlysmallletterswithoutanydigit',
    'Xk7qPm2vT9',
    'nine chars',
  ])('%s is taken: length counts, not variety', (password) => {
    expect(codeOf(acceptablePassword(password, 'shen'))).toBe('done')
  })

  test('is one, however it is typed', () => {
    const composed = done(acceptablePassword('café au lait'.normalize('NFC'), 'shen'))
    expect(done(acceptablePassword('café au lait'.normalize('NFD'), 'shen'))).toBe(composed)
  })
})

describe('with the hash of a real house', () => {
  let house: House
  const hashing = scryptHashing()
  beforeAll(async () => {
    house = await openHouse({ hashing })
  })
  afterAll(() => house.close())

  test('an account is opened, signed in to, and guessed at before it was opened', async () => {
    await house.add('boss', {
      role: 'administrator',
      password: await hashing.hash('the miller of Nantang'),
    })
    const browser = house.browser()
    expect((await browser.signIn('boss', 'the miller of Nantang')).status).toBe(200)
    // as if TOTP were set up
    const { limit: _limit, ...confirmed } = sessionIn(house, browser)
    const link = done(await house.identity.accounts.add(confirmed, { username: 'shen' }))
    // no password of it exists; the guess is hashed all the same, and is wrong
    const guess = await house.browser().signIn('shen', 'anything at all')
    expect(guess).toMatchObject({ status: 401, body: { code: 'signInFailed' } })
    const given = { token: link.token, password: 'the heron on the weir' }
    const used = await house.identity.links.use(given, { address: '203.0.113.5', device: '' })
    expect(done(used)).toMatchObject({ next: 'none' })
  }, 30_000)
})

describe('a hash', () => {
  const small = { log2N: 10, r: 8, p: 1 }
  const hashing = scryptHashing({ cost: small })
  const hash = (password: string) => hashing.hash(password)
  const verify = (data: Parameters<typeof hashing.verify>[0]) => hashing.verify(data)

  test('is scrypt at the measure OWASP asks for', async () => {
    const kept = await scryptHashing().hash('sluice gate at dawn')
    expect(kept).toMatch(/^scrypt\$17\$8\$1\$[\w-]{22}\$[\w-]{43}$/)
    const [, , , , salt = '', key] = kept.split('$')
    const again = scryptSync('sluice gate at dawn', Buffer.from(salt, 'base64url'), 32, {
      N: 2 ** 17,
      r: 8,
      p: 1,
      maxmem: 2 ** 28,
    })
    expect(again.toString('base64url')).toBe(key)
  }, 30_000)

  test('knows its password by what it cost, however that changes later', async () => {
    const kept = await hash('sluice gate at dawn')
    expect(
      await scryptHashing({ cost: { ...small, log2N: 11 } }).verify({
        hash: kept,
        password: 'sluice gate at dawn',
      }),
    ).toBe(true)
    expect(await verify({ hash: kept, password: 'sluice gate at dusk' })).toBe(false)
    expect(await hash('sluice gate at dawn')).not.toBe(kept)
  })

  test('however it was typed', async () => {
    const kept = await hash('ｓluice gate é'.normalize('NFC'))
    expect(await verify({ hash: kept, password: 'sluice gate é'.normalize('NFD') })).toBe(true)
  })

  test.each([
    ['nothing', ''],
    ['another house’s', `${'ab'.repeat(16)}:${'cd'.repeat(64)}`],
    ['one that would cost the earth', `scrypt$40$8$1$${'A'.repeat(22)}$${'A'.repeat(43)}`],
    ['nobody’s', hashOfNothing((bytes) => new Uint8Array(bytes).fill(7))],
  ])(
    'that is %s is no password’s',
    async (_what, kept) => {
      expect(await verify({ hash: kept, password: 'sluice gate at dawn' })).toBe(false)
    },
    30_000,
  )

  test('many at once are made one after another, and all of them', async () => {
    const kept = await Promise.all(Array.from({ length: 12 }, (_, i) => hash(`gate ${i}`)))
    const known = kept.map((one, i) => verify({ hash: one, password: `gate ${i}` }))
    expect(await Promise.all(known)).toEqual(kept.map(() => true))
  })
})
