import type { ReactNode } from 'react'
import type { AccountStatus } from '../../contract/domain/account.ts'
import { useAppState } from '../client/ClientProvider.tsx'
import { shortenPath } from '../ui/formatting.ts'
import { revealControls } from '../ui/untrustedText.ts'
import { describeExpiry, describeRenewal } from './describeAccount.ts'
import { Block, FactText } from './parts.tsx'
import styles from './SignInFacts.module.css'

/** The sign-in itself: how fresh it is, where it is kept, and the codex that it belongs to. */
export function SignInFacts({ status, now }: { status: AccountStatus; now: number }) {
  const codex = useAppState((state) => state.status?.codex ?? null)
  const renewal = describeRenewal(status, now)
  const { account } = status
  const { state } = account
  const isChatgpt = state === 'chatgpt'
  const isSignedOut = account.state === 'broken' && account.problem === 'signedOutByServer'
  // The account itself says all of it.
  const isMissing = account.state === 'broken' && account.problem === 'noCodex'
  const expiry = isSignedOut ? null : describeExpiry(status, now)
  const hasSignIn = isChatgpt || state === 'apiKey' || renewal !== null || expiry !== null || status.keptIn !== null
  return (
    <Block title={hasSignIn ? 'Sign-in' : 'Codex'}>
      <dl className={styles.rows}>
        {isChatgpt && <Row name="Mode">ChatGPT, by Codex’s own login</Row>}
        {state === 'apiKey' && <Row name="Mode">API key, by Codex’s own login</Row>}
        {renewal ? (
          <Row name="Freshness">
            <FactText fact={renewal} />
          </Row>
        ) : (
          isChatgpt && <Row name="Freshness">Tapedeck has seen no renewal yet</Row>
        )}
        {expiry && (
          <Row name="Renews">
            <FactText fact={expiry} />
          </Row>
        )}
        {status.keptIn !== null ? (
          <Row name="Kept in">
            <code title={revealControls(status.keptIn)}>{revealControls(shortenPath(status.keptIn))}</code>
            <small>Tapedeck reads it and never writes it</small>
          </Row>
        ) : (
          (isChatgpt || state === 'apiKey') && (
            <Row name="Kept in">
              No file
              <small>most likely the keychain of this computer</small>
            </Row>
          )
        )}
        {codex && (
          <Row name={hasSignIn ? 'Codex' : 'Version'}>
            {codex.version === null ? (codex.path === null ? 'Not found' : 'Unknown version') : codex.version}
            {codex.version !== null && !codex.isTested && <small>Tapedeck was tested with another version</small>}
            {codex.message !== null && !isMissing && <small>{revealControls(codex.message)}</small>}
          </Row>
        )}
      </dl>
    </Block>
  )
}

function Row({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}
