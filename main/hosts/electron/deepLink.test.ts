import { expect, test } from 'vitest'
import { findDeepLink, readDeepLink } from './deepLink.ts'

test('a deep link names a session, or an item of it, and can say nothing else', () => {
  expect(readDeepLink('tapedeck://session/019a-b_C')).toBe('#/session/019a-b_C')
  expect(readDeepLink('tapedeck://session/019a/')).toBe('#/session/019a')
  expect(readDeepLink('tapedeck://session/019a/item/x-1.2')).toBe('#/session/019a/item/x-1.2')
  for (const url of [
    'tapedeck://session/019a/item/',
    'tapedeck://session/019a/item/../../account',
    'tapedeck://session/019a/exchange/x-1',
    'tapedeck://session/019a/item/a%2fb',
    'tapedeck://session/',
    'tapedeck://session/../account',
    'tapedeck://session/a%2fb',
    'tapedeck://session/a?b',
    'tapedeck://session/a#/settings',
    'tapedeck://session/-a',
    `tapedeck://session/${'a'.repeat(129)}`,
    'tapedeck://account',
    'https://session/a',
    'tapedeck://session/a\n',
    'tapedeck://session/a --hidden',
  ]) {
    expect({ url, route: readDeepLink(url) }).toEqual({ url, route: null })
  }
})

test('it is found among the arguments of a second start', () => {
  expect(findDeepLink(['/usr/bin/tapedeck', '--hidden', 'tapedeck://session/a1'])).toBe('#/session/a1')
  expect(findDeepLink(['/usr/bin/tapedeck', '--x=tapedeck://session/a1'])).toBeNull()
})
