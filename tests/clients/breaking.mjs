// Compares a schema with one that was released: `node breaking.mjs RELEASED NEW`.
// Prints a line for each change that would break a client or a gateway, and fails if there is one.
import { readFileSync } from 'node:fs'
import { buildASTSchema, findBreakingChanges, parse, print, visit } from 'graphql'

const [released, current] = process.argv.slice(2).map((path) => parse(readFileSync(path, 'utf8')))
const schema = (document) => buildASTSchema(document, { assumeValidSDL: true })

// What was deprecated when it was released may go.
const isDeprecated = ({ directives }) => directives?.some(({ name }) => name.value === 'deprecated')
const lasting = visit(released, { enter: (node) => (isDeprecated(node) ? null : undefined) })

// What other services of a graph rely on when it is composed.
const promises = ({ definitions }) =>
  definitions
    .filter(({ kind }) => kind.endsWith('TypeDefinition'))
    .flatMap(({ name, directives }) => directives.map((directive) => `${name.value} ${print(directive)}`))
    .filter((promise) => /@(key|shareable)/.test(promise))
const kept = new Set(promises(current))

const changes = [
  ...findBreakingChanges(schema(lasting), schema(current)),
  ...promises(released)
    .filter((promise) => !kept.has(promise))
    .map((promise) => ({ type: 'FEDERATION', description: `${promise} was removed.` })),
]
for (const { type, description } of changes) {
  console.log(`${type}: ${description}`)
  process.exitCode = 1
}
