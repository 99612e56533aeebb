// A service of somebody else: job postings, hung on languages, companies and skill areas. It has a
// Node and a PageInfo of its own.
import { buildSubgraphSchema } from '@apollo/subgraph';
import { parse } from 'graphql';

export const typeDefs = `
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable"])

  type Query {
    jobs(first: Int = 20): JobConnection!
  }

  interface Node {
    id: ID!
  }

  type PageInfo @shareable {
    hasNextPage: Boolean!
    hasPreviousPage: Boolean!
    startCursor: String
    endCursor: String
  }

  type JobConnection {
    nodes: [Job!]!
    pageInfo: PageInfo!
  }

  type Job implements Node @key(fields: "id") {
    id: ID!
    title: String!
    language: Language
    company: Company
    skillArea: SkillArea
  }

  type Language @key(fields: "slug") {
    slug: String!
    jobs: [Job!]!
  }

  type Company @key(fields: "id") {
    id: ID!
    jobs: [Job!]!
  }

  type SkillArea @key(fields: "slug") {
    slug: String!
    jobs: [Job!]!
  }
`;

const reference = (__typename, key, value) => value && { __typename, [key]: value };

/** `postings`: { id, title, language, company, skillArea }; companies by id, the others by slug. */
export const schema = (postings) => {
  const filed = (field, key) => ({ jobs: (thing) => postings.filter((job) => job[field] === thing[key]) });
  return buildSubgraphSchema({
    typeDefs: parse(typeDefs),
    resolvers: {
      Query: {
        jobs: (_, { first }) => ({
          nodes: postings.slice(0, first),
          pageInfo: { hasNextPage: postings.length > first, hasPreviousPage: false },
        }),
      },
      Node: { __resolveType: () => 'Job' },
      Job: {
        __resolveReference: ({ id }) => postings.find((job) => job.id === id),
        language: (job) => reference('Language', 'slug', job.language),
        company: (job) => reference('Company', 'id', job.company),
        skillArea: (job) => reference('SkillArea', 'slug', job.skillArea),
      },
      Language: filed('language', 'slug'),
      Company: filed('company', 'id'),
      SkillArea: filed('skillArea', 'slug'),
    },
  });
};
