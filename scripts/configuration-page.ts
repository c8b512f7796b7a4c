// The page of the environment, from the variables the server heeds.
import { type Variable, variables } from '../src/config-variables.ts'
import { table } from './markdown.ts'

/** Heeded by every command. */
const common: readonly (readonly [name: string, zh: string, en: string])[] = [
  ['FIVE_MUSTS_DATA', '数据目录，默认 ./data', 'the data folder; ./data'],
  ['FIVE_MUSTS_KEYS', '签名密钥目录，默认 <数据目录>/keys', 'the keys; <data>/keys'],
  ['FIVE_MUSTS_HEADS', '库外检查点目录，默认 <数据目录>/heads', 'the kept heads; <data>/heads'],
  ['FIVE_MUSTS_LANG', '语言 zh 或 en，默认随系统', 'zh or en; that of the system'],
]

const oauth = ['CLIENT_SECRET', 'AUTHORIZE_URL', 'TOKEN_URL', 'PROFILE_URL', 'SUBJECT', 'SCOPE']

const intro = [
  'The environment, read once at the start of `serve`; everything that is wrong is told at once, and',
  '`serve --check` shows what it would run with. An empty variable is one that is not set. A secret',
  'may lie in a file only its owner can read, named by the variable with `_FILE`. Signing in through',
  'another house is turned on by `FIVE_MUSTS_OAUTH_<DINGTALK | WECOM | OAUTH2>_CLIENT_ID`, with',
  ...oauth.map((name) => `\`_${name}\`,`),
  '`_AGENT_ID` and `_NAME` where they differ.',
].join(' ')

const receiving = [
  'Once a day, at `FIVE_MUSTS_HEADS_AT`, every receiver gets the newest checkpoint of each ledger',
  'that has one it was not sent before: a day without news sends nothing. What a receiver did not',
  'take is tried again after 1, 2, 4 … minutes, at most an hour apart; a day that passed while',
  'nobody ran is made up for at the next start. A crash just after sending sends once more, never',
  'not at all.',
].join(' ')

const mail = [
  'Mail attaches each checkpoint as a file: `five-musts verify --against <file>` holds a ledger to',
  'it. It leaves encrypted (`smtps://`, or `smtp://` with STARTTLS), but for a server on this machine.',
].join(' ')

const webhook = [
  'A webhook is a POST of `{"delivery", "day", "heads": [{"origin", "size", "at", "note"}]}` with',
  '`X-Five-Musts-Signature: t=<seconds>,v1=<hex>`, where `v1` is the HMAC-SHA-256, under the shared',
  'secret, of `<t>.<body>`: compare it in constant time, and refuse a `t` more than five minutes off.',
  '`X-Five-Musts-Delivery` is the same when the same day is sent again. Any 2xx is a receipt;',
  'redirects are not followed.',
].join(' ')

const own = (Object.entries(variables) as [string, Variable][]).map(([name, variable]) => {
  const { about, zh, en, preset = '', secret } = variable
  const named = secret === true ? `\`${name}\` \`${name}_FILE\`` : `\`${name}\``
  return [named, preset, `${about.zh}；${zh}`, `${about.en}; ${en}`]
})

export const configurationText = {
  intro,
  body: [
    `## The server\n\n${table(['variable', 'preset', '中文', 'English'], own)}`,
    `## Every command\n\n${table(
      ['variable', '中文', 'English'],
      common.map(([name, zh, en]) => [`\`${name}\``, zh, en]),
    )}`,
    `## Receiving new heads\n\n${receiving}\n\n${mail}\n\n${webhook}`,
  ].join('\n\n'),
} as const
