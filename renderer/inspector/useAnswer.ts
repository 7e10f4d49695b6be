import { useEffect, useState } from 'react'
import type { MethodName, Params, Result } from '../../contract/api.ts'
import { useClient } from '../client/ClientProvider.tsx'

export type Answer<T> =
  | { state: 'loading'; value: null; message: null }
  | { state: 'ready'; value: T; message: null }
  | { state: 'failed'; value: null; message: string }

const loading = { state: 'loading', value: null, message: null } as const

/** Asks main once for each `key`; a late answer to an earlier question is thrown away. */
export function useAnswer<M extends MethodName>(method: M, params: Params<M>, key: string): Answer<Result<M>> {
  const client = useClient()
  const [answer, setAnswer] = useState<{ key: string; answer: Answer<Result<M>> }>({ key, answer: loading })
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key stands for the params, which are made anew each time
  useEffect(() => {
    let isOver = false
    void client.call(method, params).then((reply) => {
      if (isOver) return
      setAnswer({
        key,
        answer: reply.ok
          ? { state: 'ready', value: reply.value, message: null }
          : { state: 'failed', value: null, message: reply.error.message },
      })
    })
    return () => {
      isOver = true
    }
  }, [client, method, key])
  return answer.key === key ? answer.answer : loading
}
