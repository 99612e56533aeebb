// Tells what a technology is and who uses it: `node dist/main.js http://127.0.0.1:8000/graphql elixir`.
// With `--by-id` at the end the service needs `--trusted-documents src/gql/persisted-documents.json`.
import { Atlas } from './atlas.js'
import type { TechnologyLineFragment } from './gql/graphql.js'
import { type FragmentType, unmask } from './gql/index.js'
import { items } from './pages.js'
import { TechnologyLine, TechnologyQuery, UsageLine, UsagesQuery } from './queries.js'

const [url = 'http://127.0.0.1:8000/graphql', slug = 'elixir', flag] = process.argv.slice(2)
const atlas = new Atlas(url, flag === '--by-id')

function describe(masked: FragmentType<typeof TechnologyLine>): string {
  const technology = unmask(TechnologyLine, masked)
  const since = technology.firstAppeared ?? 'an unknown year'
  return `${technology.name}, ${kind(technology)} since ${since}`
}

function kind(technology: TechnologyLineFragment): string {
  switch (technology.__typename) {
    case 'Language':
      return `a language (typing ${technology.typing ?? 'not known'})`
    case 'Framework':
      return `a framework for ${technology.languages?.nodes.map(({ name }) => name).join(', ')}`
    // Types may come with time.
    default:
      return 'a tool'
  }
}

function usage(masked: FragmentType<typeof UsageLine>): string {
  const { adopter, status } = unmask(UsageLine, masked)
  return `${adopter?.name}: ${status}`
}

const { data } = await atlas.ask(TechnologyQuery, { by: { slug } })
if (data.technology) {
  console.log(describe(data.technology))
  const usages = items(async (after) => {
    const { data } = await atlas.ask(UsagesQuery, { by: { slug }, after })
    return data.technology?.usages
  })
  for await (const node of usages) console.log(usage(node))
} else {
  console.log(`There is no technology ${slug}.`)
}
