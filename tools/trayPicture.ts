import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { accountOf, jane, limitsOf, noon, sessionOf, stateOf } from '../main/hosts/electron/sampleState.ts'
import { type TrayEntry, type TrayModel, trayModel } from '../main/hosts/electron/trayModel.ts'

/**
 * A page that shows the tray's menu as macOS draws menus, for a picture where no menu bar is at hand: every word, key and image is
 * what the application gives to the system, the drawing is ours. `New Codex Session in` is open.
 */
export function trayPage(theme: 'light' | 'dark'): string {
  const model = trayModel(busy, {
    platform: 'darwin',
    home: '/home/jane',
    now: noon + 115 * 60_000,
    globalShortcut: 'Alt+Command+T',
    timeZone: 'UTC',
  })
  const opened = model.entries.find((entry) => entry.type === 'menu')
  return `<!doctype html><meta charset="utf-8"><title>The tray</title><style>${style}</style>
<body class="${theme}"><main>
<header><span class="icon">${image(model.icon)}</span><time>Tue 13:55</time></header>
<div class="menus">${opened?.type === 'menu' ? menu(opened.entries, 'inner') : ''}${menu(model.entries, 'outer', opened)}</div>
</main></body>`
}

const busy = stateOf({
  account: accountOf(jane, { limits: limitsOf(62) }),
  sessions: [
    sessionOf('api', { title: 'Move sessions to Postgres 17', status: 'live' }),
    sessionOf('infra', { title: 'Raise the rate limit', status: 'live' }),
    sessionOf('web', { title: 'Fix the flaky login test' }),
  ],
  folders: ['/home/jane/src/api', '/home/jane/src/web', '/home/jane/src/infra'],
})

function menu(entries: TrayEntry[], name: string, opened?: TrayEntry): string {
  return `<ul class="${name}">${entries.map((entry, at) => row(entry, at, entry === opened)).join('')}</ul>`
}

function row(entry: TrayEntry, at: number, isOpen: boolean): string {
  if (entry.type === 'separator') return '<li class="separator"></li>'
  const label = `<span class="label">${asText(entry.label.replaceAll('&&', '&'))}</span>`
  switch (entry.type) {
    case 'text':
      return `<li class="text ${at === 0 ? 'head' : ''}">${label}</li>`
    case 'menu':
      return `<li class="${isOpen ? 'open' : ''} ${entry.isEnabled ? '' : 'off'}">${label}<span class="key">›</span></li>`
    case 'action': {
      const below = entry.sublabel === undefined ? '' : `<small>${asText(entry.sublabel)}</small>`
      const key = entry.accelerator === undefined ? '' : `<span class="key">${keys(entry.accelerator)}</span>`
      return `<li class="${entry.isEnabled === false ? 'off' : ''}"><span class="words">${label}${below}</span>${key}</li>`
    }
  }
}

const signs: Record<string, string> = { Alt: '⌥', Command: '⌘', Control: '⌃', Shift: '⇧' }

function keys(accelerator: string): string {
  return accelerator
    .split('+')
    .map((part) => signs[part] ?? part)
    .join('')
}

function image(icon: TrayModel['icon']): string {
  const file = join(import.meta.dirname, '..', 'resources', 'tray', `${icon}Template@2x.png`)
  return `<i style="--image: url(data:image/png;base64,${readFileSync(file).toString('base64')})"></i>`
}

function asText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
}

const style = `
  * { box-sizing: border-box; margin: 0; padding: 0 }
  body { font: 13px/1.4 -apple-system, Inter, system-ui, sans-serif; width: 560px; font-variant-numeric: tabular-nums }
  body.light { --ground: linear-gradient(160deg, #ccd4e4, #b9c4dc); --bar: #ffffffb8; --menu: #fbfbfcf5; --ink: #1c1d20; --soft: #5c5f68;
    --line: #0000001f; --edge: #0000002e; --accent: #3b5bdb; --mark: #00000014 }
  body.dark { --ground: linear-gradient(160deg, #23283a, #181c28); --bar: #0b0d12a8; --menu: #2a2c31f5; --ink: #f0f0f2; --soft: #a6a9b3;
    --line: #ffffff24; --edge: #ffffff2e; --accent: #4f6ef0; --mark: #ffffff26 }
  main { background: var(--ground); color: var(--ink); padding-bottom: 20px }
  header { display: flex; justify-content: flex-end; align-items: center; gap: 12px; height: 28px; padding: 0 16px; background: var(--bar) }
  .icon { display: grid; place-items: center; height: 22px; padding: 0 8px; border-radius: 5px; background: var(--mark) }
  .icon i { width: 18px; height: 18px; background: currentColor; mask: var(--image) center / 18px no-repeat }
  .menus { display: flex; justify-content: flex-end; align-items: flex-start; padding: 5px 16px 0; gap: 2px }
  ul { list-style: none; padding: 5px; border-radius: 9px; background: var(--menu); box-shadow: 0 0 0 .5px var(--edge), 0 10px 28px #00000038 }
  .outer { width: 318px }
  .inner { width: 192px; margin-top: 107px }
  li { display: flex; align-items: center; gap: 12px; min-height: 23px; padding: 1px 10px; border-radius: 5px; white-space: nowrap }
  .words { flex: 1 }
  .label { flex: 1 }
  .words .label, small { display: block }
  small { font-size: 11px; color: var(--soft) }
  .text { color: var(--soft) }
  .head { color: var(--ink); font-weight: 600 }
  .off { opacity: .4 }
  .open { background: var(--accent); color: #fff }
  .open .key { color: #fff }
  .key { color: var(--soft) }
  .separator { height: 1px; min-height: 0; margin: 5px 10px; padding: 0; background: var(--line); border-radius: 0 }
`
