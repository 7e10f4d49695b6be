import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { NtExecutable, NtExecutableResource, Resource } from 'resedit'

/**
 * A folder that looks like an unpacked Electron to who packs an app into it: names, property lists, a version resource, and
 * fuses as they come. Nothing in it runs.
 */

export type StubPlatform = 'linux' | 'darwin' | 'win32'

const sentinel = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'
const untouchedFuses = '10110101'

export function writeStubElectron(folder: string, platform: StubPlatform): void {
  const write = (path: string, content: string | Buffer = '') => {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), content, { mode: 0o755 })
  }
  for (const file of ['LICENSE', 'LICENSES.chromium.html', 'version']) write(file)
  switch (platform) {
    case 'linux':
      write('electron', makeBinary())
      write('chrome-sandbox')
      for (const language of ['en-US', 'de']) write(`locales/${language}.pak`)
      break
    case 'win32':
      write('electron.exe', makeExecutable())
      for (const language of ['en-US', 'de']) write(`locales/${language}.pak`)
      break
    case 'darwin': {
      write('Electron.app/Contents/Info.plist', makePropertyList('Electron'))
      write('Electron.app/Contents/MacOS/Electron', 'stub')
      const frameworks = 'Electron.app/Contents/Frameworks'
      write(`${frameworks}/Electron Framework.framework/Electron Framework`, makeBinary())
      for (const language of ['en', 'de']) {
        write(`${frameworks}/Electron Framework.framework/Versions/A/Resources/${language}.lproj/locale.pak`)
      }
      for (const helper of ['Helper', 'Helper (Renderer)', 'Helper (GPU)', 'Helper (Plugin)']) {
        const contents = `${frameworks}/Electron ${helper}.app/Contents`
        write(`${contents}/Info.plist`, makePropertyList(`Electron ${helper}`))
        write(`${contents}/MacOS/Electron ${helper}`, 'stub')
      }
    }
  }
}

/** The state of each fuse, in the order of Electron's fuse wire. */
export function readFuses(binary: Buffer): string {
  const wire = binary.indexOf(sentinel) + sentinel.length
  const count = binary.readUInt8(wire + 1)
  return binary.toString('latin1', wire + 2, wire + 2 + count)
}

function makeBinary(): Buffer {
  return Buffer.concat([
    Buffer.from('\x7fELF'),
    Buffer.alloc(64),
    Buffer.from(sentinel),
    Buffer.from([1, untouchedFuses.length]),
    Buffer.from(untouchedFuses),
  ])
}

function makeExecutable(): Buffer {
  const executable = NtExecutable.createEmpty(false, false)
  const resource = NtExecutableResource.from(executable)
  const version = Resource.VersionInfo.createEmpty()
  version.setStringValues({ lang: 1033, codepage: 1200 }, { ProductName: 'Electron' })
  version.outputToResourceEntries(resource.entries)
  resource.outputResource(executable)
  executable.setExtraData(new Uint8Array(makeBinary()).buffer)
  return Buffer.from(executable.generate())
}

function makePropertyList(name: string): string {
  const entries = {
    CFBundleExecutable: name,
    CFBundleIdentifier: 'stub',
    CFBundleName: name,
    CFBundleDisplayName: name,
  }
  const lines = Object.entries(entries).map(([key, value]) => `<key>${key}</key><string>${value}</string>`)
  return `<?xml version="1.0" encoding="UTF-8"?>\n<plist version="1.0"><dict>${lines.join('')}</dict></plist>\n`
}
