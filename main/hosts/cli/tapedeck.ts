#!/usr/bin/env node
import { Command, Option } from 'commander'
import { exportFormatSchema } from '../../../contract/domain/export.ts'
import { printableJson } from '../../../contract/domain/readableJson.ts'
import { searchKeys } from '../../../contract/domain/searchKeys.ts'
import { sessionSortSchema } from '../../../contract/domain/sessionQuery.ts'
import { terminalIdSchema } from '../../../contract/domain/terminal.ts'
import { ReplyError } from '../../../contract/reply.ts'
import { archivePath, explainDamage, isDamage } from '../../recorder/reader.ts'
import { version } from '../../version.ts'
import { findDataFolder } from '../dataFolder.ts'
import { endProcess } from '../endProcess.ts'
import { runAuthLogin, runAuthLogout, runAuthStatus, runKeyClear, runKeySet, runKeyVerify } from './auth.ts'
import { endWhenUnheard } from './brokenOutput.ts'
import { runCodexCommand } from './codex.ts'
import { takeDashedWords } from './dashedWords.ts'
import { runDoctor } from './doctor.ts'
import { runExport } from './export.ts'
import { explain } from './help.ts'
import { runGoOn, runOpen } from './openTerminal.ts'
import { runRederive, runSearch, runSessions, runShow } from './reading.ts'
import { nameChoices, readCount, readDay, readLastDay, readOneOf, readPort } from './readOptions.ts'
import { runServe } from './serve.ts'
import { runSetAside } from './setAside.ts'
import { runStatus } from './status.ts'
import { defuse, type Terminal } from './terminal.ts'
import { runUsage } from './usage.ts'
import { usageKeys } from './usageReport.ts'

const formats = exportFormatSchema.options
const sorts = sessionSortSchema.options
const readTerminal = readOneOf(terminalIdSchema.options)
const searchKeyNames = Object.keys(searchKeys)
  .map((key) => `${key}:`)
  .join(' ')

const idHelp = 'as lists show it: all of it, or 6 or more characters of its beginning or end'

const terminal: Terminal = {
  env: process.env,
  dataDir: findDataFolder(process.env),
  print: (text) => void process.stdout.write(`${text}\n`),
  complain: (text) => void process.stderr.write(`${text}\n`),
  write: (text) => void process.stdout.write(text),
  isInteractive: process.stdout.isTTY === true,
  columns: process.stdout.isTTY ? process.stdout.columns || null : null,
}

const [firstWord = ''] = process.argv.slice(2)
endWhenUnheard(terminal.complain, ['codex', 'serve'].includes(firstWord))

const program = new Command('tapedeck')
  .description("Records what OpenAI's Codex CLI and the model say to each other.")
  .version(version, '-V, --version', 'show the version')
  .enablePositionalOptions()

program.commandsGroup('Start codex:')

program
  .command('codex')
  .description('start codex with everything recorded; all arguments are codex’s, but for --private as the first')
  .argument('[args...]')
  .allowUnknownOption()
  .passThroughOptions()
  .helpOption(false)
  // As they were written: parsed, a leading `--` is gone, and what it protects would be taken for an option.
  .action(() => finish(runCodexCommand(terminal, process.argv.slice(process.argv.indexOf('codex') + 1))))

program
  .command('serve')
  .description('record, and serve the window as a page in your browser')
  .option('--port <n>', 'port of the page and the API', readPort)
  .option('--proxy-port <n>', 'port that codex talks to', readPort)
  .option('--no-open', 'do not open the browser')
  .option('--json', 'print one JSON line with the addresses first')
  .action((options) => finish(runServe(terminal, options)))

program
  .command('open')
  .description('open a terminal with codex in a folder')
  .argument('[folder]', 'this one unless given')
  .option('--private', 'nothing of it is kept')
  .option('--terminal <id>', 'which one, such as kitty', readTerminal)
  .action((folder, options) => finish(runOpen(terminal, folder, options)))

for (const [way, description] of [
  ['resume', 'go on with a recorded session in a terminal'],
  ['fork', 'go on in a copy of a recorded session, in a terminal; the session itself stays as it is'],
] as const) {
  program
    .command(way)
    .description(description)
    .argument('[id]', `${idHelp}; the newest unless given`)
    .option('-C, --cd <folder>', 'go on in this folder, not where it worked last')
    .option('--private', 'nothing of what comes now is kept')
    .option('--terminal <id>', 'which one, such as kitty', readTerminal)
    .action((id, options) => finish(runGoOn(terminal, way, id, options)))
}

