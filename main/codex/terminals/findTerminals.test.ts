import { describe, expect, test } from 'vitest'
import { createInMemoryRuns } from '../inMemoryRuns.ts'
import { findTerminals } from './findTerminals.ts'

const launcher = '/data/launchers/ab12.sh'
const windowsLauncher = 'C:\\Data;1\\launchers\\ab12.ps1'

interface World {
  platform: NodeJS.Platform
  programs?: string[]
  folders?: Record<string, string[]>
  env?: NodeJS.ProcessEnv
  setting?: string
}

function find({ platform, programs = [], folders = {}, env = {}, setting }: World) {
  const runs = createInMemoryRuns({ programs: Object.fromEntries(programs.map((path) => [path, {}])), folders })
  return findTerminals({ platform, runs, homeDir: '/home/me', setting, env })
}

/** A Linux desktop with these in /usr/bin. */
function findOnLinux(names: string[], env: NodeJS.ProcessEnv = {}, setting?: string) {
  const programs = names.map((name) => `/usr/bin/${name}`)
  return find({ platform: 'linux', programs, env: { DISPLAY: ':0', PATH: '/usr/bin:/bin', ...env }, setting })
}

async function chosenOnLinux(...world: Parameters<typeof findOnLinux>) {
  const { chosen } = await findOnLinux(...world)
  if (!chosen) return null
  const { file, args } = chosen.terminal.open(launcher)
  return { id: chosen.terminal.id, why: chosen.why, argv: [file, ...args] }
}

describe('how each terminal is told to run the launcher', () => {
  const linux = {
    'xdg-terminal-exec': ['/bin/sh', launcher],
    'x-terminal-emulator': ['-e', '/bin/sh', launcher],
    ghostty: ['-e', '/bin/sh', launcher],
    kitty: ['/bin/sh', launcher],
    alacritty: ['-e', '/bin/sh', launcher],
    wezterm: ['start', '--', '/bin/sh', launcher],
    foot: ['/bin/sh', launcher],
    konsole: ['-e', '/bin/sh', launcher],
    'gnome-terminal': ['--', '/bin/sh', launcher],
    ptyxis: ['--new-window', '--', '/bin/sh', launcher],
    kgx: ['--', '/bin/sh', launcher],
    'xfce4-terminal': ['-x', '/bin/sh', launcher],
    'mate-terminal': ['-x', '/bin/sh', launcher],
    lxterminal: ['-e', '/bin/sh', launcher],
    qterminal: ['-e', '/bin/sh', launcher],
    xterm: ['-e', '/bin/sh', launcher],
  }
  test.each(Object.entries(linux))('%s on Linux', async (name, args) => {
    const { found } = await findOnLinux([name])
    expect(found.map(({ id, open, launcher: kind }) => ({ id, kind, ...open(launcher) }))).toEqual([
      { id: name, kind: 'sh', file: `/usr/bin/${name}`, args },
    ])
  })

  const command = '/data/launchers/ab12.command'
  const mac = {
    'Terminal.app': ['terminal', '-a', '/Applications/Terminal.app', command],
    'iTerm.app': ['iterm2', '-a', '/Applications/iTerm.app', command],
    'Ghostty.app': ['ghostty', '-a', '/Applications/Ghostty.app', command],
    'Warp.app': ['warp', '-a', '/Applications/Warp.app', command],
    'kitty.app': ['kitty', '-n', '-a', '/Applications/kitty.app', '--args', '/bin/sh', command],
    'Alacritty.app': ['alacritty', '-n', '-a', '/Applications/Alacritty.app', '--args', '-e', '/bin/sh', command],
    'WezTerm.app': ['wezterm', '-n', '-a', '/Applications/WezTerm.app', '--args', 'start', '--', '/bin/sh', command],
  }
  test.each(Object.entries(mac))('%s on macOS', async (name, [id, ...args]) => {
    const { found } = await find({ platform: 'darwin', folders: { '/Applications': [name] } })
    expect(found.map((terminal) => ({ id: terminal.id, kind: terminal.launcher, ...terminal.open(command) }))).toEqual([
      { id, kind: 'command', file: 'open', args },
    ])
  })

  test('those of Windows', async () => {
    const { found, chosen } = await find({
      platform: 'win32',
      env: { LocalAppData: 'C:\\Users\\Me\\AppData\\Local', SYSTEMROOT: 'C:\\Windows' },
      folders: {
        'C:\\Users\\Me\\AppData\\Local\\Microsoft\\WindowsApps': ['wt.exe'],
        'C:\\Windows\\System32\\WindowsPowerShell\\v1.0': ['powershell.exe'],
        'C:\\Windows\\System32': ['cmd.exe'],
      },
    })
    const options = ['-NoLogo', '-NoProfile', '-ExecutionPolicy', 'Bypass', '-File']
    expect(
      found.map((terminal) => ({ id: terminal.id, kind: terminal.launcher, ...terminal.open(windowsLauncher) })),
    ).toEqual([
      {
        id: 'windows-terminal',
        kind: 'powershell',
        file: 'C:\\Users\\Me\\AppData\\Local\\Microsoft\\WindowsApps\\wt.exe',
        args: ['-w', 'new', 'powershell.exe', ...options, 'C:\\Data\\;1\\launchers\\ab12.ps1'],
      },
      {
        id: 'powershell',
        kind: 'powershell',
        file: 'cmd.exe',
        args: ['/d', '/s', '/c', `"start "Codex" powershell.exe ${options.join(' ')} ab12.ps1"`],
        isVerbatim: true,
      },
      {
        id: 'cmd',
        kind: 'cmd',
        file: 'cmd.exe',
        args: ['/d', '/s', '/c', '"start "Codex" cmd.exe /d /c ab12.ps1"'],
        isVerbatim: true,
      },
    ])
    expect(chosen?.terminal.id).toBe('windows-terminal')
  })
})

