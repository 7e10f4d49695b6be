import type { Masked, SecretKind } from '../../contract/domain/export.ts'

/** Of each secret one row: what, how it is shown, in which parts, how often. The gravest kinds first. */
export function groupMasked(masked: Masked[]): Masked[] {
  const groups = new Map<string, Masked & { places: Set<string> }>()
  for (const { kind, shown, where, count } of masked) {
    const key = `${kind} ${shown}`
    const group = groups.get(key) ?? { kind, shown, where: '', count: 0, places: new Set() }
    group.count += count
    group.places.add(where)
    groups.set(key, group)
  }
  return [...groups.values()]
    .sort((a, b) => kinds.indexOf(a.kind) - kinds.indexOf(b.kind) || b.count - a.count)
    .map(({ kind, shown, count, places }) => ({ kind, shown, count, where: listPlaces([...places]) }))
}

const kinds: SecretKind[] = [
  'privateKey',
  'apiKey',
  'accessToken',
  'authorization',
  'jwt',
  'password',
  'urlCredentials',
  'email',
  'homePath',
]
const mostPlaces = 3

function listPlaces(places: string[]): string {
  const more = places.length - mostPlaces
  return `${places.slice(0, mostPlaces).join(', ')}${more > 0 ? ` and ${more} more` : ''}`
}

export function describeKind(kind: SecretKind): string {
  switch (kind) {
    case 'apiKey':
      return 'API key'
    case 'accessToken':
      return 'Access token'
    case 'jwt':
      return 'JSON Web Token'
    case 'authorization':
      return 'Authorization'
    case 'privateKey':
      return 'Private key'
    case 'password':
      return 'Password or token'
    case 'urlCredentials':
      return 'Login in an address'
    case 'email':
      return 'E-mail address'
    case 'homePath':
      return 'Home folder'
  }
}
