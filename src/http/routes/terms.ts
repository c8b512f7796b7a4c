// What every value and every code is called, for whoever draws forms and pages.
import { z } from 'zod'
import { vocabularies } from '../../app/terms.ts'
import { codes } from '../codes.ts'
import { type Route, route } from '../route.ts'
import { list, text } from '../schemas.ts'

const sentence = { zh: text, en: text }

const termsSchema = z.strictObject({
  vocabularies: list(
    z.strictObject({
      name: text,
      ...sentence,
      values: list(z.strictObject({ value: text, ...sentence })),
    }),
  ),
  /** `{places}` in a sentence are filled from the problem's params. */
  codes: list(
    z.strictObject({
      code: text,
      status: z.int(),
      ...sentence,
      remedy: z.strictObject(sentence),
    }),
  ),
})

export const termsRoutes: readonly Route[] = [
  route({
    id: 'listTerms',
    method: 'get',
    path: '/terms',
    tag: 'terms',
    summary: {
      zh: '词表：各种编码和取值的名称',
      en: 'the vocabularies: what values and codes are called',
    },
    access: 'anybody',
    answer: termsSchema,
    handle: () => ({ body: terms }),
  }),
]

const terms: z.infer<typeof termsSchema> = {
  vocabularies: Object.entries(vocabularies).map(([name, { title, values }]) => ({
    name,
    zh: title.zh,
    en: title.en,
    values: Object.entries(values).map(([value, { zh, en }]) => ({ value, zh, en })),
  })),
  codes: codes().map(({ code, status, zh, en, remedy }) => ({
    code,
    status,
    zh,
    en,
    remedy: { zh: remedy.zh, en: remedy.en },
  })),
}
