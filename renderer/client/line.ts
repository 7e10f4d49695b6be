import { createStore, type StoreApi } from 'zustand/vanilla'
import type { MethodName, Params, Result } from '../../contract/api.ts'
import type { Reply } from '../../contract/reply.ts'
import { type AppState, initialState } from './state.ts'
import type { Transport } from './transport.ts'

/** What every part of the client works with: the store, the way to main, and whether that was interrupted. */
export interface Line {
  store: StoreApi<AppState>
  change(reduce: (state: AppState) => AppState): void
  call<M extends MethodName>(method: M, params: Params<M>): Promise<Reply<Result<M>>>
  /** Tells from now on whether the connection is the one of now: an answer to a question of an earlier one is thrown away. */
  ofThisConnection(): () => boolean
  /** It was opened or lost, or all is read anew. */
  connectionChanged(): void
}

export function createLine(transport: Transport): Line {
  const store = createStore<AppState>(() => initialState)
  let connectionCount = 0
  return {
    store,
    change: (reduce) => store.setState(reduce(store.getState()), true),
    async call<M extends MethodName>(method: M, params: Params<M>) {
      // Main made the answer out of the same contract; it is not parsed a second time.
      return (await transport.call(method, params)) as Reply<Result<M>>
    },
    ofThisConnection() {
      const connection = connectionCount
      return () => connection === connectionCount
    },
    connectionChanged: () => void connectionCount++,
  }
}
