import { createElement, Fragment } from 'react'

/** Facts in one line. A name that reads from right to left turns nothing but itself. */
export function FactLine({ facts }: { facts: (string | false | null)[] }) {
  const told = facts.flatMap((fact) => fact || [])
  // Two may be the same, so none can be known by what it says.
  return createElement(
    Fragment,
    null,
    ...told.flatMap((fact, at) => [at > 0 && ' · ', createElement('bdi', null, fact)]),
  )
}
