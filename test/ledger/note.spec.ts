// Signed notes, keys, cosignatures and checkpoints: what is accepted, and every way to be refused.
import { describe, expect, test } from 'vitest'
import { nodeCrypto as c } from '../../src/app/crypto.ts'
import { fromBase64, toBase64, toHex, utf8 } from '../../src/ledger/bytes.ts'
import {
  checkpointText,
  openCheckpoint,
  parseCheckpointText,
  parseDecimal,
} from '../../src/ledger/checkpoint.ts'
import { openCosignatures, parseWitnessVkey } from '../../src/ledger/cosignature.ts'
import { FormatError } from '../../src/ledger/error.ts'
import {
  openNote,
  parseSkey,
  parseVkey,
  signNote,
  skeyOf,
  vkeyOf,
  type VerifierKey,
} from '../../src/ledger/note.ts'

const SEED = new Uint8Array(32).fill(1)
const NAME = 'ledger.example.cn/330106109203'
const VKEY = vkeyOf(c, NAME, c.publicKey(SEED))
const KEY = parseVkey(c, VKEY)
const TEXT = '一行\nsecond line\n'
const NOTE = signNote(c, TEXT, { name: NAME, seed: SEED })
const OTHER = { name: 'other.example/log', seed: new Uint8Array(32).fill(9) }
const OTHER_KEY = parseVkey(c, vkeyOf(c, OTHER.name, c.publicKey(OTHER.seed)))

const lineOf = (note: string) => note.slice(note.lastIndexOf('\n\n') + 2)
const lineBy = (signer: typeof OTHER, text = TEXT) => lineOf(signNote(c, text, signer))
const lineWith = (name: string, payload: Uint8Array) => `— ${name} ${toBase64(payload)}\n`
const [LOG_LINE, OTHER_LINE] = [lineOf(NOTE), lineBy(OTHER)]
const FALSE_LINE = lineBy({ name: NAME, seed: SEED }, 'another text\n')

function codeOf(run: () => unknown): string | undefined {
  try {
    run()
    return undefined
  } catch (error) {
    if (error instanceof FormatError) return error.code
    throw error
  }
}

