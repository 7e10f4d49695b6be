import { expect, test } from 'vitest'
import { rebuildInput } from './rebuildInput.ts'
import {
  completed,
  customCall,
  done,
  functionCall,
  message,
  reduce,
  requestOf,
  socketParts,
  userSays,
} from './sampleTurn.ts'

test('what was sent and answered before belongs to the context, the answer in question does not', () => {
  const [first, second, third] = [userSays('one'), userSays('two'), userSays('three')]
  const chain = [
    { input: [first], output: [message, functionCall] },
    { input: [second], output: [customCall] },
    { input: [third], output: [message] },
  ].map(({ input, output }) =>
    reduce(socketParts({ request: requestOf({ input }), events: [...output.map(done), completed()] })),
  )
  expect(rebuildInput([])).toEqual([])
  expect(rebuildInput(chain.slice(0, 1))).toEqual([first])
  expect(rebuildInput(chain)).toEqual([first, message, functionCall, second, customCall, third])
})
