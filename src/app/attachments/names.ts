// How a file is called: by whoever brings it, kept as it is, never part of a path of ours.
import { z } from 'zod'
import { extensionOf, type Media, mediaOfName } from '../../domain/attachment.ts'

const NAME_BYTES = 200
/** Controls, what turns the direction of writing or cannot be seen, halves of characters. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029\u{e000}-\u{f8ff}]/u
/** What leaves a folder, or some system takes for something else. */
const FOLDERS = /[/\\:*?"<>|]/

export const fileNameSchema = z
  .string()
  .min(1)
  .refine((name) => Buffer.byteLength(name) <= NAME_BYTES, { message: 'at most 200 bytes' })
  .refine((name) => !UNSEEN.test(name) && !FOLDERS.test(name), {
    message: 'a name without folders, controls and quotes',
  })
  .refine((name) => name === name.trim() && !name.startsWith('.') && !name.endsWith('.'), {
    message: 'neither spaces nor dots at its ends',
  })

/** Its end says what is in it: `receipt.exe` is no name of a PDF. */
export const namesMedia = (name: string, media: Media): boolean => mediaOfName(name) === media

/** Of a file whose name is erased or was never told. */
export const plainName = (sha256: string, media: Media): string =>
  `${sha256.slice(0, 16)}.${extensionOf(media)}`
