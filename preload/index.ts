import { contextBridge, type IpcRendererEvent, ipcRenderer } from 'electron'

// Two channels and nothing else: what a page may ask is settled by the contract, in main.
contextBridge.exposeInMainWorld('tapedeck', {
  call: (method: unknown, params: unknown) => ipcRenderer.invoke('api:call', method, params),
  onNotify(listener: (notification: unknown) => void) {
    const forward = (_event: IpcRendererEvent, notification: unknown) => listener(notification)
    ipcRenderer.on('api:notify', forward)
    return () => ipcRenderer.off('api:notify', forward)
  },
})
