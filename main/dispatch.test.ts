import { expect, test } from 'vitest'
import { ReplyError } from '../contract/reply.ts'
import { dispatch } from './dispatch.ts'
import type { Handlers } from './handlers.ts'

const unused = () => {
  throw new Error('not called in this test')
}
const handlers = {
  'session/delete': async ({ id }: { id: string }) => {
    if (id === 'missing') throw new ReplyError('notFound', 'There is no session missing.')
    if (id === 'broken') throw new Error('/secret/path exploded')
    return {}
  },
} as unknown as Handlers

test('a known method with good params answers with its value', async () => {
  expect(await dispatch(handlers, 'session/delete', { id: 'a' }, unused)).toEqual({ ok: true, value: {} })
})

test('an unknown method is a value, also when its name is that of an object member', async () => {
  for (const method of ['nope', '__proto__', 'constructor', 7, null]) {
    const reply = await dispatch(handlers, method, {}, unused)
    expect(reply).toMatchObject({ ok: false, error: { code: 'unknownMethod' } })
  }
})

test('params that do not fit are told by field', async () => {
  const reply = await dispatch(handlers, 'session/delete', { id: 7 }, unused)
  expect(reply).toMatchObject({ ok: false, error: { code: 'badRequest', message: expect.stringContaining('id') } })
})

test('a chosen failure keeps its code and words', async () => {
  expect(await dispatch(handlers, 'session/delete', { id: 'missing' }, unused)).toEqual({
    ok: false,
    error: { code: 'notFound', message: 'There is no session missing.' },
  })
})

test('a programming error is reported and its text does not leave', async () => {
  const reported: unknown[] = []
  const reply = await dispatch(handlers, 'session/delete', { id: 'broken' }, (error) => reported.push(error))
  expect(JSON.stringify(reply)).not.toContain('secret')
  expect(reply).toMatchObject({ ok: false, error: { code: 'internal' } })
  expect(reported).toHaveLength(1)
})
