// Runs inside the real Electron, before the application: it keeps what would go to the screen, and answers for its user.
const { clipboard, dialog, Notification, shell, Tray } = require('electron')

let ids = 0
const clicks = new Map()
const shown = new Map()
const undecided = new Map()

const probe = {
  tray: null,
  dialogs: [],
  notifications: [],
  opened: [],
  copied: [],
  clickEntry: (id) => clicks.get(id)?.(),
  clickNotification: (id) => shown.get(id)?.emit('click'),
  decide(id, response, folder) {
    probe.dialogs = probe.dialogs.filter((asked) => asked.id !== id)
    undecided.get(id)?.({ response, folder })
  },
}
globalThis.tapedeckProbe = probe

function read(menu) {
  return menu.items.map((item) => {
    const id = ++ids
    clicks.set(id, () => item.click())
    const { sublabel, accelerator } = item
    return {
      id,
      label: item.type === 'separator' ? '---' : item.label.replaceAll('&&', '&'),
      isEnabled: item.enabled && item.type !== 'separator',
      ...(sublabel ? { sublabel } : {}),
      ...(accelerator ? { accelerator: String(accelerator) } : {}),
      ...(item.submenu ? { entries: read(item.submenu) } : {}),
    }
  })
}

const { setContextMenu, setToolTip } = Tray.prototype
let tooltip = ''
Tray.prototype.setToolTip = function (text) {
  tooltip = text
  return setToolTip.call(this, text)
}
Tray.prototype.setContextMenu = function (menu) {
  probe.tray = { image: '', tooltip, entries: read(menu) }
  return setContextMenu.call(this, menu)
}

function ask(kind, message, detail, buttons) {
  const id = ++ids
  probe.dialogs = [...probe.dialogs, { id, kind, message, detail: detail ?? '', buttons: buttons ?? [] }]
  return new Promise((resolve) => undecided.set(id, resolve))
}
dialog.showMessageBox = async ({ message, detail, buttons, cancelId = 0, signal }) => {
  const answer = ask('message', message, detail, buttons)
  const id = ids
  signal?.addEventListener('abort', () => probe.decide(id, cancelId), { once: true })
  const { response } = await answer
  return { response, checkboxChecked: false }
}
dialog.showOpenDialog = async ({ title, buttonLabel }) => {
  const { folder } = await ask('folder', title ?? '', '', [buttonLabel ?? 'Open', 'Cancel'])
  return { canceled: folder === undefined, filePaths: folder === undefined ? [] : [folder] }
}
dialog.showErrorBox = (message, detail) => void ask('error', message, detail)
shell.openExternal = async (url) => {
  probe.opened.push(url)
}
clipboard.writeText = async (text) => {
  probe.copied.push(text)
}
Notification.prototype.show = function () {
  const id = ++ids
  shown.set(id, this)
  probe.notifications.push({ id, title: this.title, body: this.body })
}
