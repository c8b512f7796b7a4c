// The settings of serve: read from the environment, and shown without their secrets.
import { readFileSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import { type Config, readConfig, type SecretFile } from '../config.ts'
import { fault, isOfSystem, systemCode } from './faults.ts'
import type { Session } from './session.ts'

const OTHERS = 0o077

/** The first line of a file nobody else can read. */
const secretIn =
  (cwd: string): SecretFile =>
  (named) => {
    const path = resolve(cwd, named)
    try {
      // Windows keeps rights elsewhere: its mode bits say nothing
      if (process.platform !== 'win32' && (statSync(path).mode & OTHERS) !== 0)
        return {
          no: { zh: '可被他人读取：请执行 chmod 600', en: 'can be read by others: chmod 600' },
        }
      return { secret: readFileSync(path, 'utf8').split(/\r?\n/, 1)[0] ?? '' }
    } catch (error) {
      if (!isOfSystem(error)) throw error
      const detail = systemCode(error)
      return { no: { zh: `读不了（${detail}）`, en: `cannot be read (${detail})` } }
    }
  }

/** @throws CliFault that names every variable that is wrong */
export function configOf(session: Session): Config {
  const { env, cwd } = session.world
  const read = readConfig(env, secretIn(cwd))
  if ('config' in read) return read.config
  throw fault('configInvalid', { detail: read.faults.map((one) => session.say(one)).join('; ') })
}

/** Of an address only where it is: the rest may be a secret of the receiver. */
const shown = (url: string): string => `${new URL(url).origin}/…`

/** As it will run, secrets left out. */
export function tellConfig(session: Session, config: Config): void {
  const { metricsToken, sending, ...rest } = config
  const { data, keys, heads } = session.paths
  const { mail, webhook, at } = sending ?? {}
  const mailTold = mail === undefined ? {} : { mail: withoutPassword(mail) }
  const webhookTold = webhook === undefined ? {} : { webhook: webhook.urls.map(shown) }
  const told = {
    data,
    keys,
    heads,
    ...rest,
    metricsToken: metricsToken !== undefined,
    ...(at === undefined ? {} : { sending: { at, ...mailTold, ...webhookTold } }),
  }
  session.print(told, () =>
    Object.entries(told).map(([name, value]) => `${name}: ${JSON.stringify(value)}`),
  )
}

type Mail = NonNullable<NonNullable<Config['sending']>['mail']>

const withoutPassword = ({ password, ...mail }: Mail) => ({
  ...mail,
  password: password !== undefined,
})
