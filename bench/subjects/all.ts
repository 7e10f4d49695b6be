import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { startMitmdump, startNginx } from './foreign.ts'
import { type Subject, startNodeSubject } from './subject.ts'

export interface SubjectStarter {
  name: string
  /** Null where the program is missing. `folder` is empty and the subject's own. */
  start(upstream: string, folder: string, profileFolder: string | null): Promise<Subject | null>
}

export const startUpstream = () => startNodeSubject('upstream', 'upstream.ts', [])

export const starters: SubjectStarter[] = [
  { name: 'direct', start: async (upstream) => passThrough('direct', upstream) },
  { name: 'rawPipe', start: (upstream) => startNodeSubject('rawPipe', 'rawPipe.ts', [upstream]) },
  { name: 'httpProxy', start: (upstream) => startNodeSubject('httpProxy', 'bareHttpProxy.ts', [upstream]) },
  {
    name: 'tapedeck',
    start(upstream, folder, profileFolder) {
      const dataDir = path.join(folder, 'data')
      mkdirSync(dataDir, { mode: 0o700 })
      return startNodeSubject('tapedeck', 'tapedeck.ts', [upstream, dataDir], profileFolder)
    },
  },
  { name: 'nginx', start: startNginx },
  { name: 'mitmdump', start: startMitmdump },
]

/** The upstream itself, to which nothing is added. */
function passThrough(name: string, upstream: string): Subject {
  return {
    name,
    baseUrl: upstream,
    readMemoryBytes: () => Number.NaN,
    readRecording: async () => null,
    stop: async () => {},
  }
}
