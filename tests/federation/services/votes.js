// Another one: it counts votes for technologies, and does not care of which kind they are.
import { buildSubgraphSchema } from '@apollo/subgraph';
import { parse } from 'graphql';

export const typeDefs = `
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@interfaceObject"])

  type Query {
    mostWanted: [Technology!]!
  }

  type Technology @key(fields: "slug") @interfaceObject {
    slug: String!
    votes: Int!
  }
`;

/** `votes`: how many a slug has. */
export const schema = (votes) =>
  buildSubgraphSchema({
    typeDefs: parse(typeDefs),
    resolvers: {
      Query: {
        mostWanted: () => Object.keys(votes).sort((a, b) => votes[b] - votes[a]).map((slug) => ({ slug })),
      },
      Technology: { votes: ({ slug }) => votes[slug] ?? 0 },
    },
  });
