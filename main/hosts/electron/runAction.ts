import { app, clipboard, dialog } from 'electron'
import type { Reply } from '../../../contract/reply.ts'
import type { Call } from './followApp.ts'
import { shownText } from './shownText.ts'
import type { TerminalWish, TrayAction } from './trayModel.ts'

/** The menu of the window begins a session in it; the tray's asks for no more than a folder, and leaves the window where it is. */
export type HostAction = TrayAction | { do: 'newSession' }

export interface ActionOptions {
  call: Call
  openTerminal(wish: TerminalWish): Promise<Reply<unknown>>
  show(route: string | null): void
  /** With the folder in which it could not begin, as that is gone. */
  showNewSession(goneFolder: string | null): void
  openOutside(url: string): void
}

/** Does what an entry of a menu says; what does not work is said in a dialog. */
export async function runAction(action: HostAction, options: ActionOptions): Promise<void> {
  const { call, show } = options
  switch (action.do) {
    case 'openTerminal':
      return openTerminal(action.params, options, action.elsewhere)
    case 'chooseFolder': {
      const { canceled, filePaths } = await dialog.showOpenDialog({
        title: 'New Codex Session',
        buttonLabel: 'Start Codex Here',
        properties: ['openDirectory', 'createDirectory'],
      })
      const [cwd] = filePaths
      if (canceled || cwd === undefined) return
      return openTerminal({ cwd, start: { type: 'new' } }, options)
    }
    case 'newSession':
      return options.showNewSession(null)
    case 'show':
      return show(action.route)
    case 'signIn': {
      const reply = await call('account/signIn', { method: action.method })
      if (!reply.ok) return explain('The sign-in could not begin', reply)
      if (reply.value.signIn.method === 'browser') options.openOutside(reply.value.signIn.url)
      else show('#/account')
      return
    }
    case 'signOut': {
      const isSure = await confirm({
        message: 'Sign out of Codex?',
        detail:
          'This signs out of Codex everywhere on this computer: in every terminal and every editor that uses it, not only in Tapedeck. Sessions that run now stop working. What is recorded stays.',
        yes: 'Sign Out Everywhere',
      })
      if (!isSure) return
      return explain('Signing out did not work', await call('account/signOut', {}))
    }
    case 'pause':
      return explain('Recording could not be paused', await call('recording/pause', {}))
    case 'resume':
      return explain('Recording could not be resumed', await call('recording/resume', {}))
    case 'quit':
      return app.quit()
  }
}

async function openTerminal(wish: TerminalWish, options: ActionOptions, elsewhere?: string): Promise<void> {
  const reply = await options.openTerminal(wish)
  const isGone = !reply.ok && reply.error.code === 'notFound'
  if (isGone && elsewhere !== undefined) return options.show(elsewhere)
  if (isGone && wish.start.type === 'new') return options.showNewSession(wish.cwd)
  return explain('The terminal did not start', reply)
}

/** Nothing for what went well. A command to run by hand can be copied. */
async function explain(message: string, reply: Reply<unknown>): Promise<void> {
  if (reply.ok) return
  const { message: detail, command } = reply.error as { message: string; command?: string }
  const buttons = command === undefined ? ['OK'] : ['OK', 'Copy Command']
  const { response } = await dialog.showMessageBox({ type: 'warning', message, detail, buttons, defaultId: 0 })
  if (response === 1 && command !== undefined) await clipboard.writeText(command)
}

/** The safe answer is the one that Enter and Escape give. */
export async function confirm(question: { message: string; detail: string; yes: string }): Promise<boolean> {
  const { message, detail, yes } = question
  const { response } = await dialog.showMessageBox({
    type: 'question',
    message: shownText(message, 200),
    detail,
    buttons: [yes, 'Cancel'],
    defaultId: 1,
    cancelId: 1,
    noLink: true,
  })
  return response === 0
}
