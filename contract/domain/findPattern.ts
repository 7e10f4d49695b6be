/**
 * What the find bar looks for: the text itself, whatever its case, where a space stands for any space within a line. Null when there
 * is nothing to look for. The page and main both count by it, so that they count the same.
 */
export function findPattern(text: string): RegExp | null {
  if (text.trim() === '') return null
  return new RegExp(text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&').replace(/[^\S\n]+/g, '[^\\S\\n]+'), 'gi')
}