describe('notes', () => {
  test.each<[string, string, readonly VerifierKey[], readonly string[]]>([
    ['one signature', NOTE, [KEY], [NAME]],
    ['an unknown signature before', `${TEXT}\n${OTHER_LINE}${LOG_LINE}`, [KEY], [NAME]],
    ['two known signatures', `${NOTE}${OTHER_LINE}`, [OTHER_KEY, KEY], [NAME, OTHER.name]],
    ['the same line twice', `${NOTE}${LOG_LINE}`, [KEY], [NAME]],
    [
      'a known name with an unknown id',
      `${NOTE}${lineWith(NAME, new Uint8Array(68))}`,
      [KEY],
      [NAME],
    ],
    [
      'a known id with an unknown name',
      `${NOTE}${lineWith('x', new Uint8Array([...KEY.keyId, 1]))}`,
      [KEY],
      [NAME],
    ],
    [
      'an unknown kind of signature',
      `${NOTE}${lineWith('sm2', new Uint8Array(5000))}`,
      [KEY],
      [NAME],
    ],
    ['32 signatures', `${NOTE}${OTHER_LINE.repeat(31)}`, [KEY], [NAME]],
  ])('%s', (_, note, trusted, verifiedBy) => {
    expect(openNote(c, note, trusted)).toEqual({ text: TEXT, verifiedBy })
  })

  // The specification allows empty lines in a text; we never sign one, but must split at the last.
  test('an empty line in the text', () => {
    const text = '\none\n\n\ntwo\n'
    const payload = new Uint8Array([...KEY.keyId, ...c.sign(SEED, utf8(text))])
    const note = `${text}\n${lineWith(NAME, payload)}`
    expect(openNote(c, note, [KEY]).text).toBe(text)
  })

  test.each<[string, string, string]>([
    ['nothing', '', 'badNote'],
    ['no signatures', TEXT, 'badNote'],
    ['an empty line and no signatures', `${TEXT}\n`, 'badNote'],
    ['no empty line', `${TEXT}${LOG_LINE}`, 'badNote'],
    ['no LF at the end', NOTE.slice(0, -1), 'badNote'],
    ['an LF too many', `${NOTE}\n`, 'badNote'],
    ['text after the signatures', `${NOTE}text\n`, 'badNote'],
    ['CR LF', NOTE.replaceAll('\n', '\r\n'), 'badNote'],
    ['a tab', NOTE.replace('一行', '一\t行'), 'badNote'],
    ['NUL', NOTE.replace('一行', '\0'), 'badNote'],
    [
      'a control character in a signature line',
      `${NOTE}${OTHER_LINE.replace('other', 'oth\u0001er')}`,
      'badNote',
    ],
    ['a lone surrogate', NOTE.replace('一', '\ud800'), 'badNote'],
    ['a hyphen for the dash', NOTE.replace('—', '-'), 'badNote'],
    ['an en dash', NOTE.replace('—', '–'), 'badNote'],
    ['no space after the dash', NOTE.replace('— ', '—'), 'badNote'],
    ['two spaces', NOTE.replace(`${NAME} `, `${NAME}  `), 'badNote'],
    ['no name', NOTE.replace(`— ${NAME}`, '— '), 'badNote'],
    ['no signature in a line', `${NOTE}— other.example/log\n`, 'badNote'],
    ['an empty signature', `${NOTE}— other.example/log \n`, 'badNote'],
    [
      'a signature of an id alone',
      `${NOTE}${lineWith('other.example/log', new Uint8Array(4))}`,
      'badNote',
    ],
    ['a plus in a name', `${NOTE}${lineWith('a+b', new Uint8Array(68))}`, 'badNote'],
    [
      'an ideographic space in a name',
      `${NOTE}${lineWith('a\u3000b', new Uint8Array(68))}`,
      'badNote',
    ],
    ['U+0085 in a name', `${NOTE}${lineWith('a\u0085b', new Uint8Array(68))}`, 'badNote'],
    ['base64 without padding', NOTE.replace(/=\n$/, '\n'), 'badNote'],
    ['URL-safe base64', `${NOTE}— x ${'-_'.repeat(46)}\n`, 'badNote'],
    ['a space after the base64', NOTE.replace(/\n$/, ' \n'), 'badNote'],
    ['over 64 KiB', `${'x'.repeat(65_536)}\n${NOTE}`, 'badNote'],
    ['over 64 KiB in bytes only', `${'村'.repeat(22_000)}\n${NOTE}`, 'badNote'],
    ['33 signatures', `${NOTE}${OTHER_LINE.repeat(32)}`, 'tooManySignatures'],
    ['another text', NOTE.replace('second', 'Second'), 'badSignature'],
    ['a text with an LF more', `\n${NOTE}`, 'badSignature'],
    ['a true signature and a false one', `${NOTE}${FALSE_LINE}`, 'badSignature'],
    ['a false signature and a true one', `${TEXT}\n${FALSE_LINE}${LOG_LINE}`, 'badSignature'],
    [
      'a cut signature',
      `${TEXT}\n${lineWith(NAME, fromBase64(LOG_LINE.slice(NAME.length + 3, -1)).slice(0, 67))}`,
      'badSignature',
    ],
    ['an unknown signature only', `${TEXT}\n${OTHER_LINE}`, 'unverified'],
  ])('refused: %s', (_, note, code) => {
    expect(codeOf(() => openNote(c, note, [KEY]))).toBe(code)
  })

  test('refused: no trusted key, or two that cannot be told apart', () => {
    expect(codeOf(() => openNote(c, NOTE, []))).toBe('unverified')
    const twin = { ...KEY, publicKey: OTHER_KEY.publicKey }
    expect(codeOf(() => openNote(c, NOTE, [KEY, twin]))).toBe('ambiguousKey')
  })

  test('a signature that a second trusted key made falsely refuses the whole note', () => {
    const note = `${NOTE}${lineBy(OTHER, 'another text\n')}`
    expect(codeOf(() => openNote(c, note, [KEY]))).toBeUndefined()
    expect(codeOf(() => openNote(c, note, [KEY, OTHER_KEY]))).toBe('badSignature')
  })

  test('control: without the signature check a changed text is accepted', () => {
    const changed = NOTE.replace('second', 'Second')
    expect(openNote({ ...c, verify: () => true }, changed, [KEY]).text).not.toBe(TEXT)
  })

  test.each([
    ['no LF at the end', 'text'],
    ['nothing', ''],
    ['an empty line inside', 'one\n\ntwo\n'],
    ['an empty line at the end', 'one\n\n'],
    ['CR', 'one\r\n'],
    ['a tab', 'a\tb\n'],
    ['a lone surrogate', '\ud800\n'],
  ])('not signed: %s', (_, text) => {
    expect(codeOf(() => signNote(c, text, { name: NAME, seed: SEED }))).toBe('badText')
  })

  test.each(['', 'a b', 'a+b', 'a\u00a0b', 'a\nb', '\ud800'])('not a key name: %j', (name) => {
    expect(codeOf(() => signNote(c, TEXT, { name, seed: SEED }))).toBe('badKeyName')
    expect(codeOf(() => vkeyOf(c, name, c.publicKey(SEED)))).toBe('badKeyName')
  })
})

