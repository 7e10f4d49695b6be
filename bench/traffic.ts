import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { measureRoundTrips } from './load/frames.ts'
import { idsOf } from './load/modelTraffic.ts'
import { measureThroughput } from './load/smallRequests.ts'
import { createStreamClient } from './load/stream.ts'
import { type SubjectStarter, starters, startUpstream } from './subjects/all.ts'
import type { RecordingCount, Subject } from './subjects/subject.ts'

/** All samples of one subject over all rounds. Durations in milliseconds. */
export interface SubjectSamples {
  burstMs: number[]
  lagMs: number[]
  firstEventMs: number[]
  requestsPerSecond: number[]
  roundTripMs: number[]
  memoryBytes: number | null
  /** What was recorded of the rounds, and of the exchanges for the memory. */
  recording: RecordingCount | null
  memoryRecording: RecordingCount | null
}

export type TrafficSamples = Map<string, SubjectSamples>

const burst = { requestBytes: 200_000, events: 200, gapMs: 0, times: 30 }
const steady = { requestBytes: 20_000, events: 60, gapMs: 10 }
const small = { connections: 32, durationMs: 1500 }
const frames = { count: 300, frameBytes: 2000 }
const memoryExchanges = 1000
const settleMs = 2000
const countedTimeoutMs = 120_000

const noSamples = (): SubjectSamples => ({
  burstMs: [],
  lagMs: [],
  firstEventMs: [],
  requestsPerSecond: [],
  roundTripMs: [],
  memoryBytes: null,
  recording: null,
  memoryRecording: null,
})

export interface TrafficOptions {
  rounds: number
  folder: string
  only: string[] | null
  profileFolder: string | null
  say(line: string): void
}

/**
 * Measures all subjects in rounds: every round takes each subject once, beginning with another one each time, so that what the
 * computer does besides falls on all alike. One more round in front warms them up and is dropped.
 */
export async function measureTraffic(options: TrafficOptions): Promise<TrafficSamples> {
  const { rounds, folder, only, profileFolder, say } = options
  const wanted = starters.filter(({ name }) => only?.includes(name) ?? true)
  const samples: TrafficSamples = new Map()
  const upstream = await startUpstream()
  const subjects: Subject[] = []
  try {
    for (const starter of wanted) {
      const subject = await starter.start(upstream.baseUrl, createFolder(folder, starter.name), profileFolder)
      if (subject) subjects.push(subject)
      else say(`${starter.name} is not installed: left out`)
    }
    for (const subject of subjects) samples.set(subject.name, noSamples())
    for (let round = 0; round <= rounds; round++) {
      say(round === 0 ? 'warming up' : `round ${round} of ${rounds}`)
      for (const measure of [measureBurst, measureSteady, measureSmall, measureFrames]) {
        for (let at = 0; at < subjects.length; at++) {
          const subject = subjects[(at + round) % subjects.length] as Subject
          const isWarmUp = round === 0
          const target = isWarmUp ? noSamples() : (samples.get(subject.name) as SubjectSamples)
          await measure(subject, target, `${subject.name}-${round}-${measure.name}`)
        }
      }
    }
    await new Promise((resolve) => setTimeout(resolve, settleMs))
    for (const subject of subjects) {
      const own = samples.get(subject.name) as SubjectSamples
      if (subject.name === 'tapedeck') own.recording = await subject.readRecording()
    }
  } finally {
    for (const subject of [...subjects, upstream]) await subject.stop()
  }
  for (const starter of wanted) {
    const own = samples.get(starter.name)
    if (own && starter.name !== 'direct') await measureMemory(starter, own, options)
  }
  return samples
}

async function measureBurst(subject: Subject, samples: SubjectSamples, run: string) {
  const client = createStreamClient(subject.baseUrl)
  try {
    for (let n = 0; n < burst.times; n++) samples.burstMs.push((await client.read(idsOf(run, n), burst)).totalMs)
  } finally {
    client.close()
  }
}

async function measureSteady(subject: Subject, samples: SubjectSamples, run: string) {
  const client = createStreamClient(subject.baseUrl)
  try {
    const { lagsMs, firstEventMs } = await client.read(idsOf(run, 0), steady)
    samples.lagMs.push(...lagsMs)
    samples.firstEventMs.push(firstEventMs)
  } finally {
    client.close()
  }
}

async function measureSmall(subject: Subject, samples: SubjectSamples, run: string) {
  samples.requestsPerSecond.push(await measureThroughput(subject.baseUrl, { ...small, run }))
}

async function measureFrames(subject: Subject, samples: SubjectSamples, run: string) {
  const roundTrips = await measureRoundTrips(subject.baseUrl, { ...frames, run })
  // The first one opens the way through; a codex keeps its socket for many turns.
  samples.roundTripMs.push(...roundTrips.slice(1))
}

/** In a process of its own that has done nothing else before: memory tells of all that ever was. */
async function measureMemory(
  starter: SubjectStarter,
  samples: SubjectSamples,
  { folder, profileFolder, say }: TrafficOptions,
) {
  say(`memory of ${starter.name} after ${memoryExchanges} exchanges`)
  const upstream = await startUpstream()
  const subject = await starter.start(upstream.baseUrl, createFolder(folder, `${starter.name}-memory`), profileFolder)
  const clients = subject ? Array.from({ length: 4 }, () => createStreamClient(subject.baseUrl)) : []
  try {
    if (!subject) return
    let next = 0
    await Promise.all(
      clients.map(async (client) => {
        while (next < memoryExchanges) await client.read(idsOf(`memory-${starter.name}`, next++), burst)
      }),
    )
    if (starter.name === 'tapedeck') samples.memoryRecording = await waitUntilCounted(subject, memoryExchanges)
    await new Promise((resolve) => setTimeout(resolve, settleMs))
    samples.memoryBytes = subject.readMemoryBytes()
  } finally {
    for (const client of clients) client.close()
    await subject?.stop()
    await upstream.stop()
  }
}

/** Until each of so many exchanges is recorded and derived, or missed; what is counted by then, where that takes too long. */
async function waitUntilCounted(subject: Subject, exchanges: number): Promise<RecordingCount | null> {
  const deadline = performance.now() + countedTimeoutMs
  for (;;) {
    const recording = await subject.readRecording()
    if (!recording || (recording.total >= exchanges && recording.underived === 0) || performance.now() > deadline)
      return recording
    await new Promise((resolve) => setTimeout(resolve, 250))
  }
}

function createFolder(parent: string, name: string): string {
  const folder = path.join(parent, name)
  mkdirSync(folder)
  return folder
}
