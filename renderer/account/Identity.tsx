import { Check, KeyRound, UserRound } from 'lucide-react'
import type { ReactNode } from 'react'
import { type Account, type AccountStatus, type ApiKey, nameChatGptPlan } from '../../contract/domain/account.ts'
import { revealControls } from '../ui/untrustedText.ts'
import styles from './Identity.module.css'
import { Tag } from './parts.tsx'
import { SignIn } from './SignIn.tsx'
import { SignOut } from './SignOut.tsx'
import { Trouble } from './Trouble.tsx'

/** Who codex is signed in as, and the one thing to do about it. */
export function Identity({ status }: { status: AccountStatus | null }) {
  const account = status?.account
  if (!status || !account || account.state === 'asking') {
    return (
      <section className={styles.identity} aria-label="Who Codex is signed in as">
        <div className={styles.who}>
          <Monogram />
          <div className={styles.late} role="status">
            <h2>Asking Codex…</h2>
            <p>It says who is signed in. That takes a moment.</p>
          </div>
        </div>
        {status?.signIn && <SignIn status={status} />}
      </section>
    )
  }
  return (
    <section className={styles.identity} aria-label="Who Codex is signed in as">
      <Known account={account} status={status} />
    </section>
  )
}

function Known({ account, status }: { account: Exclude<Account, { state: 'asking' }>; status: AccountStatus }) {
  const usedKey = status.next.use === 'storedKey' ? shownKey(status.apiKey) : null
  switch (account.state) {
    case 'chatgpt':
      return (
        <>
          <Who
            mark={firstLetter(account.email)}
            name={account.email ?? 'Signed in with ChatGPT'}
            facts={[
              nameChatGptPlan(account.plan),
              account.workspace,
              account.accountEnd && `account …\u2060${account.accountEnd}`,
              usedKey !== null && `the next session uses the key ${usedKey}`,
            ]}
          >
            <SignedIn status={status} />
          </Who>
          {status.signIn && <SignIn status={status} />}
        </>
      )
    case 'apiKey':
      return (
        <>
          <Who
            mark={<KeyRound aria-hidden />}
            name="An API key of Codex itself"
            facts={[
              'Codex keeps it',
              'billed to your API account',
              usedKey !== null && `the next session uses the key ${usedKey}`,
            ]}
          >
            <SignedIn status={status} />
          </Who>
          <SignIn status={status} offersKey={false} />
        </>
      )
    case 'nobody':
      return usedKey !== null ? (
        <>
          <Who
            mark={<KeyRound aria-hidden />}
            name={`API key ${usedKey} in use`}
            facts={['Tapedeck keeps it', 'billed to your API account', 'Codex is not signed in']}
          />
          <SignIn status={status} offersKey={false} isSecondary />
        </>
      ) : (
        <>
          <Who name="Nobody is signed in" facts={['Sign in, or set an API key, to start a session']} />
          <SignIn status={status} />
        </>
      )
    case 'broken':
      return <Trouble account={account} status={status} />
  }
}

function SignedIn({ status }: { status: AccountStatus }) {
  return (
    <div className={styles.actions}>
      <Tag tone="ok" icon={Check}>
        Signed in
      </Tag>
      <SignOut apiKey={status.apiKey} />
    </div>
  )
}

function Who({
  mark,
  name,
  facts,
  children,
}: {
  mark?: ReactNode
  name: string
  facts: (string | null | false)[]
  children?: ReactNode
}) {
  return (
    <div className={styles.who}>
      <Monogram>{mark}</Monogram>
      <div>
        <h2 dir="auto">{revealControls(name)}</h2>
        <p dir="auto">{facts.filter(Boolean).map(String).map(revealControls).join(' · ')}</p>
      </div>
      {children}
    </div>
  )
}

function Monogram({ children }: { children?: ReactNode }) {
  return (
    <span className={styles.monogram} aria-hidden>
      {children ?? <UserRound />}
    </span>
  )
}

function shownKey(apiKey: ApiKey): string | null {
  return 'shown' in apiKey ? apiKey.shown : null
}

function firstLetter(email: string | null): string | undefined {
  return email?.match(/\p{L}|\p{N}/u)?.[0].toUpperCase()
}
