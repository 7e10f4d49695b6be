#!/usr/bin/env node
import { Command, InvalidArgumentError } from 'commander'
import { type ExportFormat, exportFormatSchema } from '../../../contract/domain/export.ts'
import { printableJson } from '../../../contract/domain/readableJson.ts'
import { searchKeys } from '../../../contract/domain/searchKeys.ts'
import { type SessionSort, sessionSortSchema } from '../../../contract/domain/sessionQuery.ts'
import { type TerminalId, terminalIdSchema } from '../../../contract/domain/terminal.ts'
import { ReplyError } from '../../../contract/reply.ts'
import { version } from '../../version.ts'
import { findDataFolder } from '../dataFolder.ts'
import { endProcess } from '../endProcess.ts'
import { runAuthLogin, runAuthLogout, runAuthStatus, runKeyClear, runKeySet, runKeyVerify } from './auth.ts'
import { runCodexCommand } from './codex.ts'
import { runDoctor } from './doctor.ts'
import { runExport } from './export.ts'
import { runGoOn, runOpen } from './openTerminal.ts'
import { runRederive, runSearch, runSessions, runShow } from './reading.ts'
import { runServe } from './serve.ts'
import { runStatus } from './status.ts'
import { defuse, type Terminal } from './terminal.ts'
import { readSince, runUsage, type UsageKey, usageKeys } from './usage.ts'

const formatNames = exportFormatSchema.options.join(', ').replace(/, (\w+)$/, ' or $1')
const sortNames = sessionSortSchema.options.join(', ').replace(/, (\w+)$/, ' or $1')
const searchKeyNames = Object.keys(searchKeys)
  .map((key) => `${key}:`)
  .join(' ')

const terminal: Terminal = {
  env: process.env,
  dataDir: findDataFolder(process.env),
  print: (text) => void process.stdout.write(`${text}\n`),
  complain: (text) => void process.stderr.write(`${text}\n`),
  isInteractive: process.stdout.isTTY === true,
}

const program = new Command('tapedeck')
  .description("Records what OpenAI's Codex CLI and the model say to each other.")
  .version(version)
  .enablePositionalOptions()
  .addHelpText(
    'after',
    '\nEnds with 0 when it was done, 1 when it was not, 2 when it was asked wrongly; `tapedeck codex` ends as codex does.',
  )

program
  .command('serve')
  .description('record, and serve the window as a page in your browser')
  .option('--port <n>', 'port of the page and the API', readPort)
  .option('--proxy-port <n>', 'port that codex talks to', readPort)
  .option('--no-open', 'do not open the browser')
  .option('--json', 'print one JSON line with the addresses first')
  .action((options) => finish(runServe(terminal, options)))

program
  .command('codex')
  .description(
    'start codex with everything recorded; all arguments go to codex, but for a --private right behind, which keeps nothing',
  )
  .argument('[args...]')
  .allowUnknownOption()
  .passThroughOptions()
  .helpOption(false)
  // As they were written: parsed, a leading `--` is gone, and what it protects would be taken for an option.
  .action(() => finish(runCodexCommand(terminal, process.argv.slice(process.argv.indexOf('codex') + 1))))

program
  .command('open')
  .description('open a terminal with codex in a folder')
  .argument('[folder]', 'this one unless given')
  .option('--private', 'nothing of it is kept')
  .option('--terminal <id>', 'which one, such as kitty', readTerminal)
  .action((folder, options) => finish(runOpen(terminal, folder, options)))

program
  .command('resume')
  .description('go on with a recorded session in a terminal')
  .argument('[id]', 'the newest unless given')
  .option('--private', 'nothing of what comes now is kept')
  .option('--terminal <id>', 'which one, such as kitty', readTerminal)
  .action((id, options) => finish(runGoOn(terminal, 'resume', id, options)))

program
  .command('fork')
  .description('go on in a copy of a recorded session, in a terminal; the session itself stays as it is')
  .argument('[id]', 'the newest unless given')
  .option('--private', 'nothing of what comes now is kept')
  .option('--terminal <id>', 'which one, such as kitty', readTerminal)
  .action((id, options) => finish(runGoOn(terminal, 'fork', id, options)))

program
  .command('sessions')
  .description('list the recorded sessions, newest first')
  .option('--filter <query>', "only those that fit, such as 'status:failed after:7d'")
  .option('--sort <order>', sortNames, readSort)
  .option('--limit <n>', 'how many', readCount, 30)
  .option('--json', 'print one JSON document')
  .action((options) => finish(runSessions(terminal, options)))

program
  .command('show')
  .description('show a session, a turn or an exchange')
  .argument('<id>')
  .option('--json', 'print one JSON document')
  .action((id, options) => finish(runShow(terminal, id, options)))

program
  .command('search')
  .description('find words in prompts, answers, commands and their output')
  .argument('<query...>', `words, '"exact phrases"', '-not' and ${searchKeyNames}; in quotes for your shell`)
  .option('--limit <n>', 'how many', readCount, 20)
  .option('--json', 'print one JSON document')
  .action((words: string[], options) => finish(runSearch(terminal, words.join(' '), options)))

