// What the compiler finds. Each line is a mistake: without the comment above it the program does not compile.
import type { Atlas } from './atlas.js'
import { TechnologyQuery, UsagesQuery } from './queries.js'

export async function mistakes(atlas: Atlas): Promise<void> {
  // @ts-expect-error A variable is missing.
  await atlas.ask(TechnologyQuery, {})
  // @ts-expect-error A slug is a text.
  await atlas.ask(TechnologyQuery, { by: { slug: 1 } })
  // @ts-expect-error Exactly one key.
  await atlas.ask(TechnologyQuery, { by: { slug: 'go', id: 'x' } })

  const { data } = await atlas.ask(UsagesQuery, { by: { slug: 'go' } })
  // @ts-expect-error There may be no such technology.
  data.technology.usages
  // @ts-expect-error It was not asked for.
  data.technology?.name
  // @ts-expect-error Only who has the fragment sees its fields.
  data.technology?.usages?.edges[0]?.node.status
}