describe('keys', () => {
  test.each([NAME, '镇三资中心/甲', '\ufeff', 'a'])('%j there and back', (name) => {
    const publicKey = c.publicKey(SEED)
    const vkey = vkeyOf(c, name, publicKey)
    const key = parseVkey(c, vkey)
    expect(key.name).toBe(name)
    expect(key.publicKey).toEqual(publicKey)
    expect(vkey.split('+')[1]).toBe(toHex(key.keyId))
    expect(parseSkey(c, skeyOf(c, name, SEED))).toEqual({ name, seed: SEED })
  })

  // Written by Go's note package (golang.org/x/mod/sumdb/note, its own test key).
  test("a private key in Go's form", () => {
    const skey = 'PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz'
    const signer = parseSkey(c, skey)
    expect(vkeyOf(c, signer.name, c.publicKey(signer.seed))).toBe(
      'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW',
    )
    expect(skeyOf(c, signer.name, signer.seed)).toBe(skey)
  })

  const [, id = '', payload = ''] = /^[^+]*\+([^+]*)\+(.*)$/.exec(VKEY) ?? []
  const of = (name: string, keyId: string, key: string) => `${name}+${keyId}+${key}`
  const payloadOf = (...parts: readonly number[][]) => toBase64(Uint8Array.from(parts.flat()))
  const pub = [...c.publicKey(SEED)]
  test.each<[string, string, string]>([
    ['nothing', '', 'badKey'],
    ['a name alone', NAME, 'badKey'],
    ['no key', `${NAME}+${id}`, 'badKey'],
    ['an empty key', of(NAME, id, ''), 'badKey'],
    ['no name', of('', id, payload), 'badKey'],
    ['a space in the name', of('a b', id, payload), 'badKey'],
    ['an upper-case id', of(NAME, id.toUpperCase(), payload), 'badKey'],
    ['a short id', of(NAME, id.slice(1), payload), 'badKey'],
    ['a long id', of(NAME, `0${id}`, payload), 'badKey'],
    ['another id', of(NAME, '00000000', payload), 'keyIdMismatch'],
    ['another name', of(`${NAME}0`, id, payload), 'keyIdMismatch'],
    ['another key', of(NAME, id, payloadOf([1], [...OTHER_KEY.publicKey])), 'keyIdMismatch'],
    ['type 4', of(NAME, id, payloadOf([4], pub)), 'badKey'],
    ['31 bytes', of(NAME, id, payloadOf([1], pub.slice(1))), 'badKey'],
    ['33 bytes', of(NAME, id, payloadOf([1], pub, [0])), 'badKey'],
    ['a line end', `${VKEY}\n`, 'badKey'],
    ['a private key', skeyOf(c, NAME, SEED), 'badKey'],
  ])('refused: %s', (_, text, code) => {
    expect(codeOf(() => parseVkey(c, text))).toBe(code)
  })

  test.each<[string, string, string]>([
    ['a public key', VKEY, 'badKey'],
    [
      'another seed',
      skeyOf(c, NAME, SEED).replace(/\+[^+]*$/, `+${payloadOf([1], [...OTHER.seed])}`),
      'keyIdMismatch',
    ],
    ['another prefix', skeyOf(c, NAME, SEED).replace('PRIVATE', 'private'), 'badKey'],
    ['no key', 'PRIVATE+KEY+', 'badKey'],
  ])('refused as private: %s', (_, text, code) => {
    expect(codeOf(() => parseSkey(c, text))).toBe(code)
  })

  test('a refusal does not tell the secret', () => {
    const skey = skeyOf(c, NAME, SEED)
    const secret = skey.slice(-40, -8)
    for (const broken of [`${skey}=`, skey.replace(id, '00000000'), skey.slice(0, -4)]) {
      expect(broken).toContain(secret)
      expect(() => parseSkey(c, broken)).toThrow(FormatError)
      expect(() => parseSkey(c, broken)).not.toThrow(new RegExp(secret.replaceAll('+', '\\+')))
    }
  })
})

