import { expect, test } from 'vitest'
import { splitInstructions } from './splitInstructions.ts'

test('commands are told from what is said around them, and the title is not said twice', () => {
  const message =
    'Codex was not found. Install it with one of\n  npm install -g @openai/codex\n  brew install --cask codex\n' +
    'or set TAPEDECK_CODEX to the path of the codex to use.\nLooked at: the PATH of this process.'
  expect(splitInstructions(message, 'Codex was not found')).toEqual([
    { isCommand: false, text: 'Install it with one of' },
    { isCommand: true, text: 'npm install -g @openai/codex' },
    { isCommand: true, text: 'brew install --cask codex' },
    {
      isCommand: false,
      text: 'or set TAPEDECK_CODEX to the path of the codex to use.\nLooked at: the PATH of this process.',
    },
  ])
})

test('a message of one sentence is that sentence', () => {
  const message = 'TAPEDECK_CODEX is /nowhere, where there is no program that can be run.'
  expect(splitInstructions(message, 'Codex was not found')).toEqual([{ isCommand: false, text: message }])
  expect(splitInstructions('', 'Codex was not found')).toEqual([])
})
