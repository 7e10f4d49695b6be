import { expect, test } from 'vitest'
import { formatRoute, isUnknownAddress, parseRoute, type Route } from './route.ts'

test('each route survives its own address', () => {
  const routes: Route[] = [
    { page: 'live' },
    { page: 'sessions' },
    { page: 'sessions', query: 'cwd:"/my folder" a&b=c #x ?', sort: 'cost' },
    { page: 'starred' },
    { page: 'account' },
    { page: 'usage' },
    {
      page: 'usage',
      view: { range: '7', by: 'project', model: ['a b'], project: ['/x&y', null], at: '2026-11-24', isTable: true },
    },
    { page: 'session', sessionId: '019a-b/c d', turnId: null },
    { page: 'session', sessionId: '019a', turnId: 't/1%' },
    { page: 'session', sessionId: '019a', turnId: 't1', exchangeId: 'w/2-1' },
    { page: 'session', sessionId: '019a', turnId: null, itemId: 'w/2-1.3' },
    { page: 'session', sessionId: '019a', turnId: 't1', itemId: 'w/2-1.3' },
    { page: 'session', sessionId: '019a', turnId: null, elsewhere: 'resume' },
    { page: 'session', sessionId: '019a', turnId: 't1', itemId: 'w/2-1.3', elsewhere: 'fork' },
  ]
  expect(routes.map((route) => parseRoute(formatRoute(route)))).toEqual(routes)
})

test('an address that means nothing shows the sessions', () => {
  expect(['', '#', '#/nowhere', '#/session/', '#/session'].map(parseRoute)).toEqual(Array(5).fill({ page: 'sessions' }))
})

test('a broken escape is taken as it stands', () => {
  expect(parseRoute('#/session/%E0')).toEqual({ page: 'session', sessionId: '%E0', turnId: null })
})

test('only an address that names no page is to be replaced', () => {
  expect(['#/nonsense', '#/session/', '#/sessionsX'].map(isUnknownAddress)).toEqual([true, true, true])
  const known = ['', '#', '#/', '#/sessions', '#/sessions?q=a', '#/live', '#/session/x']
  expect(known.filter(isUnknownAddress)).toEqual([])
})
