import { expect, test } from 'vitest'
import { readOutput } from './toolCall.ts'

const output = (text: string) => ({ type: 'function_call_output', call_id: 'c', output: text })

test.each([
  [
    'a command, in the terminal that codex keeps for it',
    'Chunk ID: a5\nWall time: 0.3 seconds\nProcess running with session ID 44375\nOriginal token count: 2\nOutput:\nfirst\n',
    { kind: 'terminal', id: '44375' },
  ],
  [
    'a program of the code mode',
    'Script running with cell ID 3\nWall time 0.3 seconds\nOutput:\na',
    { kind: 'program', id: '3' },
  ],
  [
    'a command that a program started, where it prints what it got',
    'Script completed\nWall time 0.5 seconds\nOutput:\n{"chunk_id":"18","wall_time_seconds":0.3,"session_id":22129,"output":"x"}',
    { kind: 'terminal', id: '22129' },
  ],
  [
    'the same, printed over several lines among others',
    'Script completed\nWall time 0.5 seconds\nOutput:\nhere:\n{\n  "chunk_id": "18",\n  "wall_time_seconds": 1e-3,\n  "session_id": 7\n}',
    { kind: 'terminal', id: '7' },
  ],
  ['nothing, when it ended', 'Wall time: 0 seconds\nProcess exited with code 0\nOutput:\nbye', undefined],
  [
    'nothing, when a program’s command ended',
    'Script completed\nWall time 0.5 seconds\nOutput:\n{"chunk_id":"18","wall_time_seconds":0.3,"exit_code":0,"output":"x"}',
    undefined,
  ],
  [
    'nothing, when it is the command’s own words',
    'Wall time: 0 seconds\nProcess exited with code 0\nOutput:\nProcess running with session ID 9\n{"chunk_id":"18","wall_time_seconds":0.3,"session_id":9}',
    undefined,
  ],
  ['nothing, without a head', 'Process running with session ID 9', undefined],
])('what a call leaves running is %s', (_name, text, expected) => {
  expect(readOutput(output(text)).leftRunning).toEqual(expected)
})
