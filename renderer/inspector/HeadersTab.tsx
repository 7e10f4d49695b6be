import type { Exchange } from '../../contract/domain/exchange.ts'
import { Problem } from '../ui/Notices.tsx'
import { revealControls } from '../ui/untrustedText.ts'
import styles from './Parts.module.css'
import { Loading, Section } from './Section.tsx'
import { useAnswer } from './useAnswer.ts'

export function HeadersTab({ exchange }: { exchange: Exchange }) {
  const answer = useAnswer('exchange/headers', { id: exchange.id }, `${exchange.id} ${exchange.status}`)
  if (answer.state === 'loading') return <Loading />
  if (answer.state === 'failed') return <Problem title="The headers could not be read">{answer.message}</Problem>
  const isSocket = exchange.transport === 'websocket'
  return (
    <>
      <HeaderSection title={isSocket ? 'Handshake request headers' : 'Request headers'} list={answer.value.request} />
      <HeaderSection
        title={isSocket ? 'Handshake response headers' : 'Response headers'}
        list={answer.value.response}
      />
      <p className={styles.aside}>
        Only known headers are recorded, because an unknown one may hold a secret. Authorization and cookies never are.
      </p>
    </>
  )
}

function HeaderSection({ title, list }: { title: string; list: [string, string][] }) {
  return (
    <Section title={title} value={list.length}>
      {list.length === 0 ? (
        <p className={styles.note}>None recorded.</p>
      ) : (
        <dl className={styles.headers}>
          {list.map(([name, value], index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: names repeat, and the list never moves
            <div key={index}>
              <dt>{revealControls(name)}</dt>
              <dd>{revealControls(value)}</dd>
            </div>
          ))}
        </dl>
      )}
    </Section>
  )
}
