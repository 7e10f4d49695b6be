import type { Command } from 'commander'

/**
 * Takes words that begin with one dash for words, as `-not` and `-status:failed` are in a query. Two dashes are still an option, which
 * may be mistyped, and so is what asks for help.
 */
export function takeDashedWords(command: Command): Command {
  const parse = command.parseOptions.bind(command)
  command.parseOptions = (args) => {
    const { operands, unknown } = parse(args)
    // What stands behind a first unknown word is left as it is, its `--` too.
    const end = unknown.includes('--') ? unknown.indexOf('--') : unknown.length
    const before = unknown.slice(0, end)
    const options = before.filter((word) => word.startsWith('--') || word === '-h')
    return options.length > 0
      ? { operands, unknown: options }
      : { operands: [...operands, ...before, ...unknown.slice(end + 1)], unknown: [] }
  }
  return command
}
