import { useState } from 'react'
import { ActionButton } from '../account/parts.tsx'
import { Row, Section } from './Rows.tsx'
import { type ReadLicence, readLicences } from './readLicences.ts'
import styles from './Settings.module.css'

/** The work of others that is in Tapedeck; fetched when somebody wants to read it. */
export function LicencesSection() {
  const [licences, setLicences] = useState<ReadLicence[] | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const [isBusy, setIsBusy] = useState(false)
  const [wanted, setWanted] = useState('')

  async function show() {
    setIsBusy(true)
    try {
      const answer = await fetch('./licences.txt')
      if (!answer.ok) throw new Error(`The list could not be fetched (${answer.status}).`)
      setLicences(readLicences(await answer.text()))
      setProblem(null)
    } catch (error) {
      setProblem(`The licences could not be read. ${error instanceof Error ? error.message : String(error)}`)
    }
    setIsBusy(false)
  }

  const shown = licences?.filter(({ name, spdx }) => `${name} ${spdx}`.toLowerCase().includes(wanted.toLowerCase()))
  return (
    <Section id="licences" title="Licences">
      <Row
        name="Third-party licences"
        text="Tapedeck is under the MIT licence, and contains packages under licences of their own."
        problem={problem}
        below={
          shown && (
            <>
              <input
                type="search"
                aria-label="Find a package"
                placeholder="Find a package"
                value={wanted}
                onChange={(event) => setWanted(event.target.value)}
              />
              <section className={styles.licences} aria-label="Packages" tabIndex={-1}>
                {shown.map(({ name, version, spdx, text }) => (
                  <details key={`${name} ${version}`}>
                    <summary>
                      {name} <span>{version}</span> <span>{spdx}</span>
                    </summary>
                    <pre>{text}</pre>
                  </details>
                ))}
                {shown.length === 0 && <p className={styles.note}>No package of that name.</p>}
              </section>
            </>
          )
        }
      >
        {licences === null && (
          <ActionButton isBusy={isBusy} onClick={() => void show()}>
            {problem === null ? 'Show licences' : 'Try again'}
          </ActionButton>
        )}
      </Row>
    </Section>
  )
}
