// Lists of any length, page by page. Every connection of the schema fits.

/** What a query must select of a connection. */
export interface Page<Node> {
  edges: { node: Node }[]
  pageInfo: { hasNextPage: boolean; endCursor: string | null }
}

/** All items of a list. `read` asks for the page after a cursor; null is a list that failed. */
export async function* items<Node>(
  read: (after: string | null) => Promise<Page<Node> | null | undefined>,
): AsyncGenerator<Node> {
  for (let after: string | null = null; ; ) {
    const page: Page<Node> | null | undefined = await read(after)
    if (!page) throw new Error('the list cannot be read')
    for (const { node } of page.edges) yield node
    if (!page.pageInfo.hasNextPage) return
    after = page.pageInfo.endCursor
  }
}
