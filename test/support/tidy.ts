// Rules of text that no other tool keeps, each a function from a file to complaints, so that a test can plant its breach.
import { z } from 'zod'
import type { SourceFile } from './sources.ts'

export interface Complaint {
  readonly path: string
  readonly line: number
  readonly what: string
}

export type TidyRule = (file: SourceFile) => readonly Complaint[]

const CODE_WIDTH = 100
const COMMENT_WIDTH = 130
const LONG_FILE = 300
/** How far below its number a file may be before the number must follow. */
const SLACK = 60

/** One complaint for every line that `what` has something to say about. */
const byLine =
  (what: (line: string) => string | undefined): TidyRule =>
  ({ path, text }) =>
    text.split('\n').flatMap((content, index) => {
      const complaint = what(content)
      return complaint === undefined ? [] : [{ path, line: index + 1, what: complaint }]
    })

const isComment = (line: string): boolean => /^\s*(?:\/\/|\/?\*)/.test(line)
/** A line that is one literal cannot be folded: a sentence for people, a hash, a pattern. */
const isLiteral = (line: string): boolean =>
  /^\s*(?:[\w.]+[:=]? )?(?:(['"`])(?:(?!\1)[^\\]|\\.)*\1|\/.*\/[a-z]*)[,;)]*$/.test(line)

export const width = byLine((line) => {
  if (isComment(line))
    return line.length > COMMENT_WIDTH ? `comment of ${line.length} columns` : undefined
  return line.length > CODE_WIDTH && !isLiteral(line) ? `code of ${line.length} columns` : undefined
})

/** Built from parts: this file must not find itself. */
export const word = (...parts: readonly string[]): string => parts.join('')

const unfinished = new RegExp(
  `\\b(?:${[word('TO', 'DO'), word('FIX', 'ME'), word('XX', 'X')].join('|')})\\b`,
)
export const finished = byLine((line) => unfinished.exec(line)?.[0])

const quiet = new RegExp(
  `\\b(?:it|test|describe|suite)${word('\\.(?:on', 'ly|sk', 'ip|to', 'do|fa', 'ils)')}\\b`,
)
export const everyTestRuns = byLine((line) => quiet.exec(line)?.[0])

const loose = new RegExp(
  [
    word('@ts-', 'ignore'),
    word('@ts-', 'nocheck'),
    word('(?:es|ox)lint', '-disable'),
    word('\\bas ', 'any\\b'),
    word(':\\s*', 'any\\b(?=\\s*[,;=)\\]>|&]|$)'),
    word('<', 'any\\b'),
  ].join('|'),
)
export const noWayRoundTheTypes = byLine((line) =>
  isComment(line) && !/@ts|disable/.test(line) ? undefined : loose.exec(line)?.[0],
)

const machine = new RegExp(
  word(
    '(?:^|[^\\w.~-])/(?:ho',
    'me|ro',
    'ot|wo',
    'rk|Us',
    'ers|fa',
    'rm|tm',
    'p)/\\w|[A-Z]:\\\\\\\\Us',
    'ers',
  ),
)
export const noMachinePaths = byLine((line) => machine.exec(line)?.[0])

const host = new RegExp(word('regis', 'try\\.(?:npm|yarn)|npm', 'mirror'), 'i')
export const noRegistryHosts = byLine((line) => host.exec(line)?.[0])

export const noDefaultExport: TidyRule = (file) =>
  file.path.endsWith('.config.ts')
    ? []
    : byLine((line) => /^export default\b/.exec(line)?.[0])(file)

/** Exactly one `# Title`, on the first line. */
export const oneTitle: TidyRule = ({ path, text }) => {
  const prose = text.replaceAll(/^(```|~~~)[\s\S]*?^\1/gm, (fence) =>
    fence.replaceAll(/[^\n]/g, ''),
  )
  const titles = prose.split('\n').filter((line) => /^# \S/.test(line))
  if (titles.length === 1 && prose.startsWith('# ')) return []
  return [
    { path, line: 1, what: `${titles.length} titles; one \`# Title\` on the first line is wanted` },
  ]
}

/**
 * The ratchet: a file over 300 lines must be named with its length, and the length may only sink. A room that grows past it
 * is two rooms, or says why it is one.
 */
export const shortFiles =
  (allowed: Readonly<Record<string, number>>): TidyRule =>
  ({ path, text }) => {
    const lines = text.split('\n').length - 1
    const most = allowed[path]
    const complain = (what: string) => [{ path, line: lines, what }]
    if (most === undefined) return lines > LONG_FILE ? complain(`${lines} lines: two rooms?`) : []
    if (lines > most) return complain(`${lines} lines, was ${most}`)
    return lines <= most - SLACK
      ? complain(`only ${lines} lines now: lower or drop its ratchet of ${most}`)
      : []
  }

const versions = z.record(z.string(), z.string()).optional()
export const manifestSchema = z.object({ dependencies: versions, devDependencies: versions })
type Manifest = z.infer<typeof manifestSchema>

export const lockSchema = z.object({
  packages: z.record(
    z.string(),
    manifestSchema.extend({ resolved: z.string().optional(), optionalDependencies: versions }),
  ),
})
type LockFile = z.infer<typeof lockSchema>

const wanted = ({ dependencies, devDependencies }: Manifest) => ({
  ...dependencies,
  ...devDependencies,
})

/** Versions that are not one version. */
export const loosePins = (manifest: Manifest): readonly string[] =>
  Object.entries(wanted(manifest))
    .filter(([, version]) => !/^\d+\.\d+\.\d+(?:-[\w.]+)?$/.test(version))
    .map(([name, version]) => `${name} ${version}`)

/** What is wrong with a lock file beside its manifest: hosts in it, or other wishes than the manifest's. */
export function lockFaults(manifest: Manifest, { packages }: LockFile): readonly string[] {
  const hosted = Object.entries(packages).filter(
    ([, { resolved }]) => resolved?.includes('://') === true,
  )
  const [here, there] = [wanted(manifest), wanted(packages[''] ?? {})]
  const differing = Object.keys({ ...here, ...there }).filter((name) => here[name] !== there[name])
  return [
    ...hosted.map(([path]) => `${path} names a host`),
    ...differing.map((name) => `${name} differs`),
  ]
}
