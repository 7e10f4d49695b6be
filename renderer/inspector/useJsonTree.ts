import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { JsonChild, JsonNode } from '../../contract/domain/body.ts'
import type { Reply } from '../../contract/reply.ts'
import { appendNode, keyOfPath, type LoadedNode, layOutRows, type Path } from './jsonRows.ts'

const pieceSize = 200
const textPieceSize = 8_000

/** Reads one value and some of what is right below it. Another function is another value. */
export type ReadNode = (path: Path, offset: number, limit: number) => Promise<Reply<{ node: JsonNode }>>

/**
 * A value of which only what is unfolded is loaded, so that its size does not matter. `opens`: what is unfolded from the begin,
 * beside the root. `version` tells a value that grew.
 */
export function useJsonTree(read: ReadNode, rootName: string, version: string, opens: Path[]) {
  const [root, setRoot] = useState<JsonChild | null>(null)
  const [message, setMessage] = useState<string | null>(null)
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set())
  const [loaded, setLoaded] = useState<ReadonlyMap<string, LoadedNode>>(new Map())
  const known = useRef(loaded)
  const pending = useRef(new Map<string, Promise<void>>())
  const first = useRef(opens)
  first.current = opens
  /** Another body, or the same one after it grew: what was asked of the one before is thrown away. */
  const generation = useRef(0)

  const load = useCallback(
    (path: Path, atLeast = 0): Promise<void> => {
      const key = keyOfPath(path)
      const under = pending.current.get(key)
      if (under) return under
      const before = known.current.get(key)
      const offset = before ? (before.nextOffset ?? 0) : 0
      if (before && before.nextOffset === null) return Promise.resolve()
      const mine = generation.current
      const isText = before?.type === 'string'
      const limit = isText ? textPieceSize : Math.min(10_000, Math.max(pieceSize, atLeast - offset))
      const asked = read(path, offset, limit).then(async (reply) => {
        pending.current.delete(key)
        if (mine !== generation.current) return
        if (!reply.ok) {
          setMessage(reply.error.message)
          return
        }
        const { node } = reply.value
        const next = new Map(known.current).set(key, appendNode(before, node))
        known.current = next
        setLoaded(next)
        if (path.length === 0 && !before) {
          setRoot({ key: rootName, type: node.type, size: node.size, preview: node.text ?? '' })
          setOpen((keys) => new Set([...keys, key, ...first.current.map(keyOfPath)]))
        }
      })
      pending.current.set(key, asked)
      return asked
    },
    [read, rootName],
  )

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new version of the same body is read anew
  useEffect(() => {
    generation.current += 1
    pending.current = new Map()
    known.current = new Map()
    setLoaded(known.current)
    setRoot(null)
    setMessage(null)
    void load([])
  }, [load, version])

  const setIsOpen = useCallback(
    (path: Path, isOpen: boolean) => {
      const key = keyOfPath(path)
      setOpen((keys) => {
        const next = new Set(keys)
        if (isOpen) next.add(key)
        else next.delete(key)
        return next
      })
      if (isOpen && !known.current.has(key)) void load(path)
    },
    [load],
  )

  /** Unfolds all that is above a value, and the value itself, loading as far as it takes. */
  const reveal = useCallback(
    async (path: Path) => {
      for (let depth = 0; depth <= path.length; depth++) {
        const above = path.slice(0, depth)
        const next = path[depth]
        const atLeast = typeof next === 'number' ? next + 1 : 0
        for (let tries = 0; tries < 50; tries++) {
          const node = known.current.get(keyOfPath(above))
          if (node && (node.nextOffset === null || node.children.length >= Math.max(1, atLeast))) break
          await load(above, atLeast)
        }
        setOpen((keys) => new Set([...keys, keyOfPath(above)]))
      }
    },
    [load],
  )

  const rows = useMemo(() => (root ? layOutRows(root, open, loaded) : []), [root, open, loaded])
  return { rows, isEmpty: root?.type === 'null', message, load, setIsOpen, reveal }
}