describe('which terminal is opened on Linux', () => {
  const all = ['xdg-terminal-exec', 'gnome-terminal', 'x-terminal-emulator', 'kitty', 'xterm', 'my-term']

  test('the one of the setting, before all others', async () => {
    expect(await chosenOnLinux(all, { TERMINAL: 'xterm' }, 'kitty')).toEqual({
      id: 'kitty',
      why: 'It is what you chose.',
      argv: ['/usr/bin/kitty', '/bin/sh', launcher],
    })
  })

  test('one that was chosen and is not there stays chosen, so that the user hears of it', async () => {
    expect(await chosenOnLinux(all, {}, '/opt/gone/term')).toEqual({
      id: 'custom',
      why: 'It is what you chose.',
      argv: ['/opt/gone/term', '-e', '/bin/sh', launcher],
    })
  })

  test('a program with options keeps them, and one that is known its own manner', async () => {
    expect((await chosenOnLinux(all, {}, 'kitty --single-instance'))?.argv).toEqual([
      'kitty',
      '--single-instance',
      '/bin/sh',
      launcher,
    ])
    expect((await chosenOnLinux(all, {}, '~/bin/gnome-terminal --title "My codex"'))?.argv).toEqual([
      '/home/me/bin/gnome-terminal',
      '--title',
      'My codex',
      '--',
      '/bin/sh',
      launcher,
    ])
    expect((await chosenOnLinux(all, {}, 'my-term -t x'))?.argv).toEqual([
      'my-term',
      '-t',
      'x',
      '-e',
      '/bin/sh',
      launcher,
    ])
    expect((await chosenOnLinux(all, {}, 'xterm -l -e'))?.argv).toEqual(['xterm', '-l', '-e', '/bin/sh', launcher])
  })

  test('a chosen program works where no display is', async () => {
    expect(await chosenOnLinux(all, { DISPLAY: '' }, 'my-term')).toMatchObject({ id: 'custom' })
  })

  test('then $TERMINAL, unless what it names is not there', async () => {
    expect(await chosenOnLinux(all, { TERMINAL: 'my-term' })).toEqual({
      id: 'custom',
      why: '$TERMINAL names it.',
      argv: ['my-term', '-e', '/bin/sh', launcher],
    })
    expect((await chosenOnLinux(all, { TERMINAL: 'gone' }))?.id).toBe('xdg-terminal-exec')
  })

  test('then xdg-terminal-exec, then the one of the desktop, then the default of the system, then whatever is there', async () => {
    const env = { XDG_CURRENT_DESKTOP: 'ubuntu:GNOME' }
    const order = []
    for (let names = all; names.length > 0; ) {
      const chosen = await chosenOnLinux(names, env)
      if (!chosen) break
      order.push([chosen.id, chosen.why])
      names = names.filter((name) => name !== chosen.id)
    }
    expect(order).toEqual([
      ['xdg-terminal-exec', 'xdg-terminal-exec knows which one you like.'],
      ['gnome-terminal', 'It comes with GNOME.'],
      ['x-terminal-emulator', 'It is the first that was found.'],
      ['kitty', 'It is the first that was found.'],
      ['xterm', 'It is the first that was found.'],
    ])
  })

  test.each([
    ['KDE', 'konsole'],
    ['XFCE', 'xfce4-terminal'],
    ['MATE', 'mate-terminal'],
    ['LXQt', 'qterminal'],
    ['X-Cinnamon', 'gnome-terminal'],
  ])('%s brings %s along', async (desktop, name) => {
    expect((await chosenOnLinux(['xterm', name], { XDG_CURRENT_DESKTOP: desktop }))?.id).toBe(name)
  })

  test('none where nothing can show a window', async () => {
    expect(await findOnLinux(all, { DISPLAY: '' })).toEqual({ found: [], chosen: null })
    expect(await findOnLinux([])).toEqual({ found: [], chosen: null })
  })
})

describe('which terminal is opened on macOS', () => {
  const folders = { '/Applications': ['Warp.app', 'iTerm.app'], '/System/Applications/Utilities': ['Terminal.app'] }

  test('the one that Tapedeck was started from, else the one that comes with macOS', async () => {
    const from = await find({ platform: 'darwin', folders, env: { TERM_PROGRAM: 'iTerm.app' } })
    expect([from.chosen?.terminal.id, from.chosen?.why]).toEqual(['iterm2', 'Tapedeck was started from it.'])
    expect((await find({ platform: 'darwin', folders })).chosen?.terminal.id).toBe('terminal')
  })

  test('Warp only for those who choose it', async () => {
    const world: World = { platform: 'darwin', folders: { '/Applications': ['Warp.app'] } }
    expect((await find({ ...world, env: { TERM_PROGRAM: 'WarpTerminal' } })).chosen).toBeNull()
    expect((await find({ ...world, setting: 'warp' })).chosen?.terminal.id).toBe('warp')
  })

  test('an application that is in no table is opened by its name, a program by its path', async () => {
    const application = await find({ platform: 'darwin', setting: 'Rio' })
    expect(application.chosen?.terminal.open('/x.command')).toEqual({ file: 'open', args: ['-a', 'Rio', '/x.command'] })
    const program = await find({ platform: 'darwin', setting: '/opt/bin/rio' })
    expect(program.chosen?.terminal.open('/x.command')).toEqual({
      file: '/opt/bin/rio',
      args: ['-e', '/bin/sh', '/x.command'],
    })
  })
})
