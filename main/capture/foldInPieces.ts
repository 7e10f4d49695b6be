import { createTurnFold, foldTurn } from './foldTurn.ts'
import type { RawPart } from './rawExchange.ts'
import type { DerivedTurn, ReducedExchange } from './reduced.ts'
import { createExchangeReducer, type ExchangeReducer, reduceExchange } from './reduceExchange.ts'

interface Playing {
  id: string
  come: RawPart[]
  rest: RawPart[]
  reducer: ExchangeReducer
}

/**
 * For tests: a turn as it comes, cut anywhere. What a fold that is gone on with makes of it after each piece, and what all that came
 * by then is folded to from its bytes. Mostly one exchange comes after the other; now and then the next one has begun already.
 */
export function foldInPieces(exchanges: RawPart[][], random: (below: number) => number) {
  const fold = createTurnFold()
  const reduced = new Map<string, ReducedExchange>()
  const playing = exchanges.flatMap(([started, ...rest]): Playing[] => {
    if (started?.type !== 'started') return []
    const { exchangeId: id, head } = started
    return [{ id, come: [started], rest, reducer: createExchangeReducer(id, head) }]
  })
  const goneOn: (DerivedTurn | null)[] = []
  const anew: (DerivedTurn | null)[] = []

  function take(one: Playing): void {
    const piece = one.rest.splice(0, random(one.rest.length + 1))
    for (const part of piece) one.reducer.push(part)
    one.come.push(...piece)
    // What was let go is read back, into objects of its own.
    const value = random(4) === 0 ? reduceExchange(one.come) : one.reducer.value()
    if (value) reduced.set(one.id, value)
    fold.outdate(one.id)
    // Not each change is folded at once.
    if (random(4) === 0) return
    const begun = playing.filter(({ id }) => reduced.has(id))
    const isOver = random(3) === 0
    fold.take(
      begun.map(({ id }) => id),
      (id) => reduced.get(id) ?? null,
    )
    goneOn.push(fold.turn({ isOver }))
    anew.push(
      foldTurn(
        begun.flatMap(({ come }) => reduceExchange(come) ?? []),
        { isOver },
      ),
    )
  }

  for (;;) {
    const [first, second] = playing.filter(({ id, rest }) => rest.length > 0 || !reduced.has(id))
    const next = second && random(8) === 0 ? second : first
    if (!next) return { goneOn, anew }
    take(next)
  }
}
