// Who is paid, in words. Persons by the vault alone: an entry holds no name of theirs, and a name that was erased stays so.
import type { Language } from '../../domain/language.ts'
import { grouped } from '../../domain/money.ts'
import type { Submission } from '../../domain/request.ts'
import type { Names } from './names.ts'

type How = { readonly names: Names; readonly language: Language }
type Payee = Submission['payee']

const nobody = { zh: '个人', en: 'a person' } as const
const seller = { zh: '个体商户', en: 'an unregistered seller' } as const

/** For a list: `发放表，23人`, `个人` where the vault has no name. */
export function payeeInShort(payee: Payee, { names, language }: How): string {
  switch (payee.type) {
    case 'firm':
      return payee.name
    case 'person':
      return named(payee.person, { names, language })
    case 'unregistered':
      return seller[language]
    case 'list':
      return language === 'zh'
        ? `发放表，${payee.count}人`
        : `payee list, ${payee.count} ${payee.count === 1 ? 'person' : 'persons'}`
  }
}

/** For a page: with account and bank, or the total of the list. */
export function payeeInFull(payee: Payee, how: How): string {
  const { language } = how
  const short = payeeInShort(payee, how)
  switch (payee.type) {
    case 'firm':
      return language === 'zh'
        ? `${short}，账号 ${payee.account}，${payee.bank}`
        : `${short}, account ${payee.account}, ${payee.bank}`
    case 'person':
      return short
    case 'unregistered':
      return language === 'zh' ? `${payee.name}（${short}）` : `${payee.name} (${short})`
    case 'list':
      return language === 'zh'
        ? `${short}，共${grouped(payee.total)}元`
        : `${short}, ${grouped(payee.total)} yuan in all`
  }
}

/** Without a name in the vault, `names` answers with the id: then nobody is named. */
function named(person: string, { names, language }: How): string {
  const name = names.person(person)
  return name === person ? nobody[language] : name
}
