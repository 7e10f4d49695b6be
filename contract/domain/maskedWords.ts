import type { Masked, SecretKind } from './export.ts'

const names: Record<SecretKind, [one: string, many: string]> = {
  apiKey: ['API key', 'API keys'],
  accessToken: ['access token', 'access tokens'],
  jwt: ['JSON Web Token', 'JSON Web Tokens'],
  authorization: ['authorization', 'authorizations'],
  privateKey: ['private key', 'private keys'],
  password: ['password or token', 'passwords or tokens'],
  urlCredentials: ['login in an address', 'logins in addresses'],
  email: ['e-mail address', 'e-mail addresses'],
  homePath: ['home path', 'home paths'],
}

/** How much of which kind, such as `3 API keys, 12 home paths`; empty where nothing was masked. */
export function countMasked(masked: Masked[]): string {
  const counts = new Map<SecretKind, number>()
  for (const { kind, count } of masked) counts.set(kind, (counts.get(kind) ?? 0) + count)
  return [...counts].map(([kind, count]) => `${count} ${names[kind][count === 1 ? 0 : 1]}`).join(', ')
}
