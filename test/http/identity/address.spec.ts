import { expect, test } from 'vitest'
import { placeOf } from '../../../src/http/identity/address.ts'
import { usernameOf } from '../../../src/domain/account.ts'

test.each([
  ['203.0.113.5', '203.0.113.5'],
  ['::ffff:203.0.113.5', '203.0.113.5'],
  ['::FFFF:203.0.113.5', '203.0.113.5'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::'],
  ['2001:DB8:1:2::6', '2001:db8:1:2::'],
  ['2001:0db8:0001:0002::', '2001:db8:1:2::'],
  ['2001:db8::1', '2001:db8:0:0::'],
  ['::1', '0:0:0:0::'],
  ['fe80::1%eth0', 'fe80:0:0:0::'],
  ['64:ff9b::203.0.113.5', '64:ff9b:0:0::'],
  ['', ''],
  ['nonsense', 'nonsense'],
])('%s is counted as %s', (address, place) => {
  expect(placeOf(address)).toBe(place)
})

test.each([
  ['沈国良', '沈国良'],
  ['Shen.Guo_2-a', 'shen.guo_2-a'],
  [' ＳＨＥＮ ', 'shen'],
  ['阿卜杜·热合曼', '阿卜杜·热合曼'],
  ['䶮䶮', '䶮䶮'],
  ['201.director-2', '201.director-2'],
  ['ab', 'ab'],
  ['王芳2', '王芳2'],
  ['王芳.东', '王芳.东'],
  ['𠮷田', '𠮷田'],
])('%s is the username %s', (text, username) => {
  expect(usernameOf(text)).toBe(username)
  expect(usernameOf(username)).toBe(username)
})

test.each([
  '',
  'a',
  '沈',
  'x'.repeat(33),
  'two words',
  '.dot',
  'dot.',
  '王芳·',
  '王芳-',
  'sh\u0435n', // a Cyrillic letter that looks like e
  'shen\u202eabc',
  'shen\u200b',
  'shen\n',
  'shen@example.com',
  '<b>',
  'ｓｈｅｎ　ｇｕｏ',
])('%j is no username', (text) => {
  // a line break at the end is trimmed like a space
  expect(usernameOf(text)).toBe(text === 'shen\n' ? 'shen' : undefined)
})
