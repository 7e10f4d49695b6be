import type { Argument, Command } from 'commander'

interface Explanation {
  /** What stands below the help of a command, by its whole name. Lines that begin with a space are to be copied, and not broken. */
  after: Record<string, string[]>
  /** Ends the process, after what was asked wrongly was told. */
  refuse(message: string): never
}

/** Help and errors of a command and all below it: in the words of the rest of the command line, and as wide as the terminal is. */
export function explain(command: Command, explanation: Explanation, name = command.name()): void {
  command
    .configureHelp({
      // Also in a narrow terminal texts stay in their column.
      minWidthToWrap: 24,
      // All have options, so that it tells nothing.
      subcommandTerm: (each) => [each.name(), ...each.registeredArguments.map(nameArgument)].join(' '),
      commandUsage: (each) => nameUsage(name, each),
      commandDescription: (each) => toSentence(each.description()),
    })
    .configureOutput({ outputError: (text, write) => write(text.replace(/^error: (.)/, startMessage)) })
    .showHelpAfterError(`\`${name} --help\` says how to use it.`)
    .exitOverride(({ exitCode, message }) => {
      if (exitCode === 0) process.exit(0)
      explanation.refuse(message.replace(/^error: (.)/, (_all, first: string) => first.toUpperCase()))
    })
  if (name !== 'tapedeck codex') command.helpOption('-h, --help', 'show this help')
  if (command.commands.length > 0) command.helpCommand('help [command]', 'show the help of a command')
  const after = explanation.after[name]
  if (after) {
    command.addHelpText('after', ({ command: shown, error }) => {
      const { columns = 80 } = error ? process.stderr : process.stdout
      const fit = (line: string) => (line.startsWith(' ') ? line : shown.createHelp().boxWrap(line, columns))
      return `\n${after.map(fit).join('\n')}`
    })
  }
  for (const each of command.commands) explain(each, explanation, `${name} ${each.name()}`)
}

const startMessage = (_all: string, first: string) => `tapedeck: ${first.toUpperCase()}`

function nameArgument(argument: Argument): string {
  const name = `${argument.name()}${argument.variadic ? '...' : ''}`
  return argument.required ? `<${name}>` : `[${name}]`
}

function nameUsage(name: string, command: Command): string {
  const rest = command.commands.length > 0 ? ['<command>'] : command.registeredArguments.map(nameArgument)
  return [name, ...rest, command.commands.length > 0 ? '' : '[options]'].filter(Boolean).join(' ')
}

function toSentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text.charAt(0).toUpperCase()}${text.slice(1)}.`
}
