import type { MethodName, ParsedParams, Result } from '../contract/api.ts'

/** What answers each method of the contract. Params are parsed already; a failure that its user may read is a `ReplyError`. */
export type Handlers = { [M in MethodName]: (params: ParsedParams<M>) => Result<M> | Promise<Result<M>> }

/** The share of one part of the house. */
export type HandlersOf<M extends MethodName> = Pick<Handlers, M>

/** The methods that more than one of the parts answers. */
export type Twice<Parts extends readonly unknown[]> = Parts extends readonly [infer First, ...infer Rest]
  ? (keyof First & NamesOf<Rest>) | Twice<Rest>
  : never

/** The methods that no part answers. */
export type Unanswered<Parts extends readonly unknown[]> = Exclude<MethodName, NamesOf<Parts>>

type NamesOf<Parts extends readonly unknown[]> = { [I in keyof Parts]: keyof Parts[I] }[number]

type EachOnce<Parts extends readonly unknown[]> = [Twice<Parts> | Unanswered<Parts>] extends [never]
  ? unknown
  : { answeredTwice: Twice<Parts>; unanswered: Unanswered<Parts> }

/** Puts the parts' shares together. Does not compile unless every method of the contract is answered by exactly one of them. */
export function joinHandlers<const Parts extends readonly Partial<Handlers>[]>(
  ...parts: Parts & EachOnce<Parts>
): Handlers {
  return Object.assign({}, ...parts)
}
