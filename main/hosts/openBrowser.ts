import { spawn } from 'node:child_process'

/** A machine without a desktop has no browser to open; the printed link is the way in there. */
export function openBrowser(url: string): void {
  const [file, args] = commandFor(url)
  spawn(file, args, { stdio: 'ignore', detached: true })
    .on('error', () => {})
    .unref()
}

function commandFor(url: string): [file: string, args: string[]] {
  switch (process.platform) {
    case 'darwin':
      return ['open', [url]]
    case 'win32':
      return ['rundll32', ['url.dll,FileProtocolHandler', url]]
    default:
      return ['xdg-open', [url]]
  }
}
