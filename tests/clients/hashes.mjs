// Does the service stay as large as it is, whatever hashes it is sent? `node hashes.mjs URL PID [COUNT]`.
// Sends so many requests with hashes (a million), a third each: unknown ones alone, documents that have not been
// sent before, and documents under a wrong hash. Prints the memory of the process (Linux), in MiB.
import assert from 'node:assert/strict'
import { createHash, randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import http from 'node:http'

const [url, pid, count = 1_000_000] = process.argv.slice(2)
const connections = 16
const agent = new http.Agent({ keepAlive: true, maxSockets: connections })
const headers = { 'content-type': 'application/json', accept: 'application/json' }

function post(body) {
  return new Promise((resolve, reject) => {
    const request = http.request(url, { method: 'POST', agent, headers }, (response) => {
      let text = ''
      response.setEncoding('utf8').on('data', (part) => (text += part))
      response.on('end', () => resolve(JSON.parse(text)))
    })
    request.on('error', reject).end(JSON.stringify(body))
  })
}

const persisted = (sha256Hash) => ({ persistedQuery: { version: 1, sha256Hash } })
const random = () => randomBytes(32).toString('hex')
const fresh = () => `{ technology(by: { slug: "rust" }) { n${random()}: name } }`
const sha256 = (text) => createHash('sha256').update(text).digest('hex')

const kinds = [
  [() => ({ extensions: persisted(random()) }), 'PERSISTED_QUERY_NOT_FOUND'],
  [(query = fresh()) => ({ query, extensions: persisted(sha256(query)) }), undefined],
  [() => ({ query: fresh(), extensions: persisted(random()) }), 'PERSISTED_QUERY_HASH_MISMATCH'],
]

function memory() {
  const [, kibibytes] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))
  return Math.round(kibibytes / 1024)
}

let sent = 0
async function sendUntil(end) {
  while (sent < end) {
    const [body, code] = kinds[sent++ % kinds.length]
    const answer = await post(body())
    assert.equal(answer.errors?.[0].extensions.code, code)
  }
}

const sizes = [memory()]
for (let tenth = 1; tenth <= 10; tenth += 1) {
  await Promise.all(Array.from({ length: connections }, () => sendUntil((count * tenth) / 10)))
  sizes.push(memory())
}
agent.destroy()
console.log(`before, and after each tenth of ${count}: ${sizes.join(' ')} MiB`)
