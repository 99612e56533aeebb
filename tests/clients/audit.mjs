// GraphQL over HTTP: the conformance suite of the graphql-http package, `node audit.mjs URL`.
// Prints how many audits of each level passed, on stderr those that did not.
import { serverAudits } from 'graphql-http'

const url = process.argv[2]
const passed = { MUST: 0, SHOULD: 0, MAY: 0 }
for (const audit of serverAudits({ url, fetchFn: fetch })) {
  const [level] = /^(MUST|SHOULD|MAY)/.exec(audit.name)
  const result = await audit.fn()
  if (result.status === 'ok') {
    passed[level] += 1
  } else {
    console.error(`${audit.id} ${audit.name}: ${result.status}: ${result.reason}`)
    process.exitCode = 1
  }
}
console.log(JSON.stringify(passed))
