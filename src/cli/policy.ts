// policy show: what is in force, and on what ground. policy check: a proposal held against the law's floor.
import type { Language } from '../domain/language.ts'
import { type PolicySetting, presetValues } from '../domain/policy.ts'
import { instantOf } from '../domain/time.ts'
import { ledgerViews } from '../app/read/ledgers.ts'
import { policyBase, policyLines, type PolicyView, policyView } from '../app/read/policy.ts'
import { checkPolicy, readSettings } from '../app/read/policy-file.ts'
import { policyFaultText } from '../app/read/policy-words.ts'
import { clockText } from '../app/clock-text.ts'
import { existsSync } from 'node:fs'
import { CliFault, fault } from './faults.ts'
import { readText } from './files.ts'
import { chosenLedgers, type Session } from './session.ts'
import { table } from './table.ts'
import { words } from './words.ts'

export interface PolicyShowOptions {
  readonly ledger?: string
}

/** Of the townships, or of the ledger that is named: a village's with its own rule. */
export async function policyShow(
  session: Session,
  { ledger: named }: PolicyShowOptions,
): Promise<void> {
  const { language, world } = session
  const word = words[language]
  await session.reading(async (reading) => {
    const at = instantOf(world.now())
    const policies = chosenLedgers(reading, named)
      .filter(({ kind }) => kind === 'township' || named !== undefined)
      .map(({ origin, township }) =>
        policyView(reading, { ledger: origin, township, at }, language),
      )
    session.print({ policies }, () =>
      policies.flatMap(({ ledger, id, from, rule, values }) => [
        [ledger, id ?? word.shipped, since(from)].join('  ').trimEnd(),
        ...(rule === undefined ? [] : [ruleLine(session, rule)]),
        '',
        ...valueTable(session, values),
      ]),
    )
  })
}

const ruleLine = (
  session: Session,
  { version, from, meeting, item }: NonNullable<PolicyView['rule']>,
): string =>
  session.say({
    zh: `村规第${version}版  ${since(from)}  ${meeting} ${item}`,
    en: `village rule ${version}  ${since(from)}  ${meeting} ${item}`,
  })

const since = (from: string | undefined): string =>
  from === undefined ? '' : clockText(instantOf(Date.parse(from)))

/** Exit 0 when it may be proposed, 1 when not. */
export async function policyCheck(session: Session, file: string): Promise<0 | 1> {
  const settings = settingsOf(file, await readText(session, file))
  const base = await present(session)
  const { values, changed, faults } = checkPolicy(base, settings)
  const ok = faults.length === 0
  const shown = policyLines(values, session.language).filter(({ key }) => changed.includes(key))
  session.print({ ok, faults, changed: shown }, () => [
    ...faults.map((one) => `✗ ${policyFaultText(one, session.language)}`),
    ...(ok ? [session.say({ zh: '✓ 合规', en: '✓ lawful' })] : []),
    ...(shown.length === 0 ? [] : ['', ...valueTable(session, shown)]),
  ])
  return ok ? 0 : 1
}

/** The township's last policy where there is one, else what is shipped. */
async function present(session: Session) {
  if (!existsSync(session.paths.ledger)) return presetValues
  return session.reading(async (reading) => {
    const township = ledgerViews(reading).find(({ kind }) => kind === 'township')
    return township === undefined ? presetValues : policyBase(reading, township.origin)
  })
}

/** @throws CliFault `fileMalformed`, `policyMalformed` */
export function settingsOf(path: string, content: string): readonly PolicySetting[] {
  const read = readSettings(parsed(path, content))
  if ('settings' in read) return read.settings
  const said = (language: Language): string =>
    read.faults.map(({ sentence }) => sentence[language]).join(language === 'zh' ? '；' : '; ')
  throw new CliFault('policyMalformed', {
    zh: `${path} 不能作为政策：${said('zh')}`,
    en: `${path} is no policy: ${said('en')}`,
  })
}

function parsed(path: string, content: string): unknown {
  try {
    return JSON.parse(content.replace(/^\uFEFF/, ''))
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause
    throw fault('fileMalformed', { path, detail: cause.message }, { cause })
  }
}

const valueTable = (session: Session, values: ReturnType<typeof policyLines>) => {
  const word = words[session.language]
  return table(
    [
      { title: word.key },
      { title: word.title },
      { title: word.value },
      { title: word.ground },
      { title: word.setBy },
    ],
    values.map(({ key, title, value, ground, setBy }) => [key, title, value, ground, setBy]),
  )
}
