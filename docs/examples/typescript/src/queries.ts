// What the program asks. `npm run generate` checks it against the schema and makes the types.
import { graphql } from './gql/index.js'

/** What `describe` in main.ts shows of a technology: it sees these fields and no others. */
export const TechnologyLine = graphql(`
  fragment TechnologyLine on Technology {
    __typename
    name
    firstAppeared
    ... on Language {
      typing
    }
    ... on Framework {
      languages(first: 3) {
        nodes {
          name
        }
      }
    }
  }
`)

export const UsageLine = graphql(`
  fragment UsageLine on Usage {
    status
    adopter {
      name
    }
  }
`)

export const TechnologyQuery = graphql(`
  query Technology($by: TechnologyKey!) {
    technology(by: $by) {
      ...TechnologyLine
    }
  }
`)

export const UsagesQuery = graphql(`
  query Usages($by: TechnologyKey!, $after: String) {
    technology(by: $by) {
      usages(first: 5, after: $after, orderBy: { field: CONFIDENCE, direction: DESC }) {
        edges {
          node {
            ...UsageLine
          }
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  }
`)