program
  .command('usage')
  .description('what was used and what it costs at API prices')
  .option('--since <when>', 'as 7d, a day such as 2026-11-24, or all (default: 30d)', readDay)
  .option('--by <what>', usageKeys.join(', ').replace(/, (\w+)$/, ' or $1'), readUsageKey, 'day')
  .option('--json', 'print one JSON document')
  .action((options) => finish(runUsage(terminal, options)))

program
  .command('export')
  .description('write sessions to the standard output or a file, secrets and home paths masked')
  .argument('<id...>')
  .requiredOption('--format <format>', formatNames, readFormat)
  .option('--no-mask', 'leave secrets and home paths as they are')
  .option('-o, --output <file>', 'write to this file')
  .action((ids: string[], options) => finish(runExport(terminal, ids, options)))

program
  .command('status')
  .description('is Tapedeck running, and was anything missed')
  .option('--json', 'print one JSON document')
  .action((options) => finish(runStatus(terminal, options)))

const auth = program.command('auth').description('who codex is signed in as, signing in and out, and the API key')

auth
  .command('status')
  .description('who is signed in, the limits, and what the next session uses')
  .option('--json', 'print one JSON document')
  .action((options) => finish(runAuthStatus(terminal, options)))

auth
  .command('login')
  .description('sign codex in with ChatGPT')
  .option('--device', 'with a code on another device, where there is no browser')
  .action((options) => finish(runAuthLogin(terminal, options)))

auth
  .command('logout')
  .description('sign codex out, everywhere on this computer')
  .option('--yes', 'without asking')
  .action((options) => finish(runAuthLogout(terminal, options)))

const key = auth.command('key').description('the API key for a codex that is not signed in')

key
  .command('set')
  .description('keep a key in the keychain; asks for it, or reads standard input')
  .action(() => finish(runKeySet(terminal)))

key
  .command('clear')
  .description('remove the key')
  .action(() => finish(runKeyClear(terminal)))

key
  .command('verify')
  .description('ask OpenAI whether it knows the key')
  .option('--json', 'print one JSON document')
  .action((options) => finish(runKeyVerify(terminal, options)))

program
  .command('doctor')
  .description('check everything that a recording needs')
  .option('--json', 'print one JSON document')
  .action((options) => finish(runDoctor(terminal, options)))

program
  .command('rederive')
  .description('build all that is shown again from the recorded bytes')
  .option('--json', 'print one JSON document')
  .action((options) => finish(runRederive(terminal, options)))

const askedWrongly = 2

sayHowToAsk(program, 'tapedeck')
program.parseAsync().catch((error: unknown) => {
  const code = error instanceof ReplyError ? error.code : 'internal'
  const message = error instanceof Error ? error.message : String(error)
  terminal.complain(`tapedeck: ${defuse(message)}`)
  if (process.argv.includes('--json')) terminal.print(printableJson({ error: { code, message } }))
  return endProcess(code === 'badRequest' ? askedWrongly : 1)
})

function sayHowToAsk(command: Command, name: string): void {
  const formats = name === 'tapedeck export' ? `Formats are ${formatNames}. ` : ''
  command
    .showHelpAfterError(`${formats}\`${name} --help\` says how to use it.`)
    .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : askedWrongly))
  for (const each of command.commands) sayHowToAsk(each, `${name} ${each.name()}`)
}

async function finish(result: Promise<number>): Promise<void> {
  await endProcess(await result)
}

function readPort(text: string): number {
  const port = Number(text)
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new InvalidArgumentError('A port is 0 to 65535.')
  return port
}

function readTerminal(text: string): TerminalId {
  const { success, data } = terminalIdSchema.safeParse(text)
  if (success) return data
  throw new InvalidArgumentError(`Known are: ${terminalIdSchema.options.join(', ')}.`)
}

function readCount(text: string): number {
  const count = Number(text)
  if (!Number.isInteger(count) || count < 1 || count > 1000) throw new InvalidArgumentError('Give a number, 1 to 1000.')
  return count
}

function readDay(text: string): number {
  const since = readSince(text, Date.now())
  if (since === null) throw new InvalidArgumentError('Give days as 7d, a day such as 2026-11-24, or all.')
  return since
}

function readUsageKey(text: string): UsageKey {
  const key = usageKeys.find((known) => known === text)
  if (!key) throw new InvalidArgumentError(`Give ${usageKeys.join(', ')}.`)
  return key
}

function readSort(text: string): SessionSort {
  const sort = sessionSortSchema.safeParse(text)
  if (sort.success) return sort.data
  throw new InvalidArgumentError(`Give ${sortNames}.`)
}

function readFormat(text: string): ExportFormat {
  const format = exportFormatSchema.safeParse(text)
  if (format.success) return format.data
  throw new InvalidArgumentError(`Give ${formatNames}.`)
}
