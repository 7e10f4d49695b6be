import { expect, test } from 'vitest'
import { plainFirstLine, titleInstructions } from './messageTitle.ts'

test.each([
  ['<collaboration_mode># Collaboration Mode: Default\n…', 'Collaboration mode'],
  ['\n<environment_context>\n  <cwd>/a</cwd>', 'Environment context'],
  ['<skills_instructions>', 'Skills instructions'],
  ['<INSTRUCTIONS>', 'Instructions'],
  ['<skill name="x">Do', 'Skill'],
  ['# AGENTS.md instructions for `/a`\n\nBe kind', 'AGENTS.md instructions for /a'],
  ['You are **Codex**.\nBe kind.', 'You are Codex.'],
  ['a < b, and b > c', 'a < b, and b > c'],
  ['', ''],
])('of %j is told in words', (text, title) => {
  expect(titleInstructions(text)).toBe(title)
})

test('the first line is the one that its reader sees first', () => {
  expect(plainFirstLine('---\n\nThe test compared **two clocks**: `a` and `b`.\nMore')).toBe(
    'The test compared two clocks: a and b.',
  )
  expect(plainFirstLine('***')).toBe('***')
})
