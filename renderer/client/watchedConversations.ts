import { chooseChunk } from './chooseChunk.ts'
import { emptyConversation } from './conversation.ts'
import type { Line } from './line.ts'
import { applyConversation, applyTurns, putGone, setConversation } from './state.ts'

/** React mounts and unmounts, and the next page often looks at the same conversation. */
const keptMs = 1_000

/** Keeps in the store the conversations that somebody looks at. Long ones come in pieces. */
export function createWatchedConversations(line: Line, schedule: (run: () => void) => void) {
  const { store, change, call, ofThisConnection } = line
  const watchers = new Map<string, number>()
  /** Around which turn the reader of a conversation is. */
  const preferred = new Map<string, string>()
  /** Who reads the rest of a conversation: the last that began to. */
  const readings = new Map<string, symbol>()
  /** All that is being read just now, by what tells whether its answers still count. */
  const atWork = new Set<{ id: string; isCurrent: () => boolean }>()

  async function working(id: string, work: (id: string) => Promise<void>) {
    const entry = { id, isCurrent: ofThisConnection() }
    atWork.add(entry)
    try {
      await work(id)
    } finally {
      atWork.delete(entry)
    }
  }

  const read = (id: string) => working(id, readAnew)

  async function readAnew(id: string) {
    const isCurrent = ofThisConnection()
    const reply = await call('session/read', { id, near: preferred.get(id) ?? null })
    // What a lost line did not answer is asked again when it is open.
    if (!watchers.has(id) || (!reply.ok && !isCurrent())) return
    change((state) => {
      if (reply.ok) return applyConversation(state, reply.value)
      const { code, message } = reply.error
      if (code === 'notFound') return putGone(state, id, message)
      const known = state.conversations[id]
      // A hiccup of the line does not take away what is on the screen.
      return known?.state === 'ready'
        ? setConversation(state, id, { ...known, restProblem: message })
        : setConversation(state, id, { ...emptyConversation, state: 'failed', message })
    })
    if (reply.ok) await readRest(id)
  }

  /** Piece by piece, so that what the reader does meanwhile waits for no more than one. */
  async function readRest(id: string) {
    const reading = Symbol()
    readings.set(id, reading)
    const isCurrent = ofThisConnection()
    // What came first is painted first.
    await new Promise<void>(schedule)
    for (;;) {
      await new Promise<void>(schedule)
      const conversation = store.getState().conversations[id]
      if (readings.get(id) !== reading || !isCurrent() || !watchers.has(id) || !conversation) return
      const turnIds = chooseChunk(conversation, preferred.get(id) ?? null)
      if (turnIds.length === 0) return
      const reply = await call('session/readTurns', { id, turnIds })
      if (readings.get(id) !== reading || !isCurrent()) return
      change((state) => {
        if (reply.ok) return applyTurns(state, id, turnIds, reply.value)
        const known = state.conversations[id]
        return known ? setConversation(state, id, { ...known, restProblem: reply.error.message }) : state
      })
      if (!reply.ok) return
    }
  }

  // Deleted, and brought back by somebody: what was read of it went with it.
  store.subscribe((state, before) => {
    for (const id of watchers.keys()) {
      if (!state.sessions[id] || before.sessions[id] || state.connection !== 'open') continue
      const known = state.conversations[id]
      if (!known || known.state === 'failed') void startOver(id)
    }
  })

  // News of a turn that has to be read before. Who reads already comes to it.
  store.subscribe(({ conversations }, before) => {
    for (const id of watchers.keys()) {
      const known = conversations[id]
      if (!known || known.ahead === before.conversations[id]?.ahead || known.state !== 'ready') continue
      if (Object.keys(known.ahead).length === 0 || known.restProblem !== null) continue
      if (![...atWork].some((each) => each.id === id && each.isCurrent())) void working(id, readRest)
    }
  })

  async function startOver(id: string) {
    change((state) => setConversation(state, id, emptyConversation))
    await read(id)
  }

  function unwatch(id: string) {
    const count = (watchers.get(id) ?? 1) - 1
    if (count > 0) {
      watchers.set(id, count)
      return
    }
    watchers.delete(id)
    preferred.delete(id)
    setTimeout(() => {
      if (watchers.has(id)) return
      change((state) => {
        const { [id]: _forgotten, ...conversations } = state.conversations
        return { ...state, conversations }
      })
    }, keptMs)
  }

  return {
    watch(id: string, near: string | null = null): () => void {
      watchers.set(id, (watchers.get(id) ?? 0) + 1)
      if (near !== null) preferred.set(id, near)
      if (watchers.get(id) === 1) {
        if (!store.getState().conversations[id]) change((state) => setConversation(state, id, emptyConversation))
        // Before the first connection there is nobody to ask; `readAll` is called with it.
        if (store.getState().connection === 'open') void read(id)
      }
      return () => unwatch(id)
    },

    prefer: (id: string, turnId: string) => void preferred.set(id, turnId),

    async readAll(): Promise<void> {
      await Promise.all([...watchers.keys()].map(read))
    },

    retry: startOver,

    /** All of it anew: it may be that what was read is old as well. */
    async retryRest(id: string): Promise<void> {
      change((state) => {
        const known = state.conversations[id]
        return known ? setConversation(state, id, { ...known, restProblem: null }) : state
      })
      await read(id)
    },
  }
}
