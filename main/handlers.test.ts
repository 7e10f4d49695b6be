import { expect, expectTypeOf, test } from 'vitest'
import type { MethodName } from '../contract/api.ts'
import { type Handlers, type HandlersOf, joinHandlers, type Twice, type Unanswered } from './handlers.ts'

type Launching = HandlersOf<'launch/list' | 'launch/end'>
type Rest = Omit<Handlers, 'launch/list' | 'launch/end'>

test('a method that two parts answer, or none, does not compile', () => {
  expectTypeOf<Twice<[Launching, Rest]>>().toEqualTypeOf<never>()
  expectTypeOf<Twice<[Launching, Rest, HandlersOf<'launch/end' | 'turn/read'>]>>().toEqualTypeOf<
    'launch/end' | 'turn/read'
  >()
  expectTypeOf<Unanswered<[Launching, Rest]>>().toEqualTypeOf<never>()
  expectTypeOf<Unanswered<[Rest]>>().toEqualTypeOf<'launch/list' | 'launch/end'>()
  expectTypeOf<Unanswered<[]>>().toEqualTypeOf<MethodName>()
  expectTypeOf(joinHandlers<[Launching, Rest]>).parameters.toEqualTypeOf<[Launching, Rest]>()
  expectTypeOf(joinHandlers<[Rest]>).parameters.not.toEqualTypeOf<[Rest]>()
  expectTypeOf(joinHandlers<[Launching, Handlers]>).parameters.not.toEqualTypeOf<[Launching, Handlers]>()
})

test('what the parts answer is answered together', () => {
  const launching = { 'launch/list': () => ({ ids: ['a'], privateCount: 0, seq: 1 }), 'launch/end': () => ({}) }
  const rest = { 'price/list': () => 'prices' } as unknown as Rest
  expect(joinHandlers(launching, rest)).toEqual({ ...launching, ...rest })
})
