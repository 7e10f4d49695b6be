import { type CallExpression, type Expression, type Node, type Property, parse, type SpreadElement } from 'acorn'
import { simple } from 'acorn-walk'

/** One call of a tool inside of a code-mode program. `argument` is what could be read of it without running anything. */
export interface ProgramCall {
  tool: string
  argument: unknown
}

/** No honest command or patch comes near it; a few lines of constants can unfold to more than any memory holds. */
const longestText = 1024 * 1024

/**
 * The tools that a code-mode program calls, in the order they are written, such as `tools.exec_command({cmd: 'ls'})`.
 * What only a run could tell stands as its source text between `${` and `}`. Null while the program is not complete, and
 * for one that is nested too deep to be read.
 */
export function readProgram(source: string): ProgramCall[] | null {
  try {
    const program = parse(source, {
      ecmaVersion: 'latest',
      sourceType: 'module',
      allowAwaitOutsideFunction: true,
      allowReturnOutsideFunction: true,
    })
    return readCalls(program, source)
  } catch {
    return null
  }
}

function readCalls(program: Node, source: string): ProgramCall[] {
  const initials = new Map<string, Expression>()
  const names = new Set<string>()
  const changing = new Set<string>()
  const calls: { node: CallExpression; tool: string }[] = []
  const bind = (name: string) => {
    if (names.has(name)) changing.add(name)
    names.add(name)
  }
  simple(program, {
    VariableDeclarator({ id, init }) {
      if (id.type === 'Identifier' && init) initials.set(id.name, init)
    },
    // Declarations, parameters and assignments alike.
    Pattern(node) {
      if (node.type === 'Identifier') bind(node.name)
    },
    UpdateExpression({ argument }) {
      if (argument.type === 'Identifier') bind(argument.name)
    },
    CallExpression(node) {
      const tool = toolOf(node)
      if (tool !== null) calls.push({ node, tool })
    },
  })
  for (const name of changing) initials.delete(name)
  const evaluate = createEvaluator(source, initials)
  return calls
    .sort((a, b) => a.node.start - b.node.start)
    .map(({ node, tool }) => ({ tool, argument: evaluate(node.arguments[0]) }))
}

/** `tools.name(…)` or `tools['name'](…)`. */
function toolOf({ callee }: CallExpression): string | null {
  if (callee.type !== 'MemberExpression' || callee.object.type !== 'Identifier' || callee.object.name !== 'tools') {
    return null
  }
  const { property } = callee
  if (property.type === 'Identifier' && !callee.computed) return property.name
  return property.type === 'Literal' && typeof property.value === 'string' ? property.value : null
}

function createEvaluator(source: string, constants: Map<string, Expression>) {
  const open = new Set<string>()
  const known = new Map<string, unknown>()

  function evaluate(node: Expression | SpreadElement | null | undefined): unknown {
    if (!node) return undefined
    switch (node.type) {
      case 'Literal':
        return node.value
      case 'TemplateLiteral':
        return concat(
          node,
          node.quasis.flatMap(({ value }, at) => [value.cooked ?? value.raw, textOf(node.expressions[at])]),
        )
      case 'TaggedTemplateExpression':
        return isStringRaw(node.tag)
          ? concat(
              node,
              node.quasi.quasis.flatMap(({ value }, at) => [value.raw, textOf(node.quasi.expressions[at])]),
            )
          : sourceOf(node)
      case 'BinaryExpression':
        return node.operator === '+'
          ? concat(node, [textOf(node.left as Expression), textOf(node.right)])
          : sourceOf(node)
      case 'ArrayExpression':
        return node.elements.map(evaluate)
      case 'ObjectExpression':
        return Object.fromEntries(
          node.properties.flatMap((property) => {
            if (property.type !== 'Property') return []
            const name = keyOf(property)
            return name === null ? [] : [[name, evaluate(property.value)]]
          }),
        )
      case 'Identifier': {
        const { name } = node
        if (known.has(name)) return known.get(name)
        const constant = constants.get(name)
        if (!constant || open.has(name)) return sourceOf(node)
        open.add(name)
        const value = evaluate(constant)
        open.delete(name)
        known.set(name, value)
        return value
      }
      case 'CallExpression':
        return join(node) ?? sourceOf(node)
      default:
        return sourceOf(node)
    }
  }

  /** Lines are often written as `['a', 'b'].join('\\n')`. */
  function join({ callee, arguments: [separator] }: CallExpression): string | null {
    if (callee.type !== 'MemberExpression' || callee.object.type !== 'ArrayExpression') return null
    if (callee.property.type !== 'Identifier' || callee.property.name !== 'join' || callee.computed) return null
    const { elements } = callee.object
    if (separator?.type !== 'Literal' || typeof separator.value !== 'string') return null
    const between = separator.value
    const texts = elements.map((element) => (element?.type === 'SpreadElement' ? sourceOf(element) : textOf(element)))
    return concat(
      callee,
      texts.flatMap((text, at) => (at === 0 ? [text] : [between, text])),
    )
  }

  function concat(node: Node, texts: string[]): string {
    const length = texts.reduce((sum, text) => sum + text.length, 0)
    return length > longestText ? sourceOf(node) : texts.join('')
  }

  function textOf(node: Expression | null | undefined): string {
    if (!node) return ''
    const value = evaluate(node)
    return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : sourceOf(node)
  }

  const sourceOf = (node: Node) => `\${${source.slice(node.start, node.end)}}`
  return evaluate
}

function keyOf({ key, computed }: Property): string | null {
  if (key.type === 'Identifier' && !computed) return key.name
  return key.type === 'Literal' ? String(key.value) : null
}

function isStringRaw(tag: Expression): boolean {
  return (
    tag.type === 'MemberExpression' &&
    tag.object.type === 'Identifier' &&
    tag.object.name === 'String' &&
    tag.property.type === 'Identifier' &&
    tag.property.name === 'raw'
  )
}
