// Holds a schema against the rules of graphql-eslint: `node lint.mjs SCHEMA`.
// Prints a line for each fault, and fails if there is one.
import { dirname, resolve } from 'node:path'
import graphql from '@graphql-eslint/eslint-plugin'
import { ESLint } from 'eslint'

const file = resolve(process.argv[2])

const rules = {
  ...graphql.configs['flat/schema-recommended'].rules,
  ...graphql.configs['flat/schema-relay'].rules,

  // What the rules of the API ask for beyond that.
  '@graphql-eslint/alphabetize': [
    'error',
    {
      // Types are sorted too, but the printer puts GraphQL's own directives behind them.
      definitions: false,
      fields: ['ObjectTypeDefinition', 'InterfaceTypeDefinition', 'InputObjectTypeDefinition'],
      values: true,
      arguments: ['FieldDefinition'],
    },
  ],
  '@graphql-eslint/input-name': 'error',
  '@graphql-eslint/no-scalar-result-type-on-mutation': 'error',
  '@graphql-eslint/require-description': [
    'error',
    {
      types: true,
      FieldDefinition: true,
      InputValueDefinition: true,
      EnumValueDefinition: true,
      // Arguments of GraphQL's own directives.
      ignoredSelectors: ['InputValueDefinition[parent.kind=DirectiveDefinition]'],
    },
  ],
  '@graphql-eslint/require-nullable-fields-with-oneof': 'error',
  '@graphql-eslint/require-nullable-result-in-root': 'error',

  // One line or several: the printer chooses, and they mean the same.
  '@graphql-eslint/description-style': 'off',
  // `frameworkKind` stands beside the `kind` of every technology, and `releasedOn` only looks like a prefix.
  '@graphql-eslint/no-typename-prefix': 'off',
  // `nodes` stands beside `edges`, and lookups by keys give lists. Not everything in a list is a `Node`: see below.
  '@graphql-eslint/relay-edge-types': ['error', { listTypeCanWrapOnlyEdgeType: false, shouldImplementNode: false }],
  // What is a part of something else, and parts of lists, have no identity of their own.
  '@graphql-eslint/strict-id-in-types': [
    'error',
    {
      exceptions: {
        types: [
          'Alias',
          'ExternalId',
          'PageInfo',
          'RoleRelation',
          'RoleSkillArea',
          'RoleTechnology',
          'SkillAreaExperience',
          'SkillAreaTechnology',
          'StackShelf',
        ],
        suffixes: ['Connection', 'Edge'],
      },
    },
  ],
}

const eslint = new ESLint({
  cwd: dirname(file),
  overrideConfigFile: true,
  overrideConfig: {
    files: ['**/*.graphql'],
    languageOptions: { parser: graphql.parser, parserOptions: { graphQLConfig: { schema: file } } },
    plugins: { '@graphql-eslint': graphql },
    rules,
  },
})
for (const { messages } of await eslint.lintFiles([file])) {
  for (const { line, message, ruleId } of messages) {
    console.log(`${line}: ${message} (${ruleId})`)
    process.exitCode = 1
  }
}
