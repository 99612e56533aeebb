// Asks Stack Atlas. The document says which variables go in and what comes out.
import type { TypedDocumentString } from './gql/graphql.js'

/** An error as the service tells it: programs look at the code, people at the message. */
export interface AtlasError {
  message: string
  path?: (string | number)[]
  extensions: { code: string; requestId: string }
}

/** A field that failed is null and has an error; the others are whole. */
export interface Answer<Result> {
  data: Result
  errors: AtlasError[]
}

/** Nothing was run. */
export class Refused extends Error {
  constructor(readonly errors: AtlasError[]) {
    super(errors.map(({ message }) => message).join('\n'))
  }
}

/** A service at a URL; `byId` names the documents that it trusts in place of sending their texts. */
export class Atlas {
  constructor(
    readonly url: string,
    readonly byId = false,
  ) {}

  async ask<Result, Variables>(
    document: TypedDocumentString<Result, Variables>,
    variables: Variables,
  ): Promise<Answer<Result>> {
    const named = this.byId ? { documentId: document.__meta__?.['hash'] } : { query: document.toString() }
    const response = await fetch(this.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/graphql-response+json' },
      body: JSON.stringify({ ...named, variables }),
    })
    const { data, errors = [] } = (await response.json()) as { data?: Result; errors?: AtlasError[] }
    if (!data) throw new Refused(errors)
    return { data, errors }
  }
}
