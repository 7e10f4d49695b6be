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
      <HeaderSection title={isSocket ? 'Request, of the handshake' : 'Request'} list={answer.value.request} />
      <HeaderSection title={isSocket ? 'Answer, of the handshake' : 'Answer'} list={answer.value.response} />
      <p className={styles.aside}>
        Only headers of a fixed list are recorded: what is unknown may be a secret, and authorization and cookies never
        are.
      </p>
    </>
  )
}

function HeaderSection({ title, list }: { title: string; list: [string, string][] }) {
  return (
    <Section title={title} value={list.length}>
      {list.length === 0 ? (
        <p className={styles.note}>None of the list was there.</p>
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
