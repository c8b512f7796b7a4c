// Help and wrong usage in the language of the run: the library speaks English only.
import type { Command, CommanderError, HelpConfiguration } from 'commander'
import { fillBoth, type Language, type Sentence } from '../domain/language.ts'
import { width } from './width.ts'

const titles: Readonly<Record<string, string>> = {
  'Usage:': '用法：',
  'Options:': '选项：',
  'Global Options:': '通用选项：',
  'Commands:': '命令：',
  'Arguments:': '参数：',
}

const terms = (text: string): string =>
  text
    .replaceAll('[options]', '[选项]')
    .replaceAll('[command]', '[命令]')
    .replaceAll('<file>', '<文件>')
    .replaceAll('[file]', '[文件]')
    .replaceAll('<number>', '<编号>')
    .replaceAll('<ledger>', '<账本>')
    .replaceAll('<name>', '<名称>')

/** How a command describes itself with `--help`. */
export function helpIn(language: Language): HelpConfiguration {
  if (language === 'en') return { showGlobalOptions: true }
  return {
    showGlobalOptions: true,
    // a Chinese character takes two columns
    displayWidth: width,
    styleTitle: (title) => titles[title] ?? title,
    styleUsage: terms,
    subcommandTerm: (command) => terms(termOf(command)),
    optionDescription: ({ description, defaultValue }) =>
      defaultValue === undefined ? description : `${description}（默认 ${String(defaultValue)}）`,
  }
}

/** `init [options] [file]`, as the library writes it. */
function termOf(command: Command): string {
  const places = command.registeredArguments.map((argument) => {
    const name = argument.variadic ? `${argument.name()}...` : argument.name()
    return argument.required ? `<${name}>` : `[${name}]`
  })
  const options = command.options.length > 0 ? ['[options]'] : []
  return [command.name(), ...options, ...places].join(' ')
}

const said: Readonly<Record<string, Sentence>> = {
  'commander.help': {
    zh: '缺少命令，请加 --help 查看有哪些',
    en: 'a command is missing; --help lists them',
  },
  'commander.unknownOption': { zh: '没有选项 {name}', en: 'there is no option {name}' },
  'commander.missingArgument': { zh: '缺少参数 {name}', en: 'the argument {name} is missing' },
  'commander.missingMandatoryOptionValue': {
    zh: '必须给出选项 {name}',
    en: 'the option {name} must be given',
  },
  'commander.optionMissingArgument': {
    zh: '选项 {name} 后面缺少值',
    en: 'the option {name} needs a value',
  },
  'commander.excessArguments': { zh: '参数太多', en: 'too many arguments' },
}

/** What was wrong with the way a command was typed. */
export function usageSentence({ code, message }: CommanderError): Sentence {
  const known = said[code]
  const plain = message.replace(/^error: /, '')
  if (known === undefined) return { zh: plain, en: plain }
  return fillBoth(known, { name: /'(.*?)'/.exec(message)?.[1] ?? '' })
}