describe('cosignatures', () => {
  const seed = new Uint8Array(32).fill(2)
  const name = 'witness.example.cn/纪委'
  const keyId = c.sha256(Uint8Array.of(...utf8(name), 0x0a, 4, ...c.publicKey(seed))).slice(0, 4)
  const key = parseWitnessVkey(
    c,
    `${name}+${toHex(keyId)}+${toBase64(Uint8Array.of(4, ...c.publicKey(seed)))}`,
  )

  function line(time: bigint, signed = `cosignature/v1\ntime ${time}\n${TEXT}`): string {
    const stamp = new Uint8Array(8)
    new DataView(stamp.buffer).setBigUint64(0, time)
    return lineWith(name, Uint8Array.of(...keyId, ...stamp, ...c.sign(seed, utf8(signed))))
  }

  test('verified with their time; the others are passed over', () => {
    const note = `${TEXT}\n${OTHER_LINE}${line(1_790_000_000n)}`
    expect(openCosignatures(c, note, [key])).toEqual([{ name, time: 1_790_000_000 }])
    expect(openCosignatures(c, NOTE, [key])).toEqual([])
    expect(openCosignatures(c, note, [])).toEqual([])
  })

  test('a ledger key is no witness key, nor the other way round', () => {
    expect(codeOf(() => parseWitnessVkey(c, VKEY))).toBe('badKey')
    expect(codeOf(() => openNote(c, `${TEXT}\n${line(1n)}`, [key]))).toBe('badSignature')
  })

  test.each([
    ['another text', `${TEXT}\n${line(1n, 'cosignature/v1\ntime 1\nother\n')}`],
    ['another time', `${TEXT}\n${line(2n, `cosignature/v1\ntime 1\n${TEXT}`)}`],
    ['no header', `${TEXT}\n${line(1n, TEXT)}`],
    ['a time past 2^53', `${TEXT}\n${line(2n ** 53n)}`],
    ['no time', `${TEXT}\n${lineWith(name, Uint8Array.of(...keyId, ...c.sign(seed, utf8(TEXT))))}`],
  ])('refused: %s', (_, note) => {
    expect(codeOf(() => openCosignatures(c, note, [key]))).toBe('badSignature')
  })
})

