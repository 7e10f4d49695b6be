import { createElement, Fragment, type ReactNode } from 'react'

/** Text of main's, in which what is to be typed stands in backticks. */
export function withCode(text: string): ReactNode {
  const pieces = text
    .split(/`([^`\n]+)`/)
    .map((piece, at) => (at % 2 === 0 ? piece : createElement('code', null, piece)))
  return createElement(Fragment, null, ...pieces)
}
