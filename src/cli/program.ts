// The command line as a tree of commands. Each is loaded only when it is asked for: a small one starts fast.
import { Command, CommanderError, type HelpConfiguration } from 'commander'
import { fill, type Language, languages } from '../domain/language.ts'
import { CliFault, fault, faults } from './faults.ts'
import { helpIn, usageSentence } from './help.ts'
import { type CommonOptions, Session, type Surroundings } from './session.ts'
import { describeCommands } from './tree.ts'

/** Runs one command line, without `node` and the script; returns the exit code of the process. */
export async function run(args: readonly string[], world: Surroundings): Promise<number> {
  const language = languageOf(args, world)
  let exitCode = 0
  const program = new Command('five-musts')
  describeCommands(program, {
    language,
    act: async (work) => {
      const session = new Session(world, language, program.opts<CommonOptions>())
      exitCode = (await work(session)) ?? 0
    },
  })
  try {
    requireLanguage(args)
    prepare(program, world, helpIn(language))
    await program.parseAsync([...args], { from: 'user' })
    return exitCode
  } catch (error) {
    return tell(error, { language, world, json: args.includes('--json') })
  }
}

/** Every level answers in the same way: nothing exits by itself, and a wrong word is told in both languages. */
function prepare(command: Command, world: Surroundings, help: HelpConfiguration): void {
  command
    .exitOverride()
    .configureOutput({
      writeOut: (text) => void world.stdout.write(text),
      // said by `tell`
      writeErr: () => {},
    })
    .configureHelp(help)
  for (const sub of command.commands) prepare(sub, world, help)
}

interface Telling {
  readonly language: Language
  readonly world: Surroundings
  readonly json: boolean
}

function tell(error: unknown, { language, world, json }: Telling): number {
  if (error instanceof CommanderError && error.exitCode === 0) return 0
  const known = asFault(error)
  if (known.code === 'internal' && error instanceof Error) {
    world.stderr.write(`${error.stack ?? error.message}\n`)
  }
  if (json) {
    const { code, sentence } = known
    world.stderr.write(`${JSON.stringify({ error: { code, ...sentence } })}\n`)
  } else world.stderr.write(`${known.code}: ${known.sentence[language]}\n`)
  return known.exitCode
}

/** What is not known is a fault of the program, not of whoever typed: it is told with its trace. */
function asFault(error: unknown): CliFault {
  if (error instanceof CliFault) return error
  if (error instanceof CommanderError) {
    const unknown = /unknown command '(.*?)'/.exec(error.message)?.[1]
    if (unknown !== undefined) return fault('commandUnknown', { detail: unknown })
    const { zh, en } = usageSentence(error)
    const { usage } = faults
    return new CliFault('usage', {
      zh: fill(usage.zh, { detail: zh }),
      en: fill(usage.en, { detail: en }),
    })
  }
  if (isSpoken(error)) return new CliFault(error.code, error.sentence, { cause: error })
  const detail = error instanceof Error ? error.name : typeof error
  return fault('internal', { detail }, { cause: error })
}

/** Errors of other rooms that bring their own code and sentence. */
const isSpoken = (error: unknown): error is Error & Pick<CliFault, 'code' | 'sentence'> =>
  error instanceof Error &&
  'code' in error &&
  typeof error.code === 'string' &&
  'sentence' in error &&
  typeof error.sentence === 'object'

/** The option wins, then the environment; Chinese where neither says otherwise. */
function languageOf(args: readonly string[], { env }: Surroundings): Language {
  const named = languageOption(args) ?? env['FIVE_MUSTS_LANG']
  const known = languages.find((language) => language === named)
  if (known !== undefined) return known
  const locale = env['LC_ALL'] ?? env['LC_MESSAGES'] ?? env['LANG'] ?? ''
  return locale.startsWith('en') ? 'en' : 'zh'
}

function languageOption(args: readonly string[]): string | undefined {
  const place = args.findIndex((arg) => arg === '--lang' || arg.startsWith('--lang='))
  const arg = args[place]
  return arg === '--lang' ? args[place + 1] : arg?.slice('--lang='.length)
}

function requireLanguage(args: readonly string[]): void {
  const named = languageOption(args)
  if (named === undefined || languages.some((language) => language === named)) return
  throw fault('languageUnknown')
}
