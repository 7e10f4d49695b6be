import { nextId, tell } from './pipe.ts'
import { onlyKnown, strict } from './strict.ts'

const undecided = new Map<number, (answer: { response: number; path?: string }) => void>()

/** The user, who takes a while. */
export function ask(kind: 'message' | 'folder' | 'save', message: string, detail = '', buttons: string[] = []) {
  const id = nextId()
  tell({ type: 'asked', dialog: { id, kind, message, detail, buttons } })
  return new Promise<{ response: number; path?: string }>((resolve) => undecided.set(id, resolve))
}

export const dialog = strict('dialog', {
  async showMessageBox(options: Electron.MessageBoxOptions): Promise<Electron.MessageBoxReturnValue> {
    const known = ['type', 'message', 'detail', 'buttons', 'defaultId', 'cancelId', 'noLink']
    onlyKnown('message box', options, known)
    const { response } = await ask('message', options.message, options.detail, options.buttons)
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

/** As its user does. */
export function decide(dialog: number, answer: { response: number; path?: string }): void {
  undecided.get(dialog)?.(answer)
}
