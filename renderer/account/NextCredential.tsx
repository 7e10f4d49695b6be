import { Check, Ellipsis, TriangleAlert, X } from 'lucide-react'
import type { AccountStatus } from '../../contract/domain/account.ts'
import { useAppState } from '../client/ClientProvider.tsx'
import { Hidden } from '../ui/Controls.tsx'
import { revealControls } from '../ui/untrustedText.ts'
import { type ChainLink, describeChain } from './describeChain.ts'
import { describeLimit } from './describeLimit.ts'
import styles from './NextCredential.module.css'
import { Block, Tag } from './parts.tsx'
import { StepMark, Steps } from './Steps.tsx'

/** What the next session signs its requests with, what would stand in, and why. */
export function NextCredential({ status, now }: { status: AccountStatus; now: number }) {
  const usesKeyAtLimit = useAppState(({ settings }) => settings?.value.usesKeyAtLimit ?? false)
  const limit = describeLimit(status, usesKeyAtLimit, now)
  return (
    <Block title="The next session uses">
      <Steps className={styles.chain}>
        {describeChain(status).map((link, index) => (
          <li key={link.title} data-used={link.isUsed || undefined} data-state={link.state}>
            <StepMark tone={link.state === 'failed' ? 'fail' : link.isUsed ? 'accent' : undefined}>
              <LinkMark link={link} place={index + 1} />
            </StepMark>
            <h3>
              {link.title}
              {link.isUsed && <Tag tone={link.state === 'failed' ? 'fail' : 'accent'}>{nameUse(link)}</Tag>}
            </h3>
            <p dir="auto">{revealControls(link.text)}</p>
          </li>
        ))}
      </Steps>
      <p className={styles.why}>
        <b>Why:</b> {revealControls(status.next.why)}
      </p>
      {limit !== null && (
        <p className={styles.limit}>
          <TriangleAlert aria-hidden />
          <span>{revealControls(limit)}</span>
        </p>
      )}
    </Block>
  )
}

function nameUse({ state, title }: ChainLink): string {
  if (state !== 'failed') return 'Used'
  return title === 'Nobody' ? 'Now' : 'Tried'
}

function LinkMark({ link, place }: { link: ChainLink; place: number }) {
  switch (link.state) {
    case 'failed':
      return (
        <>
          <X aria-hidden />
          <Hidden>Failed</Hidden>
        </>
      )
    case 'unknown':
      return <Ellipsis aria-hidden />
    case 'ready':
    case 'missing':
      return link.isUsed ? <Check aria-hidden /> : <span aria-hidden>{place}</span>
  }
}
