import { spawn, spawnSync } from 'node:child_process'
import { createRequire } from 'node:module'

/** `npm start`: builds, then opens the window: Electron's where its binary can be had, else a page in the browser. */

const build = spawnSync('electron-vite', ['build', '--logLevel', 'warn'], { stdio: 'inherit' })
if (build.status !== 0) process.exit(1)

const electron = findElectron()
const child =
  'path' in electron
    ? spawn(electron.path, ['.', ...process.argv.slice(2)], { stdio: 'inherit' })
    : spawn(process.execPath, ['out/main/tapedeck.js', 'serve', ...process.argv.slice(2)], { stdio: 'inherit' })
if ('whyNot' in electron) console.log(`Opening as a page in the browser: ${electron.whyNot}.`)

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal))
child.on('exit', (code) => process.exit(code ?? 1))

function findElectron(): { path: string } | { whyNot: string } {
  if (process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) {
    return { whyNot: 'there is no desktop here' }
  }
  try {
    // In Node the module is the path of the binary; its first import fetches it.
    return { path: createRequire(import.meta.url)('electron') as string }
  } catch {
    return { whyNot: "Electron's binary is not here and could not be fetched" }
  }
}
