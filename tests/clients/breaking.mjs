// Compares a schema with one that was released: `node breaking.mjs RELEASED NEW`.
// Prints a line for each change that would break a client, and fails if there is one.
import { readFileSync } from 'node:fs'
import { buildSchema, findBreakingChanges } from 'graphql'

const read = (path) => buildSchema(readFileSync(path, 'utf8'), { assumeValidSDL: true })
const [released, current] = process.argv.slice(2).map(read)
for (const change of findBreakingChanges(released, current)) {
  console.log(`${change.type}: ${change.description}`)
  process.exitCode = 1
}
