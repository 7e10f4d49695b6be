import type { ReducedExchange, ResponseItem } from './reduced.ts'

/**
 * The whole context that a request stood on. `chain`: the exchanges from the one that sent everything to the one in question,
 * each naming the response before it; what the model had answered is a part of what the next one stands on.
 */
export function rebuildInput(chain: ReducedExchange[]): ResponseItem[] {
  return chain.flatMap(({ input, output }, at) =>
    at === chain.length - 1 ? input : [...input, ...output.map(({ item }) => item)],
  )
}
