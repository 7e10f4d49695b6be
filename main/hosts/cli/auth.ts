import { createInterface } from 'node:readline/promises'
import { text } from 'node:stream/consumers'
import type { AccountStatus } from '../../../contract/domain/account.ts'
import { printableJson } from '../../../contract/domain/readableJson.ts'
import { ReplyError } from '../../../contract/reply.ts'
import { type Connection, connectOrRecord } from '../headless/connection.ts'
import { createLog } from '../log.ts'
import { openBrowser } from '../openBrowser.ts'
import { describeAccount } from './describeAccount.ts'
import { defuse, type Terminal } from './terminal.ts'

export async function runAuthStatus(terminal: Terminal, { json }: { json?: boolean }): Promise<number> {
  return withAccount(terminal, async (connection) => {
    const { status } = await connection.call('account/read', { isFresh: true })
    const { account, limits, apiKey, next } = status
    if (json) terminal.print(printableJson({ account, limits, apiKey, next }))
    else terminal.print(describeAccount(status, Date.now(), terminal.columns))
    return next.use === 'nothing' || account.state === 'broken' ? 1 : 0
  })
}

/** Signs codex in, in the browser or by a code on another device. Ctrl-C calls it off. */
export async function runAuthLogin(terminal: Terminal, { device }: { device?: boolean }): Promise<number> {
  return withAccount(terminal, async (connection) => {
    const ended = Promise.withResolvers<void>()
    const { signIn } = await connection.call('account/signIn', { method: device ? 'deviceCode' : 'browser' })
    connection.onNotification(({ method, params }) => {
      if (method === 'account/updated' && params.status.signIn?.id !== signIn.id) ended.resolve()
    })
    if (signIn.method === 'deviceCode') {
      terminal.print(`Open  ${signIn.url}\nand enter the code  ${signIn.userCode}`)
    } else {
      terminal.print(`Sign in here:\n${signIn.url}\n\nOn a machine without a browser:  tapedeck auth login --device`)
      if (terminal.isInteractive) openBrowser(signIn.url)
    }
    const callOff = () => void connection.call('account/cancelSignIn', {}).catch(ended.resolve)
    process.once('SIGINT', callOff)
    await ended.promise
    process.off('SIGINT', callOff)
    const { status } = await connection.call('account/read', { isFresh: true })
    if (!isSignedIn(status)) {
      terminal.complain(`tapedeck: ${defuse(status.signInFailure?.message ?? 'The sign-in was called off.')}`)
      return 1
    }
    terminal.print(describeAccount(status, Date.now(), terminal.columns))
    return 0
  })
}

export async function runAuthLogout(terminal: Terminal, { yes }: { yes?: boolean }): Promise<number> {
  const question = 'This signs codex out everywhere on this computer, also outside of Tapedeck.'
  if (!yes && !terminal.isInteractive) {
    terminal.complain(`tapedeck: ${question} Say --yes to do it.`)
    return 1
  }
  if (!yes && !(await confirm(`${question} Sign out? [y/N] `))) return 1
  return withAccount(terminal, async (connection) => {
    await connection.call('account/signOut', {})
    terminal.print('Signed out.')
    return 0
  })
}

/** The key comes from a hidden prompt or from standard input; never from an argument, which every process can read. */
export async function runKeySet(terminal: Terminal): Promise<number> {
  const key = (process.stdin.isTTY ? await askHidden('API key: ') : await text(process.stdin)).trim()
  if (key === '') {
    throw new ReplyError(
      'badRequest',
      'No key was given. Type it when you are asked, or pipe it in; it begins with sk-.',
    )
  }
  return withAccount(terminal, async (connection) => {
    await connection.call('apiKey/set', { key })
    const { status } = await connection.call('account/read', {})
    const isKept = status.apiKey.state === 'stored'
    terminal.print(isKept ? 'Kept in the keychain.' : 'There is no keychain here: the key is kept until Tapedeck ends.')
    if (!isKept && connection.host) {
      terminal.complain('tapedeck: Nothing runs that could keep it. Start `tapedeck serve`, then set it again.')
      return 1
    }
    return 0
  })
}

export async function runKeyClear(terminal: Terminal): Promise<number> {
  return withAccount(terminal, async (connection) => {
    await connection.call('apiKey/remove', {})
    terminal.print('The key is gone.')
    return 0
  })
}

export async function runKeyVerify(terminal: Terminal, { json }: { json?: boolean }): Promise<number> {
  return withAccount(terminal, async (connection) => {
    const verdict = await connection.call('apiKey/verify', {})
    terminal.print(json ? printableJson(verdict) : verdict.message)
    return verdict.isValid ? 0 : 1
  })
}

async function withAccount(terminal: Terminal, use: (connection: Connection) => Promise<number>): Promise<number> {
  const report = createLog(terminal.dataDir)
  const connection = await connectOrRecord({ dataDir: terminal.dataDir, env: terminal.env, report })
  try {
    return await use(connection)
  } finally {
    await connection.close()
  }
}

function isSignedIn({ account }: AccountStatus): boolean {
  return account.state === 'chatgpt' || account.state === 'apiKey'
}

async function confirm(question: string): Promise<boolean> {
  const asking = createInterface({ input: process.stdin, output: process.stdout })
  const answer = await asking.question(question)
  asking.close()
  return /^y(es)?$/i.test(answer.trim())
}

/** What is typed is not shown, and does not stay in the scroll-back. */
function askHidden(prompt: string): Promise<string> {
  process.stderr.write(prompt)
  process.stdin.setRawMode(true)
  return new Promise((resolve, reject) => {
    let typed = ''
    const take = (chunk: Buffer) => {
      for (const character of String(chunk)) {
        if (character === '\r' || character === '\n') return end(() => resolve(typed))
        if (character === '\u0003') return end(() => reject(new Error('Called off.')))
        if (character === '\u007f') typed = typed.slice(0, -1)
        else typed += character
      }
    }
    const end = (settle: () => void) => {
      process.stdin.off('data', take)
      process.stdin.setRawMode(false)
      process.stdin.pause()
      process.stderr.write('\n')
      settle()
    }
    process.stdin.on('data', take)
  })
}
