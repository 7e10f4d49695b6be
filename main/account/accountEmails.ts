import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

/**
 * The addresses that codex's file names as the account's, so that an export can leave them out. None when there is no file,
 * as when codex keeps its login in a keyring. Of the token that they stand in nothing else is looked at or kept.
 */
export async function readAccountEmails(codexHome: string): Promise<string[]> {
  try {
    const auth = JSON.parse(await readFile(join(codexHome, 'auth.json'), 'utf8'))
    const claims = JSON.parse(Buffer.from(auth.tokens.id_token.split('.')[1], 'base64url').toString('utf8'))
    const emails: unknown[] = [claims.email, claims['https://api.openai.com/profile']?.email]
    return [...new Set(emails.filter((email): email is string => typeof email === 'string' && email.includes('@')))]
  } catch {
    return []
  }
}
