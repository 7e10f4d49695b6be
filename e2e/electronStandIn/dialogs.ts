import { nextId, tell } from './pipe.ts'
import { onlyKnown, strict } from './strict.ts'

const undecided = new Map<number, (answer: { response: number; path?: string }) => void>()

/** The user, who takes a while; until the signal takes the question back. */
export function ask(
  kind: 'message' | 'folder' | 'save',
  message: string,
  detail = '',
  buttons: string[] = [],
  signal?: AbortSignal,
) {
  const id = nextId()
  tell({ type: 'asked', dialog: { id, kind, message, detail, buttons } })
  signal?.addEventListener('abort', () => undecided.has(id) && tell({ type: 'takenBack', dialog: id }), { once: true })
  return new Promise<{ response: number; path?: string }>((resolve) => undecided.set(id, resolve))
}

export const dialog = strict('dialog', {
  async showMessageBox(options: Electron.MessageBoxOptions): Promise<Electron.MessageBoxReturnValue> {
    const known = ['type', 'message', 'detail', 'buttons', 'defaultId', 'cancelId', 'noLink', 'signal']
    onlyKnown('message box', options, known)
    const { message, detail, buttons, cancelId = 0, signal } = options
    const { response } = await Promise.race([
      ask('message', message, detail, buttons, signal),
      cancelledBy(signal, cancelId),
    ])
    return { response, checkboxChecked: false }
  },
  async showOpenDialog(options: Electron.OpenDialogOptions): Promise<Electron.OpenDialogReturnValue> {
    onlyKnown('open dialog', options, ['title', 'buttonLabel', 'properties'])
    const { path } = await ask('folder', options.title ?? '', '', [options.buttonLabel ?? 'Open', 'Cancel'])
    return { canceled: path === undefined, filePaths: path === undefined ? [] : [path] }
  },
  showErrorBox(message: string, detail: string): void {
    tell({ type: 'asked', dialog: { id: nextId(), kind: 'error', message, detail, buttons: [] } })
  },
} satisfies Partial<Record<keyof Electron.Dialog, unknown>>)

function cancelledBy(signal: AbortSignal | undefined, response: number): Promise<{ response: number }> {
  return new Promise((resolve) => signal?.addEventListener('abort', () => resolve({ response }), { once: true }))
}

/** As its user does. */
export function decide(dialog: number, answer: { response: number; path?: string }): void {
  undecided.get(dialog)?.(answer)
  undecided.delete(dialog)
}
