// What serve prints once it listens.
import { relative } from 'node:path'
import type { RunningServer } from './doors.ts'
import type { Session } from './session.ts'

interface About {
  readonly demo: boolean
  /** Is there a township? */
  readonly founded: boolean
}

/** Where to look, and who may come in. */
export function tellServer(
  session: Session,
  server: RunningServer,
  { demo, founded }: About,
): void {
  const { url, firstLink, demoAccounts, demoPassword } = server
  const docs = `${url}/api/docs`
  const told = {
    url,
    docs,
    demo,
    founded,
    ...(firstLink === undefined ? {} : { firstLink: firstLink.url }),
    ...(demo ? { password: demoPassword, accounts: demoAccounts } : {}),
  }
  session.print(told, () => [
    session.say({ zh: `✓ 服务已启动：${url}`, en: `✓ Serving at ${url}` }),
    session.say({ zh: `接口说明：${docs}`, en: `The API: ${docs}` }),
    ...(firstLink === undefined ? [] : firstLines(session, firstLink)),
    ...(founded ? [] : foundingLines(session)),
    ...(demo ? demoLines(session, server) : []),
  ])
}

const firstLines = (
  session: Session,
  { username, url }: NonNullable<RunningServer['firstLink']>,
): readonly string[] => [
  session.say({
    zh: `第一位账号管理员（${username}）请用这个链接设密码，一周内有效，只显示这一次：`,
    en: `The first administrator (${username}) sets a password by this link, within a week; it is shown this once:`,
  }),
  url,
]

const foundingLines = (session: Session): readonly string[] => {
  const { world, paths } = session
  const near = relative(world.cwd, paths.data)
  const data = near === 'data' ? '' : ` --data ${near.startsWith('..') ? paths.data : near}`
  return [
    session.say({
      zh: '这里还没有镇。停止服务后建镇，再启动：',
      en: 'There is no township here yet. Stop the server, found one, and start again:',
    }),
    `  npx five-musts init township.json${data}`,
  ]
}

/** One account an office: whoever looks on may be anybody. */
const demoLines = (
  session: Session,
  { url, demoAccounts, demoPassword }: RunningServer,
): readonly string[] => [
  session.say({
    zh: `这是演示：没有一个人、一笔钱是真的。所有账号的密码都是 ${demoPassword}`,
    en: `This is a demonstration: no person and no money is real. The password of every account is ${demoPassword}`,
  }),
  ...demoAccounts
    .filter(({ kind }, place) => demoAccounts.findIndex((one) => one.kind === kind) === place)
    .map(({ username, label }) => `  ${username}  ${label[session.language]}`),
  session.say({
    zh: `全部账号：${url}/api/v1/demo/accounts`,
    en: `All accounts: ${url}/api/v1/demo/accounts`,
  }),
]
