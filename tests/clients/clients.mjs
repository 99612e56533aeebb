// Apollo Client and urql, each with its normalised cache, pages by Relay's rules, and documents by hash:
// `node clients.mjs URL`.
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import * as apollo from '@apollo/client'
import { PersistedQueryLink } from '@apollo/client/link/persisted-queries'
import { relayStylePagination } from '@apollo/client/utilities'
import * as urql from '@urql/core'
import { cacheExchange } from '@urql/exchange-graphcache'
import { relayPagination } from '@urql/exchange-graphcache/extras'
import { persistedExchange } from '@urql/exchange-persisted'

const url = process.argv[2]
const sha256 = (text) => createHash('sha256').update(text).digest('hex')

// Each client has names of its own, so that the service knows no document of the other.
const page = (name) => `query ${name}($after: String) {
  technologies(first: 5, after: $after) {
    edges { cursor node { __typename id name } } pageInfo { hasNextPage endCursor }
  }
}`
const one = (name) => `query ${name}($slug: String!) { technology(by: { slug: $slug }) { __typename id name } }`

// What crosses the wire, to be counted: the body of a POST, the address of a GET.
function recording() {
  const sent = []
  const fetchFn = (input, init) => {
    sent.push(init?.body ? JSON.parse(init.body) : String(input))
    return fetch(input, init)
  }
  return { sent, fetchFn }
}

function assertTwoPages(edges) {
  assert.equal(new Set(edges.map((edge) => edge.node.id)).size, 10, 'two pages, one list')
}

async function apolloClient() {
  const { sent, fetchFn } = recording()
  const client = new apollo.ApolloClient({
    cache: new apollo.InMemoryCache({
      possibleTypes: { Technology: ['Language', 'Framework', 'Tool'] },
      typePolicies: { Query: { fields: { technologies: relayStylePagination() } } },
    }),
    link: new PersistedQueryLink({ sha256 }).concat(new apollo.HttpLink({ uri: url, fetch: fetchFn })),
  })
  const query = apollo.gql(page('ApolloPage'))
  const first = await client.query({ query })
  assert.deepEqual(sent.map((body) => body.query !== undefined), [false, true], 'the text only when it is asked for')

  const watched = client.watchQuery({ query })
  const both = new Promise((resolve, reject) => {
    watched.subscribe({
      next: (result) => result.data?.technologies?.edges.length === 10 && resolve(result.data),
      error: reject,
    })
  })
  await watched.fetchMore({ variables: { after: first.data.technologies.pageInfo.endCursor } })
  assertTwoPages((await both).technologies.edges)
  assert.deepEqual(sent.slice(2).map((body) => body.query), [undefined], 'the hash alone for the second page')

  // A thing is one entry of the cache, under its own type, whichever field it was read by.
  const rust = { query: apollo.gql(one('ApolloOne')), variables: { slug: 'rust' } }
  const { data } = await client.query(rust)
  assert.equal(client.cache.extract()[`Language:${data.technology.id}`].name, 'Rust')
  assert.equal(sent.length, 5, 'a hash that is not known, then the text')
  await client.query(rust)
  assert.equal(sent.length, 5, 'a second reading comes from the cache')

  const wrong = client.query({ query: apollo.gql('query ApolloWrong { technologies(first: 101) { totalCount } }') })
  const error = await wrong.then(() => undefined, (failure) => failure)
  assert.equal(error?.errors[0].extensions.code, 'BAD_PAGE')
}

async function urqlClient() {
  const { sent, fetchFn } = recording()
  const client = new urql.Client({
    url,
    fetch: fetchFn,
    preferGetMethod: false,
    exchanges: [
      cacheExchange({ resolvers: { Query: { technologies: relayPagination() } } }),
      persistedExchange({ preferGetForPersistedQueries: true, generateHash: async (text) => sha256(text) }),
      urql.fetchExchange,
    ],
  })
  const ask = async (query, variables = {}) => {
    const result = await client.query(query, variables).toPromise()
    assert.equal(result.error, undefined, String(result.error))
    return result.data
  }
  const query = page('UrqlPage')
  const first = await ask(query)
  const texts = () => sent.map((address) => new URL(address).searchParams.has('query'))
  assert.deepEqual(texts(), [false, true], 'by GET, the text only when it is asked for')
  const after = first.technologies.pageInfo.endCursor
  const both = await ask(query, { after })
  assertTwoPages(both.technologies.edges)
  assert.deepEqual(texts().slice(2), [false], 'the hash alone for the second page')
  await ask(query, { after })
  assert.equal(sent.length, 3, 'a second reading comes from the cache')
}

await apolloClient()
await urqlClient()
