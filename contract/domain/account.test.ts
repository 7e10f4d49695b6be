import { expect, test } from 'vitest'
import { nameChatGptPlan, namePlan } from './account.ts'

test('plans have a name, unknown ones their own', () => {
  expect(['plus', 'edu', 'self_serve_business', ''].map(namePlan)).toEqual(['Plus', 'Edu', 'Self serve business', ''])
  expect(['pro', null].map(nameChatGptPlan)).toEqual(['ChatGPT Pro', 'ChatGPT'])
})