describe('checkpoints', () => {
  const root = c.sha256(utf8('root'))
  const text = checkpointText({ origin: NAME, size: 7, root })
  const sign = (body: string) => signNote(c, body, { name: NAME, seed: SEED })

  test.each([1, 10, 2 ** 31, 2 ** 53 - 1])('size %d there and back', (size) => {
    const checkpoint = { origin: NAME, size, root }
    expect(parseCheckpointText(checkpointText(checkpoint))).toEqual(checkpoint)
    expect(openCheckpoint(c, sign(checkpointText(checkpoint)), KEY)).toEqual(checkpoint)
  })

  test.each<[string, string, string]>([
    ['an extension line', `${text}extension\n`, 'badCheckpoint'],
    ['a line missing', `${NAME}\n7\n`, 'badCheckpoint'],
    ['no LF at the end', text.slice(0, -1), 'badCheckpoint'],
    ['an empty line', `${text}\n`, 'badCheckpoint'],
    ['an empty origin', text.replace(NAME, ''), 'badOrigin'],
    ['a space in the origin', text.replace(NAME, 'a b'), 'badOrigin'],
    ['size 0', text.replace('\n7\n', '\n0\n'), 'badSize'],
    ['a leading zero', text.replace('\n7\n', '\n07\n'), 'badSize'],
    ['a sign', text.replace('\n7\n', '\n+7\n'), 'badSize'],
    ['a fraction', text.replace('\n7\n', '\n7.0\n'), 'badSize'],
    ['hex', text.replace('\n7\n', '\n0x7\n'), 'badSize'],
    ['other digits', text.replace('\n7\n', '\n７\n'), 'badSize'],
    ['2^53', text.replace('\n7\n', '\n9007199254740992\n'), 'badSize'],
    ['a short root', `${NAME}\n7\n${toBase64(root.slice(1))}\n`, 'badRoot'],
    ['a long root', `${NAME}\n7\n${toBase64(Uint8Array.of(...root, 0))}\n`, 'badRoot'],
    ['a root without padding', text.replace('=', ''), 'badRoot'],
    ['a root in hex', `${NAME}\n7\n${toHex(root)}\n`, 'badRoot'],
  ])('refused: %s', (_, body, code) => {
    expect(codeOf(() => parseCheckpointText(body))).toBe(code)
    // Signed, it is refused all the same: most by what it says, some because no such note is made.
    expect(codeOf(() => openCheckpoint(c, sign(body), KEY))).toMatch(
      new RegExp(`^(${code}|badText)$`),
    )
  })

  test.each([
    ['an empty origin', { origin: '', size: 7, root }],
    ['size 0', { origin: NAME, size: 0, root }],
    ['a fraction', { origin: NAME, size: 1.5, root }],
    ['a short root', { origin: NAME, size: 7, root: root.slice(1) }],
  ])('not written: %s', (_, checkpoint) => {
    expect(codeOf(() => checkpointText(checkpoint))).toMatch(/^bad/)
  })

  test("a ledger's key does not speak for another ledger", () => {
    const foreign = sign(checkpointText({ origin: `${NAME}0`, size: 7, root }))
    expect(codeOf(() => openNote(c, foreign, [KEY]))).toBeUndefined()
    expect(codeOf(() => openCheckpoint(c, foreign, KEY))).toBe('originMismatch')
  })

  test.each<[string, number | undefined]>([
    ['0', 0],
    ['9007199254740991', 2 ** 53 - 1],
    ['9007199254740992', undefined],
    ['99999999999999999', undefined],
    ['', undefined],
    ['00', undefined],
    ['-1', undefined],
    ['1e3', undefined],
    [' 1', undefined],
    ['1\n', undefined],
  ])('decimal %j', (decimal, value) => {
    expect(parseDecimal(decimal)).toBe(value)
  })
})
