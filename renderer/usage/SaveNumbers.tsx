import { Check, Copy, Download } from 'lucide-react'
import type { PriceTable } from '../../contract/domain/price.ts'
import { writeUsageCsv } from '../../contract/domain/usageCsv.ts'
import type { UsageRow } from '../../contract/domain/usageReport.ts'
import { saveFile } from '../sharing/saveFile.ts'
import { IconButton } from '../ui/Controls.tsx'
import { useCopy } from '../ui/Notices.tsx'

/** The numbers that are shown, for a spreadsheet. */
export function SaveNumbers({ rows, prices, today }: { rows: UsageRow[]; prices: PriceTable; today: string }) {
  const { isCopied, copy } = useCopy()
  return (
    <>
      <IconButton
        label={isCopied ? 'Copied' : 'Copy as CSV'}
        icon={isCopied ? Check : Copy}
        onClick={() => copy(writeUsageCsv(rows, prices))}
      />
      <IconButton
        label="Save as CSV"
        icon={Download}
        onClick={() =>
          saveFile([writeUsageCsv(rows, prices)], {
            fileName: `tapedeck-usage-${today}.csv`,
            mediaType: 'text/csv;charset=utf-8',
          })
        }
      />
    </>
  )
}
