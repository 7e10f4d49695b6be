export interface InstructionPart {
  isCommand: boolean
  text: string
}

/** Main tells what to do in lines, of which those that stand in are commands. What `title` has said already is left out. */
export function splitInstructions(message: string, title: string): InstructionPart[] {
  const text = message.startsWith(`${title}. `) ? message.slice(title.length + 2) : message
  const parts: InstructionPart[] = []
  for (const line of text.split('\n').filter((each) => each.trim() !== '')) {
    const isCommand = line.startsWith('  ')
    const last = parts.at(-1)
    if (last && !isCommand && !last.isCommand) last.text += `\n${line}`
    else parts.push({ isCommand, text: line.trim() })
  }
  return parts
}
