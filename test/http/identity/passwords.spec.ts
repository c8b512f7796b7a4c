// What a password must be, and that better-auth's own hash fits ours.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { hashPassword, verifyPassword } from 'better-auth/crypto'
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

describe('with better-auth’s own hash', () => {
  let house: House
  const hashing = { hash: hashPassword, verify: verifyPassword }
  beforeAll(async () => {
    house = await openHouse({ hashing })
  })
  afterAll(() => house.close())

  test('an account is opened, signed in to, and guessed at before it was opened', async () => {
    await house.add('boss', {
      role: 'administrator',
      password: await hashPassword('the miller of Nantang'),
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
  })
})