program.commandsGroup('Read what was recorded:')

program
  .command('sessions')
  .description('list the recorded sessions, newest first')
  .option('--filter <query>', "only those that fit, such as 'status:failed after:7d'")
  .option('--sort <order>', nameChoices(sorts), readOneOf(sorts))
  .option('--limit <n>', 'how many', readCount, 30)
  .option('--json', 'print one JSON document')
  .action((options) => finish(runSessions(terminal, options)))

program
  .command('show')
  .description('show a session, a turn or an exchange')
  .argument('<id>', idHelp)
  .option('--json', 'print one JSON document')
  .action((id, options) => finish(runShow(terminal, id, options)))

takeDashedWords(program.command('search'))
  .description('find words in prompts, answers, commands and their output')
  .argument(
    '<query...>',
    `words, 'begin*', '"exact phrases"', '-not' and ${searchKeyNames}, with = for no other: 'model:=gpt-5'; in quotes for your shell`,
  )
  .option('--limit <n>', 'how many', readCount, 20)
  .option('--json', 'print one JSON document')
  .action((words: string[], options) => finish(runSearch(terminal, words.join(' '), options)))

program
  .command('usage')
  .description('what was used and what it costs at API prices')
  .option('--since <when>', 'days as 7d, a day such as 2026-11-24, or all (default: 30d)', readDay)
  .option('--until <day>', 'the last day, such as 2026-11-24 (default: today)', readLastDay)
  .option('--by <what>', `${nameChoices(usageKeys)} (default: day)`, readOneOf(usageKeys))
  .addOption(
    new Option('--csv', 'print a line for each day, project, model and account; with --by for each of that').conflicts(
      'json',
    ),
  )
  .option('--json', 'print one JSON document')
  .action((options) => finish(runUsage(terminal, options)))

program
  .command('export')
  .description('write sessions to the standard output or a file, secrets and home paths masked')
  .argument('<id...>', idHelp)
  .option('--format <format>', nameChoices(formats), readOneOf(formats))
  .option('--no-mask', 'leave secrets and home paths as they are')
  .option('-o, --output <file>', 'write to this file, which you alone can read')
  .action((ids: string[], options) => finish(runExport(terminal, ids, options)))

program.commandsGroup('Look after it:')

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

program
  .command('set-aside')
  .description('move the archive into a folder beside it, so that the next start begins a new one')
  .action(() => finish(runSetAside(terminal)))

const askedWrongly = 2
/** What is codex's own is not looked at: its `--json` is another one. */
const wantsJson = firstWord !== 'codex' && process.argv.includes('--json')

explain(program, {
  after: {
    tapedeck: [
      '`tapedeck COMMAND --help` tells more of each. Ends with 0 when it was done, 1 when it was not, 2 when it was asked wrongly; `tapedeck codex` ends as codex does.',
    ],
    'tapedeck search': [
      'Such as:',
      "  tapedeck search 'fake clock' status:failed after:7d",
      '`tapedeck sessions --filter` speaks the same language; docs/search.md describes it.',
    ],
    'tapedeck usage': ['Such as:', '  tapedeck usage --since 2026-11-01 --until 2026-11-30 --csv > november.csv'],
    'tapedeck export': ['Such as:', '  tapedeck export ID --format html -o session.html'],
  },
  refuse(message) {
    if (wantsJson) terminal.print(printableJson({ error: { code: 'badRequest', message } }))
    process.exit(askedWrongly)
  },
})
program.parseAsync().catch((error: unknown) => {
  const code = error instanceof ReplyError ? error.code : 'internal'
  const message = messageOf(error)
  terminal.complain(`tapedeck: ${defuse(message)}`)
  if (wantsJson) terminal.print(printableJson({ error: { code, message } }))
  return endProcess(code === 'badRequest' ? askedWrongly : 1)
})

function messageOf(error: unknown): string {
  if (isDamage(error)) return explainDamage(archivePath(terminal.dataDir))
  return error instanceof Error ? error.message : String(error)
}

async function finish(result: Promise<number>): Promise<void> {
  await endProcess(await result)
}
